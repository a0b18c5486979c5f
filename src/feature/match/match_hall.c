/* match_hall.c - the screen in the hall: numbers of the day, places still open, what trades pay.
 * Reveals no person. */
#include "feature/match/match_page.h"
#include "http/page.h"

enum { FAR_MIN = 90, ROWS = 12, TRADE_ROWS = 10 };

struct range {
    int64_t min_fen, max_fen, left;
};

static void view_rows(struct request *rq, struct view *v, const struct job *j, size_t n, struct geo from)
{
    for (size_t i = 0, shown = 0; i < n && shown < ROWS; i++) {
        bool far = geo_known(from) && geo_travel_min(point_m(point_of(from), point_of(j[i].place))) > FAR_MIN;
        if (far)
            continue;
        shown++;
        struct view *row = view_item(v, "rows");
        job_view(rq, row, &j[i], from);
    }
    view_bool(v, "no_rows", !n);
}

static void view_range(struct request *rq, struct view *v, int32_t trade, const struct range *r)
{
    struct view *row = view_item(v, "pays");
    view_str(row, "name", text(rq, str_z(rq->a, str_fmt(rq->a, "trade.%s", trades[trade].key))));
    view_str(row, "min", show_yuan(rq, (r->min_fen + 50) / 100 * 100));
    if ((r->max_fen + 50) / 100 > (r->min_fen + 50) / 100)
        view_str(row, "max", show_yuan(rq, (r->max_fen + 50) / 100 * 100));
    view_i64(row, "n_left", r->left);
}

/* The trades with most open places first. */
static void view_pays(struct request *rq, struct view *v, const struct job *j, size_t n)
{
    struct range r[TRADES_MAX] = {{0, 0, 0}};
    for (size_t i = 0; i < n; i++) {
        int64_t fen = job_shift_fen(&j[i]);
        if (fen <= 0 || j[i].pay_unit == PAY_MONTH || j[i].trade < 0 || j[i].trade >= TRADES_MAX)
            continue;
        struct range *x = &r[j[i].trade];
        x->min_fen = !x->min_fen || fen < x->min_fen ? fen : x->min_fen;
        x->max_fen = fen > x->max_fen ? fen : x->max_fen;
        x->left += j[i].left;
    }
    for (int k = 0; k < TRADE_ROWS; k++) {
        int32_t best = 0;
        for (int32_t i = 1; i < TRADES_MAX; i++)
            best = r[i].left > r[best].left ? i : best;
        if (!r[best].left)
            break;
        if (!k)
            view_bool(v, "has_pays", true);
        view_range(rq, v, best, &r[best]);
        r[best].left = 0;
    }
}

enum err match_board(struct request *rq, struct view *v, struct geo from)
{
    struct job *j;
    struct hire_counts c = {0, 0, 0};
    size_t n;
    int64_t left = 0;
    int32_t today = cal_day(rq->now_ms);
    enum err e = job_shown(rq, rq->now_ms, cal_ms(today + MATCH_DAYS, 0), MATCH_MAX, &j, &n);
    if (!e)
        e = job_left(rq, rq->now_ms, cal_ms(today + MATCH_DAYS, 0), &left);
    if (!e)
        e = hire_count(rq, cal_ms(today, 0), &c);
    if (e)
        return e;
    view_i64(v, "n_left", left);
    view_i64(v, "n_made", c.made);
    view_i64(v, "n_in", c.in);
    view_i64(v, "n_paid", c.paid);
    view_rows(rq, v, j, n, from);
    view_pays(rq, v, j, n);
    return OK;
}

enum err match_hall(struct request *rq)
{
    struct view *v = view_new(rq->a);
    enum err e = match_board(rq, v, (struct geo){0, 0});
    return e ? e : reply_page(rq, "match/hall", v);
}

enum err match_hall_events(struct request *rq)
{
    return reply_stream(rq, "hall");
}
