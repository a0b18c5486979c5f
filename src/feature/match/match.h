/* match.h - connects people and shifts: what is shown to whom, in which order and why; the hall
 * screen and the desk. The arithmetic is in market/, invariant I2 in job_shown. */
#pragma once
#include "feature/hire/hire.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "market/batch.h"
#include "market/explain.h"
#include "market/people.h"

extern const struct feature match_feature;

/* ---- pure: match_rules.c ---- */
/* "fit", "near", "soon", "pay"; anything else is `otherwise`. */
enum order match_order(struct str sort, enum order otherwise);
/* The text key of one part of a reason, and what fills it. NULL when nothing is to be said. */
enum why_arg { WHY_NOTHING, WHY_NET_HOUR, WHY_MINUTES, WHY_TRADE, WHY_OFFERS, WHY_MISSING };
struct why {
    const char *key;
    enum why_arg arg;
};
struct why match_why(int part, bool good, const struct seeker *s, const struct fit *f);
/* The same for an employer's list, of LIST_PARTS. */
struct why match_who(int part, bool good);
const char *match_near_key(enum hard h);
/* The text key that names which of several; NULL where there is one only. */
const char *match_near_which_key(enum hard h);
/* Of bits of enum hard those that only the person himself has said: he may decide otherwise, and a desk for him with a
 * reason. The rest is law, calendar or places. Words for them: "match.said". */
uint32_t match_said(uint32_t hard);
extern const struct choice hards[]; /* enum hard */
/* How many people go for one free place; 0 when it is fewer than two or the price is 0. */
int32_t match_crowd(const struct slot *t);
/* How one stands to the 录取线 in points of 100, rounded so that they say the same as the whole numbers. False:
 * no line is known there. */
struct match_line {
    int32_t line, own;
    bool over; /* at least the line */
};
bool match_line(const struct slot *t, const struct fit *f, struct match_line *ret);
/* One place more would go to somebody who fits better, and he is below the line: to apply is nearly always in vain. */
bool match_slim(const struct slot *t, const struct fit *f);

/* ---- one person before all shifts: match_find.c ---- */
enum { MATCH_MAX = 2000, MATCH_TOP = 60, MATCH_DAYS = 3, MATCH_FEW = 4 };
struct match_side {
    struct seeker seeker;
    const int64_t *apart; /* employers he does not meet, ascending: all, also beyond the ties of the seeker */
    size_t n_apart;
};
struct match {
    int64_t person_id; /* 0 for a stranger, and who asks for no personal list */
    bool wide;         /* as asked: nothing here fits, see fits[i].hard_all and match_against */
    bool both;         /* of a couple that goes only together: then */
    struct match_side other;  /* what is known of the other of the two, */
    uint32_t other_hard;      /* and match_one: what stands before him, places left out. Why is his own matter (matching.md 5.5) */
    struct geo home;
    struct seeker seeker;
    const int64_t *apart; /* as in match_side */
    size_t n_apart;
    struct market_params params;
    struct job *jobs;   /* jobs[i], slots[i] and fits[i] are the same shift, best first */
    struct slot *slots;
    struct fit *fits;
    size_t n;
    struct usual usual;       /* to compare with */
    int32_t there_fen;        /* of match_one: what is usual an hour in the trade of the shift, 0 = nothing known */
    struct near near;         /* counted when fewer than MATCH_FEW fit */
    int64_t proposed_id;      /* the shift that last night's placing gives to the person, 0 = none */
    int64_t single_id;        /* then: the best shift that one change would open, 0 = none, */
    struct what_if single;    /* and that change, tried out */
};
struct match_wish {
    int64_t person_id; /* 0 = nobody known */
    struct geo from;   /* where a stranger stands, or 0 */
    int32_t trade;     /* -1 = all */
    int32_t day;       /* on which it begins, -1 = any */
    enum order order;
    size_t want;       /* at most MATCH_TOP */
    bool wide;         /* instead, what only the person has said stands before, or the other of the two; no pages */
    bool plain;        /* no personal list: of the person only the home is read, and whom he does not meet */
};
/* The answer of the engine (market.h), each shift asked again in the database (I2). */
MUST_USE enum err match_find(struct request *rq, const struct match_wish *w, struct match *ret);
/* The same for one shift, whether it fits or not: ret->n is 1. */
MUST_USE enum err match_one(struct request *rq, int64_t person_id, const struct job *j, struct match *ret);
/* What stands between one person and a shift, from the database alone: bits of enum hard, places left out. */
MUST_USE enum err match_stands(struct request *rq, int64_t person_id, const struct job *j, uint32_t *ret);
/* Many people at many shifts, for the hall's timer alone: pairs_points (market/pairs.h) with what app->pairs kept, totals as in
 * match_one, and none for who does not meet the employer or was asked before; ret->cap: job.left. */
struct match_many {
    const int64_t *person_id, *const *asked; /* asked: per shift, ascending */
    const size_t *n_asked;
    const struct job *job;
    int32_t people, jobs;
};
MUST_USE enum err match_pairs(struct request *rq, const struct match_many *q, struct batch *ret);
/* People for a shift. */
enum { MATCH_CANDIDATES = 60, FAIR_DELTA_PCT = 10 };
/* The best `most` of everybody in the engine whom nothing forbids, best first: by their points here less those of the
 * best they could have elsewhere, as the last placing saw it. As people_for (people.h). */
MUST_USE enum err match_top_people(struct request *rq, const struct job *j, size_t most, struct person_hit **ret, size_t *ret_n);
/* The best MATCH_CANDIDATES single people as an employer sees them: in front, newcomers and people long without work have
 * the share that they have of everybody whom nothing forbids (fair.h). */
MUST_USE enum err match_candidates(struct request *rq, const struct job *j, struct person_hit **ret, size_t *ret_n);
/* Sentences; empty ones are left out. Of the i-th of such a list: what speaks for him against the others on it, and how he stands
 * to the order's line. Only what matters for the work: nothing of what he has said of himself. */
struct match_words {
    struct str good[2], bad, line; /* line: of candidates */
};
struct match_words *match_candidates_words(struct request *rq, const struct job *j, const struct person_hit *c, size_t n);
struct match_words match_reasons(struct request *rq, const struct match *m, size_t i);
/* "The line is 62 points; you have 71": for one person who goes alone, where there is a line; else empty. */
struct str match_line_text(struct request *rq, const struct match *m, size_t i);
/* What somebody has said stands before shift i, in a few words; empty when nothing does. */
struct str match_against(struct request *rq, const struct match *m, size_t i);
/* Why shift i is not possible. */
struct str match_hard_text(struct request *rq, const struct match *m, size_t i, enum hard h);
/* Certificates, skills or needs of the set by name (hard_which); empty for other constraints. */
struct str match_which(struct request *rq, enum hard h, uint32_t set);
/* "If you could start at 7:30, it would be possible": one sentence, empty when there is none. */
struct str match_if_text(struct request *rq, const struct what_if *w);
/* Timer: places everyone at once, and tells the market the prices. Seconds for a large city. */
MUST_USE enum err match_prices(struct app *app);
MUST_USE enum err proposal_forget(struct request *rq, int64_t person_id); /* he leaves: what the last placing meant for him */
/* The whole path from facts to sentences as text, for people who check the engine. */
struct buf;
MUST_USE enum err match_explain(struct request *rq, int64_t person_id, int64_t shift_id, struct buf *out);

/* ---- pages: match_view.c ---- */
struct view;
/* How hard it is to get, in a few words; empty where it is not. */
struct str match_hot(struct request *rq, const struct match *m, size_t i);
void match_card(struct request *rq, struct view *v, const struct match *m, size_t i);
/* Who posted it, as people read it. */
void match_view_source(struct request *rq, struct view *v, const struct job *j);
/* How the employer paid lately. */
MUST_USE enum err match_view_pays(struct request *rq, struct view *v, const struct job *j);
/* When little or nothing fits: what would have to change, and whom to call. */
MUST_USE enum err match_view_near(struct request *rq, struct view *v, const struct match *m);
/* The market or station nearest to `place` that has a phone. */
MUST_USE enum err match_view_help(struct request *rq, struct view *v, struct geo place);
MUST_USE enum err match_view_checker(struct request *rq, struct view *v, const struct job *j); /* who of the staff looked at it */

/* ---- two shifts that belong together: match_pair.c; the page of :shift and :second ---- */
enum err match_pair_page(struct request *rq);
bool match_at_one_place(const struct job *a, const struct job *b); /* a couple that goes only together may take one each */

/* What the board shows (match_hall.c): places still open as seen from `from`, pay by trade, numbers of the day. No person. */
MUST_USE enum err match_board(struct request *rq, struct view *v, struct geo from);
