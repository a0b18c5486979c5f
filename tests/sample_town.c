/* sample_town.c - see the header. */
#include "sample_town.h"

#include "market/city.h"
#include "market/dice.h"

enum { DAY = 20781, DAY_MIN = 1440, TRADES = 25, LON = 113300000, LAT = 23100000, USUAL_FEN = 2500 };

static bool one_in(uint64_t *rnd, int32_t n)
{
    return dice_below(rnd, n) == 0;
}

static int32_t between(uint64_t *rnd, int32_t from, int32_t to)
{
    return from + dice_below(rnd, to - from + 1);
}

static struct point somewhere(uint64_t *rnd, int32_t spread)
{
    return (struct point){LON + between(rnd, -spread, spread), LAT + between(rnd, -spread, spread)};
}

struct market_params sample_params(void)
{
    struct market_params p = market_defaults;
    p.now_min = DAY * DAY_MIN + 480;
    p.usual_hour_fen = USUAL_FEN;
    p.min_hour_fen = 2000;
    p.minors_never = 0x1e; /* all but the first need */
    return p;
}

struct question sample_ask(enum order order, size_t k)
{
    return (struct question){.order = order, .trades = ALL_TRADES, .from_min = DAY * DAY_MIN + 480, .to_min = (DAY + 4) * DAY_MIN,
                             .today = DAY, .k = k};
}

/* What a couple and the school run add. */
static void add_others(uint64_t *rnd, struct seeker *s, int32_t spread)
{
    if (one_in(rnd, 6)) {
        s->drop_min = (int16_t)between(rnd, 440, 540);
        s->pick_min = (int16_t)between(rnd, 930, 1050);
        s->care_days = (uint8_t)dice_below(rnd, CARE_DAYS + 1);
        s->care = one_in(rnd, 2) ? s->home : somewhere(rnd, spread);
    }
    if (one_in(rnd, 8)) {
        s->with = somewhere(rnd, spread);
        s->with_from_min = (DAY + 1) * DAY_MIN + 500;
        s->with_to_min = s->with_from_min + 500;
    }
    for (s->n_busy = 0; s->n_busy < 3 && one_in(rnd, 3); s->n_busy++) {
        int32_t from = (DAY + between(rnd, 0, 3)) * DAY_MIN + between(rnd, 300, 1300);
        s->busy[s->n_busy] = (struct busy){from, from + 480, 420, one_in(rnd, 4) ? (struct point){0, 0} : somewhere(rnd, spread)};
    }
    if (one_in(rnd, 8)) { /* hours of a day, or days on end, for which he has no time */
        int32_t from = (DAY + between(rnd, -2, 3)) * DAY_MIN + between(rnd, 0, 1439);
        s->busy[s->n_busy++] = (struct busy){.from_min = from, .to_min = from + (one_in(rnd, 3) ? between(rnd, 1, 60 * DAY_MIN) : between(rnd, 30, 700))};
    }
    for (s->n_ties = 0; s->n_ties < 4 && one_in(rnd, 2); s->n_ties++)
        s->ties[s->n_ties] = (struct tie){between(rnd, 1, 40), (int8_t)between(rnd, -1, 1), (int8_t)between(rnd, -1, 1), one_in(rnd, 4)};
}

struct seeker sample_seeker(uint64_t *rnd, int64_t id, int32_t spread)
{
    struct seeker s = {.id = id, .home = somewhere(rnd, spread), .trade = (uint8_t)dice_below(rnd, TRADES),
                       .outside = one_in(rnd, 4) ? between(rnd, 0, SCORE_ONE) : 35000,
                       .reliable = one_in(rnd, 2) ? 0 : between(rnd, 40000, SCORE_ONE), .seats = one_in(rnd, 10) ? 2 : 1,
                       .skills = dice_next(rnd), .support = one_in(rnd, 10), .done = (int16_t)dice_below(rnd, 8)};
    s.idle_since_min = DAY * DAY_MIN - dice_below(rnd, 30 * DAY_MIN);
    s.floor_fen = one_in(rnd, 3) ? between(rnd, 1800, 2800) : 0;
    s.travel_max_min = (int16_t)(one_in(rnd, 3) ? between(rnd, 15, 90) : 0);
    s.limits = one_in(rnd, 3) ? 1u << dice_below(rnd, 5) : 0;
    s.wishes = one_in(rnd, 2) ? (uint32_t)dice_below(rnd, 64) : 0;
    s.night_from_day = one_in(rnd, 8) ? FOREVER : one_in(rnd, 10) ? DAY + 2 : 0;
    s.work_from_day = one_in(rnd, 30) ? DAY + 2 : 0;
    if (one_in(rnd, 5)) {
        s.from_min = (int16_t)between(rnd, 360, 720);
        s.to_min = (int16_t)between(rnd, 900, 1440);
    } else if (one_in(rnd, 40)) { /* over midnight */
        s.from_min = (int16_t)between(rnd, 1080, 1320);
        s.to_min = (int16_t)between(rnd, 240, 480);
    }
    if (one_in(rnd, 6)) {
        s.like_from_min = 540;
        s.like_to_min = 1020;
    }
    for (int k = 0; k < 5; k++)
        s.paper_to_day[k] = one_in(rnd, 2) ? 0 : one_in(rnd, 2) ? FOREVER : DAY + dice_below(rnd, 4);
    for (int k = 0; k < 3; k++)
        s.days_in[dice_below(rnd, TRADES)] = (uint8_t)dice_below(rnd, 256);
    if (one_in(rnd, 50))
        s.home = (struct point){0, 0};
    add_others(rnd, &s, spread);
    return s;
}

struct slot sample_slot(uint64_t *rnd, int64_t id, int32_t spread)
{
    int32_t from = (DAY + between(rnd, 0, 3)) * DAY_MIN + between(rnd, 0, 95) * 15, hours = between(rnd, 3, 10);
    struct slot t = {.id = id, .employer_id = between(rnd, 1, 40), .place = somewhere(rnd, spread), .start_min = from,
                     .end_min = from + hours * 60, .valid_to_day = DAY + between(rnd, -1, 5), .break_min = hours > 6 ? 60 : 0,
                     .hour_fen = between(rnd, 1900, 4200), .offers = (uint32_t)dice_below(rnd, 64), .left = (int16_t)dice_below(rnd, 9),
                     .trade = (uint8_t)dice_below(rnd, TRADES), .verified = !one_in(rnd, 30), .risk = (int16_t)dice_below(rnd, 90)};
    t.shift_fen = t.hour_fen * slot_work_min(&t) / 60;
    t.cap = (int16_t)(t.left + dice_below(rnd, 3));
    t.extra_fen = one_in(rnd, 3) ? 1500 : 0;
    t.needs = one_in(rnd, 2) ? 1u << dice_below(rnd, 5) : 0;
    t.papers = (uint8_t)(one_in(rnd, 4) ? 1u << dice_below(rnd, 5) : 0);
    t.skills = one_in(rnd, 6) ? dice_next(rnd) & 5 : 0;
    t.skills_wanted = one_in(rnd, 4) ? dice_next(rnd) & 0xff : 0;
    t.price = one_in(rnd, 3) ? dice_below(rnd, 60000) : 0;
    t.suitors = t.price ? dice_below(rnd, 60) : 0;
    if (one_in(rnd, 20))
        t.hour_fen = t.shift_fen = 0;
    if (one_in(rnd, 50))
        t.place = (struct point){0, 0};
    return t;
}
