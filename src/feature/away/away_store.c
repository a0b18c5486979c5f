/* away_store.c - times without time, by person. */
#include "feature/away/away_store.h"

#include "http/rows.h"

enum { OWN = SEEKER | DESK };
static const struct field fields[] = {
    FIELD(struct away, id, ID, .see = OWN, .put = NOBODY, .doc = "Entry."),
    FIELD(struct away, city, INT, .see = OWN, .put = NOBODY, .doc = "City code."),
    FIELD(struct away, person_id, ID, .see = OWN, .put = NOBODY, .doc = "Whose."),
    FIELD(struct away, from_ms, MS, .see = OWN, .put = NOBODY, .doc = "From here on he has no time."),
    FIELD(struct away, to_ms, MS, .see = OWN, .put = NOBODY, .doc = "From here on he has again."),
    FIELD(struct away, from_day, DAY, .virt = true, .required = true, .see = OWN, .put = OWN, .doc = "First day, at most a year ahead."),
    FIELD(struct away, to_day, DAY, .virt = true, .see = OWN, .put = OWN, .doc = "Last day; left out: the first. At most 90 days from it."),
    FIELD(struct away, from_min, INT, .clock = true, .virt = true, .min = 0, .max = 1439, .see = OWN, .put = OWN, .doc = "Minute of the first day; 0 = from its beginning."),
    FIELD(struct away, to_min, INT, .clock = true, .virt = true, .min = 0, .max = 1440, .see = OWN, .put = OWN, .doc = "Minute of the last day; 0 = to its end."),
    FIELD(struct away, text, TEXT, .virt = true, .see = OWN, .put = NOBODY, .doc = "In words."),
    FIELD(struct away, stands, TEXT, .virt = true, .see = OWN, .put = NOBODY, .doc = "Shifts taken before that stand in it, in words; they stay until they are given back. Empty: none."),
    {0}};
const struct record away_record = {"away", sizeof(struct away), fields, "A time for which a person has said that he has none."};

#define COLUMNS "id, city, person_id, from_ms, to_ms"
static const struct query add = {"away.add", "INSERT INTO away (" COLUMNS ") VALUES ($1, $2, $3, $4, $5)"};
static const struct query get = {"away.get", "SELECT " COLUMNS " FROM away WHERE city = $1 AND person_id = $2 AND id = $3"};
static const struct query drop = {"away.drop", "DELETE FROM away WHERE city = $1 AND person_id = $2 AND id = $3"};
static const struct query forget = {"away.forget", "DELETE FROM away WHERE city = $1 AND person_id = $2"};
static const struct query of_person = {"away.of_person", "SELECT " COLUMNS " FROM away WHERE city = $1 AND person_id = $2 AND to_ms > $3"
                                                         " ORDER BY from_ms, id LIMIT 20"};
static const struct query within = {"away.within", "SELECT " COLUMNS " FROM away WHERE city = $1 AND person_id = $2 AND from_ms < $4 AND to_ms > $3"
                                                   " ORDER BY from_ms, id LIMIT 1"};
static const struct query over = {"away.over", "SELECT person_id, id FROM away WHERE city = $1 AND to_ms <= $2 LIMIT 500"};
const struct query *const away_queries[] = {&add, &get, &drop, &forget, &of_person, &within, &over, NULL};

enum err away_add(struct request *rq, struct away *a)
{
    a->id = new_id(rq);
    a->city = rq->city;
    enum err e = record_insert(rq, &add, &away_record, a);
    return e ? e : change_put(rq, "person", a->person_id);
}

enum err away_get(struct request *rq, int64_t person_id, int64_t id, struct away *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(person_id), I(id)), &away_record, ret);
}

enum err away_drop(struct request *rq, int64_t person_id, int64_t id)
{
    enum err e = db_run(rq->tx, &drop, ARGS(I(rq->city), I(person_id), I(id)), NULL);
    return e ? e : change_put(rq, "person", person_id);
}

enum err away_forget(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &forget, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err away_of(struct request *rq, int64_t person_id, struct away **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_person, ARGS(I(rq->city), I(person_id), I(rq->now_ms)), &away_record, (void **)ret, ret_n);
}

enum err away_within(struct request *rq, int64_t person_id, int64_t from_ms, int64_t to_ms, struct away *ret)
{
    return row_to_record(rq, &within, ARGS(I(rq->city), I(person_id), I(from_ms), I(to_ms)), &away_record, ret);
}

enum err away_expire(struct request *rq)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &over, ARGS(I(rq->city), I(rq->now_ms)), &rows);
    for (size_t i = 0; !e && i < rows.n; i++)
        e = away_drop(rq, val_i64(row_at(&rows, i)), val_i64(row_at(&rows, i) + 1));
    return e;
}
