/* offer_call.c - see the header. A place that somebody holds who has not come is not given away: whoever says yes waits
 * until the employer has said who is missing, and is told only then to go. */
#include "feature/offer/offer_call.h"

#include "base/cal.h"
#include "feature/match/match.h"
#include "http/page.h"

struct called {
    int64_t id, shift_id;
    struct str title, employer_name, who;
    int64_t start_ms, end_ms, made_ms, until_ms;
    int32_t state;
    bool gone;
};
static const struct field fields[] = {
    FIELD(struct called, id, ID, .see = DESK, .put = NOBODY, .doc = "Offer."),
    FIELD(struct called, shift_id, ID, .see = DESK, .put = NOBODY, .doc = "Shift."),
    FIELD(struct called, title, TEXT, .see = DESK, .put = NOBODY, .doc = "Work."),
    FIELD(struct called, employer_name, TEXT, .see = DESK, .put = NOBODY, .doc = "Employer."),
    FIELD(struct called, who, TEXT, .see = DESK, .put = NOBODY, .doc = "Who was called in, masked."),
    FIELD(struct called, start_ms, MS, .see = DESK, .put = NOBODY, .doc = "The work begins."),
    FIELD(struct called, end_ms, MS, .see = DESK, .put = NOBODY, .doc = "Ends."),
    FIELD(struct called, made_ms, MS, .see = DESK, .put = NOBODY, .doc = "Called in."),
    FIELD(struct called, until_ms, MS, .see = DESK, .put = NOBODY, .doc = "The answer counts until."),
    FIELD(struct called, state, ENUM, .choices = offer_states, .see = DESK, .put = NOBODY, .doc = "State; stand-by: would come, but nobody has said yet who is missing."),
    FIELD(struct called, gone, BOOL, .see = DESK, .put = NOBODY, .doc = "Accepted, but has the place no more: called off, or did not come either."),
    {0}};
const struct record call_record = {"call", sizeof(struct called), fields, "Somebody who stood by, asked to come in place of who did not."};

struct calling {
    struct job j;
    struct call c;
    struct offer_load *loads;
    size_t n_loads;
};

/* Whether his days leave room for it, and how far he has to go at most. */
static enum err can(struct request *rq, struct calling *x, int64_t person_id, bool *ret)
{
    struct match m;
    enum err e = match_one(rq, person_id, &x->j, &m);
    if (e)
        return e;
    *ret &= !(m.fits[0].hard_all & ~(1u << HARD_FULL));
    x->c.way_min = m.fits[0].way_min > x->c.way_min ? m.fits[0].way_min : x->c.way_min;
    return OK;
}

/* *ret_until_ms: until when he may answer; 0 = he is not asked. */
static enum err until(struct request *rq, struct calling *x, const struct sent_offer *o, int64_t *ret_until_ms)
{
    struct person p, other = {.id = 0};
    bool fits = true;
    enum err e = person_get(rq, o->person_id, &p);
    *ret_until_ms = 0;
    x->c.way_min = -1;
    if (!e)
        e = person_partner(rq, &p, &other);
    if (e)
        return e == ERR_NONE ? OK : e;
    int64_t partner_id = o->seats > 1 ? other.id : 0;
    struct offer_load l = offer_load_of(x->loads, x->n_loads, p.id, partner_id);
    struct offer_candidate c = {.person_id = p.id, .open = (int32_t)l.open, .today = (int32_t)l.today};
    if (!offer_may_ask(&c) || couple_must(&p, &other) != (o->seats > 1))
        return OK;
    e = can(rq, x, p.id, &fits);
    if (!e && partner_id)
        e = can(rq, x, partner_id, &fits);
    *ret_until_ms = !e && fits ? offer_call_until_ms(&x->c) : 0;
    return e;
}

static enum err call_one(struct request *rq, const struct job *j, struct sent_offer *o, int64_t until_ms)
{
    struct person p, other = {.id = 0};
    enum err e = offer_call_in(rq, o, until_ms);
    if (!e)
        e = person_get(rq, o->person_id, &p);
    if (!e && o->seats > 1)
        e = person_partner(rq, &p, &other);
    if (!e)
        e = offer_tell(rq, p.id, "offer.notice_call", j);
    return e || !other.id ? e : offer_tell(rq, other.id, "offer.notice_call", j);
}

/* The best of those who may be asked; whoever may not is passed over. */
static enum err call_best(struct request *rq, struct calling *x, struct sent_offer *o, size_t n, int32_t places)
{
    struct asked *v = NEW_N(rq->a, n + 1, struct asked);
    int64_t today_ms = cal_ms(cal_day(rq->now_ms), 0);
    enum err e = offer_loads(rq, today_ms, today_ms, &x->loads, &x->n_loads);
    for (size_t i = 0; i < n; i++)
        v[i] = offer_asked_as(&o[i]);
    for (int32_t k = 0; !e && (k = offer_call(v, (int32_t)n, places)) >= 0; v[k].state = OFFER_CANCELLED) {
        int64_t until_ms;
        e = until(rq, x, &o[k], &until_ms);
        if (!e && until_ms)
            return call_one(rq, &x->j, &o[k], until_ms);
    }
    return e;
}

/* Nobody stands by for it any more. */
static enum err let_go(struct request *rq, struct sent_offer *o, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; !e && i < n; i++)
        if (o[i].state == OFFER_STANDBY)
            e = offer_withdraw(rq, &o[i]);
    return e;
}

enum err call_in(struct request *rq, int64_t shift_id, bool awake, bool *ret_going)
{
    struct calling x = {.n_loads = 0};
    struct sent_offer *o;
    size_t n = 0;
    int64_t missing = 0;
    *ret_going = false;
    enum err shown = job_shown_one(rq, shift_id, &x.j), e = shown == ERR_NONE ? OK : shown;
    if (!e)
        e = offer_of_shift(rq, shift_id, &o, &n);
    x.c = (struct call){.now_ms = rq->now_ms, .start_ms = x.j.start_ms, .end_ms = x.j.end_ms};
    if (e || shown || rq->now_ms >= offer_call_end_ms(&x.c))
        return e ? e : let_go(rq, o, n);
    for (size_t i = 0; i < n; i++)
        *ret_going |= o[i].state == OFFER_STANDBY || o[i].state == OFFER_OFFERED;
    if (!*ret_going || !awake)
        return OK;
    e = hire_missing(rq, shift_id, &missing);
    return e || x.j.left + missing <= 0 ? e : call_best(rq, &x, o, n, (int32_t)(x.j.left + missing));
}

enum err calls_list(struct request *rq)
{
    struct sent_offer *o;
    size_t n = 0, kept = 0;
    enum err e = offer_calls(rq, rq->now_ms - DAY_MS, &o, &n);
    struct called *v = NEW_N(rq->a, n + 1, struct called);
    for (size_t i = 0; !e && i < n; i++) {
        struct person p;
        struct job j;
        e = job_of_shift(rq, o[i].shift_id, &j);
        if (!e)
            e = person_get(rq, o[i].person_id, &p);
        if (!e && o[i].state == OFFER_ACCEPTED)
            e = offer_held(rq, o[i].shift_id, &o[i], 1);
        bool gone = o[i].state == OFFER_ACCEPTED && o[i].held < o[i].seats;
        if (!e)
            v[kept++] = (struct called){o[i].id, j.shift_id, j.title, j.employer_name, person_masked(rq, &p), j.start_ms, j.end_ms, o[i].made_ms, o[i].until_ms, o[i].state, gone};
        e = e == ERR_NONE ? OK : e;
    }
    return e ? e : reply_items(rq, &call_record, v, kept, 0);
}
