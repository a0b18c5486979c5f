/* market.h - the facts in RAM: open slots and people, kept current one fact at a time, and the best
 * K of them for a person (matching.md 3.6, 7.1). The database is the truth; this is an index.
 *
 * Bytes: 96 a slot and 40 of its columns (strip.h), times 1.5 as leaves are two thirds full, + 48..96
 * for finding it by id + 60 of the tree: measured 260 to 380; 1.1 MB for a sample of them; 544 a person (240 of them for the
 * shifts taken and their places) and 192 of columns (squad.h), times at most 2, + 48..96. One million of each: below 2 GB.
 *
 * Threads: any number read between market_read and market_done; market_apply waits for them and they
 * for it, a few microseconds a fact. After warm-up neither reading nor searching allocates.
 * Memory of slots that are gone serves the next ones; it is given back with the market.
 * Same facts in the same order, same answers: ties are broken by id. */
#pragma once
#include "market/score.h"

struct market;
struct market *market_new(void);
void market_free(struct market *m); /* NULL is fine */

enum fact_kind {
    FACT_SLOT,        /* new, or in place of the one with this id */
    FACT_SLOT_GONE,   /* .id */
    FACT_LEFT,        /* .id, .left: free places */
    FACT_PRICE,       /* .id, .price, .suitors, .line */
    FACT_PERSON,      /* new, or in place of */
    FACT_PERSON_GONE, /* .id */
    FACT_KINDS
};
struct fact {
    enum fact_kind kind;
    int64_t id; /* not read where a whole slot or person is given */
    union {
        struct slot slot;
        struct seeker person;
        int32_t left;
        struct {
            int32_t price, suitors, line;
        };
    };
};
/* False: values out of range or an unknown id; nothing changed. O(1) amortised; O(slots) when the
 * sample of market_usual is drawn anew, rarely. */
bool market_apply(struct market *m, const struct fact *f);
/* All in one go, so that who reads waits once; how many of them changed something. A dozen microseconds
 * each at most: give a few dozen at a time. */
size_t market_apply_all(struct market *m, const struct fact *v, size_t n);

/* Ids of at most `n` slots that began before, or that have a price or suitors. O(slots). */
size_t market_begun(struct market *m, int32_t before_min, int64_t *ret, size_t n);
size_t market_priced(struct market *m, int64_t *ret, size_t n);

/* ---- reading; one finder per thread at a time, from a pool ---- */
struct finder;
struct finder *market_read(struct market *m);
void market_done(struct finder *f); /* pointers from it are no longer valid */

size_t market_slots(const struct finder *f);
size_t market_people(const struct finder *f);
const struct slot *market_slot(const struct finder *f, int64_t id); /* NULL: unknown */
void market_each_slot(const struct finder *f, void (*see)(void *arg, const struct slot *t), void *arg); /* by place; O(slots) */
const struct seeker *market_person(const struct finder *f, int64_t id);
/* By number 0..market_people - 1; the order changes with every fact. */
const struct seeker *market_person_at(const struct finder *f, size_t i);
/* Median pay an hour of the open slots of a trade (of all when fewer than 8 state it), to 0.5 yuan or,
 * from 64 yuan on, 0.4 %; 0 = nothing known. O(1). */
int32_t market_usual_fen(const struct finder *f, uint8_t trade);

/* FIT: rank, and the diversity rule. The others read no wish, only facts: equal options. */
enum order { ORDER_FIT, ORDER_NEAR, ORDER_SOON, ORDER_PAY };
enum { MARKET_TOP = 64, ALL_TRADES = -1 };
struct question {
    enum order order;
    int32_t trades;           /* bit per trade */
    int32_t from_min, to_min; /* begins within [from, to) */
    int32_t today;            /* shown until this day at least */
    size_t k;                 /* at most MARKET_TOP */
    /* What else must hold of a slot, asked last and of few; NULL: nothing. O(1), pure, takes no lock. */
    bool (*lets)(const void *arg, const struct market_params *p, const struct slot *t);
    const void *arg;
    bool strict;              /* FIT for proofs: by rank alone, the first is the best there is, */
    int32_t above;            /* and only those of more than this rank: the fewer, the sooner it ends */
    int64_t first_id;         /* FIT, not strict: comes first if it is asked for and open; 0 = none */
};
bool question_lets(const struct question *q, const struct market_params *p, const struct slot *t);
struct hit {
    const struct slot *slot;
    struct fit fit;
};
/* The best that break no hard constraint, best first, ties by id; valid until the next call with `f`.
 * With ORDER_FIT at most 2 of the first 5 are of one employer as far as the best MARKET_TOP allow,
 * and who has been without work for more than 7 days gets one of a neighbouring trade among them
 * when there is one. Exactly what market_top_scan finds, by best bound first:
 * O(slots that could beat the K-th, and the leaves they lie in). */
size_t market_top(struct finder *f, const struct market_params *p, const struct seeker *s, const struct question *q,
                  const struct hit **ret);
/* The same by looking at every slot. O(slots). */
size_t market_top_scan(struct finder *f, const struct market_params *p, const struct seeker *s, const struct question *q,
                       const struct hit **ret);
/* How many slots of the question each constraint alone stands before that a person can lift, so that lifting it opens them,
 * and the soonest of them (a way by REACH_MOST_MIN at most); of certificates, skills and limits (hard_which) each by its number, for what lacks two of them is
 * not one change away; the others at 0. [HARD_NONE]: those open to the person.
 * Exactly what market_near_miss_scan finds, but for the constraints in `more`: these open more than NEAR_MANY slots, and
 * more than were counted when NEAR_LOOKS slots had been looked at. A node below which every slot breaks two is not entered,
 * a slot whose columns show two not looked at. O(slots of the trades), sixteen at a time. */
#define NEAR_LIFTS (1u << HARD_BORN | 1u << HARD_PAPERS | 1u << HARD_SKILL | 1u << HARD_HOURS | 1u << HARD_CARE | \
                    1u << HARD_REACH | 1u << HARD_PAY | 1u << HARD_BODY)
enum { NEAR_WHICH = 32, NEAR_MANY = 100, NEAR_LOOKS = 4000 };
struct miss {
    size_t opens;
    int64_t soonest_id; /* 0: none */
    int32_t soonest_min;
};
struct near { /* 15 KB */
    struct miss of[HARD_COUNT][NEAR_WHICH];
    uint32_t more; /* bits of enum hard */
};
struct near market_near_miss(const struct finder *f, const struct market_params *p, const struct seeker *s,
                             const struct question *q);
/* The same by looking at every slot. O(slots of the trades). */
struct near market_near_miss_scan(const struct finder *f, const struct market_params *p, const struct seeker *s,
                                  const struct question *q);
/* What is usual for this person, to compare with: of the slots of the question, of whatever trade, that are open to
 * the person all while there are few, else 64 or some more (usual.c), drawn by a hash of the id. Where a sample
 * has few of them and they lie too scattered to be found in LOOKS steps: as many as the sample has, perhaps none.
 * O(cells of the sample + LOOKS). */
struct usual {
    int64_t n, part[PARTS]; /* sums over n */
};
struct usual market_usual(const struct finder *f, const struct market_params *p, const struct seeker *s,
                          const struct question *q);

/* Every invariant of the index; NULL or what is wrong. For tests. O(slots + people). */
const char *market_check(struct market *m);
