/* guide_store.c - talks and their table of fields. */
#include "feature/guide/guide_store.h"

#include "http/rows.h"

static const struct field fields[] = {
    FIELD(struct talk, id, ID, .see = DESK, .put = NOBODY, .doc = "Talk."),
    FIELD(struct talk, city, INT, .see = DESK, .put = NOBODY, .doc = "City code."),
    FIELD(struct talk, person_id, ID, .see = DESK, .put = NOBODY, .doc = "With whom."),
    FIELD(struct talk, note, TEXT, .max = 1000, .see = DESK, .put = DESK, .seal = SEAL_NOTE, .doc = "What was said."),
    FIELD(struct talk, step, TEXT, .min = 2, .max = 80, .see = DESK, .put = DESK, .required = true, .doc = "The next small step; no private matters."),
    FIELD(struct talk, follow, DAY, .see = DESK, .put = DESK, .doc = "The day to ask again."),
    FIELD(struct talk, open, BOOL, .see = DESK, .put = NOBODY, .doc = "Nobody has asked again yet."),
    FIELD(struct talk, by_id, ID, .see = DESK, .put = NOBODY, .doc = "By."),
    FIELD(struct talk, made_ms, MS, .see = DESK, .put = NOBODY, .doc = "When."),
    FIELD(struct talk, who, TEXT, .virt = true, .see = DESK, .put = NOBODY, .doc = "The name, masked; in lists."),
    {0}};
const struct record talk_record = {"talk", sizeof(struct talk), fields, "A talk with somebody who does not want to work yet."};

#define COLUMNS "id, city, person_id, note, step, follow, open, by_id, made_ms"
static const struct query add = {"guide.add", "INSERT INTO talk (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
/* + 0: else SQLite takes the index of all that are open. */
static const struct query asked = {"guide.asked", "UPDATE talk SET open = 0 WHERE city = $1 AND person_id = $2 AND open + 0 = 1"};
static const struct query get = {"guide.get", "SELECT " COLUMNS " FROM talk WHERE city = $1 AND id = $2"};
static const struct query of_person = {"guide.of_person", "SELECT " COLUMNS " FROM talk WHERE city = $1 AND person_id = $2"
                                                          " ORDER BY made_ms DESC, id LIMIT 50"};
static const struct query due = {
    "guide.due", "SELECT t.id, t.city, t.person_id, t.note, t.step, t.follow, t.open, t.by_id, t.made_ms FROM talk t"
                 " JOIN person p ON p.city = t.city AND p.id = t.person_id WHERE t.city = $1 AND t.open = 1 AND "
                 WITHIN("p.district", "$2")
                 " ORDER BY t.follow, t.id LIMIT 200"};
static const struct query forget = {"guide.forget", "DELETE FROM talk WHERE city = $1 AND person_id = $2"};
static const struct query shut = {"guide.shut", "UPDATE talk SET open = 0 WHERE city = $1 AND id = $2 AND open = 1 RETURNING id"};
const struct query *const guide_queries[] = {&add, &asked, &get, &of_person, &due, &forget, &shut, NULL};

enum err talk_add(struct request *rq, struct talk *k)
{
    enum err e = db_run(rq->tx, &asked, ARGS(I(rq->city), I(k->person_id)), NULL);
    k->id = new_id(rq);
    k->city = rq->city;
    k->open = k->follow > 0;
    k->by_id = rq->who->account_id;
    k->made_ms = rq->now_ms;
    return e ? e : record_insert(rq, &add, &talk_record, k);
}

enum err talk_get(struct request *rq, int64_t id, struct talk *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &talk_record, ret);
}

enum err talk_of_person(struct request *rq, int64_t person_id, struct talk **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_person, ARGS(I(rq->city), I(person_id)), &talk_record, (void **)ret, ret_n);
}

enum err talks_forget(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &forget, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err talk_due(struct request *rq, struct reach r, struct talk **ret, size_t *ret_n)
{
    return rows_to_records(rq, &due, ARGS(I(rq->city), REACH(r)), &talk_record, (void **)ret, ret_n);
}

enum err talk_close(struct request *rq, int64_t id)
{
    const struct val *v;
    return db_row(rq->tx, rq->a, &shut, ARGS(I(rq->city), I(id)), &v);
}
