/* hall.h - placing people and orders that come and go through a day: every minute everyone present
 * is placed at once (batch.h) together with GHOSTS, the arrivals of an earlier day at the same
 * hour. Only pairs of two real ones are proposed. Whoever the auction gives a ghost waits for
 * somebody or something better that usually comes; that is where the gain over plain batches lies:
 *
 *     09:10  one seat in the kitchen, Wang is here, worth 40; earlier days a cook came at 09:15, worth 90
 *     plain  Wang to the kitchen, the cook finds nothing                          40
 *     ghost  the cook's wins, Wang waits; 09:15 the cook, Wang the next one       90 and more
 *
 * Like Ahani, Goelz et al., Dynamic placement in refugee resettlement (2024). A ghost is worth
 * `theta_pct` of a real one, an order that is yet to come also exp(-time / patience): the chance
 * that the person is still here. Guard rails: who was kept from an open seat for `hold_s` in all,
 * has waited `long_s` or half of the time they have, waits for no order that is yet to come; who said "now" also takes
 * any seat kept for one; an order near its deadline keeps none: whoever is left without a seat takes
 * one of its, unless the ghost they wait for leaves them more at its price. But who can go elsewhere
 * goes where all are worth most, those who usually come counted there too. Ghosts are left out when
 * the last hour was unlike theirs (twice or half). Couples go to one order or nowhere, and answer as one.
 *
 * No starvation: with exact prices a person without a ghost is left out of an order only when all
 * whom it took in that minute had at least their points (score and waiting).
 * Rounding couples can break this rarely.
 *
 * The hall is the fold of its events: the same events give the same log, byte for byte. Time is an
 * argument: seconds from any origin that all share, 0 .. HALL_END_S; it does not run back. Handles are rows (people) and slots (orders) of
 * `world`. */
#pragma once
#include "market/couple.h"

struct hall_params {
    int32_t horizon_s; /* ghosts that come within it; 0 = plain batches */
    int32_t theta_pct;
    int32_t patience_s; /* mean, > 0 */
    int32_t aging;      /* points after an hour of waiting, growing evenly; a score has 100000 */
    int32_t hold_s;     /* nobody waits for an order to come, beside an open seat, for longer than this in all */
    int32_t long_s;     /* nor at all who has waited so long */
    int32_t closing_s;  /* nor is a seat kept, this close to the deadline */
    int32_t crowd_max;  /* people, ghosts included; while there are more the horizon is halved */
};
extern const struct hall_params hall_usual;
#define HALL_END_S (1LL << 40)

/* Events of one of a couple are for both. The last three are written by hall_step. */
enum hall_state { HALL_AWAY, HALL_WAITING, HALL_ASKED, HALL_PLACED, HALL_STATES };
enum hall_what {
    HALL_ARRIVE, /* person, partner or -1, until_s = has time until, 0 = not said: nothing is proposed from then on */
    HALL_LEAVE,  /* person */
    HALL_NOW,    /* person: wants anything at once */
    HALL_YES,    /* person: takes what was proposed */
    HALL_NO,     /* person: does not; this pair is not proposed again */
    HALL_OPEN,   /* order, until_s = deadline */
    HALL_CLOSE,  /* order: withdrawn or over; who is asked for it waits again */
    HALL_STEP,
    HALL_PROPOSE, /* person, partner, order: seats are kept until the answer */
    HALL_WAIT,    /* person, partner: something better usually comes at until_s */
    HALL_WHATS
};
struct hall_event {
    int64_t at_s, until_s;
    int32_t what, person, partner, order; /* -1 where there is none */
};

struct hall_person {
    int64_t since_s, until_s;
    int64_t held_s;                /* waited while a seat they could have was left */
    int32_t state, order, partner; /* order: asked for or placed at, else -1; partner or -1 */
    bool now;
};
struct hall_order {
    int64_t since_s, until_s; /* until_s <= now: not open */
    int32_t taken, asked;     /* taken + asked <= cap */
};
/* Arrivals of the earlier day, by at_s, moved to today. */
struct hall_ghost {
    int64_t at_s, until_s; /* until_s: of orders */
    int32_t id, partner;   /* person and partner or -1; order */
};
/* What came in the hour before. Orders, not seats: one large order makes no other day. */
struct hall_hour {
    int64_t people, orders;
};
struct hall {
    struct arena *a;
    struct hall_params p;
    const struct batch *world; /* every pair that may be; scores 1 .. 100000 */
    struct hall_person *person;
    struct hall_order *order;
    bool *refused; /* per edge */
    const struct hall_ghost *ghost_person, *ghost_order;
    int32_t ghost_people, ghost_orders;
    struct hall_event *log; /* everything that was applied and proposed, in order */
    int32_t logged, room;
    int64_t step_s; /* of the last step */
    bool told;      /* the hours, by hall_tell_hours */
    struct hall_hour hour, ghost_hour;
};

/* `world` must outlive the hall. O(people + orders + edges). Memory from `a`: 40 bytes a person, 24 an
 * order, 1 an edge, up to 128 an event (the log doubles and leaves its old half behind). */
struct hall hall_new(struct arena *a, const struct hall_params *p, const struct batch *world);
void hall_ghosts(struct hall *h, const struct hall_ghost *people, int32_t n,
                 const struct hall_ghost *orders, int32_t m);
/* For a world of those only who are still here or yet to come: what really came in the last hour, placed and gone ones
 * too, and what came in that hour of the ghosts. Who says nothing has the whole day in the world. */
void hall_tell_hours(struct hall *h, struct hall_hour real, struct hall_hour ghosts);

/* False, and nothing happens, when the event makes no sense: an answer nobody was asked for, a
 * handle or a time out of range, a partner who is elsewhere. O(1); CLOSE O(people). */
bool hall_apply(struct hall *h, const struct hall_event *e);

/* Places whoever waits at now_s, or at the last event if that was later; the proposals are log[from .. logged). Scratch from `scratch`,
 * free to be reset afterwards. O(edges of people present and ghosts) + an auction, and one or two small ones without ghosts.
 * Returns `from`. */
int32_t hall_step(struct hall *h, struct arena *scratch, int64_t now_s);

/* From when on, at the latest, somebody who came at since_s and has time until until_s (0 = not said) waits for no ghost. */
int64_t hall_due_s(const struct hall_params *p, int64_t since_s, int64_t until_s);

/* Whether the ghosts are used at now_s: in the last hour at most twice and at least half as many people came as of them,
 * wherever they are now, and orders as of theirs, or both were too few to tell. O(people + orders + ghosts). */
bool hall_trusts(const struct hall *h, int64_t now_s);

/* Feeds a log to a fresh hall with the same world and ghosts; true when it logs the same. Costs what
 * its events cost: hall_apply for each of people and orders, hall_step for each step. */
bool hall_replay(struct hall *fresh, const struct hall_event *log, int32_t n);
