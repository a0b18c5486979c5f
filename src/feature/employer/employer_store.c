/* employer_store.c - employers. */
#include "feature/employer/employer_store.h"

#include "base/cal.h"
#include "http/rows.h"
#include "rules/rules.h"

static const struct choice kinds[] = {{"firm"}, {"agency"}, {"household"}, {0}};
const struct choice employer_states[] = {{"new"}, {"verified"}, {"suspended"}, {0}};
enum { MINE = POSTER | DESK | INSPECTOR | ADMIN };
static const struct field fields[] = {
    FIELD(struct employer, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Employer."),
    FIELD(struct employer, city, INT, .see = ANYONE, .put = NOBODY, .doc = "City code."),
    FIELD(struct employer, district, INT, .district = true, .see = ANYONE, .put = SIGNED_IN, .doc = "District code."),
    FIELD(struct employer, kind, ENUM, .choices = kinds, .see = ANYONE, .put = SIGNED_IN, .doc = "Class of V04, V10."),
    FIELD(struct employer, name, TEXT, .min = 2, .max = 80, .see = ANYONE, .put = SIGNED_IN, .required = true, .doc = "Name."),
    FIELD(struct employer, uscc, TEXT, .min = 18, .max = 18, .see = ANYONE, .put = SIGNED_IN, .required = true, .doc = "Unified social credit code."),
    FIELD(struct employer, licence, TEXT, .max = 40, .see = ANYONE, .put = SIGNED_IN, .doc = "HR service licence of agencies."),
    FIELD(struct employer, licence_to, DAY, .see = ANYONE, .put = SIGNED_IN, .doc = "Its last day."),
    FIELD(struct employer, contact, TEXT, .max = 40, .see = MINE, .put = SIGNED_IN, .required = true, .seal = SEAL_NAME, .doc = "Who answers."),
    FIELD(struct employer, phone, TEXT, .max = 20, .see = MINE, .put = SIGNED_IN, .required = true, .seal = SEAL_PHONE, .doc = "Phone."),
    FIELD(struct employer, address, TEXT, .max = 120, .see = ANYONE, .put = SIGNED_IN, .doc = "Address."),
    FIELD(struct employer, place, GEO, .more = true, .see = ANYONE, .put = SIGNED_IN, .doc = "WGS-84."),
    FIELD(struct employer, state, ENUM, .choices = employer_states, .see = ANYONE, .put = NOBODY, .doc = "Papers checked or not."),
    FIELD(struct employer, verified_by, ID, .see = STAFF, .put = NOBODY, .doc = "Who checked."),
    FIELD(struct employer, verified_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "When."),
    FIELD(struct employer, verify_again, DAY, .see = ANYONE, .put = NOBODY, .doc = "Next check."),
    FIELD(struct employer, paid_n, INT, .see = ANYONE, .put = NOBODY, .doc = "Wages due in the last 90 days."),
    FIELD(struct employer, paid_good, INT, .see = ANYONE, .put = NOBODY, .doc = "Of them, paid in time."),
    FIELD(struct employer, risk, INT, .see = STAFF, .put = NOBODY, .doc = "Percent that a wage comes late or not at all; from 80 on nothing of it is shown."),
    FIELD(struct employer, made_ms, MS, .see = MINE, .put = NOBODY, .doc = "Registered."),
    FIELD(struct employer, hires_n, INT, .see = ANYONE, .put = NOBODY, .virt = true, .doc = "People hired for the last 90 days; shown of one employer."),
    FIELD(struct employer, called_off, INT, .see = ANYONE, .put = NOBODY, .virt = true, .doc = "Of them, called off by it within the hours of cancel.free_hours before the start, or later."),
    {0}};
const struct record employer_record = {"employer", sizeof(struct employer), fields, "An employer or agency."};

#define COLUMNS                                                                                    \
    "id, city, district, kind, name, uscc, licence, licence_to, contact, phone, address, place_lon," \
    " place_lat, state, verified_by, verified_ms, verify_again, paid_n, paid_good, risk, made_ms"
static const struct query add = {
    "employer.add", "INSERT INTO employer (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                    " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21) ON CONFLICT DO NOTHING"};
static const struct query get = {"employer.get", "SELECT " COLUMNS " FROM employer WHERE city = $1 AND id = $2"};
static const struct query by_uscc = {"employer.by_uscc", "SELECT " COLUMNS
                                                         " FROM employer WHERE city = $1 AND uscc = $2"};
static const struct query list = {"employer.list", "SELECT " COLUMNS " FROM employer WHERE city = $1 AND state = $2 AND "
                                                   WITHIN("district", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10")
                                                   " AND id > $11 ORDER BY id LIMIT 200"};
static const struct query set_state = {
    "employer.set_state", "UPDATE employer SET state = $3, verified_by = $4, verified_ms = $5, verify_again = $6"
                          " WHERE city = $1 AND id = $2 AND state <> $3"};
static const struct query set_paid = {
    "employer.set_paid", "UPDATE employer SET paid_n = $3, paid_good = $4, risk = $5 WHERE city = $1 AND id = $2"
                         " AND (paid_n <> $3 OR paid_good <> $4 OR risk <> $5)"};
const struct query *const employer_queries[] = {&add, &get, &by_uscc, &list, &set_state, &set_paid, NULL};

enum err employer_set_paid(struct request *rq, const struct employer *p)
{
    int64_t n;
    enum err e = db_run(rq->tx, &set_paid, ARGS(I(rq->city), I(p->id), I(p->paid_n), I(p->paid_good), I(p->risk)), &n);
    return e || !n ? e : change_put(rq, "employer", p->id);
}

enum err employer_get(struct request *rq, int64_t id, struct employer *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &employer_record, ret);
}

enum err employer_add(struct request *rq, struct employer *p)
{
    struct val *v = record_to_vals(rq->a, &employer_record, rq->app->seal, p);
    int64_t n = 0;
    enum err e = db_run(rq->tx, &add, (struct args){v, record_width(&employer_record)}, &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

enum err employer_for_name(struct request *rq, struct str name, int64_t *ret_id)
{
    struct employer p = {.city = rq->city, .name = name, .made_ms = rq->now_ms};
    p.uscc = str_fmt(rq->a, "import-%016llx", (unsigned long long)str_hash(name));
    enum err e = row_to_record(rq, &by_uscc, ARGS(I(rq->city), T(p.uscc)), &employer_record, &p);
    *ret_id = p.id;
    if (e != ERR_NONE)
        return e;
    *ret_id = p.id = new_id(rq);
    return employer_add(rq, &p);
}

enum err employer_list(struct request *rq, const struct employer *behind, struct reach r, struct employer **ret, size_t *ret_n)
{
    return rows_to_records(rq, &list, ARGS(I(rq->city), T(str_c(employer_states[behind->state].key)), REACH(r), I(behind->id)),
                           &employer_record, (void **)ret, ret_n);
}

static enum err set_to(struct request *rq, int64_t id, enum employer_state state, int32_t again)
{
    int64_t n;
    enum err e = db_run(rq->tx, &set_state,
                        ARGS(I(rq->city), I(id), T(str_c(employer_states[state].key)), I(rq->who->account_id), I(rq->now_ms), I(again)), &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    return change_put(rq, "employer", id);
}

enum err employer_verify(struct request *rq, int64_t id)
{
    int32_t days = (int32_t)rule_number(rq, "employer.reverify_days", 180);
    return set_to(rq, id, EMPLOYER_VERIFIED, cal_day(rq->now_ms) + days);
}

enum err employer_suspend(struct request *rq, int64_t id)
{
    enum err e = set_to(rq, id, EMPLOYER_SUSPENDED, 0);
    return e == ERR_CONFLICT ? OK : e;
}
