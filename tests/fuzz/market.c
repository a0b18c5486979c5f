/* market.c - fuzz target: any bytes as facts; the index keeps its invariants and answers as a scan. */
#include <string.h>

#include "base/err.h"
#include "market/market.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

struct input {
    const uint8_t *p;
    size_t n;
};

/* Up to `n` bytes; a short input leaves zeros. */
static void take(struct input *in, void *to, size_t n)
{
    n = n < in->n ? n : in->n;
    memcpy(to, in->p, n);
    in->p += n;
    in->n -= n;
}

/* Values that are bytes in memory but no values of C. */
static void make_bools(struct seeker *s)
{
    memset(&s->support, s->n_busy & 1, 1);
    for (int k = 0; k < MAX_TIES; k++)
        memset(&s->ties[k].blocked, k & 1, 1);
}

static struct fact next_fact(struct input *in)
{
    struct fact f = {.kind = FACT_SLOT};
    uint8_t head[2] = {0, 0};
    take(in, head, sizeof head);
    f.kind = (enum fact_kind)(head[0] % (FACT_KINDS + 1));
    f.id = head[1] % 16;
    if (f.kind == FACT_SLOT) {
        take(in, &f.slot, sizeof f.slot);
        memset(&f.slot.verified, head[0] >> 7, 1);
        if (head[0] & 64) /* near what is sound, to get deeper */
            f.slot = (struct slot){.id = 1 + head[1] % 16, .place = f.slot.place, .start_min = head[1], .end_min = head[1] + 300,
                                   .shift_fen = f.slot.shift_fen & 0xffff, .price = f.slot.price & 0xffff, .left = 2, .cap = 3,
                                   .trade = f.slot.trade % TRADES_MAX, .verified = true};
        f.slot.place.lon %= 180000001;
        f.slot.place.lat %= 90000001;
    } else if (f.kind == FACT_PERSON) {
        take(in, &f.person, sizeof f.person);
        make_bools(&f.person);
    } else {
        take(in, &f.price, 2 * sizeof f.price);
    }
    return f;
}

static void ask(struct market *m, const struct seeker *s)
{
    struct question q = {.order = (enum order)((unsigned)s->trade % 4), .trades = ALL_TRADES, .to_min = INT32_MAX, .k = 5};
    struct finder *f = market_read(m);
    const struct hit *hits;
    int64_t ids[5];
    size_t n = market_top(f, &market_defaults, s, &q, &hits);
    for (size_t i = 0; i < n; i++)
        ids[i] = hits[i].slot->id;
    BUG_ON(n != market_top_scan(f, &market_defaults, s, &q, &hits));
    for (size_t i = 0; i < n; i++)
        BUG_ON(ids[i] != hits[i].slot->id);
    market_done(f);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct input in = {p, n};
    struct market *m = market_new();
    struct seeker s = {.id = 1, .seats = 1};
    while (in.n) {
        struct fact f = next_fact(&in);
        if (market_apply(m, &f) && f.kind == FACT_PERSON)
            s = f.person;
    }
    BUG_ON(market_check(m));
    ask(m, &s);
    market_free(m);
    return 0;
}
