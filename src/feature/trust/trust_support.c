/* trust_support.c - people whom the law wants helped into work (matching.md 3.5): set by staff alone, with a reason and an
 * end; it adds a little to every score of theirs and is shown to no employer. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/person/person.h"
#include "feature/trust/trust_store.h"
#include "http/page.h"
#include "http/rows.h"

struct support {
    int64_t id, city, person_id;
    int32_t what;
    struct str reason;
    int32_t to_day; /* its last day */
    int64_t by_id, made_ms;
};
enum { SUPPORT_DAYS = 366 };
static const struct choice groups[] = {{"other"}, {"older"}, {"disabled"}, {"low_income"}, {"no_earner"}, {"long_unemployed"}, {"landless"}, {0}};
static const struct field fields[] = {
    FIELD(struct support, id, ID, .see = DESK, .put = NOBODY, .doc = "Entry."),
    FIELD(struct support, city, INT, .see = DESK, .put = NOBODY, .doc = "City code."),
    FIELD(struct support, person_id, ID, .see = DESK, .put = NOBODY, .doc = "Whom."),
    FIELD(struct support, what, ENUM, .choices = groups, .see = NOBODY, .put = DESK, .seal = SEAL_NOTE, .required = true, .doc = "The group of 就业困难人员 that was certified."),
    FIELD(struct support, reason, TEXT, .min = 2, .max = 200, .see = DESK, .put = DESK, .seal = SEAL_NOTE, .required = true, .doc = "The paper it rests on."),
    FIELD(struct support, to_day, DAY, .see = DESK, .put = DESK, .doc = "Its last day; a year when left out."),
    FIELD(struct support, by_id, ID, .see = DESK, .put = NOBODY, .doc = "Who entered it."),
    FIELD(struct support, made_ms, MS, .see = DESK, .put = NOBODY, .doc = "When."),
    {0}};
/* What somebody is supported for is read like other personal fields: one at a time, with a reason, audited. */
static const struct field open_fields[] = {
    FIELD(struct opening, reason, TEXT, .min = 4, .max = 200, .see = NOBODY, .put = DESK, .required = true, .doc = "Why it is opened."),
    FIELD(struct opening, what, ENUM, .choices = groups, .see = DESK, .put = NOBODY, .doc = "The group of 就业困难人员 that was certified."),
    FIELD(struct opening, note, TEXT, .see = DESK, .put = NOBODY, .doc = "The paper it rests on."),
    {0}};
const struct record support_opening = {"support_opening", sizeof(struct opening), open_fields, "Opening a support entry."};
const struct record support_record = {"support", sizeof(struct support), fields, "Somebody who is to be helped into work."};

#define COLUMNS "id, city, person_id, what, reason, to_day, by_id, made_ms"
const struct query support_get_query = {"trust.support_get", "SELECT " COLUMNS " FROM support WHERE city = $1 AND person_id = $2"};
const struct query support_put_query = {
    "trust.support_put", "INSERT INTO support (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city, person_id)"
                         " DO UPDATE SET id = excluded.id, what = excluded.what, reason = excluded.reason, to_day = excluded.to_day,"
                         " by_id = excluded.by_id, made_ms = excluded.made_ms"};
const struct query support_drop_query = {"trust.support_drop", "DELETE FROM support WHERE city = $1 AND person_id = $2"};
const struct query support_over_query = {"trust.support_over", "SELECT person_id FROM support WHERE city = $1 AND to_day < $2 LIMIT 500"};

enum err support_show(struct request *rq)
{
    struct support s;
    enum err e = row_to_record(rq, &support_get_query, ARGS(I(rq->city), I(((struct person *)rq->object)->id)), &support_record, &s);
    return e == ERR_NONE ? reply_items(rq, &support_record, &s, 0, 0) : e ? e : reply_items(rq, &support_record, &s, 1, 0);
}

enum err support_open(struct request *rq)
{
    struct support s;
    struct opening *io = rq->in;
    enum err e = row_to_record(rq, &support_get_query, ARGS(I(rq->city), I(((struct person *)rq->object)->id)), &support_record, &s);
    if (e)
        return e;
    audit_about(rq, &support_record, s.id);
    rq->audit_reason = io->reason;
    rq->idem_key = S(""); /* what was opened is never kept for a replay */
    io->what = s.what;
    io->note = s.reason;
    return reply_record(rq, 200, &support_opening, io);
}

enum err support_put(struct request *rq)
{
    struct support *s = rq->in;
    int32_t today = cal_day(rq->now_ms);
    if (s->to_day && (s->to_day < today || s->to_day > today + SUPPORT_DAYS))
        return fail_field(rq, "to_day", s->to_day < today ? "input.past" : "input.date", S(""));
    s->to_day = s->to_day ? s->to_day : today + SUPPORT_DAYS;
    s->id = new_id(rq);
    s->city = rq->city;
    s->person_id = ((struct person *)rq->object)->id;
    s->by_id = rq->who->account_id;
    s->made_ms = rq->now_ms;
    audit_about(rq, &support_record, s->id);
    enum err e = account_not_own(rq, s->person_id, 0);
    if (!e)
        e = record_insert(rq, &support_put_query, &support_record, s);
    if (!e)
        e = change_put(rq, "person", s->person_id);
    return e ? e : reply_record(rq, 201, &support_record, s);
}

enum err support_forget(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &support_drop_query, ARGS(I(rq->city), I(person_id)), NULL);
}

static enum err end_of(struct request *rq, int64_t person_id)
{
    enum err e = support_forget(rq, person_id);
    return e ? e : change_put(rq, "person", person_id);
}

enum err support_end(struct request *rq)
{
    const struct person *p = rq->object;
    audit_about(rq, &person_record, p->id);
    rq->audit_reason = S("support");
    enum err e = end_of(rq, p->id);
    return e ? e : reply_none(rq);
}

enum err support_expire(struct request *rq)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &support_over_query, ARGS(I(rq->city), I(cal_day(rq->now_ms))), &rows);
    for (size_t i = 0; !e && i < rows.n; i++)
        e = end_of(rq, val_i64(row_at(&rows, i)));
    return e;
}
