/* job_api.c - posting, screening, verifying, closing. A post is born submitted or held; only a person
 * opens it. */
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job_store.h"
#include "feature/picture/picture.h"
#include "feature/site/site.h"
#include "http/page.h"
#include "http/places.h"
#include "http/route.h"
#include "http/texts.h"

enum { CHECKERS = DESK | INSPECTOR | ADMIN };
struct by_state {
    int32_t state; /* JOB_SUBMITTED or JOB_HELD */
    int64_t after;
};
static const struct choice waiting_states[] = {{"submitted"}, {"held"}, {0}};
static const struct field by_state_fields[] = {
    FIELD(struct by_state, state, ENUM, .choices = waiting_states, .see = NOBODY, .put = CHECKERS, .doc = "What they wait for; submitted when left out."),
    FIELD(struct by_state, after, ID, .see = NOBODY, .put = CHECKERS, .doc = "The `next` of the page before."),
    {0}};
static const struct record by_state = {"jobs_by_state", sizeof(struct by_state), by_state_fields, "Which posts."};

static const struct rule post_blocked = {"post_blocked", "rules/post.rule"};
const struct rule underpaid = {"underpaid", "劳动合同法 Art. 72, 85: rules/wages.rule"};
static const struct rule post_moved = {"post_moved", "someone was faster"};
static const struct rule shift_backwards = {"shift_backwards", "end after begin, at most 16 hours"};
static const struct rule shift_long = {"shift_long", "劳动法 Art. 36, 41: day.max_hours"};
static const struct rule post_expired = {"post_expired", "P02"};
static const struct rule employer_missing = {"employer_missing", "V01"};

static enum err post(struct request *rq);
static enum err show(struct request *rq);
static enum err waiting(struct request *rq);
static enum err my_posts(struct request *rq);
static enum err add_shift(struct request *rq);
static enum err close_post(struct request *rq);
static enum err list_shifts(struct request *rq);
static enum err load_mine(struct request *rq);
static enum err load_seen(struct request *rq);

static const struct route routes[] = {
    ROUTE(POST, "/api/v1/jobs", POSTER | DESK, post, .in = &job_record, .out = &job_record,
          .rate = PER_HOUR(600), .doc = "Posts a job with its first shift; it waits for verification."),
    ROUTE(GET, "/api/v1/employer/jobs", POSTER, my_posts, .out = &job_record, .list = true, .doc = "My posts by shift, latest first."),
    ROUTE(GET, "/api/v1/jobs/:job", POSTER | STAFF, show, .out = &job_record, .owns = load_mine, .doc = "One post with what screening found."),
    ROUTE(GET, "/api/v1/jobs-waiting", CHECKERS, waiting, .in = &by_state, .out = &job_record, .list = true, .doc = "Posts that wait, longest first, 200 at a time."),
    ROUTE(GET, "/api/v1/jobs/:job/shifts", POSTER | STAFF, list_shifts, .out = &shift_record, .list = true, .owns = load_mine,
          .doc = "Shifts of a post."),
    ROUTE(POST, "/api/v1/jobs/:job/shifts", POSTER | DESK, add_shift, .in = &shift_record, .out = &shift_record, .owns = load_mine,
          .doc = "Adds a shift. One that screening holds becomes a post of its own that waits: its job_id says which."),
    ROUTE(POST, "/api/v1/jobs/:job/close", POSTER | CHECKERS, close_post, .owns = load_mine, .doc = "Closes a post."),
    ROUTE(POST, "/api/v1/jobs/:job/pictures", POSTER | DESK, job_picture_add, .out = &job_picture_record, .owns = load_mine,
          .before = picture_read, .body_max = PICTURE_BODY, .rate = PER_HOUR(120), .doc = "Adds a sample picture; the body is a JPEG or PNG. On a verified post it waits until seen."),
    ROUTE(GET, "/api/v1/jobs/:job/pictures", ANYONE, job_picture_list, .out = &job_picture_record, .list = true, .owns = load_seen,
          .doc = "Sample pictures of a post."),
    ROUTE(GET, "/api/v1/jobs/:job/pictures/:picture", ANYONE, job_picture_get, .owns = load_seen, .doc = "One picture, image/jpeg."),
    ROUTE(DELETE, "/api/v1/jobs/:job/pictures/:picture", POSTER | CHECKERS, job_picture_drop, .owns = load_mine, .doc = "Takes a picture away."),
    ROUTE(GET, "/api/v1/job-pictures-waiting", CHECKERS, job_pictures_waiting, .out = &job_picture_record, .list = true,
          .doc = "Pictures that came after their post was verified."),
    ROUTE(POST, "/api/v1/jobs/:job/pictures/:picture/show", CHECKERS, job_picture_show, .owns = load_mine, .doc = "Seen; everybody may see it now."),
    {0}};

static enum err load_mine(struct request *rq)
{
    struct job *j = NEW(rq->a, struct job);
    enum err e = job_get(rq, param_id(rq, "job"), j);
    if (e)
        return e;
    rq->object = j;
    return job_covered(rq, j) ? OK : ERR_NONE;
}

bool job_covered(const struct request *rq, const struct job *j)
{
    bool mine = rq->who->employer_id && j->employer_id == rq->who->employer_id;
    return mine || staff_covers(rq, j->city, j->district, 0);
}

enum err job_seen(struct request *rq, const struct job *j)
{
    struct employer who;
    bool open = j->state == JOB_OPEN && j->verified_by && j->valid_to >= cal_day(rq->now_ms);
    enum err e = open ? employer_get(rq, j->employer_id, &who) : ERR_NONE;
    return !e && who.state != EMPLOYER_VERIFIED ? ERR_NONE : e;
}

/* What anybody may see of a post that is shown; before that, who may see the post. */
static enum err load_seen(struct request *rq)
{
    enum err e = load_mine(rq);
    return e == ERR_NONE && rq->object ? job_seen(rq, rq->object) : e;
}

/* Nobody could take a shift longer than a day of work may be. */
static const struct rule *shift_broken(const struct request *rq, const struct job *j)
{
    int64_t day_max_h = rule_number(rq, "day.max_hours", 11);
    if (j->end_ms <= j->start_ms || j->end_ms - j->start_ms > 16 * HOUR_MS)
        return &shift_backwards;
    if (day_max_h && j->end_ms - j->start_ms - j->break_min * MIN_MS > day_max_h * HOUR_MS)
        return &shift_long;
    return j->start_ms < rq->now_ms - HOUR_MS ? &post_expired : NULL;
}

/* Blocked: back to the poster with what is wrong. Held or clean: stored, waits for a person. */
static enum err screen(struct request *rq, struct job *j)
{
    struct findings f;
    enum rule_effect worst = job_screen(rq, j, &f, &j->findings);
    if (f.n && worst == EFFECT_BLOCK) {
        errors_add(&rq->problem.fields, f.v[0].field, "input.rule", j->findings);
        return refuse_arg(rq, &post_blocked, j->findings);
    }
    j->state = f.n && worst == EFFECT_HOLD ? JOB_HELD : JOB_SUBMITTED;
    return OK;
}

static enum err fill(struct request *rq, struct job *j)
{
    struct employer who;
    int64_t id = rq->who->roles & DESK && j->employer_id ? j->employer_id : rq->who->employer_id;
    if (!id)
        return refuse(rq, &employer_missing);
    enum err e = employer_get(rq, id, &who);
    if (e)
        return e;
    j->id = new_id(rq);
    j->city = rq->city;
    j->employer_id = id;
    j->employer_name = who.name;
    j->district = j->district ? j->district : who.district;
    if (!geo_known(j->place))
        j->place = place_of(rq, j->address);
    if (!geo_known(j->place) && j->district == who.district)
        j->place = who.place; /* a way to another district would be a wrong one */
    j->source = S("self");
    j->source_id = str_fmt(rq->a, "%lld", (long long)j->id);
    j->made_ms = rq->now_ms;
    j->verified_by = j->verified_ms = 0;
    j->level = LEVEL_NONE;
    return OK;
}

static enum err break_wrong(struct request *rq, int64_t start_ms, int64_t end_ms, int64_t break_min)
{
    bool whole = end_ms > start_ms && break_min * MIN_MS >= end_ms - start_ms;
    return whole ? fail_field(rq, "break_min", "input.break", str_fmt(rq->a, "%lld", (long long)((end_ms - start_ms) / MIN_MS))) : OK;
}

/* Farther from every market and station of the city than its farthest village is: a slip, or another city. */
static enum err place_far(struct request *rq, struct geo place)
{
    enum { FAR_M = 150000 };
    struct site *v;
    size_t n = 0, known = 0, near = 0;
    enum err e = geo_known(place) ? site_all(rq, &v, &n) : OK;
    for (size_t i = 0; !e && i < n; i++) {
        known += geo_known(v[i].place);
        near += geo_known(v[i].place) && geo_m(v[i].place, place) <= FAR_M;
    }
    return !e && known && !near ? fail_field(rq, "place", "input.place_far", S("")) : e;
}

/* What the field table cannot say: fields that hang on others, and on today. */
static enum err form_broken(struct request *rq, const struct job *j)
{
    int32_t today = cal_day(rq->now_ms), last = today + (int32_t)rule_number(rq, "post.max_valid_days", 30);
    const struct rule *broken = shift_broken(rq, j);
    if (!j->start_ms)
        return fail_field(rq, "start_ms", "input.required", S(""));
    if (!j->end_ms)
        return fail_field(rq, "end_ms", "input.required", S(""));
    if (break_wrong(rq, j->start_ms, j->end_ms, j->break_min))
        return ERR_INPUT;
    if (broken)
        return refuse(rq, broken);
    if (j->cap < 1)
        return fail_field(rq, "cap", "input.required", S(""));
    if (j->valid_to < today)
        return fail_field(rq, "valid_to", "input.past", S(""));
    if (j->valid_to > last)
        return fail_field(rq, "valid_to", "input.last_day", cal_day_text(rq->a, last));
    if (!j->pay_max_fen || j->pay_max_fen >= j->pay_fen)
        return OK;
    errors_add_fen(&rq->problem.fields, "pay_max_fen", LEAST, j->pay_fen);
    return fail(rq, ERR_INPUT, NULL);
}

static enum err post(struct request *rq)
{
    struct job *j = rq->in;
    enum err e = form_broken(rq, j);
    if (!e)
        e = place_far(rq, j->place);
    if (!e)
        e = fill(rq, j);
    if (!e)
        e = screen(rq, j);
    if (!e)
        e = job_add(rq, j);
    struct shift s = {.id = new_id(rq), .city = rq->city, .job_id = j->id, .start_ms = j->start_ms,
                      .end_ms = j->end_ms, .break_min = j->break_min, .cap = j->cap};
    if (!e)
        e = shift_add(rq, &s);
    if (e)
        return e;
    j->shift_id = s.id;
    j->left = j->cap;
    audit_about(rq, &job_record, j->id);
    publish_after(rq, S("desk"));
    return reply_record(rq, 201, &job_record, j);
}

static enum err show(struct request *rq)
{
    return reply_record(rq, 200, &job_record, rq->object);
}

static enum err waiting(struct request *rq)
{
    struct job *v;
    size_t n, kept = 0;
    const struct by_state *in = rq->in;
    struct job behind = {.state = in->state, .id = in->after};
    enum err e = job_in_state(rq, &behind, staff_reach(rq), &v, &n);
    int64_t next = !e && n == JOB_PAGE ? v[n - 1].id : 0;
    for (size_t i = 0; !e && i < n; i++)
        if (session_covers(rq->who, CHECKERS, v[i].city, v[i].district, 0))
            v[kept++] = v[i];
    return e ? e : reply_items(rq, &job_record, v, kept, next);
}

static enum err my_posts(struct request *rq)
{
    struct job *v;
    size_t n;
    enum err e = job_of_employer(rq, rq->who->employer_id, &v, &n);
    return e ? e : reply_items(rq, &job_record, v, n, 0);
}

static enum err list_shifts(struct request *rq)
{
    struct shift *v;
    size_t n;
    enum err e = job_shifts(rq, ((struct job *)rq->object)->id, &v, &n);
    return e ? e : reply_items(rq, &shift_record, v, n, 0);
}

/* Something stops it that nobody saw when the post was verified. */
static bool holds_anew(const struct findings *f, struct str seen)
{
    for (size_t i = 0; i < f->n; i++) {
        bool known = false;
        for (struct str rest = seen; rest.n && !known;) {
            struct str line = str_cut(&rest, '\n');
            known = str_starts(line, f->v[i].code) && line.n > f->v[i].code.n && (line.p[f->v[i].code.n] == ':' || line.p[f->v[i].code.n] == ' ');
        }
        if (f->v[i].effect >= EFFECT_HOLD && !known)
            return true;
    }
    return false;
}

/* A shift that screening stops is no part of what was verified: a post of its own, that waits. */
static enum err add_held(struct request *rq, struct job *j, struct shift *s)
{
    j->id = s->job_id = new_id(rq);
    j->source = S("self");
    j->source_id = str_fmt(rq->a, "%lld", (long long)j->id);
    j->made_ms = rq->now_ms;
    j->verified_by = j->verified_ms = 0;
    j->level = LEVEL_NONE;
    j->state = JOB_HELD;
    publish_after(rq, S("desk"));
    return job_add(rq, j);
}

static enum err add_shift(struct request *rq)
{
    struct shift *s = rq->in;
    struct job *j = rq->object, then = *j;
    struct findings f;
    then.start_ms = s->start_ms;
    then.end_ms = s->end_ms;
    then.break_min = s->break_min;
    then.cap = s->cap;
    const struct rule *broken = shift_broken(rq, &then);
    if (break_wrong(rq, s->start_ms, s->end_ms, s->break_min))
        return ERR_INPUT;
    if (broken || job_underpaid(rq, &then))
        return refuse(rq, broken ? broken : &underpaid);
    if (job_screen(rq, &then, &f, &then.findings) == EFFECT_BLOCK && f.n)
        return refuse_arg(rq, &post_blocked, then.findings);
    s->id = new_id(rq);
    s->city = rq->city;
    s->job_id = j->id;
    s->taken = 0;
    audit_about(rq, &shift_record, s->id);
    publish_after(rq, S("hall"));
    enum err e = holds_anew(&f, j->findings) ? add_held(rq, &then, s) : OK;
    if (!e)
        e = shift_add(rq, s);
    if (!e)
        e = change_put(rq, "job", s->job_id);
    return e ? e : reply_record(rq, 201, &shift_record, s);
}

static enum err close_post(struct request *rq)
{
    struct job *j = rq->object;
    audit_about(rq, &job_record, j->id);
    if (j->state == JOB_CLOSED || j->state == JOB_REFUSED)
        return refuse(rq, &post_moved);
    enum err e = job_move(rq, j->id, (enum job_state)j->state, JOB_CLOSED);
    publish_after(rq, S("hall"));
    if (e == ERR_CONFLICT)
        return refuse(rq, &post_moved);
    return e ? e : reply_none(rq);
}

enum err job_pay_lawful(struct request *rq, int64_t job_id)
{
    struct job *v;
    size_t n;
    enum err e = job_ahead(rq, job_id, &v, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (job_underpaid(rq, &v[i]))
            return refuse(rq, &underpaid);
    return e;
}

/* ---- the law changes while posts are open ---- */

enum { LOOK_AHEAD_DAYS = 30 };

struct held {
    struct arena a; /* outlives the reading */
    int64_t *ids;   /* of posts */
    size_t n;
};

static enum err find_underpaid(struct request *rq)
{
    struct held *h = rq->object;
    struct job *v;
    size_t n = 0;
    struct wage_floor law[2] = {{.hour_fen = 0}, {.hour_fen = 0}};
    int32_t today = cal_day(rq->now_ms);
    for (int i = 0; i < 2; i++)
        (void)rules_wage_law(rq->app->rules, rq->city, today + i * LOOK_AHEAD_DAYS, &law[i]);
    const struct wage_floor *most = &law[law[1].hour_fen > law[0].hour_fen];
    enum err e = most->hour_fen ? job_maybe_underpaid(rq, most->hour_fen, most->month_fen, &v, &n) : OK;
    h->ids = NEW_N(&h->a, n + 1, int64_t);
    for (size_t i = 0; !e && i < n; i++)
        if (job_underpaid(rq, &v[i]))
            h->ids[h->n++] = v[i].id;
    return e;
}

/* Asked once more: pay may have been raised since it was found. */
static enum err hold_found(struct request *rq)
{
    const struct held *h = rq->object;
    enum err e = OK;
    for (size_t i = 0; !e && i < h->n; i++) {
        e = job_pay_lawful(rq, h->ids[i]);
        if (e != ERR_RULE)
            continue;
        e = job_move(rq, h->ids[i], JOB_OPEN, JOB_HELD);
        e = e == ERR_CONFLICT ? OK : e;
    }
    publish_after(rq, S("hall"));
    return e;
}

enum err job_hold_underpaid(struct app *app)
{
    struct held h = {.n = 0};
    arena_init(&h.a, 0);
    enum err e = app_read(app, find_underpaid, &h);
    if (!e && h.n)
        e = app_write(app, hold_found, &h);
    arena_done(&h.a);
    return e;
}

static const struct timer timers[] = {{.name = "job.close_old", .every_s = 600, .run = job_close_old},
                                       {.name = "job.hold_underpaid", .every_s = 3600, .heavy = true, .outside = job_hold_underpaid},
                                       {0}};
static const struct record *const records[] = {&job_record, &shift_record, &job_picture_record, NULL};
const struct feature job_feature = {.name = "job", .routes = routes, .queries = job_queries, .records = records, .timers = timers};
