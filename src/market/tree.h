/* tree.h - inside of the market: per trade a tree that halves the slots by place, pay, price or
 * hour, whichever makes most difference to a score, down to leaves of at most 16; each node with bounds of
 * what is below. Only for market*.c and index.c. */
#pragma once
#include <pthread.h>

#include "base/arena.h"
#include "market/market.h"

enum { LEAF_MOST = 16, MERGE_AT = 4, PAY_BINS = 256, BIN_FEN = 50, SAMPLE_MAX = 256, SAMPLE_MIN = 64 };
enum { ROOTS = 2 * TRADES_MAX }; /* by trade; those of unknown place behind */

/* No slot below is outside of these; they only widen until the leaf is summed up anew. */
struct bounds {
    int32_t n;
    int32_t west, east, south, north; /* all 0: places unknown */
    int32_t rate_fen, work_min;       /* the most (pay + extras) an hour of work, the longest work */
    int32_t price_min, hour_max_fen, start_first_min, start_last_min;
    int32_t from_last_min, to_first_min; /* within the day: the latest beginning, the earliest end */
    uint32_t offers;
    uint64_t employers; /* bit employer_bit(id) set: perhaps there */
    bool by_day, skills_wanted, pay_unknown;
};
enum split { SPLIT_LON, SPLIT_LAT, SPLIT_RATE, SPLIT_PRICE, SPLIT_FROM, SPLITS };
struct node {
    struct bounds b;
    struct node *up;
    struct node *kids; /* two: below `plane`, and from it on; NULL for a leaf */
    struct slot *slots; /* leaf: b.n of them */
    enum split split;
    int32_t plane;
    int32_t cap, stale; /* leaf: room, and changes since summed up */
};
int32_t split_value(const struct slot *t, enum split by);

/* Open addressing by id; at most half full. */
struct spot {
    int64_t id; /* 0 = empty */
    struct node *leaf;
    size_t at;
};
struct spots {
    struct spot *v;
    size_t n, cap;
};
struct spot *spot_find(const struct spots *m, int64_t id); /* NULL: unknown */

struct pay_counts {
    int32_t bin[PAY_BINS], n; /* slots by pay an hour */
};

struct market {
    pthread_rwlock_t lock;
    pthread_mutex_t idle_lock;
    struct arena a; /* nodes, in pairs */
    struct node *pairs; /* free ones, by .up */
    struct node roots[ROOTS];
    struct pay_counts paid[TRADES_MAX];
    struct spots slots, people;
    struct seeker *person;
    size_t person_cap;
    struct slot *sample;
    size_t n_sample;
    uint64_t sample_below;
    struct finder *idle;
};

uint64_t sample_hash(int64_t id);
uint64_t employer_bit(int64_t id);
void bounds_add(struct bounds *b, const struct slot *t);
void finders_free(struct finder *first);
/* Calls fn for every slot of the trades. */
void each_slot(const struct market *m, int32_t trades, void (*fn)(void *arg, const struct slot *t), void *arg);
