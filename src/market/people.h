/* people.h - the best people for a slot (matching.md 7, 2): everybody in the market is asked by columns
 * (squad.h), and who may be among the best is looked at in whole numbers, best bound first.
 *
 * One pass over columns, not a tree: an employer's list promises a share to each group of those whom
 * nothing forbids (fair.h), so all of those are counted anyway, exactly, and nearly everybody may come
 * to nearly every place. Hence linear in people, 192 bytes of columns each, in strides of
 * PEOPLE_STRIDE between which whoever wants to write gets his turn. Couples that go only together are
 * looked at one by one, as is who has taken a shift near this one or may know the employer, where all are
 * counted. Measured beside other work: 27 to 36 ns a person, a look at everybody 100 to 130. */
#pragma once
#include "base/arena.h"
#include "market/market.h"

/* Groups without any protected label: here for the first time or not, long without work or not. */
enum { PEOPLE_GROUPS = 4, PEOPLE_STRIDE = 4096 };
struct person_hit {
    int64_t person_id, partner_id; /* partner: of a couple that goes only together, as one; else 0 */
    struct fit fit;                /* of a couple total and rank are the mean; rank: less what else they could have */
    bool known;                        /* worked for this employer lately */
    int32_t idle_days, days, reliable; /* days in the trade; reliable as in seeker */
};
int8_t person_group(const struct person_hit *h);

struct people_ask {
    const struct market_params *p; /* but for usual_hour_fen: */
    const int32_t *usual_fen;      /* what is usual an hour, for people of each trade (TRADES_MAX) */
    const struct slot *slot;       /* in the market or not */
    size_t most;                   /* this many, */
    bool singles;                  /* of each group, and no couples; else in all, .of[0] */
    const int64_t *apart;          /* people who are not asked, ascending */
    size_t n_apart;
    /* Points of what else a person could have, from 0 up; asked of few; not NULL. Any thread; takes no lock of the market. */
    int64_t (*other)(void *arg, int64_t person_id, int64_t slot_id);
    void *arg;
};
struct people {
    struct people_of {
        struct person_hit *v; /* best first, ties by id */
        size_t n;
        int32_t pool; /* of singles: how many there are whom nothing forbids */
    } of[PEOPLE_GROUPS];
};
/* By fit.rank: total less what else they could have. Exactly what people_scan finds, while nobody writes; nobody is
 * twice on a list that was. From `a`: the lists, and 64 KB. O(people, sixteen at a time + seekers that may be among the
 * best, or whom the columns do not decide) */
struct people people_for(struct market *m, struct arena *a, const struct people_ask *q);
/* The same by looking at every seeker. O(people). */
struct people people_scan(struct market *m, struct arena *a, const struct people_ask *q);
/* The lists of all groups as one, best first. O(n log n) of those on them. */
struct people_of people_together(struct arena *a, const struct people *p);
