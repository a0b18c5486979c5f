/* stats_day.c - reads the day of an area and leaves out what lies elsewhere. A site has what lies nearer
 * to it than to any other site of its district. */
#include "feature/stats/stats_day.h"

#include <stdlib.h>

#include "base/cal.h"

size_t day_nearest(const struct day *d, struct geo place)
{
    size_t best = 0;
    for (size_t i = 1; i < d->n_sites; i++)
        if (geo_m(place, d->sites[i].place) < geo_m(place, d->sites[best].place))
            best = i;
    return best;
}

static bool here(const struct day *d, int64_t district, struct geo place)
{
    if (d->at.district && d->at.district != district)
        return false;
    return !d->at.site_id || (geo_known(place) && d->n_sites && d->sites[day_nearest(d, place)].id == d->at.site_id);
}

/* Where the work of a post is; a post that is gone lies nowhere. */
static enum err job_here(struct request *rq, const struct day *d, int64_t job_id, int64_t district, bool *ret)
{
    struct job j = {.district = district};
    enum err e = job_id && (d->at.district || d->at.site_id) ? job_get(rq, job_id, &j) : OK;
    *ret = here(d, j.district, j.place);
    return e == ERR_NONE ? OK : e;
}

static enum err load_sites(struct request *rq, struct day *d)
{
    size_t n;
    enum err e = site_all(rq, &d->sites, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (!d->at.district || d->sites[i].district == d->at.district)
            d->sites[d->n_sites++] = d->sites[i];
    return e;
}

static int by_shift(const void *x, const void *y)
{
    int64_t a = (*(struct day_shift *const *)x)->job.shift_id, b = (*(struct day_shift *const *)y)->job.shift_id;
    return a < b ? -1 : a > b;
}

/* Each hire counts at its shift; those of shifts elsewhere are dropped. */
static enum err load_begun(struct request *rq, struct day *d)
{
    size_t n;
    struct day_shift **sorted = NEW_N(rq->a, d->n_shifts + 1, struct day_shift *);
    for (size_t i = 0; i < d->n_shifts; i++)
        sorted[i] = &d->shifts[i];
    qsort(sorted, d->n_shifts, sizeof *sorted, by_shift);
    enum err e = hire_begun(rq, d->from_ms, d->to_ms, &d->begun, &n);
    for (size_t i = 0; !e && i < n; i++) {
        const struct hire *h = &d->begun[i];
        const struct day_shift key = {.job = {.shift_id = h->shift_id}}, *of = &key;
        struct day_shift **at = d->n_shifts ? bsearch(&of, sorted, d->n_shifts, sizeof *sorted, by_shift) : NULL;
        if (!at)
            continue;
        (*at)->arrived += h->in_ms > 0;
        (*at)->missing += h->state == HIRE_NO_SHOW;
        (*at)->wage_fen += hire_active(h) ? h->wage_fen : 0;
        d->begun[d->n_begun++] = *h;
    }
    return e;
}

static enum err load_shifts(struct request *rq, struct day *d)
{
    struct job *j;
    size_t n;
    enum err e = job_of_day(rq, d->from_ms, d->to_ms, &j, &n);
    d->shifts = NEW_N(rq->a, e || !n ? 1 : n, struct day_shift);
    for (size_t i = 0; !e && i < n; i++)
        if (here(d, j[i].district, j[i].place))
            d->shifts[d->n_shifts++] = (struct day_shift){.job = j[i]};
    return e ? e : load_begun(rq, d);
}

static enum err load_made(struct request *rq, struct day *d)
{
    size_t n;
    bool in;
    enum err e = hire_made(rq, d->from_ms, d->to_ms, &d->made, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = job_here(rq, d, d->made[i].job_id, 0, &in);
        if (!e && in)
            d->made[d->n_made++] = d->made[i];
    }
    return e;
}

static enum err load_tickets(struct request *rq, struct day *d)
{
    size_t n;
    enum err e = queue_of_day(rq, d->at.day, &d->tickets, &n);
    for (size_t i = 0; !e && i < n; i++) {
        bool of_site = false;
        for (size_t k = 0; k < d->n_sites && !of_site; k++)
            of_site = d->sites[k].id == d->tickets[i].site_id && (!d->at.site_id || d->at.site_id == d->sites[k].id);
        if (of_site && d->tickets[i].called_ms)
            d->tickets[d->n_tickets++] = d->tickets[i];
    }
    return e;
}

static enum err load_people(struct request *rq, struct day *d)
{
    size_t n;
    enum err e = person_made(rq, d->from_ms, d->to_ms, &d->people, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (here(d, d->people[i].district, d->people[i].home))
            d->people[d->n_people++] = d->people[i];
    return e;
}

static enum err load_visits(struct request *rq, struct day *d)
{
    size_t n;
    bool in;
    enum err e = visit_between(rq, d->from_ms, d->to_ms, &d->visits, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = job_here(rq, d, d->visits[i].job_id, d->visits[i].district, &in);
        if (!e && in)
            d->visits[d->n_visits++] = d->visits[i];
    }
    return e;
}

static enum err load_complaints(struct request *rq, struct day *d)
{
    size_t n;
    bool in;
    enum err e = right_made(rq, d->from_ms, d->to_ms, &d->complaints, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = job_here(rq, d, d->complaints[i].job_id, d->complaints[i].district, &in);
        if (!e && in)
            d->complaints[d->n_complaints++] = d->complaints[i];
    }
    return e;
}

static enum err load_unpaid(struct request *rq, struct day *d)
{
    size_t n;
    struct person p;
    enum err e = hire_disputed(rq, &(struct hire){.id = 0}, reach_of(rq->a, d->at.district), &d->unpaid, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = person_get(rq, d->unpaid[i].person_id, &p);
        if (!e && here(d, p.district, p.home))
            d->unpaid[d->n_unpaid++] = d->unpaid[i];
    }
    return e;
}

/* What screening stopped comes first. */
static enum err load_waiting(struct request *rq, struct day *d)
{
    static const enum job_state states[] = {JOB_HELD, JOB_SUBMITTED};
    struct job *v[2];
    size_t n[2] = {0, 0};
    enum err e = OK;
    for (int k = 0; !e && k < 2; k++)
        e = job_in_state(rq, &(struct job){.state = (int32_t)states[k]}, reach_of(rq->a, d->at.district), &v[k], &n[k]);
    d->waiting = NEW_N(rq->a, n[0] + n[1] + 1, struct job);
    for (int k = 0; !e && k < 2; k++)
        for (size_t i = 0; i < n[k]; i++)
            if (here(d, v[k][i].district, v[k][i].place))
                d->waiting[d->n_waiting++] = v[k][i];
    return e;
}

static enum err load_firms(struct request *rq, struct day *d)
{
    size_t n;
    enum err e = employer_list(rq, &(struct employer){.state = EMPLOYER_NEW}, reach_of(rq->a, d->at.district), &d->firms, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (here(d, d->firms[i].district, d->firms[i].place))
            d->firms[d->n_firms++] = d->firms[i];
    return e;
}

enum err day_load(struct request *rq, const struct day_asked *at, struct day *d)
{
    static enum err (*const steps[])(struct request *, struct day *) = {
        load_sites, load_shifts, load_made, load_tickets, load_people, load_visits, load_complaints, load_unpaid, load_waiting, load_firms};
    *d = (struct day){.at = *at, .from_ms = cal_ms(at->day, 0), .to_ms = cal_ms(at->day + 1, 0)};
    d->today = at->day == cal_day(rq->now_ms);
    d->now_ms = rq->now_ms < d->to_ms ? rq->now_ms : d->to_ms;
    enum err e = OK;
    for (size_t i = 0; !e && i < sizeof steps / sizeof *steps; i++)
        e = steps[i](rq, d);
    return e;
}

bool day_gap(const struct day *d, const struct job *j)
{
    return j->left > 0 && j->start_ms >= d->now_ms && j->start_ms <= d->now_ms + HOUR_MS;
}

bool day_empty(const struct day *d, const struct job *j)
{
    return j->left > 0 && j->start_ms < d->now_ms;
}
