/* away.h - times for which a person has said that he has no time (matching.md H2): a morning, or some weeks. No reason is asked
 * for. Nothing is proposed in them and nothing can be taken; what was taken before stays, until he gives it back himself. */
#pragma once
#include "http/app.h"
#include "http/request.h"

enum { AWAY_MOST = 6, AWAY_AHEAD_DAYS = 366 }; /* that are not over; and AWAY_MOST_DAYS of score.h for one */
struct away {
    int64_t id, city, person_id;
    int64_t from_ms, to_ms;   /* from < to */
    int32_t from_day, to_day; /* the same as it is asked: the first and the last day, */
    int64_t from_min, to_min; /* and minutes of these days; both 0 = whole days */
    struct str text, stands;  /* in words; and the shifts taken that stand in it */
};

extern const struct feature away_feature;
extern const struct record away_record;
/* Those of a person that are not over, soonest first. */
MUST_USE enum err away_of(struct request *rq, int64_t person_id, struct away **ret, size_t *ret_n);
/* Refuses when the person has said that he has no time within [from_ms, to_ms). */
MUST_USE enum err away_allows(struct request *rq, int64_t person_id, int64_t from_ms, int64_t to_ms);
MUST_USE enum err away_forget(struct request *rq, int64_t person_id); /* the registration is taken back, or he leaves */
/* List "aways" of {id, text, stands: [{id, title, span}]}. */
struct view;
MUST_USE enum err away_view(struct request *rq, struct view *v, int64_t person_id);
