/* match_hall.c - the screen in the hall: numbers of the day, places still open, what trades pay.
 * Reveals no person. */
#include "feature/match/match_page.h"
#include "http/page.h"

enum { FAR_MIN = 90, ROWS = 12, TRADE_ROWS = 10 };

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

static void view_pay(struct request *rq, struct view *v, const struct trade_pay *p)
{
    struct view *row = view_item(v, "pays");
    view_str(row, "name", text_of(rq, "trade", trades[p->trade].key));
    view_str(row, "min", show_yuan(rq, (p->min_fen + 50) / 100 * 100));
    if ((p->max_fen + 50) / 100 > (p->min_fen + 50) / 100)
        view_str(row, "max", show_yuan(rq, (p->max_fen + 50) / 100 * 100));
}

enum err match_board(struct request *rq, struct view *v, struct geo from)
{
    struct job *j;
    struct trade_pay *p;
    struct hire_counts c = {0, 0, 0};
    size_t n, trades_n = 0;
    int64_t left = 0;
    int32_t today = cal_day(rq->now_ms);
    enum err e = job_shown(rq, rq->now_ms, cal_ms(today + MATCH_DAYS, 0), MATCH_MAX, &j, &n);
    if (!e)
        e = job_left(rq, rq->now_ms, cal_ms(today + MATCH_DAYS, 0), &left);
    if (!e)
        e = job_pays(rq, rq->now_ms, cal_ms(today + MATCH_DAYS, 0), &p, &trades_n);
    if (!e)
        e = hire_count(rq, cal_ms(today, 0), &c);
    if (e)
        return e;
    view_i64(v, "n_left", left);
    view_i64(v, "n_made", c.made);
    view_i64(v, "n_in", c.in);
    view_i64(v, "n_paid", c.paid);
    view_rows(rq, v, j, n, from);
    view_bool(v, "has_pays", trades_n);
    for (size_t i = 0; i < trades_n && i < TRADE_ROWS; i++)
        view_pay(rq, v, &p[i]);
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
