/* hire_store.c - hires, one row each; what was agreed never changes, what happens does. */
#include "feature/hire/hire_store.h"

#include <string.h>

#include "base/buf.h"
#include "base/cal.h"
#include "feature/hire/hire_rules.h"
#include "feature/job/job.h"
#include "http/rows.h"
#include "http/store.h"

const struct choice hire_hows[] = {{"unknown"}, {"cash"}, {"bank"}, {"wechat"}, {"alipay"}, {0}};
const struct choice hire_states[] = {{"taken"},   {"working"},  {"done"},
                                       {"agreed"},  {"paid"},     {"settled"},
                                       {"disputed"}, {"cancelled_worker"}, {"cancelled_employer"}, {"no_show"}, {"called_off"}, {0}};
static const struct choice offs[] = {{"none"}, {"post"}, {"employer"}, {0}};
enum { TEAM = SEEKER | POSTER | STAFF };
static const struct field fields[] = {
    FIELD(struct hire, id, ID, .see = TEAM, .put = NOBODY, .doc = "Hire."),
    FIELD(struct hire, city, INT, .see = TEAM, .put = NOBODY, .doc = "City code."),
    FIELD(struct hire, shift_id, ID, .see = TEAM, .put = NOBODY, .doc = "Shift."),
    FIELD(struct hire, job_id, ID, .see = TEAM, .put = NOBODY, .doc = "Post."),
    FIELD(struct hire, employer_id, ID, .see = TEAM, .put = NOBODY, .doc = "Employer, accountable for the wage (W10)."),
    FIELD(struct hire, person_id, ID, .see = TEAM, .put = NOBODY, .doc = "Worker."),
    FIELD(struct hire, title, TEXT, .see = TEAM, .put = NOBODY, .doc = "Work, as agreed."),
    FIELD(struct hire, employer_name, TEXT, .see = TEAM, .put = NOBODY, .doc = "Employer, as agreed."),
    FIELD(struct hire, address, TEXT, .see = TEAM, .put = NOBODY, .doc = "Place, as agreed."),
    FIELD(struct hire, terms, TEXT, .see = TEAM, .put = NOBODY, .doc = "The terms card, frozen."),
    FIELD(struct hire, terms_en, TEXT, .see = TEAM, .put = NOBODY, .doc = "The same in English, frozen with it."),
    FIELD(struct hire, lang, INT, .see = STAFF, .put = NOBODY, .doc = "In which language the worker took it: 0 Chinese, 1 English."),
    FIELD(struct hire, pay_unit, ENUM, .choices = pay_units, .see = TEAM, .put = NOBODY, .doc = "Pay is per."),
    FIELD(struct hire, pay_fen, FEN, .see = TEAM, .put = NOBODY, .doc = "Pay per unit, as agreed."),
    FIELD(struct hire, state, ENUM, .choices = hire_states, .see = TEAM, .put = NOBODY, .doc = "State."),
    FIELD(struct hire, start_ms, MS, .see = TEAM, .put = NOBODY, .doc = "Begins."),
    FIELD(struct hire, end_ms, MS, .see = TEAM, .put = NOBODY, .doc = "Ends."),
    FIELD(struct hire, break_min, INT, .see = TEAM, .put = NOBODY, .doc = "Unpaid break, minutes."),
    FIELD(struct hire, in_ms, MS, .see = TEAM, .put = NOBODY, .doc = "Checked in."),
    FIELD(struct hire, out_ms, MS, .see = TEAM, .put = NOBODY, .doc = "Checked out."),
    FIELD(struct hire, minutes, INT, .see = TEAM, .put = NOBODY, .doc = "Paid minutes, as agreed or decided; before that, what check-in and check-out propose."),
    FIELD(struct hire, pieces, INT, .see = TEAM, .put = NOBODY, .doc = "Pieces, as agreed or decided."),
    FIELD(struct hire, worker_ok, BOOL, .see = TEAM, .put = NOBODY, .doc = "The worker has said his numbers."),
    FIELD(struct hire, employer_ok, BOOL, .see = TEAM, .put = NOBODY, .doc = "The employer has."),
    FIELD(struct hire, worker_minutes, INT, .see = TEAM, .put = NOBODY, .doc = "Minutes, as the worker says."),
    FIELD(struct hire, worker_pieces, INT, .see = TEAM, .put = NOBODY, .doc = "Pieces, as the worker says."),
    FIELD(struct hire, employer_minutes, INT, .see = TEAM, .put = NOBODY, .doc = "Minutes, as the employer says."),
    FIELD(struct hire, employer_pieces, INT, .see = TEAM, .put = NOBODY, .doc = "Pieces, as the employer says."),
    FIELD(struct hire, apart_ms, MS, .see = TEAM, .put = NOBODY, .doc = "Since when one has said a number that the other has not; none while they agree."),
    FIELD(struct hire, decided, BOOL, .see = TEAM, .put = NOBODY, .doc = "A mediator or the desk set the numbers, or left a mark as it was; why stands in the audit."),
    FIELD(struct hire, wage_fen, FEN, .see = TEAM, .put = NOBODY, .doc = "Wage due."),
    FIELD(struct hire, paid_how, ENUM, .choices = hire_hows, .see = TEAM, .put = NOBODY, .doc = "How the wage came."),
    FIELD(struct hire, agreed_ms, MS, .see = TEAM, .put = NOBODY, .doc = "Both confirmed the numbers; the wage is owed."),
    FIELD(struct hire, paid_ms, MS, .see = TEAM, .put = NOBODY, .doc = "The employer said paid."),
    FIELD(struct hire, ended_ms, MS, .see = TEAM, .put = NOBODY, .doc = "Called off, or found missing."),
    FIELD(struct hire, off_why, ENUM, .choices = offs, .see = TEAM, .put = NOBODY, .doc = "Why the market called it off, or stopped where he works: the post was refused, or the firm suspended."),
    FIELD(struct hire, excused, BOOL, .see = TEAM, .put = NOBODY, .doc = "A desk heard why; it counts against nobody."),
    FIELD(struct hire, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "Taken at the desk by."),
    FIELD(struct hire, made_ms, MS, .see = TEAM, .put = NOBODY, .doc = "The contract moment."),
    FIELD(struct hire, with_shift_id, ID, .see = SEEKER | STAFF, .put = NOBODY, .doc = "The shift that the other of a couple took in the same act, where it is another."),
    FIELD(struct hire, who, TEXT, .see = TEAM, .put = NOBODY, .virt = true, .doc = "The worker, masked."),
    FIELD(struct hire, missing_ms, MS, .see = TEAM, .put = NOBODY, .virt = true, .doc = "From when on it may be said that he has not come; only in lists, of who has not been checked in."),
    {0}};
const struct record hire_record = {"hire", sizeof(struct hire), fields, "A shift taken by a person."};

static const struct choice acts[] = {{"confirm"}, {"paid"}, {"cancel"}, {"no_show"}, {0}};
static const struct field said_fields[] = {
    FIELD(struct hire_said, id, ID, .see = TEAM, .put = NOBODY, .doc = "Line."),
    FIELD(struct hire_said, city, INT, .see = TEAM, .put = NOBODY, .doc = "City code."),
    FIELD(struct hire_said, hire_id, ID, .see = TEAM, .put = NOBODY, .doc = "Hire."),
    FIELD(struct hire_said, act, ENUM, .choices = acts, .see = TEAM, .put = NOBODY, .doc = "What was done for the employer."),
    FIELD(struct hire_said, reason, TEXT, .see = TEAM, .put = NOBODY, .seal = SEAL_REST, .doc = "How staff knew what he wants."),
    FIELD(struct hire_said, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "Who said it for him."),
    FIELD(struct hire_said, at_ms, MS, .see = TEAM, .put = NOBODY, .doc = "When."),
    {0}};
const struct record hire_said_record = {"hire_said", sizeof(struct hire_said), said_fields, "What staff said for an employer."};

#define COLUMNS                                                                                    \
    "id, city, shift_id, job_id, employer_id, person_id, title, employer_name, address, terms, terms_en, lang, pay_unit," \
    " pay_fen, state, start_ms, end_ms, break_min, in_ms, out_ms, minutes, pieces, worker_ok,"       \
    " employer_ok, worker_minutes, worker_pieces, employer_minutes, employer_pieces, apart_ms, decided, wage_fen, paid_how, agreed_ms, paid_ms, ended_ms, off_why, excused, by_id, made_ms, with_shift_id"
#define ACTIVE "state IN ('taken', 'working', 'done', 'agreed', 'paid', 'settled', 'disputed')"
static const struct query add = {
    "hire.add", "INSERT INTO hire (" COLUMNS ", active_key) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
                " $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30,"
                " $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41) ON CONFLICT DO NOTHING"};
static const struct query put = {
    "hire.put", "UPDATE hire SET state = $4, in_ms = $5, out_ms = $6, minutes = $7, pieces = $8, worker_ok = $9,"
                " employer_ok = $10, wage_fen = $11, paid_how = $12, agreed_ms = $13, paid_ms = $14, ended_ms = $15,"
                " worker_minutes = $16, worker_pieces = $17, employer_minutes = $18, employer_pieces = $19, apart_ms = $20, decided = $21, off_why = $22 WHERE city = $1 AND id = $2 AND state || '' = $3"};
static const struct query excuse = {"hire.excuse", "UPDATE hire SET excused = $3 WHERE city = $1 AND id = $2"};
static const struct query give_up = {"hire.give_up", "UPDATE hire SET active_key = id WHERE city = $1 AND id = $2"};
static const struct query take_up = {"hire.take_up", "UPDATE hire SET active_key = shift_id WHERE city = $1 AND id = $2"};
static const struct query get = {"hire.get", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND id = $2"};
static const struct query of_person = {"hire.of_person", "SELECT " COLUMNS " FROM hire WHERE city = $1"
                                                         " AND person_id = $2 ORDER BY start_ms DESC, id LIMIT 100"};
static const struct query of_person_after = {
    "hire.of_person_after", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND person_id = $2 AND start_ms <= $3 AND (start_ms < $3 OR id > $4)"
                            " ORDER BY start_ms DESC, id LIMIT 100"};
static const struct query sums = {
    "hire.sums", "SELECT count(*) FILTER (WHERE out_ms > 0 OR (wage_fen > 0 AND state IN ('agreed', 'paid', 'settled', 'disputed'))), CAST(coalesce(sum(wage_fen) FILTER (WHERE state = 'settled'), 0) AS BIGINT)"
                 " FROM hire WHERE city = $1 AND person_id = $2"};
/* Behind $3 and $4: what is not paid yet and began before $5, by an index of that alone, and all that began later. */
#define BEHIND "start_ms >= $3 AND (start_ms > $3 OR id > $4)"
static const struct query of_employer = {
    "hire.of_employer", "SELECT " COLUMNS " FROM (SELECT * FROM (SELECT " COLUMNS " FROM hire WHERE city = $1 AND employer_id = $2 AND " BEHIND
                        " AND start_ms < $5 AND state IN ('working', 'done', 'agreed', 'disputed') ORDER BY start_ms, id LIMIT 500) a"
                        " UNION ALL SELECT * FROM (SELECT " COLUMNS " FROM hire WHERE city = $1 AND employer_id = $2 AND " BEHIND
                        " AND start_ms >= $5 ORDER BY start_ms, id LIMIT 500) b) h ORDER BY start_ms, id LIMIT 500"};
/* What hire_holds may keep a person for. */
static const struct query holding = {
    "hire.holding", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND person_id = $2 AND (state IN ('taken', 'working', 'done', 'agreed', 'paid',"
                    " 'disputed') OR apart_ms > 0) ORDER BY start_ms, id LIMIT 1000"};
static const struct query unsay = {
    "hire.unsay", "UPDATE hire_said SET reason = $3 WHERE city = $1 AND hire_id IN (SELECT id FROM hire WHERE city = $1 AND person_id = $2)"};
static const struct query line_down = {"hire.line_down", "DELETE FROM person_day WHERE city = $1 AND person_id = $2"};
static const struct query line_up = {
    "hire.line_up", "INSERT INTO person_day (city, person_id, n) VALUES ($1, $2, 1)"
                    " ON CONFLICT (city, person_id) DO UPDATE SET n = person_day.n + 1"};
/* By the person alone: read by start, as PostgreSQL prefers while it knows no statistics, everybody who takes work on
 * a day is in the way of everybody else. */
static const struct query near = {
    "hire.near", "SELECT h.start_ms, h.end_ms, h.break_min, j.place_lon, j.place_lat FROM hire h JOIN job j ON j.city = h.city"
                 " AND j.id = h.job_id WHERE h.city = $1 AND h.person_id = $2 AND h." ACTIVE
                 " AND h.start_ms + 0 < $4 AND h.end_ms > $3 ORDER BY h.start_ms + 0 LIMIT $5"};
static const struct query counts = {
    "hire.counts", "SELECT (SELECT count(*) FROM hire WHERE city = $1 AND made_ms >= $2 AND " ACTIVE "),"
                   " count(*) FILTER (WHERE in_ms >= $2),"
                   " count(*) FILTER (WHERE out_ms >= $2 AND state IN ('paid', 'settled'))"
                   " FROM hire WHERE city = $1 AND start_ms >= $3 AND " ACTIVE};
static const struct query turnout = {
    "hire.turnout", "SELECT count(*) FILTER (WHERE h.state <> 'no_show'), count(*) FILTER (WHERE h.state = 'no_show') FROM (SELECT state FROM hire"
                    " WHERE city = $1 AND start_ms >= $2 AND start_ms < $3 AND excused = 0"
                    " AND state NOT IN ('taken', 'cancelled_worker', 'cancelled_employer', 'called_off') ORDER BY start_ms DESC LIMIT $4) h"};
static const struct query begun = {"hire.begun", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND start_ms >= $2 AND start_ms < $3"
                                                 " ORDER BY start_ms, id LIMIT 20000"};
static const struct query made = {"hire.made", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND made_ms >= $2 AND made_ms < $3 AND " ACTIVE
                                               " ORDER BY made_ms, id LIMIT 20000"};
static const struct query disputed = {
    "hire.disputed", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND state = 'disputed' AND EXISTS (SELECT 1 FROM person p WHERE"
                     " p.city = hire.city AND p.id = hire.person_id AND " WITHIN("p.district", "$2")
                     ") AND start_ms >= $3 AND (start_ms > $3 OR id > $4) ORDER BY start_ms, id LIMIT 200"};
/* hire_missing_ms in SQL: $4 is for who took it at short notice, within $5 ms of the start. */
static const struct query missing = {
    "hire.missing", "SELECT count(*) FROM hire WHERE city = $1 AND shift_id = $2 AND state || '' = 'taken' AND start_ms + 0 <= $3 AND (made_ms + 0 <= $4 OR made_ms <= start_ms - $5)"};
#define SAID_COLUMNS "id, city, hire_id, act, reason, by_id, at_ms"
static const struct query said_add = {"hire.said_add", "INSERT INTO hire_said (" SAID_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7)"};
static const struct query said_of = {"hire.said_of", "SELECT " SAID_COLUMNS " FROM hire_said WHERE city = $1 AND hire_id = $2 ORDER BY at_ms, id LIMIT 50"};
/* Whoever is to come to a post ($4; 0 = any) of a firm, or is there. */
static const struct query to_stop = {
    "hire.to_stop", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND employer_id = $2 AND start_ms >= $3 - 86400000 AND end_ms > $3"
                    " AND (job_id = $4 OR $4 = 0) AND (state = 'taken' OR (state = 'working' AND off_why = 'none')) ORDER BY start_ms, id LIMIT $5"};
static const struct query stopped = {
    "hire.stopped", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND off_why <> 'none' AND start_ms >= $2 AND state <> 'settled' AND EXISTS"
                    " (SELECT 1 FROM person p WHERE p.city = hire.city AND p.id = hire.person_id AND "
                    WITHIN("p.district", "$3") ") ORDER BY start_ms, id LIMIT 500"};
static const struct query stop_later = {"hire.stop_later", "INSERT INTO stopping (city, what, id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"};
static const struct query stop_next = {"hire.stop_next", "SELECT what, id FROM stopping WHERE city = $1 ORDER BY what, id LIMIT 1"};
static const struct query stop_done = {"hire.stop_done", "DELETE FROM stopping WHERE city = $1 AND what = $2 AND id = $3"};
static const struct query apart = {
    "hire.apart", "SELECT " COLUMNS " FROM hire WHERE city = $1 AND apart_ms > 0 AND (state = 'no_show' OR apart_ms <= $2) AND EXISTS (SELECT 1 FROM person p"
                  " WHERE p.city = hire.city AND p.id = hire.person_id AND " WITHIN("p.district", "$3")
                  ") ORDER BY apart_ms, id LIMIT 200"};
/* I1 and I3 as one number: shifts whose count is wrong, and pairs that overlap. */
static const struct query wrong_shifts = {
    "hire.wrong_shifts", "SELECT count(*) FROM shift s WHERE s.city = $1 AND (s.taken > s.cap OR s.taken <>"
                         " (SELECT count(*) FROM hire h WHERE h.city = s.city AND h.shift_id = s.id AND h." ACTIVE "))"};
static const struct query wrong_people = {
    "hire.wrong_people", "SELECT count(*) FROM hire a JOIN hire b ON b.city = a.city AND b.person_id = a.person_id"
                         " AND b.id > a.id AND b.start_ms < a.end_ms AND b.end_ms > a.start_ms"
                         " WHERE a.city = $1 AND a." ACTIVE " AND b." ACTIVE};
/* A page of hires with what the ledger and the chain hold of each. */
#define IN_BOOKS(account) "(SELECT CAST(coalesce(sum(l.amount_fen), 0) AS BIGINT) FROM ledger l WHERE l.city = hire.city AND l.hire_id = hire.id AND l.account = '" account "')"
static const struct query agreed = {
    "hire.agreed", "SELECT " COLUMNS ", " IN_BOOKS("employer.cost") ", " IN_BOOKS("worker.due") ", " IN_BOOKS("employer.paid")
                   ", coalesce((SELECT a.reason FROM audit a WHERE a.city = hire.city AND a.object_id = hire.id AND a.object = 'hire'"
                   " AND a.action = $3 ORDER BY a.at_ms LIMIT 1), '') FROM hire WHERE city = $1 AND id > $2 ORDER BY id LIMIT 500"};
const char hire_terms_action[] = "agree terms";
const struct query *const hire_queries[] = {&agreed, &add,      &put,    &give_up, &take_up, &excuse, &get,          &of_person, &of_person_after, &holding, &unsay, &line_down, &sums, &of_employer, &line_up,
                                            &near, &counts, &turnout, &begun, &made, &missing, &disputed, &apart, &wrong_shifts, &wrong_people, &said_add, &said_of, &to_stop, &stopped, &stop_later, &stop_next, &stop_done, NULL};

static int64_t active_key(const struct hire *h)
{
    return hire_active(h) ? h->shift_id : h->id; /* one active hire per person and shift */
}

enum err hire_add(struct request *rq, const struct hire *h)
{
    int64_t n;
    size_t w = record_width(&hire_record);
    struct val *v = NEW_N(rq->a, w + 1, struct val);
    memcpy(v, record_to_vals(rq->a, &hire_record, rq->app->seal, h), w * sizeof *v);
    v[w] = I(active_key(h));
    enum err e = db_run(rq->tx, &add, (struct args){v, w + 1}, &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    e = change_put(rq, "person", h->person_id);
    return e ? e : app_tell(rq, "hire", h->id);
}

enum err hire_put(struct request *rq, enum hire_state from, const struct hire *h)
{
    int64_t n;
    enum err e = db_run(rq->tx, &put,
                        ARGS(I(rq->city), I(h->id), T(str_c(hire_states[from].key)), T(str_c(hire_states[h->state].key)),
                             I(h->in_ms), I(h->out_ms), I(h->minutes), I(h->pieces), I(h->worker_ok),
                             I(h->employer_ok), I(h->wage_fen), T(str_c(hire_hows[h->paid_how].key)), I(h->agreed_ms), I(h->paid_ms),
                             I(h->ended_ms), I(h->worker_minutes), I(h->worker_pieces), I(h->employer_minutes), I(h->employer_pieces),
                             I(h->apart_ms), I(h->decided), T(str_c(offs[h->off_why].key))),
                        &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    if (!hire_active(h))
        e = db_run(rq->tx, &give_up, ARGS(I(rq->city), I(h->id)), NULL);
    else if (from == HIRE_NO_SHOW)
        e = db_run(rq->tx, &take_up, ARGS(I(rq->city), I(h->id)), NULL);
    /* Somebody who came is as busy as before: the engine has nothing to learn from a check-in. */
    return e || h->state == HIRE_WORKING ? e : change_put(rq, "person", h->person_id);
}

enum lang hire_lang(const struct hire *h)
{
    return h->lang ? LANG_EN : LANG_ZH;
}

enum err hire_excuse(struct request *rq, const struct hire *h, bool excused)
{
    enum err e = db_run(rq->tx, &excuse, ARGS(I(rq->city), I(h->id), I(excused)), NULL);
    return e ? e : change_put(rq, "person", h->person_id);
}

enum err hire_get(struct request *rq, int64_t id, struct hire *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &hire_record, ret);
}

enum err hire_of_person(struct request *rq, int64_t person_id, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_person, ARGS(I(rq->city), I(person_id)), &hire_record, (void **)ret, ret_n);
}

enum err hire_of_person_after(struct request *rq, const struct hire *behind, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_person_after, ARGS(I(rq->city), I(behind->person_id), I(behind->start_ms), I(behind->id)), &hire_record,
                           (void **)ret, ret_n);
}

enum err hire_holding(struct request *rq, int64_t person_id, struct hire **ret, size_t *ret_n)
{
    size_t n, kept = 0;
    enum err e = rows_to_records(rq, &holding, ARGS(I(rq->city), I(person_id)), &hire_record, (void **)ret, &n);
    for (size_t i = 0; !e && i < n && kept < HIRE_HOLDING_MOST; i++)
        if (hire_holds(&(*ret)[i], rq->now_ms))
            (*ret)[kept++] = (*ret)[i];
    *ret_n = kept;
    return e;
}

enum err hires_forget(struct request *rq, int64_t person_id)
{
    enum err e = db_run(rq->tx, &unsay, ARGS(I(rq->city), I(person_id), B(S(""))), NULL);
    return e ? e : db_run(rq->tx, &line_down, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err hire_sums(struct request *rq, int64_t person_id, struct hire_sums *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &sums, ARGS(I(rq->city), I(person_id)), &v);
    if (!e)
        *ret = (struct hire_sums){val_i64(v), val_i64(v + 1)};
    return e;
}

enum err hire_of_employer(struct request *rq, const struct hire *behind, int64_t from_ms, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_employer, ARGS(I(rq->city), I(behind->employer_id), I(behind->start_ms), I(behind->id), I(from_ms)),
                           &hire_record, (void **)ret, ret_n);
}

enum err hire_near(struct request *rq, int64_t person_id, int64_t from_ms, int64_t to_ms, struct calendar *ret)
{
    struct rows rows = {0};
    enum err e = db_run(rq->tx, &line_up, ARGS(I(rq->city), I(person_id)), NULL);
    if (!e)
        e = db_rows(rq->tx, rq->a, &near, ARGS(I(rq->city), I(person_id), I(from_ms), I(to_ms), I(CALENDAR_MAX)), &rows);
    ret->n = e ? 0 : rows.n;
    for (size_t i = 0; i < ret->n; i++) {
        const struct val *v = row_at(&rows, i);
        ret->v[i] = (struct span){val_i64(v), val_i64(v + 1), val_i64(v + 2), point_of((struct geo){val_f64(v + 3), val_f64(v + 4)})};
    }
    return e;
}

enum err hire_turnout(struct request *rq, int64_t from_ms, struct hire_turnout *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &turnout, ARGS(I(rq->city), I(from_ms), I(rq->now_ms), I(TURNOUT_MOST)), &v);
    if (!e)
        *ret = (struct hire_turnout){val_i64(v), val_i64(v + 1)};
    return e;
}

enum err hire_count(struct request *rq, int64_t from_ms, struct hire_counts *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &counts, ARGS(I(rq->city), I(from_ms), I(from_ms - 2 * DAY_MS)), &v);
    if (!e)
        *ret = (struct hire_counts){val_i64(v), val_i64(v + 1), val_i64(v + 2)};
    return e;
}

enum err hire_begun(struct request *rq, int64_t from_ms, int64_t to_ms, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &begun, ARGS(I(rq->city), I(from_ms), I(to_ms)), &hire_record, (void **)ret, ret_n);
}

enum err hire_made(struct request *rq, int64_t from_ms, int64_t to_ms, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &made, ARGS(I(rq->city), I(from_ms), I(to_ms)), &hire_record, (void **)ret, ret_n);
}

enum err hire_missing(struct request *rq, int64_t shift_id, int64_t *ret)
{
    const struct val *v;
    int64_t expected_ms = rq->now_ms - MISSING_MIN * MIN_MS;
    struct args args = ARGS(I(rq->city), I(shift_id), I(expected_ms), I(expected_ms - COME_MIN * MIN_MS), I(SHORT_NOTICE_MIN * MIN_MS));
    enum err e = db_row(rq->tx, rq->a, &missing, args, &v);
    if (!e)
        *ret = val_i64(v);
    return e;
}

enum err hire_disputed(struct request *rq, const struct hire *behind, struct reach r, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &disputed, ARGS(I(rq->city), REACH(r), I(behind->start_ms), I(behind->id)), &hire_record, (void **)ret, ret_n);
}

enum err hire_said_add(struct request *rq, const struct hire_said *s)
{
    return record_insert(rq, &said_add, &hire_said_record, s);
}

enum err hire_said_of(struct request *rq, int64_t hire_id, struct hire_said **ret, size_t *ret_n)
{
    return rows_to_records(rq, &said_of, ARGS(I(rq->city), I(hire_id)), &hire_said_record, (void **)ret, ret_n);
}

enum err hire_stopped_list(struct request *rq, int64_t from_ms, struct reach r, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &stopped, ARGS(I(rq->city), I(from_ms), REACH(r)), &hire_record, (void **)ret, ret_n);
}

enum err hire_to_stop(struct request *rq, int64_t employer_id, int64_t job_id, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &to_stop, ARGS(I(rq->city), I(employer_id), I(rq->now_ms), I(job_id), I(STOP_PAGE)), &hire_record, (void **)ret,
                           ret_n);
}

enum err stop_put(struct request *rq, struct str what, int64_t id)
{
    return db_run(rq->tx, &stop_later, ARGS(I(rq->city), T(what), I(id)), NULL);
}

enum err stop_drop(struct request *rq, struct str what, int64_t id)
{
    return db_run(rq->tx, &stop_done, ARGS(I(rq->city), T(what), I(id)), NULL);
}

enum err stop_waiting(struct request *rq, struct str *ret_what, int64_t *ret_id)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &stop_next, ARGS(I(rq->city)), &v);
    *ret_what = e ? S("") : val_str(v);
    *ret_id = e ? 0 : val_i64(v + 1);
    return e == ERR_NONE ? OK : e;
}

enum err hire_apart(struct request *rq, struct reach r, int64_t until_ms, struct hire **ret, size_t *ret_n)
{
    return rows_to_records(rq, &apart, ARGS(I(rq->city), I(until_ms), REACH(r)), &hire_record, (void **)ret, ret_n);
}

enum err hire_check(struct request *rq, int64_t *ret_bad)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &wrong_shifts, ARGS(I(rq->city)), &v);
    *ret_bad = e ? 0 : val_i64(v);
    if (!e)
        e = db_row(rq->tx, rq->a, &wrong_people, ARGS(I(rq->city)), &v);
    if (!e)
        *ret_bad += val_i64(v);
    return e;
}

struct str hire_terms_digest(struct arena *a, const struct hire *h)
{
    const int64_t v[] = {h->id, h->shift_id, h->job_id, h->employer_id, h->person_id, h->pay_unit, h->pay_fen, h->start_ms, h->end_ms, h->break_min};
    struct buf b;
    buf_init(&b, a, 1 << 16);
    for (size_t i = 0; i < sizeof v / sizeof *v; i++)
        buf_fmt(&b, "%lld|", (long long)v[i]);
    buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s", SV(h->title), SV(h->employer_name), SV(h->address), SV(h->terms));
    if (h->terms_en.n) /* older terms have none, and the digest they were bound with */
        buf_fmt(&b, "|%.*s", SV(h->terms_en));
    return audit_digest(a, buf_str(&b));
}

static bool is_as_agreed(struct request *rq, struct arena *a, const struct val *v)
{
    struct hire h = {0};
    const struct val *more = v + record_width(&hire_record);
    record_from_row(a, &hire_record, rq->app->seal, v, &h);
    struct books b = {val_i64(more), val_i64(more + 1), val_i64(more + 2)};
    struct str bound = val_str(more + 3);
    return hire_books_true(&h, &b) && (!bound.n || str_eq(bound, hire_terms_digest(a, &h)));
}

enum err hire_check_agreed(struct request *rq, int64_t *ret_bad)
{
    enum err e = OK;
    int64_t after = 0;
    *ret_bad = 0;
    for (bool more = true; !e && more;) {
        struct arena page;
        struct rows rows = {0};
        arena_init(&page, 0);
        e = db_rows(rq->tx, &page, &agreed, ARGS(I(rq->city), I(after), T(str_c(hire_terms_action))), &rows);
        more = !e && rows.n;
        for (size_t i = 0; more && i < rows.n; i++) {
            *ret_bad += !is_as_agreed(rq, &page, row_at(&rows, i));
            after = val_i64(row_at(&rows, i)); /* the id stands first */
        }
        arena_done(&page);
    }
    return e;
}
