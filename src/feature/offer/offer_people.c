/* offer_people.c - an employer sees who could come for a shift and asks one of them. No name, number, age or
 * sex, only what matters for the work; whoever says yes is known from then on. */
#include "feature/match/match.h"
#include "feature/offer/offer_people.h"
#include "feature/person/person.h"
#include "http/page.h"

struct candidate {
    int64_t person_id;
    struct str who;
    int64_t way_min, days;
    bool known, asked;
    int32_t comes, asking;
    struct str why_good1, why_good2, why_bad, why_line;
};
enum { COMES_NEW, COMES_MOSTLY, COMES_ALWAYS, MOSTLY = 80000 };
static const struct choice bands[] = {{"new"}, {"mostly"}, {"always"}, {0}};
enum { ASKING_OPEN, ASKING_NIGHT, ASKING_LATE };
static const struct choice askings[] = {{"open"}, {"night"}, {"late"}, {0}};
enum { EYES = POSTER | DESK };
static const struct field fields[] = {
    FIELD(struct candidate, person_id, ID, .see = EYES, .put = NOBODY, .doc = "Whom to ask."),
    FIELD(struct candidate, who, TEXT, .see = EYES, .put = NOBODY, .doc = "The name, masked."),
    FIELD(struct candidate, way_min, INT, .see = EYES, .put = NOBODY, .doc = "Minutes one way, -1 = unknown."),
    FIELD(struct candidate, days, INT, .see = EYES, .put = NOBODY, .doc = "Days worked in this trade."),
    FIELD(struct candidate, known, BOOL, .see = EYES, .put = NOBODY, .doc = "Worked for this employer lately."),
    FIELD(struct candidate, comes, ENUM, .choices = bands, .see = EYES, .put = NOBODY, .doc = "Comes when it was agreed: not known yet, mostly, always."),
    FIELD(struct candidate, asked, BOOL, .see = EYES, .put = NOBODY, .doc = "Was asked for this shift, and is not asked again."),
    FIELD(struct candidate, asking, ENUM, .choices = askings, .see = EYES, .put = NOBODY, .doc = "Whether anybody may be asked for this shift now: not at night, or no longer at all, as too little time is left. A desk may still assign whom it reaches by telephone or sees."),
    FIELD(struct candidate, why_good1, TEXT, .see = EYES, .put = NOBODY, .doc = "What speaks for this one most, against the others of the list: skill, experience, coming, days here before, the way."),
    FIELD(struct candidate, why_good2, TEXT, .see = EYES, .put = NOBODY, .doc = "And second."),
    FIELD(struct candidate, why_bad, TEXT, .see = EYES, .put = NOBODY, .doc = "What speaks against it most."),
    FIELD(struct candidate, why_line, TEXT, .see = EYES, .put = NOBODY, .doc = "The line of the shift and the points; none where there is no line."),
    {0}};
const struct record candidate_record = {"candidate", sizeof(struct candidate), fields, "Somebody who could come."};
struct invite {
    int64_t person_id;
};
static const struct field invite_fields[] = {
    FIELD(struct invite, person_id, ID, .see = NOBODY, .put = POSTER | DESK, .required = true, .doc = "One of the candidates."), {0}};
const struct record ask_one_form = {"ask_one", sizeof(struct invite), invite_fields, "Asking one person."};

static const struct rule night = {"offer_night", "matching.md 6.5"};
static const struct rule not_now = {"not_now", "asked before, asked too often, or it does not fit any more"};

static int32_t asking(int64_t now_ms, const struct job *j)
{
    return wave_too_late(now_ms, j) ? ASKING_LATE : offer_send_ms(now_ms, false) != now_ms ? ASKING_NIGHT : ASKING_OPEN;
}

/* Waves ask nobody twice. A person may ask again whoever gave back a place he had, or whose offer was withdrawn: he has not
 * said no. */
static bool stands_asked(const struct sent_offer *o)
{
    return o && o->state != OFFER_ACCEPTED && o->state != OFFER_CANCELLED;
}

enum err people_list(struct request *rq)
{
    struct person_hit *c;
    struct sent_offer *o;
    size_t n = 0, n_asked = 0, kept = 0;
    struct job j;
    enum err e = job_shown_one(rq, ((struct job *)rq->object)->shift_id, &j);
    if (!e)
        e = match_candidates(rq, &j, &c, &n);
    if (!e)
        e = offer_of_shift(rq, j.shift_id, &o, &n_asked);
    struct candidate *out = NEW_N(rq->a, n + 1, struct candidate);
    struct match_words *w = e ? NULL : match_candidates_words(rq, &j, c, n);
    for (size_t i = 0; !e && i < n; i++) {
        struct person p;
        e = person_get(rq, c[i].person_id, &p);
        if (!e)
            out[kept++] = (struct candidate){p.id, person_masked(rq, &p), c[i].fit.way_min, c[i].days, c[i].known, stands_asked(offer_to(o, n_asked, p.id)),
                                             c[i].reliable >= MOSTLY ? COMES_ALWAYS : c[i].reliable ? COMES_MOSTLY : COMES_NEW, asking(rq->now_ms, &j),
                                             w[i].good[0], w[i].good[1], w[i].bad, w[i].line};
        e = e == ERR_NONE ? OK : e;
    }
    return e == ERR_NONE ? reply_items(rq, &candidate_record, out, 0, 0) : e ? e : reply_items(rq, &candidate_record, out, kept, 0);
}

/* *ret_may: nothing forbids it, and the person is not asked too often (matching.md 6.5). */
static enum err may_ask(struct request *rq, const struct job *j, const struct person *p, struct match *m, struct sent_offer *ret, bool *ret_may)
{
    struct person partner;
    struct offer_load *loads;
    struct sent_offer *o;
    size_t n_loads, n;
    enum err e = person_partner(rq, p, &partner);
    if (!e)
        e = match_one(rq, p->id, j, m);
    if (!e)
        e = offer_loads_now(rq, &loads, &n_loads);
    if (!e)
        e = offer_of_shift(rq, j->shift_id, &o, &n);
    if (e)
        return e;
    const struct offer_load l = offer_load_of(loads, n_loads, p->id, 0);
    const struct sent_offer *old = offer_to(o, n, p->id);
    *ret = (struct sent_offer){.id = old ? old->id : 0, .person_id = p->id, .points = m->fits[0].total};
    *ret_may = m->fits[0].hard == HARD_NONE && !couple_must(p, &partner) && l.open < OFFER_OPEN_MAX && l.today < OFFER_DAY_MAX &&
               !stands_asked(old);
    return OK;
}

enum err people_invite(struct request *rq)
{
    struct job j;
    struct ask k;
    struct match m;
    struct person p;
    struct sent_offer o;
    bool may = false;
    enum err e = job_shown_one(rq, ((struct job *)rq->object)->shift_id, &j);
    int32_t when = e ? ASKING_OPEN : asking(rq->now_ms, &j);
    if (when != ASKING_OPEN)
        return refuse(rq, when == ASKING_LATE ? &offer_late : &night);
    if (!e)
        e = person_get(rq, ((struct invite *)rq->in)->person_id, &p);
    if (!e)
        e = may_ask(rq, &j, &p, &m, &o, &may);
    if (e || !may)
        return e ? e : refuse(rq, &not_now);
    e = ask_or_new(rq, &j, &k); /* looked after by the timer, but without waves of its own */
    k.going = true;
    if (!e)
        e = ask_put(rq, &k);
    o.wave = NO_WAVE;
    if (!e)
        e = offer_send(rq, &j, &o, 0);
    audit_about(rq, &sent_offer_record, o.id);
    return e ? e : reply_none(rq);
}
