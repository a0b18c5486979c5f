/* offer.h - asking people in waves: how many to ask, until when, who gets the seats. Pure.
 *
 * A wave asks so many that more say yes than there are seats only rarely. Everybody may answer
 * until the deadline of the wave; seats go by points, never by who was faster. A yes is confirmed
 * at once where nobody who is still asked could take the seat. Yeses beyond the seats stand by, and
 * come first when somebody calls off. What no-shows cost is asked for by the order
 * (offer_over_ask, and places to stand by), for everybody alike, never from the person who may not come.
 *
 *     offered --yes--> willing --seat--> accepted --calls off--> cancelled
 *        |                 `-----full--> standby ---seat-------> accepted
 *        `--no--> declined; no answer until the deadline: expired
 *
 * Half an hour before the work nobody need stand by any more. When then somebody does not come, who stood by is called in:
 * asked anew, the best first and one after the other, and only who can still be there for half of it. A yes
 * stands by until a place is free.
 *
 * Tails in integers, one person after the other: Pascal's triangle, or the urn of Polya where the answers of an order are
 * alike; off by at most 2.3e-16 for each person and seat: 1e-9 for 2,000 people and 2,000 seats. Instants are
 * ms; chances 1/1000; risks 1/1e6. O(1) where nothing else is said. */
#pragma once
#include "base/arena.h"

enum offer_state {
    OFFER_OFFERED,
    OFFER_WILLING, /* said yes, the wave is open */
    OFFER_ACCEPTED,
    OFFER_STANDBY,
    OFFER_DECLINED,
    OFFER_EXPIRED,
    OFFER_CANCELLED,
    OFFER_STATES
};
enum offer_event {
    OFFER_YES,
    OFFER_NO,    /* declines, or calls off */
    OFFER_LAPSE, /* the deadline passed without an answer */
    OFFER_SEAT,
    OFFER_FULL,
    OFFER_WITHDRAW, /* by the order, or because the person took another at the same time */
    OFFER_CALL,     /* somebody does not come: asked anew, whether he comes now */
    OFFER_EVENTS
};
/* enum offer_state after an enum offer_event, -1 where it makes no sense. */
int32_t offer_next(int32_t from, int32_t event);

struct asked {
    int64_t person_id, until_ms;
    int64_t points; /* rank in the wave */
    int32_t state, wave;
    bool both; /* a couple: two seats or none, one answer; points are the mean of the two */
    bool standby; /* asked to stand by: no seat was free, none is promised */
    bool called;  /* asked anew after somebody did not come */
};

enum { OFFER_OPEN_MAX = 3, OFFER_DAY_MAX = 5, OFFER_RESERVE_PCT = 20, OFFER_RISK = 50000 };

/* Of the people who were asked, order by order: sums over the orders. */
struct yes_counts {
    int64_t asked, yes;
    int64_t yes_yes, yes_asked, asked_asked; /* of the products */
};
/* How people answer: of 1000 so many say yes; and how alike the answers to one order are, 0 = no more than those to different
 * ones, 999 = nearly all the same (the correlation of two of them). */
struct yes_share {
    int32_t pm, alike_pm;
};
/* The share to ask by, rather too high than too low: begins at 300 and is worth 30 people, with a margin for how few were
 * asked. Nobody asked: 300, not alike. */
struct yes_share offer_yes_share(const struct yes_counts *c);
/* The most people to ask for `seats` seats when they say yes like this, so that P(more than seats do) <= risk. At least
 * `seats`; at most `most`, none when that is below 0. O(n * seats). */
int32_t offer_wave_size(int32_t seats, struct yes_share share, int32_t risk, int32_t most);
/* The share of OFFER_RISK that wave 0, 1, 2 ... may use, so that the sum over all waves of an order
 * stays within it: halves. */
int32_t offer_wave_risk(int32_t wave);
/* The fewest people to book so that at least `need` come with safety_pm / 1000, when each shows up
 * with show_pm / 1000 > 0. O(result * need). */
int32_t offer_over_ask(int32_t need, int32_t show_pm, int32_t safety_pm);

/* Until when a wave sent now may be answered: a quarter of the time left, 3 min (in a hall) or 15
 * min (by phone) at least, 2 h at most, never beyond the deadline. */
int64_t offer_until_ms(int64_t now_ms, int64_t deadline_ms, bool hall);
/* When it may be sent: at night (22 to 7) in the morning, unless the person wants urgent ones. */
int64_t offer_send_ms(int64_t now_ms, bool urgent);

/* Who may be asked, ranked best first. */
struct offer_candidate {
    int64_t person_id, points;
    int32_t open, today; /* offers now open, offers of today */
    bool quiet;          /* none in the last 7 days */
    bool both;           /* a couple that counts as two */
};
/* Neither OFFER_OPEN_MAX nor OFFER_DAY_MAX is reached. */
bool offer_may_ask(const struct offer_candidate *c);
/* How many of a wave of `want` people are to be quiet: OFFER_RESERVE_PCT from the second wave on.
 */
int32_t offer_reserve(int32_t want, int32_t wave);
/* Picks up to `want` people for a wave into ret (indices, ascending): all whom
 * offer_may_ask, at least offer_reserve of them quiet, as far as there are. O(n). Returns how many.
 */
int32_t offer_pick(const struct offer_candidate *c, int32_t n, int32_t want, int32_t wave,
                   int32_t *ret);

/* Brings the offers of an order to now_ms: lapses, confirms, stands by, promotes. Returns how many
 * seats the next wave should be for: 0 while one is open or nothing is left. O(n^2), n offers of
 * one order. */
int32_t offer_settle(struct asked *o, int32_t n, int32_t seats, int64_t now_ms);
/* Of an order that was settled: for how many of `places` to stand by the next wave should be. 0 while a seat is free or
 * anybody is asked. O(n). */
int32_t offer_standby_due(const struct asked *o, int32_t n, int32_t seats, int32_t places);

/* Of an order whose work begins soon or has begun: who is called in next for `places` that are free or whose people do not
 * come. The best who stands by and was not called in, -1 = none; none while anybody is asked, nor for a place
 * that is kept for who said yes. O(n). */
int32_t offer_call(const struct asked *o, int32_t n, int32_t places);
struct call {
    int64_t now_ms, start_ms, end_ms; /* of the work */
    int32_t way_min;                  /* -1 = unknown */
};
/* Nobody is called in to be there for less than half of it. */
int64_t offer_call_end_ms(const struct call *c);
/* Until when who is called in now may answer: as long as any phone at least. 0: he could not be there in time then, or
 * lives more than CALL_WAY_MIN away. */
enum { CALL_WAY_MIN = 60 };
int64_t offer_call_until_ms(const struct call *c);
