/* certificate_store.c - certificates, one of a kind per person. */
#include "feature/certificate/certificate_store.h"

#include "base/cal.h"
#include "feature/job/job.h"
#include "http/rows.h"

enum { EYES = SEEKER | DESK };
static const struct field fields[] = {
    FIELD(struct certificate, id, ID, .see = EYES, .put = NOBODY, .doc = "Certificate."),
    FIELD(struct certificate, city, INT, .see = EYES, .put = NOBODY, .doc = "City code."),
    FIELD(struct certificate, person_id, ID, .see = EYES, .put = NOBODY, .doc = "Whose."),
    FIELD(struct certificate, paper, ENUM, .choices = papers, .words = "papers", .see = EYES, .put = DESK, .required = true, .doc = "Which."),
    FIELD(struct certificate, number, TEXT, .max = 40, .see = EYES, .put = DESK, .seal = SEAL_IDNUM, .doc = "Number on it."),
    FIELD(struct certificate, to_day, DAY, .see = EYES, .put = DESK, .doc = "Its last day; none only where it does not run out."),
    FIELD(struct certificate, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "Who saw the original."),
    FIELD(struct certificate, made_ms, MS, .see = EYES, .put = NOBODY, .doc = "When."),
    {0}};
const struct record certificate_record = {"certificate", sizeof(struct certificate), fields, "A certificate whose original was seen."};

#define COLUMNS "id, city, person_id, paper, number, to_day, by_id, made_ms"
static const struct query of_person = {"certificate.of_person", "SELECT " COLUMNS " FROM certificate WHERE city = $1"
                                                                " AND person_id = $2 ORDER BY paper"};
static const struct query put = {
    "certificate.put", "INSERT INTO certificate (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city,"
                       " person_id, paper) DO UPDATE SET id = excluded.id, number = excluded.number, to_day ="
                       " excluded.to_day, by_id = excluded.by_id, made_ms = excluded.made_ms"};
static const struct query drop = {
    "certificate.drop", "DELETE FROM certificate WHERE city = $1 AND person_id = $2 AND paper = $3"};
static const struct query forget = {"certificate.forget", "DELETE FROM certificate WHERE city = $1 AND person_id = $2"};
const struct query *const certificate_queries[] = {&of_person, &put, &drop, &forget, NULL};

enum err certificates_forget(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &forget, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err certificates_of(struct request *rq, int64_t person_id, struct certificate **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_person, ARGS(I(rq->city), I(person_id)), &certificate_record, (void **)ret, ret_n);
}

enum err certificate_put(struct request *rq, struct certificate *c)
{
    c->id = new_id(rq);
    c->city = rq->city;
    c->made_ms = rq->now_ms;
    enum err e = record_insert(rq, &put, &certificate_record, c);
    return e ? e : change_put(rq, "person", c->person_id);
}

enum err certificate_drop(struct request *rq, int64_t person_id, struct str paper)
{
    int64_t n;
    enum err e = db_run(rq->tx, &drop, ARGS(I(rq->city), I(person_id), T(paper)), &n);
    return e ? e : n ? change_put(rq, "person", person_id) : ERR_NONE;
}

enum err certificates_on(struct request *rq, int64_t person_id, int32_t day, uint32_t *ret)
{
    struct certificate *v;
    size_t n;
    enum err e = certificates_of(rq, person_id, &v, &n);
    *ret = 0;
    for (size_t i = 0; !e && i < n; i++)
        if (!v[i].to_day || v[i].to_day >= day)
            *ret |= 1u << v[i].paper;
    return e;
}
