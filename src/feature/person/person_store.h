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
/* Handlers of person_leave.c. */
enum err leave_page(struct request *rq);
enum err leave(struct request *rq);
enum err left_page(struct request *rq);
MUST_USE enum err voice_forget(struct request *rq, const struct person *p);
extern const struct record voice_form, leave_form;
extern const struct query *const person_queries[];
