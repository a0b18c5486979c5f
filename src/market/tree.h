/* tree.h - inside of the market: per trade a tree of cells (58 km, 7 km, 0.9 km), 64 children a
 * level, each node with bounds of what is below. Only for market*.c and index.c. */
#pragma once
#include <pthread.h>

#include "base/arena.h"
#include "market/market.h"

enum { LEAF_SHIFT = 13, LEVEL_BITS = 3, ROOT_SHIFT = 19, CHILDREN = 64, PAY_BINS = 256, BIN_FEN = 50 };
enum { SAMPLE_MAX = 256, SAMPLE_MIN = 64 };

/* No slot below is outside of these; they only widen until the leaf is summed up anew. */
struct bounds {
    int32_t n;
    int32_t rate_fen, work_min; /* the most (pay + extras) an hour of work, the longest work */
    int32_t price_min, hour_max_fen, start_first_min, start_last_min;
    uint32_t offers;
    bool by_day, skills_wanted, pay_unknown;
};
struct node {
    struct bounds b;
    struct node *up;
    int32_t lon, lat, shift; /* lowest corner; shift -1: places unknown */
    int32_t cap, stale;      /* leaf: room, and changes since summed up */
    struct slot *slots;      /* leaf: b.n of them */
    struct node *child[];    /* CHILDREN unless a leaf */
};
struct root {
    struct node **v; /* regions, and the leaf of unknown places */
    size_t n, cap;
    int32_t paid[PAY_BINS], n_paid; /* slots by pay an hour */
};

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

struct market {
    pthread_rwlock_t lock;
    pthread_mutex_t idle_lock;
    struct arena a; /* nodes */
    struct root roots[TRADES_MAX];
    struct spots slots, people;
    struct seeker *person;
    size_t person_cap;
    struct slot *sample;
    size_t n_sample;
    uint64_t sample_below;
    struct finder *idle;
};

struct box {
    int32_t lon, lat, size;
};
uint64_t sample_hash(int64_t id);
void bounds_add(struct bounds *b, const struct slot *t);
void finders_free(struct finder *first);
/* Calls fn for every slot of the trades. */
void each_slot(const struct market *m, int32_t trades, void (*fn)(void *arg, const struct slot *t), void *arg);
