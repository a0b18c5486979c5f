/* squad.c - see the header. Loops without a branch, over arrays of fixed length. */
#include "market/squad.h"

#include <float.h>

#include "market/curve.h"
#include "market/lanes.h"

enum { DAY_MIN = 1440, DAYS_MOST = 255, SOON_MIN = 180, MOST_POLICY = 18000, CARE_WAY_FAR_MIN = 360 };

/* ---- the columns ---- */

/* Metres a millionth of a degree of longitude. */
static float metres(int32_t lat)
{
    return M_MICRO / 65536 * (float)point_cos(lat);
}

static void set_places(struct squad *v, size_t at, const struct seeker *s)
{
    const struct point care = point_known(s->care) ? s->care : s->home;
    int32_t a = size_of(s->home.lat), b = size_of(care.lat);
    v->lon[at] = s->home.lon;
    v->lat[at] = s->home.lat;
    v->care_lon[at] = care.lon;
    v->care_lat[at] = care.lat;
    v->wide[at] = metres(a < b ? a : b);
    v->slim[at] = metres(a < b ? b : a);
    v->with_from_min[at] = point_known(s->with) ? s->with_from_min : INT32_MAX;
    v->with_to_min[at] = s->with_to_min;
}

/* From where and until when shifts are taken. */
static void set_busy(struct squad *v, size_t at, const struct seeker *s)
{
    int32_t from = INT32_MAX, to = INT32_MIN;
    for (int i = 0; i < s->n_busy; i++) {
        from = s->busy[i].from_min < from ? s->busy[i].from_min : from;
        to = s->busy[i].to_min > to ? s->busy[i].to_min : to;
    }
    v->busy_from_min[at] = from;
    v->busy_to_min[at] = to;
    v->once_from_min[at] = s->n_busy == 1 ? from : INT32_MAX;
    v->once_to_min[at] = s->n_busy == 1 ? to : INT32_MIN;
}

static void set_times(struct squad *v, size_t at, const struct seeker *s)
{
    v->from_min[at] = s->from_min;
    v->to_min[at] = s->to_min ? (int16_t)hours_to(s) : INT16_MAX;
    v->morning_min[at] = (int16_t)(hours_to(s) - DAY_MIN);
    v->drop_min[at] = s->drop_min;
    v->pick_min[at] = s->pick_min;
    v->care_days[at] = s->care_days;
    v->travel_min[at] = s->travel_max_min ? s->travel_max_min : INT16_MAX;
    v->like_from_min[at] = s->like_from_min;
    v->like_to_min[at] = (int16_t)liked_to(s);
    v->idle_since_min[at] = s->idle_since_min;
    v->work_from_day[at] = s->work_from_day;
    v->night_from_day[at] = s->night_from_day;
}

void squad_set(struct squad *v, size_t at, const struct seeker *s)
{
    set_places(v, at, s);
    set_busy(v, at, s);
    set_times(v, at, s);
    v->skills[at] = s->skills;
    v->ties[at] = 0;
    for (int i = 0; i < s->n_ties; i++)
        v->ties[at] |= employer_bit(s->ties[i].employer_id);
    v->floor_fen[at] = s->floor_fen;
    v->limits[at] = s->limits;
    v->wishes[at] = s->wishes;
    v->wish_each[at] = s->wishes ? weight(PART_WISHES) / (float)__builtin_popcount(s->wishes) : 0;
    v->wage_slope[at] = s->floor_fen > 0 ? 2 / (float)s->floor_fen : 0;
    v->out[at] = points(staying_out(s));
    v->inside[at] = 1 / (1 - v->out[at]);
    v->comes[at] = points(s->reliable);
    v->trade[at] = s->trade;
    v->seats[at] = s->seats > 1 && s->partner_id < s->id ? SEATS_LATER : s->seats;
    v->helped[at] = (uint8_t)((s->support ? HELP_SUPPORT : 0) | (s->done < NEWCOMER_SHIFTS ? HELP_NEW : 0));
    for (int k = 0; k < PAPERS_MAX; k++)
        v->paper_to_day[k][at] = s->paper_to_day[k];
    for (int k = 0; k < TRADES_MAX; k++)
        v->days_in[k][at] = s->days_in[k];
}

/* ---- the question ---- */

static int32_t within_time(int64_t min)
{
    return min > INT32_MAX ? INT32_MAX : min < INT32_MIN + 1 ? INT32_MIN + 1 : (int32_t)min;
}

/* By trade: with no day worked in the slot's trade, and with some. */
static void ask_trades(struct squad_ask *a, const int32_t *usual_fen)
{
    uint8_t there = a->t->trade < TRADES_MAX ? a->t->trade : 0;
    for (uint8_t k = 0; k < TRADES_MAX; k++) {
        struct market_params p = {.usual_hour_fen = usual_fen[k]};
        struct seeker s = {.trade = k};
        int32_t wish = wished_fen(&p, &s);
        a->wage_slope[k] = wish > 0 ? 2 / (float)wish : 0;
        a->trade_u[0][k] = weight(PART_TRADE) * points(trade_part(&s, a->t->trade));
        s.days_in[there] = 1;
        a->trade_u[1][k] = weight(PART_TRADE) * points(trade_part(&s, a->t->trade));
    }
    for (int d = 1; d <= DAYS_MOST; d++) {
        struct seeker s = {.days_in = {0}};
        s.days_in[there] = (uint8_t)d;
        a->experience[d] = weight(PART_EXPERIENCE) * points(experience_part(&s, a->t->trade));
    }
}

static void ask_skills(struct squad_ask *a)
{
    for (int bit = 0; bit < 64; bit += 2)
        if (a->t->skills_wanted >> bit & 3)
            a->wanted_bit[a->n_wanted++] = bit;
    for (int k = 0; k < a->n_wanted; k++)
        a->wanted_each[k] = weight(PART_SKILL) / (float)(a->n_wanted * (int)(a->t->skills_wanted >> a->wanted_bit[k] & 3));
}

struct squad_ask squad_ask_of(const struct market_params *p, const struct slot *t, const int32_t *usual_fen)
{
    const struct seeker anyone = {.seats = 1};
    uint32_t all = 1u << HARD_MINPAY | 1u << HARD_TRUST | 1u << HARD_DAY | 1u << HARD_FULL;
    int64_t apart_min = (int64_t)p->rest_h * 60 > DAY_MIN ? (int64_t)p->rest_h * 60 : DAY_MIN;
    struct squad_ask a = {
        .p = p, .t = t, .shut = (hard_all(p, &anyone, t, -1) & all) != 0, .night = slot_is_night(t), .pay_known = t->shift_fen > 0,
        .place_known = point_known(t->place), .day = t->start_min / DAY_MIN, .from_min = slot_from(t), .to_min = slot_to(t),
        .care_last = (slot_to(t) + CARE_WAY_FAR_MIN) / DAY_MIN,
        .calm_before_min = within_time(t->start_min - apart_min), .calm_after_min = within_time(t->end_min + apart_min),
        .idle_to_min = within_time((int64_t)p->now_min - IDLE_LONG_DAYS * DAY_MIN), .employer = employer_bit(t->employer_id),
        .m_lon = metres(t->place.lat), .pay = ((float)t->shift_fen + (float)t->extra_fen) * 60, .work_min = (float)slot_work_min(t),
        .time_none = weight(PART_TIME) * (slot_is_night(t) ? points(NIGHT_PART) : 1),
        .soon = t->start_min - (int64_t)p->now_min < SOON_MIN ? 0.3f : 0};
    a.longer = a.to_min > a.from_min ? 1 / (float)(a.to_min - a.from_min) : 0;
    for (int k = 0; k < 4; k++)
        a.help[k] = (float)((k & HELP_SUPPORT ? p->term[TERM_SUPPORT] : 0) + (k & HELP_NEW ? p->term[TERM_NEWCOMER] : 0));
    ask_trades(&a, usual_fen);
    ask_skills(&a);
    return a;
}

/* ---- sixteen at once: what must hold ---- */

/* The way from the slot, in minutes: never too many, and never too few; of unknown places `unknown`. */
struct between {
    float from[STRIP], to[STRIP];
};

static inline void ways_from(const struct squad *v, const struct squad_ask *a, const int32_t *lon, const int32_t *lat, struct between *ret)
{
    float x[STRIP], far[STRIP], y[STRIP], m[STRIP];
    for (int i = 0; i < STRIP; i++) {
        float dlon = (float)(lon[i] - a->t->place.lon);
        x[i] = dlon * least(v->slim[i], a->m_lon);
        far[i] = dlon * most_of(v->wide[i], a->m_lon);
        y[i] = (float)(lat[i] - a->t->place.lat) * M_MICRO;
    }
    ways(x, y, m, ret->from);
    for (int i = 0; i < STRIP; i++) {
        float most = sqrtf(far[i] * far[i] + y[i] * y[i]) * 1.001f + M_OFF;
        ret->to[i] = least(most * (13.0f / 750), most_of(most * (13.0f / 3000) + 8, WALK_MOST_MIN)) + 1;
    }
}

static inline void unknown_is(const struct squad_ask *a, const int32_t *lon, const int32_t *lat, float min, float *way)
{
    int32_t place = a->place_known ? -1 : 0;
    for (int i = 0; i < STRIP; i++)
        way[i] = ((lon[i] | lat[i]) & place) != 0 ? way[i] : min;
}

/* Two bits a skill: a field of `have` below that of `need`. */
static inline uint32_t lacks(uint64_t have, uint64_t need)
{
    uint64_t high = need & ~have, same = ~(need ^ have);
    return ((high & 0xAAAAAAAAAAAAAAAAu) | (high & 0x5555555555555555u & (same >> 1))) != 0;
}

/* The appointments of this day after the first, where it is one of the run, within the shift and the way there and back. */
static inline void meets(const struct squad *v, const struct squad_ask *a, int32_t after, const struct between *way, uint32_t *no, uint32_t *doubt)
{
    float day = (float)after * DAY_MIN, from = (float)a->from_min - day, to = (float)a->to_min - day;
    uint32_t weekday = cal_weekday_bit(a->day + after);
    for (int i = 0; i < STRIP; i++) {
        float drop = v->drop_min[i], pick = v->pick_min[i], least_way = way->from[i], most_way = way->to[i];
        uint32_t on = (v->care_days[i] & weekday) != 0, drops = on & (uint32_t)(drop > 0), picks = on & (uint32_t)(pick > 0);
        no[i] |= (drops & (uint32_t)(from - least_way < drop) & (uint32_t)(drop < to + least_way)) |
                 (picks & (uint32_t)(from - least_way < pick) & (uint32_t)(pick < to + least_way));
        doubt[i] |= (drops & (uint32_t)(from - most_way < drop) & (uint32_t)(drop < to + most_way)) |
                    (picks & (uint32_t)(from - most_way < pick) & (uint32_t)(pick < to + most_way));
    }
}

/* The school run, when anybody of the sixteen has one. */
static inline void look_at_care(const struct squad *v, const struct squad_ask *a, uint32_t *no, uint32_t *doubt)
{
    struct between way;
    int32_t any = 0;
    for (int i = 0; i < STRIP; i++)
        any |= v->drop_min[i] | v->pick_min[i];
    if (!any)
        return;
    ways_from(v, a, v->care_lon, v->care_lat, &way);
    unknown_is(a, v->care_lon, v->care_lat, CARE_WAY_UNKNOWN_MIN, way.from);
    unknown_is(a, v->care_lon, v->care_lat, CARE_WAY_UNKNOWN_MIN, way.to);
    for (int32_t after = 0; after <= a->care_last; after++)
        meets(v, a, after, &way, no, doubt);
    for (int i = 0; i < STRIP; i++) /* on the way beyond those days */
        doubt[i] |= (uint32_t)((v->drop_min[i] | v->pick_min[i]) > 0) & (uint32_t)(way.to[i] > CARE_WAY_FAR_MIN);
}

static inline void look_at_way(const struct squad *v, const struct squad_ask *a, uint32_t *no, uint32_t *doubt, float *ret_way)
{
    struct between way;
    ways_from(v, a, v->lon, v->lat, &way);
    unknown_is(a, v->lon, v->lat, -1, way.from);
    unknown_is(a, v->lon, v->lat, -1, way.to);
    for (int i = 0; i < STRIP; i++) {
        float reach = v->travel_min[i] < INT16_MAX ? v->travel_min[i] : FLT_MAX;
        no[i] |= (uint32_t)(way.from[i] > reach);
        doubt[i] |= (uint32_t)(way.to[i] > reach);
        ret_way[i] = way.from[i];
    }
}

static inline void look_at_times(const struct squad *v, const struct squad_ask *a, uint32_t *no, uint32_t *doubt)
{
    int32_t night_day = a->night ? a->day : INT32_MAX, heavy_day = a->t->needs & a->p->minors_never ? a->day : INT32_MAX, start = a->t->start_min, end = a->t->end_min;
    for (int i = 0; i < STRIP; i++) {
        int32_t from = v->from_min[i], to = v->to_min[i];
        no[i] |= (((uint32_t)(from > a->from_min) | (uint32_t)(to < a->to_min)) & (uint32_t)(v->morning_min[i] < a->to_min)) |
                 (uint32_t)(v->work_from_day[i] > a->day) | (uint32_t)(v->night_from_day[i] > night_day) |
                 ((uint32_t)(v->once_to_min[i] > start) & (uint32_t)(v->once_from_min[i] < end));
        doubt[i] |= ((uint32_t)(v->busy_to_min[i] > a->calm_before_min) & (uint32_t)(v->busy_from_min[i] < a->calm_after_min)) |
                    (uint32_t)(v->night_from_day[i] > heavy_day); /* whose birthday is not stated may be of age */
    }
}

static inline void look_at_papers(const struct squad *v, const struct squad_ask *a, uint32_t *no)
{
    int32_t day = a->day;
    for (uint32_t left = a->t->papers; left; left &= left - 1) {
        const int32_t *to_day = v->paper_to_day[__builtin_ctz(left)];
        for (int i = 0; i < STRIP; i++)
            no[i] |= (uint32_t)(to_day[i] < day);
    }
}

LANES void squad_look(const struct squad *v, const struct squad_ask *a, uint32_t *answer, float *way)
{
    uint32_t no[STRIP], doubt[STRIP];
    int32_t most_floor = a->t->hour_fen > 0 ? a->t->hour_fen : INT32_MAX, left = a->t->left;
    for (int i = 0; i < STRIP; i++) {
        int32_t seats = v->seats[i];
        no[i] = (uint32_t)(seats == SEATS_LATER) | (uint32_t)(seats > left) | (uint32_t)(v->floor_fen[i] > most_floor) | (uint32_t)((v->limits[i] & a->t->needs) != 0);
        doubt[i] = ((uint32_t)v->ties[i] & (uint32_t)a->employer) | ((uint32_t)(v->ties[i] >> 32) & (uint32_t)(a->employer >> 32));
    }
    for (int i = 0; i < STRIP; i++)
        doubt[i] = doubt[i] != 0;
    for (int i = 0; i < STRIP && a->t->skills; i++)
        no[i] |= lacks(v->skills[i], a->t->skills);
    look_at_papers(v, a, no);
    look_at_times(v, a, no, doubt);
    look_at_way(v, a, no, doubt, way);
    look_at_care(v, a, no, doubt);
    for (int i = 0; i < STRIP; i++) {
        uint32_t idle = (uint32_t)(v->idle_since_min[i] > 0) & (uint32_t)(v->idle_since_min[i] <= a->idle_to_min), both = v->seats[i] > 1;
        answer[i] = no[i] * SQUAD_NO | doubt[i] * SQUAD_DOUBT | idle * SQUAD_LONG | both * SQUAD_BOTH;
    }
}

/* ---- sixteen at once: what they may be worth ---- */

/* The wage part and the way part, weighted. */
static inline void add_pays(const struct squad *v, const struct squad_ask *a, const float *way, float *u)
{
    float slope[STRIP], paid = a->pay_known ? 1 : 0;
    for (int i = 0; i < STRIP; i++)
        slope[i] = a->wage_slope[v->trade[i]];
    for (int i = 0; i < STRIP; i++) {
        float min = way[i] < 0 ? WAY_UNKNOWN_MIN : way[i], ride = way[i] > WALK_MOST_MIN ? FARE_FEN * 60 : 0;
        float wished = (v->wage_slope[i] > 0 ? v->wage_slope[i] : slope[i]) * paid;
        float wage = share((a->pay - ride) / (a->work_min + 2 * min) * wished - 2), near = share(1 - min / 60);
        u[i] += weight(PART_WAGE) * (wished > 0 ? wage : 0.5f) + weight(PART_WAY) * (way[i] < 0 ? 0.5f : near);
    }
}

static inline void add_times(const struct squad *v, const struct squad_ask *a, float *u)
{
    float from = (float)a->from_min, to = (float)a->to_min, longer = a->longer * weight(PART_TIME), none = a->time_none, within[STRIP] = {0};
    for (float day = -DAY_MIN; day < to; day += DAY_MIN)
        for (int i = 0; i < STRIP; i++)
            within[i] += most_of(least(to, (float)v->like_to_min[i] + day) - most_of(from, (float)v->like_from_min[i] + day), 0);
    for (int i = 0; i < STRIP; i++) {
        float liked = least((float)v->like_to_min[i], 1);
        u[i] += liked * within[i] * longer + (1 - liked) * none;
    }
}

/* 1 for who may know the employer, else one half. */
static inline void add_ties(const struct squad *v, const struct squad_ask *a, float *tie)
{
    uint32_t low = (uint32_t)a->employer, high = (uint32_t)(a->employer >> 32);
    for (int i = 0; i < STRIP; i++)
        tie[i] = (((uint32_t)v->ties[i] & low) | ((uint32_t)(v->ties[i] >> 32) & high)) != 0 ? 1 : 0.5f;
}

/* Trade, wishes and having been there. */
static inline void add_likes(const struct squad *v, const struct squad_ask *a, const float *tie, float *u)
{
    const uint8_t *days = v->days_in[a->t->trade % TRADES_MAX];
    for (int i = 0; i < STRIP; i++)
        u[i] += a->trade_u[days[i] > 0][v->trade[i]];
    for (int i = 0; i < STRIP; i++) {
        float none = v->wish_each[i] > 0 ? 0 : weight(PART_WISHES) / 2;
        u[i] += none + v->wish_each[i] * bits(v->wishes[i] & a->t->offers) + weight(PART_AGAIN) * tie[i];
    }
}

/* The mean over the welcome skills of the share that is there. */
static inline void add_skills(const struct squad *v, const struct squad_ask *a, float *f)
{
    float sum[STRIP], none = a->n_wanted ? 0 : weight(PART_SKILL) * points(SKILL_NONE_WANTED);
    for (int i = 0; i < STRIP; i++)
        sum[i] = none;
    for (int k = 0; k < a->n_wanted; k++) {
        int shift = a->wanted_bit[k];
        float each = a->wanted_each[k], most = weight(PART_SKILL) / (float)a->n_wanted;
        for (int i = 0; i < STRIP; i++)
            sum[i] += least((float)(int32_t)(v->skills[i] >> shift & 3) * each, most);
    }
    for (int i = 0; i < STRIP; i++)
        f[i] += sum[i];
}

/* The employer's parts, weighted. */
static inline void add_fits(const struct squad *v, const struct squad_ask *a, const float *tie, float *f)
{
    const uint8_t *days = v->days_in[a->t->trade % TRADES_MAX];
    float city = points(a->p->reliable);
    add_skills(v, a, f);
    for (int i = 0; i < STRIP; i++)
        f[i] += a->experience[days[i]];
    for (int i = 0; i < STRIP; i++) {
        float comes = v->comes[i] > 0 ? v->comes[i] : city;
        f[i] += weight(PART_RELIABLE) * least(most_of(comes, 0.5f), 1) + weight(PART_KNOWN) * tie[i];
    }
}

/* What policy adds at most. */
static inline void policies(const struct squad *v, const struct squad_ask *a, float *most)
{
    float aging = (float)a->p->term[TERM_AGING], group = (float)a->p->term[TERM_GROUP], help[STRIP];
    int32_t now = a->p->now_min, start = a->t->start_min, end = a->t->end_min, days[STRIP];
    for (int i = 0; i < STRIP; i++)
        help[i] = a->help[v->helped[i]];
    for (int i = 0; i < STRIP; i++) { /* in two loops: of one the compiler makes jumps */
        int32_t since = v->idle_since_min[i], past = (since > 0) & (since < now);
        days[i] = (int32_t)((float)((int32_t)((uint32_t)now - (uint32_t)since) * past) / DAY_MIN + 1e-4f);
    }
    for (int i = 0; i < STRIP; i++)
        most[i] = least(least((float)days[i], IDLE_LONG_DAYS) / IDLE_LONG_DAYS * aging + help[i], MOST_POLICY);
    for (int i = 0; i < STRIP; i++) {
        int32_t meets = (v->with_from_min[i] < end) & (start < v->with_to_min[i]);
        most[i] += (float)meets * group;
    }
}

LANES void squad_most(const struct squad *v, const struct squad_ask *a, const float *way, float *most)
{
    float u[STRIP] = {0}, f[STRIP] = {0}, tie[STRIP];
    add_ties(v, a, tie);
    add_pays(v, a, way, u);
    add_times(v, a, u);
    add_likes(v, a, tie, u);
    add_fits(v, a, tie, f);
    policies(v, a, most);
    for (int i = 0; i < STRIP; i++) {
        float gain = most_of((u[i] + U_SLACK - v->out[i]) * v->inside[i], 0);
        float q = sigmoid_over(2.2f * u[i] + 1.6f * f[i] - 2.5f - a->soon);
        most[i] += q * (0.6f * gain + 0.4f * f[i]) * SCORE_ONE + SLACK;
    }
}
