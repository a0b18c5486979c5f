/* stats_day.h - one day of one area, read once, and what is counted of it; inside the feature. */
#pragma once
#include "feature/employer/employer.h"
#include "feature/hire/hire.h"
#include "feature/inspect/inspect.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "feature/queue/queue.h"
#include "feature/right/right.h"
#include "feature/site/site.h"

struct day_shift {
    struct job job;
    int64_t arrived, missing, wage_fen;
};
struct day_asked {
    int64_t district, site_id; /* 0 = the whole city; all sites */
    int32_t day;
};
#define DAY_LIST(type, name)                                                                       \
    type *name;                                                                                    \
    size_t n_##name
struct day {
    struct day_asked at;
    int64_t from_ms, to_ms, now_ms; /* now_ms: not after the end of that day */
    bool today;
    DAY_LIST(struct site, sites);        /* of the area; what has a place counts for the nearest */
    DAY_LIST(struct day_shift, shifts);  /* soonest first */
    DAY_LIST(struct hire, begun);        /* whose work begins that day */
    DAY_LIST(struct hire, made);         /* agreed that day */
    DAY_LIST(struct ticket, tickets);    /* called at least once */
    DAY_LIST(struct person, people);     /* registered that day */
    DAY_LIST(struct visit, visits);
    DAY_LIST(struct complaint, complaints);
    /* of this moment, whatever the day: */
    DAY_LIST(struct hire, unpaid);       /* who says the wage did not come */
    DAY_LIST(struct job, waiting);       /* posts to be looked at, at most 200 held and 200 submitted */
    DAY_LIST(struct employer, firms);    /* papers to be looked at */
};
MUST_USE enum err day_load(struct request *rq, const struct day_asked *at, struct day *ret);
/* Begins within the next hour and still has places. */
bool day_gap(const struct day *d, const struct job *j);
/* Has begun, and places stayed empty. */
bool day_empty(const struct day *d, const struct job *j);
/* Stands behind this number of hires. */
bool day_counts(int32_t key, const struct hire *h);
size_t day_nearest(const struct day *d, struct geo place); /* index into sites; 0 when there is none */

/* In the order of the screen; the texts are app.fig.<key> and app.fig.<key>.means. */
enum figure_key {
    FIG_SERVED, FIG_WAIT, FIG_REGISTERED, FIG_MADE, FIG_PLACES, FIG_FILLED, FIG_GAPS, FIG_EMPTY, FIG_ARRIVED, FIG_MISSING,
    FIG_VISITED, FIG_VISITS, FIG_COMPLAINTS, FIG_PAID, FIG_OWED, FIG_UNPAID, FIG_WAITING, FIG_FIRMS, FIGURES
};
extern const struct choice figure_keys[], figure_units[];
enum figure_unit { UNIT_COUNT, UNIT_MINUTES, UNIT_FEN };
struct figure {
    int32_t key, unit;
    int64_t value, total; /* total: out of how many, -1 = not a share */
    struct str list;
    bool now; /* of this moment: says nothing about another day */
};
/* FIGURES at most: those of this moment only today. How many. */
size_t day_figures(const struct day *d, struct figure ret[FIGURES]);
struct trade_figure {
    int32_t trade;
    int64_t shifts, places, filled, empty, arrived, missing, wage_fen;
};
/* Trades that had a shift, most places first; ret has room for all trades. How many. */
size_t day_trades(const struct day *d, struct trade_figure *ret);
enum { DAY_TRADES = 64 };
struct site_figure {
    int64_t site_id, district;
    struct str name;
    struct geo place;
    int64_t shifts, places, filled, gaps, arrived, missing;
};
void day_sites(const struct day *d, struct site_figure *ret); /* one for each of d->sites */
/* The report as a workbook: figures, trades, sites, and what each number means. */
MUST_USE enum err day_sheet(struct request *rq, const struct day *d);
