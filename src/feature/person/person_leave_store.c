/* person_leave_store.c - who has asked to leave and may still think better of it. */
#include "feature/person/person_store.h"

/* Asked for twice is asked for once: the first moment stands. */
const struct query leaving_put_query = {"person.leaving",
    "INSERT INTO leaving (city, person_id, due_ms) VALUES ($1, $2, $3) ON CONFLICT (city, person_id) DO NOTHING"};
const struct query leaving_drop_query = {"person.stays", "DELETE FROM leaving WHERE city = $1 AND person_id = $2"};
const struct query leaving_due_query = {"person.leaves_at", "SELECT due_ms FROM leaving WHERE city = $1 AND person_id = $2"};
const struct query leaving_next_query = {"person.leaves_now",
    "SELECT person_id FROM leaving WHERE city = $1 AND person_id > $2 AND due_ms <= $3 ORDER BY person_id LIMIT 1"};

static enum err number(struct request *rq, const struct query *q, struct args args, int64_t *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, q, args, &v);
    *ret = e ? 0 : val_i64(v);
    return e == ERR_NONE ? OK : e;
}

enum err leaving_put(struct request *rq, int64_t person_id, int64_t due_ms, int64_t *ret_n)
{
    return db_run(rq->tx, &leaving_put_query, ARGS(I(rq->city), I(person_id), I(due_ms)), ret_n);
}

enum err leaving_drop(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &leaving_drop_query, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err leaving_due_ms(struct request *rq, int64_t person_id, int64_t *ret)
{
    return number(rq, &leaving_due_query, ARGS(I(rq->city), I(person_id)), ret);
}

enum err leaving_next(struct request *rq, int64_t after_id, int64_t *ret_id)
{
    return number(rq, &leaving_next_query, ARGS(I(rq->city), I(after_id), I(rq->now_ms)), ret_id);
}
