/* match_hall.c - the screen in the hall: numbers of the day, places still open, what trades pay.
 * Reveals no person. */
#include "feature/match/match_page.h"
#include "http/page.h"

/* FAR_M: what geo_travel_min says 90 minutes reach. */
enum { FAR_M = 18923, ROWS = 12, TRADE_ROWS = 10 };

/* The soonest; near `from`, where that is known. */
static enum err view_rows(struct request *rq, struct view *v, int64_t to_ms, struct geo from)
{
    struct job *j;
    size_t n = 0;
    enum err e = geo_known(from) ? job_shown_near(rq, (struct circle){from, FAR_M}, to_ms, ROWS, &j, &n)
                                 : job_shown(rq, rq->now_ms, to_ms, ROWS, &j, &n);
    for (size_t i = 0; !e && i < n; i++)
        job_view(rq, view_item(v, "rows"), &j[i], from);
    view_bool(v, "no_rows", !n);
    view_bool(v, "by_way", geo_known(from));
    return e;
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
    struct trade_pay *p;
    struct hire_counts c = {0, 0, 0};
    size_t n = 0, shown = 0;
    int32_t today = cal_day(rq->now_ms);
    int64_t left = 0, to_ms = cal_ms(today + MATCH_DAYS, 0);
    enum err e = job_pays(rq, rq->now_ms, to_ms, &p, &n);
    if (!e)
        e = hire_count(rq, cal_ms(today, 0), &c);
    if (!e)
        e = view_rows(rq, v, to_ms, from);
    if (e)
        return e;
    for (size_t i = 0; i < n; i++) {
        left += p[i].left;
        if (p[i].paid_left && shown++ < TRADE_ROWS)
            view_pay(rq, v, &p[i]);
    }
    view_i64(v, "n_left", left);
    view_i64(v, "n_made", c.made);
    view_i64(v, "n_in", c.in);
    view_i64(v, "n_paid", c.paid);
    view_bool(v, "has_pays", shown);
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
