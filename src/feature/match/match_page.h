/* match_page.h - handlers of routes of match_api.c that stand in files of their own. */
#pragma once
#include "feature/match/match.h"

enum err match_sitemap(struct request *rq); /* match_feed.c */
enum err match_atom(struct request *rq);
extern const struct record pay_range_record; /* match_pay.c */
enum err match_pay_ranges(struct request *rq);
enum err match_hall(struct request *rq); /* match_hall.c */
enum err match_hall_events(struct request *rq);
/* schema.org JobPosting of a shift that is shown; match_feed.c */
void match_view_posting(struct request *rq, struct view *v, const struct job *j);
/* For .owns: oneself, or somebody of the desk's district; in rq->object. asked_id 0: oneself. */
MUST_USE enum err match_load_seeker(struct request *rq, int64_t asked_id);
