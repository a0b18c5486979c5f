/* id.c - time-ordered ids. One atomic word holds ms and counter, so that threads never wait. */
#include "base/id.h"

#include <stdatomic.h>

/* 2024-01-01T00:00:00Z in ms; 41 bits from there last until 2093. */
static const int64_t epoch_ms = 1704067200000;
enum { COUNTER_BITS = 12, NODE_BITS = 10 };

struct ids {
    _Atomic int64_t last; /* ms since epoch << COUNTER_BITS | counter */
    int64_t node;
};

struct ids *ids_new(unsigned node)
{
    BUG_ON(node >= 1u << NODE_BITS);
    struct ids *g = xcalloc(1, sizeof *g);
    g->node = node;
    return g;
}

void ids_free(struct ids *g)
{
    xfree(g);
}

int64_t id_next(struct ids *g, int64_t now_ms)
{
    int64_t at = now_ms > epoch_ms ? (now_ms - epoch_ms) << COUNTER_BITS : 0;
    int64_t last = atomic_load(&g->last), next;
    do {
        next = at > last ? at : last + 1; /* a full counter runs on into the next ms */
    } while (!atomic_compare_exchange_weak(&g->last, &last, next));
    int64_t ms = next >> COUNTER_BITS, counter = next & ((1 << COUNTER_BITS) - 1);
    return ms << (COUNTER_BITS + NODE_BITS) | g->node << COUNTER_BITS | counter;
}

int64_t id_from(int64_t ms)
{
    return ms > epoch_ms ? (ms - epoch_ms) << (COUNTER_BITS + NODE_BITS) : 0;
}

static const char letters[] = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

void code6(uint64_t seed, char out[7])
{
    for (int i = 0; i < 6; i++, seed /= 31)
        out[i] = letters[seed % 31];
    out[6] = 0;
}

static bool is_letter(char c)
{
    for (const char *l = letters; *l; l++)
        if (*l == c)
            return true;
    return false;
}

bool code6_fold(struct str typed, char out[7])
{
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++) {
        char c = typed.p[i];
        if (c >= 'a' && c <= 'z')
            c = (char)(c - 32);
        if (c == ' ' || c == '-')
            continue;
        if (n == 6 || !is_letter(c))
            return false;
        out[n++] = c;
    }
    out[n] = 0;
    return n == 6;
}
