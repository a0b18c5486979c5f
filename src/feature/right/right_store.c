/* right_store.c - complaints and their table of fields. */
#include "feature/right/right_store.h"

#include "http/rows.h"
#include "record/seal.h"

const struct choice complaint_whats[] = {{"unpaid"}, {"fee"}, {"untrue"}, {"unsafe"}, {"rude"}, {"other"}, {0}};
static const struct choice states[] = {{"open"}, {"closed"}, {0}};
static const struct choice results[] = {{"none"}, {"upheld"}, {"settled"}, {"unfounded"}, {0}};
static const struct field fields[] = {
    FIELD(struct complaint, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Complaint."),
    FIELD(struct complaint, city, INT, .see = STAFF, .put = NOBODY, .doc = "City code."),
    FIELD(struct complaint, district, INT, .see = STAFF, .put = NOBODY, .doc = "District of the work, 0 = unknown."),
    FIELD(struct complaint, employer_id, ID, .see = STAFF, .put = NOBODY, .doc = "Against whom."),
    FIELD(struct complaint, employer_name, TEXT, .see = STAFF, .put = NOBODY, .doc = "Its name."),
    FIELD(struct complaint, job_id, ID, .see = STAFF, .put = ANYONE, .doc = "About which post, or none."),
    FIELD(struct complaint, hire_id, ID, .see = STAFF, .put = ANYONE, .doc = "About which day of work, or none."),
    FIELD(struct complaint, person_id, ID, .see = STAFF, .put = NOBODY, .doc = "Who complains, when signed in."),
    FIELD(struct complaint, what, ENUM, .choices = complaint_whats, .see = STAFF, .put = ANYONE, .required = true, .doc = "What happened."),
    FIELD(struct complaint, about, TEXT, .max = 1000, .see = STAFF, .put = ANYONE, .seal = SEAL_REST, .doc = "In his own words."),
    FIELD(struct complaint, phone, TEXT, .max = 20, .see = STAFF, .put = ANYONE, .seal = SEAL_PHONE, .doc = "Whom to call back; not needed when signed in."),
    FIELD(struct complaint, state, ENUM, .choices = states, .see = STAFF, .put = NOBODY, .doc = "Open or closed."),
    FIELD(struct complaint, result, ENUM, .choices = results, .see = STAFF, .put = NOBODY, .doc = "How it ended."),
    FIELD(struct complaint, reason, TEXT, .see = STAFF, .put = NOBODY, .seal = SEAL_REST, .doc = "Why it was closed."),
    FIELD(struct complaint, made_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "Made."),
    FIELD(struct complaint, due_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "Somebody calls back by then."),
    FIELD(struct complaint, closed_ms, MS, .see = STAFF, .put = NOBODY, .doc = "Closed."),
    FIELD(struct complaint, closed_by, ID, .see = STAFF, .put = NOBODY, .doc = "By whom."),
    FIELD(struct complaint, title, TEXT, .see = STAFF, .put = NOBODY, .virt = true, .doc = "What work it is about, in the list of the rights desk."),
    FIELD(struct complaint, start_ms, MS, .see = STAFF, .put = NOBODY, .virt = true, .doc = "Of a day of work: it began,"),
    FIELD(struct complaint, end_ms, MS, .see = STAFF, .put = NOBODY, .virt = true, .doc = "and ended."),
    {0}};
const struct record complaint_record = {"complaint", sizeof(struct complaint), fields, "A complaint of a worker."};

#define COLUMNS                                                                                    \
    "id, city, district, employer_id, employer_name, job_id, hire_id, person_id, what, about, phone, state, result,"  \
    " reason, made_ms, due_ms, closed_ms, closed_by"
static const struct query add = {"right.add", "INSERT INTO complaint (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8,"
                                              " $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)"};
static const struct query get = {"right.get", "SELECT " COLUMNS " FROM complaint WHERE city = $1 AND id = $2"};
static const struct query list = {"right.list", "SELECT " COLUMNS " FROM complaint WHERE city = $1 AND "
                                                WITHIN("district", "$2")
                                                " ORDER BY state DESC, due_ms, id LIMIT 200"};
static const struct query made = {"right.made", "SELECT " COLUMNS " FROM complaint WHERE city = $1 AND made_ms >= $2 AND made_ms < $3"
                                                " ORDER BY made_ms, id LIMIT 5000"};
static const struct query of_person = {"right.of_person", "SELECT " COLUMNS " FROM complaint WHERE city = $1 AND person_id = $2"
                                                          " ORDER BY made_ms DESC, id LIMIT 20"};
static const struct query close_one = {
    "right.close", "UPDATE complaint SET state = 'closed', result = $3, reason = $4, closed_ms = $5, closed_by = $6"
                   " WHERE city = $1 AND id = $2 AND state = 'open' RETURNING id"};
static const struct query counts = {
    "right.counts", "SELECT COUNT(*), COUNT(*) FILTER (WHERE result = 'upheld') FROM complaint"
                    " WHERE city = $1 AND employer_id = $2 AND state = 'closed'"};
const struct query *const right_queries[] = {&add, &get, &list, &made, &of_person, &close_one, &counts, &told_query, &unname_query, NULL};

enum err complaint_add(struct request *rq, const struct complaint *c)
{
    return record_insert(rq, &add, &complaint_record, c);
}

enum err complaint_get(struct request *rq, int64_t id, struct complaint *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &complaint_record, ret);
}

enum err complaint_list(struct request *rq, struct reach r, struct complaint **ret, size_t *ret_n)
{
    return rows_to_records(rq, &list, ARGS(I(rq->city), REACH(r)), &complaint_record, (void **)ret, ret_n);
}

enum err right_made(struct request *rq, int64_t from_ms, int64_t to_ms, struct complaint **ret, size_t *ret_n)
{
    return rows_to_records(rq, &made, ARGS(I(rq->city), I(from_ms), I(to_ms)), &complaint_record, (void **)ret, ret_n);
}

enum err complaint_of_person(struct request *rq, int64_t person_id, struct complaint **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_person, ARGS(I(rq->city), I(person_id)), &complaint_record, (void **)ret, ret_n);
}

enum err complaint_close(struct request *rq, const struct complaint *c)
{
    const struct val *v;
    struct str reason = seal_put(rq->app->seal, rq->a, (struct seal_where){"complaint", "reason", rq->city, c->id}, c->reason);
    enum err e = db_row(rq->tx, rq->a, &close_one,
                        ARGS(I(rq->city), I(c->id), T(str_c(results[c->result].key)), B(reason), I(rq->now_ms), I(rq->who->account_id)), &v);
    return e == ERR_NONE ? ERR_CONFLICT : e;
}

enum err right_counts(struct request *rq, int64_t employer_id, struct complaint_counts *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &counts, ARGS(I(rq->city), I(employer_id)), &v);
    if (!e)
        *ret = (struct complaint_counts){val_i64(v), val_i64(v + 1)};
    return e;
}

enum err complaint_seal_reasons(struct tx *t, struct seal *seal)
{
    static const struct query open = {"right.reason_open", "SELECT city, id, reason_open FROM complaint WHERE city IS NOT NULL AND reason_open <> ''"};
    static const struct query put = {"right.reason_put", "UPDATE complaint SET reason = $3 WHERE city = $1 AND id = $2"};
    return rows_seal(t, seal, "complaint", "reason", &open, &put);
}

enum err complaint_seal_old(struct tx *t, struct seal *seal)
{
    static const struct query open = {"right.about_open", "SELECT city, id, about_open FROM complaint WHERE city IS NOT NULL AND about_open <> ''"};
    static const struct query put = {"right.about_put", "UPDATE complaint SET about = $3 WHERE city = $1 AND id = $2"};
    return rows_seal(t, seal, "complaint", "about", &open, &put);
}
