/* tree.h - inside of the market: per trade a tree that halves the slots by place, pay, price or
 * hour, whichever makes most difference to a score, down to leaves of at most 16; each node with
 * bounds of what is below, and those a search stops at in pages of 16. Only for market*.c and index.c. */
#pragma once
#include <pthread.h>

#include "base/arena.h"
#include "market/squad.h"

enum { LEAF_MOST = STRIP, MERGE_AT = 4, SAMPLE_MAX = 6144, SAMPLE_MIN = 1536, SAMPLE_CELLS = 8192 };
enum { ROOTS = 2 * TRADES_MAX }; /* by trade; those of unknown place behind */

enum split { SPLIT_LON, SPLIT_LAT, SPLIT_RATE, SPLIT_PRICE, SPLIT_FROM, SPLITS };
/* Up to sixteen nodes side by side, what is between them and their owner left out: what a search
 * looks at. Grows like a B-tree: a full page is halved where its owner is. */
struct page {
    struct head head;
    struct fan fan;
    const struct head *next[STRIP]; /* of the kids: before their columns */
    struct node *kid[STRIP];        /* leaves, or owners of a page */
    struct node *owner;
};
/* The slots of a leaf by columns. */
struct columns {
    struct head head;
    const struct slot *slots;
    struct strip strip[];
};
struct node {
    struct bounds b;
    struct node *up;
    struct page *page, *in; /* its own; the one it stands in; or NULL */
    int32_t in_at;
    struct node *kids; /* two: below `plane`, and from it on; NULL for a leaf */
    struct slot *slots; /* leaf: b.n of them */
    struct columns *columns;
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

/* Bins of pay an hour: half a yuan wide up to 128 yuan, then twice as wide whenever pay doubles. */
enum { BIN_FEN = 50, BINS_FINE = 256, PAY_BINS = BINS_FINE + 13 * BINS_FINE / 2 };
int32_t pay_bin(int32_t hour_fen); /* of 0 .. 1 million yuan */
int32_t pay_bin_middle(int32_t bin);
struct pay_counts {
    int32_t bin[PAY_BINS], n; /* slots by pay an hour */
};

/* Slots with the lowest hashes of their ids, in cells by the hash (open addressing), so that one half of the
 * cells is a sample as all are; and their columns. An empty cell has id 0 and no place left. 1.1 MB. */
struct sample {
    struct slot *slot;
    struct strip *strip;
    size_t n;
    int halved; /* so often: one slot of 2^halved belongs in it */
};

/* Kinds of pieces of a tree: two nodes, a page, and the two of a leaf for STRIP << k slots. */
enum piece { PIECE_PAIR, PIECE_PAGE, PIECE_SLOTS, DOUBLINGS = 27, PIECE_COLUMNS = PIECE_SLOTS + DOUBLINGS, PIECES = PIECE_COLUMNS + DOUBLINGS };

struct market {
    pthread_rwlock_t lock;
    pthread_mutex_t idle_lock;
    struct arena a;      /* of the trees; together, so that few pages of memory hold what a search reads */
    void *spare[PIECES]; /* given back, by kind; the first bytes of each point to the next */
    struct node roots[ROOTS];
    struct pay_counts paid[TRADES_MAX];
    struct spots slots, people;
    struct seeker *person;
    struct squad *squad; /* the same by columns, sixteen each */
    size_t person_cap;
    struct sample sample;
    struct finder *idle;
};

bool sample_wants(const struct sample *x, int64_t id);
size_t sample_at(const struct sample *x, int64_t id); /* its cell, or the empty one where it would be */
struct usual usual_of(const struct market *m, const struct market_params *p, const struct seeker *s, const struct question *q);
bool question_asks(const struct question *q, const struct slot *t);
const struct head *head_in(const struct node *x); /* of its page or columns; NULL: an empty leaf */
void bounds_add(struct bounds *b, const struct slot *t);
void finders_free(struct finder *first);
/* Adds a slot whose spot is there already, or takes one away whose spot is gone. O(log slots),
 * amortised; both change the spots of others. */
void tree_put(struct market *m, const struct slot *t);
void tree_drop(struct market *m, struct node *leaf, size_t at);
void leaf_set(struct node *leaf, size_t at, const struct slot *t);
/* Calls fn for every slot of the trades. */
void each_slot(const struct market *m, int32_t trades, void (*fn)(void *arg, const struct slot *t), void *arg);
