/* inspect_store.h - for inspect_api.c and inspect_part.c. */
#pragma once
#include "feature/inspect/inspect.h"
#include "http/reach.h"

MUST_USE enum err visit_add(struct request *rq, const struct visit *v);
MUST_USE enum err visit_get(struct request *rq, int64_t id, struct visit *ret); /* without its parts */
/* Latest first: at most 200, or 20 of one post. */
MUST_USE enum err visit_list(struct request *rq, struct reach r, int64_t job_id, struct visit **ret, size_t *ret_n);
extern const struct query *const inspect_queries[];

/* A post to be seen, with what speaks for seeing it soon. */
struct visit_next {
    int64_t id, city, district, employer_id;
    struct str employer_name, title, text, address;
    struct geo place;
    int32_t pay_unit;
    int64_t pay_fen;
    int32_t rhythm, state; /* enum job_state */
    uint32_t needs;
    int64_t heads;
    struct str findings;
    int64_t start_ms, end_ms, seen_ms; /* next shift, last visit; 0 = none */
    int64_t risk;
    uint32_t why;              /* enum risk bits */
    int64_t complaints, visits; /* open ones about the employer; earlier ones to it */
};
extern const struct record visit_next_record;
/* In no useful order, without risk; at most 300 of the city, the most pressing states first. */
MUST_USE enum err visit_next_list(struct request *rq, struct reach r, struct visit_next **ret, size_t *ret_n);
enum err visit_next(struct request *rq); /* handler */

/* Handlers of the pictures and the film of a visit. */
enum err visit_load_own(struct request *rq);  /* .owns: one's own visit */
enum err visit_load_drop(struct request *rq); /* .owns: one's own, or an administrator's to take away */
enum err visit_load_seen(struct request *rq); /* .owns: a part that this caller may see */
enum err visit_picture_put(struct request *rq);
enum err visit_picture_get(struct request *rq);
enum err visit_picture_drop(struct request *rq);
enum err visit_film_put(struct request *rq);
enum err visit_film_get(struct request *rq);
enum err visit_poster_get(struct request *rq);
enum err visit_film_drop(struct request *rq);
enum err visit_films_old(struct request *rq); /* timer: takes away what is older than film_days */
