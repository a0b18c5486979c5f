/* rows.c - between stores and field tables. */
#include "http/rows.h"

#include "record/seal.h"

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

enum err rows_seal(struct tx *t, struct seal *s, const char *table, const char *column, const struct query *open,
                   const struct query *put)
{
    struct arena a;
    struct rows rows;
    arena_init(&a, 0);
    enum err e = db_rows(t, &a, open, NO_ARGS, &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        struct seal_where w = {table, column, val_i64(v), val_i64(v + 1)};
        e = db_run(t, put, ARGS(v[0], v[1], B(seal_put(s, &a, w, val_str(v + 2)))), NULL);
    }
    arena_done(&a);
    return e;
}
