/* offer_api.c - staff begin and stop asking; people see what they are asked and answer. */
#include "base/cal.h"
#include "feature/hire/hire.h"
#include "feature/person/person.h"
#include "feature/offer/offer_call.h"
#include "feature/offer/offer_hall.h"
#include "feature/offer/offer_people.h"
#include "feature/offer/offer_turnout.h"
#include "http/page.h"
#include "http/route.h"

static enum err load_shift(struct request *rq);
static enum err load_offer(struct request *rq);
static enum err begin(struct request *rq);
static enum err stop(struct request *rq);
static enum err list(struct request *rq);
static enum err mine(struct request *rq);
static enum err yes(struct request *rq);
static enum err no(struct request *rq);
static enum err show(struct request *rq);

struct willing {
    int32_t age_said;
};
static const struct field willing_fields[] = {
    FIELD(struct willing, age_said, ENUM, .choices = ages_said, .see = NOBODY, .put = SEEKER, .doc = "Answers the question of age where nothing is known of it; kept."), {0}};
static const struct record willing_form = {"willing", sizeof(struct willing), willing_fields, "Saying yes to an offer."};

static const struct route routes[] = {
    ROUTE(POST, "/api/v1/shifts/:shift/ask", DESK, begin, .out = &ask_record, .owns = load_shift, .rate = PER_HOUR(120),
          .doc = "Asks those who fit best, in waves, until the places are taken; again after a stop."),
    ROUTE(POST, "/api/v1/shifts/:shift/ask-stop", DESK, stop, .out = &ask_record, .owns = load_shift, .doc = "No further wave, nor anybody else to stand by; answers still count."),
    ROUTE(GET, "/api/v1/shifts/:shift/offers", DESK, list, .out = &sent_offer_record, .list = true, .owns = load_shift, .doc = "Who was asked and what they said."),
    ROUTE(GET, "/api/v1/shifts/:shift/ask", DESK, show, .out = &ask_record, .owns = load_shift, .doc = "Whether people are being asked, and how often; all zero before."),
    ROUTE(GET, "/api/v1/shifts/:shift/people", POSTER | DESK, people_list, .out = &candidate_record, .list = true, .owns = load_shift,
          .doc = "Who could come, best first, with the guard of fair.h: newcomers and people long without work are not missing from the front."),
    ROUTE(POST, "/api/v1/shifts/:shift/invite", POSTER | DESK, people_invite, .in = &ask_one_form, .owns = load_shift, .rate = PER_HOUR(120),
          .doc = "Asks one of them, between 7:00 and 22:00; the answer comes as with waves."),
    ROUTE(GET, "/api/v1/shifts/:shift/turnout", POSTER | DESK, turnout_show, .out = &turnout_record, .owns = load_shift,
          .doc = "How many to ask for so many places, from who came in this city lately; and who stands by."),
    ROUTE(POST, "/api/v1/shifts/:shift/standby", POSTER | DESK, turnout_standby, .in = &standby_form, .out = &turnout_record, .owns = load_shift, .rate = PER_HOUR(60),
          .doc = "Sets how many are to stand by. People are asked in waves until the places are taken, then others until as many stand by, who are told so before they answer."),
    ROUTE(GET, "/api/v1/calls", DESK, calls_list, .out = &call_record, .list = true, .doc = "Since yesterday: who stood by and was asked to come in place of somebody who did not, latest first, 100 at most."),
    ROUTE(GET, "/api/v1/my/offers", SEEKER, mine, .out = &sent_offer_record, .list = true, .doc = "What I am asked, have said yes to, or stand by for."),
    ROUTE(POST, "/api/v1/offers/:offer/yes", SEEKER, yes, .in = &willing_form, .out = &sent_offer_record, .owns = load_offer, .doc = "I would come. Seats go by fit at the deadline, or at once where nobody better is still asked. Refused with what stands against it; the offer stays."),
    ROUTE(POST, "/api/v1/offers/:offer/no", SEEKER, no, .out = &sent_offer_record, .owns = load_offer, .doc = "No, or no longer."),
    ROUTE(POST, "/api/v1/hall/say", SEEKER | DESK, hall_say, .in = &hall_form, .rate = PER_HOUR(120),
          .doc = "Somebody came to the hall, is in a hurry, or leaves; orders of today are proposed as offers. From 22:00 to 7:00 only to who is in a hurry, and from 5:00 on to whom a desk saw."),
    {0}};

static const struct rule none_free = {"offer_full", "no place is left"};
static const struct rule gone = {"offer_gone", "the post is no longer shown (I2), or the place cannot be theirs any more"};
static const struct rule over = {"offer_over", "the answer was due before, or was given"};

static enum err load_shift(struct request *rq)
{
    struct job *j = NEW(rq->a, struct job);
    enum err e = job_of_shift(rq, param_id(rq, "shift"), j);
    rq->object = j;
    bool mine = rq->route->roles & POSTER && rq->who->roles & POSTER && rq->who->employer_id && j->employer_id == rq->who->employer_id;
    return e ? e : mine || staff_covers(rq, j->city, j->district, 0) ? OK : ERR_NONE;
}

static enum err load_offer(struct request *rq)
{
    struct sent_offer *o = NEW(rq->a, struct sent_offer);
    struct person p;
    enum err e = offer_get(rq, param_id(rq, "offer"), o);
    rq->object = o;
    if (!e)
        e = person_get(rq, o->person_id, &p);
    bool mine = !e && (p.id == rq->who->person_id || (o->seats > 1 && p.partner_id && p.partner_id == rq->who->person_id));
    return e ? e : mine ? OK : ERR_NONE;
}

static enum err begin(struct request *rq)
{
    struct job j;
    struct ask k;
    enum err e = job_shown_one(rq, ((struct job *)rq->object)->shift_id, &j);
    if (e)
        return e;
    if (!j.left)
        return refuse(rq, &none_free);
    if (wave_too_late(rq->now_ms, &j))
        return refuse(rq, &offer_late);
    e = ask_or_new(rq, &j, &k);
    k.next_ms = rq->now_ms;
    if (!e)
        e = wave_go(rq, &k, &j);
    return e ? e : reply_record(rq, 200, &ask_record, &k);
}

static enum err stop(struct request *rq)
{
    struct ask k;
    const struct job *j = rq->object;
    enum err e = ask_get(rq, j->shift_id, &k);
    k.next_ms = j->start_ms;
    k.standby = 0;
    if (!e)
        e = ask_put(rq, &k);
    return e ? e : reply_record(rq, 200, &ask_record, &k);
}

static enum err show(struct request *rq)
{
    struct ask k;
    enum err e = ask_get(rq, ((struct job *)rq->object)->shift_id, &k);
    if (e == ERR_NONE)
        k = (struct ask){.shift_id = ((struct job *)rq->object)->shift_id};
    return e && e != ERR_NONE ? e : reply_record(rq, 200, &ask_record, &k);
}

static enum err list(struct request *rq)
{
    struct sent_offer *o;
    size_t n;
    int64_t shift_id = ((struct job *)rq->object)->shift_id;
    enum err e = offer_of_shift(rq, shift_id, &o, &n);
    if (!e)
        e = offer_held(rq, shift_id, o, n);
    return e ? e : reply_items(rq, &sent_offer_record, o, n, 0);
}

/* What the caller is asked of posts that are shown (I2); ret[i] is for ret_j[i]. */
static enum err shown_mine(struct request *rq, struct sent_offer **ret, struct job **ret_j, size_t *ret_n)
{
    size_t n = 0, kept = 0;
    enum err e = offer_of_person(rq, rq->who->person_id, ret, &n);
    *ret_j = NEW_N(rq->a, n + 1, struct job);
    for (size_t i = 0; !e && i < n; i++) {
        e = job_shown_one(rq, (*ret)[i].shift_id, &(*ret_j)[kept]);
        if (!e)
            (*ret)[kept++] = (*ret)[i];
        e = e == ERR_NONE ? OK : e;
    }
    *ret_n = kept;
    return e;
}

static enum err mine(struct request *rq)
{
    struct sent_offer *o;
    struct job *j;
    size_t n;
    enum err e = shown_mine(rq, &o, &j, &n);
    return e ? e : reply_items(rq, &sent_offer_record, o, n, 0);
}

/* A seat is given back where the shift is: under my days. */
static enum err answerable(struct request *rq, const struct sent_offer *o, enum offer_event event)
{
    bool open = o->state != OFFER_ACCEPTED && (o->state != OFFER_OFFERED || o->until_ms > rq->now_ms);
    if (o->state == OFFER_CANCELLED)
        return refuse(rq, &gone);
    return open && offer_next(o->state, (int32_t)event) >= 0 ? OK : refuse(rq, &over);
}

/* The answer, and what it settles at once. */
static enum err answer(struct request *rq, enum offer_event event)
{
    struct sent_offer *o = rq->object;
    enum offer_state from = (enum offer_state)o->state;
    o->state = offer_next(o->state, (int32_t)event);
    o->answered_ms = rq->now_ms;
    enum err e = offer_move(rq, o, from);
    if (!e && event == OFFER_NO && o->hall)
        e = change_put(rq, "seat", o->shift_id);
    if (!e)
        e = wave_settle(rq, o->shift_id);
    if (!e)
        e = offer_get(rq, o->id, o);
    audit_about(rq, &sent_offer_record, o->id);
    return e ? e : reply_done(rq, 200, &sent_offer_record, o, S("/my"));
}

/* What stands against it is said here, for the seat is given later, by a timer that could only cancel. The offer stays: a date
 * of birth may be stated, another day called off, while there is time to answer. */
static enum err yes(struct request *rq)
{
    const struct sent_offer *o = rq->object;
    struct person p;
    struct job j;
    enum err e = answerable(rq, o, OFFER_YES);
    if (!e)
        e = job_shown_one(rq, o->shift_id, &j);
    if (e == ERR_NONE)
        return refuse(rq, &gone);
    if (!e)
        e = person_get(rq, rq->who->person_id, &p);
    bool unknown = !e && person_age_unknown(&p);
    if (!e)
        e = person_say_age(rq, &p, ((struct willing *)rq->in)->age_said);
    bool answered = !e && unknown && !person_age_unknown(&p);
    if (!e)
        e = wave_may(rq, o, &p);
    if (e)
        return answered ? person_keep_age(rq, &p, e) : e;
    return answer(rq, OFFER_YES);
}

static enum err no(struct request *rq)
{
    enum err e = answerable(rq, rq->object, OFFER_NO);
    return e ? e : answer(rq, OFFER_NO);
}

enum err offer_view_mine(struct request *rq, struct view *v)
{
    struct sent_offer *o;
    struct job *j;
    size_t n;
    struct person p;
    struct str other = S("");
    enum err e = shown_mine(rq, &o, &j, &n);
    if (!e && n)
        e = person_get(rq, rq->who->person_id, &p);
    if (!e && n)
        e = hire_age_of_other(rq, &p, &other);
    for (size_t i = 0; !e && i < n; i++) {
        if (o[i].state == OFFER_OFFERED && o[i].until_ms <= rq->now_ms)
            continue;
        struct view *one = view_item(v, "offers");
        job_view(rq, one, &j[i], (struct geo){0, 0});
        view_record(rq, one, &sent_offer_record, &o[i]);
        view_str(one, "span", show_span(rq, j[i].start_ms, j[i].end_ms));
        view_i64(one, "offer_id", o[i].id);
        view_bool(one, "both", o[i].seats > 1);
        view_bool(one, "to_stand_by", o[i].standby && o[i].state == OFFER_OFFERED && !o[i].stood_ms);
        view_bool(one, "is_wanted", o[i].state == OFFER_OFFERED && !o[i].standby);
        view_bool(one, "to_come", o[i].stood_ms && o[i].state == OFFER_OFFERED);
        view_bool(one, "age_open", person_age_unknown(&p));
        view_str(one, "age_other", o[i].seats > 1 ? other : S(""));
        view_bool(one, "is_offered", o[i].state == OFFER_OFFERED);
        view_bool(one, "is_willing", o[i].state == OFFER_WILLING);
        view_bool(one, "is_standby", o[i].state == OFFER_STANDBY && !o[i].stood_ms);
        view_bool(one, "would_come", o[i].state == OFFER_STANDBY && o[i].stood_ms);
    }
    return e ? e : hall_view_mine(rq, v);
}

static const struct timer timers[] = {{.name = "offer.settle", .every_s = 30, .outside = wave_go_all},
                                       {.name = "hall.step", .every_s = 1, .outside = hall_beat},
                                       {0}};
static const struct record *const records[] = {&sent_offer_record, &ask_record, &hall_entry_record, &hall_form,
                                               &candidate_record, &ask_one_form, &call_record, &turnout_record, &standby_form, &willing_form, NULL};
const struct feature offer_feature = {
    .name = "offer", .routes = routes, .queries = offer_queries, .records = records, .timers = timers, .feed = hall_feed, .within = wave_within};
