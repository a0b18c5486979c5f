/* inspect_store.c - visits. */
#include "feature/inspect/inspect_store.h"

#include "base/cal.h"
#include "feature/job/job.h"
#include "feature/picture/picture.h"
#include "http/rows.h"

static const struct choice questions[] = {{"address"}, {"work"}, {"pay"}, {"no_fee"}, {"safe"}, {0}};
static const struct choice outcomes[] = {{"pass"}, {"fix"}, {"ban"}, {0}};
static const struct choice parts[] = {{"1"}, {"2"}, {"3"}, {"4"}, {"5"}, {"6"}, {"film"}, {0}};
enum { EYES = DESK | INSPECTOR };
static const struct field fields[] = {
    FIELD(struct visit, id, ID, .see = STAFF, .put = NOBODY, .doc = "Visit."),
    FIELD(struct visit, city, INT, .see = STAFF, .put = NOBODY, .doc = "City code."),
    FIELD(struct visit, district, INT, .district = true, .see = STAFF, .put = NOBODY, .doc = "District code."),
    FIELD(struct visit, job_id, ID, .see = STAFF, .put = NOBODY, .doc = "Post."),
    FIELD(struct visit, employer_id, ID, .see = STAFF, .put = NOBODY, .doc = "Employer."),
    FIELD(struct visit, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "Who went."),
    FIELD(struct visit, at_ms, MS, .see = STAFF, .put = NOBODY, .doc = "When."),
    FIELD(struct visit, place, GEO, .see = STAFF, .put = EYES, .doc = "Where he stood, WGS-84."),
    FIELD(struct visit, answers, MASK, .choices = questions, .see = STAFF, .put = EYES, .doc = "Questions answered yes."),
    FIELD(struct visit, said_fen, FEN, .min = 0, .max = 10000000, .see = STAFF, .put = EYES, .doc = "Pay as two workers said it, in the unit of the post; 0 = not asked."),
    FIELD(struct visit, note, TEXT, .max = 1000, .see = STAFF, .put = EYES, .doc = "What was seen."),
    FIELD(struct visit, outcome, ENUM, .choices = outcomes, .see = STAFF, .put = EYES, .required = true, .doc = "Result."),
    FIELD(struct visit, expires, DAY, .see = STAFF, .put = NOBODY, .doc = "To be seen again by."),
    FIELD(struct visit, employer_name, TEXT, .see = STAFF, .put = NOBODY, .virt = true, .doc = "Employer of the post."),
    FIELD(struct visit, job_title, TEXT, .see = STAFF, .put = NOBODY, .virt = true, .doc = "Title of the post."),
    FIELD(struct visit, shown, MASK, .choices = parts, .see = STAFF, .put = EYES, .doc = "Pictures, by number, and the film that everybody may see."),
    FIELD(struct visit, parts, MASK, .choices = parts, .see = STAFF, .put = NOBODY, .virt = true, .doc = "Pictures and film that have arrived."),
    FIELD(struct visit, needs, MASK, .choices = needs, .words = "needs", .see = NOBODY, .put = EYES, .virt = true, .doc = "What the work asks of the body, as seen; a post that opens keeps it."),
    {0}};
const struct record visit_record = {"visit", sizeof(struct visit), fields, "A visit to a workplace."};

#define COLUMNS(t)                                                                                     \
    t "id, " t "city, " t "district, " t "job_id, " t "employer_id, " t "by_id, " t "at_ms, " t "place_lon, " \
      t "place_lat, " t "answers, " t "said_fen, " t "note, " t "outcome, " t "expires, " t "shown"
#define LIST "SELECT " COLUMNS("v.") ", j.employer_name, j.title FROM visit v JOIN job j ON j.city = v.city AND j.id = v.job_id"
static const struct query add = {"inspect.add", "INSERT INTO visit (" COLUMNS("") ") VALUES ($1, $2, $3, $4, $5, $6, $7,"
                                                " $8, $9, $10, $11, $12, $13, $14, $15)"};
static const struct query list = {"inspect.list", LIST " WHERE v.city = $1 AND "
                                  WITHIN("v.district", "$2")
                                  " ORDER BY v.at_ms DESC, v.id LIMIT 200"};
static const struct query of_job = {"inspect.of_job", LIST " WHERE v.city = $1 AND v.job_id = $2 ORDER BY v.at_ms DESC, v.id LIMIT 20"};
static const struct query between = {"inspect.between", LIST " WHERE v.city = $1 AND v.at_ms >= $2 AND v.at_ms < $3 ORDER BY v.at_ms, v.id LIMIT 5000"};
static const struct query get = {"inspect.get", "SELECT " COLUMNS("") " FROM visit WHERE city = $1 AND id = $2"};
/* Posts that wait, and open ones whose visit is too long ago or never was; none that was seen today. What
 * screening stopped comes first, then the longest unseen. */
static const struct query next = {
    "inspect.next",
    "SELECT j.id, j.city, j.district, j.employer_id, j.employer_name, j.title, j.text, j.address, j.place_lon, j.place_lat,"
    " j.pay_unit, j.pay_fen, j.rhythm, j.needs, j.heads, j.state, j.findings,"
    " (SELECT min(s.start_ms) FROM shift s WHERE s.city = j.city AND s.job_id = j.id AND s.start_ms >= $2 AND s.cap > 0),"
    " (SELECT s.end_ms FROM shift s WHERE s.city = j.city AND s.job_id = j.id AND s.start_ms >= $2 AND s.cap > 0 ORDER BY s.start_ms, s.id LIMIT 1),"
    " (SELECT max(v.at_ms) FROM visit v WHERE v.city = j.city AND v.job_id = j.id),"
    " (SELECT count(*) FROM complaint c WHERE c.city = j.city AND c.employer_id = j.employer_id AND c.state = 'open'),"
    " (SELECT count(*) FROM visit v WHERE v.city = j.city AND v.employer_id = j.employer_id)"
    " FROM job j WHERE j.city = $1 AND j.state IN ('submitted', 'held', 'open') AND j.valid_to >= $4"
    " AND NOT EXISTS (SELECT 1 FROM visit v WHERE v.city = j.city AND v.job_id = j.id AND v.at_ms >= $3)"
    " AND (j.state <> 'open' OR j.level <> 'visited' OR j.verified_ms < $5)"
    " AND " WITHIN("j.district", "$6")
    " ORDER BY CASE j.state WHEN 'held' THEN 0 WHEN 'submitted' THEN 1 ELSE 2 END, j.verified_ms, j.id LIMIT 300"};
const struct query *const inspect_queries[] = {&add, &list, &of_job, &between, &get, &next, NULL};

enum err visit_add(struct request *rq, const struct visit *v)
{
    return record_insert(rq, &add, &visit_record, v);
}

enum err visit_get(struct request *rq, int64_t id, struct visit *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &visit_record, ret);
}

/* The parts of v[0..n), whose ids lie in from..to. Both are in the order of time, so the next part belongs to
 * the visit of the last one or to a neighbour. */
static enum err fill_between(struct request *rq, struct visit *v, size_t n, int64_t from, int64_t to)
{
    struct piece *p;
    size_t n_parts, k = 0;
    enum err e = piece_numbers(rq, (struct piece){"visit", from, 0}, to, &p, &n_parts);
    for (size_t i = 0; !e && i < n_parts; i++)
        for (size_t d = 0; d < n; d++) {
            size_t up = (k + d) % n, down = (k + n - d) % n, at = v[up].id == p[i].about_id ? up : down;
            if (v[at].id != p[i].about_id)
                continue;
            k = at;
            if (p[i].n >= 1 && p[i].n <= VISIT_FILM)
                v[k].parts |= 1u << (p[i].n - 1);
            break;
        }
    return e;
}

/* A few may lie far apart, with the parts of many others between them. */
static enum err fill_parts(struct request *rq, struct visit *v, size_t n)
{
    enum { FEW = 20 };
    int64_t from = INT64_MAX, to = 0;
    enum err e = OK;
    for (size_t i = 0; !e && i < n; i++) {
        from = v[i].id < from ? v[i].id : from;
        to = v[i].id > to ? v[i].id : to;
        if (n <= FEW)
            e = fill_between(rq, v + i, 1, v[i].id, v[i].id);
    }
    return e || n <= FEW ? e : fill_between(rq, v, n, from, to);
}

static enum err listed(struct request *rq, const struct query *q, struct args args, struct visit **ret, size_t *ret_n)
{
    struct rows rows;
    size_t width = record_width(&visit_record);
    enum err e = db_rows(rq->tx, rq->a, q, args, &rows);
    if (e)
        return e;
    *ret = NEW_N(rq->a, rows.n + 1, struct visit);
    *ret_n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        struct visit *v = &(*ret)[i];
        record_from_row(rq->a, &visit_record, rq->app->seal, row_at(&rows, i), v);
        v->employer_name = val_str(row_at(&rows, i) + width);
        v->job_title = val_str(row_at(&rows, i) + width + 1);
    }
    return fill_parts(rq, *ret, rows.n);
}

enum err visit_list(struct request *rq, struct reach r, int64_t job_id, struct visit **ret, size_t *ret_n)
{
    return listed(rq, job_id ? &of_job : &list, job_id ? ARGS(I(rq->city), I(job_id)) : ARGS(I(rq->city), REACH(r)), ret, ret_n);
}

enum err visit_between(struct request *rq, int64_t from_ms, int64_t to_ms, struct visit **ret, size_t *ret_n)
{
    return listed(rq, &between, ARGS(I(rq->city), I(from_ms), I(to_ms)), ret, ret_n);
}

enum err visit_next_list(struct request *rq, struct reach r, struct visit_next **ret, size_t *ret_n)
{
    struct rows rows;
    size_t width = record_width(&visit_next_record);
    int32_t today = cal_day(rq->now_ms);
    int64_t old_ms = rq->now_ms - rule_number(rq, "inspection.expiry_days", 30) * DAY_MS;
    enum err e = db_rows(rq->tx, rq->a, &next, ARGS(I(rq->city), I(rq->now_ms), I(cal_ms(today, 0)), I(today), I(old_ms), REACH(r)), &rows);
    if (e)
        return e;
    *ret = NEW_N(rq->a, rows.n + 1, struct visit_next);
    *ret_n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        struct visit_next *x = &(*ret)[i];
        const struct val *v = row_at(&rows, i);
        record_from_row(rq->a, &visit_next_record, rq->app->seal, v, x);
        x->complaints = val_i64(v + width);
        x->visits = val_i64(v + width + 1);
    }
    return OK;
}
