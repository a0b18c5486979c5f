/* score.h - how well one person and one shift fit: hard constraints with codes, an integer score of
 * visible weights, and the contributions that explain it (matching.md 3.1-3.5, 3.7). Pure. No sex,
 * origin, health or family data is in the types that reach it; age only for what the law says. */
#pragma once
#include "base/cal.h"
#include "base/geo.h"

enum { SCORE_ONE = 100000, MAX_BUSY = 16 };

struct interval {
    int64_t from_ms, to_ms;
};

struct seeker {
    int32_t trade;              /* wanted */
    uint32_t past_trades;       /* bit per trade done before */
    struct geo home, care;
    int32_t age;                /* 0 = not stated */
    int32_t from_min, to_min;   /* possible hours, to 0 = any */
    int32_t drop_min, pick_min; /* school run at `care`, 0 = none */
    int64_t floor_fen;          /* an hour, hard; 0 = none */
    int32_t travel_max_min;     /* 0 = 45 and soft; else hard */
    uint32_t limits, wishes, papers;
    struct interval busy[MAX_BUSY];
    int n_busy;
    int32_t idle_days;
};

struct slot {
    int64_t id, employer_id;
    int32_t trade;
    struct geo place;
    int64_t start_ms, end_ms;
    int32_t break_min, left, cap;
    int64_t shift_fen, hour_fen; /* gross; 0 = unknown */
    uint32_t needs, offers, papers;
    int64_t price;               /* 录取线, 0..SCORE_ONE; 0 = no competition */
    int32_t verified_days;       /* since the last visit, -1 = papers or phone only */
};

struct market_params {
    int32_t age_min, night_age_min, rest_h, day_max_h;
    int64_t usual_hour_fen; /* median of the city, for people who state no wish */
};

/* In the order they are asked; the first that fails is the answer. Text key "hard.<name>". */
#define HARD_LIST(X)                                                                               \
    X(NONE, "none") X(AGE, "age") X(NIGHT, "night") X(PAPERS, "papers") X(HOURS, "hours")          \
    X(CARE, "care") X(OVERLAP, "overlap") X(REST, "rest") X(REACH, "reach") X(PAY, "pay")          \
    X(BODY, "body") X(FULL, "full")
enum hard {
#define X(name, key) HARD_##name,
    HARD_LIST(X)
#undef X
        HARD_COUNT
};
const char *hard_key(enum hard h);

/* Components of the score; weights add up to SCORE_ONE. Text keys "why.<name>.good" and ".bad". */
enum part { PART_WAGE, PART_WAY, PART_TIME, PART_TRADE, PART_WISHES, PARTS };
extern const struct part_weight {
    const char *name;
    int32_t weight; /* of SCORE_ONE */
} part_weights[PARTS];

struct fit {
    int64_t slot_id;
    enum hard hard;
    int64_t total;           /* 0..SCORE_ONE plus at most 0.10 for waiting; 0 when hard */
    int32_t part[PARTS];     /* each 0..SCORE_ONE before its weight */
    int32_t way_min;         /* minutes one way, -1 = place unknown */
    int64_t net_hour_fen;    /* pay divided by working and travelling time; 0 = unknown */
};

/* O(1). */
struct fit fit_of(const struct market_params *p, const struct seeker *s, const struct slot *t);

enum order { ORDER_FIT, ORDER_NEAR, ORDER_SOON, ORDER_PAY };
/* The best k of n slots into out, best first; ties by id. At most 2 of the first 5 from one
 * employer when ORDER_FIT. `hard[h]` counts what stood in the way. O(n log k). Returns how many. */
size_t fit_top(const struct market_params *p, const struct seeker *s, const struct slot *slots, size_t n,
               enum order order, struct fit *out, size_t k, size_t hard[HARD_COUNT]);

/* Which parts speak for and against: index of the part, by weight x (part - mean over `all`), or
 * -1. Two best positives and the worst negative. */
struct reasons {
    int good[2], bad;
};
struct reasons fit_reasons(const struct fit *one, const struct fit *all, size_t n);

/* The single constraint whose lifting opens most slots; HARD_NONE when none does. *ret_opens. */
enum hard near_miss(const struct market_params *p, const struct seeker *s, const struct slot *slots, size_t n,
                    size_t *ret_opens);
