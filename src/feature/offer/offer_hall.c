/* offer_hall.c - see the header: who is there, what they say, what they see. */
#include "feature/offer/offer_hall.h"

#include <stdatomic.h>

#include "base/cal.h"
#include "feature/person/person.h"
#include "http/feed.h"
#include "http/page.h"
#include "http/store.h"
#include "market/hall.h"

/* So long after a seat came free it is proposed anew, with all that came free since: a step is dear in a full hall. */
enum { SEAT_S = 5 };
/* From so early on whoever a desk of the hall sees asks for work by being there (docs/why.md), until it is day for all. */
enum { EARLY_FROM_MIN = 5 * 60, EARLY_H = 2 };

static const struct field in_fields[] = {
    FIELD(struct hall_in, person_id, ID, .see = NOBODY, .put = DESK, .doc = "Who, at the desk."),
    FIELD(struct hall_in, now, BOOL, .see = NOBODY, .put = DESK | SEEKER, .doc = "Wants anything at once."),
    FIELD(struct hall_in, leaves, BOOL, .see = NOBODY, .put = DESK | SEEKER, .doc = "Leaves."),
    FIELD(struct hall_in, until_ms, MS, .see = NOBODY, .put = DESK | SEEKER, .doc = "Has time until."),
    {0}};
const struct record hall_form = {"hall_form", sizeof(struct hall_in), in_fields, "Somebody in the hall."};

/* How somebody stands in the hall today. */
struct stay {
    bool here, hurry;
    bool early; /* seen at a desk just now, early in the morning */
    int64_t came_ms, until_ms; /* until_ms: has time until, 0 = not said */
    int64_t better_ms;         /* told that something better usually comes then; 0 = not told */
};

bool hall_early(const struct hall_entry *e, int64_t now_ms)
{
    return e->what == ENTRY_SEEN && now_ms - e->at_ms < EARLY_H * (int64_t)HOUR_MS;
}

static enum err stay_of(struct request *rq, int64_t person_id, struct stay *ret)
{
    struct hall_entry *v;
    size_t n;
    enum err e = hall_log_of(rq, person_id, &v, &n);
    *ret = (struct stay){.here = false};
    for (size_t i = 0; !e && i < n; i++) {
        bool has_time = v[i].until_ms ? v[i].until_ms > rq->now_ms : v[i].day == cal_day(rq->now_ms);
        if (v[i].what == ENTRY_ARRIVE || v[i].what == ENTRY_LEAVE)
            *ret = (struct stay){.here = v[i].what == ENTRY_ARRIVE && has_time, .came_ms = v[i].at_ms, .until_ms = v[i].until_ms};
        ret->hurry |= v[i].what == ENTRY_NOW;
        ret->early |= hall_early(&v[i], rq->now_ms);
        if (v[i].what == ENTRY_WAIT)
            ret->better_ms = v[i].until_ms;
    }
    return e;
}

enum err hall_here(struct request *rq, int64_t person_id, bool *ret)
{
    struct stay s;
    enum err e = stay_of(rq, person_id, &s);
    *ret = !e && s.here;
    return e;
}

/* What was asked of him here, or of both of a couple, is asked no longer; a yes stands. */
static enum err leave(struct request *rq, int64_t person_id)
{
    struct sent_offer *o;
    size_t n = 0;
    enum err e = hall_log_add(rq, ENTRY_LEAVE, person_id, 0);
    if (!e)
        e = offer_of_person(rq, person_id, &o, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (o[i].hall && o[i].state == OFFER_OFFERED)
            e = offer_withdraw(rq, &o[i]);
    return e;
}

enum err offers_forget(struct request *rq, int64_t person_id)
{
    struct sent_offer *o;
    size_t n = 1; /* a page at a time */
    bool here;
    enum err e = hall_here(rq, person_id, &here);
    if (!e && here)
        e = leave(rq, person_id);
    while (!e && n) {
        e = offer_of_person(rq, person_id, &o, &n);
        for (size_t i = 0; !e && i < n; i++)
            e = offer_withdraw(rq, &o[i]);
    }
    return e;
}

/* He stands before the desk, and it is early. */
static bool seen_early(const struct request *rq, int64_t person_id)
{
    int32_t minute = cal_minute(rq->now_ms);
    return person_id != rq->who->person_id && minute >= EARLY_FROM_MIN && minute < EARLY_FROM_MIN + EARLY_H * 60;
}

/* Who says again that he is here has waited since he came, unless he says how long he has. */
enum err hall_say(struct request *rq)
{
    const struct hall_in *in = rq->in;
    struct person p;
    struct stay s;
    int64_t id = in->person_id ? in->person_id : rq->who->person_id;
    enum err e = person_get(rq, id, &p);
    bool mine = !e && (id == rq->who->person_id || person_covered(rq, &p));
    if (e || !mine)
        return fail(rq, ERR_NONE, "hire.who");
    if (in->until_ms && in->until_ms <= rq->now_ms)
        return fail_field(rq, "until_ms", "offer.hall_past", S(""));
    e = stay_of(rq, id, &s);
    if (!e && in->leaves)
        e = leave(rq, id);
    else if (!e && (!s.here || in->until_ms))
        e = hall_log_add(rq, ENTRY_ARRIVE, id, in->until_ms);
    if (!e && !in->leaves && seen_early(rq, id))
        e = hall_log_add(rq, ENTRY_SEEN, id, 0);
    if (!e && in->now && !in->leaves) {
        e = hall_log_add(rq, ENTRY_NOW, id, 0);
        if (!e)
            e = change_put(rq, "hall", id); /* after the commit: at once, not within the minute */
    }
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/my"));
}

/* ---- at once ---- */

static void due_by(struct app *app, int64_t at_ms)
{
    int64_t due_ms = app->hall_due_ms;
    while (at_ms < due_ms && !atomic_compare_exchange_weak(&app->hall_due_ms, &due_ms, at_ms))
        ;
}

/* Somebody is in a hurry, or a new order is near its deadline; a seat that was kept is free again. */
enum err hall_feed(struct request *rq, struct str what, int64_t id)
{
    bool due = str_eq(what, S("hall"));
    int64_t from_ms = rq->now_ms + OFFER_LEAD_MIN * MIN_MS;
    enum err e = OK;
    if (str_eq(what, S("job")) || str_eq(what, S("shift")))
        e = hall_log_lacks(rq, id, from_ms, from_ms + hall_usual.closing_s * INT64_C(1000), &due);
    if (due)
        rq->app->hall_due_ms = 0;
    if (str_eq(what, S("seat")))
        due_by(rq->app, rq->now_ms + SEAT_S * INT64_C(1000));
    return e;
}

enum err hall_beat(struct app *app)
{
    enum err e = feed_catch_up(app);
    return e || app->now_ms(app->clock) < app->hall_due_ms ? e : hall_step_all(app);
}

/* ---- what people see ---- */

enum err hall_view_mine(struct request *rq, struct view *v)
{
    struct stay s;
    enum err e = stay_of(rq, rq->who->person_id, &s);
    if (e || !s.here)
        return e;
    struct hall_params p = hall_today();
    struct view *one = view_child(v, "hall");
    int64_t due_ms = hall_due_s(&p, s.came_ms / 1000, s.until_ms / 1000) * 1000;
    int64_t wait_min = (s.better_ms - rq->now_ms + MIN_MS - 1) / MIN_MS;
    bool asleep = offer_send_ms(rq->now_ms, s.hurry || s.early) != rq->now_ms;
    bool waits = !s.hurry && !asleep && wait_min > 0 && rq->now_ms < due_ms;
    view_str(one, "since", show_when(rq, s.came_ms));
    view_bool(one, "hurry", s.hurry);
    view_bool(one, "asleep", asleep);
    if (waits) {
        view_str(one, "better", text_n(rq, "offer.hall_wait", wait_min));
        view_str(one, "wait_end", show_when(rq, due_ms));
    }
    return OK;
}
