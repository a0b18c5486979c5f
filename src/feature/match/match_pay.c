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
    int32_t trade;
    int64_t hour_fen;
};

static int by_trade_then_pay(const void *x, const void *y)
{
    const struct offer_pay *a = x, *b = y;
    if (a->trade != b->trade)
        return a->trade < b->trade ? -1 : 1;
    return a->hour_fen < b->hour_fen ? -1 : a->hour_fen > b->hour_fen;
}

enum err match_pay_ranges(struct request *rq)
{
    struct job *j;
    size_t n, kept = 0, count = 0;
    enum err e = job_shown(rq, rq->now_ms, cal_ms(cal_day(rq->now_ms) + MATCH_DAYS, 0), MATCH_MAX, &j, &n);
    if (e)
        return e;
    struct offer_pay *v = NEW_N(rq->a, n ? n : 1, struct offer_pay);
    struct pay_range *out = NEW_N(rq->a, n ? n : 1, struct pay_range);
    for (size_t i = 0; i < n; i++)
        if (job_hour_fen(&j[i]) > 0)
            v[kept++] = (struct offer_pay){j[i].trade, job_hour_fen(&j[i])};
    qsort(v, kept, sizeof *v, by_trade_then_pay);
    for (size_t from = 0, to; from < kept; from = to) {
        for (to = from; to < kept && v[to].trade == v[from].trade;)
            to++;
        size_t k = to - from;
        out[count++] = (struct pay_range){v[from].trade, (int64_t)k, v[from + (k - 1) / 4].hour_fen,
                                          v[from + (k - 1) / 2].hour_fen, v[from + (k - 1) * 3 / 4].hour_fen};
    }
    return reply_items(rq, &pay_range_record, out, count, 0);
}
