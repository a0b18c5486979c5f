/* hall.c - see the header: events, the problem of one minute, guard rails. */
#include "market/hall.h"

#include <string.h>

#include "market/column.h"

enum { HOUR_S = 3600, MINUTE_S = 60, TOO_FEW = 30, Q16 = 65536, FIRST_LOG = 256 };

const struct hall_params hall_usual = {.horizon_s = 90 * MINUTE_S,
                                       .theta_pct = 93,
                                       .patience_s = 40 * MINUTE_S,
                                       .aging = 100,
                                       .hold_s = 30 * MINUTE_S,
                                       .long_s = 60 * MINUTE_S,
                                       .closing_s = 20 * MINUTE_S,
                                       .crowd_max = 60000};

/* State of a person after an event; NO where it makes no sense. */
enum { NO = -1 };
static const int8_t after[HALL_STATES][HALL_WHATS] = {
    /*                ARRIVE        LEAVE      NOW           YES          NO */
    [HALL_AWAY] = {HALL_WAITING, NO, NO, NO, NO, NO, NO, NO, NO, NO},
    [HALL_WAITING] = {NO, HALL_AWAY, HALL_WAITING, NO, NO, NO, NO, NO, HALL_ASKED, HALL_WAITING},
    [HALL_ASKED] = {NO, HALL_AWAY, HALL_ASKED, HALL_PLACED, HALL_WAITING, NO, HALL_WAITING, NO, NO,
                    NO},
    [HALL_PLACED] = {NO, NO, NO, NO, NO, NO, NO, NO, NO, NO},
};

struct hall hall_new(struct arena *a, const struct hall_params *p, const struct batch *world)
{
    struct hall h = {.a = a, .p = *p, .world = world, .room = FIRST_LOG};
    h.person = NEW_N(a, (size_t)world->people + 1, struct hall_person);
    h.order = NEW_N(a, (size_t)world->slots + 1, struct hall_order);
    h.refused = NEW_N(a, (size_t)world->row[world->people] + 1, bool);
    h.log = NEW_N(a, FIRST_LOG, struct hall_event);
    for (int32_t i = 0; i < world->people; i++)
        h.person[i] = (struct hall_person){.since_s = INT64_MIN, .order = -1, .partner = -1};
    for (int32_t j = 0; j < world->slots; j++)
        h.order[j] = (struct hall_order){.since_s = INT64_MIN, .until_s = INT64_MIN};
    return h;
}

void hall_ghosts(struct hall *h, const struct hall_ghost *people, int32_t n,
                 const struct hall_ghost *orders, int32_t m)
{
    h->ghost_person = people;
    h->ghost_people = n;
    h->ghost_order = orders;
    h->ghost_orders = m;
}

void hall_tell_hours(struct hall *h, struct hall_hour real, struct hall_hour ghosts)
{
    h->told = true;
    h->hour = real;
    h->ghost_hour = ghosts;
}

static void note(struct hall *h, const struct hall_event *e)
{
    if (h->logged == h->room) {
        struct hall_event *more = NEW_N(h->a, (size_t)h->room * 2, struct hall_event);
        memcpy(more, h->log, (size_t)h->room * sizeof *more);
        h->log = more;
        h->room *= 2;
    }
    h->log[h->logged++] = *e;
}

/* One person's part of an event; the seat moves with the state. */
static void move(struct hall *h, int32_t i, const struct hall_event *e)
{
    struct hall_person *p = &h->person[i];
    int32_t to = after[p->state][e->what];
    if (p->state == HALL_ASKED && to != HALL_ASKED) {
        struct hall_order *o = &h->order[p->order];
        o->asked--;
        o->taken += to == HALL_PLACED;
        if (e->what == HALL_NO)
            h->refused[batch_edge(h->world, i, p->order)] = true;
        if (to != HALL_PLACED)
            p->order = -1;
    }
    p->now |= e->what == HALL_NOW;
    if (e->what == HALL_PROPOSE) {
        p->order = e->order;
        h->order[e->order].asked++;
    }
    p->state = to;
}

static bool for_person(struct hall *h, const struct hall_event *e)
{
    if (e->person < 0 || e->person >= h->world->people)
        return false;
    int32_t i = e->person, mate = h->person[i].partner;
    if (after[h->person[i].state][e->what] == NO)
        return false;
    move(h, i, e);
    if (mate >= 0)
        move(h, mate, e);
    return true;
}

static void come(struct hall *h, int32_t i, int32_t partner, const struct hall_event *e)
{
    h->person[i] = (struct hall_person){.since_s = e->at_s,
                                        .until_s = e->until_s,
                                        .state = HALL_WAITING,
                                        .order = -1,
                                        .partner = partner};
}

static bool arrive(struct hall *h, const struct hall_event *e)
{
    int32_t i = e->person, mate = e->partner, n = h->world->people;
    if (i < 0 || i >= n || mate >= n || mate == i || h->person[i].state != HALL_AWAY ||
        (mate >= 0 && h->person[mate].state != HALL_AWAY))
        return false;
    come(h, i, mate < 0 ? -1 : mate, e);
    if (mate >= 0)
        come(h, mate, i, e);
    return true;
}

static bool for_order(struct hall *h, const struct hall_event *e)
{
    if (e->order < 0 || e->order >= h->world->slots)
        return false;
    struct hall_order *o = &h->order[e->order];
    bool open = o->until_s > e->at_s;
    if (open == (e->what == HALL_OPEN) || (e->what == HALL_OPEN && e->until_s <= e->at_s))
        return o->asked && e->what == HALL_CLOSE;
    if (e->what == HALL_OPEN)
        o->since_s = e->at_s;
    o->until_s = e->what == HALL_OPEN ? e->until_s : e->at_s;
    return true;
}

static void take_back(struct hall *h, const struct hall_event *e)
{
    for (int32_t i = 0; i < h->world->people; i++)
        if (h->person[i].state == HALL_ASKED && h->person[i].order == e->order)
            move(h, i, e);
}

static bool in_time(int64_t s, int64_t from_s)
{
    return s >= from_s && s <= HALL_END_S;
}

static int64_t last_s(const struct hall *h)
{
    return h->logged ? h->log[h->logged - 1].at_s : 0;
}

bool hall_apply(struct hall *h, const struct hall_event *e)
{
    bool good;
    if (!in_time(e->at_s, last_s(h)) || !in_time(e->until_s, 0) || e->what < 0 || e->what >= HALL_STEP)
        return false;
    if (e->what == HALL_OPEN || e->what == HALL_CLOSE)
        good = for_order(h, e);
    else
        good = e->what == HALL_ARRIVE ? arrive(h, e) : for_person(h, e);
    if (good && e->what == HALL_CLOSE)
        take_back(h, e);
    if (good)
        note(h, e);
    return good;
}

static bool unlike(int64_t x, int64_t y)
{
    return (x >= TOO_FEW || y >= TOO_FEW) && (x > 2 * y || y > 2 * x);
}

static bool last_hour(int64_t at_s, int64_t now_s)
{
    return at_s > now_s - HOUR_S && at_s <= now_s;
}

static struct hall_hour real_hour(const struct hall *h, int64_t now_s)
{
    struct hall_hour hour = {0, 0};
    for (int32_t i = 0; i < h->world->people; i++)
        hour.people += last_hour(h->person[i].since_s, now_s);
    for (int32_t j = 0; j < h->world->slots; j++)
        hour.orders += last_hour(h->order[j].since_s, now_s);
    return hour;
}

static struct hall_hour ghost_hour(const struct hall *h, int64_t now_s)
{
    struct hall_hour hour = {0, 0};
    for (int32_t g = 0; g < h->ghost_people; g++)
        hour.people += last_hour(h->ghost_person[g].at_s, now_s);
    for (int32_t g = 0; g < h->ghost_orders; g++)
        hour.orders += last_hour(h->ghost_order[g].at_s, now_s);
    return hour;
}

bool hall_trusts(const struct hall *h, int64_t now_s)
{
    struct hall_hour real = h->told ? h->hour : real_hour(h, now_s);
    struct hall_hour ghosts = h->told ? h->ghost_hour : ghost_hour(h, now_s);
    return !unlike(real.people, ghosts.people) && !unlike(real.orders, ghosts.orders);
}

/* The problem of one minute: rows are people, columns orders, real ones first. */
struct entry {
    int32_t id, partner; /* partner: of people, or -1 */
    bool ghost, due; /* due: waits for no ghost */
    int64_t at_s, until_s;
};
/* Each places who and what the one before left. */
enum round {
    AHEAD,   /* with ghosts, which are worth as much to an order near its deadline as to any */
    CLOSING, /* such orders keep nothing: to whoever it leaves more than what they wait for */
    HURRY    /* who said "now": any seat */
};
/* The ghost a person waits for. */
struct hope {
    int32_t points; /* what it leaves them at its price */
    int64_t at_s;   /* 0: none */
};
struct minute {
    struct hall *h;
    struct arena *a;
    int64_t now_s;
    int32_t horizon_s;
    enum round round;
    struct hope *hope; /* per person of the world */
    struct entry *row, *col;
    int32_t rows, cols;
    int32_t *row_of, *col_of; /* per person and order of the world, -1 = not here */
    uint32_t *decay;          /* per minute of waiting, Q16 */
};

static uint32_t *decay_table(struct arena *a, int32_t horizon_s, int32_t patience_s)
{
    int32_t n = horizon_s / MINUTE_S + 2;
    uint32_t *d = NEW_N(a, (size_t)n, uint32_t);
    int64_t one = 1LL << 30, x = one * MINUTE_S / (patience_s > MINUTE_S ? patience_s : MINUTE_S);
    int64_t f = one - x + x * x / one / 2 - x * x / one * x / one / 6, v = one; /* exp(-x) */
    for (int32_t k = 0; k < n; k++, v = v * f / one)
        d[k] = (uint32_t)(v * Q16 / one);
    return d;
}

int64_t hall_due_s(const struct hall_params *p, int64_t since_s, int64_t until_s)
{
    int64_t half_s = until_s ? (until_s - since_s + 1) / 2 : p->long_s;
    return since_s + (half_s < p->long_s ? half_s : p->long_s);
}

static bool person_due(const struct hall *h, const struct hall_person *p, int64_t now_s)
{
    return p->now || p->held_s >= h->p.hold_s || now_s >= hall_due_s(&h->p, p->since_s, p->until_s);
}

static void add_row(struct minute *m, struct entry e)
{
    m->row_of[e.id] = m->rows;
    m->row[m->rows++] = e;
}

static void add_col(struct minute *m, struct entry e)
{
    m->col_of[e.id] = m->cols;
    m->col[m->cols++] = e;
}

/* Waits, and still has time. */
static bool is_here(const struct hall_person *p, int64_t now_s)
{
    return p->state == HALL_WAITING && (!p->until_s || p->until_s > now_s);
}

static void real_ones(struct minute *m)
{
    const struct hall *h = m->h;
    for (int32_t i = 0; i < h->world->people; i++) {
        const struct hall_person *p = &h->person[i];
        if (!is_here(p, m->now_s))
            continue;
        add_row(m, (struct entry){i, p->partner, false, person_due(h, p, m->now_s), p->since_s, p->until_s});
    }
    for (int32_t j = 0; j < h->world->slots; j++) {
        const struct hall_order *o = &h->order[j];
        if (o->until_s <= m->now_s || o->taken + o->asked >= h->world->cap[j])
            continue;
        if (m->round != CLOSING || o->until_s - m->now_s < h->p.closing_s)
            add_col(m, (struct entry){j, -1, false, false, o->since_s, o->until_s});
    }
}

static bool comes(const struct minute *m, const struct hall_ghost *g)
{
    return g->at_s > m->now_s && g->at_s <= m->now_s + m->horizon_s;
}

static int32_t crowd(const struct minute *m)
{
    int32_t n = m->rows;
    for (int32_t g = 0; g < m->h->ghost_people; g++)
        n += comes(m, &m->h->ghost_person[g]);
    return n;
}

static void ghosts(struct minute *m)
{
    const struct hall *h = m->h;
    while (m->horizon_s > 0 && crowd(m) > h->p.crowd_max)
        m->horizon_s /= 2;
    for (int32_t g = 0; g < h->ghost_people; g++) {
        const struct hall_ghost *x = &h->ghost_person[g];
        if (comes(m, x) && m->row_of[x->id] < 0)
            add_row(m, (struct entry){x->id, x->partner, true, false, x->at_s, 0});
    }
    for (int32_t g = 0; g < h->ghost_orders; g++) {
        const struct hall_ghost *x = &h->ghost_order[g];
        if (comes(m, x) && m->col_of[x->id] < 0)
            add_col(m, (struct entry){x->id, -1, true, false, x->at_s, x->until_s});
    }
}

/* Columns by order, as batch.h wants the slots of a person. */
static void sort_cols(struct minute *m)
{
    struct entry *by_order = NEW_N(m->a, (size_t)m->cols + 1, struct entry);
    int32_t n = 0;
    for (int32_t j = 0; j < m->h->world->slots; j++) {
        if (m->col_of[j] < 0)
            continue;
        by_order[n] = m->col[m->col_of[j]];
        m->col_of[j] = n++;
    }
    m->col = by_order;
}

/* What edge e of row p at column o counts now; 0 = not to be. */
static int32_t worth(const struct minute *m, const struct entry *p, const struct entry *o,
                     int32_t e)
{
    const struct hall *h = m->h;
    int64_t w = h->world->score[e], waited = m->now_s - p->at_s;
    if (w <= 0 || h->refused[e] || (m->round == HURRY && !h->person[p->id].now))
        return 0;
    if (!p->ghost)
        w += h->p.aging * (waited < HOUR_S ? waited : HOUR_S) / HOUR_S;
    if (!p->ghost && !o->ghost)
        return (int32_t)w - m->hope[p->id].points;
    if (o->ghost && p->due)
        return 0;
    int64_t ready = p->ghost ? p->at_s : m->now_s, gap = o->at_s > ready ? o->at_s - ready : 0;
    if (ready >= o->until_s || (p->until_s && o->at_s >= p->until_s))
        return 0;
    return (int32_t)(w * h->p.theta_pct / 100 * m->decay[gap / MINUTE_S] / Q16);
}

static struct batch problem(struct minute *m)
{
    const struct hall *h = m->h;
    const struct batch *w = h->world;
    size_t edges = 1;
    int32_t n = 0;
    for (int32_t r = 0; r < m->rows; r++)
        edges += (size_t)(w->row[m->row[r].id + 1] - w->row[m->row[r].id]);
    int32_t *row = NEW_N(m->a, (size_t)m->rows + 1, int32_t);
    int32_t *slot = NEW_N(m->a, edges, int32_t), *score = NEW_N(m->a, edges, int32_t);
    int32_t *cap = NEW_N(m->a, (size_t)m->cols + 1, int32_t);
    for (int32_t r = 0; r < m->rows; r++) {
        int32_t i = m->row[r].id;
        for (int32_t e = w->row[i]; e < w->row[i + 1]; e++) {
            int32_t c = m->col_of[w->slot[e]];
            int32_t v = c < 0 ? 0 : worth(m, &m->row[r], &m->col[c], e);
            slot[n] = c;
            score[n] = v;
            n += v > 0;
        }
        row[r + 1] = n;
    }
    for (int32_t c = 0; c < m->cols; c++) {
        const struct hall_order *o = &h->order[m->col[c].id];
        cap[c] = w->cap[m->col[c].id] - (m->col[c].ghost ? 0 : o->taken + o->asked);
    }
    return (struct batch){m->rows, m->cols, row, slot, score, cap};
}

/* Of people who both are here, or both ghosts. */
static const struct couple *couples(struct minute *m, int32_t *ret_n)
{
    struct couple *of = NEW_N(m->a, (size_t)m->rows + 1, struct couple);
    int32_t n = 0;
    for (int32_t r = 0; r < m->rows; r++) {
        int32_t i = m->row[r].id, mate = m->row[r].partner, x = mate > i ? m->row_of[mate] : -1;
        if (x >= 0 && m->row[x].partner == i)
            of[n++] = (struct couple){r, x};
    }
    *ret_n = n;
    return of;
}

/* To a person, or once to a couple. */
static void say(struct minute *m, struct hall_event e)
{
    struct hall *h = m->h;
    e.at_s = m->now_s;
    e.partner = h->person[e.person].partner;
    if (e.partner >= 0 && e.partner < e.person)
        return;
    for_person(h, &e);
    note(h, &e);
}

static struct batch_result solve(struct arena *a, const struct batch *b, const struct couple *of, int32_t n)
{
    if (!n)
        return batch_wide(a, b, 0);
    struct couples_result c = batch_couples(a, b, of, n, 0);
    return (struct batch_result){.slot_of = c.slot_of, .price = c.price, .scale = c.scale};
}

static void place(struct minute *m)
{
    const struct batch *w = m->h->world;
    int32_t n;
    m->row = NEW_N(m->a, (size_t)w->people + 1, struct entry);
    m->col = NEW_N(m->a, (size_t)w->slots + 1, struct entry);
    m->row_of = NEW_N(m->a, (size_t)w->people + 1, int32_t);
    m->col_of = NEW_N(m->a, (size_t)w->slots + 1, int32_t);
    memset(m->row_of, -1, sizeof *m->row_of * (size_t)w->people);
    memset(m->col_of, -1, sizeof *m->col_of * (size_t)w->slots);
    real_ones(m);
    if (m->horizon_s > 0)
        ghosts(m);
    if (!m->cols)
        return;
    sort_cols(m);
    m->decay = decay_table(m->a, m->horizon_s, m->h->p.patience_s);
    struct batch b = problem(m);
    const struct couple *of = couples(m, &n);
    struct batch_result to = solve(m->a, &b, of, n);
    for (int32_t r = 0; r < m->rows && !m->row[r].ghost; r++) {
        int32_t c = to.slot_of[r], i = m->row[r].id;
        if (c >= 0 && m->col[c].ghost)
            m->hope[i] = (struct hope){b.score[batch_edge(&b, r, c)] - (int32_t)(to.price[c] / to.scale), m->col[c].at_s};
        else if (c >= 0)
            say(m, (struct hall_event){.what = HALL_PROPOSE, .person = i, .order = m->col[c].id});
    }
}

/* In the seats that were kept for ghosts. */
static void place_rest(const struct minute *m, enum round round)
{
    struct minute rest = {.h = m->h, .a = m->a, .now_s = m->now_s, .round = round, .hope = m->hope};
    place(&rest);
}

static void tell_to_wait(struct minute *m)
{
    for (int32_t i = 0; i < m->h->world->people; i++)
        if (m->hope[i].at_s && m->h->person[i].state == HALL_WAITING)
            say(m, (struct hall_event){.until_s = m->hope[i].at_s, .what = HALL_WAIT, .person = i, .order = -1});
}

static bool in_a_hurry(const struct hall *h, int64_t now_s)
{
    for (int32_t i = 0; i < h->world->people; i++)
        if (is_here(&h->person[i], now_s) && h->person[i].now)
            return true;
    return false;
}

/* Whether a seat is left that i could have, or two for a couple at what both can do. */
static bool seat_left(const struct hall *h, int32_t i, int64_t now_s)
{
    const struct batch *w = h->world;
    int32_t mate = h->person[i].partner, size = mate < 0 ? 1 : 2;
    for (int32_t e = w->row[i]; e < w->row[i + 1]; e++) {
        int32_t j = w->slot[e];
        const struct hall_order *o = &h->order[j];
        if (!h->refused[e] && o->until_s > now_s && o->taken + o->asked + size <= w->cap[j] &&
            (mate < 0 || batch_edge(w, mate, j) >= 0))
            return true;
    }
    return false;
}

/* Counts the time of those who wait beside an open seat. */
static void hold(struct hall *h, int64_t now_s)
{
    for (int32_t i = 0; i < h->world->people; i++) {
        struct hall_person *p = &h->person[i];
        if (is_here(p, now_s) && seat_left(h, i, now_s))
            p->held_s += now_s - (h->step_s > p->since_s ? h->step_s : p->since_s);
    }
    h->step_s = now_s;
}

int32_t hall_step(struct hall *h, struct arena *scratch, int64_t now_s)
{
    now_s = now_s > HALL_END_S ? HALL_END_S : now_s < last_s(h) ? last_s(h) : now_s;
    struct minute m = {.h = h, .a = scratch, .now_s = now_s};
    m.hope = NEW_N(scratch, (size_t)h->world->people + 1, struct hope);
    struct hall_event step = {
        .at_s = now_s, .what = HALL_STEP, .person = -1, .partner = -1, .order = -1};
    note(h, &step);
    int32_t from = h->logged;
    if (h->p.horizon_s > 0 && hall_trusts(h, now_s))
        m.horizon_s = h->p.horizon_s;
    place(&m);
    if (m.horizon_s > 0)
        place_rest(&m, CLOSING);
    if (m.horizon_s > 0 && in_a_hurry(h, now_s))
        place_rest(&m, HURRY);
    tell_to_wait(&m);
    hold(h, now_s);
    return from;
}

bool hall_replay(struct hall *fresh, const struct hall_event *log, int32_t n)
{
    struct arena scratch;
    bool good = true;
    arena_init(&scratch, 0);
    for (int32_t k = 0; k < n && good; k++) {
        if (log[k].what == HALL_STEP)
            hall_step(fresh, &scratch, log[k].at_s);
        else if (log[k].what < HALL_STEP)
            good = hall_apply(fresh, &log[k]);
        arena_reset(&scratch);
    }
    arena_done(&scratch);
    return good && fresh->logged == n && !memcmp(fresh->log, log, (size_t)n * sizeof *log);
}
