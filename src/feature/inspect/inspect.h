/* inspect.h - going to see whether a job is real: visits, and who opens or refuses a post. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct visit {
    int64_t id, city, district, job_id, employer_id, by_id, at_ms;
    struct geo place;
    uint32_t answers; /* the five questions answered yes */
    int64_t said_fen;  /* pay as two workers said it, in the unit of the post; 0 = not asked */
    struct str note;
    int32_t outcome; /* enum outcome */
    int32_t expires; /* day */
    struct str employer_name, job_title; /* for lists */
    uint32_t shown;  /* parts that everybody may see beside the post: bit n - 1 for number n */
    uint32_t parts;  /* those that have arrived */
    uint32_t needs;  /* of the work, as seen; the post keeps it */
};
enum { VISIT_PICTURES = 6, VISIT_FILM, VISIT_POSTER }; /* numbers of its parts: pictures from 1 */
enum outcome { OUTCOME_PASS, OUTCOME_FIX, OUTCOME_BAN, OUTCOMES };

extern const struct feature inspect_feature;
extern const struct record visit_record;
/* What the last visit saw, for the page of the post: "seen_when", list "seen" of {src}, "seen_film" and its
 * "seen_poster"; nothing when nothing may be shown. */
struct view;
MUST_USE enum err inspect_view_seen(struct request *rq, struct view *v, int64_t job_id);
/* Within [from_ms, to_ms), oldest first, at most 5000. */
MUST_USE enum err visit_between(struct request *rq, int64_t from_ms, int64_t to_ms, struct visit **ret, size_t *ret_n);
