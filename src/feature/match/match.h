/* match.h - connects people and shifts: what is shown to whom, in which order and why; the hall
 * screen and the desk. The arithmetic is in market/score.h, invariant I2 in job_shown. */
#pragma once
#include "feature/hire/hire.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "market/score.h"

extern const struct feature match_feature;
extern const struct record suggestion_record;

/* ---- pure: match_rules.c ---- */
struct slot match_slot(const struct job *j, int32_t today);
/* Busy with the active ones of `h`; trades done before come from `jobs` of the same posts. */
struct seeker match_seeker(const struct person *p, const struct hire *h, size_t n_hires,
                           const struct job *jobs, size_t n_jobs, int64_t now_ms);
/* Median of the hour pay of all slots that state one; 0 when there is none. */
int64_t match_usual_fen(struct arena *a, const struct slot *v, size_t n);
/* "fit", "near", "soon", "pay"; anything else is `otherwise`. */
enum order match_order(struct str sort, enum order otherwise);
/* The text key of one part of a reason, and what fills it. NULL when nothing is to be said. */
enum why_arg { WHY_NOTHING, WHY_NET_HOUR, WHY_MINUTES, WHY_TRADE, WHY_OFFERS, WHY_MISSING };
struct why {
    const char *key;
    enum why_arg arg;
};
struct why match_why(int part, bool good, const struct fit *f);
const char *match_near_key(enum hard h);

/* ---- one person before all shifts: match_find.c ---- */
enum { MATCH_MAX = 2000, MATCH_TOP = 60, MATCH_DAYS = 3, MATCH_FEW = 4 };
struct match {
    struct person person, partner; /* id 0 for a stranger, and for nobody */
    struct seeker seeker;
    struct market_params params;
    struct job *jobs;     /* jobs[i] and slots[i] are the same shift */
    struct slot *slots;
    size_t n;
    struct fit *fits;     /* the best, in order */
    size_t n_fits;
    struct fit *all;      /* everything possible, for comparing */
    size_t n_all;
    size_t hard[HARD_COUNT];
};
struct match_wish {
    int64_t person_id; /* 0 = nobody known */
    struct geo from;   /* where a stranger stands, or 0 */
    int32_t trade;     /* -1 = all */
    int32_t day;       /* on which it begins, -1 = any */
    enum order order;
    size_t want;       /* at most MATCH_TOP */
};
/* A couple that goes only together sees what still has two places. */
MUST_USE enum err match_find(struct request *rq, const struct match_wish *w, struct match *ret);
/* What the law and the city say today; the usual pay is that of these slots. */
struct market_params match_params(struct request *rq, const struct slot *v, size_t n);
const struct job *match_job(const struct match *m, int64_t shift_id);
/* The three sentences; empty ones are left out. */
struct match_texts {
    struct str good[2], bad;
};
struct match_texts match_reasons(struct request *rq, const struct match *m, const struct fit *f);

/* ---- pages: match_view.c ---- */
struct view;
void match_card(struct request *rq, struct view *v, const struct match *m, const struct fit *f);
/* Who posted it, as people read it. */
void match_view_source(struct request *rq, struct view *v, const struct job *j);
/* When little or nothing fits: what would have to change, and whom to call. */
enum err match_view_near(struct request *rq, struct view *v, const struct match *m);
/* The market or station nearest to `place` that has a phone. */
enum err match_view_help(struct request *rq, struct view *v, struct geo place);
/* Who of the staff looked at it. */
enum err match_view_checker(struct request *rq, struct view *v, const struct job *j);

/* ---- for search engines and programs: match_feed.c ---- */
/* schema.org JobPosting of a shift that is shown. */
void match_view_posting(struct request *rq, struct view *v, const struct job *j);
enum err match_sitemap(struct request *rq);
enum err match_atom(struct request *rq);

/* ---- match_desk.c, match_hall.c, match_pay.c ---- */
extern const struct record pay_range_record;
enum err match_pay_ranges(struct request *rq);
enum err match_desk(struct request *rq);
enum err match_desk_load(struct request *rq);
enum err match_desk_person(struct request *rq);
/* What the board shows: places still open as seen from `from`, pay by trade, numbers of the day. No person. */
MUST_USE enum err match_board(struct request *rq, struct view *v, struct geo from);
enum err match_hall(struct request *rq);
enum err match_hall_events(struct request *rq);
