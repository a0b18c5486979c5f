/* person_store.h - for person_api.c, person_voice.c and person_leave.c. */
#pragma once
#include "feature/person/person.h"

MUST_USE enum err person_by_phone(struct request *rq, struct str phone, struct person *ret);
/* ERR_NONE: nobody; the newest where older data have several. */
MUST_USE enum err person_by_idnum(struct request *rq, struct str id_number, struct person *ret);
MUST_USE enum err person_pair(struct request *rq, int64_t id, int64_t partner_id, struct str together);
MUST_USE enum err person_drop(struct request *rq, int64_t id);
MUST_USE enum err person_set_voice(struct request *rq, int64_t id, bool voice);

/* Handlers of the voice note. */
enum err voice_put(struct request *rq);
enum err voice_open(struct request *rq);
enum err voice_drop(struct request *rq);
/* Handlers of person_leave.c, and its timer. */
enum err leave_page(struct request *rq);
enum err leave(struct request *rq);
enum err stay(struct request *rq);
enum err leave_all_due(struct app *app);
/* Who has asked to leave goes at due_ms. *ret_n: 0 when he had asked before, which stands. */
MUST_USE enum err leaving_put(struct request *rq, int64_t person_id, int64_t due_ms, int64_t *ret_n);
MUST_USE enum err leaving_drop(struct request *rq, int64_t person_id);
MUST_USE enum err leaving_due_ms(struct request *rq, int64_t person_id, int64_t *ret); /* 0 = has not asked */
/* The first behind `after_id` whose time has come; 0 = nobody. O(those who have asked) */
MUST_USE enum err leaving_next(struct request *rq, int64_t after_id, int64_t *ret_id);
MUST_USE enum err voice_forget(struct request *rq, const struct person *p);
extern const struct record voice_form, leave_form;
extern const struct query leaving_put_query, leaving_drop_query, leaving_due_query, leaving_next_query; /* of person_leave_store.c */
extern const struct query *const person_queries[];
