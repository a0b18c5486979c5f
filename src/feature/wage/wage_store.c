/* wage_store.c - the ledger. Rows are only ever added. */
#include "feature/wage/wage.h"

static const struct query add = {
    "wage.add", "INSERT INTO ledger (city, id, posting, hire_id, account, amount_fen, how, at_ms, by_id)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
static const struct query wrong = {
    "wage.wrong", "SELECT count(*) FROM (SELECT posting FROM ledger WHERE city = $1 GROUP BY posting"
                  " HAVING CAST(sum(amount_fen) AS BIGINT) <> 0) x"};
static const struct query *const queries[] = {&add, &wrong, NULL};
const struct feature wage_feature = {.name = "wage", .queries = queries};

struct entry {
    const char *account;
    int64_t fen;
};

static enum err post(struct request *rq, int64_t hire_id, const struct entry v[2], struct str how)
{
    int64_t posting = new_id(rq);
    enum err e = OK;
    BUG_ON(v[0].fen + v[1].fen != 0);
    for (int i = 0; !e && i < 2; i++)
        e = db_run(rq->tx, &add,
                   ARGS(I(rq->city), I(new_id(rq)), I(posting), I(hire_id), T(str_c(v[i].account)), I(v[i].fen), T(how),
                        I(rq->now_ms), I(rq->who->account_id)),
                   NULL);
    return e;
}

enum err wage_due(struct request *rq, int64_t hire_id, int64_t fen)
{
    return post(rq, hire_id, (const struct entry[]){{"employer.cost", fen}, {"worker.due", -fen}}, S(""));
}

enum err wage_undo(struct request *rq, int64_t hire_id, int64_t fen)
{
    return post(rq, hire_id, (const struct entry[]){{"worker.due", fen}, {"employer.cost", -fen}}, S("corrected"));
}

enum err wage_paid(struct request *rq, int64_t hire_id, int64_t fen, struct str how)
{
    return post(rq, hire_id, (const struct entry[]){{"worker.due", fen}, {"employer.paid", -fen}}, how);
}

enum err wage_check(struct request *rq, int64_t *ret_bad)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &wrong, ARGS(I(rq->city)), &v);
    *ret_bad = e ? 0 : val_i64(v);
    return e;
}
