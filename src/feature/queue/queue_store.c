/* queue_store.c - numbers and their table of fields. */
#include "feature/queue/queue_store.h"

#include "http/rows.h"

static const struct choice states[] = {{"waiting"}, {"called"}, {"done"}, {"skipped"}, {0}};
static const struct field fields[] = {
    FIELD(struct ticket, id, ID, .see = STAFF, .put = NOBODY, .doc = "Number taken."),
    FIELD(struct ticket, city, INT, .see = STAFF, .put = NOBODY, .doc = "City code."),
    FIELD(struct ticket, site_id, ID, .see = STAFF, .put = NOBODY, .doc = "Where."),
    FIELD(struct ticket, day, DAY, .see = STAFF, .put = NOBODY, .doc = "Of which day; numbers begin anew every day."),
    FIELD(struct ticket, state, ENUM, .choices = states, .see = STAFF, .put = NOBODY, .doc = "State."),
    FIELD(struct ticket, n, INT, .see = STAFF, .put = NOBODY, .doc = "The number."),
    FIELD(struct ticket, counter, TEXT, .see = STAFF, .put = NOBODY, .doc = "Counter it was called to."),
    FIELD(struct ticket, made_ms, MS, .see = STAFF, .put = NOBODY, .doc = "Taken."),
    FIELD(struct ticket, called_ms, MS, .see = STAFF, .put = NOBODY, .doc = "First called."),
    FIELD(struct ticket, last_ms, MS, .see = STAFF, .put = NOBODY, .doc = "Last called."),
    FIELD(struct ticket, done_ms, MS, .see = STAFF, .put = NOBODY, .doc = "Done at the counter."),
    FIELD(struct ticket, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "Who called."),
    FIELD(struct ticket, ahead, INT, .virt = true, .see = STAFF, .put = NOBODY, .doc = "At taking: how many wait before it."),
    FIELD(struct ticket, wait_min, INT, .virt = true, .see = STAFF, .put = NOBODY, .doc = "At taking: about how many minutes."),
    {0}};
const struct record ticket_record = {"ticket", sizeof(struct ticket), fields, "A number in the queue of a site."};

enum { LATELY_MS = 30 * 60000 };
#define COLUMNS "id, city, site_id, day, state, n, counter, made_ms, called_ms, last_ms, done_ms, by_id"
#define OF_SITE " FROM ticket WHERE city = $1 AND site_id = $2 AND day = $3"
static const struct query number = {
    "queue.number", "INSERT INTO ticket_last (city, site_id, day, n) VALUES ($1, $2, $3, 1)"
                    " ON CONFLICT (city, site_id, day) DO UPDATE SET n = ticket_last.n + 1 RETURNING n"};
static const struct query add = {
    "queue.add", "INSERT INTO ticket (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
static const struct query get = {"queue.get", "SELECT " COLUMNS " FROM ticket WHERE city = $1 AND id = $2"};
static const struct query open_ones = {"queue.open", "SELECT " COLUMNS OF_SITE " AND state <> 'done' ORDER BY n LIMIT 500"};
static const struct query called = {"queue.called", "SELECT " COLUMNS OF_SITE " AND state IN ('called', 'done')"
                                                    " ORDER BY last_ms DESC, n DESC LIMIT 6"};
static const struct query of_day = {
    "queue.of_day", "SELECT " COLUMNS " FROM ticket WHERE city = $1 AND day = $2"
                    " ORDER BY CASE WHEN called_ms = 0 THEN 1 ELSE 0 END, called_ms, n, id LIMIT 5000"};
static const struct query pace = {
    "queue.pace", "SELECT count(*) FILTER (WHERE state = 'waiting' AND n < $5), count(DISTINCT counter) FILTER (WHERE last_ms >= $4),"
                  " count(*) FILTER (WHERE state = 'done'),"
                  " CAST(COALESCE(sum(done_ms - last_ms) FILTER (WHERE state = 'done'), 0) AS BIGINT)" OF_SITE};
static const struct query leave = {
    "queue.leave", "UPDATE ticket SET state = 'done', done_ms = $5 WHERE city = $1 AND site_id = $2 AND day = $3"
                   " AND counter = $4 AND state = 'called'"};
static const struct query next = {
    "queue.next", "UPDATE ticket SET state = 'called', counter = $4, called_ms = $5, last_ms = $5, by_id = $6"
                  " WHERE city = $1 AND state = 'waiting' AND id = (SELECT id" OF_SITE
                  " AND state = 'waiting' ORDER BY n LIMIT 1) RETURNING " COLUMNS};
static const struct query put = {
    "queue.put", "UPDATE ticket SET state = $4, counter = $5, called_ms = $6, last_ms = $7, done_ms = $8, by_id = $9"
                 " WHERE city = $1 AND id = $2 AND state = $3 RETURNING id"};
const struct query *const queue_queries[] = {&number, &add, &get, &open_ones, &called, &of_day, &pace, &leave, &next, &put, NULL};

enum err ticket_get(struct request *rq, int64_t id, struct ticket *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &ticket_record, ret);
}

enum err ticket_open(struct request *rq, int64_t site_id, int32_t day, struct ticket **ret, size_t *ret_n)
{
    return rows_to_records(rq, &open_ones, ARGS(I(rq->city), I(site_id), I(day)), &ticket_record, (void **)ret, ret_n);
}

enum err ticket_called(struct request *rq, int64_t site_id, int32_t day, struct ticket **ret, size_t *ret_n)
{
    return rows_to_records(rq, &called, ARGS(I(rq->city), I(site_id), I(day)), &ticket_record, (void **)ret, ret_n);
}

enum err queue_of_day(struct request *rq, int32_t day, struct ticket **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_day, ARGS(I(rq->city), I(day)), &ticket_record, (void **)ret, ret_n);
}

enum err ticket_add(struct request *rq, struct ticket *k)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &number, ARGS(I(rq->city), I(k->site_id), I(k->day)), &v);
    if (e)
        return e;
    k->id = new_id(rq);
    k->city = rq->city;
    k->n = val_i64(v);
    k->made_ms = rq->now_ms;
    return record_insert(rq, &add, &ticket_record, k);
}

enum err ticket_pace(struct request *rq, int64_t site_id, int32_t day, int64_t n, struct pace *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &pace, ARGS(I(rq->city), I(site_id), I(day), I(rq->now_ms - LATELY_MS), I(n)), &v);
    if (!e)
        *ret = (struct pace){val_i64(v), val_i64(v + 1), val_i64(v + 2), val_i64(v + 3)};
    return e;
}

enum err ticket_leave(struct request *rq, int64_t site_id, int32_t day, struct str counter)
{
    return db_run(rq->tx, &leave, ARGS(I(rq->city), I(site_id), I(day), T(counter), I(rq->now_ms)), NULL);
}

enum err ticket_next(struct request *rq, int64_t site_id, int32_t day, struct str counter, struct ticket *ret)
{
    return row_to_record(rq, &next, ARGS(I(rq->city), I(site_id), I(day), T(counter), I(rq->now_ms), I(rq->who->account_id)),
                         &ticket_record, ret);
}

enum err ticket_put(struct request *rq, const struct ticket *k, enum ticket_state from)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &put,
                        ARGS(I(rq->city), I(k->id), T(str_c(states[from].key)), T(str_c(states[k->state].key)), T(k->counter),
                             I(k->called_ms), I(k->last_ms), I(k->done_ms), I(k->by_id)), &v);
    return e == ERR_NONE ? ERR_CONFLICT : e;
}
