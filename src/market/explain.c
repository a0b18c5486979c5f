/* explain.c - see the header. */
#include "market/explain.h"

enum { DAY_MIN = 1440, GOOD_FROM = 60000, BAD_BELOW = 50000 };

/* ---- reasons ---- */

static int32_t points_of(const struct seeker *s, int64_t differs, int64_t n, int part)
{
    int64_t out = s->outside < 0 ? 0 : s->outside >= SCORE_ONE ? SCORE_ONE - 1 : s->outside;
    int64_t side = part_weights[part].employer ? 4 * (SCORE_ONE - out) : 6 * SCORE_ONE;
    return (int32_t)(side * part_weights[part].weight * differs / (10 * n * SCORE_ONE * (SCORE_ONE - out)));
}

struct reasons fit_reasons(const struct seeker *s, const struct fit *f, const struct usual *u)
{
    struct reasons r = {{-1, -1}, -1, {0}};
    for (int k = 0; k < PARTS; k++) {
        int64_t n = u->n < 2 ? 2 : u->n, sum = u->n < 2 ? SCORE_ONE : u->part[k];
        int32_t c = r.points[k] = points_of(s, n * f->part[k] - sum, n, k);
        if (c > 0 && f->part[k] >= GOOD_FROM) {
            bool first = r.good[0] < 0 || c > r.points[r.good[0]];
            if (first || r.good[1] < 0 || c > r.points[r.good[1]])
                r.good[1] = first ? r.good[0] : k;
            r.good[0] = first ? k : r.good[0];
        }
        if (c < 0 && f->part[k] < BAD_BELOW && (r.bad < 0 || c < r.points[r.bad]))
            r.bad = k;
    }
    return r;
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

static void get_papers(struct seeker *s, uint32_t set)
{
    for (int k = 0; k < PAPERS_MAX; k++)
        if (set >> k & 1)
            s->paper_to_day[k] = FOREVER;
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
        r.limits = (uint32_t)to;
    else if (e == EDIT_PAPERS)
        get_papers(&r, (uint32_t)to);
    else
        r.trade = (uint8_t)to;
    return r;
}

static int32_t papers_missing(const struct seeker *s, const struct slot *t)
{
    uint32_t missing = 0;
    for (int k = 0; k < PAPERS_MAX; k++)
        if (t->papers >> k & 1 && s->paper_to_day[k] < t->start_min / DAY_MIN)
            missing |= 1u << k;
    return (int32_t)missing;
}

/* What the field would have to be, and the constraint it lifts; HARD_NONE: it only adds to the score. */
struct wanted {
    int32_t to;
    enum hard lifts;
    bool possible;
};

static struct wanted wanted(const struct seeker *s, const struct slot *t, enum edit e)
{
    int32_t from = slot_from(t), to = slot_to(t), way = way_min(s, t), care = care_way_min(s, t);
    switch (e) {
    case EDIT_FROM:
        return (struct wanted){from, HARD_HOURS, from < s->from_min};
    case EDIT_TO:
        return (struct wanted){to <= DAY_MIN ? to : 0, HARD_HOURS, s->to_min && to > s->to_min};
    case EDIT_DROP:
        return (struct wanted){from - care, HARD_CARE, s->drop_min && from > care && from - care < s->drop_min};
    case EDIT_PICK:
        return (struct wanted){to + care, HARD_CARE, s->pick_min && to + care <= DAY_MIN && to + care > s->pick_min};
    case EDIT_REACH:
        return (struct wanted){way, HARD_REACH, way <= DAY_MIN};
    case EDIT_FLOOR:
        return (struct wanted){t->hour_fen, HARD_PAY, t->hour_fen > 0};
    case EDIT_LIMITS:
        return (struct wanted){(int32_t)(s->limits & ~t->needs), HARD_BODY, true};
    case EDIT_PAPERS:
        return (struct wanted){papers_missing(s, t), HARD_PAPERS, true};
    case EDIT_TRADE:
    case EDITS:
    default:
        return (struct wanted){t->trade, HARD_NONE, s->trade != t->trade};
    }
}

size_t fit_what_if(const struct market_params *p, const struct seeker *s, const struct slot *t,
                   struct what_if ret[EDITS])
{
    struct fit now = fit_of(p, s, t);
    size_t n = 0;
    for (enum edit e = 0; e < EDITS; e++) {
        struct wanted w = wanted(s, t, e);
        bool stands = !w.lifts ? !now.hard : now.hard_all == 1u << w.lifts;
        if (!w.possible || !stands)
            continue;
        struct seeker other = seeker_edited(s, e, w.to);
        struct fit then = fit_of(p, &other, t);
        if (!then.hard)
            ret[n++] = (struct what_if){e, w.to, then};
    }
    return n;
}

enum hard near_best(const size_t opens[HARD_COUNT])
{
    static const enum hard can[] = {HARD_BORN, HARD_PAPERS, HARD_HOURS, HARD_CARE, HARD_REACH, HARD_PAY, HARD_BODY};
    enum hard best = HARD_NONE;
    size_t most = 0;
    for (size_t i = 0; i < sizeof can / sizeof *can; i++)
        if (opens[can[i]] > most) {
            most = opens[can[i]];
            best = can[i];
        }
    return best;
}
