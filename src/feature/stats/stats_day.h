/* stats_day.h - one day of one area, read once; inside the feature. */
#pragma once
#include "feature/employer/employer.h"
#include "feature/hire/hire.h"
#include "feature/job/job.h"

struct day_shift {
    struct job job;
    int64_t arrived, missing;
};
struct day {
    int64_t district; /* 0 = the whole city */
    int64_t from_ms, to_ms, now_ms;
    struct day_shift *shifts; /* soonest first */
    size_t n_shifts;
    struct hire *unpaid; /* who says the wage did not come */
    size_t n_unpaid;
    struct job *waiting; /* posts to be looked at, at most 200 held and 200 submitted */
    size_t n_waiting;
    struct employer *firms; /* papers to be looked at */
    size_t n_firms;
};
MUST_USE enum err day_load(struct request *rq, int64_t district, struct day *ret);
/* Begins within the next hour and still has places. */
bool day_gap(const struct day *d, const struct job *j);
