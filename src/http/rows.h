/* rows.h - a query whose columns are a record's, into an array of that record. */
#pragma once
#include "http/request.h"

/* *ret: n values of rec->size in rq->a. */
MUST_USE enum err rows_to_records(struct request *rq, const struct query *q, struct args args,
                                  const struct record *rec, void **ret, size_t *ret_n);
/* The one row; ERR_NONE when there is none. */
MUST_USE enum err row_to_record(struct request *rq, const struct query *q, struct args args,
                                const struct record *rec, void *ret);
/* INSERT with all columns of the record in order. */
MUST_USE enum err record_insert(struct request *rq, const struct query *q, const struct record *rec,
                                const void *in);
/* For a schema step: texts in the open become sealed. `open` selects city, id and text, `put` writes ($1, $2, $3). */
MUST_USE enum err rows_seal(struct tx *t, struct seal *s, const char *table, const char *column, const struct query *open,
                            const struct query *put);
