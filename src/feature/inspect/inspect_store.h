/* inspect_store.h - for inspect_api.c and inspect_part.c. */
#pragma once
#include "feature/inspect/inspect.h"

MUST_USE enum err visit_add(struct request *rq, const struct visit *v);
MUST_USE enum err visit_get(struct request *rq, int64_t id, struct visit *ret); /* without its parts */
/* Latest first: at most 200, or 20 of one post. */
MUST_USE enum err visit_list(struct request *rq, int64_t job_id, struct visit **ret, size_t *ret_n);
extern const struct query *const inspect_queries[];

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
