/* score.c - see the header. All arithmetic is integer beyond the distance in metres. */
#include "market/score.h"

#include <string.h>

#include "base/err.h"

const struct part_weight part_weights[PARTS] = {
    [PART_WAGE] = {"wage", 35000}, [PART_WAY] = {"way", 25000},       [PART_TIME] = {"time", 10000},
    [PART_TRADE] = {"trade", 20000}, [PART_WISHES] = {"wishes", 10000},
};

const char *hard_key(enum hard h)
{
    static const char *const names[HARD_COUNT] = {
#define X(name, key) key,
        HARD_LIST(X)
#undef X
    };
    return names[h];
}

static int32_t clamp(int64_t v)
{
    return v < 0 ? 0 : v > SCORE_ONE ? SCORE_ONE : (int32_t)v;
}

static int32_t way_between(struct geo a, struct geo b)
{
    return geo_known(a) && geo_known(b) ? geo_travel_min(geo_m(a, b)) : -1;
}

/* Touches 22:00-06:00. */
static bool is_night(const struct slot *t)
{
    int32_t from = cal_minute(t->start_ms), to = cal_minute(t->end_ms);
    return from >= 1320 || from < 360 || to > 1320 || to <= 360 || cal_day(t->start_ms) != cal_day(t->end_ms);
}

static bool within_hours(const struct seeker *s, const struct slot *t)
{
    int32_t from = cal_minute(t->start_ms), to = cal_minute(t->end_ms);
    if (cal_day(t->end_ms) != cal_day(t->start_ms))
        to += 1440;
    return from >= s->from_min && (!s->to_min || to <= s->to_min);
}

/* The school run is two appointments with a place: dropped off, then to work; back before pick-up. */
static bool care_fits(const struct seeker *s, const struct slot *t)
{
    struct geo at = geo_known(s->care) ? s->care : s->home;
    int32_t way = way_between(at, t->place);
    int32_t from = cal_minute(t->start_ms), to = cal_minute(t->end_ms);
    way = way < 0 ? 15 : way;
    if (s->drop_min && from < s->drop_min + way && to > s->drop_min)
        return false;
    return !s->pick_min || from >= s->pick_min || to + way <= s->pick_min;
}

static enum hard busy_fits(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    for (int i = 0; i < s->n_busy; i++) {
        const struct interval *b = &s->busy[i];
        if (b->from_ms < t->end_ms && t->start_ms < b->to_ms)
            return HARD_OVERLAP;
        bool other_day = cal_day(b->from_ms) != cal_day(t->start_ms);
        int64_t rest = b->to_ms <= t->start_ms ? t->start_ms - b->to_ms : b->from_ms - t->end_ms;
        if (other_day && rest < (int64_t)p->rest_h * HOUR_MS)
            return HARD_REST;
    }
    return HARD_NONE;
}

static enum hard hard_of(const struct market_params *p, const struct seeker *s, const struct slot *t, int32_t way)
{
    enum hard busy = busy_fits(p, s, t);
    if (s->age && s->age < p->age_min)
        return HARD_AGE;
    if (s->age && s->age < p->night_age_min && is_night(t))
        return HARD_NIGHT;
    if (t->papers & ~s->papers)
        return HARD_PAPERS;
    if (!within_hours(s, t))
        return HARD_HOURS;
    if (!care_fits(s, t))
        return HARD_CARE;
    if (busy)
        return busy;
    if (s->travel_max_min && way > s->travel_max_min)
        return HARD_REACH;
    if (s->floor_fen && t->hour_fen && t->hour_fen < s->floor_fen)
        return HARD_PAY;
    if (t->needs & s->limits)
        return HARD_BODY;
    return t->left > 0 ? HARD_NONE : HARD_FULL;
}

static int64_t work_min(const struct slot *t)
{
    int64_t m = (t->end_ms - t->start_ms) / MIN_MS - t->break_min;
    return m > 0 ? m : 1;
}

static int32_t wage_part(const struct market_params *p, const struct seeker *s, const struct fit *f)
{
    int64_t wish = s->floor_fen ? s->floor_fen : p->usual_hour_fen * 9 / 10;
    if (!f->net_hour_fen || wish <= 0)
        return SCORE_ONE / 2;
    return clamp((f->net_hour_fen - wish) * SCORE_ONE * 2 / wish);
}

/* Neighbouring trades share a group; the vocabulary is ordered by groups (job_store.c). */
static int32_t trade_part(const struct seeker *s, const struct slot *t)
{
    static const int8_t group[32] = {0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 6, 7, 7, 5, 5, 8, 8, 9, 10, 10, 11};
    if (s->trade == 0)
        return SCORE_ONE / 2;
    if (s->trade == t->trade)
        return SCORE_ONE;
    if (t->trade > 0 && t->trade < 32 && s->past_trades >> t->trade & 1)
        return SCORE_ONE * 9 / 10;
    bool near = s->trade < 32 && t->trade > 0 && t->trade < 32 && group[s->trade] == group[t->trade];
    return near ? SCORE_ONE * 6 / 10 : SCORE_ONE / 4;
}

static int32_t wishes_part(const struct seeker *s, const struct slot *t)
{
    int stated = __builtin_popcount(s->wishes);
    return stated ? SCORE_ONE * __builtin_popcount(s->wishes & t->offers) / stated : SCORE_ONE / 2;
}

struct fit fit_of(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    struct fit f = {.slot_id = t->id, .way_min = way_between(s->home, t->place)};
    int64_t way = f.way_min < 0 ? 30 : f.way_min, minutes = work_min(t) + 2 * way;
    f.hard = hard_of(p, s, t, f.way_min);
    f.net_hour_fen = t->shift_fen * 60 / minutes;
    f.part[PART_WAGE] = wage_part(p, s, &f);
    f.part[PART_WAY] = f.way_min < 0 ? SCORE_ONE / 2 : clamp(SCORE_ONE - way * SCORE_ONE / 60);
    f.part[PART_TIME] = is_night(t) ? SCORE_ONE * 7 / 10 : SCORE_ONE;
    f.part[PART_TRADE] = trade_part(s, t);
    f.part[PART_WISHES] = wishes_part(s, t);
    if (f.hard)
        return f;
    int64_t sum = 0;
    for (int i = 0; i < PARTS; i++)
        sum += (int64_t)f.part[i] * part_weights[i].weight;
    int64_t idle = s->idle_days > 14 ? 14 : s->idle_days;
    f.total = sum / SCORE_ONE + idle * 10000 / 14 - t->price;
    return f;
}

struct entry {
    struct fit fit;
    const struct slot *slot;
};

static bool better(enum order order, const struct entry *x, const struct entry *y)
{
    int64_t a, b;
    switch (order) {
    case ORDER_NEAR:
        a = x->fit.way_min < 0 ? 9999 : x->fit.way_min;
        b = y->fit.way_min < 0 ? 9999 : y->fit.way_min;
        break;
    case ORDER_SOON:
        a = x->slot->start_ms;
        b = y->slot->start_ms;
        break;
    case ORDER_PAY:
        a = -x->slot->hour_fen;
        b = -y->slot->hour_fen;
        break;
    case ORDER_FIT:
    default:
        a = -x->fit.total;
        b = -y->fit.total;
    }
    return a != b ? a < b : x->fit.slot_id < y->fit.slot_id;
}

/* At most two of the first five from one employer: later ones move behind the fifth. */
static void spread(struct entry *v, size_t n)
{
    for (size_t i = 0; i < n && i < 5; i++) {
        size_t pick = i;
        for (; pick < n; pick++) {
            int same = 0;
            for (size_t k = 0; k < i; k++)
                same += v[k].slot->employer_id == v[pick].slot->employer_id;
            if (same < 2)
                break;
        }
        if (pick == n || pick == i)
            continue;
        struct entry moved = v[pick];
        memmove(&v[i + 1], &v[i], (pick - i) * sizeof *v);
        v[i] = moved;
    }
}

enum { KEEP = 64 };

size_t fit_top(const struct market_params *p, const struct seeker *s, const struct slot *slots, size_t n,
               enum order order, struct fit *out, size_t k, size_t hard[HARD_COUNT])
{
    struct entry best[KEEP + 1];
    size_t kept = 0, want = order == ORDER_FIT ? KEEP : k < KEEP ? k : KEEP;
    memset(hard, 0, HARD_COUNT * sizeof *hard);
    for (size_t i = 0; i < n; i++) {
        struct entry e = {fit_of(p, s, &slots[i]), &slots[i]};
        hard[e.fit.hard]++;
        if (e.fit.hard || (kept == want && !better(order, &e, &best[kept - 1])))
            continue;
        size_t at = kept < want ? kept++ : kept - 1;
        for (; at && better(order, &e, &best[at - 1]); at--)
            best[at] = best[at - 1];
        best[at] = e;
    }
    if (order == ORDER_FIT)
        spread(best, kept);
    if (kept > k)
        kept = k;
    for (size_t i = 0; i < kept; i++)
        out[i] = best[i].fit;
    return kept;
}

struct reasons fit_reasons(const struct fit *one, const struct fit *all, size_t n)
{
    struct reasons r = {{-1, -1}, -1};
    int64_t c[PARTS], good[2] = {0, 0}, bad = 0;
    for (int i = 0; i < PARTS; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < n; k++)
            sum += all[k].part[i];
        int64_t mean = n ? sum / (int64_t)n : 0;
        c[i] = (one->part[i] - mean) * part_weights[i].weight / SCORE_ONE;
        bool strong = one->part[i] >= SCORE_ONE * 6 / 10;
        if (strong && c[i] >= good[0]) {
            r.good[1] = r.good[0];
            good[1] = good[0];
            r.good[0] = i;
            good[0] = c[i];
        } else if (strong && c[i] >= good[1]) {
            r.good[1] = i;
            good[1] = c[i];
        }
        if (c[i] < bad && one->part[i] < SCORE_ONE / 2) {
            r.bad = i;
            bad = c[i];
        }
    }
    return r;
}

static struct seeker lifted(struct seeker s, enum hard h)
{
    switch (h) {
    case HARD_HOURS:
        s.from_min = s.to_min = 0;
        break;
    case HARD_CARE:
        s.drop_min = s.pick_min = 0;
        break;
    case HARD_REACH:
        s.travel_max_min = 0;
        break;
    case HARD_PAY:
        s.floor_fen = 0;
        break;
    case HARD_BODY:
        s.limits = 0;
        break;
    case HARD_PAPERS:
        s.papers = ~0u;
        break;
    case HARD_NONE:
    case HARD_AGE:
    case HARD_NIGHT:
    case HARD_OVERLAP:
    case HARD_REST:
    case HARD_FULL:
    case HARD_COUNT:
    default:
        break;
    }
    return s;
}

enum hard near_miss(const struct market_params *p, const struct seeker *s, const struct slot *slots, size_t n,
                    size_t *ret_opens)
{
    static const enum hard can[] = {HARD_HOURS, HARD_CARE, HARD_REACH, HARD_PAY, HARD_BODY, HARD_PAPERS};
    enum hard best = HARD_NONE;
    *ret_opens = 0;
    for (size_t c = 0; c < sizeof can / sizeof *can; c++) {
        struct seeker other = lifted(*s, can[c]);
        size_t opens = 0;
        for (size_t i = 0; i < n; i++)
            opens += hard_of(p, s, &slots[i], way_between(s->home, slots[i].place)) &&
                     !hard_of(p, &other, &slots[i], way_between(s->home, slots[i].place));
        if (opens > *ret_opens) {
            *ret_opens = opens;
            best = can[c];
        }
    }
    return best;
}
