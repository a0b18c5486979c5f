/* match_pair.h - inside of match: two shifts that belong together, found and shown. */
#pragma once
#include "feature/match/match.h"
#include "market/pair.h"

/* A pair is two halves side by side in m.jobs, m.slots and m.fits: 2k and 2k + 1; m.n counts shifts. Of one person's day the
 * first comes before the second. Of a couple that goes only together (m.both) the first is for the person, the second for the
 * other of the two, and so is its fit: of that nothing is told but whether it is possible (matching.md 5.5). */
struct match_twos {
    struct match m;
    int32_t between_min[PAIRS_MOST]; /* the way from one place to the other, -1 = unknown */
};
/* The best few, for the days and the trades of `w`; `m` is what match_find gave for it, or match_load. None where the list
 * is not a personal one. Each shift asked again in the database (I2).
 * Looked for among the best MARKET_TOP of the list. O(one market_top; of a couple one for each) */
MUST_USE enum err match_twos(struct request *rq, const struct match_wish *w, const struct match *m, struct match_twos *ret);
/* The same from the beginning. */
MUST_USE enum err match_twos_for(struct request *rq, const struct match_wish *w, struct match_twos *ret);
/* One pair, whether it fits or not; places left out. */
MUST_USE enum err match_pair_one(struct request *rq, int64_t person_id, const struct job two[2], struct match_twos *ret);
/* As a card: the list "halves" with reasons, the pay of both together, the way between. */
void match_pair_card(struct request *rq, struct view *v, const struct match_twos *x, size_t k);

/* match_pair_api.c */
extern const struct record shift_pair_record, pairs_query;
enum err match_load_for_pairs(struct request *rq);
enum err match_pair_list(struct request *rq);
/* Cards as the list "pairs"; has_pairs: there are some. */
MUST_USE enum err match_view_pairs(struct request *rq, struct view *v, const struct match_wish *w, const struct match *m);
