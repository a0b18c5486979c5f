/* offer_turnout.h - for offer_api.c: how many to ask so that enough come, and who stands by, of the shift in rq->object. */
#pragma once
#include "feature/offer/offer_store.h"

extern const struct record turnout_record, standby_form;
enum err turnout_show(struct request *rq);
enum err turnout_standby(struct request *rq);
