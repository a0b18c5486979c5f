/* match_market.h - inside of match: from rows to facts, and keeping the engine current. */
#pragma once
#include "feature/match/match.h"

/* A shift once taken: ahead, done, or cancelled. */
struct match_work {
    struct hire h; /* of it: employer, state, what happened when */
    int32_t trade;
    struct geo place;
};
/* A time for which he has said that he has none. */
struct match_away {
    int64_t from_ms, to_ms;
};
/* What the engine may know of a person: of `p` only the unsealed members that match_seeker reads. */
struct match_person {
    struct person p;
    int32_t partner_together; /* enum together: what the other says */
    int32_t paper_to_day[PAPERS_MAX]; /* as in seeker */
    struct match_work *works, *partner_works;
    size_t n_works, n_partner_works;
    struct match_away *away; /* not over, soonest first */
    size_t n_away;
    int64_t *apart; /* employers he does not meet, whoever said so; latest first */
    size_t n_apart;
    bool support; /* certified to be helped into work */
    int64_t about_ms; /* the calendar is asked about a shift that begins then; 0 = about what is next */
};
extern const struct query *const match_queries[];
/* Shifts that begin from now on, by id, whatever their state; job.state is JOB_OPEN only where the
 * shift may be shown (I2). And those of a changed "shift", "job" or "employer". */
MUST_USE enum err match_slots_after(struct request *rq, int64_t after_id, int64_t n, struct job **ret, size_t *ret_n);
MUST_USE enum err match_slots_of(struct request *rq, struct str what, int64_t id, struct job **ret, size_t *ret_n);
/* By id. */
MUST_USE enum err match_people_after(struct request *rq, int64_t after_id, int64_t n, struct match_person **ret,
                                     size_t *ret_n);
MUST_USE enum err match_person_one(struct request *rq, int64_t id, struct match_person *ret);

/* What the last night proposes to a person; 0 = nothing. And the day of the last night that was done; 0 = none. */
struct proposal;
struct placed;
MUST_USE enum err proposal_of(struct request *rq, int64_t person_id, int64_t *ret_shift_id);
MUST_USE enum err proposal_put(struct request *rq, const struct proposal *p, int32_t day);
MUST_USE enum err proposals_drop(struct request *rq, int32_t before_day);
MUST_USE enum err placing_last_day(struct request *rq, int32_t *ret);
struct night_result;
enum { NIGHTS_SHOWN = 7 };
MUST_USE enum err placing_put(struct request *rq, const struct night_result *x);
/* The last NIGHTS_SHOWN, latest first. */
MUST_USE enum err placings_last(struct request *rq, struct night_result **ret, size_t *ret_n);

/* ---- pure: match_rules.c ---- */
/* Ages of the law and the rule of cancelling, from the rule files. */
struct match_law {
    int32_t age_min, night_age_min, cancel_free_h;
};
struct slot match_slot(const struct job *j);
struct seeker match_seeker(const struct match_person *m, struct match_law law, int64_t now_ms);
struct seeker match_stranger(struct geo from);

/* ---- match_find.c ---- */
/* Who asks, as the database knows him: person, home, whom he does not meet, and the other of a couple. */
MUST_USE enum err match_load(struct request *rq, const struct match_wish *w, int64_t about_ms, struct match *m);
/* Which shifts: trades, days, not those of whom he does not meet. */
struct question match_question(const struct request *rq, const struct match_wish *w, const struct match *m);
/* Of match_one: what one change of his own does; nothing where what stands before it is more than the engine knows, or the other
 * of the two. As fit_what_if. */
size_t match_ifs(const struct match *m, struct what_if ret[EDITS]);

/* ---- match_views.c: any thread, no lock ---- */
struct views;
struct views *views_new(void);
void views_free(struct views *v);
void views_open(struct views *v, const struct slot *t); /* is in the market */
bool views_owed(struct views *v, const struct slot *t);
void views_seen(struct views *v, const struct slot *t); /* shown to somebody who can take it */
/* The best of some of the owed for the question; false when there is none. O(1) */
bool views_best_owed(struct views *v, struct finder *f, const struct market_params *p, const struct seeker *s,
                     const struct question *q, struct hit *ret);

/* ---- match_others.c: any thread ---- */
struct other {
    int64_t person_id, best_slot;
    int64_t best, second; /* points above the price, 0 = nothing */
};
void other_add(struct other *o, int64_t slot_id, int64_t points);
struct others;
struct others *others_new(void);
void others_free(struct others *o);
void others_put(struct others *o, const struct other *v, size_t n); /* in place of what was; copied. O(n log n) */
/* Points of the best that somebody could have besides this shift; 0 when nothing is known. O(log n) */
int64_t others_best(struct others *o, int64_t person_id, int64_t slot_id);

/* ---- match_prices.c ---- */
struct proposal {
    int64_t person_id, shift_id;
};
/* What a placing of everybody came to. */
struct placed {
    int32_t people, slots, rounds, placed;
    int64_t value, bound;             /* points; no placing of these people on these shifts is worth more than `bound`; 0 = unproven */
    const struct proposal *proposals; /* `placed` of them, by person */
};
/* Rounds at most (match_place.h), where people x shifts are at most `pairs`; beyond that one round, and no proof. */
struct effort {
    int32_t rounds;
    int64_t pairs;
};
extern const struct effort effort_day, effort_night;
/* Proposals from `a`. *ret stays as it is when the program ends meanwhile. */
MUST_USE enum err match_place(struct app *app, struct effort effort, struct arena *a, struct placed *ret);

/* ---- match_kept.c: tells the market what was kept, before anybody reads; app->priced_ms, 0 when nothing was. O(slots) ---- */
void prices_take(struct request *rq);

/* ---- match_night.c ---- */
/* What is kept of a night: with the bound anybody can tell how far from the best it may be (matching.md 4.1). */
struct night_result {
    int32_t day;
    int64_t made_ms, took_ms; /* took_ms 0: of an older program */
    int64_t people, slots, placed;
    int64_t points, bound, gap_ppm; /* bound 0: unproven; then gap_ppm is -1 */
};
extern const struct record night_record;
MUST_USE enum err match_night(struct app *app); /* timer */
enum err match_nights(struct request *rq);      /* its route */

/* match_rules.c: whether what would open a shift is a case of the change that opens most. */
bool match_of_change(const struct near_change *c, const struct what_if *w);

/* ---- match_market.c ---- */
enum err match_start(struct request *rq);
void match_stop(struct app *app);
MUST_USE enum err match_feed(struct request *rq, struct str what, int64_t id);
/* The numbers of the law, and the usual pay as this reader sees it. */
struct match_law match_law_now(const struct request *rq);
struct market_params match_limits(const struct request *rq); /* what is lawful; nothing of the market */
struct market_params match_params(const struct request *rq, const struct finder *f, uint8_t trade);
/* The usual pay of each trade, fen an hour: a pair has one score only when it is that of the person's trade. */
struct usual_pay {
    int32_t hour_fen[TRADES_MAX];
};
struct usual_pay match_usual_pay(const struct finder *f); /* microseconds: once for many people */
/* Pairs of the hall kept from one minute to the next (market/pairs.h): at most 64 MB. 6,700 people before 3,650 shifts have 5 million
 * to 15 million. */
enum { PAIRS_KEPT = 16000000 };
/* Timer: shifts that have begun leave the market. */
MUST_USE enum err match_sweep(struct app *app);

