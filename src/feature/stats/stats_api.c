/* stats_api.c - the numbers of today, the list behind each, and the sites side by side. */
#include "base/cal.h"
#include "feature/person/person.h"
#include "feature/site/site.h"
#include "feature/stats/stats.h"
#include "feature/stats/stats_day.h"
#include "http/page.h"
#include "http/route.h"

struct figure {
    struct str key;
    int64_t value, total;
    struct str list;
};
static const struct field figure_fields[] = {
    FIELD(struct figure, key, TEXT, .see = STAFF, .put = NOBODY, .doc = "Which number."),
    FIELD(struct figure, value, INT, .see = STAFF, .put = NOBODY, .doc = "The number."),
    FIELD(struct figure, total, INT, .see = STAFF, .put = NOBODY, .doc = "Out of how many, -1 = not a share."),
    FIELD(struct figure, list, TEXT, .see = STAFF, .put = NOBODY, .doc = "What the list holds: shift, hire, job or employer."),
    {0}};
static const struct record figure_record = {"figure", sizeof(struct figure), figure_fields, "A number of today."};

struct site_figure {
    int64_t site_id, district;
    struct str name;
    struct geo place;
    int64_t shifts, places, filled, gaps, arrived, missing;
};
static const struct field site_fields[] = {
    FIELD(struct site_figure, site_id, ID, .see = STAFF, .put = NOBODY, .doc = "Site."),
    FIELD(struct site_figure, district, INT, .see = STAFF, .put = NOBODY, .doc = "District code."),
    FIELD(struct site_figure, name, TEXT, .see = STAFF, .put = NOBODY, .doc = "Name."),
    FIELD(struct site_figure, place, GEO, .see = STAFF, .put = NOBODY, .doc = "WGS-84."),
    FIELD(struct site_figure, shifts, INT, .see = STAFF, .put = NOBODY, .doc = "Shifts of today to which this site is the nearest."),
    FIELD(struct site_figure, places, INT, .see = STAFF, .put = NOBODY, .doc = "Their places."),
    FIELD(struct site_figure, filled, INT, .see = STAFF, .put = NOBODY, .doc = "Places taken."),
    FIELD(struct site_figure, gaps, INT, .see = STAFF, .put = NOBODY, .doc = "Places empty within the hour before the start."),
    FIELD(struct site_figure, arrived, INT, .see = STAFF, .put = NOBODY, .doc = "People who checked in."),
    FIELD(struct site_figure, missing, INT, .see = STAFF, .put = NOBODY, .doc = "People who did not come."),
    {0}};
static const struct record site_figure_record = {"site_figure", sizeof(struct site_figure), site_fields, "A site today."};

struct asked {
    int64_t district;
    int32_t key;
};
static const struct choice keys[] = {{"places"}, {"filled"}, {"gaps"}, {"visited"}, {"arrived"}, {"missing"}, {"unpaid"},
                                     {"waiting"}, {"firms"}, {0}};
enum { KEY_FILLED = 1, KEY_GAPS, KEY_VISITED, KEY_MISSING = 5, KEY_UNPAID };
static const struct field asked_fields[] = {
    FIELD(struct asked, district, INT, .district = true, .see = NOBODY, .put = STAFF, .doc = "Only this district; one's own area when left out."),
    FIELD(struct asked, key, ENUM, .choices = keys, .see = NOBODY, .put = STAFF, .doc = "The number whose list is wanted; visited lists those not visited."),
    {0}};
static const struct record asked_query = {"figures_query", sizeof(struct asked), asked_fields, "Which numbers."};

static enum err area(struct request *rq);
static enum err figures(struct request *rq);
static enum err shifts(struct request *rq);
static enum err hires(struct request *rq);
static enum err posts(struct request *rq);
static enum err firms(struct request *rq);
static enum err sites(struct request *rq);

enum { EYES = SITE_MANAGER | ADMIN | AUDITOR };
static const struct route routes[] = {
    ROUTE(GET, "/api/v1/figures", EYES, figures, .out = &figure_record, .list = true, .in = &asked_query, .owns = area,
          .doc = "The numbers of today."),
    ROUTE(GET, "/api/v1/figures/shifts", EYES, shifts, .out = &job_record, .list = true, .in = &asked_query, .owns = area,
          .doc = "Shifts behind a number."),
    ROUTE(GET, "/api/v1/figures/hires", EYES, hires, .out = &hire_record, .list = true, .in = &asked_query, .owns = area,
          .doc = "Hires behind a number."),
    ROUTE(GET, "/api/v1/figures/jobs", EYES, posts, .out = &job_record, .list = true, .in = &asked_query, .owns = area,
          .doc = "Posts that wait to be looked at."),
    ROUTE(GET, "/api/v1/figures/employers", EYES, firms, .out = &employer_record, .list = true, .in = &asked_query, .owns = area,
          .doc = "Employers whose papers wait to be looked at."),
    ROUTE(GET, "/api/v1/figures/sites", EYES, sites, .out = &site_figure_record, .list = true, .in = &asked_query, .owns = area,
          .doc = "The sites side by side; each shift counts for the nearest."),
    {0}};

/* The district asked for, or the caller's own; the whole city only for whom it is. */
static enum err area(struct request *rq)
{
    int64_t district = ((struct asked *)rq->in)->district;
    struct day *d = NEW(rq->a, struct day);
    for (size_t i = 0; !district && !staff_covers(rq, rq->city, 0, 0) && i < rq->who->n_scopes; i++)
        if (rq->who->scopes[i].roles & EYES)
            district = rq->who->scopes[i].district;
    if (!staff_covers(rq, rq->city, district, 0))
        return ERR_NONE;
    rq->object = d;
    return day_load(rq, district, d);
}

static bool key_is(const struct request *rq, int32_t key)
{
    return ((const struct asked *)rq->in)->key == key;
}

static enum err figures(struct request *rq)
{
    const struct day *d = rq->object;
    int64_t places = 0, filled = 0, gaps = 0, arrived = 0, missing = 0, visited = 0;
    for (size_t i = 0; i < d->n_shifts; i++) {
        const struct day_shift *s = &d->shifts[i];
        places += s->job.cap;
        filled += s->job.taken;
        gaps += day_gap(d, &s->job) ? s->job.left : 0;
        arrived += s->arrived;
        missing += s->missing;
        visited += s->job.level == LEVEL_VISITED;
    }
    const struct figure out[] = {{S("places"), places, -1, S("shift")},
                                 {S("filled"), filled, places, S("shift")},
                                 {S("gaps"), gaps, -1, S("shift")},
                                 {S("arrived"), arrived, filled, S("hire")},
                                 {S("missing"), missing, -1, S("hire")},
                                 {S("unpaid"), (int64_t)d->n_unpaid, -1, S("hire")},
                                 {S("waiting"), (int64_t)d->n_waiting, -1, S("job")},
                                 {S("visited"), visited, (int64_t)d->n_shifts, S("shift")},
                                 {S("firms"), (int64_t)d->n_firms, -1, S("employer")}};
    return reply_items(rq, &figure_record, out, sizeof out / sizeof *out, 0);
}

static enum err shifts(struct request *rq)
{
    const struct day *d = rq->object;
    struct job *out = NEW_N(rq->a, d->n_shifts ? d->n_shifts : 1, struct job);
    size_t n = 0;
    bool gaps = key_is(rq, KEY_GAPS), filled = key_is(rq, KEY_FILLED), unseen = key_is(rq, KEY_VISITED);
    for (size_t i = 0; i < d->n_shifts; i++) {
        const struct job *j = &d->shifts[i].job;
        if ((!gaps || day_gap(d, j)) && (!filled || j->taken) && (!unseen || j->level != LEVEL_VISITED))
            out[n++] = *j;
    }
    return reply_items(rq, &job_record, out, n, 0);
}

static bool in_day(const struct day *d, int64_t shift_id)
{
    for (size_t i = 0; i < d->n_shifts; i++)
        if (d->shifts[i].job.shift_id == shift_id)
            return true;
    return false;
}

static enum err hires(struct request *rq)
{
    const struct day *d = rq->object;
    struct hire *v;
    struct person p;
    size_t n, kept = 0;
    if (key_is(rq, KEY_UNPAID))
        return reply_items(rq, &hire_record, d->unpaid, d->n_unpaid, 0);
    enum err e = hire_of_day(rq, d->from_ms, d->to_ms, key_is(rq, KEY_MISSING), &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        if (!in_day(d, v[i].shift_id))
            continue;
        e = person_get(rq, v[i].person_id, &p);
        v[kept] = v[i];
        v[kept++].who = e ? S("") : person_masked(rq, &p);
    }
    return e ? e : reply_items(rq, &hire_record, v, kept, 0);
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

static void count_shift(const struct day *d, const struct day_shift *s, struct site_figure *v, size_t n)
{
    size_t best = 0;
    for (size_t i = 1; i < n; i++)
        if (geo_m(s->job.place, v[i].place) < geo_m(s->job.place, v[best].place))
            best = i;
    v[best].shifts++;
    v[best].places += s->job.cap;
    v[best].filled += s->job.taken;
    v[best].gaps += day_gap(d, &s->job) ? s->job.left : 0;
    v[best].arrived += s->arrived;
    v[best].missing += s->missing;
}

static enum err sites(struct request *rq)
{
    const struct day *d = rq->object;
    struct site *all;
    size_t n, kept = 0;
    enum err e = site_all(rq, &all, &n);
    struct site_figure *out = NEW_N(rq->a, e || !n ? 1 : n, struct site_figure);
    for (size_t i = 0; !e && i < n; i++)
        if (!d->district || all[i].district == d->district)
            out[kept++] = (struct site_figure){.site_id = all[i].id, .district = all[i].district, .name = all[i].name, .place = all[i].place};
    for (size_t i = 0; kept && i < d->n_shifts; i++)
        count_shift(d, &d->shifts[i], out, kept);
    return e ? e : reply_items(rq, &site_figure_record, out, kept, 0);
}

static const struct record *const records[] = {&figure_record, &site_figure_record, NULL};
const struct feature stats_feature = {.name = "stats", .routes = routes, .records = records};
