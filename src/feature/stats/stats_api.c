/* stats_api.c - the numbers of a day, the list behind each, trades and sites side by side, and all of it
 * as a workbook. */
#include "base/cal.h"
#include "feature/stats/stats.h"
#include "feature/stats/stats_day.h"
#include "http/page.h"
#include "http/route.h"
#include "http/sheet.h"

static const struct field figure_fields[] = {
    FIELD(struct figure, key, ENUM, .choices = figure_keys, .see = STAFF, .put = NOBODY, .doc = "Which number."),
    FIELD(struct figure, unit, ENUM, .choices = figure_units, .see = STAFF, .put = NOBODY, .doc = "What it is counted in."),
    FIELD(struct figure, value, INT, .see = STAFF, .put = NOBODY, .doc = "The number."),
    FIELD(struct figure, total, INT, .see = STAFF, .put = NOBODY, .doc = "Out of how many, -1 = not a share."),
    FIELD(struct figure, list, TEXT, .see = STAFF, .put = NOBODY, .doc = "What the list holds: shift, hire, job, employer, ticket, person, visit or complaint."),
    FIELD(struct figure, now, BOOL, .see = STAFF, .put = NOBODY, .doc = "Of this moment; only today has it."),
    {0}};
static const struct record figure_record = {"figure", sizeof(struct figure), figure_fields, "A number of a day."};

static const struct field trade_fields[] = {
    FIELD(struct trade_figure, trade, ENUM, .choices = trades, .see = STAFF, .put = NOBODY, .doc = "Trade."),
    FIELD(struct trade_figure, shifts, INT, .see = STAFF, .put = NOBODY, .doc = "Shifts of that day."),
    FIELD(struct trade_figure, places, INT, .see = STAFF, .put = NOBODY, .doc = "Their places."),
    FIELD(struct trade_figure, filled, INT, .see = STAFF, .put = NOBODY, .doc = "Places taken."),
    FIELD(struct trade_figure, empty, INT, .see = STAFF, .put = NOBODY, .doc = "Places that stayed empty when the work began."),
    FIELD(struct trade_figure, arrived, INT, .see = STAFF, .put = NOBODY, .doc = "People who checked in."),
    FIELD(struct trade_figure, missing, INT, .see = STAFF, .put = NOBODY, .doc = "People who did not come."),
    FIELD(struct trade_figure, wage_fen, FEN, .see = STAFF, .put = NOBODY, .doc = "Wages known so far."),
    {0}};
static const struct record trade_record = {"trade_figure", sizeof(struct trade_figure), trade_fields, "A trade on that day."};

static const struct field site_fields[] = {
    FIELD(struct site_figure, site_id, ID, .see = STAFF, .put = NOBODY, .doc = "Site."),
    FIELD(struct site_figure, district, INT, .see = STAFF, .put = NOBODY, .doc = "District code."),
    FIELD(struct site_figure, name, TEXT, .see = STAFF, .put = NOBODY, .doc = "Name."),
    FIELD(struct site_figure, place, GEO, .see = STAFF, .put = NOBODY, .doc = "WGS-84."),
    FIELD(struct site_figure, shifts, INT, .see = STAFF, .put = NOBODY, .doc = "Shifts of the day to which this site is the nearest."),
    FIELD(struct site_figure, places, INT, .see = STAFF, .put = NOBODY, .doc = "Their places."),
    FIELD(struct site_figure, filled, INT, .see = STAFF, .put = NOBODY, .doc = "Places taken."),
    FIELD(struct site_figure, gaps, INT, .see = STAFF, .put = NOBODY, .doc = "Places empty within the hour before the start."),
    FIELD(struct site_figure, arrived, INT, .see = STAFF, .put = NOBODY, .doc = "People who checked in."),
    FIELD(struct site_figure, missing, INT, .see = STAFF, .put = NOBODY, .doc = "People who did not come."),
    {0}};
static const struct record site_figure_record = {"site_figure", sizeof(struct site_figure), site_fields, "A site on that day."};

struct asked {
    int64_t district, site_id;
    int32_t day, key;
};
static const struct field asked_fields[] = {
    FIELD(struct asked, district, INT, .district = true, .see = NOBODY, .put = STAFF, .doc = "Only this district; one's own area when left out."),
    FIELD(struct asked, site_id, ID, .see = NOBODY, .put = STAFF, .doc = "Only what lies nearest to this site."),
    FIELD(struct asked, day, DAY, .see = NOBODY, .put = STAFF, .doc = "Which day; today when left out."),
    FIELD(struct asked, key, ENUM, .choices = figure_keys, .see = NOBODY, .put = STAFF, .doc = "The number whose list is wanted; visited lists those not visited."),
    {0}};
static const struct record asked_query = {"figures_query", sizeof(struct asked), asked_fields, "Which numbers."};

static enum err area(struct request *rq);
static enum err figures(struct request *rq);
static enum err by_trade(struct request *rq);
static enum err shifts(struct request *rq);
static enum err hires(struct request *rq);
static enum err posts(struct request *rq);
static enum err firms(struct request *rq);
static enum err tickets(struct request *rq);
static enum err people(struct request *rq);
static enum err visits(struct request *rq);
static enum err complaints(struct request *rq);
static enum err sites(struct request *rq);

static const struct sheet_column
    shift_columns[] = {{"title", "app.col.work"}, {"employer_name", "app.col.employer"}, {"start_ms", "app.col.begins"}, {"end_ms", "app.col.ends"}, {"cap", "app.fig.places"}, {"left", "app.col.left"}, {"level", "app.col.checked"}, {0}},
    hire_columns[] = {{"title", "app.col.work"}, {"employer_name", "app.col.employer"}, {"start_ms", "app.col.begins"}, {"end_ms", "app.col.ends"}, {"who", "app.col.who"}, {"state", "app.col.state"}, {"wage_fen", "app.pay.wage"}, {0}},
    job_columns[] = {{"title", "app.col.work"}, {"employer_name", "app.col.employer"}, {"address", "app.post.address"}, {"pay_fen", "app.col.pay"}, {"pay_unit", "app.col.per"}, {"state", "app.col.state"}, {0}},
    firm_columns[] = {{"kind", "app.firm.kind"}, {"name", "app.col.employer"}, {"address", "app.post.address"}, {"uscc", "app.firm.uscc"}, {"state", "app.col.state"}, {0}},
    ticket_columns[] = {{"n", "queue.number"}, {"counter", "app.queue.counter"}, {"made_ms", "app.col.taken"}, {"called_ms", "app.col.called"}, {"done_ms", "app.col.done"}, {0}},
    people_columns[] = {{"name", "app.person.name"}, {"phone", "app.person.phone"}, {"trade", "app.desk.trade"}, {"home_text", "app.person.home"}, {"made_ms", "app.col.made"}, {0}},
    visit_columns[] = {{"at_ms", "app.col.made"}, {"employer_name", "app.col.employer"}, {"job_title", "app.col.work"}, {"outcome", "app.col.state"}, {"note", "app.col.seen"}, {0}},
    complaint_columns[] = {{"made_ms", "app.col.made"}, {"employer_name", "app.col.employer"}, {"what", "app.col.what"}, {"state", "app.col.state"}, {0}};

enum { EYES = SITE_MANAGER | ADMIN | AUDITOR };
#define OF_DAY .list = true, .in = &asked_query, .owns = area
static const struct route routes[] = {
    ROUTE(GET, "/api/v1/figures", EYES, figures, .out = &figure_record, OF_DAY, .doc = "The numbers of a day; the whole report when asked for as a workbook."),
    ROUTE(GET, "/api/v1/figures/trades", EYES, by_trade, .out = &trade_record, OF_DAY, .doc = "The same by trade."),
    ROUTE(GET, "/api/v1/figures/shifts", EYES, shifts, .out = &job_record, OF_DAY, .sheet = shift_columns, .doc = "Shifts behind a number."),
    ROUTE(GET, "/api/v1/figures/hires", EYES, hires, .out = &hire_record, OF_DAY, .sheet = hire_columns, .doc = "Hires behind a number."),
    ROUTE(GET, "/api/v1/figures/jobs", EYES, posts, .out = &job_record, OF_DAY, .sheet = job_columns, .doc = "Posts that wait to be looked at."),
    ROUTE(GET, "/api/v1/figures/employers", EYES, firms, .out = &employer_record, OF_DAY, .sheet = firm_columns, .doc = "Employers whose papers wait to be looked at."),
    ROUTE(GET, "/api/v1/figures/tickets", EYES, tickets, .out = &ticket_record, OF_DAY, .sheet = ticket_columns, .doc = "Numbers that were called."),
    ROUTE(GET, "/api/v1/figures/people", EYES, people, .out = &person_record, OF_DAY, .sheet = people_columns, .doc = "People who were registered."),
    ROUTE(GET, "/api/v1/figures/visits", EYES, visits, .out = &visit_record, OF_DAY, .sheet = visit_columns, .doc = "Visits to workplaces."),
    ROUTE(GET, "/api/v1/figures/complaints", EYES, complaints, .out = &complaint_record, OF_DAY, .sheet = complaint_columns, .doc = "Complaints that came in."),
    ROUTE(GET, "/api/v1/figures/sites", EYES, sites, .out = &site_figure_record, OF_DAY, .doc = "The sites side by side; each shift counts for the nearest."),
    {0}};

/* The site or district asked for, or the caller's own; the whole city only for whom it is. */
static enum err area(struct request *rq)
{
    const struct asked *in = rq->in;
    struct day_asked at = {in->district, in->site_id, in->day ? in->day : cal_day(rq->now_ms)};
    struct site s;
    struct day *d = NEW(rq->a, struct day);
    for (size_t i = 0; !at.district && !at.site_id && !staff_covers(rq, rq->city, 0, 0) && i < rq->who->n_scopes; i++)
        if (rq->who->scopes[i].roles & EYES) {
            at.district = rq->who->scopes[i].district;
            at.site_id = rq->who->scopes[i].site_id;
        }
    enum err e = at.site_id ? site_get(rq, at.site_id, &s) : OK;
    if (!e && at.site_id)
        at.district = s.district;
    bool his = at.site_id ? staff_covers(rq, rq->city, at.district, at.site_id)
                          : session_covers_all(rq->who, rq->route->roles & STAFF, rq->city, at.district);
    if (e || !his)
        return e ? e : ERR_NONE;
    rq->object = d;
    return day_load(rq, &at, d);
}

static enum err figures(struct request *rq)
{
    struct figure out[FIGURES];
    if (rq->sheet)
        return day_sheet(rq, rq->object);
    size_t n = day_figures(rq->object, out);
    return reply_items(rq, &figure_record, out, n, 0);
}

static enum err by_trade(struct request *rq)
{
    struct trade_figure out[DAY_TRADES];
    size_t n = day_trades(rq->object, out);
    return reply_items(rq, &trade_record, out, n, 0);
}

static enum err shifts(struct request *rq)
{
    const struct day *d = rq->object;
    int32_t key = ((const struct asked *)rq->in)->key;
    struct job *out = NEW_N(rq->a, d->n_shifts ? d->n_shifts : 1, struct job);
    size_t n = 0;
    for (size_t i = 0; i < d->n_shifts; i++) {
        const struct job *j = &d->shifts[i].job;
        bool in = key == FIG_GAPS      ? day_gap(d, j)
                  : key == FIG_EMPTY   ? day_empty(d, j)
                  : key == FIG_FILLED  ? j->taken > 0
                  : key == FIG_VISITED ? j->level != LEVEL_VISITED
                                       : true;
        if (in)
            out[n++] = *j;
    }
    return reply_items(rq, &job_record, out, n, 0);
}

static enum err hires(struct request *rq)
{
    const struct day *d = rq->object;
    int32_t key = ((const struct asked *)rq->in)->key;
    struct hire *v = key == FIG_MADE ? d->made : key == FIG_UNPAID ? d->unpaid : d->begun;
    size_t n = key == FIG_MADE ? d->n_made : key == FIG_UNPAID ? d->n_unpaid : d->n_begun, kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (!day_counts(key, &v[i]))
            continue;
        enum err e = person_who(rq, v[i].person_id, &v[i].who);
        if (e)
            return e;
        v[kept++] = v[i];
    }
    return reply_items(rq, &hire_record, v, kept, 0);
}

static enum err posts(struct request *rq)
{
    const struct day *d = rq->object;
    return reply_items(rq, &job_record, d->waiting, d->n_waiting, 0);
}

static enum err firms(struct request *rq)
{
    const struct day *d = rq->object;
    return reply_items(rq, &employer_record, d->firms, d->n_firms, 0);
}

static enum err tickets(struct request *rq)
{
    const struct day *d = rq->object;
    return reply_items(rq, &ticket_record, d->tickets, d->n_tickets, 0);
}

static enum err people(struct request *rq)
{
    const struct day *d = rq->object;
    struct person *out = NEW_N(rq->a, d->n_people ? d->n_people : 1, struct person);
    for (size_t i = 0; i < d->n_people; i++) { /* what a count needs; no birthday, no place on a map */
        const struct person *p = &d->people[i];
        out[i] = (struct person){.id = p->id, .city = p->city, .name = p->name, .phone = p->phone, .trade = p->trade,
                                 .home_text = p->home_text, .made_ms = p->made_ms};
    }
    return reply_items(rq, &person_record, out, d->n_people, 0);
}

static enum err visits(struct request *rq)
{
    const struct day *d = rq->object;
    return reply_items(rq, &visit_record, d->visits, d->n_visits, 0);
}

static enum err complaints(struct request *rq)
{
    const struct day *d = rq->object;
    return reply_items(rq, &complaint_record, d->complaints, d->n_complaints, 0);
}

static enum err sites(struct request *rq)
{
    const struct day *d = rq->object;
    struct site_figure *out = NEW_N(rq->a, d->n_sites ? d->n_sites : 1, struct site_figure);
    day_sites(d, out);
    return reply_items(rq, &site_figure_record, out, d->n_sites, 0);
}

static const struct record *const records[] = {&figure_record, &trade_record, &site_figure_record, NULL};
const struct feature stats_feature = {.name = "stats", .routes = routes, .records = records};
