/* offer.c - see the header. */
#include "market/offer.h"

#include <math.h>

#include "base/cal.h"

static const int64_t ONE = 1LL << 52; /* a chance of 1; 1000 of it are held */
enum { MIN_WAIT_HALL = 3, MIN_WAIT_PHONE = 15, MAX_WAIT = 120 };
enum { NIGHT_FROM = 22 * 60, NIGHT_TO = 7 * 60, DAY_MIN = 1440, ASK_MAX = 100000 };

enum { NO = -1 };
static const int8_t next[OFFER_STATES][OFFER_EVENTS] = {
    /*                   YES            NO               LAPSE          SEAT            FULL
       WITHDRAW         CALL */
    [OFFER_OFFERED] = {OFFER_WILLING, OFFER_DECLINED, OFFER_EXPIRED, NO, NO, OFFER_CANCELLED, NO},
    [OFFER_WILLING] = {NO, OFFER_DECLINED, NO, OFFER_ACCEPTED, OFFER_STANDBY, OFFER_CANCELLED, NO},
    [OFFER_ACCEPTED] = {NO, OFFER_CANCELLED, NO, NO, NO, OFFER_CANCELLED, NO},
    [OFFER_STANDBY] = {NO, OFFER_DECLINED, NO, OFFER_ACCEPTED, NO, OFFER_CANCELLED, OFFER_OFFERED},
    [OFFER_DECLINED] = {NO, NO, NO, NO, NO, NO, NO},
    [OFFER_EXPIRED] = {NO, NO, NO, NO, NO, NO, NO},
    [OFFER_CANCELLED] = {NO, NO, NO, NO, NO, NO, NO},
};

int32_t offer_next(int32_t from, int32_t event)
{
    return next[from][event];
}

/* p[k] = P(exactly k of the n asked so far), k <= top; one more is asked. Where answers are alike each yes makes the next
 * likelier: (share * rest + k) of (rest + n), where rest = 1 / alike - 1. */
static void ask_one(int64_t *p, int32_t top, int32_t n, struct yes_share s)
{
    int64_t own = 1000 - s.alike_pm, all = 1000 * (own + (int64_t)n * s.alike_pm), yes = s.pm * own, each = 1000 * (int64_t)s.alike_pm;
    for (int32_t k = top; k >= 0; k--) {
        __int128 x = p[k] * (__int128)(all - yes - k * each);
        x += k ? (__int128)p[k - 1] * (yes + (k - 1) * each) : 0;
        p[k] = x ? (int64_t)(x / all) : 0; /* most are nothing */
    }
}

static int64_t sum(const int64_t *p, int32_t top)
{
    int64_t s = 0;
    for (int32_t k = 0; k <= top; k++)
        s += p[k];
    return s;
}

static int32_t between(double x, int32_t least, int32_t most)
{
    return x < least ? least : x > most ? most : (int32_t)x;
}

/* What is assumed counts as one order whose answers are not alike. */
enum { FIRST_YES = 9, FIRST_ASKED = 30, ALIKE_MAX_PM = 900 };
static const double margin = 1.3; /* of a deviation: nine in ten estimates lie above the true share */

struct yes_share offer_yes_share(const struct yes_counts *c)
{
    double n = (double)c->asked, yes = (double)c->yes, raw = c->asked ? yes / n : 0;
    double p = (FIRST_YES + yes) / (FIRST_ASKED + n), one = p * (1 - p); /* variance of one answer */
    double spread = (double)c->yes_yes - 2 * raw * (double)c->yes_asked + raw * raw * (double)c->asked_asked;
    double alike = (spread / one - n) / ((double)c->asked_asked - n + FIRST_ASKED * (FIRST_ASKED - 1));
    double upper = FIRST_YES + yes + margin * sqrt(spread > n * one ? spread : n * one);
    return (struct yes_share){between(1000 * upper / (FIRST_ASKED + n) + 0.5, 0, 1000), between(1000 * alike + 0.5, 0, ALIKE_MAX_PM)};
}

int32_t offer_wave_size(int32_t seats, struct yes_share share, int32_t risk, int32_t most)
{
    if (seats <= 0 || most <= seats)
        return between(seats, 0, most > 0 ? most : 0);
    struct arena a;
    arena_init(&a, 0);
    int64_t *p = NEW_N(&a, (size_t)seats + 1, int64_t), keep = ONE - ONE / 1000000 * risk;
    int32_t n = 0;
    p[0] = ONE;
    while (n < most) {
        ask_one(p, seats, n, share);
        if (n >= seats && sum(p, seats) < keep)
            break;
        n++;
    }
    arena_done(&a);
    return n;
}

int32_t offer_wave_risk(int32_t wave)
{
    return wave < 20 ? OFFER_RISK >> (wave + 1) : 0;
}

int32_t offer_over_ask(int32_t need, int32_t show_pm, int32_t safety_pm)
{
    if (need <= 0)
        return 0;
    struct arena a;
    arena_init(&a, 0);
    int64_t *p = NEW_N(&a, (size_t)need, int64_t), too_few = ONE - ONE / 1000 * safety_pm;
    int32_t m = 0;
    p[0] = ONE;
    for (; m < ASK_MAX && (m < need || sum(p, need - 1) > too_few); m++)
        ask_one(p, need - 1, m, (struct yes_share){show_pm, 0});
    arena_done(&a);
    return m;
}

int64_t offer_until_ms(int64_t now_ms, int64_t deadline_ms, bool hall)
{
    int64_t wait = (deadline_ms - now_ms) / 4,
            least = (hall ? MIN_WAIT_HALL : MIN_WAIT_PHONE) * MIN_MS;
    wait = wait < least ? least : wait;
    wait = wait > MAX_WAIT * MIN_MS ? MAX_WAIT * MIN_MS : wait;
    return now_ms + wait < deadline_ms ? now_ms + wait : deadline_ms;
}

int64_t offer_send_ms(int64_t now_ms, bool urgent)
{
    int32_t minute = cal_minute(now_ms);
    if (urgent || (minute >= NIGHT_TO && minute < NIGHT_FROM))
        return now_ms;
    return cal_ms(cal_day(now_ms) + (minute >= NIGHT_FROM), NIGHT_TO);
}

bool offer_may_ask(const struct offer_candidate *c)
{
    return c->open < OFFER_OPEN_MAX && c->today < OFFER_DAY_MAX;
}

int32_t offer_reserve(int32_t want, int32_t wave)
{
    return wave > 0 ? (want * OFFER_RESERVE_PCT + 99) / 100 : 0;
}

static int32_t people_of(const struct offer_candidate *c)
{
    return 1 + c->both;
}

/* Whether c is of the quiet for whom places are kept, when so many better ones are. */
static bool keeps(const struct offer_candidate *c, int32_t before, int32_t want, int32_t wave)
{
    return c->quiet && offer_may_ask(c) && before < offer_reserve(want, wave) && before + people_of(c) <= want;
}

int32_t offer_pick(const struct offer_candidate *c, int32_t n, int32_t want, int32_t wave,
                   int32_t *ret)
{
    int32_t quiet = 0, kept = 0, rest = want, picked = 0;
    for (int32_t k = 0; k < n; k++)
        kept += keeps(&c[k], kept, want, wave) ? people_of(&c[k]) : 0;
    rest -= kept; /* for everybody */
    for (int32_t k = 0; k < n; k++) {
        int32_t size = people_of(&c[k]);
        bool first = keeps(&c[k], quiet, want, wave);
        if (!offer_may_ask(&c[k]) || (!first && size > rest))
            continue;
        quiet += first ? size : 0;
        rest -= first ? 0 : size;
        ret[picked++] = k;
    }
    return picked;
}

static bool ahead(const struct asked *x, const struct asked *y)
{
    return x->points > y->points || (x->points == y->points && x->person_id < y->person_id);
}

static int32_t size_of(const struct asked *o)
{
    return 1 + o->both;
}

/* Seats of all in a state. */
static int32_t count(const struct asked *o, int32_t n, enum offer_state state)
{
    int32_t c = 0;
    for (int32_t k = 0; k < n; k++)
        c += o[k].state == (int32_t)state ? size_of(&o[k]) : 0;
    return c;
}

/* The best of a state for whom so many seats are enough, -1 = none. */
static int32_t best(const struct asked *o, int32_t n, enum offer_state state, int32_t left)
{
    int32_t b = -1;
    for (int32_t k = 0; k < n; k++)
        if (o[k].state == (int32_t)state && size_of(&o[k]) <= left &&
            (b < 0 || ahead(&o[k], &o[b])))
            b = k;
    return b;
}

/* Seats of those who are still asked, ahead of o[i], and for whom `left` are enough. */
static int32_t rivals(const struct asked *o, int32_t n, int32_t i, int32_t left)
{
    int32_t c = 0;
    for (int32_t k = 0; k < n; k++)
        c += o[k].state == OFFER_OFFERED && size_of(&o[k]) <= left && ahead(&o[k], &o[i]) ? size_of(&o[k]) : 0;
    return c;
}

/* Seats those whose seat nobody can take any more, best first. */
static void confirm(struct asked *o, int32_t n, int32_t seats, enum offer_state from)
{
    int32_t left = seats - count(o, n, OFFER_ACCEPTED), k;
    while ((k = best(o, n, from, left)) >= 0) {
        if (from == OFFER_WILLING && rivals(o, n, k, left) + size_of(&o[k]) > left)
            return;
        o[k].state = next[from][OFFER_SEAT];
        left -= size_of(&o[k]);
    }
}

int32_t offer_settle(struct asked *o, int32_t n, int32_t seats, int64_t now_ms)
{
    for (int32_t k = 0; k < n; k++)
        if (o[k].state == OFFER_OFFERED && o[k].until_ms <= now_ms)
            o[k].state = next[OFFER_OFFERED][OFFER_LAPSE];
    confirm(o, n, seats, OFFER_STANDBY);
    confirm(o, n, seats, OFFER_WILLING);
    int32_t left = seats - count(o, n, OFFER_ACCEPTED);
    for (int32_t k = 0; k < n; k++)
        if (o[k].state == OFFER_OFFERED && !o[k].standby && size_of(&o[k]) > left)
            o[k].state = next[OFFER_OFFERED][OFFER_WITHDRAW];
    int32_t open = count(o, n, OFFER_OFFERED);
    for (int32_t k = 0; k < n; k++)
        if (o[k].state == OFFER_WILLING && (!open || size_of(&o[k]) > left))
            o[k].state = next[OFFER_WILLING][OFFER_FULL];
    return open || left <= 0 ? 0 : left;
}

int32_t offer_standby_due(const struct asked *o, int32_t n, int32_t seats, int32_t places)
{
    int32_t left = seats - count(o, n, OFFER_ACCEPTED), due = places - count(o, n, OFFER_STANDBY);
    return left > 0 || due < 0 || count(o, n, OFFER_OFFERED) ? 0 : due;
}

int32_t offer_call(const struct asked *o, int32_t n, int32_t places)
{
    int32_t b = -1;
    if (count(o, n, OFFER_OFFERED) + count(o, n, OFFER_WILLING))
        return -1;
    for (int32_t k = 0; k < n; k++)
        places -= o[k].state == OFFER_STANDBY && o[k].called ? size_of(&o[k]) : 0;
    for (int32_t k = 0; k < n; k++)
        if (o[k].state == OFFER_STANDBY && !o[k].called && size_of(&o[k]) <= places && (b < 0 || ahead(&o[k], &o[b])))
            b = k;
    return b;
}

int64_t offer_call_end_ms(const struct call *c)
{
    return c->start_ms + (c->end_ms - c->start_ms) / 2;
}

int64_t offer_call_until_ms(const struct call *c)
{
    int64_t until_ms = c->now_ms + MIN_WAIT_PHONE * MIN_MS, way_ms = c->way_min > 0 ? c->way_min * (int64_t)MIN_MS : 0;
    return c->way_min <= CALL_WAY_MIN && until_ms + way_ms <= offer_call_end_ms(c) ? until_ms : 0;
}
