/* offer_turnout.c - some who agreed do not come: how many an order of this size usually asks for it (matching.md 6.5 and 7.12),
 * from the average of the city and never from the people of the order; and places to stand by, which the order may set. Nobody
 * is booked beyond the places: who is asked to stand by is told so before he answers. */
#include "feature/offer/offer_turnout.h"

#include "base/cal.h"
#include "feature/hire/hire.h"
#include "http/page.h"

enum { DAYS = 90, CASES_MIN = 50, SAFETY_PM = 900, SHOW_MIN_PM = 200 };

struct turnout {
    int64_t shift_id, cap, came, missing, show_pm, safety_pm, book, standby, standing_by, called, would_come;
};
enum { EYES = POSTER | DESK };
static const struct field fields[] = {
    FIELD(struct turnout, shift_id, ID, .see = EYES, .put = NOBODY, .doc = "Shift."),
    FIELD(struct turnout, cap, INT, .see = EYES, .put = NOBODY, .doc = "Places."),
    FIELD(struct turnout, came, INT, .see = EYES, .put = NOBODY, .doc = "Of the latest hires of the city, 90 days and 5000 at most: who came."),
    FIELD(struct turnout, missing, INT, .see = EYES, .put = NOBODY, .doc = "And who neither came nor called off; what a desk excused is left out."),
    FIELD(struct turnout, show_pm, INT, .see = EYES, .put = NOBODY, .doc = "Share that came, of 1000; -1 = fewer than 50 cases, or so few came that it says nothing."),
    FIELD(struct turnout, safety_pm, INT, .see = EYES, .put = NOBODY, .doc = "How certain, of 1000, as many come as there are places,"),
    FIELD(struct turnout, book, INT, .see = EYES, .put = NOBODY, .doc = "when so many are asked to come; 0 = unknown."),
    FIELD(struct turnout, standby, INT, .see = EYES, .put = NOBODY, .doc = "Places to stand by that the order set."),
    FIELD(struct turnout, standing_by, INT, .see = EYES, .put = NOBODY, .doc = "People who stand by now."),
    FIELD(struct turnout, called, INT, .see = EYES, .put = NOBODY, .doc = "Who stood by and is asked now to come in place of somebody who did not;"),
    FIELD(struct turnout, would_come, INT, .see = EYES, .put = NOBODY, .doc = "and of who stands by: said yes to that, and waits for a place that is free."),
    {0}};
const struct record turnout_record = {"turnout", sizeof(struct turnout), fields, "How many to ask for so many places, and who stands by."};

struct standby {
    int64_t places;
};
static const struct field standby_fields[] = {
    FIELD(struct standby, places, INT, .required = true, .min = 0, .max = 5000, .see = NOBODY, .put = EYES, .doc = "How many are to stand by, at most as many as there are places; 0 = nobody else is asked."),
    {0}};
const struct record standby_form = {"standby", sizeof(struct standby), standby_fields, "Places to stand by."};


static enum err reply(struct request *rq, const struct job *j, const struct ask *k)
{
    struct turnout t = {.shift_id = j->shift_id, .cap = j->cap, .show_pm = -1, .safety_pm = SAFETY_PM, .standby = k->standby};
    struct hire_turnout known;
    struct sent_offer *o;
    size_t n = 0;
    enum err e = hire_turnout(rq, rq->now_ms - DAYS * (int64_t)DAY_MS, &known);
    if (!e)
        e = offer_of_shift(rq, j->shift_id, &o, &n);
    if (e)
        return e;
    int64_t cases = t.came = known.came;
    cases += t.missing = known.missing;
    if (cases >= CASES_MIN && known.came * 1000 / cases >= SHOW_MIN_PM) {
        t.show_pm = known.came * 1000 / cases;
        t.book = offer_over_ask((int32_t)j->cap, (int32_t)t.show_pm, SAFETY_PM);
    }
    for (size_t i = 0; i < n; i++) {
        t.standing_by += o[i].state == OFFER_STANDBY ? o[i].seats : 0;
        t.called += o[i].stood_ms && o[i].state == OFFER_OFFERED ? o[i].seats : 0;
        t.would_come += o[i].stood_ms && o[i].state == OFFER_STANDBY ? o[i].seats : 0;
    }
    return reply_record(rq, 200, &turnout_record, &t);
}

enum err turnout_show(struct request *rq)
{
    const struct job *j = rq->object;
    struct ask k;
    enum err e = ask_or_new(rq, j, &k);
    return e ? e : reply(rq, j, &k);
}

enum err turnout_standby(struct request *rq)
{
    const struct standby *in = rq->in;
    struct job j;
    struct ask k;
    enum err e = job_shown_one(rq, ((struct job *)rq->object)->shift_id, &j);
    if (e)
        return e;
    if (in->places > j.cap)
        return fail_field(rq, "places", "offer.standby_many", str_fmt(rq->a, "%lld", (long long)j.cap));
    if (wave_too_late(rq->now_ms, &j))
        return refuse(rq, &offer_late);
    e = ask_or_new(rq, &j, &k);
    k.standby = in->places;
    k.next_ms = in->places ? rq->now_ms : k.next_ms;
    if (!e)
        e = wave_go(rq, &k, &j);
    audit_about(rq, &job_record, j.id);
    return e ? e : reply(rq, &j, &k);
}
