/* squad.h - what a slot asks of many people, by columns and sixteen at a time: the other way round of
 * strip.h, and by the same rules. Only for the search of people (people.h). O(1) each; nothing is
 * allocated. */
#pragma once
#include "market/strip.h"

/* Sixteen people. What cannot be told from here is told from the seeker, for few. */
struct squad { /* 192 bytes a person */
    uint64_t skills[STRIP], ties[STRIP]; /* ties: bits of the employers (employer_bit) */
    int32_t lon[STRIP], lat[STRIP], care_lon[STRIP], care_lat[STRIP];
    int32_t floor_fen[STRIP], idle_since_min[STRIP];
    int32_t work_from_day[STRIP], night_from_day[STRIP];
    int32_t busy_from_min[STRIP], busy_to_min[STRIP]; /* of all shifts taken and times away; none: beyond all times, as are */
    int32_t once_from_min[STRIP], once_to_min[STRIP]; /* those of more than one */
    int32_t with_from_min[STRIP], with_to_min[STRIP];
    uint32_t limits[STRIP], wishes[STRIP];
    float wide[STRIP], slim[STRIP]; /* metres a millionth of a degree of longitude: most and least, of home and school */
    float out[STRIP], inside[STRIP], comes[STRIP];    /* staying out; 1 / (1 - that); chance to show up, 0 = new */
    float wish_each[STRIP], wage_slope[STRIP];        /* weighted, 0 = none stated; 2 / floor_fen, 0 = none */
    int16_t from_min[STRIP], to_min[STRIP], morning_min[STRIP]; /* hours over midnight reach from 0 to the last too */
    int16_t drop_min[STRIP], pick_min[STRIP], travel_min[STRIP];
    int16_t like_from_min[STRIP], like_to_min[STRIP];
    uint8_t trade[STRIP], seats[STRIP], helped[STRIP], care_days[STRIP]; /* seats: 1, 2 or SEATS_LATER; helped: HELP_ */
    uint8_t days_in[TRADES_MAX][STRIP];
    int32_t paper_to_day[PAPERS_MAX][STRIP];
};
enum { HELP_SUPPORT = 1, HELP_NEW = 2, SEATS_LATER = 3 }; /* the last: of two, with whom he is met */
void squad_set(struct squad *v, size_t at, const struct seeker *s);

/* What the slot asks of every one. */
struct squad_ask {
    const struct market_params *p;
    const struct slot *t;
    bool shut, night, pay_known, place_known; /* shut: to all */
    int32_t day, from_min, to_min;            /* the last two within the day */
    int32_t care_last;                        /* as many days after the first may have a school run in it */
    int32_t calm_before_min, calm_after_min;  /* shifts that end or begin there leave it alone */
    int32_t idle_to_min;                      /* who has been idle since then has been so for long */
    uint64_t employer;
    float m_lon, longer, pay, work_min, time_none, soon;
    float wage_slope[TRADES_MAX], trade_u[2][TRADES_MAX], experience[256], help[4];
    int n_wanted, wanted_bit[32]; /* skills that are welcome */
    float wanted_each[32];        /* what a level of them is worth, weighted */
};
/* usual_fen: what is usual an hour, by trade. */
struct squad_ask squad_ask_of(const struct market_params *p, const struct slot *t, const int32_t *usual_fen);

/* Bits of an answer. NO: breaks a constraint for certain, or is met with the other of the two, whose id is lower. DOUBT: may break one, or knows the employer;
 * neither: breaks none and does not know him. LONG: idle for IDLE_LONG_DAYS at least. BOTH: of a couple
 * that goes only together; of the other nothing is told. */
enum { SQUAD_NO = 1, SQUAD_DOUBT = 2, SQUAD_LONG = 4, SQUAD_BOTH = 8 };
/* way[i]: minutes from home, never too many, 30 where unknown; is for squad_most. */
void squad_look(const struct squad *v, const struct squad_ask *a, uint32_t *answer, float *way);
/* most[i]: no less than fit.total of i. */
void squad_most(const struct squad *v, const struct squad_ask *a, const float *way, float *most);
