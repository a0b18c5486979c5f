/* offer_step.c - one minute in the hall: the people and orders there and the ghosts, read into one problem (market/hall.h),
 * and its proposals written as offers. */
#include <stdatomic.h>
#include <stdlib.h>

#include "base/cal.h"
#include "base/log.h"
#include "feature/match/match.h"
#include "feature/offer/offer_hall.h"
#include "market/hall.h"

/* Orders "now" begin within AHEAD_H hours, but not within OFFER_LEAD_MIN minutes. */
enum { AHEAD_H = 6, WEEK = 7, STEP_S = 60 };
static const int64_t week_ms = WEEK * (int64_t)DAY_MS;

struct proposal {
    int64_t shift_id, person_id, partner_id; /* partner: of a couple, as one; else 0 */
    int64_t points, until_ms;
};
/* What a minute comes to: made while reading, carried out while writing. */
struct plan {
    struct arena a; /* outlives the reading */
    struct hall_entry *notes; /* what, subject_id and until_ms of new entries of the log */
    struct proposal *v;
    size_t n_notes, n;
    int64_t closing_ms; /* when the next order comes near its deadline */
};

/* The people and orders of one minute, ghosts behind the real ones; handles are indices. */
struct minute {
    struct plan *plan;
    int64_t *person_id;
    struct job *order;
    const int64_t **asked; /* per real order: who was asked for it, ascending */
    size_t *n_asked;
    bool *hurry, *told; /* told: that something better comes */
    int32_t *mate;      /* the other of a couple that goes only together, or -1 */
    int64_t *came_ms, *until_ms, *open_ms;
    int32_t people, orders, real_people, real_orders;
    const struct offer_load *loads;
    size_t n_loads;
    struct hall_hour came, came_then; /* in the last hour, and in that of the week before */
};

struct hall_params hall_today(void)
{
    struct hall_params p = hall_usual;
    p.long_s = p.hold_s; /* who was kept waiting is not known a minute later: half an hour here counts as one of it */
    return p;
}

static int by_subject(const void *x, const void *y)
{
    const struct hall_entry *a = *(const struct hall_entry *const *)x, *b = *(const struct hall_entry *const *)y;
    if (a->subject_id != b->subject_id)
        return a->subject_id < b->subject_id ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* For each arrival whether its person has said since that he wants anything at once, whether he was told that
 * something better comes, and whether a desk saw him early. O(n log n) */
enum stand { STAND_HURRY = 1, STAND_TOLD = 2, STAND_EARLY = 4 };
static uint8_t *stands(struct request *rq, const struct hall_entry *log, size_t n)
{
    const struct hall_entry **of = NEW_N(rq->a, n + 1, const struct hall_entry *);
    uint8_t *ret = NEW_N(rq->a, n + 1, uint8_t), *here = NULL;
    for (size_t i = 0; i < n; i++)
        of[i] = &log[i];
    qsort(of, n, sizeof *of, by_subject);
    for (size_t i = 0; i < n; i++) {
        if (i && of[i]->subject_id != of[i - 1]->subject_id)
            here = NULL;
        if (of[i]->what == ENTRY_ARRIVE)
            here = &ret[of[i] - log];
        else if (here && of[i]->what == ENTRY_NOW)
            *here |= STAND_HURRY;
        else if (here && of[i]->what == ENTRY_WAIT && of[i]->until_ms > rq->now_ms)
            *here |= STAND_TOLD;
        else if (here && hall_early(of[i], rq->now_ms))
            *here |= STAND_EARLY;
    }
    return ret;
}

static bool may_be_asked(const struct offer_load *loads, size_t n, int64_t person_id, int64_t partner_id)
{
    struct offer_load l = offer_load_of(loads, n, person_id, partner_id);
    return !l.open && l.today < OFFER_DAY_MAX;
}

/* Where a person stands who came before, of today or of the week before; m->people: nowhere. */
static int32_t place_of(const struct minute *m, int64_t person_id)
{
    int32_t i = m->real_people;
    while (i < m->people && m->person_id[i] != person_id)
        i++;
    return i;
}

static void put_person(struct minute *m, int64_t id, const struct hall_entry *e, uint8_t stand, bool ghost)
{
    m->person_id[m->people] = id;
    m->came_ms[m->people] = e->at_ms + (ghost ? week_ms : 0);
    m->until_ms[m->people] = ghost ? 0 : e->until_ms;
    m->mate[m->people] = -1;
    m->told[m->people] = stand & STAND_TOLD;
    m->hurry[m->people++] = stand & STAND_HURRY;
}

/* Of a couple that goes only together either speaks for both. */
static enum err add_person(struct request *rq, struct minute *m, const struct hall_entry *e, uint8_t stand, bool ghost)
{
    struct person p, other;
    enum err err = person_get(rq, e->subject_id, &p);
    if (err == ERR_NONE)
        return OK;
    if (!err)
        err = person_partner(rq, &p, &other);
    if (err)
        return err;
    bool pair = couple_must(&p, &other);
    int64_t first = pair && other.id < p.id ? other.id : p.id, second = pair ? p.id + other.id - first : 0;
    int32_t at = pair ? place_of(m, first) : m->people;
    if (at < m->people) {
        m->hurry[at] |= stand & STAND_HURRY;
        m->told[at] |= stand & STAND_TOLD;
    }
    if (at < m->people || !may_be_asked(m->loads, m->n_loads, first, second))
        return OK;
    put_person(m, first, e, stand, ghost);
    if (pair) {
        put_person(m, second, e, stand, ghost);
        m->mate[m->people - 2] = m->people - 1;
        m->mate[m->people - 1] = m->people - 2;
    }
    return OK;
}

/* Whoever is there; at night only who has asked for it: who is in a hurry, and early whom a desk has seen. */
static enum err add_people(struct request *rq, struct minute *m, const struct hall_entry *log, size_t n)
{
    struct offer_load *loads;
    const uint8_t *stand = stands(rq, log, n);
    enum err e = offer_loads_now(rq, &loads, &m->n_loads);
    m->loads = loads;
    for (size_t i = 0; !e && i < n; i++)
        if (log[i].what == ENTRY_ARRIVE && offer_send_ms(rq->now_ms, stand[i] & (STAND_HURRY | STAND_EARLY)) == rq->now_ms)
            e = add_person(rq, m, &log[i], stand[i], false);
    m->real_people = m->people;
    m->n_loads = 0; /* nothing is known of ghosts */
    return e;
}

static enum err add_ghost_people(struct request *rq, struct minute *m, const struct hall_entry *log, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; !e && i < n; i++)
        if (log[i].what == ENTRY_ARRIVE)
            e = add_person(rq, m, &log[i], 0, true);
    return e;
}

static void note(struct plan *p, enum hall_entry_what what, int64_t subject_id, int64_t until_ms)
{
    p->notes[p->n_notes++] = (struct hall_entry){.what = (int32_t)what, .subject_id = subject_id, .until_ms = until_ms};
}

static void add_order(struct minute *m, const struct job *j, int64_t open_ms, bool ghost)
{
    struct job *o = &m->order[m->orders];
    *o = *j;
    if (ghost) { /* as if it were today, open, all places free; the engine asks the facts, not the row */
        o->shift_id = 0;
        o->state = JOB_OPEN;
        o->start_ms += week_ms;
        o->end_ms += week_ms;
        o->valid_to += WEEK;
        o->left = o->cap;
        open_ms += week_ms;
    }
    m->open_ms[m->orders++] = open_ms;
}

static int by_id(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* Places that others are asked for are kept for them. */
static int64_t kept_places(const struct sent_offer *o, size_t n)
{
    int64_t kept = 0;
    for (size_t k = 0; k < n; k++)
        kept += o[k].state == OFFER_OFFERED || o[k].state == OFFER_WILLING ? o[k].seats : 0;
    return kept;
}

/* A shift that is open now, and whom it was offered. */
static enum err add_open(struct request *rq, struct minute *m, const struct job *j, int64_t open_ms)
{
    struct sent_offer *o;
    size_t n;
    struct job one = *j;
    enum err e = offer_of_shift(rq, j->shift_id, &o, &n);
    if (e)
        return e;
    one.left -= kept_places(o, n);
    if (one.left <= 0)
        return OK;
    int64_t *asked = NEW_N(rq->a, n + 1, int64_t);
    for (size_t k = 0; k < n; k++)
        asked[k] = o[k].person_id;
    qsort(asked, n, sizeof *asked, by_id);
    m->asked[m->orders] = asked;
    m->n_asked[m->orders] = n;
    add_order(m, &one, open_ms, false);
    return OK;
}

static int by_shift(const void *x, const void *y)
{
    return by_id(&((const struct hall_entry *)x)->subject_id, &((const struct hall_entry *)y)->subject_id);
}

/* Shifts that are open now; those seen for the first time are noted. O((n + n_jobs) log n) */
static enum err add_orders(struct request *rq, struct minute *m, const struct job *j, size_t n_jobs, const struct hall_entry *log, size_t n)
{
    struct hall_entry *opened = NEW_N(rq->a, n + 1, struct hall_entry);
    size_t n_opened = 0;
    enum err e = OK;
    for (size_t i = 0; i < n; i++)
        if (log[i].what == ENTRY_OPEN)
            opened[n_opened++] = log[i];
    qsort(opened, n_opened, sizeof *opened, by_shift);
    for (size_t i = 0; !e && i < n_jobs; i++) {
        const struct hall_entry key = {.subject_id = j[i].shift_id};
        const struct hall_entry *seen = bsearch(&key, opened, n_opened, sizeof key, by_shift);
        if (!seen) {
            note(m->plan, ENTRY_OPEN, j[i].shift_id, j[i].start_ms);
            m->came.orders++;
        }
        e = add_open(rq, m, &j[i], seen ? seen->at_ms : rq->now_ms);
    }
    m->real_orders = m->orders;
    return e;
}

static enum err add_ghost_orders(struct request *rq, struct minute *m, const struct hall_entry *log, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; !e && i < n; i++) {
        struct job j;
        if (log[i].what != ENTRY_OPEN)
            continue;
        e = job_of_shift(rq, log[i].subject_id, &j);
        if (!e)
            add_order(m, &j, log[i].at_ms, true);
        e = e == ERR_NONE ? OK : e;
    }
    return e;
}

static bool too_many_pairs(const struct hall_entry *before, size_t n, int64_t people, int64_t orders)
{
    for (size_t i = 0; i < n; i++)
        *(before[i].what == ENTRY_OPEN ? &orders : &people) += 1;
    return people * orders > HALL_PAIRS_MAX;
}

size_t hall_ghosts_taken(const struct hall_entry *before, size_t n, int64_t people, int64_t orders)
{
    while (n && too_many_pairs(before, n, people, orders)) {
        int64_t half_ms = before[0].at_ms + (before[n - 1].at_ms - before[0].at_ms) / 2;
        size_t less = n;
        while (less && before[less - 1].at_ms > half_ms)
            less--;
        n = less < n ? less : 0; /* all at one instant */
    }
    return n;
}

static int by_event_time(const void *x, const void *y)
{
    const struct hall_event *p = x, *q = y;
    if (p->at_s != q->at_s)
        return p->at_s < q->at_s ? -1 : 1;
    return p->what != q->what ? p->what - q->what : p->person != q->person ? p->person - q->person : p->order - q->order;
}

static int64_t deadline_s(const struct job *j)
{
    return j->start_ms / 1000 - OFFER_LEAD_MIN * 60;
}

/* Today so far as events, and the week before as ghosts. */
static struct hall hall_of(struct request *rq, const struct minute *m, const struct batch *w)
{
    struct hall_params p = hall_today();
    struct hall h = hall_new(rq->a, &p, w);
    size_t n = 0, people = (size_t)m->people, orders = (size_t)m->orders;
    struct hall_event *e = NEW_N(rq->a, 2 * people + orders + 1, struct hall_event);
    struct hall_ghost *gp = NEW_N(rq->a, people + 1, struct hall_ghost), *go = NEW_N(rq->a, orders + 1, struct hall_ghost);
    for (int32_t i = 0; i < m->people; i++) {
        int64_t at_s = m->came_ms[i] / 1000;
        bool speaks = m->mate[i] < 0 || m->mate[i] > i; /* a couple is one event */
        if (i >= m->real_people)
            gp[i - m->real_people] = (struct hall_ghost){at_s, 0, i, m->mate[i]};
        else if (speaks)
            e[n++] = (struct hall_event){at_s, m->until_ms[i] / 1000, HALL_ARRIVE, i, m->mate[i], -1};
        if (i < m->real_people && m->hurry[i] && speaks)
            e[n++] = (struct hall_event){rq->now_ms / 1000, 0, HALL_NOW, i, -1, -1};
    }
    for (int32_t j = 0; j < m->orders; j++) {
        int64_t at_s = m->open_ms[j] / 1000, until_s = deadline_s(&m->order[j]);
        if (j >= m->real_orders)
            go[j - m->real_orders] = (struct hall_ghost){at_s, until_s, j, -1};
        else
            e[n++] = (struct hall_event){at_s, until_s, HALL_OPEN, -1, -1, j};
    }
    qsort(e, n, sizeof *e, by_event_time);
    hall_tell_hours(&h, m->came, m->came_then);
    hall_ghosts(&h, gp, m->people - m->real_people, go, m->orders - m->real_orders);
    for (size_t k = 0; k < n; k++)
        hall_apply(&h, &e[k]);
    return h;
}

static int32_t points_at(const struct batch *w, int32_t person, int32_t order)
{
    return w->score[batch_edge(w, person, order)];
}

static void propose(struct request *rq, struct minute *m, const struct batch *w, const struct hall_event *x)
{
    const struct job *j = &m->order[x->order];
    int32_t points = points_at(w, x->person, x->order);
    bool both = x->partner >= 0;
    int64_t until_ms = offer_until_ms(rq->now_ms, deadline_s(j) * 1000, true), has_ms = m->until_ms[x->person];
    m->plan->v[m->plan->n++] = (struct proposal){
        j->shift_id, m->person_id[x->person], both ? m->person_id[x->partner] : 0,
        both ? (points + points_at(w, x->partner, x->order)) / 2 : points,
        has_ms && has_ms < until_ms ? has_ms : until_ms};
}

static void tell_to_wait(struct minute *m, const struct hall_event *x)
{
    if (m->told[x->person])
        return;
    note(m->plan, ENTRY_WAIT, m->person_id[x->person], x->until_s * 1000);
    if (x->partner >= 0)
        note(m->plan, ENTRY_WAIT, m->person_id[x->partner], x->until_s * 1000);
}

static void room(struct request *rq, struct minute *m, size_t people, size_t orders)
{
    m->person_id = NEW_N(rq->a, people + 1, int64_t);
    m->hurry = NEW_N(rq->a, people + 1, bool);
    m->told = NEW_N(rq->a, people + 1, bool);
    m->mate = NEW_N(rq->a, people + 1, int32_t);
    m->came_ms = NEW_N(rq->a, people + 1, int64_t);
    m->until_ms = NEW_N(rq->a, people + 1, int64_t);
    m->order = NEW_N(rq->a, orders + 1, struct job);
    m->asked = NEW_N(rq->a, orders + 1, const int64_t *);
    m->n_asked = NEW_N(rq->a, orders + 1, size_t);
    m->open_ms = NEW_N(rq->a, orders + 1, int64_t);
}

/* When the first of the orders that still may keep a seat may no longer. */
static int64_t next_closing_ms(struct request *rq, const struct minute *m)
{
    int64_t next_ms = INT64_MAX;
    for (int32_t j = 0; j < m->real_orders; j++) {
        int64_t ms = (deadline_s(&m->order[j]) - hall_usual.closing_s + 1) * 1000;
        next_ms = ms > rq->now_ms && ms < next_ms ? ms : next_ms;
    }
    return next_ms;
}

static enum err place(struct request *rq, struct minute *m)
{
    const struct match_many all = {m->person_id, m->asked, m->n_asked, m->order, m->people, m->orders};
    struct batch w;
    enum err e = match_pairs(rq, &all, &w);
    if (e)
        return e;
    struct hall h = hall_of(rq, m, &w);
    m->plan->v = NEW_N(&m->plan->a, (size_t)m->people + 1, struct proposal);
    for (int32_t k = hall_step(&h, rq->a, rq->now_ms / 1000); k < h.logged; k++) {
        if (h.log[k].what == HALL_PROPOSE)
            propose(rq, m, &w, &h.log[k]);
        if (h.log[k].what == HALL_WAIT)
            tell_to_wait(m, &h.log[k]);
    }
    m->plan->closing_ms = next_closing_ms(rq, m);
    return OK;
}

/* Nobody is here, or nothing open: no pairs are kept for a minute that may be far. */
static enum err forget(struct request *rq)
{
    const struct match_many nobody = {.people = 0};
    struct batch none;
    return match_pairs(rq, &nobody, &none);
}

static enum err look(struct request *rq)
{
    struct plan *p = rq->object;
    struct minute m = {.plan = p};
    struct hall_entry *today, *before;
    struct job *j;
    size_t n, n_before, n_jobs;
    const struct hall_span hour = {rq->now_ms, HOUR_MS, 0}, hour_then = {rq->now_ms - week_ms, HOUR_MS, 0};
    const struct hall_span then = {rq->now_ms - week_ms, 0, hall_usual.horizon_s * INT64_C(1000)};
    enum err e = hall_log_now(rq, &today, &n);
    if (!e)
        e = hall_hour_of(rq, &hour, &m.came);
    if (!e)
        e = hall_hour_of(rq, &hour_then, &m.came_then);
    if (!e)
        e = hall_log_around(rq, &then, &before, &n_before);
    if (!e)
        e = job_shown(rq, rq->now_ms + OFFER_LEAD_MIN * MIN_MS, rq->now_ms + AHEAD_H * (int64_t)HOUR_MS, HALL_ORDERS_MAX + 1, &j, &n_jobs);
    if (e)
        return e;
    if (n_jobs > HALL_ORDERS_MAX) {
        log_at(LOG_WARN, "hall: city %lld has more than %d shifts of the next %d hours; the first are placed", (long long)rq->city,
               HALL_ORDERS_MAX, AHEAD_H);
        n_jobs = HALL_ORDERS_MAX;
    }
    arena_reset(&p->a); /* of an attempt before */
    p->n = p->n_notes = 0;
    p->notes = NEW_N(&p->a, n_jobs + 2 * n + 1, struct hall_entry);
    room(rq, &m, 2 * (n + n_before), n_jobs + n_before);
    e = add_orders(rq, &m, j, n_jobs, today, n);
    if (!e)
        e = add_people(rq, &m, today, n);
    if (e)
        return e;
    if (!m.people || !m.orders)
        return forget(rq);
    n_before = hall_ghosts_taken(before, n_before, m.people, m.orders);
    e = add_ghost_people(rq, &m, before, n_before);
    if (!e)
        e = add_ghost_orders(rq, &m, before, n_before);
    return e ? e : place(rq, &m);
}

/* ---- carrying it out ---- */

/* Whether the places and the people are still free: whoever else asked meanwhile was first. */
static enum err still_free(struct request *rq, const struct proposal *x, const struct job *j, bool *ret)
{
    struct sent_offer *o;
    size_t n;
    enum err e = offer_of_shift(rq, j->shift_id, &o, &n);
    *ret = !e && j->left - kept_places(o, n) >= 1 + (x->partner_id != 0) && !offer_asked(o, n, x->person_id);
    return e;
}

/* Nothing stands before any of them by now, and they are alone or two as they were read. */
static enum err still_can(struct request *rq, const struct proposal *x, const struct job *j, bool *ret)
{
    struct person p, partner;
    uint32_t own = 0, others = 0;
    enum err e = person_get(rq, x->person_id, &p);
    if (!e)
        e = person_partner(rq, &p, &partner);
    int64_t with = !e && couple_must(&p, &partner) ? partner.id : 0;
    if (!e)
        e = match_stands(rq, p.id, j, &own);
    if (!e && with)
        e = match_stands(rq, with, j, &others);
    *ret = !e && with == x->partner_id && !(own | others);
    return e;
}

/* Of two either is enough. */
static enum err still_here(struct request *rq, const struct proposal *x, bool *ret)
{
    enum err e = hall_here(rq, x->person_id, ret);
    return e || *ret || !x->partner_id ? e : hall_here(rq, x->partner_id, ret);
}

static enum err carry_out(struct request *rq, const struct proposal *x)
{
    struct job j;
    struct ask k;
    bool yet = false;
    enum err e = job_shown_one(rq, x->shift_id, &j);
    if (!e)
        e = still_free(rq, x, &j, &yet);
    if (!e && yet)
        e = still_here(rq, x, &yet);
    if (!e && yet)
        e = still_can(rq, x, &j, &yet);
    if (e || !yet)
        return e == ERR_NONE ? OK : e;
    e = ask_or_new(rq, &j, &k);
    k.going = true;
    if (!e)
        e = ask_put(rq, &k);
    struct sent_offer o = {.person_id = x->person_id, .points = x->points, .until_ms = x->until_ms, .wave = NO_WAVE, .hall = true};
    return e ? e : offer_send(rq, &j, &o, x->partner_id);
}

static enum err write(struct request *rq)
{
    const struct plan *p = rq->object;
    struct offer_load *loads;
    size_t n;
    enum err e = offer_loads_now(rq, &loads, &n);
    for (size_t i = 0; !e && i < p->n_notes; i++)
        e = hall_log_add(rq, (enum hall_entry_what)p->notes[i].what, p->notes[i].subject_id, p->notes[i].until_ms);
    for (size_t i = 0; !e && i < p->n; i++)
        if (may_be_asked(loads, n, p->v[i].person_id, p->v[i].partner_id))
            e = carry_out(rq, &p->v[i]);
    return e;
}

enum err hall_step_all(struct app *app)
{
    struct plan p = {.closing_ms = INT64_MAX};
    int64_t due_ms = app->now_ms(app->clock) + STEP_S * 1000;
    app->hall_due_ms = due_ms; /* before reading: who is in a hurry from here on makes it due again */
    arena_init(&p.a, 0);
    enum err e = app_read(app, look, &p);
    if (!e && p.n_notes + p.n)
        e = app_write(app, write, &p);
    if (!e && p.closing_ms < due_ms)
        atomic_compare_exchange_strong(&app->hall_due_ms, &due_ms, p.closing_ms);
    arena_done(&p.a);
    return e;
}
