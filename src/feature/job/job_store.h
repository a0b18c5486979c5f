/* job_store.h - for job_api.c and job_import.c. */
#pragma once
#include "feature/job/job.h"

MUST_USE enum err job_close_old(struct request *rq);
/* Its shifts that begin from now on. */
MUST_USE enum err job_ahead(struct request *rq, int64_t job_id, struct job **ret, size_t *ret_n);
/* Shown shifts ahead that may pay less; at most 1000, the breaks not counted. */
MUST_USE enum err job_maybe_underpaid(struct request *rq, int64_t hour_fen, int64_t month_fen, struct job **ret, size_t *ret_n);
/* A shift ahead that was stated wrongly and of which nobody has a place: shown nowhere any more, its cap is 0. Tells every
 * feature of "shift". ERR_CONFLICT when somebody has one or it has begun. */
MUST_USE enum err shift_take_back(struct request *rq, int64_t job_id, int64_t id);
MUST_USE enum err job_set_needs(struct request *rq, int64_t id, uint32_t set);
/* What somebody has to see of a post that waits: it is held. ERR_CONFLICT when it waits no more. */
MUST_USE enum err job_note(struct request *rq, int64_t id, struct str findings);
/* The district of a post that waits; ERR_CONFLICT when it waits no more. */
MUST_USE enum err job_lies_in(struct request *rq, int64_t id, int64_t district);
/* The firm of a post that waits without one; ERR_CONFLICT when it waits no more or has one. */
MUST_USE enum err job_give_to(struct request *rq, int64_t id, const struct employer *to);
/* Timer, job_api.c. */
MUST_USE enum err job_hold_underpaid(struct app *app);
/* Live posts of the same employer with this title, address and pay, oldest first; at most 100. */
MUST_USE enum err job_alike(struct request *rq, const struct job *j, struct job **ret, size_t *ret_n);
MUST_USE enum err job_by_source(struct request *rq, struct str source, struct str source_id, struct job *ret);
extern const struct query *const job_queries[];
struct job_picture {
    int64_t id, job_id;
    bool waits;
    struct str title;
};
/* Pictures of posts in reach that are about that, oldest first; at most 200. */
MUST_USE enum err job_pictures_about(struct request *rq, struct str about, struct reach r, struct job_picture **ret, size_t *ret_n);
/* Whether the post is the caller's own, or in his reach as a member of staff. */
bool job_covered(const struct request *rq, const struct job *j);
extern const struct rule job_blocked; /* by screening */
/* job_shift.c. The fault of its one shift, each at its field, or OK. */
MUST_USE enum err job_shift_wrong(struct request *rq, const struct job *j);
/* Routes; the post is in rq->object. */
enum err job_shift_list(struct request *rq);
enum err job_shift_add(struct request *rq);
enum err job_shift_drop(struct request *rq);
/* Routes of job_picture.c; the post is in rq->object. */
enum err job_picture_add(struct request *rq);
enum err job_picture_drop(struct request *rq);
enum err job_picture_list(struct request *rq);
enum err job_picture_get(struct request *rq);
enum err job_picture_show(struct request *rq);
enum err job_pictures_waiting(struct request *rq);
extern const struct record job_picture_record;
