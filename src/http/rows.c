/* rows.c - between stores and field tables. */
#include "http/rows.h"

enum err rows_to_records(struct request *rq, const struct query *q, struct args args,
                         const struct record *rec, void **ret, size_t *ret_n)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, q, args, &rows);
    if (e)
        return e;
    char *out = arena_array(rq->a, rows.n, rec->size);
    for (size_t i = 0; i < rows.n; i++)
        record_from_row(rq->a, rec, rq->app->seal, row_at(&rows, i), out + i * rec->size);
    *ret = out;
    *ret_n = rows.n;
    return OK;
}

enum err row_to_record(struct request *rq, const struct query *q, struct args args,
                       const struct record *rec, void *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, q, args, &v);
    if (!e)
        record_from_row(rq->a, rec, rq->app->seal, v, ret);
    return e;
}

enum err record_insert(struct request *rq, const struct query *q, const struct record *rec,
                       const void *in)
{
    struct val *v = record_to_vals(rq->a, rec, rq->app->seal, in);
    return db_run(rq->tx, q, (struct args){v, record_width(rec)}, NULL);
}
