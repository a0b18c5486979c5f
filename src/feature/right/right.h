/* right.h - complaints in three questions: what happened, about which work, whom to call back. A record
 * for the rights desk, open until somebody closes it with a result and a reason. */
#pragma once
#include "http/app.h"
#include "http/request.h"

enum complaint_state { COMPLAINT_OPEN, COMPLAINT_CLOSED };
enum complaint_result { RESULT_NONE, RESULT_UPHELD, RESULT_SETTLED, RESULT_UNFOUNDED };
enum complaint_what { WHAT_UNPAID, WHAT_FEE, WHAT_UNTRUE, WHAT_UNSAFE, WHAT_RUDE, WHAT_OTHER };

struct complaint {
    int64_t id, city, district, employer_id;
    struct str employer_name;
    int64_t job_id, hire_id, person_id; /* 0 where nothing is known */
    int32_t what;                       /* enum complaint_what */
    struct str about, phone;
    int32_t state, result;
    struct str reason;
    int64_t made_ms, due_ms, closed_ms, closed_by;
    struct str title; /* of the post or the day; in lists only, as the next two: of the day */
    int64_t start_ms, end_ms;
};
extern const struct feature right_feature;
extern const struct record complaint_record;

/* Made within [from_ms, to_ms), oldest first, at most 5000. */
MUST_USE enum err right_made(struct request *rq, int64_t from_ms, int64_t to_ms, struct complaint **ret, size_t *ret_n);

/* What everybody may know of an employer: closed complaints, and how many of them were right. */
struct complaint_counts {
    int64_t closed, upheld;
};
MUST_USE enum err right_counts(struct request *rq, int64_t employer_id, struct complaint_counts *ret);

/* Of somebody who leaves, signed in or known by his number: how many of his complaints are open; and all of them without his
 * name and number. O(complaints of the city that name nobody) */
struct person;
MUST_USE enum err complaints_open(struct request *rq, const struct person *p, int64_t *ret);
MUST_USE enum err complaints_forget(struct request *rq, const struct person *p);
