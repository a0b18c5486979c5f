/* hire_due.c - when a wage is due by the rhythm that the terms say. */
#include "base/cal.h"
#include "feature/hire/hire_api.h"

/* So many days after the last one of work it may be said that the money has not come. */
static const struct {
    const char *rule;
    int64_t days;
} due[] = {[RHYTHM_DAY] = {"wage.due_day_days", 1},
           [RHYTHM_WEEK] = {"wage.due_week_days", 7},
           [RHYTHM_HALF_MONTH] = {"wage.due_half_month_days", 15},
           [RHYTHM_MONTH] = {"wage.due_month_days", 31}};

enum err hire_due_day(struct request *rq, const struct hire *h, int32_t *ret)
{
    struct job j;
    enum err e = job_get(rq, h->job_id, &j);
    if (!e)
        *ret = cal_day(h->end_ms - 1) + (int32_t)rule_number(rq, due[j.rhythm].rule, due[j.rhythm].days);
    return e;
}
