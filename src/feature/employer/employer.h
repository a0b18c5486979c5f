/* employer.h - employers and agencies: who may post, checked papers, the six-month clock. */
#pragma once
#include "http/app.h"
#include "http/reach.h"

struct employer {
    int64_t id, city, district;
    int32_t kind; /* enum employer_kind */
    struct str name, uscc;
    struct str id_number; /* of a household, which has no uscc; else "" */
    struct str licence;
    int32_t licence_to; /* day; agencies */
    struct str contact, phone, address;
    struct geo place;
    int32_t state; /* enum employer_state */
    int64_t verified_by, verified_ms;
    int32_t verify_again; /* day; V04: at least every six months */
    int64_t paid_n, paid_good; /* wages of the last 90 days that were due, and came in time */
    int64_t risk;              /* pay_risk of them, percent */
    int64_t made_ms;
    int64_t hires_n, called_off; /* of 90 days, and of them by it within cancel.free_hours; only where one is shown */
};
enum employer_kind { EMPLOYER_FIRM, EMPLOYER_AGENCY, EMPLOYER_HOUSEHOLD };
/* MERGED: an advertised firm that is another one here, which has its posts now. */
enum employer_state { EMPLOYER_NEW, EMPLOYER_VERIFIED, EMPLOYER_SUSPENDED, EMPLOYER_MERGED };

struct seal;
extern const struct feature employer_feature;
extern const struct record employer_record;
MUST_USE enum err employer_get(struct request *rq, int64_t id, struct employer *ret);
MUST_USE enum err employer_load(struct request *rq); /* .owns of :employer, for staff that covers it: in rq->object */
MUST_USE enum err employer_add(struct request *rq, struct employer *p);
/* By the name in imported ads, whatever code it got since or with whichever firm it was merged; when there is none, made
 * with state NEW, without a code, in that district (0: not known). */
MUST_USE enum err employer_for_name(struct request *rq, struct str name, int64_t district, int64_t *ret_id);
/* NEW or SUSPENDED -> VERIFIED for six months. ERR_CONFLICT when someone was faster. */
MUST_USE enum err employer_verify(struct request *rq, int64_t id);
/* Takes all posts down and tells every feature of "employer", so that who was to come is called off; whatever the state was; OK when it was suspended already. */
MUST_USE enum err employer_suspend(struct request *rq, int64_t id);
/* What is known of its wages; OK when it was known. */
MUST_USE enum err employer_set_paid(struct request *rq, const struct employer *p);
/* Of the state of `behind`, those that registered after it (id 0: all), oldest first, at most EMPLOYER_PAGE. */
enum { EMPLOYER_PAGE = 200 };
MUST_USE enum err employer_list(struct request *rq, const struct employer *behind, struct reach r, struct employer **ret, size_t *ret_n);
/* Of a person who leaves: what he said of firms that are not his. */
MUST_USE enum err claims_forget(struct request *rq, int64_t person_id);
/* Schema step 58: the number of each, to be found by. */
MUST_USE enum err employer_phone_old(struct tx *t, struct seal *seal);
