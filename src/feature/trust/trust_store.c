/* trust_store.c - blocks, at most one per side of a pair. */
#include "feature/trust/trust_store.h"

#include "base/cal.h"
#include "feature/employer/employer.h"
#include "http/rows.h"

static const struct choice sides[] = {{"person"}, {"employer"}, {0}};
enum { OWN = SEEKER | POSTER | DESK };
static const struct field fields[] = {
    FIELD(struct block, id, ID, .see = OWN, .put = NOBODY, .doc = "Block."),
    FIELD(struct block, city, INT, .see = OWN, .put = NOBODY, .doc = "City code."),
    FIELD(struct block, side, ENUM, .choices = sides, .see = OWN, .put = NOBODY, .doc = "Who said so; the other side never sees it."),
    FIELD(struct block, person_id, ID, .see = OWN, .put = NOBODY, .doc = "Worker."),
    FIELD(struct block, employer_id, ID, .see = OWN, .put = NOBODY, .doc = "Employer."),
    FIELD(struct block, reason, TEXT, .max = 200, .see = DESK, .put = SEEKER | POSTER, .seal = SEAL_NOTE, .doc = "Why; an employer must say. Opened by the desk alone."),
    FIELD(struct block, until_day, DAY, .see = OWN, .put = NOBODY, .doc = "Its last day; none = until taken back."),
    FIELD(struct block, made_ms, MS, .see = OWN, .put = NOBODY, .doc = "Since."),
    FIELD(struct block, who, TEXT, .see = OWN, .put = NOBODY, .virt = true, .doc = "The other side; people masked."),
    {0}};
const struct record block_record = {"block", sizeof(struct block), fields, "Two who no longer work together."};

#define COLUMNS "id, city, side, person_id, employer_id, reason, until_day, made_ms"
#define IN_FORCE "(until_day = 0 OR until_day >= $3)"
static const struct query put = {
    "trust.block_put", "INSERT INTO block (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city, person_id,"
                       " employer_id, side) DO UPDATE SET id = excluded.id, reason = excluded.reason, until_day = excluded.until_day,"
                       " made_ms = excluded.made_ms"};
static const struct query get = {"trust.block_get", "SELECT " COLUMNS " FROM block WHERE city = $1 AND id = $2"};
static const struct query drop = {"trust.block_drop", "DELETE FROM block WHERE city = $1 AND id = $2"};
static const struct query forget = {"trust.blocks_forget", "DELETE FROM block WHERE city = $1 AND person_id = $2"};
static const struct query of_person = {"trust.of_person", "SELECT " COLUMNS " FROM block WHERE city = $1 AND person_id = $2"
                                                          " AND " IN_FORCE " ORDER BY made_ms DESC, id LIMIT 200"};
static const struct query of_employer = {"trust.of_employer", "SELECT " COLUMNS " FROM block WHERE city = $1 AND employer_id = $2"
                                                              " AND side = 'employer' AND " IN_FORCE " ORDER BY made_ms DESC, id LIMIT 200"};
static const struct query between = {"trust.between", "SELECT count(*) FROM block WHERE city = $1 AND person_id = $2 AND " IN_FORCE
                                                      " AND employer_id = $4"};
/* + 0: in the order of the key SQLite would go through everybody's blocks to save the sort of these few. */
static const struct query from = {"trust.from", "SELECT DISTINCT person_id + 0 FROM block WHERE city = $1 AND employer_id = $2 AND " IN_FORCE
                                                " ORDER BY person_id + 0"};
static const struct query ended = {"trust.ended", "SELECT id, person_id FROM block WHERE city = $1 AND until_day > 0 AND until_day < $2"
                                                  " ORDER BY until_day LIMIT 500"};
/* Bad days that leave the memory between $2 and $3. */
static const struct query forgiven = {
    "trust.forgiven", "SELECT DISTINCT person_id FROM hire WHERE city = $1 AND start_ms >= $2 AND start_ms < $3 AND (state IN"
                      " ('no_show', 'cancelled_worker') OR in_ms > start_ms) ORDER BY person_id LIMIT 2000"};
/* Due: at once where pay comes by the day, within a week, else within the 15 days of the law. $3 now, $4 and $5 these
 * times. Missing: due and not paid, or the worker says it did not come. */
static const struct query paid = {
    "trust.paid", "SELECT e.id, e.paid_n, e.paid_good, e.risk, count(x.due_ms), count(CASE WHEN x.paid_ms > x.due_ms AND x.bad = 0 THEN 1"
                  " END), count(CASE WHEN x.bad = 1 THEN 1 END) FROM employer e LEFT JOIN (SELECT h.employer_id, h.paid_ms, h.agreed_ms +"
                  " CASE j.rhythm WHEN 'day' THEN CAST($4 AS BIGINT) WHEN 'week' THEN CAST(604800000 AS BIGINT) ELSE CAST($5 AS BIGINT) END"
                  " AS due_ms, CASE WHEN h.state IN ('agreed', 'disputed') THEN 1 ELSE 0 END AS bad FROM hire h JOIN job j ON j.city ="
                  " h.city AND j.id = h.job_id WHERE h.city = $1 AND h.start_ms >= $2 AND h.agreed_ms > 0) x ON x.employer_id = e.id AND"
                  " (x.bad = 0 OR x.due_ms < $3) WHERE e.city = $1 GROUP BY e.id, e.paid_n, e.paid_good, e.risk ORDER BY e.id"};
/* $4 now, $5 how long before the start it is free. */
static const struct query called_off = {
    "trust.called_off", "SELECT count(*), count(CASE WHEN state = 'cancelled_employer' AND ended_ms > start_ms - $5 THEN 1 END) FROM hire"
                        " WHERE city = $1 AND employer_id = $2 AND start_ms >= $3 AND state NOT IN ('cancelled_worker', 'called_off') AND excused = 0"
                        " AND (start_ms <= $4 OR state = 'cancelled_employer')"};
const struct query *const trust_queries[] = {&called_off, &forget, &put,     &get,  &drop,  &of_person, &of_employer, &between,
                                             &from,    &ended, &forgiven, &paid,
                                             &support_get_query, &support_put_query, &support_drop_query, &support_over_query, NULL};

enum err block_put(struct request *rq, struct block *b)
{
    b->id = new_id(rq);
    b->city = rq->city;
    b->made_ms = rq->now_ms;
    enum err e = record_insert(rq, &put, &block_record, b);
    return e ? e : change_put(rq, "person", b->person_id);
}

enum err block_get(struct request *rq, int64_t id, struct block *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &block_record, ret);
}

enum err block_drop(struct request *rq, const struct block *b)
{
    enum err e = db_run(rq->tx, &drop, ARGS(I(rq->city), I(b->id)), NULL);
    return e ? e : change_put(rq, "person", b->person_id);
}

enum err blocks_forget(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &forget, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err blocks_of_person(struct request *rq, int64_t person_id, struct block **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_person, ARGS(I(rq->city), I(person_id), I(cal_day(rq->now_ms))), &block_record, (void **)ret, ret_n);
}

enum err blocks_of_employer(struct request *rq, int64_t employer_id, struct block **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_employer, ARGS(I(rq->city), I(employer_id), I(cal_day(rq->now_ms))), &block_record, (void **)ret,
                           ret_n);
}

enum err trust_apart(struct request *rq, int64_t person_id, int64_t employer_id, bool *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &between, ARGS(I(rq->city), I(person_id), I(cal_day(rq->now_ms)), I(employer_id)), &v);
    if (!e)
        *ret = val_i64(v) > 0;
    return e;
}

enum err trust_apart_from(struct request *rq, int64_t employer_id, int64_t **ret, size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &from, ARGS(I(rq->city), I(employer_id), I(cal_day(rq->now_ms))), &rows);
    *ret = NEW_N(rq->a, rows.n + 1, int64_t);
    *ret_n = e ? 0 : rows.n;
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = val_i64(row_at(&rows, i));
    return e;
}

enum err trust_called_off(struct request *rq, int64_t employer_id, int64_t *ret_hires, int64_t *ret_called_off)
{
    const struct val *v;
    int64_t free_ms = rule_number(rq, "cancel.free_hours", 2) * HOUR_MS, from_ms = rq->now_ms - MEMORY_DAYS * (int64_t)DAY_MS;
    enum err e = db_row(rq->tx, rq->a, &called_off, ARGS(I(rq->city), I(employer_id), I(from_ms), I(rq->now_ms), I(free_ms)), &v);
    if (e)
        return e;
    *ret_hires = val_i64(v);
    *ret_called_off = val_i64(v + 1);
    return OK;
}

bool trust_among(const int64_t *ids, size_t n, int64_t id)
{
    size_t from_i = 0, to = n;
    while (from_i < to) {
        size_t mid = (from_i + to) / 2;
        if (ids[mid] < id)
            from_i = mid + 1;
        else
            to = mid;
    }
    return from_i < n && ids[from_i] == id;
}

enum err block_expire(struct request *rq)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, &ended, ARGS(I(rq->city), I(cal_day(rq->now_ms))), &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        e = block_drop(rq, &(const struct block){.id = val_i64(v), .person_id = val_i64(v + 1)});
    }
    int64_t to_ms = rq->now_ms - MEMORY_DAYS * (int64_t)DAY_MS;
    if (!e) /* two hours: this is asked every hour */
        e = db_rows(rq->tx, rq->a, &forgiven, ARGS(I(rq->city), I(to_ms - 2 * HOUR_MS), I(to_ms)), &rows);
    for (size_t i = 0; !e && i < rows.n; i++)
        e = change_put(rq, "person", val_i64(row_at(&rows, i)));
    return e;
}

enum err trust_paid_changed(struct request *rq, struct arena *a, struct employer **ret, size_t *ret_n)
{
    struct rows rows = {0};
    int64_t day_ms = rule_number(rq, "wage.due_hours", 12) * HOUR_MS, part_ms = rule_number(rq, "wage.due_part_time_days", 15) * DAY_MS;
    enum err e = db_rows(rq->tx, rq->a, &paid,
                         ARGS(I(rq->city), I(rq->now_ms - MEMORY_DAYS * (int64_t)DAY_MS), I(rq->now_ms), I(day_ms), I(part_ms)), &rows);
    *ret_n = 0;
    *ret = NEW_N(a, rows.n + 1, struct employer);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        int64_t n = val_i64(v + 4), late = val_i64(v + 5), missing = val_i64(v + 6);
        struct employer p = {.id = val_i64(v), .paid_n = n, .paid_good = n - late - missing, .risk = pay_risk(n, late, missing)};
        if (p.paid_n != val_i64(v + 1) || p.paid_good != val_i64(v + 2) || p.risk != val_i64(v + 3))
            (*ret)[(*ret_n)++] = p;
    }
    return e;
}
