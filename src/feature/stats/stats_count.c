/* stats_count.c - what is counted of a day. Touches no database: the screen, the report and the workbook
 * have their numbers from here and nowhere else. */
#include <stdlib.h>

#include "feature/stats/stats_day.h"

const struct choice figure_keys[] = {
    {"served"}, {"wait"}, {"registered"}, {"made"}, {"places"}, {"filled"}, {"gaps"}, {"empty"}, {"arrived"}, {"missing"},
    {"visited"}, {"visits"}, {"complaints"}, {"paid"}, {"owed"}, {"unpaid"}, {"waiting"}, {"firms"}, {0}};
const struct choice figure_units[] = {{"count"}, {"minutes"}, {"fen"}, {0}};

static const struct {
    struct str list;
    enum figure_unit unit;
    bool now;
} kinds[FIGURES] = {
    [FIG_SERVED] = {S("ticket"), UNIT_COUNT, false},    [FIG_WAIT] = {S("ticket"), UNIT_MINUTES, false},
    [FIG_REGISTERED] = {S("person"), UNIT_COUNT, false}, [FIG_MADE] = {S("hire"), UNIT_COUNT, false},
    [FIG_PLACES] = {S("shift"), UNIT_COUNT, false},     [FIG_FILLED] = {S("shift"), UNIT_COUNT, false},
    [FIG_GAPS] = {S("shift"), UNIT_COUNT, true},        [FIG_EMPTY] = {S("shift"), UNIT_COUNT, false},
    [FIG_ARRIVED] = {S("hire"), UNIT_COUNT, false},     [FIG_MISSING] = {S("hire"), UNIT_COUNT, false},
    [FIG_VISITED] = {S("shift"), UNIT_COUNT, false},    [FIG_VISITS] = {S("visit"), UNIT_COUNT, false},
    [FIG_COMPLAINTS] = {S("complaint"), UNIT_COUNT, false}, [FIG_PAID] = {S("hire"), UNIT_FEN, false},
    [FIG_OWED] = {S("hire"), UNIT_FEN, false},          [FIG_UNPAID] = {S("hire"), UNIT_COUNT, true},
    [FIG_WAITING] = {S("job"), UNIT_COUNT, true},       [FIG_FIRMS] = {S("employer"), UNIT_COUNT, true}};

bool day_counts(int32_t key, const struct hire *h)
{
    switch (key) {
    case FIG_MISSING:
        return h->state == HIRE_NO_SHOW;
    case FIG_PAID:
        return h->state == HIRE_PAID || h->state == HIRE_SETTLED;
    case FIG_OWED:
        return h->state == HIRE_AGREED || h->state == HIRE_DISPUTED;
    case FIG_MADE:
    case FIG_UNPAID:
        return true;
    default:
        return h->in_ms > 0;
    }
}

static void count_shifts(const struct day *d, int64_t *v)
{
    for (size_t i = 0; i < d->n_shifts; i++) {
        const struct day_shift *s = &d->shifts[i];
        v[FIG_PLACES] += s->job.cap;
        v[FIG_FILLED] += s->job.taken;
        v[FIG_GAPS] += day_gap(d, &s->job) ? s->job.left : 0;
        v[FIG_EMPTY] += day_empty(d, &s->job) ? s->job.left : 0;
        v[FIG_ARRIVED] += s->arrived;
        v[FIG_MISSING] += s->missing;
        v[FIG_VISITED] += s->job.level == LEVEL_VISITED;
    }
    for (size_t i = 0; i < d->n_begun; i++) {
        const struct hire *h = &d->begun[i];
        v[FIG_PAID] += day_counts(FIG_PAID, h) ? h->wage_fen : 0;
        v[FIG_OWED] += day_counts(FIG_OWED, h) ? h->wage_fen : 0;
    }
}

static int64_t mean_wait_min(const struct day *d)
{
    int64_t ms = 0;
    for (size_t i = 0; i < d->n_tickets; i++)
        ms += d->tickets[i].called_ms - d->tickets[i].made_ms;
    return d->n_tickets ? (ms / (int64_t)d->n_tickets + 30000) / 60000 : 0;
}

size_t day_figures(const struct day *d, struct figure ret[FIGURES])
{
    int64_t v[FIGURES] = {[FIG_SERVED] = (int64_t)d->n_tickets, [FIG_WAIT] = mean_wait_min(d), [FIG_REGISTERED] = (int64_t)d->n_people,
                          [FIG_MADE] = (int64_t)d->n_made, [FIG_VISITS] = (int64_t)d->n_visits,
                          [FIG_COMPLAINTS] = (int64_t)d->n_complaints, [FIG_UNPAID] = (int64_t)d->n_unpaid,
                          [FIG_WAITING] = (int64_t)d->n_waiting, [FIG_FIRMS] = (int64_t)d->n_firms};
    size_t n = 0;
    count_shifts(d, v);
    for (int32_t k = 0; k < FIGURES; k++) {
        int64_t total = k == FIG_FILLED ? v[FIG_PLACES] : k == FIG_ARRIVED ? v[FIG_FILLED] : k == FIG_VISITED ? (int64_t)d->n_shifts : -1;
        if (d->today || !kinds[k].now)
            ret[n++] = (struct figure){k, (int32_t)kinds[k].unit, v[k], total, kinds[k].list, kinds[k].now};
    }
    return n;
}

static int most_places(const void *x, const void *y)
{
    const struct trade_figure *a = x, *b = y;
    return a->places != b->places ? (a->places < b->places ? 1 : -1) : a->trade - b->trade;
}

size_t day_trades(const struct day *d, struct trade_figure *ret)
{
    struct trade_figure all[DAY_TRADES] = {{0}};
    size_t n = 0;
    for (size_t i = 0; i < d->n_shifts; i++) {
        const struct day_shift *s = &d->shifts[i];
        struct trade_figure *f = &all[s->job.trade >= 0 && s->job.trade < DAY_TRADES ? s->job.trade : 0];
        f->shifts++;
        f->places += s->job.cap;
        f->filled += s->job.taken;
        f->empty += day_empty(d, &s->job) ? s->job.left : 0;
        f->arrived += s->arrived;
        f->missing += s->missing;
        f->wage_fen += s->wage_fen;
    }
    for (int32_t k = 0; k < DAY_TRADES; k++)
        if (all[k].shifts) {
            ret[n] = all[k];
            ret[n++].trade = k;
        }
    qsort(ret, n, sizeof *ret, most_places);
    return n;
}

void day_sites(const struct day *d, struct site_figure *ret)
{
    for (size_t i = 0; i < d->n_sites; i++)
        ret[i] = (struct site_figure){.site_id = d->sites[i].id, .district = d->sites[i].district, .name = d->sites[i].name, .place = d->sites[i].place};
    for (size_t i = 0; d->n_sites && i < d->n_shifts; i++) {
        const struct day_shift *s = &d->shifts[i];
        struct site_figure *f = &ret[day_nearest(d, s->job.place)];
        f->shifts++;
        f->places += s->job.cap;
        f->filled += s->job.taken;
        f->gaps += day_gap(d, &s->job) ? s->job.left : 0;
        f->arrived += s->arrived;
        f->missing += s->missing;
    }
}
