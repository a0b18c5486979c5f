/* wage.h - what is due and what was paid, in fen, double entry: the rows of a posting add up to 0. */
#pragma once
#include "http/app.h"
#include "http/request.h"
#include "rules/rules.h"

extern const struct feature wage_feature;
/* The work is agreed: the employer owes the worker. */
MUST_USE enum err wage_due(struct request *rq, int64_t hire_id, int64_t fen);
/* What was owed was a mistake: the reversal of wage_due with the same `fen`, before the right wage is owed. */
MUST_USE enum err wage_undo(struct request *rq, int64_t hire_id, int64_t fen);
/* The worker has it. `how` is cash, bank, wechat or alipay. */
MUST_USE enum err wage_paid(struct request *rq, int64_t hire_id, int64_t fen, struct str how);
/* Postings that do not add up to zero; 0 = sound. O(rows). */
MUST_USE enum err wage_check(struct request *rq, int64_t *ret_bad);

struct work {
    enum pay_unit unit;
    int64_t pay_fen;            /* per unit */
    int64_t minutes, pieces;    /* as both confirmed */
    int64_t shift_min;          /* length of the shift without the break */
};
/* Fen, rounded up in the worker's favour. A whole day is paid when at most 30 minutes are missing;
 * a month has 21.75 days of 8 hours (劳社部发〔2008〕3号). */
int64_t wage_of(const struct work *w);
