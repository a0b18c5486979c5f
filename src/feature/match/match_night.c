/* match_night.c - once a day, from 02:00 on or when the program starts later than that, everybody is placed on the shifts of
 * the coming days (matching.md 7.4), and each is proposed the shift they got: first in their list and at the desk. Nothing
 * is taken or kept free by it, and nobody is written to. A night that is broken off leaves the proposals of the one before
 * to whom it did not come yet, and is done again. Of several programs each does it that finds no end of it written. */
#include "base/log.h"
#include "feature/match/match_market.h"
#include "http/page.h"

enum { EYES = SITE_MANAGER | ADMIN | AUDITOR };
static const struct field fields[] = {
    FIELD(struct night_result, day, DAY, .see = EYES, .put = NOBODY, .doc = "Day of the night."),
    FIELD(struct night_result, made_ms, MS, .see = EYES, .put = NOBODY, .doc = "Begun."),
    FIELD(struct night_result, took_ms, INT, .see = EYES, .put = NOBODY, .doc = "Milliseconds it took; 0 = not kept."),
    FIELD(struct night_result, people, INT, .see = EYES, .put = NOBODY, .doc = "People who look for work."),
    FIELD(struct night_result, slots, INT, .see = EYES, .put = NOBODY, .doc = "Shifts of the coming days."),
    FIELD(struct night_result, placed, INT, .see = EYES, .put = NOBODY, .doc = "People who were proposed one."),
    FIELD(struct night_result, points, INT, .see = EYES, .put = NOBODY, .doc = "What the proposals are worth together, each of 100000."),
    FIELD(struct night_result, bound, INT, .see = EYES, .put = NOBODY, .doc = "No placing of these people on these shifts is worth more; 0 = unproven."),
    FIELD(struct night_result, gap_ppm, INT, .see = EYES, .put = NOBODY, .doc = "How far from the bound, in millionths of it; -1 = unproven."),
    {0}};
const struct record night_record = {"night", sizeof(struct night_result), fields, "What the placing of a night came to, with its proof."};

enum err match_nights(struct request *rq)
{
    struct night_result *v;
    size_t n;
    enum err e = placings_last(rq, &v, &n);
    return e ? e : reply_items(rq, &night_record, v, n, 0);
}

enum { NIGHT_MIN = 120, PAGE = 500 };

static enum err last_day(struct request *rq)
{
    return placing_last_day(rq, rq->object);
}

struct night {
    struct placed r;
    int64_t made_ms, took_ms;
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
    const struct night_result kept = {.day = cal_day(x->made_ms), .made_ms = x->made_ms, .took_ms = x->took_ms, .people = x->r.people, .slots = x->r.slots,
                                      .placed = x->r.placed, .points = x->r.value, .bound = x->r.bound};
    enum err e = proposals_drop(rq, kept.day);
    return e ? e : placing_put(rq, &kept);
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
    x.took_ms = app->now_ms(app->clock) - x.made_ms;
    if (!e && x.r.rounds) /* else the program ends */
        e = keep(app, &x);
    if (x.r.rounds)
        log_at(LOG_INFO, "night people=%d slots=%d placed=%d rounds=%d value=%lld bound=%lld", x.r.people, x.r.slots, x.r.placed, x.r.rounds,
               (long long)x.r.value, (long long)x.r.bound);
    arena_done(&a);
    return e;
}
