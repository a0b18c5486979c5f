/* offer_wave.c - from offers in the database to market/offer.h and back: settling, seats, waves. */
#include "base/cal.h"
#include "base/log.h"
#include "feature/account/account.h"
#include "feature/match/match.h"
#include "feature/notice/notice.h"
#include "feature/offer/offer_call.h"
#include "feature/offer/offer_store.h"
#include "http/page.h"
#include "http/texts.h"

enum { WAVE_MAX = 5000, WEEK_DAYS = 7, SPARE = 3, WIDER = 4, AGAIN_MIN = 15 };

const struct rule offer_late = {"offer_late", "the shift begins too soon to ask people (matching.md 6.5)"};

bool wave_too_late(int64_t now_ms, const struct job *j)
{
    return offer_send_ms(now_ms, false) >= j->start_ms - OFFER_LEAD_MIN * MIN_MS;
}

enum err offer_withdraw(struct request *rq, struct sent_offer *o)
{
    enum offer_state from = (enum offer_state)o->state;
    o->state = offer_next(o->state, OFFER_WITHDRAW);
    enum err e = offer_move(rq, o, from);
    return e || from != OFFER_OFFERED ? e : change_put(rq, "seat", o->shift_id);
}

/* What a letter is about: a title, and of one that is refused the text key of the reason. */
struct about {
    struct str title, why, arg;
};

/* Not who asks just now: he reads it in the answer. */
static enum err tell(struct request *rq, int64_t person_id, const char *key, const struct about *x)
{
    struct person p;
    enum lang lang;
    if (person_id == rq->who->person_id)
        return OK;
    enum err e = person_get(rq, person_id, &p);
    if (e == ERR_NONE)
        return OK; /* the registration was taken back */
    if (!e)
        e = account_lang(rq, p.phone, &lang);
    if (e)
        return e;
    struct str what = x->title;
    if (x->why.n)
        what = str_fmt(rq->a, "%.*s%s%.*s", SV(what), lang ? ". " : "。", SV(texts_fill(rq->app->texts, rq->a, lang, x->why, x->arg)));
    return notice_send_in(rq, lang, p.phone, key, what);
}

enum err offer_tell(struct request *rq, int64_t person_id, const char *key, const struct job *j)
{
    return tell(rq, person_id, key, &(struct about){.title = j->title});
}

/* Who was asked, and the other of a couple that was asked as one. */
static enum err tell_asked(struct request *rq, const struct sent_offer *o, const char *key, const struct about *x)
{
    struct person p = {.partner_id = 0};
    enum err e = o->seats > 1 ? person_get(rq, o->person_id, &p) : OK;
    if (!e || e == ERR_NONE)
        e = tell(rq, o->person_id, key, x);
    return e || !p.partner_id ? e : tell(rq, p.partner_id, key, x);
}

/* Of a post that is no longer shown; who had said yes hears of it. */
static enum err call_back(struct request *rq, struct sent_offer *o)
{
    struct job j;
    bool said_yes = o->state != OFFER_OFFERED;
    enum err e = offer_withdraw(rq, o);
    if (!e && said_yes)
        e = job_of_shift(rq, o->shift_id, &j);
    return e || !said_yes ? e : tell_asked(rq, o, "offer.called_back", &(struct about){.title = j.title});
}

static enum err hidden(struct request *rq, int64_t id)
{
    struct sent_offer *o;
    size_t n = 0;
    enum err e = offer_of_hidden(rq, id, &o, &n);
    for (size_t i = 0; !e && i < n; i++)
        e = call_back(rq, &o[i]);
    return e;
}

static enum err call_all_back(struct request *rq, int64_t shift_id)
{
    struct sent_offer *o;
    size_t n = 0;
    enum err e = offer_of_shift(rq, shift_id, &o, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (o[i].state == OFFER_OFFERED || o[i].state == OFFER_WILLING || o[i].state == OFFER_STANDBY)
            e = call_back(rq, &o[i]);
    return e;
}

static enum err hired(struct request *rq, int64_t id)
{
    struct hire h;
    struct sent_offer *o;
    size_t n = 0;
    enum err e = hire_get(rq, id, &h);
    if (!e)
        e = offer_of_person(rq, h.person_id, &o, &n);
    for (size_t i = 0; !e && i < n; i++) {
        struct job j;
        e = job_of_shift(rq, o[i].shift_id, &j);
        if (!e && j.start_ms < h.end_ms && h.start_ms < j.end_ms)
            e = offer_withdraw(rq, &o[i]);
    }
    return e;
}

enum err wave_within(struct request *rq, struct str what, int64_t id)
{
    if (str_eq(what, S("hire")))
        return hired(rq, id);
    if (str_eq(what, S("shift"))) /* taken back */
        return call_all_back(rq, id);
    return str_eq(what, S("job")) || str_eq(what, S("employer")) ? hidden(rq, id) : OK;
}

static const struct rule parted = {"offer_parted", "matching.md 5.3"};

/* Who was asked alone goes alone, and two who were asked as one still go only together. */
static enum err as_asked(struct request *rq, const struct sent_offer *o, const struct person *p)
{
    struct person partner;
    enum err e = person_partner(rq, p, &partner);
    return !e && couple_must(p, &partner) != (o->seats > 1) ? refuse(rq, &parted) : e;
}

enum err wave_may(struct request *rq, const struct sent_offer *o, const struct person *p)
{
    enum err e = as_asked(rq, o, p);
    return e ? e : hire_may(rq, p, true, o->shift_id);
}

/* Who said yes and may not have the place any more hears why. */
static enum err seat_lost(struct request *rq, const struct job *j, struct sent_offer *o)
{
    const struct problem *why = &rq->problem;
    const struct about x = {j->title, str_fmt(rq->a, "rule.%s", why->rule->code), why->arg};
    o->seats = why->rule == &parted ? 1 : o->seats; /* who the other was is not known any more */
    rq->problem = (struct problem){0};
    o->state = OFFER_CANCELLED;
    enum err e = offer_move(rq, o, OFFER_ACCEPTED);
    return e ? e : tell_asked(rq, o, "offer.lost", &x);
}

/* A seat at the contract moment, of an offer that is accepted already, lest it be withdrawn with the others of that time.
 * Who may not have it any more is cancelled; who stood by is told. */
static enum err seat(struct request *rq, const struct job *j, struct sent_offer *o, bool stood_by)
{
    struct person p;
    struct hire h;
    enum err e = person_get(rq, o->person_id, &p);
    if (e == ERR_NONE) { /* the registration was taken back */
        o->state = OFFER_CANCELLED;
        return offer_move(rq, o, OFFER_ACCEPTED);
    }
    if (!e)
        e = as_asked(rq, o, &p);
    if (!e)
        e = hire_take(rq, &p, true, o->shift_id, &h);
    if (!e && stood_by)
        e = tell_asked(rq, o, "offer.seated", &(struct about){.title = j->title});
    return e == ERR_RULE ? seat_lost(rq, j, o) : e;
}

/* The wave that is due: for so many, 0 = none; for seats, or to stand by. */
struct due {
    int32_t people;
    bool standby;
    const struct yes_share *shares; /* as the timer read them for all its shifts; NULL: not yet read */
};

static enum err settle(struct request *rq, const struct job *j, const struct ask *k, struct due *ret)
{
    struct sent_offer *o;
    size_t n;
    enum err e = offer_of_shift(rq, j->shift_id, &o, &n);
    if (e)
        return e;
    struct asked *v = NEW_N(rq->a, n + 1, struct asked);
    int32_t taken = 0;
    bool too_late = rq->now_ms >= j->start_ms - OFFER_LEAD_MIN * MIN_MS;
    for (size_t i = 0; i < n; i++) {
        v[i] = offer_asked_as(&o[i]);
        if (v[i].state == OFFER_STANDBY && too_late && !v[i].called) /* they were told until when they may be needed */
            v[i].state = OFFER_EXPIRED;
        taken += o[i].state == OFFER_ACCEPTED ? (int32_t)o[i].seats : 0;
    }
    ret->people = offer_settle(v, (int32_t)n, taken + (int32_t)j->left, rq->now_ms);
    if (!ret->people) {
        ret->people = offer_standby_due(v, (int32_t)n, taken + (int32_t)j->left, (int32_t)k->standby);
        ret->standby = ret->people > 0;
    }
    for (size_t i = 0; !e && i < n; i++) {
        enum offer_state from = (enum offer_state)o[i].state;
        if (v[i].state == o[i].state || (from == OFFER_STANDBY && v[i].state == OFFER_EXPIRED))
            continue;
        o[i].state = v[i].state;
        e = offer_move(rq, &o[i], from);
        if (e == ERR_CONFLICT) { /* withdrawn with a seat given just now: to both of a couple */
            e = OK;
            continue;
        }
        if (!e && o[i].state == OFFER_ACCEPTED)
            e = seat(rq, j, &o[i], from == OFFER_STANDBY);
        if (!e && o[i].state == OFFER_STANDBY && !o[i].standby) /* would have come for a place */
            e = tell_asked(rq, &o[i], "offer.full", &(struct about){.title = j->title});
    }
    return e;
}

/* The best `most` of everybody whom nothing forbids as far as the engine knows, less those who were asked; the calendar
 * is asked again of each. *ret_all: nobody else is left. */
static enum err rank(struct request *rq, const struct job *j, size_t most, struct person_hit **ret, size_t *ret_n, bool *ret_all)
{
    struct sent_offer *o;
    size_t n, asked, kept = 0;
    enum err e = offer_of_shift(rq, j->shift_id, &o, &asked);
    if (!e)
        e = match_top_people(rq, j, most + asked, ret, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (!offer_asked(o, asked, (*ret)[i].person_id))
            (*ret)[kept++] = (*ret)[i];
    *ret_n = kept;
    *ret_all = !e && n < most + asked;
    return e;
}

/* Whether the days of the person, or of both, leave room for it. */
static enum err has_time(struct request *rq, const struct person_hit *c, const struct job *j, bool *ret)
{
    struct match m;
    enum err e = match_one(rq, c->person_id, j, &m);
    *ret = !e && !(m.fits[0].hard_all & ~(1u << HARD_FULL)); /* the places were counted before */
    if (!*ret || !c->partner_id)
        return e;
    e = match_one(rq, c->partner_id, j, &m);
    *ret = !e && !(m.fits[0].hard_all & ~(1u << HARD_FULL));
    return e;
}

enum err offer_send(struct request *rq, const struct job *j, struct sent_offer *o, int64_t partner_id)
{
    const char *key = o->standby ? "offer.notice_standby" : "offer.notice";
    o->shift_id = j->shift_id;
    o->seats = partner_id ? 2 : 1;
    o->state = OFFER_OFFERED;
    if (!o->until_ms)
        o->until_ms = offer_until_ms(rq->now_ms, j->start_ms - OFFER_LEAD_MIN * MIN_MS, false);
    enum err e = o->id ? offer_add_again(rq, o) : offer_add(rq, o);
    if (!e)
        e = offer_tell(rq, o->person_id, key, j);
    return e || !partner_id ? e : offer_tell(rq, partner_id, key, j);
}

/* Whom the next wave may ask, best first: so many that it is full and has its share of the quiet. */
struct wave {
    struct offer_load *loads;
    size_t n_loads;
    struct person_hit *who;
    struct offer_candidate *c; /* c[i] is who[i] */
    int32_t n, size, kept;     /* people wanted, and of these quiet ones */
    int32_t people, quiet;     /* found */
};

static enum err look_down(struct request *rq, const struct job *j, const struct person_hit *f, size_t n, struct wave *w)
{
    enum err e = OK;
    w->who = NEW_N(rq->a, n + 1, struct person_hit);
    w->c = NEW_N(rq->a, n + 1, struct offer_candidate);
    w->n = w->people = w->quiet = 0;
    for (size_t i = 0; !e && i < n && (w->people < w->size || w->quiet < w->kept); i++) {
        const struct offer_load l = offer_load_of(w->loads, w->n_loads, f[i].person_id, f[i].partner_id);
        struct offer_candidate c = {f[i].person_id, f[i].fit.total, (int32_t)l.open, (int32_t)l.today, !l.person_id, f[i].partner_id != 0};
        int32_t size = 1 + c.both;
        bool fits = w->people + size <= w->size, free = false;
        if (offer_may_ask(&c) && (fits || (c.quiet && size <= w->size && w->quiet < w->kept)))
            e = has_time(rq, &f[i], j, &free);
        if (e || !free)
            continue;
        w->people += fits ? size : 0;
        w->quiet += c.quiet ? size : 0;
        w->who[w->n] = f[i];
        w->c[w->n++] = c;
    }
    return e;
}

/* Mostly the first look is enough; where all at the top were asked lately, wider ones follow, at worst at everybody. */
static enum err find_wave(struct request *rq, const struct job *j, struct wave *w)
{
    bool all = false;
    size_t n;
    struct person_hit *f;
    enum err e = offer_loads(rq, rq->now_ms - WEEK_DAYS * DAY_MS, cal_ms(cal_day(rq->now_ms), 0), &w->loads, &w->n_loads);
    for (size_t most = (size_t)w->size * SPARE; !e && !all && (w->people < w->size || w->quiet < w->kept); most *= WIDER) {
        e = rank(rq, j, most, &f, &n, &all);
        if (!e)
            e = look_down(rq, j, f, n, w);
    }
    return e;
}

/* *ret: how many the next wave asks. */
static enum err size_wave(struct request *rq, const struct ask *k, struct due due, int32_t *ret)
{
    struct yes_share own[WAVE_KINDS];
    const struct yes_share *shares = due.shares;
    enum wave_kind kind = due.standby ? WAVE_STANDBY : k->waves ? WAVE_LATER : WAVE_FIRST;
    enum err e = shares ? OK : offer_yes_shares(rq, own);
    if (!e)
        *ret = offer_wave_size(due.people, shares ? shares[kind] : own[kind], offer_wave_risk((int32_t)k->waves), WAVE_MAX);
    return e;
}

static enum err send_wave(struct request *rq, struct ask *k, const struct job *as_is, struct due due)
{
    struct job room = *as_is, *j = &room; /* for who stands by as if there were */
    room.left = due.standby ? due.people : room.left;
    struct wave w = {.size = 0};
    enum err e = size_wave(rq, k, due, &w.size);
    w.kept = offer_reserve(w.size, (int32_t)k->waves);
    if (!e)
        e = find_wave(rq, j, &w);
    int32_t *got = NEW_N(rq->a, (size_t)w.size + 1, int32_t);
    int32_t m = e ? 0 : offer_pick(w.c, w.n, w.size, (int32_t)k->waves, got);
    for (int32_t i = 0; !e && i < m; i++)
        e = offer_send(rq, j, &(struct sent_offer){.person_id = w.c[got[i]].person_id, .points = w.c[got[i]].points, .wave = k->waves, .standby = due.standby},
                       w.who[got[i]].partner_id);
    k->waves += m > 0;
    k->next_ms = m ? rq->now_ms : rq->now_ms + AGAIN_MIN * MIN_MS; /* nobody was left to ask */
    return e;
}

static enum err go_as(struct request *rq, struct ask *k, const struct job *j, const struct yes_share *shares)
{
    struct due due = {.shares = shares};
    bool awake = offer_send_ms(rq->now_ms, false) == rq->now_ms;
    enum err e = settle(rq, j, k, &due);
    k->going = rq->now_ms < j->start_ms - OFFER_LEAD_MIN * MIN_MS;
    if (!e && !k->going)
        e = call_in(rq, j->shift_id, awake, &k->going);
    else if (!e && due.people > 0 && rq->now_ms >= k->next_ms && awake)
        e = send_wave(rq, k, j, due);
    return e ? e : ask_put(rq, k);
}

enum err wave_go(struct request *rq, struct ask *k, const struct job *j)
{
    return go_as(rq, k, j, NULL);
}

/* The post is no longer shown: whoever was asked is asked no longer, and nobody else is. */
static enum err ask_no_more(struct request *rq, struct ask *k)
{
    enum err e = call_all_back(rq, k->shift_id);
    k->going = false;
    return e ? e : ask_put(rq, k);
}

static enum err settle_as(struct request *rq, int64_t shift_id, const struct yes_share *shares)
{
    struct ask k;
    struct job j;
    enum err e = ask_get(rq, shift_id, &k);
    if (e)
        return e;
    e = job_shown_one(rq, shift_id, &j);
    if (e == ERR_NONE)
        return ask_no_more(rq, &k);
    return e ? e : go_as(rq, &k, &j, shares);
}

enum err wave_settle(struct request *rq, int64_t shift_id)
{
    return settle_as(rq, shift_id, NULL);
}

/* ---- the timer ---- */

struct going {
    int64_t shift_id[GOING_PAGE];
    size_t n, at;
    struct ask last; /* of the pages so far */
    struct yes_share shares[WAVE_KINDS];
};

static enum err look(struct request *rq)
{
    struct going *g = rq->object;
    struct ask *k;
    size_t n = 0;
    enum err e = g->last.shift_id ? OK : offer_yes_shares(rq, g->shares);
    if (!e)
        e = ask_going(rq, &g->last, &k, &n);
    for (g->n = 0; !e && g->n < n; g->n++)
        g->shift_id[g->n] = k[g->n].shift_id;
    if (!e && n)
        g->last = k[n - 1];
    return e;
}

static enum err go_one(struct request *rq)
{
    const struct going *g = rq->object;
    return settle_as(rq, g->shift_id[g->at], g->shares);
}

static enum err go_page(struct app *app, struct going *g)
{
    enum err e = OK;
    for (g->at = 0; g->at < g->n; g->at++) {
        enum err one = app_write(app, go_one, g);
        if (one)
            log_at(LOG_WARN, "offers of shift %lld: %s", (long long)g->shift_id[g->at], err_code(one));
        e = e ? e : one;
    }
    return e;
}

enum err wave_go_all(struct app *app)
{
    struct going g = {.n = 0};
    enum err e = OK;
    for (bool more = true; more && !app->stopping;) {
        enum err one = app_read(app, look, &g);
        more = !one && g.n == GOING_PAGE;
        if (!one)
            one = go_page(app, &g);
        e = e ? e : one;
    }
    return e;
}
