/* stats_day.c - reads the day of an area and leaves out what lies elsewhere. */
#include "feature/stats/stats_day.h"

#include <stdlib.h>

#include "base/cal.h"
#include "feature/person/person.h"

static bool here(const struct day *d, int64_t district)
{
    return !d->district || d->district == district;
}

static int by_shift(const void *x, const void *y)
{
    int64_t a = ((const struct hire_shift *)x)->shift_id, b = ((const struct hire_shift *)y)->shift_id;
    return a < b ? -1 : a > b;
}

static enum err load_shifts(struct request *rq, struct day *d)
{
    struct job *j;
    struct hire_shift *h;
    size_t n, n_hires;
    enum err e = job_of_day(rq, d->from_ms, d->to_ms, &j, &n);
    if (!e)
        e = hire_of_shifts(rq, d->from_ms, d->to_ms, &h, &n_hires);
    if (e)
        return e;
    qsort(h, n_hires, sizeof *h, by_shift);
    d->shifts = NEW_N(rq->a, n ? n : 1, struct day_shift);
    for (size_t i = 0; i < n; i++) {
        struct hire_shift key = {.shift_id = j[i].shift_id};
        if (!here(d, j[i].district))
            continue;
        const struct hire_shift *found = bsearch(&key, h, n_hires, sizeof *h, by_shift);
        d->shifts[d->n_shifts++] = (struct day_shift){j[i], found ? found->arrived : 0, found ? found->missing : 0};
    }
    return OK;
}

static enum err load_unpaid(struct request *rq, struct day *d)
{
    size_t n;
    struct person p;
    enum err e = hire_disputed(rq, &d->unpaid, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = person_get(rq, d->unpaid[i].person_id, &p);
        if (e || !here(d, p.district))
            continue;
        d->unpaid[d->n_unpaid] = d->unpaid[i];
        d->unpaid[d->n_unpaid++].who = person_masked(rq, &p);
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
        e = job_in_state(rq, states[k], &v[k], &n[k]);
    d->waiting = NEW_N(rq->a, n[0] + n[1] + 1, struct job);
    for (int k = 0; !e && k < 2; k++)
        for (size_t i = 0; i < n[k]; i++)
            if (here(d, v[k][i].district))
                d->waiting[d->n_waiting++] = v[k][i];
    return e;
}

static enum err load_firms(struct request *rq, struct day *d)
{
    size_t n;
    enum err e = employer_list(rq, EMPLOYER_NEW, &d->firms, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (here(d, d->firms[i].district))
            d->firms[d->n_firms++] = d->firms[i];
    return e;
}

enum err day_load(struct request *rq, int64_t district, struct day *d)
{
    int32_t today = cal_day(rq->now_ms);
    *d = (struct day){.district = district, .from_ms = cal_ms(today, 0), .to_ms = cal_ms(today + 1, 0), .now_ms = rq->now_ms};
    enum err e = load_shifts(rq, d);
    if (!e)
        e = load_unpaid(rq, d);
    if (!e)
        e = load_waiting(rq, d);
    return e ? e : load_firms(rq, d);
}

bool day_gap(const struct day *d, const struct job *j)
{
    return j->left > 0 && j->start_ms >= d->now_ms && j->start_ms <= d->now_ms + HOUR_MS;
}
