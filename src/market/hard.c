/* hard.c - what must hold (matching.md 3.1): law, time, reach, pay, skill, body, trust, blocks. */
#include "market/score.h"

enum { DAY_MIN = 1440 };

const char *hard_key(enum hard h)
{
    static const char *const names[HARD_COUNT] = {
#define X(name, key) key,
        HARD_LIST(X)
#undef X
    };
    return names[h];
}

enum hard hard_first(uint32_t all)
{
    return all ? (enum hard)__builtin_ctz(all) : HARD_NONE;
}

int32_t slot_work_min(const struct slot *t)
{
    int64_t m = (int64_t)t->end_min - t->start_min - t->break_min;
    return m < 1 ? 1 : m > 2 * DAY_MIN ? 2 * DAY_MIN : (int32_t)m;
}

int32_t slot_from(const struct slot *t)
{
    return t->start_min % DAY_MIN;
}

int32_t slot_to(const struct slot *t)
{
    int64_t to = (int64_t)slot_from(t) + t->end_min - t->start_min;
    return to > 3 * DAY_MIN ? 3 * DAY_MIN : to < 0 ? 0 : (int32_t)to;
}

bool slot_is_night(const struct slot *t)
{
    return slot_from(t) < NIGHT_TO_MIN || slot_to(t) > NIGHT_FROM_MIN;
}

static int32_t way_between(struct point a, struct point b, int32_t unknown)
{
    return point_known(a) && point_known(b) ? geo_travel_min(point_m(a, b)) : unknown;
}

int32_t way_min(const struct seeker *s, const struct slot *t)
{
    return way_between(s->home, t->place, -1);
}

int32_t care_way_min(const struct seeker *s, const struct slot *t)
{
    return way_between(point_known(s->care) ? s->care : s->home, t->place, CARE_WAY_UNKNOWN_MIN);
}

/* The law's ages on the day of the shift. Without a birthday nobody may be sent into the night; else he is taken at his word. */
static uint32_t age_broken(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    int32_t day = t->start_min / DAY_MIN;
    bool unknown = s->night_from_day == FOREVER, young = day < s->night_from_day, night = slot_is_night(t) && young;
    bool minor = (t->needs & p->minors_never) && young && !unknown;
    return (uint32_t)(day < s->work_from_day) << HARD_AGE | (uint32_t)(night && unknown) << HARD_BORN |
           (uint32_t)(night && !unknown) << HARD_NIGHT | (uint32_t)minor << HARD_MINOR;
}

static uint32_t papers_missing(const struct seeker *s, const struct slot *t)
{
    uint32_t missing = 0;
    for (uint32_t left = t->papers; left; left &= left - 1)
        if (s->paper_to_day[__builtin_ctz(left)] < t->start_min / DAY_MIN)
            missing |= left & -left;
    return missing;
}

/* Two bits a skill: whose field of `have` is below that of `need`. */
static uint32_t skills_missing(uint64_t have, uint64_t need)
{
    uint32_t missing = 0;
    for (int k = 0; need; need >>= 2, have >>= 2, k++)
        missing |= (uint32_t)((need & 3) > (have & 3)) << k;
    return missing;
}

uint32_t hard_which(enum hard h, const struct seeker *s, const struct slot *t)
{
    return h == HARD_PAPERS ? papers_missing(s, t) : h == HARD_SKILL ? skills_missing(s->skills, t->skills) : h == HARD_BODY ? t->needs & s->limits : 1;
}

static bool hours_clash(const struct seeker *s, const struct slot *t)
{
    int32_t to = hours_to(s), end = slot_to(t);
    bool within = slot_from(t) >= s->from_min && (!to || end <= to), morning = end <= to - DAY_MIN; /* of hours over midnight */
    return !within && !morning;
}

/* The school run: two appointments with a place, each on those days of the run that the shift touches. */
static bool care_clash(const struct seeker *s, const struct slot *t)
{
    const int32_t at[2] = {s->drop_min, s->pick_min};
    if (!at[0] && !at[1])
        return false;
    int32_t way = care_way_min(s, t), from = slot_from(t) - way, to = slot_to(t) + way;
    for (int i = 0; i < 2; i++)
        for (int32_t m = at[i], day = t->start_min / DAY_MIN; at[i] && m < to; m += DAY_MIN, day++)
            if (from < m && s->care_days & cal_weekday_bit(day))
                return true;
    return false;
}

/* No two at once, time for the way from one to the other (with a day between, one gets anywhere), rest
 * between days, and not too much on one day, be it in one shift. Of a time away only that it is free. */
static uint32_t busy_broken(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    int64_t work = slot_work_min(t);
    uint32_t broken = 0;
    for (int i = 0; i < s->n_busy; i++) {
        const struct busy *b = &s->busy[i];
        bool same_day = !b->work_min || b->from_min / DAY_MIN == t->start_min / DAY_MIN;
        int64_t rest = b->to_min <= t->start_min ? (int64_t)t->start_min - b->to_min : (int64_t)b->from_min - t->end_min;
        if (rest < 0)
            broken |= 1u << (b->work_min ? HARD_OVERLAP : HARD_AWAY);
        else if (rest < DAY_MIN && rest < way_between(b->place, t->place, 0))
            broken |= 1u << HARD_BETWEEN;
        if (rest >= 0 && !same_day && rest < p->rest_h * 60)
            broken |= 1u << HARD_REST;
        work += same_day ? b->work_min : 0;
    }
    return broken | (uint32_t)(p->day_max_h && work > p->day_max_h * 60) << HARD_DAY;
}

static bool blocked(const struct seeker *s, const struct slot *t)
{
    for (int i = 0; i < s->n_ties; i++)
        if (s->ties[i].employer_id == t->employer_id)
            return s->ties[i].blocked;
    return false;
}

static bool below(int32_t hour_fen, int32_t least)
{
    return hour_fen > 0 && hour_fen < least;
}

static bool untrusted(const struct market_params *p, const struct slot *t)
{
    return !t->verified || (p->risk_max && t->risk >= p->risk_max);
}

static bool full(const struct seeker *s, const struct slot *t)
{
    return t->left < (s->seats > 1 ? s->seats : 1);
}

bool hard_rules_out(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    return full(s, t) || below(t->hour_fen, s->floor_fen) || (t->needs & s->limits) || hours_clash(s, t) || papers_missing(s, t) ||
           age_broken(p, s, t) || busy_broken(p, s, t) || below(t->hour_fen, p->min_hour_fen) || untrusted(p, t) ||
           blocked(s, t) || skills_missing(s->skills, t->skills);
}

static bool out_of_reach(const struct seeker *s, int32_t way)
{
    return s->travel_max_min && way > s->travel_max_min;
}

bool hard_too_far(const struct seeker *s, const struct slot *t, int32_t way)
{
    return out_of_reach(s, way) || care_clash(s, t);
}

uint32_t hard_all(const struct market_params *p, const struct seeker *s, const struct slot *t, int32_t way)
{
    return age_broken(p, s, t) | busy_broken(p, s, t) | (uint32_t)(papers_missing(s, t) != 0) << HARD_PAPERS |
           (uint32_t)below(t->hour_fen, p->min_hour_fen) << HARD_MINPAY | (uint32_t)untrusted(p, t) << HARD_TRUST |
           (uint32_t)blocked(s, t) << HARD_BLOCKED | (uint32_t)(skills_missing(s->skills, t->skills) != 0) << HARD_SKILL |
           (uint32_t)hours_clash(s, t) << HARD_HOURS | (uint32_t)care_clash(s, t) << HARD_CARE |
           (uint32_t)out_of_reach(s, way) << HARD_REACH |
           (uint32_t)below(t->hour_fen, s->floor_fen) << HARD_PAY |
           (uint32_t)((t->needs & s->limits) != 0) << HARD_BODY | (uint32_t)full(s, t) << HARD_FULL;
}
