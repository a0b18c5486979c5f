/* certificate.h - certificates that the law asks for, as a desk saw the original: only these count, on
 * days up to their last. What a person says to hold is person.papers and opens nothing. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct certificate {
    int64_t id, city, person_id;
    int32_t paper; /* index into papers of job.h */
    struct str number;
    int32_t to_day; /* its last day, 0 = does not run out */
    int64_t by_id, made_ms;
};
enum { CERTIFICATE_SOON_DAYS = 30 };

extern const struct feature certificate_feature;
extern const struct record certificate_record;
/* At most one of each kind. */
MUST_USE enum err certificates_of(struct request *rq, int64_t person_id, struct certificate **ret, size_t *ret_n);
/* In place of an older one of its kind; fills id, city and made_ms. */
MUST_USE enum err certificate_put(struct request *rq, struct certificate *c);
MUST_USE enum err certificates_forget(struct request *rq, int64_t person_id); /* the registration is taken back, or he leaves */
/* Bits of job.papers that hold on `day`. */
MUST_USE enum err certificates_on(struct request *rq, int64_t person_id, int32_t day, uint32_t *ret);
/* List "certificates": the fields, is_out, is_soon, is_good; bool "papers_soon" when one runs out within 30
 * days. */
struct view;
MUST_USE enum err certificates_view(struct request *rq, struct view *v, int64_t person_id);
