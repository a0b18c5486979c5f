/* match_pay.c - what work pays today, trade by trade: the middle half of the shifts still shown, so
 * that who posts sees where his offer stands. */
#include <stdlib.h>

#include "feature/match/match_page.h"

struct pay_range {
    int32_t trade;
    int64_t n, low_fen, median_fen, high_fen;
};
static const struct field fields[] = {
    FIELD(struct pay_range, trade, ENUM, .choices = trades, .see = ANYONE, .put = NOBODY, .doc = "Trade."),
    FIELD(struct pay_range, n, INT, .see = ANYONE, .put = NOBODY, .doc = "Shifts that state a pay."),
    FIELD(struct pay_range, low_fen, FEN, .see = ANYONE, .put = NOBODY, .doc = "Gross an hour: a quarter pays less."),
    FIELD(struct pay_range, median_fen, FEN, .see = ANYONE, .put = NOBODY, .doc = "Half pays less, half more."),
    FIELD(struct pay_range, high_fen, FEN, .see = ANYONE, .put = NOBODY, .doc = "A quarter pays more."),
    {0}};
const struct record pay_range_record = {"pay_range", sizeof(struct pay_range), fields, "What a trade pays today."};

struct offer_pay {
    int32_t trade, hour_fen;
};
struct offers {
    int32_t from_min, to_min, today; /* of the shifts that lists show */
    struct offer_pay *v;
    size_t n;
};

static void add_offer(void *arg, const struct slot *t)
{
    struct offers *o = arg;
    bool shown = t->start_min >= o->from_min && t->start_min < o->to_min && t->valid_to_day >= o->today && t->left > 0;
    if (shown && t->hour_fen > 0)
        o->v[o->n++] = (struct offer_pay){t->trade, t->hour_fen};
}

static int by_trade_then_pay(const void *x, const void *y)
{
    const struct offer_pay *a = x, *b = y;
    if (a->trade != b->trade)
        return a->trade < b->trade ? -1 : 1;
    return (a->hour_fen > b->hour_fen) - (a->hour_fen < b->hour_fen);
}

enum err match_pay_ranges(struct request *rq)
{
    int32_t today = cal_day(rq->now_ms);
    struct offers o = {.from_min = cal_market_min(rq->now_ms), .to_min = (today + MATCH_DAYS) * 1440, .today = today};
    struct finder *f = market_read(rq->app->market);
    o.v = NEW_N(rq->a, market_slots(f) + 1, struct offer_pay);
    market_each_slot(f, add_offer, &o);
    market_done(f);
    qsort(o.v, o.n, sizeof *o.v, by_trade_then_pay);
    struct pay_range *out = NEW_N(rq->a, TRADES_MAX, struct pay_range);
    size_t count = 0;
    for (size_t from = 0, to; from < o.n; from = to) {
        for (to = from; to < o.n && o.v[to].trade == o.v[from].trade;)
            to++;
        size_t k = to - from;
        out[count++] = (struct pay_range){o.v[from].trade, (int64_t)k, o.v[from + (k - 1) / 4].hour_fen,
                                          o.v[from + (k - 1) / 2].hour_fen, o.v[to - 1 - (k - 1) / 4].hour_fen};
    }
    return reply_items(rq, &pay_range_record, out, count, 0);
}
