/* offer_people.h - for offer_api.c: who could come for the shift in rq->object, and asking one. */
#pragma once
#include "feature/offer/offer_store.h"

extern const struct record candidate_record, ask_one_form;
enum err people_list(struct request *rq);
enum err people_invite(struct request *rq);
