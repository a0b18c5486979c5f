/* inspect_store.c - visits. */
#include "feature/inspect/inspect_store.h"

#include "http/rows.h"

static const struct choice questions[] = {{"address"}, {"work"}, {"pay"}, {"no_fee"}, {"safe"}, {0}};
static const struct choice outcomes[] = {{"pass"}, {"fix"}, {"ban"}, {0}};
enum { EYES = DESK | INSPECTOR };
static const struct field fields[] = {
    FIELD(struct visit, id, ID, .see = STAFF, .put = NOBODY, .doc = "Visit."),
    FIELD(struct visit, city, INT, .see = STAFF, .put = NOBODY, .doc = "City code."),
    FIELD(struct visit, district, INT, .district = true, .see = STAFF, .put = NOBODY, .doc = "District code."),
    FIELD(struct visit, job_id, ID, .see = STAFF, .put = NOBODY, .doc = "Post."),
    FIELD(struct visit, employer_id, ID, .see = STAFF, .put = NOBODY, .doc = "Employer."),
    FIELD(struct visit, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "Who went."),
    FIELD(struct visit, at_ms, MS, .see = STAFF, .put = NOBODY, .doc = "When."),
    FIELD(struct visit, place, GEO, .see = STAFF, .put = EYES, .doc = "Where he stood, WGS-84."),
    FIELD(struct visit, answers, MASK, .choices = questions, .see = STAFF, .put = EYES, .doc = "Questions answered yes."),
    FIELD(struct visit, note, TEXT, .max = 1000, .see = STAFF, .put = EYES, .doc = "What was seen."),
    FIELD(struct visit, outcome, ENUM, .choices = outcomes, .see = STAFF, .put = EYES, .required = true, .doc = "Result."),
    FIELD(struct visit, expires, DAY, .see = STAFF, .put = NOBODY, .doc = "To be seen again by."),
    {0}};
const struct record visit_record = {"visit", sizeof(struct visit), fields, "A visit to a workplace."};

#define COLUMNS                                                                                    \
    "id, city, district, job_id, employer_id, by_id, at_ms, place_lon, place_lat, answers, note, outcome, expires"
static const struct query add = {"inspect.add", "INSERT INTO visit (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7,"
                                                " $8, $9, $10, $11, $12, $13)"};
static const struct query list = {"inspect.list", "SELECT " COLUMNS " FROM visit WHERE city = $1"
                                                  " ORDER BY at_ms DESC, id LIMIT 200"};
const struct query *const inspect_queries[] = {&add, &list, NULL};

enum err visit_add(struct request *rq, const struct visit *v)
{
    return record_insert(rq, &add, &visit_record, v);
}

enum err visit_list(struct request *rq, struct visit **ret, size_t *ret_n)
{
    return rows_to_records(rq, &list, ARGS(I(rq->city)), &visit_record, (void **)ret, ret_n);
}
