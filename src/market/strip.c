/* strip.c - see the header; strip_ask.c has the question. Loops without a branch, over arrays of fixed length. */
#include "market/strip.h"

#include <float.h>

#include "market/lanes.h"

enum { DAY_MIN = 1440 };

static const float pay_most = 2e8f; /* above what a fact may say */

/* ---- the columns ---- */

struct head head_of(const struct bounds *b, int32_t n, bool is_page)
{
    return (struct head){b->employers, farther(b->south, b->north), n, (b->west | b->east | b->south | b->north) != 0, is_page};
}

void strip_set(struct strip *v, size_t at, const struct slot *t)
{
    v->lon[at] = t->place.lon;
    v->lat[at] = t->place.lat;
    v->start_min[at] = t->start_min;
    v->pay[at] = t->shift_fen > 0 ? ((float)t->shift_fen + (float)t->extra_fen) * 60 : 0;
    v->price[at] = (float)t->price;
    v->offers[at] = t->offers;
    v->from_min[at] = (int16_t)slot_from(t);
    v->to_min[at] = (int16_t)(slot_from(t) + t->end_min - t->start_min); /* within 4 days; the score looks at 3 */
    v->work_min[at] = (int16_t)slot_work_min(t);
    v->left[at] = t->left;
    v->needs[at] = (uint16_t)t->needs;
    v->hour[at] = hour_steps(t->hour_fen);
    v->wanted[at] = t->skills_wanted != 0;
}

int32_t length_of(int32_t work_min)
{
    int32_t steps = work_min / LENGTH_MIN;
    return steps < LENGTHS ? steps : LENGTHS - 1;
}

void fan_set(struct fan *v, size_t at, const struct bounds *b)
{
    v->west[at] = b->west;
    v->east[at] = b->east;
    v->south[at] = b->south;
    v->north[at] = b->north;
    v->start_first_min[at] = b->start_first_min;
    v->start_last_min[at] = b->n ? b->start_last_min : -1;
    v->pay[at] = (float)b->rate_fen * (float)b->work_min;
    v->price[at] = (float)b->price_min;
    v->offers[at] = b->offers;
    v->from_last_min[at] = (int16_t)b->from_last_min;
    v->to_first_min[at] = (int16_t)b->to_first_min;
    v->work_min[at] = (int16_t)b->work_min;
    v->work_least_min[at] = (int16_t)b->work_least_min;
    v->hour[at] = hour_steps(b->hour_max_fen);
    v->wanted[at] = b->skills_wanted;
    v->by_day[at] = b->by_day;
    v->unknown[at] = b->pay_unknown;
    v->employers[0][at] = (uint32_t)b->employers;
    v->employers[1][at] = (uint32_t)(b->employers >> 32);
    v->starts[at][0] = b->starts[0];
    v->starts[at][1] = b->starts[1];
    for (int k = 0; k < LENGTHS; k++)
        v->begins[k][at] = b->begins[k];
}

/* Longitudes lie closest where it is farthest from the equator, of both places. */
static float m_lon_of(int32_t lat, int32_t other)
{
    return M_MICRO / 65536 * (float)point_cos(size_of(farther(lat, other)));
}

struct strip_area strip_area_of(const struct strip_ask *a, int32_t trade, const struct head *h)
{
    const uint32_t who[2] = {(uint32_t)h->employers, (uint32_t)(h->employers >> 32)};
    return (struct strip_area){
        .m_lon = m_lon_of(a->home.lat, h->lat), .m_lon_others = m_lon_of(a->others_lat, h->lat), .u = a->trade_u[trade], .f = a->trade_f[trade],
        .again = weight(PART_AGAIN) * ((who[0] & a->liked[0]) | (who[1] & a->liked[1]) ? 1 : 0.5f),
        .known = weight(PART_KNOWN) * ((who[0] & a->rated[0]) | (who[1] & a->rated[1]) ? 1 : 0.5f),
        .way_known = point_known(a->home) && h->place_known, .place_known = h->place_known};
}

/* ---- sixteen at once ---- */

/* The wage part and the way part, weighted. */
static void pays(const struct strip_ask *a, bool known, const float *pay, const int16_t *work, const float *wage_least, const float *way, float *u)
{
    float slope = a->pay_wished ? 2 / a->wish_fen : 0, base = a->pay_wished ? -2 : 0.5f;
    float fare = known ? FARE_FEN * 60 : 0, ways = known ? 2 : 0, stay = known ? 0 : 2 * WAY_UNKNOWN_MIN;
    float near_slope = known ? -1.0f / 60 : 0, near_base = known ? 1 : 0.5f, w_wage = weight(PART_WAGE), w_way = weight(PART_WAY);
    for (int i = 0; i < STRIP; i++) {
        float ride = way[i] > WALK_MOST_MIN ? fare : 0;
        float wage = share((pay[i] - ride) / ((float)work[i] + ways * way[i] + stay) * slope + base);
        u[i] = w_wage * most_of(wage, wage_least[i]) + w_way * share(way[i] * near_slope + near_base);
    }
}

/* u: the worker's weighted parts but u_rest and the wishes; f: the employer's. */
static void ranks(const struct strip_ask *a, float u_rest, const uint32_t *offers, const float *price, float *u, const float *f, float *most)
{
    float inside = 1 / (1 - a->out), gain[STRIP];
    for (int i = 0; i < STRIP; i++)
        u[i] += u_rest + a->wish_base + a->wish_each * bits(offers[i] & a->wishes);
    for (int i = 0; i < STRIP; i++)
        gain[i] = most_of((u[i] + U_SLACK - a->out) * inside, 0);
    for (int i = 0; i < STRIP; i++)
        most[i] = sigmoid_over(2.2f * u[i] + 1.6f * f[i] - 2.5f) * (0.6f * gain[i] + 0.4f * f[i]) * SCORE_ONE + a->worth - a->gamma * price[i];
}

/* The key of the orders that are not by rank. */
static void plain_keys(const struct strip_ask *a, const float *m, const int32_t *start_min, const uint16_t *hour, float *most)
{
    for (int i = 0; i < STRIP; i++) {
        float soon = (float)(a->starts_from_min - start_min[i]), fen = hour[i] < UINT16_MAX ? (float)(hour[i] * HOUR_STEP + HOUR_STEP) : pay_most;
        most[i] = a->order == ORDER_NEAR ? -m[i] : a->order == ORDER_SOON ? soon : fen;
    }
}

/* The employer's parts, weighted. */
static void fits(const uint8_t *wanted, float rest, float *f)
{
    float some = weight(PART_SKILL), none = some * points(SKILL_NONE_WANTED);
    for (int i = 0; i < STRIP; i++)
        f[i] = rest + (wanted[i] ? some : none);
}

static void rule_out(const uint32_t *broken, float *most)
{
    for (int i = 0; i < STRIP; i++)
        most[i] = broken[i] ? -FLT_MAX : most[i];
}

/* Bit h when a constraint does not hold. */
static uint32_t bit(bool broken, enum hard h)
{
    return (uint32_t)broken << h;
}

/* ---- slots ---- */

/* The share of the shift within preferred hours, or less for a night nobody asked for; weighted. */
static void add_times(const struct strip *v, const struct strip_ask *a, float *u)
{
    float w = weight(PART_TIME), night = w * points(NIGHT_PART), from[STRIP], to[STRIP], within[STRIP] = {0};
    for (int i = 0; i < STRIP; i++) {
        from[i] = v->from_min[i];
        to[i] = least(v->to_min[i], 3 * DAY_MIN);
    }
    for (int day = -1; day <= 2 && a->like_to_min > 0; day++) {
        float like_from = a->like_from_min + (float)(day * DAY_MIN), like_to = a->like_to_min + (float)(day * DAY_MIN);
        for (int i = 0; i < STRIP; i++)
            within[i] += most_of(least(to[i], like_to) - most_of(from[i], like_from), 0);
    }
    for (int i = 0; i < STRIP && a->like_to_min > 0; i++)
        u[i] += w * share(within[i] / (to[i] - from[i]));
    for (int i = 0; i < STRIP && a->like_to_min <= 0; i++)
        u[i] += ((v->from_min[i] < NIGHT_TO_MIN) | (v->to_min[i] > NIGHT_FROM_MIN)) ? night : w;
}

static void slot_ways(const struct strip *v, struct point from, float m_lon, float *m, float *way)
{
    float x[STRIP], y[STRIP];
    for (int i = 0; i < STRIP; i++) {
        x[i] = ((float)v->lon[i] - (float)from.lon) * m_lon;
        y[i] = ((float)v->lat[i] - (float)from.lat) * M_MICRO;
    }
    ways(x, y, m, way);
}

/* What those taken bar: hard.c has the law. */
static void taken_bar(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken)
{
    float m[STRIP], way[STRIP];
    int32_t end[STRIP], work[STRIP], barred[STRIP] = {0};
    for (int i = 0; i < STRIP; i++) {
        end[i] = v->start_min[i] - v->from_min[i] + v->to_min[i];
        work[i] = v->work_min[i];
    }
    for (const struct taken *b = a->taken; b < a->taken + a->n_taken; b++) {
        const struct taken t = *b;
        const int32_t between = a->rest_min;
        for (int i = 0; i < STRIP; i++) {
            int32_t start = v->start_min[i], rest = start < t.day_from_min ? between : start < t.day_to_min ? 0 : between;
            int32_t most = start < t.day_from_min ? INT32_MAX : start < t.day_to_min ? t.work_left_min : INT32_MAX;
            int32_t until = t.to_min + rest, before = t.from_min - rest, to = start < until ? end[i] : INT32_MIN;
            barred[i] = to > before ? 1 : work[i] > most ? 1 : barred[i];
        }
        if (!l->place_known || !point_known(b->far))
            continue;
        slot_ways(v, b->far, l->m_lon_others, m, way);
        for (int i = 0; i < STRIP; i++) {
            int32_t gap = b->to_min <= v->start_min[i] ? v->start_min[i] - b->to_min : b->from_min - end[i];
            barred[i] |= (gap < DAY_MIN) & ((float)gap < way[i]);
        }
    }
    for (int i = 0; i < STRIP; i++)
        broken[i] |= bit(barred[i] != 0, HARD_OVERLAP);
}

static void care_unknown(const struct strip_ask *a, const struct strip_area *l, float *way)
{
    bool known = l->place_known && point_known(a->care);
    for (int i = 0; i < STRIP; i++)
        way[i] = known ? way[i] : CARE_WAY_UNKNOWN_MIN;
}

/* Bit HARD_CARE where one of the two appointments lies within, the way counted in; of the first day
 * only, and where that is one of the run: on[i] is 1. 0: none. */
static void add_care(const struct strip_ask *a, const float *way, const int16_t *from, const int16_t *to, const uint32_t *on, uint32_t *broken)
{
    const int32_t at[2] = {a->drop_min, a->pick_min};
    for (int k = 0; k < 2; k++)
        for (int i = 0; i < STRIP && at[k]; i++) {
            float m = (float)at[k];
            broken[i] |= (on[i] & (uint32_t)((float)from[i] - way[i] < m) & (uint32_t)(m < (float)to[i] + way[i])) << HARD_CARE;
        }
}

static void slots_care(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken)
{
    float m[STRIP], way[STRIP];
    uint32_t on[STRIP];
    slot_ways(v, a->care, l->m_lon_others, m, way);
    care_unknown(a, l, way);
    for (int i = 0; i < STRIP; i++)
        on[i] = (a->care_days & cal_weekday_bit(v->start_min[i] / DAY_MIN)) != 0;
    add_care(a, way, v->from_min, v->to_min, on, broken);
}

/* All but the reach. */
static void slots_broken(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken)
{
    for (int i = 0; i < STRIP; i++) {
        int32_t start = v->start_min[i], hour = v->hour[i], from = v->from_min[i], to = v->to_min[i];
        int32_t night = (from < NIGHT_TO_MIN) | (to > NIGHT_FROM_MIN);
        broken[i] = bit((start < a->starts_from_min) | (start >= a->starts_to_min), HARD_NONE) |
                    bit(v->left[i] < a->seats, HARD_FULL) |
                    bit(start < a->grown_min, HARD_AGE) |
                    bit(night & (start < a->night_grown_min), a->night) |
                    bit(((v->needs[i] & a->heavy) != 0) & (start < a->heavy_grown_min), HARD_MINOR) |
                    bit(v->work_min[i] > a->day_most_min, HARD_DAY) |
                    bit((hour > 0) & (hour < a->least_hour), a->pay) |
                    bit((v->needs[i] & a->limits) != 0, HARD_BODY) |
                    bit(((from < a->from_min) | (to > a->to_min)) & (to > a->morning_min), HARD_HOURS);
    }
    if (a->drop_min | a->pick_min)
        slots_care(v, a, l, broken);
    if (a->n_taken)
        taken_bar(v, a, l, broken);
}

static void add_reach(const struct strip_ask *a, const struct strip_area *l, const float *way, uint32_t *broken)
{
    float reach = l->way_known ? a->travel_min : FLT_MAX;
    for (int i = 0; i < STRIP; i++)
        broken[i] |= bit(way[i] > reach, HARD_REACH) | bit(way[i] > most_of(reach, REACH_MOST_MIN), HARD_NONE);
}

/* Where and when the partner works; `end` is never too early. */
static void add_together(const struct strip_ask *a, const float *m, const int32_t *start, const int32_t *end, float *most)
{
    for (int i = 0; i < STRIP; i++) {
        float there = m[i] <= SITE_M ? a->with_site : m[i] <= NEAR_M ? a->with_near : 0;
        most[i] += ((a->with_from_min < end[i]) & (start[i] < a->with_to_min)) ? there : 0;
    }
}

static void slots_together(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, float *most)
{
    float m[STRIP], way[STRIP];
    int32_t end[STRIP];
    slot_ways(v, a->with, l->m_lon_others, m, way);
    for (int i = 0; i < STRIP; i++)
        end[i] = v->start_min[i] - v->from_min[i] + v->to_min[i];
    add_together(a, m, v->start_min, end, most);
}

LANES void strip_broken(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken)
{
    float m[STRIP], way[STRIP];
    slot_ways(v, a->home, l->m_lon, m, way);
    slots_broken(v, a, l, broken);
    add_reach(a, l, way, broken);
}

LANES void strip_most(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, float *most)
{
    float m[STRIP], way[STRIP], u[STRIP], f[STRIP], unstated[STRIP];
    uint32_t broken[STRIP], all = UINT32_MAX;
    slots_broken(v, a, l, broken);
    for (int i = 0; i < STRIP; i++) {
        most[i] = -FLT_MAX;
        all = broken[i] ? all : 0;
    }
    if (all) /* often, where hours or days are scarce */
        return;
    slot_ways(v, a->home, l->m_lon, m, way);
    add_reach(a, l, way, broken);
    if (a->order == ORDER_FIT) {
        for (int i = 0; i < STRIP; i++)
            unstated[i] = v->pay[i] > 0 ? 0 : 0.5f;
        pays(a, l->way_known, v->pay, v->work_min, unstated, way, u);
        add_times(v, a, u);
        fits(v->wanted, l->f + l->known, f);
        ranks(a, l->u + l->again, v->offers, v->price, u, f, most);
        if (l->place_known && point_known(a->with))
            slots_together(v, a, l, most);
    } else {
        plain_keys(a, m, v->start_min, v->hour, most);
    }
    rule_out(broken, most);
}

/* ---- nodes ---- */

/* Moves on to the next hour in which some begin. */
static void to_next_start(const struct fan *v, int32_t *first)
{
    for (int i = 0; i < STRIP; i++) {
        uint32_t at = (uint32_t)first[i] / 60 % 128, word = at / 64, bit = at % 64;
        uint64_t near = v->starts[i][word] >> bit, far = v->starts[i][1 - word], round = v->starts[i][word];
        int32_t hours = near ? __builtin_ctzll(near) : far ? 64 - (int32_t)bit + __builtin_ctzll(far) : round ? 128 - (int32_t)bit + __builtin_ctzll(round) : 0;
        first[i] = hours && first[i] < INT32_MAX / 2 ? (first[i] / 60 + hours) * 60 : first[i];
    }
}

/* Moves on to what no shift taken bars: one pass over them, in their order, with the shortest work there is below. */
static void past_taken(const struct fan *v, const struct strip_ask *a, int32_t *first)
{
    int32_t work[STRIP];
    for (int i = 0; i < STRIP; i++)
        work[i] = v->work_least_min[i];
    for (const struct taken *b = a->taken; b < a->taken + a->n_taken; b++) {
        const struct taken t = *b;
        for (int i = 0; i < STRIP; i++)
            first[i] = past_one(a, &t, work[i], first[i]);
    }
}

/* No beginning below that the question asks for, and that neither age nor a shift taken bars, is before this one. */
static void first_starts(const struct fan *v, const struct strip_ask *a, int32_t *first)
{
    int32_t open = a->starts_from_min > a->grown_min ? a->starts_from_min : a->grown_min;
    for (int i = 0; i < STRIP; i++)
        first[i] = v->start_first_min[i] > open ? v->start_first_min[i] : open;
    past_taken(v, a, first);
    for (int pass = 0; pass < 2 && a->order == ORDER_SOON; pass++) {
        to_next_start(v, first);
        past_taken(v, a, first);
    }
}

static void nodes_broken(const struct fan *v, const struct strip_ask *a, const int32_t *first, uint32_t *broken)
{
    for (int i = 0; i < STRIP; i++) {
        int32_t last = v->start_last_min[i];
        broken[i] = bit((first[i] > last) | (first[i] >= a->starts_to_min), HARD_NONE) |
                    bit(last < a->grown_min, HARD_AGE) |
                    bit((v->by_day[i] == 0) & (last < a->night_grown_min), a->night) |
                    bit(v->work_least_min[i] > a->day_most_min, HARD_DAY) |
                    bit((v->hour[i] < a->least_hour) & (v->unknown[i] == 0), a->pay) |
                    bit(((v->from_last_min[i] < a->from_min) | (v->to_first_min[i] > a->to_min)) & (v->to_first_min[i] > a->morning_min), HARD_HOURS);
    }
}

/* Between the box and the point along one axis. */
static float beyond(int32_t at, int32_t low, int32_t high)
{
    return most_of(most_of((float)low - (float)at, (float)at - (float)high), 0);
}

/* More than half where somebody whom the question knows may be below. */
static void add_ties(const uint32_t (*employers)[STRIP], const uint32_t *ties, float w, float *to)
{
    float half = w / 2;
    for (int i = 0; i < STRIP; i++)
        to[i] += half;
    for (int i = 0; i < STRIP && (ties[0] | ties[1]); i++)
        to[i] += ((employers[0][i] & ties[0]) | (employers[1][i] & ties[1])) != 0 ? half : 0;
}

static void node_ways(const struct fan *v, struct point from, float m_lon, float *m, float *way)
{
    float x[STRIP], y[STRIP];
    for (int i = 0; i < STRIP; i++) {
        x[i] = beyond(from.lon, v->west[i], v->east[i]) * m_lon;
        y[i] = beyond(from.lat, v->south[i], v->north[i]) * M_MICRO;
    }
    ways(x, y, m, way);
}

/* The longest shift lasts three days. */
static void nodes_together(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, float *most)
{
    float m[STRIP], way[STRIP];
    int32_t end[STRIP];
    node_ways(v, a->with, l->m_lon_others, m, way);
    for (int i = 0; i < STRIP; i++)
        end[i] = v->start_last_min[i] < INT32_MAX - 3 * DAY_MIN ? v->start_last_min[i] + 3 * DAY_MIN : INT32_MAX;
    add_together(a, m, v->start_first_min, end, most);
}

static void nodes_care(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken)
{
    float m[STRIP], way[STRIP];
    uint32_t days[STRIP] = {0}, on[STRIP];
    node_ways(v, a->care, l->m_lon_others, m, way);
    care_unknown(a, l, way);
    for (int k = 0; k < LENGTHS; k++)
        for (int i = 0; i < STRIP; i++)
            days[i] |= v->begins[k][i] & a->free_days;
    for (int i = 0; i < STRIP; i++)
        on[i] = days[i] == 0;
    add_care(a, way, v->from_last_min, v->to_first_min, on, broken);
}

/* What is broken, and on the way to it the distances, the ways and the first starts. */
static void fan_look(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, float *m, float *way, int32_t *first, uint32_t *broken)
{
    node_ways(v, a->home, l->m_lon, m, way);
    first_starts(v, a, first);
    nodes_broken(v, a, first, broken);
    add_reach(a, l, way, broken);
    if (a->drop_min | a->pick_min)
        nodes_care(v, a, l, broken);
}

LANES void fan_broken(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken)
{
    float m[STRIP], way[STRIP];
    int32_t first[STRIP];
    fan_look(v, a, l, m, way, first, broken);
}

static void add_begins(const struct fan *v, const struct strip_ask *a, uint32_t *broken)
{
    uint32_t open[STRIP] = {0};
    if (!a->bound)
        return;
    for (int k = 0; k < LENGTHS; k++)
        for (int i = 0; i < STRIP; i++)
            open[i] |= v->begins[k][i] & (a->begins[k] | (v->begins[k][i] & a->free_days ? a->begins_free[k] : 0));
    for (int i = 0; i < STRIP; i++)
        broken[i] |= bit(open[i] == 0, HARD_NONE);
}

LANES void fan_shut(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *shut)
{
    float m[STRIP], way[STRIP];
    int32_t first[STRIP];
    fan_look(v, a, l, m, way, first, shut);
    add_begins(v, a, shut);
}

LANES void fan_most(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, float *most)
{
    float m[STRIP], way[STRIP], u[STRIP], f[STRIP], unstated[STRIP];
    int32_t first[STRIP];
    uint32_t broken[STRIP];
    fan_look(v, a, l, m, way, first, broken);
    add_begins(v, a, broken);
    if (a->order == ORDER_FIT) {
        float day = weight(PART_TIME), night = a->like_to_min > 0 ? day : day * points(NIGHT_PART);
        for (int i = 0; i < STRIP; i++)
            unstated[i] = v->unknown[i] ? 0.5f : 0;
        pays(a, l->way_known, v->pay, v->work_min, unstated, way, u);
        for (int i = 0; i < STRIP; i++)
            u[i] += v->by_day[i] ? day : night;
        fits(v->wanted, l->f, f);
        add_ties(v->employers, a->liked, weight(PART_AGAIN), u);
        add_ties(v->employers, a->rated, weight(PART_KNOWN), f);
        ranks(a, l->u, v->offers, v->price, u, f, most);
        if (l->place_known && point_known(a->with))
            nodes_together(v, a, l, most);
    } else {
        plain_keys(a, m, first, v->hour, most);
    }
    rule_out(broken, most);
}
