/* explain.c - see the header. */
#include "market/explain.h"

enum { DAY_MIN = 1440, GOOD_FROM = 60000, BAD_BELOW = 50000, LIST_LEAST = SCORE_ONE / 100 };

/* ---- reasons ---- */

static int32_t points_of(const struct seeker *s, int64_t differs, int64_t n, int part)
{
    int64_t out = s->outside < 0 ? 0 : s->outside >= SCORE_ONE ? SCORE_ONE - 1 : s->outside;
    int64_t side = part_weights[part].employer ? 4 * (SCORE_ONE - out) : 6 * SCORE_ONE;
    return (int32_t)((__int128)side * part_weights[part].weight * differs / ((__int128)10 * n * SCORE_ONE * (SCORE_ONE - out))); /* a whole city to compare with */
}

/* Where no skill is wanted, none is a reason. */
static int32_t good_from(int part)
{
    return part == PART_SKILL ? SKILL_NONE_WANTED + 1 : GOOD_FROM;
}

bool wage_under(const struct seeker *s, const struct fit *f)
{
    return s->floor_fen > 0 && f->part[PART_WAGE] <= 0;
}

/* Pay is no shortcoming by itself but below his own wish: else there must be other work that brings more. */
static bool is_bad(const struct seeker *s, const struct fit *f, const struct usual *u, int part)
{
    return f->part[part] < BAD_BELOW && (part != PART_WAGE || u->n > 1 || wage_under(s, f));
}

/* Of `parts`; named is what makes `least` points or more. */
static struct reasons reasons_of(const struct seeker *s, const struct fit *f, const struct usual *u, uint32_t parts, int32_t least)
{
    struct reasons r = {{-1, -1}, -1, {0}};
    for (int k = 0; k < PARTS; k++) {
        if (!(parts >> k & 1))
            continue;
        int64_t n = u->n < 2 ? 2 : u->n, sum = u->n < 2 ? SCORE_ONE : u->part[k];
        int32_t c = r.points[k] = points_of(s, n * f->part[k] - sum, n, k);
        if (c >= least && f->part[k] >= good_from(k)) {
            bool first = r.good[0] < 0 || c > r.points[r.good[0]];
            if (first || r.good[1] < 0 || c > r.points[r.good[1]])
                r.good[1] = first ? r.good[0] : k;
            r.good[0] = first ? k : r.good[0];
        }
        if (c <= -least && is_bad(s, f, u, k) && (r.bad < 0 || c < r.points[r.bad]))
            r.bad = k;
    }
    return r;
}

struct reasons fit_reasons(const struct seeker *s, const struct fit *f, const struct usual *u)
{
    return reasons_of(s, f, u, ~0u, 1);
}

struct reasons list_reasons(const struct fit *f, const struct usual *list, uint32_t parts)
{
    const struct seeker anyone = {.outside = 0};
    struct usual others = {.n = list->n - 1};
    for (int k = 0; k < PARTS; k++)
        others.part[k] = list->part[k] - f->part[k];
    return reasons_of(&anyone, f, &others, parts, LIST_LEAST);
}

/* ---- what would change it ---- */

const char *edit_key(enum edit e)
{
    static const char *const names[EDITS] = {
#define X(name, key) key,
        EDIT_LIST(X)
#undef X
    };
    return names[e];
}

struct seeker seeker_edited(const struct seeker *s, enum edit e, int32_t to)
{
    struct seeker r = *s;
    int16_t *const minutes[EDITS] = {[EDIT_FROM] = &r.from_min, [EDIT_TO] = &r.to_min, [EDIT_DROP] = &r.drop_min,
                                     [EDIT_PICK] = &r.pick_min, [EDIT_REACH] = &r.travel_max_min};
    if (minutes[e])
        *minutes[e] = (int16_t)to;
    else if (e == EDIT_FLOOR)
        r.floor_fen = to;
    else if (e == EDIT_LIMITS)
        r.limits &= ~(1u << to);
    else if (e == EDIT_PAPERS)
        r.paper_to_day[to] = FOREVER;
    else if (e == EDIT_SKILLS)
        r.skills = (s->skills & ~(3ull << to / 4 * 2)) | (uint64_t)(to % 4) << to / 4 * 2;
    else
        r.trade = (uint8_t)to;
    return r;
}

/* What the field would have to be, and the constraint it lifts; HARD_NONE: it only adds to the score. */
struct wanted {
    int32_t to;
    enum hard lifts;
    bool possible;
};

/* The one of several that is in the way. */
static struct wanted single(const struct seeker *s, const struct slot *t, enum hard lifts)
{
    uint32_t which = hard_which(lifts, s, t);
    int32_t at = which ? __builtin_ctz(which) : 0;
    return (struct wanted){lifts == HARD_SKILL ? 4 * at + (int32_t)(t->skills >> 2 * at & 3) : at, lifts, which && !(which & (which - 1))};
}

/* An appointment in the middle of the shift and the ways to it, moved out of there by the least. */
static struct wanted moved(int32_t at, int32_t from, int32_t to)
{
    bool before = from > 0, after = to <= DAY_MIN, sooner = before && (!after || at - from <= to - at);
    return (struct wanted){sooner ? from : to, HARD_CARE, at > from && at < to && (before || after)};
}

static struct wanted wanted(const struct seeker *s, const struct slot *t, enum edit e)
{
    int32_t from = slot_from(t), to = slot_to(t), way = way_min(s, t), care = care_way_min(s, t);
    switch (e) {
    case EDIT_FROM:
        return (struct wanted){from, HARD_HOURS, from < s->from_min};
    case EDIT_TO:
        return (struct wanted){to <= DAY_MIN ? to : s->to_min < s->from_min && to - DAY_MIN < s->from_min ? to - DAY_MIN : 0, HARD_HOURS, s->to_min && to > s->to_min};
    case EDIT_DROP:
        return moved(s->drop_min, from - care, to + care);
    case EDIT_PICK:
        return moved(s->pick_min, from - care, to + care);
    case EDIT_REACH:
        return (struct wanted){way, HARD_REACH, way <= REACH_MOST_MIN};
    case EDIT_FLOOR:
        return (struct wanted){t->hour_fen, HARD_PAY, t->hour_fen > 0};
    case EDIT_LIMITS:
        return single(s, t, HARD_BODY);
    case EDIT_PAPERS:
        return single(s, t, HARD_PAPERS);
    case EDIT_SKILLS:
        return single(s, t, HARD_SKILL);
    case EDIT_TRADE:
    case EDITS:
    default:
        return (struct wanted){t->trade, HARD_NONE, s->trade != t->trade};
    }
}

size_t fit_what_if(const struct market_params *p, const struct seeker *s, const struct slot *t, int32_t there_fen,
                   struct what_if ret[EDITS])
{
    struct fit now = fit_of(p, s, t);
    size_t n = 0;
    if (t->start_min <= p->now_min)
        return 0;
    for (enum edit e = 0; e < EDITS; e++) {
        struct wanted w = wanted(s, t, e);
        bool stands = !w.lifts ? !now.hard : now.hard_all == 1u << w.lifts;
        if (!w.possible || !stands)
            continue;
        struct seeker other = seeker_edited(s, e, w.to);
        struct market_params as_then = *p;
        as_then.usual_hour_fen = e == EDIT_TRADE ? there_fen : p->usual_hour_fen;
        struct fit then = fit_of(&as_then, &other, t);
        if (!then.hard && (now.hard || then.total > now.total))
            ret[n++] = (struct what_if){e, w.to, (e == EDIT_DROP && w.to > s->drop_min) || (e == EDIT_PICK && w.to > s->pick_min), then};
    }
    return n;
}

struct near_change near_best(const struct near *n)
{
    struct near_change best = {.hard = HARD_NONE};
    for (enum hard h = 1; h < HARD_COUNT; h++)
        for (int k = 0; k < NEAR_WHICH && NEAR_LIFTS >> h & 1; k++)
            if (n->of[h][k].opens > best.miss.opens)
                best = (struct near_change){h, k, n->of[h][k], n->more >> h & 1};
    return best;
}
