/* site.h - the network of markets and stations. A market's phone is public. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct site {
    int64_t id, city, district;
    struct str name;
    int32_t kind; /* enum site_kind */
    struct str address;
    struct geo place;
    struct str hours, phone;
};
enum site_kind { SITE_HUB, SITE_FEATURE, SITE_REGION, SITE_STATION };

extern const struct feature site_feature;
extern const struct record site_record;
MUST_USE enum err site_add(struct request *rq, const struct site *s);
MUST_USE enum err site_get(struct request *rq, int64_t id, struct site *ret);
MUST_USE enum err site_all(struct request *rq, struct site **ret, size_t *ret_n);
