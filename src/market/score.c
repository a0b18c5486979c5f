/* score.c - see the header. Whole numbers throughout; divisions round down. */
#include "market/score.h"

#include "market/curve.h"

enum { DAY_MIN = 1440, SOON_MIN = 180, LATE = -30000, RANK_FAR = 1000000000 };

const struct market_params market_defaults = {
    .rest_h = 11, .day_max_h = 11, .risk_max = 80, .reliable = 80000, .gamma = SCORE_ONE,
#define X(name, key, points, serves) [TERM_##name] = points,
    .term = {TERM_LIST(X)}};
#undef X

/* The one table of weights (matching.md 3.2, 3.3). No weight of the worker above 0.30. */
const struct part_weight part_weights[PARTS] = {
    [PART_WAGE] = {"wage", false, 30000},
    [PART_WAY] = {"way", false, 20000},
    [PART_TIME] = {"time", false, 15000},
    [PART_TRADE] = {"trade", false, 20000},
    [PART_WISHES] = {"wishes", false, 10000},
    [PART_AGAIN] = {"again", false, 5000},
    [PART_SKILL] = {"skill", true, 45000},
    [PART_EXPERIENCE] = {"experience", true, 20000},
    [PART_RELIABLE] = {"reliable", true, 20000},
    [PART_KNOWN] = {"known", true, 15000},
};

static int32_t clamp(int64_t v, int32_t least, int32_t most)
{
    return v < least ? least : v > most ? most : (int32_t)v;
}

static int32_t share(int64_t part, int64_t whole)
{
    return clamp(part * SCORE_ONE / whole, 0, SCORE_ONE);
}

/* ---- parts of the worker ---- */

static int32_t net_hour(const struct slot *t, int32_t way)
{
    int64_t minutes = slot_work_min(t) + 2 * (int64_t)(way < 0 ? WAY_UNKNOWN_MIN : way);
    int64_t fen = (int64_t)t->shift_fen + t->extra_fen - (way > WALK_MOST_MIN ? FARE_FEN : 0);
    return t->shift_fen <= 0 ? 0 : clamp(fen * 60 / minutes, 1, INT32_MAX);
}

int32_t wished_fen(const struct market_params *p, const struct seeker *s)
{
    return s->floor_fen > 0 ? s->floor_fen : (int32_t)((int64_t)p->usual_hour_fen * 9 / 10);
}

int32_t staying_out(const struct seeker *s)
{
    return clamp(s->outside, 0, SCORE_ONE - 1);
}

static int32_t wage_part(const struct market_params *p, const struct seeker *s, int64_t net_hour_fen)
{
    int64_t wish = wished_fen(p, s);
    if (net_hour_fen <= 0 || wish <= 0)
        return SCORE_ONE / 2;
    return share((net_hour_fen - wish) * 2, wish);
}

static int32_t way_part(int32_t way)
{
    return way < 0 ? SCORE_ONE / 2 : share(60 - way, 60);
}

int32_t hours_to(const struct seeker *s)
{
    return s->to_min + (s->to_min > 0 && s->to_min < s->from_min ? DAY_MIN : 0);
}

int32_t liked_to(const struct seeker *s)
{
    return s->like_to_min + (s->like_to_min > 0 && s->like_to_min < s->like_from_min ? DAY_MIN : 0);
}

/* The share of the shift within preferred hours; 0.7 for a night nobody asked for. */
static int32_t time_part(const struct seeker *s, const struct slot *t)
{
    if (!s->like_to_min)
        return slot_is_night(t) ? NIGHT_PART : SCORE_ONE;
    int32_t from = slot_from(t), to = slot_to(t), within = 0;
    for (int32_t day = -DAY_MIN; day < to; day += DAY_MIN) {
        int32_t a = s->like_from_min + day, b = liked_to(s) + day;
        a = a > from ? a : from;
        b = b < to ? b : to;
        within += b > a ? b - a : 0;
    }
    return to > from ? share(within, to - from) : 0;
}

/* Neighbouring trades share a group; the vocabulary is ordered by groups (job_store.c). */
static const int8_t groups[TRADES_MAX] = {0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 4, 5, 6, 6, 7, 7, 5, 5, 8, 8, 9, 10, 10, 11};

bool trades_near(uint8_t a, uint8_t b)
{
    return a != b && a < TRADES_MAX && b < TRADES_MAX && groups[a] > 0 && groups[a] == groups[b];
}

int32_t trade_part(const struct seeker *s, uint8_t trade)
{
    if (s->trade == 0)
        return SCORE_ONE / 2;
    if (s->trade == trade)
        return SCORE_ONE;
    if (trade > 0 && trade < TRADES_MAX && s->days_in[trade])
        return 90000;
    return trades_near(s->trade, trade) ? 60000 : 25000;
}

static int32_t wishes_part(const struct seeker *s, uint32_t offers)
{
    int stated = __builtin_popcount(s->wishes);
    return stated ? SCORE_ONE * __builtin_popcount(s->wishes & offers) / stated : SCORE_ONE / 2;
}

static const struct tie *tie_of(const struct seeker *s, int64_t employer_id)
{
    static const struct tie none = {.employer_id = 0};
    for (int i = 0; i < s->n_ties; i++)
        if (s->ties[i].employer_id == employer_id)
            return &s->ties[i];
    return &none;
}

static int32_t half_way(int8_t yes)
{
    return yes > 0 ? SCORE_ONE : yes < 0 ? 0 : SCORE_ONE / 2;
}

/* ---- parts of the employer ---- */

/* Mean over the welcome skills of min(1, level / level welcome). */
static int32_t skill_part(uint64_t have, uint64_t want)
{
    int32_t sum = 0, n = 0;
    for (; want; want >>= 2, have >>= 2) {
        if (want & 3) {
            sum += share((int64_t)(have & 3), (int64_t)(want & 3));
            n++;
        }
    }
    return n ? sum / n : SKILL_NONE_WANTED;
}

int32_t experience_part(const struct seeker *s, uint8_t trade)
{
    return trade < TRADES_MAX && s->days_in[trade] ? curve_saturate(s->days_in[trade], 60) : 0;
}

int32_t reliable_part(const struct market_params *p, const struct seeker *s)
{
    return clamp(s->reliable > 0 ? s->reliable : p->reliable, SCORE_ONE / 2, SCORE_ONE);
}

/* ---- the sum ---- */

static int32_t chance(const struct fit *f, int32_t more)
{
    int32_t half = SCORE_ONE / 2;
    return curve_sigmoid(-60000 + 22 * (f->u - half) / 10 + 16 * (f->f - half) / 10 + more);
}

/* u, f, surplus, q and total from the parts, policy and whether it begins within 3 hours. */
static void fit_sum(const struct seeker *s, bool soon, struct fit *f)
{
    int64_t u = 0, e = 0;
    for (int k = 0; k < PART_SKILL; k++)
        u += (int64_t)f->part[k] * part_weights[k].weight;
    for (int k = PART_SKILL; k < PARTS; k++)
        e += (int64_t)f->part[k] * part_weights[k].weight;
    f->u = (int32_t)(u / SCORE_ONE);
    f->f = (int32_t)(e / SCORE_ONE);
    int32_t out = staying_out(s);
    int32_t gain = f->u > out ? share(f->u - out, SCORE_ONE - out) : 0;
    f->surplus = (6 * gain + 4 * f->f) / 10;
    f->q = chance(f, soon ? LATE : 0);
    f->total = (int32_t)((int64_t)f->q * f->surplus / SCORE_ONE) + f->policy;
}

bool slot_is_soon(const struct market_params *p, const struct slot *t)
{
    return t->start_min - (int64_t)p->now_min < SOON_MIN;
}

static inline struct fit score_at(const struct market_params *p, const struct seeker *s, const struct slot *t, int32_t way)
{
    struct fit f = {.slot_id = t->id, .way_min = way};
    const struct tie *tie = tie_of(s, t->employer_id);
    f.net_hour_fen = net_hour(t, f.way_min);
    f.part[PART_WAGE] = wage_part(p, s, f.net_hour_fen);
    f.part[PART_WAY] = way_part(f.way_min);
    f.part[PART_TIME] = time_part(s, t);
    f.part[PART_TRADE] = trade_part(s, t->trade);
    f.part[PART_WISHES] = wishes_part(s, t->offers);
    f.part[PART_AGAIN] = half_way(tie->liked);
    f.part[PART_SKILL] = skill_part(s->skills, t->skills_wanted);
    f.part[PART_EXPERIENCE] = experience_part(s, t->trade);
    f.part[PART_RELIABLE] = reliable_part(p, s);
    f.part[PART_KNOWN] = half_way(tie->rated);
    f.policy = policy_of(p, s, t);
    fit_sum(s, slot_is_soon(p, t), &f);
    f.rank = clamp(f.total - (int64_t)p->gamma * t->price / SCORE_ONE, -RANK_FAR, RANK_FAR);
    return f;
}

struct fit fit_score(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    return score_at(p, s, t, way_min(s, t));
}

/* What most pairs fail by is asked first, and only who may come is scored. */
int32_t fit_points(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    if (hard_rules_out(p, s, t))
        return 0;
    int32_t way = way_min(s, t);
    return hard_too_far(s, t, way) ? 0 : score_at(p, s, t, way).total;
}

struct fit fit_of(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    struct fit f = fit_score(p, s, t);
    f.hard_all = hard_all(p, s, t, f.way_min);
    f.hard = hard_first(f.hard_all);
    return f;
}

int32_t fit_chance(const struct market_params *p, const struct slot *t, const struct fit *f)
{
    int32_t suitors = t->suitors < FOREVER ? t->suitors + 1 : FOREVER;
    return chance(f, curve_ln_ratio(t->left + 1, suitors) / 2 + (slot_is_soon(p, t) ? LATE : 0));
}
