/* trust.h - who comes, who pays, and who no longer works with whom (H8). Either side may say so after a day together; the reason is
 * kept for the desk and never reaches the other side, who only learns that the two of them do not meet. */
#pragma once
#include "feature/hire/hire.h"

struct block {
    int64_t id, city;
    int32_t side; /* enum block_side: who said so */
    int64_t person_id, employer_id;
    struct str reason;
    int32_t until_day; /* its last day, 0 = until taken back; an employer's ends after 180 days */
    int64_t made_ms;
    struct str who; /* the other side: an employer's name, a masked person */
};
enum block_side { BLOCK_BY_PERSON, BLOCK_BY_EMPLOYER };

extern const struct feature trust_feature;
extern const struct rule apart; /* for the contract moment */
MUST_USE enum err support_forget(struct request *rq, int64_t person_id); /* the registration is taken back, or he leaves */
MUST_USE enum err blocks_forget(struct request *rq, int64_t person_id);  /* he leaves: whoever said so */
/* In force between the two, whoever said so. */
MUST_USE enum err trust_apart(struct request *rq, int64_t person_id, int64_t employer_id, bool *ret);
/* Everybody an employer does not meet, ascending. */
MUST_USE enum err trust_apart_from(struct request *rq, int64_t employer_id, int64_t **ret, size_t *ret_n);
bool trust_among(const int64_t *ids, size_t n, int64_t id);
/* The rule for workers, asked of employers: people it hired for the last MEMORY_DAYS, and of them those it called off
 * within the hours of cancel.free_hours; excused ones count for nobody. O(its hires) */
MUST_USE enum err trust_called_off(struct request *rq, int64_t employer_id, int64_t *ret_hires, int64_t *ret_called_off);
struct view;
/* What this side said of the other: "blocked" and "block_id", or nothing. */
MUST_USE enum err trust_view_own(struct request *rq, struct view *v, enum block_side side, int64_t person_id, int64_t employer_id);

/* ---- pure: trust_rules.c: what records of days say about who comes and who pays (matching.md 7.12) ----
 * Whole numbers, so that the same record gives the same points everywhere. A bad mark counts for
 * MEMORY_DAYS, then it is forgiven; what counts, counts half after as many days. Nothing counts before FEW
 * days are known, nor what a desk excused. A person's number is the lower tenth of Beta(0.8 x 8 + good,
 * 0.2 x 8 + bad): one bad day is no verdict; and never below the city's mean while nothing bad stands, so
 * that coming every day never costs. */
enum { MEMORY_DAYS = 90, FEW = 5, LATE_MIN = 15 };

enum mark { MARK_NONE, MARK_KEPT, MARK_LATE, MARK_CALLED_OFF, MARK_MISSED, MARKS };
/* Of a hire the engine or the store may know only: state, start_ms, in_ms, ended_ms, excused. */
enum mark attendance_mark(const struct hire *h, int64_t cancel_free_h);
bool mark_is_bad(enum mark m);

struct tally {
    int64_t good, bad; /* weights, 1000 = one day just now */
    int32_t n;         /* days that count */
};
void tally_add(struct tally *t, enum mark m, int64_t start_ms, int64_t now_ms);
/* 1..100000, 0 = too little is known: the city's mean holds. O(1) */
int32_t reliability(const struct tally *t);

/* Percent of the wages of the last MEMORY_DAYS that came late or not at all, of 8 + n with 5 % to begin
 * with. 80 and more hides an employer's posts (H7): 30 wages in a row that never came. */
int32_t pay_risk(int64_t n, int64_t late, int64_t missing);
/* Latest rated and liked in struct tie (score.h): days there. */
struct met {
    int64_t employer_id;
    int32_t kept, missed, unpaid;
};
int8_t met_rated(const struct met *m); /* 1 came, 0 unknown, -1 stayed away twice */
int8_t met_liked(const struct met *m); /* 1 came back, -1 says the wage did not come */
