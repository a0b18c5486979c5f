/* job_import.c - advertisements from elsewhere: read, screened, kept or refused with a reason. Nothing
 * imported is shown before a person has verified it (I2). */
#include "feature/job/job_import.h"

#include <string.h>

#include "base/buf.h"
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job_import_rules.h"
#include "feature/job/job_occupation.h"
#include "feature/job/job_rules.h"
#include "feature/job/job_store.h"
#include "http/places.h"

enum column { ID, TITLE, EMPLOYER_NAME, CITY, DISTRICT, ADDRESS, LON, LAT, PAY_RAW, PAY_MIN, PAY_MAX, PAY_PER, HEADS, AGE,
              GENDER, WANTS, COLUMNS };
enum { TEXT_MAX = 8000, TITLE_MAX = 60, ADDRESS_MAX = 120, ID_MAX = 80, OLD_DAYS = 7, GUANGZHOU = 440100 };
static const char *const names[] = {"job_id",   "title",   "employer", "city",     "district",  "address",
                                    "lon_wgs84", "lat_wgs84", "pay_raw", "pay_min", "pay_max", "pay_unit",
                                    "headcount", "age",     "gender",   "requirements"};
static const char *const more[] = {"description", "benefits", "posted_on"};

struct line {
    struct str v[16], description, benefits, posted;
};

static struct str cell(const struct str *cells, size_t n, int at)
{
    return at >= 0 && (size_t)at < n ? str_trim(cells[at]) : S("");
}

static int find_column(const struct str *cells, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(str_trim(cells[i]), str_c(name)))
            return (int)i;
    return -1;
}

bool job_import_begin(struct import *im, struct str *ret_why)
{
    struct str cells[CSV_COLUMNS];
    size_t n;
    if (csv_next(im->csv, cells, &n, ret_why) != CSV_ROW) {
        *ret_why = S("the file is empty or its first line cannot be read");
        return false;
    }
    for (int i = 0; i < COLUMNS; i++)
        im->column[i] = find_column(cells, n, names[i]);
    for (int i = 0; i < 3; i++)
        im->more[i] = find_column(cells, n, more[i]);
    if (im->column[ID] >= 0 && im->column[TITLE] >= 0)
        return true;
    *ret_why = S("the first line must name at least the columns job_id and title");
    return false;
}

/* The first `max` code points. */
static struct str clip(struct str s, size_t max)
{
    struct str rest = s;
    for (size_t i = 0; i < max && rest.n; i++)
        utf8_next(&rest);
    return str_sub(s, 0, s.n - rest.n);
}

/* Many files write a line break as the two characters \n; a clause ends there, for readers and for screening. */
static struct str unfolded(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        bool fold = s.p[i] == '\\' && i + 1 < s.n && s.p[i + 1] == 'n';
        p[n++] = fold ? '\n' : s.p[i];
        i += fold;
    }
    return (struct str){p, n};
}

static int64_t yuan(struct str s)
{
    double f = 0;
    return str_f64(s, &f) && f > 0 && f < 1e7 ? (int64_t)(f * 100 + 0.5) : 0;
}

static void read_pay(const struct line *l, struct job *j)
{
    static const char *const units[] = {"hour", "day", "month", "piece", "year"};
    struct pay_range r = {PAY_MONTH, yuan(l->v[PAY_MIN]), yuan(l->v[PAY_MAX])};
    int unit = -1;
    for (int i = 0; i < 5; i++)
        if (str_eq(l->v[PAY_PER], str_c(units[i])))
            unit = i;
    if (unit == 4) {
        r.min_fen /= 12;
        r.max_fen /= 12;
    } else if (unit >= 0)
        r.unit = (enum pay_unit)unit;
    if (!r.min_fen || unit < 0)
        if (!pay_parse(l->v[PAY_RAW], &r))
            r.min_fen = r.max_fen = 0;
    j->pay_unit = (int32_t)r.unit;
    j->pay_fen = r.min_fen;
    j->pay_max_fen = r.max_fen > r.min_fen ? r.max_fen : 0;
}

/* As the row says anywhere, or else as it mostly is: by the month for pay by the month. */
static int32_t rhythm_of(struct request *rq, const struct line *l, const struct job *j)
{
    enum rhythm r = rhythm_usual((enum pay_unit)j->pay_unit);
    (void)rhythm_parse(str_fmt(rq->a, "%.*s\n%.*s\n%.*s", SV(j->title), SV(l->v[PAY_RAW]), SV(j->text)), &r);
    return (int32_t)r;
}

static struct str source_of(const struct import *im, struct str id)
{
    size_t n = 0;
    while (n < id.n && id.p[n] != '-' && id.p[n] != '_')
        n++;
    return n && n < id.n && n <= 40 ? str_sub(id, 0, n) : clip(im->file, 40);
}

/* The id at the source; of a long one the head, and what tells it from others with the same head. */
static struct str id_of(struct arena *a, struct str id)
{
    enum { HEAD = 63 };
    return utf8_count(id) <= ID_MAX ? id : str_fmt(a, "%.*s-%016llx", SV(clip(id, HEAD)), (unsigned long long)str_hash(id));
}

/* Whether the row is about our city, as far as it says so: other cities have a 白云区 too. */
static bool is_ours(const struct request *rq, const struct import *im, const struct line *l)
{
    if (!l->v[CITY].n)
        return true;
    if (im->divisions)
        return gazetteer_find(im->divisions, l->v[CITY]).n;
    return rq->city != GUANGZHOU || str_starts(l->v[CITY], S("广州")); /* the one city whose districts we know without */
}

/* By the names of districts and streets in what the row says of its place. */
static int64_t district_by_words(const struct import *im, const struct line *l)
{
    const struct str said[] = {l->v[ADDRESS], l->v[DISTRICT], l->v[TITLE]};
    int64_t code = 0;
    for (size_t i = 0; im->divisions && i < sizeof said / sizeof *said && code % 100 == 0; i++)
        if (!str_i64(gazetteer_find(im->divisions, said[i]), &code))
            code = 0;
    return code % 100 ? code : 0;
}

static void read_job(struct request *rq, struct import *im, const struct line *l, struct job *j)
{
    int32_t today = cal_day(rq->now_ms), posted = 0;
    struct geo place = {0, 0};
    *j = (struct job){.id = new_id(rq), .city = rq->city, .employer_name = clip(str_line(rq->a, l->v[EMPLOYER_NAME]), 80),
                      .title = clip(str_line(rq->a, l->v[TITLE]), TITLE_MAX), .made_ms = rq->now_ms, .cap = 1,
                      .source = source_of(im, l->v[ID]), .source_id = id_of(rq->a, l->v[ID])};
    if (im->occupations)
        j->occupation = gazetteer_find(im->occupations, j->title);
    if (is_ours(rq, im, l)) {
        j->district = district_code(l->v[DISTRICT]);
        if (!j->district)
            j->district = district_by_words(im, l);
    }
    j->trade = choice_find(trades, trade_key(j->title));
    j->text = unfolded(rq->a, str_fmt(rq->a, "%.*s%s%.*s%s%.*s", SV(l->description), l->v[WANTS].n ? "\n" : "", SV(l->v[WANTS]),
                                      l->benefits.n ? "\n" : "", SV(l->benefits)));
    bool whole = str_starts(l->v[DISTRICT], l->v[CITY]); /* "广州-天河区" */
    struct str where = l->v[ADDRESS].n ? l->v[ADDRESS] : str_cat(rq->a, whole ? S("") : l->v[CITY], l->v[DISTRICT]);
    j->address = clip(str_line(rq->a, where), ADDRESS_MAX);
    if (str_f64(l->v[LON], &place.lon) && str_f64(l->v[LAT], &place.lat) && geo_in_china(place))
        j->place = place;
    else if (j->district)
        j->place = place_of(rq, j->address);
    if (!str_i64(l->v[HEADS], &j->cap) || j->cap < 1 || j->cap > 5000) {
        j->cap = 1;
        im->assumed_head++;
    }
    read_pay(l, j);
    j->rhythm = rhythm_of(rq, l, j);
    j->heads = j->cap;
    j->needs = job_said_needs(rq, j);
    (void)cal_parse_day(str_sub(l->posted, 0, 10), &posted);
    int32_t last = (posted < today ? posted : today) + (int32_t)rule_number(rq, "post.max_valid_days", 30);
    j->valid_to = last >= today ? last : today + OLD_DAYS;
}

static enum rule_effect screen(struct request *rq, const struct import *im, const struct line *l, const struct job *j, struct findings *f)
{
    struct ad ad = {.title = j->title, .employer = j->employer_name, .text = j->text, .gender = l->v[GENDER],
                    .age = l->v[AGE], .place = j->address, .pay_unit = (enum pay_unit)j->pay_unit,
                    .pay_min_fen = j->pay_fen, .pay_max_fen = j->pay_max_fen, .headcount = (int32_t)j->cap,
                    .valid_to = j->valid_to, .day = cal_day(rq->now_ms), .city = rq->city};
    rules_screen(rq->app->rules, &ad, f);
    if (!is_ours(rq, im, l)) { /* said in any case: where there is no room left, in place of the last warning */
        struct str words = text(rq, "job.elsewhere");
        findings_add(f, (struct finding){.effect = EFFECT_HOLD, .text_zh = words, .text_en = words, .span = l->v[CITY], .field = "city"});
    }
    return f->n ? findings_worst(f) : EFFECT_WARN;
}

static void report(struct import *im, int64_t row, const char *what, struct str why)
{
    struct str rest = why;
    while (rest.n) {
        struct str one = str_cut(&rest, '\n');
        buf_fmt(im->report, "row %lld %s %.*s\n", (long long)row, what, SV(one));
    }
}

/* Blanks and line breaks differ from one copy to the next. */
static bool same_words(struct str a, struct str b)
{
    static const char blank[] = " \t\r\n";
    for (;;) {
        while (a.n && strchr(blank, *a.p))
            a = str_sub(a, 1, a.n);
        while (b.n && strchr(blank, *b.p))
            b = str_sub(b, 1, b.n);
        if (!a.n || !b.n || *a.p != *b.p)
            return !a.n && !b.n;
        a = str_sub(a, 1, a.n);
        b = str_sub(b, 1, b.n);
    }
}

/* The same work for the same pay in the same words, of one employer or of none that is named; *ret = NULL when there is
 * none. */
static enum err find_twin(struct request *rq, const struct job *j, const struct job **ret)
{
    struct job *v;
    size_t n = 0;
    enum err e = job_alike(rq, j, &v, &n);
    *ret = NULL;
    for (size_t i = 0; !e && !*ret && i < n; i++)
        if (same_words(v[i].text, j->text))
            *ret = &v[i];
    return e;
}

static void remember(struct import *im, int64_t job_id)
{
    if (im->n_kept == im->cap_kept) {
        struct import_row *old = im->kept;
        im->cap_kept = im->cap_kept ? im->cap_kept * 2 : 256;
        im->kept = NEW_N(im->report->a, im->cap_kept, struct import_row);
        for (size_t i = 0; i < im->n_kept; i++)
            im->kept[i] = old[i];
    }
    im->kept[im->n_kept++] = (struct import_row){job_id, im->rows};
}

static void report_twin(struct request *rq, struct import *im, const struct job *twin)
{
    int64_t row = 0;
    for (size_t i = 0; i < im->n_kept && !row; i++)
        row = im->kept[i].job_id == twin->id ? im->kept[i].row : 0;
    report(im, im->rows, "duplicate",
           row ? str_fmt(rq->a, "of row %lld (%.*s)", (long long)row, SV(twin->source_id))
               : str_fmt(rq->a, "of %.*s, which is here already", SV(twin->source_id)));
}

static enum err keep(struct request *rq, struct import *im, struct job *j)
{
    const struct job *twin = NULL;
    struct hours hours;
    enum err e = OK;
    if (j->employer_name.n)
        e = employer_for_name(rq, j->employer_name, j->district, &j->employer_id);
    if (!e)
        e = find_twin(rq, j, &twin);
    if (!e && twin) {
        struct job seen;
        e = job_by_source(rq, j->source, j->source_id, &seen);
        *(e ? &im->duplicate : &im->known) += 1;
        if (e == ERR_NONE)
            report_twin(rq, im, twin);
        return e == ERR_NONE ? OK : e;
    }
    if (!e)
        e = job_add(rq, j);
    if (e == ERR_CONFLICT) {
        im->known++;
        return OK;
    }
    *(j->state == JOB_HELD ? &im->held : &im->taken) += !e;
    if (!e)
        remember(im, j->id);
    im->with_occupation += !e && j->occupation.n;
    im->with_district += !e && j->district;
    im->with_hours += !e && hours_parse(j->text, &hours);
    if (!e && j->state == JOB_HELD)
        report(im, im->rows, "held", j->findings);
    return e;
}

static enum err take_row(struct request *rq, struct import *im, const struct line *l)
{
    struct job j;
    struct findings f = {.n = 0};
    read_job(rq, im, l, &j);
    enum rule_effect worst = screen(rq, im, l, &j, &f);
    struct str why = job_findings_text(rq, &f);
    struct str lacks = !l->v[ID].n ? S("no job_id") : utf8_count(j.title) < 2 ? S("a title of fewer than two characters") : S("");
    if (lacks.n) {
        im->refused++;
        report(im, im->rows, "refused", lacks);
        return OK;
    }
    if (worst >= EFFECT_ASK && f.n) { /* nobody is there who could ask */
        im->refused++;
        report(im, im->rows, "refused", why);
        return OK;
    }
    j.text = clip(j.text, TEXT_MAX);
    j.findings = clip(why, 4000);
    j.state = f.n && worst == EFFECT_HOLD ? JOB_HELD : JOB_SUBMITTED;
    return keep(rq, im, &j);
}

/* Something stands behind the last column: what stands before it may be in the wrong one. Some programs pad with empty cells. */
static bool has_more(const struct csv *c, const struct str *cells, size_t n)
{
    bool found = false;
    for (size_t i = c->width; i < n; i++)
        found |= str_trim(cells[i]).n > 0;
    return found;
}

enum err job_import_some(struct request *rq, struct import *im, int64_t most)
{
    struct str cells[CSV_COLUMNS], why;
    size_t n;
    int64_t before = im->rows;
    enum err e = OK;
    for (int64_t i = 0; !e && i < most && !im->end; i++) {
        struct line l;
        enum csv_result r = csv_next(im->csv, cells, &n, &why);
        im->end = r == CSV_END;
        if (im->end)
            break;
        im->rows++;
        if (r == CSV_ROW && has_more(im->csv, cells, n)) {
            r = CSV_BAD;
            why = S("more cells than the first line names; is a text with a comma without quotes?");
        }
        if (r == CSV_BAD) {
            im->unreadable++;
            report(im, im->rows, "unreadable", why);
            continue;
        }
        for (int c = 0; c < COLUMNS; c++)
            l.v[c] = cell(cells, n, im->column[c]);
        l.description = cell(cells, n, im->more[0]);
        l.benefits = cell(cells, n, im->more[1]);
        l.posted = cell(cells, n, im->more[2]);
        e = take_row(rq, im, &l);
    }
    if (e || im->rows == before)
        return e;
    return audit_note(rq, "import jobs", job_record.name, 0,
                      str_fmt(rq->a, "%.*s: rows %lld-%lld", SV(clip(im->file, 80)), (long long)before + 1, (long long)im->rows));
}
