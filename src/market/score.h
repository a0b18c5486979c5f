/* score.h - how well one person and one shift fit: hard constraints with codes, an integer score of visible weights (matching.md 3).
 * Pure. Neither sex, origin, health nor family is in the types that reach it; of the age only the days from which work is lawful.
 * Minutes named _min count from 1970-01-01 00:00 on the market's clock (cal_market_min); those of from, to, drop, pick and
 * like within a day. Shares and points: 0..SCORE_ONE. Every function here is O(1), allocates nothing and takes any
 * person and shift; of market_params hours up to 10,000, points up to SCORE_ONE, and now_min up to FOREVER / 2. */
#pragma once
#include "base/cal.h"
#include "base/geo.h"
#include "market/policy.h"

enum { SCORE_ONE = 100000, MAX_BUSY = 12, MAX_TIES = 8, TRADES_MAX = 32, PAPERS_MAX = 8, REACH_MOST_MIN = 240, AWAY_MOST_DAYS = 90, FOREVER = INT32_MAX, SCHOOL_DAYS = 31, CARE_DAYS = 127 };

/* An accepted shift; place unknown = no way to or from it. work_min 0: a time away, as the person said; no rest is asked for around it. */
struct busy {
    int32_t from_min, to_min, work_min;
    struct point place;
};
/* What a person and an employer know of each other; -1 no, 0 unknown, 1 yes. */
struct tie {
    int64_t employer_id;
    int8_t liked, rated;
    bool blocked; /* by either of the two (H8) */
};

struct seeker { /* 544 bytes */
    int64_t id, partner_id;
    struct point home, care; /* care: where the school run ends, unknown = at home */
    struct point with;       /* where and when the partner works, for "rather together" */
    int32_t with_from_min, with_to_min;
    int32_t floor_fen;                     /* least pay an hour, hard; 0 = none */
    int32_t work_from_day, night_from_day; /* the law's ages, 18 the second; 0 = reached, FOREVER = birthday not stated */
    int32_t paper_to_day[PAPERS_MAX];      /* last day a certificate holds, 0 = not held */
    int32_t outside;                       /* worth of staying out (u0) */
    int32_t reliable;                      /* lower bound of the chance to show up; 0 = new here */
    int32_t idle_since_min;                /* last worked, or registered; 0 = unknown */
    uint64_t skills;                       /* level 0..3 of skill k in bits 2k, 2k + 1 */
    uint32_t limits, wishes;               /* bits of slot.needs and slot.offers */
    int16_t from_min, to_min;              /* hours in which work may be, as below; the way comes on top */
    int16_t like_from_min, like_to_min;    /* preferred hours of every day, over midnight if from > to; to 0 = any */
    int16_t drop_min, pick_min;            /* school run at `care` on the days care_days, 0 = none */
    int16_t travel_max_min, done;          /* 0 = soft, else hard, nobody states more than REACH_MOST_MIN; assignments so far */
    uint8_t trade;                         /* wanted; 0 = any */
    uint8_t seats;                         /* 2 for a couple that goes only together */
    uint8_t n_busy, n_ties, care_days; /* the last: cal_weekday_bit; SCHOOL_DAYS = Monday to Friday, CARE_DAYS all */
    uint8_t days_in[TRADES_MAX]; /* days worked in each trade, at most 255 */
    bool support;                /* of a certified group; only ever adds */
    struct busy busy[MAX_BUSY];
    struct tie ties[MAX_TIES];
};

struct slot { /* 96 bytes */
    int64_t id, employer_id;
    uint64_t skills, skills_wanted; /* levels as in seeker: required, and welcome */
    struct point place;
    int32_t start_min, end_min, valid_to_day;
    int32_t shift_fen, hour_fen; /* gross; 0 = unknown */
    int32_t extra_fen;           /* worth of meals and lodging, a shift */
    uint32_t needs, offers;
    int32_t price; /* points one seat more would add; 0 = no competition */
    int32_t suitors; /* people who would choose it among their first five */
    int16_t break_min, left, cap, risk;
    uint8_t trade, papers;
    bool verified;
    int32_t line; /* 录取线: least points that got in at the last placing; 0 = whoever comes does */
};

struct market_params {
    int32_t now_min;
    int32_t rest_h, day_max_h, min_hour_fen, risk_max; /* law and house rules, from rule files; 0 = none */
    uint32_t minors_never;  /* bits of slot.needs that the law keeps minors from, until night_from_day */
    int32_t usual_hour_fen; /* median for this person's trade, for who states no wish */
    int32_t reliable;       /* of the city, for who is new */
    int32_t gamma;          /* weight of the price in the order; SCORE_ONE = 1 */
    int32_t term[TERMS];    /* most points each term of policy adds; 0 = left out */
};
/* gamma 1, reliable 0.8, risk_max 80, rest 11 h, day 11 h, the terms of policy; the rest 0. */
extern const struct market_params market_defaults;

/* In the order of the answer: the first that fails is given. Text key "match.hard.<name>". */
#define HARD_LIST(X)                                                                               \
    X(NONE, "none") X(AGE, "age") X(BORN, "born") X(NIGHT, "night") X(MINOR, "minor") X(PAPERS, "papers")            \
    X(MINPAY, "minpay") X(TRUST, "trust") X(BLOCKED, "blocked") X(SKILL, "skill") X(HOURS, "hours") \
    X(CARE, "care") X(OVERLAP, "overlap") X(AWAY, "away") X(BETWEEN, "between") X(REST, "rest") X(DAY, "day")      \
    X(REACH, "reach") X(PAY, "pay") X(BODY, "body") X(FULL, "full")
enum hard {
#define X(name, key) HARD_##name,
    HARD_LIST(X)
#undef X
        HARD_COUNT
};
const char *hard_key(enum hard h);
/* Bit h set: constraint h does not hold. `way` in minutes, -1 = unknown. */
uint32_t hard_all(const struct market_params *p, const struct seeker *s, const struct slot *t, int32_t way);
enum hard hard_first(uint32_t all);
/* Which of several: of HARD_PAPERS and HARD_SKILL the bits of those that are missing, of HARD_BODY those of needs; else 1. */
uint32_t hard_which(enum hard h, const struct seeker *s, const struct slot *t);
/* True: one that no way from home or school has to be known for does not hold, the quick look before a score; one of the others. */
bool hard_rules_out(const struct market_params *p, const struct seeker *s, const struct slot *t);
bool hard_too_far(const struct seeker *s, const struct slot *t, int32_t way);
/* Minutes from home; -1 when one of the places is unknown. And from the school to a shift; unknown: 15. */
int32_t way_min(const struct seeker *s, const struct slot *t);
int32_t care_way_min(const struct seeker *s, const struct slot *t);
bool slot_is_night(const struct slot *t); /* touches 22:00-06:00 */
bool slot_is_soon(const struct market_params *p, const struct slot *t); /* begins within three hours */
int32_t slot_work_min(const struct slot *t);
/* Within the day it begins; the end may lie beyond midnight, at most 4320. */
int32_t slot_from(const struct slot *t);
int32_t slot_to(const struct slot *t);

/* The parts of the score. Those of the worker add up to U, those of the employer to F. */
enum part { PART_WAGE, PART_WAY, PART_TIME, PART_TRADE, PART_WISHES, PART_AGAIN,
            PART_SKILL, PART_EXPERIENCE, PART_RELIABLE, PART_KNOWN, PARTS };
extern const struct part_weight {
    const char *name;
    bool employer;
    int32_t weight; /* of SCORE_ONE, per side */
} part_weights[PARTS];

struct fit {
    int64_t slot_id;
    uint32_t hard_all;
    enum hard hard;
    int32_t part[PARTS]; /* before the weight */
    int32_t u, f;        /* weighted sums of both sides */
    int32_t surplus;     /* 0.6 x gain over staying out + 0.4 x F */
    int32_t q;           /* chance that it comes about, competition left out */
    int32_t policy;      /* policy.h */
    int32_t total;       /* q x surplus + policy */
    int32_t rank;        /* total - gamma x price */
    int32_t way_min;
    int32_t net_hour_fen; /* (pay + extras - fares) by working and travelling time; 0 = unknown */
};
struct fit fit_of(const struct market_params *p, const struct seeker *s, const struct slot *t);
/* The same without the constraints: hard and hard_all are 0. And .total alone, 0 where one does not hold: for many pairs. */
struct fit fit_score(const struct market_params *p, const struct seeker *s, const struct slot *t);
int32_t fit_points(const struct market_params *p, const struct seeker *s, const struct slot *t);
/* q with competition, for showing only: the price already charges for it. */
int32_t fit_chance(const struct market_params *p, const struct slot *t, const struct fit *f);

/* The pieces of fit_of for bounds (strip.c). */
int32_t wished_fen(const struct market_params *p, const struct seeker *s); /* an hour; 0 = nothing known */
int32_t hours_to(const struct seeker *s);                                  /* end of possible hours, likewise */
int32_t liked_to(const struct seeker *s);                                  /* end of preferred hours, < 2 days; 0 = any */
int32_t staying_out(const struct seeker *s);                               /* worth of it, below SCORE_ONE */
int32_t trade_part(const struct seeker *s, uint8_t trade);
int32_t experience_part(const struct seeker *s, uint8_t trade);
int32_t reliable_part(const struct market_params *p, const struct seeker *s);
bool trades_near(uint8_t a, uint8_t b); /* neighbours, not the same */
enum { WAY_UNKNOWN_MIN = 30, CARE_WAY_UNKNOWN_MIN = 15, SKILL_NONE_WANTED = 70000, NIGHT_PART = 70000 };
enum { FARE_FEN = 400, NIGHT_FROM_MIN = 1320, NIGHT_TO_MIN = 360 }; /* a ride both ways; within the day */
