/* inspect.h - going to see whether a job is real: visits, and who opens or refuses a post. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct visit {
    int64_t id, city, district, job_id, employer_id, by_id, at_ms;
    struct geo place;
    uint32_t answers; /* the five questions answered yes */
    struct str note;
    int32_t outcome; /* enum outcome */
    int32_t expires; /* day */
};
enum outcome { OUTCOME_PASS, OUTCOME_FIX, OUTCOME_BAN, OUTCOMES };

extern const struct feature inspect_feature;
extern const struct record visit_record;
