/* match_place.h - inside of match: everybody who looks for work before all shifts at once. Each begins with the
 * EDGES best shifts of theirs; at the prices that follow the engine is asked for shifts that somebody would
 * rather have, which join in, until the bound holds for every pair there is (market/column.h).
 *
 * Works on the engine alone, in no transaction, and lets it go between two people, so that nobody waits.
 * Time: a question a person, about 0.2 ms among 30,000 shifts; each round a further one, only for what is better than what
 * one has, which among high prices is a look at nearly every shift (1 ms); who goes only together is four questions each
 * time; and an auction a round. Memory: 8 bytes and, in the auction, 30 a pair. Facts that change meanwhile: the bound is for
 * people and shifts as numbered at the start, and for every pair that the engine knew when it was asked or asked again. */
#pragma once
#include "feature/match/match_market.h"
#include "market/column.h"
#include "market/couple.h"

struct placing_one {
    int64_t id, partner_id;
    int32_t other; /* number of the partner who goes along; PLACED_ALONE, or PLACED_NOT when that one is not there */
};
enum { PLACED_ALONE = -1, PLACED_NOT = -2 };
struct placing {
    struct request *rq;      /* of SYSTEM; needs no transaction; the rest but the scratch is in its arena */
    struct placing_one *who; /* person i of the batch, by id */
    int64_t *slot_id;        /* slot k of the batch, ascending: all that begin within MATCH_DAYS */
    struct batch b;          /* the pairs known so far */
    struct couple *couples;
    int32_t n_couples, rounds;
    int32_t *suitors, *price; /* per slot; price: points, of the last placing */
    int32_t *line;            /* per slot: least points of who got in, of two the mean; 0 = there is room */
    int32_t *slot_of;         /* per person, of the last placing */
    int64_t value;            /* of the last placing */
    int64_t bound;            /* no placing of all these people on all these shifts is worth more */
    int32_t *asked;           /* per slot: pairs that joined in this round */
    struct column *more;      /* pairs that join in: those of person i are more[from[i]] .. more[from[i + 1] - 1] */
    int32_t *from;
    struct arena pairs[2], round; /* scratch */
};

/* Numbers people and shifts, and asks for everybody's best. False: the program ends. */
bool placing_begin(struct placing *pl, struct request *rq);
void placing_solve(struct placing *pl);
/* The bound at pl->price, which the market must have been told, and the pairs that would join in. False: the
 * program ends. */
bool placing_prove(struct placing *pl);
/* False: there are none. */
bool placing_widen(struct placing *pl);
void placing_done(struct placing *pl);
/* -1 = not among them. O(log n) */
int32_t placing_slot(const struct placing *pl, int64_t slot_id);

/* ---- match_kept.c: writes what the market was told into the data folder; app->priced_ms. O(slots) ---- */
void prices_keep(const struct placing *pl);
