/* offer_hall.c - see the header: the log, the world of one minute, and its proposals as offers. */
#include "feature/offer/offer_hall.h"

#include <stdlib.h>

#include "base/cal.h"
#include "feature/match/match.h"
#include "feature/notice/notice.h"
#include "http/page.h"
#include "market/hall.h"

/* Orders "now" begin within AHEAD_H hours, but not within OFFER_LEAD_MIN minutes. */
enum { AHEAD_H = 6, WEEK = 7 };

static const struct field in_fields[] = {
    FIELD(struct hall_in, person_id, ID, .see = NOBODY, .put = DESK, .doc = "Who, at the desk."),
    FIELD(struct hall_in, now, BOOL, .see = NOBODY, .put = DESK | SEEKER, .doc = "Wants anything at once."),
    FIELD(struct hall_in, leaves, BOOL, .see = NOBODY, .put = DESK | SEEKER, .doc = "Leaves."),
    FIELD(struct hall_in, until_ms, MS, .see = NOBODY, .put = DESK | SEEKER, .doc = "Has time until."),
    {0}};
const struct record hall_form = {"hall_form", sizeof(struct hall_in), in_fields, "Somebody in the hall."};

enum err hall_say(struct request *rq)
{
    const struct hall_in *in = rq->in;
    struct person p;
    int64_t id = in->person_id ? in->person_id : rq->who->person_id;
    enum err e = person_get(rq, id, &p);
    bool mine = !e && (id == rq->who->person_id || staff_covers(rq, p.city, p.district, 0));
    if (e || !mine)
        return fail(rq, ERR_NONE, "hire.who");
    e = hall_log_add(rq, in->leaves ? ENTRY_LEAVE : ENTRY_ARRIVE, id, in->until_ms);
    if (!e && in->now && !in->leaves)
        e = hall_log_add(rq, ENTRY_NOW, id, 0);
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/my"));
}

/* The people and orders of one minute, ghosts behind the real ones; handles are indices. */
struct minute {
    struct person *person;
    int64_t *person_id;
    struct job *order;
    struct fit **fit; /* per order and person, as the engine sees them */
    bool *hurry;
    int32_t *mate; /* the other of a couple that goes only together, or -1 */
    int64_t *came_ms, *until_ms, *open_ms;
    int32_t people, orders, real_people, real_orders;
    const struct offer_load *loads;
    size_t n_loads;
};

static int by_subject(const void *x, const void *y)
{
    const struct hall_entry *a = *(const struct hall_entry *const *)x, *b = *(const struct hall_entry *const *)y;
    if (a->subject_id != b->subject_id)
        return a->subject_id < b->subject_id ? -1 : 1;
    return a < b ? -1 : a > b;
}

/* For each entry whether its person came with it and is still there, for the last word of each person counts,
 * and whether he said meanwhile that he wants anything at once. O(n log n) */
enum stand { STAND_HERE = 1, STAND_HURRY = 2 };
static uint8_t *stands(struct arena *a, const struct hall_entry *log, size_t n)
{
    const struct hall_entry **of = NEW_N(a, n + 1, const struct hall_entry *);
    uint8_t *ret = NEW_N(a, n + 1, uint8_t), *here = NULL;
    for (size_t i = 0; i < n; i++)
        of[i] = &log[i];
    qsort(of, n, sizeof *of, by_subject);
    for (size_t i = 0; i < n; i++) {
        if (i && of[i]->subject_id != of[i - 1]->subject_id)
            here = NULL;
        if (of[i]->what == ENTRY_NOW && here)
            *here |= STAND_HURRY;
        if (of[i]->what != ENTRY_ARRIVE && of[i]->what != ENTRY_LEAVE)
            continue;
        if (here) /* left, or came again: then that entry counts */
            *here &= STAND_HURRY;
        here = of[i]->what == ENTRY_ARRIVE ? &ret[of[i] - log] : NULL;
        if (here)
            *here = STAND_HERE;
    }
    return ret;
}

static bool may_be_asked(const struct minute *m, int64_t person_id, int64_t partner_id)
{
    struct offer_load l = offer_load_of(m->loads, m->n_loads, person_id, partner_id);
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

static void put_person(struct minute *m, const struct person *p, const struct hall_entry *e, bool hurry, bool ghost)
{
    m->person[m->people] = *p;
    m->person_id[m->people] = p->id;
    m->came_ms[m->people] = e->at_ms + (ghost ? WEEK * (int64_t)DAY_MS : 0);
    m->until_ms[m->people] = ghost ? 0 : e->until_ms;
    m->mate[m->people] = -1;
    m->hurry[m->people++] = hurry;
}

/* Of a couple that goes only together either speaks for both. */
static enum err add_person(struct request *rq, struct minute *m, const struct hall_entry *e, bool hurry, bool ghost)
{
    struct person p, other;
    enum err err = person_get(rq, e->subject_id, &p);
    if (err == ERR_NONE)
        return OK;
    if (!err)
        err = person_partner(rq, &p, &other);
    bool pair = !err && couple_must(&p, &other);
    const struct person *first = pair && other.id < p.id ? &other : &p;
    int32_t at = pair && !err ? place_of(m, first->id) : m->people;
    if (!err && at < m->people)
        m->hurry[at] |= hurry;
    const struct person *second = first == &p ? &other : &p;
    if (err || at < m->people || !may_be_asked(m, first->id, pair ? second->id : 0))
        return err;
    put_person(m, first, e, hurry, ghost);
    if (pair) {
        put_person(m, second, e, hurry, ghost);
        m->mate[m->people - 2] = m->people - 1;
        m->mate[m->people - 1] = m->people - 2;
    }
    return OK;
}

static enum err add_people(struct request *rq, struct minute *m, const struct hall_entry *log, size_t n, bool ghost)
{
    struct offer_load *loads = NULL;
    m->n_loads = 0;
    enum err e = ghost ? OK : offer_loads(rq, cal_ms(cal_day(rq->now_ms), 0), cal_ms(cal_day(rq->now_ms), 0), &loads, &m->n_loads);
    m->loads = loads;
    const uint8_t *stand = stands(rq->a, log, n);
    for (size_t i = 0; !e && i < n; i++)
        if (ghost ? log[i].what == ENTRY_ARRIVE : stand[i] & STAND_HERE)
            e = add_person(rq, m, &log[i], stand[i] & STAND_HURRY, ghost);
    return e;
}

static const struct hall_entry *opened(const struct hall_entry *log, size_t n, int64_t shift_id)
{
    for (size_t i = 0; i < n; i++)
        if (log[i].what == ENTRY_OPEN && log[i].subject_id == shift_id)
            return &log[i];
    return NULL;
}

static void add_order(struct minute *m, const struct job *j, int64_t open_ms, bool ghost)
{
    struct job *o = &m->order[m->orders];
    *o = *j;
    if (ghost) { /* as if it were today, open, all places free; the engine asks the facts, not the row */
        o->shift_id = 0;
        o->state = JOB_OPEN;
        o->start_ms += WEEK * (int64_t)DAY_MS;
        o->end_ms += WEEK * (int64_t)DAY_MS;
        o->valid_to += WEEK;
        o->left = o->cap;
        open_ms += WEEK * (int64_t)DAY_MS;
    }
    m->open_ms[m->orders++] = open_ms;
}

static enum err note_opened(struct request *rq, const struct job *j, size_t n_jobs, const struct hall_entry *log, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; !e && i < n_jobs; i++)
        if (!opened(log, n, j[i].shift_id))
            e = hall_log_add(rq, ENTRY_OPEN, j[i].shift_id, j[i].start_ms);
    return e;
}

/* Shifts that are open now; places that others are asked for are kept for them. */
static enum err add_orders(struct request *rq, struct minute *m, const struct job *j, size_t n_jobs, const struct hall_entry *log,
                           size_t n)
{
    enum err e = OK;
    for (size_t i = 0; !e && i < n_jobs; i++) {
        const struct hall_entry *seen = opened(log, n, j[i].shift_id);
        struct sent_offer *o;
        size_t asked = 0;
        struct job one = j[i];
        e = offer_of_shift(rq, j[i].shift_id, &o, &asked);
        for (size_t k = 0; !e && k < asked; k++)
            one.left -= o[k].state == OFFER_OFFERED || o[k].state == OFFER_WILLING ? o[k].seats : 0;
        if (!e && one.left > 0)
            add_order(m, &one, seen ? seen->at_ms : rq->now_ms, false);
    }
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

static enum err world_of(struct request *rq, struct minute *m, struct batch *ret)
{
    size_t people = (size_t)m->people, edges = people * (size_t)m->orders + 1;
    int32_t *row = NEW_N(rq->a, people + 1, int32_t), n = 0;
    int32_t *slot = NEW_N(rq->a, edges, int32_t), *score = NEW_N(rq->a, edges, int32_t);
    int32_t *cap = NEW_N(rq->a, (size_t)m->orders + 1, int32_t);
    enum err e = OK;
    for (int32_t j = 0; !e && j < m->orders; j++) {
        m->fit[j] = NEW_N(rq->a, people + 1, struct fit);
        cap[j] = (int32_t)m->order[j].left;
        e = match_people(rq, &m->order[j], m->person_id, people, m->fit[j]);
    }
    for (int32_t i = 0; !e && i < m->people; i++) {
        for (int32_t j = 0; j < m->orders; j++) {
            slot[n] = j;
            score[n] = m->fit[j][i].total;
            n += m->fit[j][i].hard == HARD_NONE && score[n] > 0;
        }
        row[i + 1] = n;
    }
    *ret = (struct batch){m->people, m->orders, row, slot, score, cap};
    return e;
}

static int by_event_time(const void *x, const void *y)
{
    const struct hall_event *p = x, *q = y;
    if (p->at_s != q->at_s)
        return p->at_s < q->at_s ? -1 : 1;
    return p->what != q->what ? p->what - q->what : p->person != q->person ? p->person - q->person : p->order - q->order;
}

/* Today so far as events, and the week before as ghosts. Who was kept waiting before is not known
 * here, so half an hour in the hall counts as half an hour of being kept. */
static struct hall hall_of(struct request *rq, const struct minute *m, const struct batch *w)
{
    struct hall_params p = hall_usual;
    p.long_s = p.hold_s;
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
        int64_t at_s = m->open_ms[j] / 1000, until_s = m->order[j].start_ms / 1000 - OFFER_LEAD_MIN * 60;
        if (j >= m->real_orders)
            go[j - m->real_orders] = (struct hall_ghost){at_s, until_s, j, -1};
        else
            e[n++] = (struct hall_event){at_s, until_s, HALL_OPEN, -1, -1, j};
    }
    qsort(e, n, sizeof *e, by_event_time);
    hall_ghosts(&h, gp, m->people - m->real_people, go, m->orders - m->real_orders);
    for (size_t k = 0; k < n; k++)
        hall_apply(&h, &e[k]);
    return h;
}

static enum err propose(struct request *rq, const struct minute *m, const struct hall *h, const struct hall_event *x)
{
    const struct job *j = &m->order[x->order];
    const struct person *p = &m->person[x->person], *partner = x->partner < 0 ? NULL : &m->person[x->partner];
    const struct fit *fit = m->fit[x->order];
    struct ask k;
    int64_t points = partner ? (fit[x->person].total + fit[x->partner].total) / 2 : fit[x->person].total;
    struct sent_offer o = {.shift_id = j->shift_id, .person_id = p->id, .points = points, .seats = partner ? 2 : 1, .state = OFFER_OFFERED,
                           .until_ms = offer_until_ms(rq->now_ms, h->order[x->order].until_s * 1000, true)};
    enum err e = ask_get(rq, j->shift_id, &k);
    if (e == ERR_NONE)
        k = (struct ask){.city = rq->city, .shift_id = j->shift_id, .next_ms = j->start_ms, .made_ms = rq->now_ms};
    if (e && e != ERR_NONE)
        return e;
    k.going = true;
    e = ask_put(rq, &k);
    if (!e)
        e = offer_add(rq, &o);
    if (!e)
        e = notice_send(rq, p->phone, "offer.notice", j->title);
    return e || !partner ? e : notice_send(rq, partner->phone, "offer.notice", j->title);
}

static void room(struct request *rq, struct minute *m, size_t people, size_t orders)
{
    m->person = NEW_N(rq->a, people + 1, struct person);
    m->person_id = NEW_N(rq->a, people + 1, int64_t);
    m->hurry = NEW_N(rq->a, people + 1, bool);
    m->mate = NEW_N(rq->a, people + 1, int32_t);
    m->came_ms = NEW_N(rq->a, people + 1, int64_t);
    m->until_ms = NEW_N(rq->a, people + 1, int64_t);
    m->order = NEW_N(rq->a, orders + 1, struct job);
    m->fit = NEW_N(rq->a, orders + 1, struct fit *);
    m->open_ms = NEW_N(rq->a, orders + 1, int64_t);
}

/* Pairs that were offered before are never proposed again. */
static enum err forget_asked(struct request *rq, const struct minute *m, const struct batch *w, struct hall *h)
{
    enum err e = OK;
    for (int32_t j = 0; !e && j < m->real_orders; j++) {
        struct sent_offer *o;
        size_t n;
        e = offer_of_shift(rq, m->order[j].shift_id, &o, &n);
        for (int32_t i = 0; !e && i < m->real_people; i++)
            for (int32_t x = w->row[i]; x < w->row[i + 1]; x++)
                for (size_t k = 0; k < n && w->slot[x] == j; k++)
                    h->refused[x] |= o[k].person_id == m->person[i].id;
    }
    return e;
}

enum err hall_step_all(struct request *rq)
{
    struct minute m = {.people = 0};
    struct hall_entry *today, *before;
    struct job *j;
    size_t n, n_before, n_jobs;
    int64_t from_ms = rq->now_ms + OFFER_LEAD_MIN * MIN_MS;
    enum err e = hall_log_of(rq, cal_day(rq->now_ms), &today, &n);
    if (!e)
        e = hall_log_of(rq, cal_day(rq->now_ms) - WEEK, &before, &n_before);
    if (!e)
        e = job_shown(rq, from_ms, rq->now_ms + AHEAD_H * (int64_t)HOUR_MS, MATCH_MAX, &j, &n_jobs);
    if (e || offer_send_ms(rq->now_ms, false) != rq->now_ms)
        return e;
    room(rq, &m, 2 * (n + n_before), n_jobs + n_before);
    e = note_opened(rq, j, n_jobs, today, n);
    if (!e)
        e = add_people(rq, &m, today, n, false);
    m.real_people = m.people;
    if (e || !m.people)
        return e;
    e = add_orders(rq, &m, j, n_jobs, today, n);
    m.real_orders = m.orders;
    if (e || !m.orders)
        return e;
    e = add_people(rq, &m, before, n_before, true);
    if (!e)
        e = add_ghost_orders(rq, &m, before, n_before);
    struct batch w;
    if (!e)
        e = world_of(rq, &m, &w);
    if (e)
        return e;
    struct hall h = hall_of(rq, &m, &w);
    e = forget_asked(rq, &m, &w, &h);
    for (int32_t k = hall_step(&h, rq->a, rq->now_ms / 1000); !e && k < h.logged; k++)
        if (h.log[k].what == HALL_PROPOSE)
            e = propose(rq, &m, &h, &h.log[k]);
    return e;
}
