/* match_night.c - once a day, from 02:00 on or when the program starts later than that, everybody is placed on the shifts of
 * the coming days (matching.md 7.4), and each is proposed the shift they got: first in their list and at the desk. Nothing
 * is taken or kept free by it, and nobody is written to. A night that is broken off leaves the proposals of the one before
 * to whom it did not come yet, and is done again. Of several programs each does it that finds no end of it written. */
#include "base/log.h"
#include "feature/match/match_market.h"

enum { NIGHT_MIN = 120, PAGE = 500 };

static enum err last_day(struct request *rq)
{
    return placing_last_day(rq, rq->object);
}

struct night {
    struct placed r;
    int64_t made_ms;
    size_t at; /* proposals written */
};

static enum err put_page(struct request *rq)
{
    struct night *x = rq->object;
    size_t to = x->at + PAGE < (size_t)x->r.placed ? x->at + PAGE : (size_t)x->r.placed;
    enum err e = OK;
    for (size_t i = x->at; !e && i < to; i++)
        e = proposal_put(rq, &x->r.proposals[i], cal_day(x->made_ms));
    return e;
}

/* Last, so that a night that was broken off is done again. */
static enum err put_end(struct request *rq)
{
    const struct night *x = rq->object;
    enum err e = proposals_drop(rq, cal_day(x->made_ms));
    return e ? e : placing_put(rq, &x->r, x->made_ms);
}

static enum err keep(struct app *app, struct night *x)
{
    enum err e = OK;
    for (; !e && !app->stopping && x->at < (size_t)x->r.placed; x->at += PAGE)
        e = app_write(app, put_page, x);
    return e || app->stopping ? e : app_write(app, put_end, x);
}

enum err match_night(struct app *app)
{
    struct arena a;
    struct night x = {.made_ms = app->now_ms(app->clock)};
    int32_t done = 0;
    enum err e = app_read(app, last_day, &done);
    if (e || done >= cal_day(x.made_ms) || cal_minute(x.made_ms) < NIGHT_MIN)
        return e;
    arena_init(&a, 0);
    e = match_place(app, effort_night, &a, &x.r);
    if (!e && x.r.rounds) /* else the program ends */
        e = keep(app, &x);
    if (x.r.rounds)
        log_at(LOG_INFO, "night people=%d slots=%d placed=%d rounds=%d value=%lld bound=%lld", x.r.people, x.r.slots, x.r.placed, x.r.rounds,
               (long long)x.r.value, (long long)x.r.bound);
    arena_done(&a);
    return e;
}
