/* offer_store.c - shifts people are asked for, and what each was asked and said. */
#include "feature/offer/offer_store.h"

#include "base/cal.h"
#include "feature/person/person.h"
#include "http/rows.h"
#include "market/hall.h"

const struct choice offer_states[] = {{"offered"}, {"willing"}, {"accepted"}, {"standby"},
                                       {"declined"}, {"expired"}, {"cancelled"}, {0}};
enum { BOTH = SEEKER | DESK };
static const struct field fields[] = {
    FIELD(struct sent_offer, id, ID, .see = BOTH, .put = NOBODY, .doc = "Offer."),
    FIELD(struct sent_offer, city, INT, .see = BOTH, .put = NOBODY, .doc = "City code."),
    FIELD(struct sent_offer, shift_id, ID, .see = BOTH, .put = NOBODY, .doc = "Shift."),
    FIELD(struct sent_offer, person_id, ID, .see = BOTH, .put = NOBODY, .doc = "Who is asked."),
    FIELD(struct sent_offer, wave, INT, .see = BOTH, .put = NOBODY, .doc = "In which wave, from 0; -1 = in none: invited alone, or asked in the hall."),
    FIELD(struct sent_offer, points, INT, .see = BOTH, .put = NOBODY, .doc = "Fit, of 100000: the rank among the answers."),
    FIELD(struct sent_offer, seats, INT, .see = BOTH, .put = NOBODY, .doc = "1, or 2 for a couple that goes only together."),
    FIELD(struct sent_offer, hall, BOOL, .see = BOTH, .put = NOBODY, .doc = "Asked in the hall: withdrawn when the person leaves it without an answer."),
    FIELD(struct sent_offer, standby, BOOL, .see = BOTH, .put = NOBODY, .doc = "Asked to stand by: the places were taken. Whoever stands by has no place, no wage and no duty; when somebody calls off until half an hour before the shift, the best gets the place and is told."),
    FIELD(struct sent_offer, state, ENUM, .choices = offer_states, .see = BOTH, .put = NOBODY, .doc = "State."),
    FIELD(struct sent_offer, made_ms, MS, .see = BOTH, .put = NOBODY, .doc = "Asked."),
    FIELD(struct sent_offer, until_ms, MS, .see = BOTH, .put = NOBODY, .doc = "Answers count until."),
    FIELD(struct sent_offer, answered_ms, MS, .see = BOTH, .put = NOBODY, .doc = "Answered."),
    FIELD(struct sent_offer, stood_ms, MS, .see = BOTH, .put = NOBODY, .doc = "Stood by and was called in because somebody did not come: when he was first asked. Whoever then says yes stands by until a place is free, also after the work began."),
    FIELD(struct sent_offer, held, INT, .see = DESK, .put = NOBODY, .virt = true, .doc = "In the list of a shift, of one that was accepted: how many of its places they have now. None once they called off, were called off or did not come."),
    {0}};
const struct record sent_offer_record = {"offer", sizeof(struct sent_offer), fields, "A shift offered to a person."};

static const struct field ask_fields[] = {
    FIELD(struct ask, city, INT, .see = DESK, .put = NOBODY, .doc = "City code."),
    FIELD(struct ask, shift_id, ID, .see = DESK, .put = NOBODY, .doc = "Shift."),
    FIELD(struct ask, waves, INT, .see = DESK, .put = NOBODY, .doc = "Waves sent so far."),
    FIELD(struct ask, going, BOOL, .see = DESK, .put = NOBODY, .doc = "Still looked after."),
    FIELD(struct ask, next_ms, MS, .see = DESK, .put = NOBODY, .doc = "The next wave goes not before."),
    FIELD(struct ask, by_id, ID, .see = DESK, .put = NOBODY, .doc = "Who of the staff began."),
    FIELD(struct ask, made_ms, MS, .see = DESK, .put = NOBODY, .doc = "Begun."),
    FIELD(struct ask, standby, INT, .see = DESK, .put = NOBODY, .doc = "So many are to stand by when the places are taken."),
    {0}};
const struct record ask_record = {"ask", sizeof(struct ask), ask_fields, "People are asked for a shift, wave by wave."};

static const struct choice whats[] = {{"arrive"}, {"leave"}, {"now"}, {"open"}, {"wait"}, {"seen"}, {0}};
static const struct field entry_fields[] = {
    FIELD(struct hall_entry, id, ID, .see = DESK, .put = NOBODY, .doc = "Entry."),
    FIELD(struct hall_entry, city, INT, .see = DESK, .put = NOBODY, .doc = "City code."),
    FIELD(struct hall_entry, day, DAY, .see = DESK, .put = NOBODY, .doc = "Day."),
    FIELD(struct hall_entry, at_ms, MS, .see = DESK, .put = NOBODY, .doc = "When."),
    FIELD(struct hall_entry, what, ENUM, .choices = whats, .see = DESK, .put = NOBODY, .doc = "Came, left, is in a hurry; a shift opened; told to wait; seen early in the morning by a desk."),
    FIELD(struct hall_entry, subject_id, ID, .see = DESK, .put = NOBODY, .doc = "Person or shift."),
    FIELD(struct hall_entry, until_ms, MS, .see = DESK, .put = NOBODY, .doc = "Has time until; begins; better usually comes."),
    {0}};
const struct record hall_entry_record = {"hall_entry", sizeof(struct hall_entry), entry_fields, "What happened in the hall."};

#define ASK "city, shift_id, waves, going, next_ms, by_id, made_ms, standby"
#define COLUMNS "id, city, shift_id, person_id, wave, points, seats, hall, standby, state, made_ms, until_ms, answered_ms, stood_ms"
static const struct query get_ask = {"offer.get_ask", "SELECT " ASK " FROM ask WHERE city = $1 AND shift_id = $2"};
static const struct query put_ask = {
    "offer.put_ask", "INSERT INTO ask (" ASK ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city, shift_id)"
                     " DO UPDATE SET waves = excluded.waves, going = excluded.going, next_ms = excluded.next_ms, standby = excluded.standby"};
static const struct query going = {"offer.going", "SELECT " ASK " FROM ask WHERE city = $1 AND going = 1 AND made_ms >= $2"
                                                  " AND (made_ms > $2 OR shift_id > $3) ORDER BY made_ms, shift_id LIMIT $4"};
static const struct query add = {
    "offer.add", "INSERT INTO offer (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"};
static const struct query again = {
    "offer.again", "UPDATE offer SET state = 'offered', wave = $3, points = $4, seats = $5, hall = 0, standby = 0, made_ms = $6, until_ms = $7,"
                   " answered_ms = 0, stood_ms = 0 WHERE city = $1 AND id = $2 AND state IN ('accepted', 'cancelled')"};
static const struct query get = {"offer.get", "SELECT " COLUMNS " FROM offer WHERE city = $1 AND id = $2"};
/* + 0: by the index of the shift, not through every offer of the city in their order. */
static const struct query of_shift = {"offer.of_shift", "SELECT " COLUMNS " FROM offer WHERE city = $1 AND shift_id = $2"
                                                        " ORDER BY id + 0"};
/* Of two who were asked as one, the places of both. */
static const struct query held = {
    "offer.held", "SELECT o.id + 0, count(*) FROM offer o JOIN hire h ON h.city = o.city AND h.shift_id = o.shift_id AND h.active_key = o.shift_id AND (h.person_id ="
                  " o.person_id OR (o.seats > 1 AND h.person_id IN (SELECT p.partner_id FROM person p WHERE p.city = o.city AND p.id = o.person_id)))"
                  " WHERE o.city = $1 AND o.shift_id = $2 AND o.state = 'accepted' GROUP BY o.id + 0 ORDER BY o.id + 0"};
static const struct query of_person = {
    "offer.of_person", "SELECT " COLUMNS " FROM offer WHERE city = $1 AND person_id IN ($2, $3)"
                       " AND (person_id = $2 OR seats > 1) AND state IN ('offered', 'willing', 'standby') ORDER BY until_ms, id LIMIT 20"};
/* Of shifts ahead of a post, or of an employer (an id is of one of the two), that are not shown (I2). */
static const struct query of_hidden = {
    "offer.of_hidden", "SELECT " COLUMNS " FROM offer WHERE city = $1 AND state IN ('offered', 'willing', 'standby') AND shift_id IN"
                       " (SELECT s.id FROM job j CROSS JOIN employer e CROSS JOIN shift s WHERE j.city = $1 AND j.id IN"
                       " (SELECT CAST($2 AS BIGINT) UNION ALL SELECT x.id FROM job x WHERE x.city = $1 AND x.employer_id = $2) AND e.city ="
                       " j.city AND e.id = j.employer_id AND (j.state <> 'open' OR e.state <> 'verified') AND s.city = j.city AND"
                       " s.job_id = j.id AND s.end_ms > $3) ORDER BY id + 0"};
static const struct query move = {"offer.move", "UPDATE offer SET state = $4, answered_ms = $5 WHERE city = $1"
                                                " AND id = $2 AND state = $3"};
static const struct query call = {
    "offer.call", "UPDATE offer SET state = 'offered', standby = 1, stood_ms = made_ms, made_ms = $3, until_ms = $4, answered_ms = 0"
                  " WHERE city = $1 AND id = $2 AND state = 'standby'"};
static const struct query calls = {
    "offer.calls", "SELECT " COLUMNS " FROM offer WHERE city = $1 AND made_ms >= $2 AND stood_ms > 0 AND EXISTS (SELECT 1 FROM shift s"
                   " JOIN job j ON j.city = s.city AND j.id = s.job_id WHERE s.city = offer.city AND s.id = offer.shift_id AND "
                   WITHIN("j.district", "$3") ") ORDER BY made_ms DESC, id LIMIT 100"};
/* Who was called in was asked twice. */
static const struct query loads = {
    "offer.loads", "SELECT person_id, count(*) FILTER (WHERE state = 'offered'), count(*) FILTER (WHERE made_ms >= $3) + count(*) FILTER (WHERE stood_ms >= $3),"
                   " count(*) FILTER (WHERE state = 'offered' AND seats > 1),"
                   " count(*) FILTER (WHERE made_ms >= $3 AND seats > 1) + count(*) FILTER (WHERE stood_ms >= $3 AND seats > 1) FROM offer WHERE city = $1 AND made_ms >= $2 GROUP BY person_id ORDER BY person_id"};
/* Kinds as in enum wave_kind. Who was called in had said yes before, and then stood by. */
static const struct query answers = {
    "offer.answers", "SELECT w.kind, CAST(sum(w.asked) AS BIGINT), CAST(sum(w.yes) AS BIGINT), CAST(sum(w.yes * w.yes) AS BIGINT),"
                     " CAST(sum(w.yes * w.asked) AS BIGINT), CAST(sum(w.asked * w.asked) AS BIGINT) FROM (SELECT o.kind, CAST(sum(o.seats) AS BIGINT) AS asked,"
                     " CAST(sum(o.yes) AS BIGINT) AS yes FROM (SELECT shift_id, seats, CASE WHEN standby = 1 THEN 2 WHEN wave > 0 THEN 1 ELSE 0 END AS kind,"
                     " CASE WHEN stood_ms > 0 OR (answered_ms > 0 AND state <> 'declined') THEN seats ELSE 0 END AS yes FROM offer WHERE city = $1"
                     " AND wave >= 0 AND until_ms > $2 AND until_ms <= $3 AND (state <> 'cancelled' OR answered_ms > 0 OR stood_ms > 0)"
                     " ORDER BY until_ms DESC LIMIT $4) o GROUP BY o.shift_id, o.kind) w GROUP BY w.kind ORDER BY w.kind"};
static const struct query log_add = {
    "hall.log_add", "INSERT INTO hall_log (id, city, day, at_ms, what, subject_id, until_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
#define ENTRY "l.id, l.city, l.day, l.at_ms, l.what, l.subject_id, l.until_ms"
/* `since`: how often its subject came or left from this entry on. One pass over the day: PostgreSQL cannot know how many
 * entries a new day has, and looked for each of 15,000 arrivals through all the others. */
static const struct query log_now = {
    "hall.log_now", "SELECT " ENTRY " FROM (SELECT w.*, sum(CASE WHEN w.what IN ('arrive', 'leave') THEN 1 ELSE 0 END)"
                    " OVER (PARTITION BY w.subject_id ORDER BY w.at_ms DESC, w.id DESC) AS since FROM hall_log w WHERE w.city = $1 AND w.day IN ($2 - 1, $2)"
                    " AND w.at_ms >= $4) l WHERE l.city = $1 AND ((l.what = 'arrive' AND l.since = 1 AND ((l.until_ms = 0 AND l.day = $2) OR l.until_ms > $3))"
                    " OR (l.what IN ('now', 'wait', 'seen') AND l.since = 0) OR (l.what = 'open' AND l.day = $2 AND l.until_ms > $3)) ORDER BY l.at_ms, l.id"};
#define SPAN "l.city = $1 AND l.day = $2 AND l.at_ms > $3 AND l.at_ms <= $4"
static const struct query log_around = {
    "hall.log_around", "SELECT " ENTRY " FROM hall_log l WHERE " SPAN " AND l.what IN ('arrive', 'open') ORDER BY l.at_ms, l.id LIMIT $5"};
static const struct query log_hour = {
    "hall.log_hour", "SELECT count(DISTINCT CASE l.what WHEN 'arrive' THEN l.subject_id END),"
                     " count(DISTINCT CASE l.what WHEN 'open' THEN l.subject_id END) FROM hall_log l WHERE " SPAN};
static const struct query log_of = {
    "hall.log_of", "SELECT " ENTRY " FROM hall_log l WHERE l.city = $1 AND l.day IN ($2 - 1, $2) AND l.subject_id = $3"
                   " AND l.at_ms >= $4 ORDER BY l.at_ms, l.id"};
static const struct query log_lacks = {
    "hall.log_lacks", "SELECT count(*) FROM shift s WHERE s.city = $1 AND (s.id = $2 OR s.job_id = $2) AND s.start_ms > $3 AND s.start_ms <= $4"
                      " AND NOT EXISTS (SELECT 1 FROM hall_log l WHERE l.city = $1 AND l.day = $5 AND l.subject_id = s.id AND l.what = 'open')"};
const struct query *const offer_queries[] = {&get_ask, &put_ask,  &going,     &add,  &again, &get,
                                             &of_shift, &held, &of_person, &of_hidden, &move, &call, &calls, &loads, &answers, &log_add, &log_now, &log_around, &log_hour, &log_of, &log_lacks, NULL};

enum err ask_get(struct request *rq, int64_t shift_id, struct ask *ret)
{
    return row_to_record(rq, &get_ask, ARGS(I(rq->city), I(shift_id)), &ask_record, ret);
}

enum err ask_or_new(struct request *rq, const struct job *j, struct ask *ret)
{
    enum err e = ask_get(rq, j->shift_id, ret);
    if (e == ERR_NONE)
        *ret = (struct ask){.city = rq->city, .shift_id = j->shift_id, .next_ms = j->start_ms, .by_id = rq->who->account_id, .made_ms = rq->now_ms};
    return e == ERR_NONE ? OK : e;
}

enum err ask_put(struct request *rq, const struct ask *k)
{
    return record_insert(rq, &put_ask, &ask_record, k);
}

enum err ask_going(struct request *rq, const struct ask *after, struct ask **ret, size_t *ret_n)
{
    return rows_to_records(rq, &going, ARGS(I(rq->city), I(after->made_ms), I(after->shift_id), I(GOING_PAGE)), &ask_record, (void **)ret, ret_n);
}

enum err offer_add(struct request *rq, struct sent_offer *o)
{
    o->id = new_id(rq);
    o->city = rq->city;
    o->made_ms = rq->now_ms;
    return record_insert(rq, &add, &sent_offer_record, o);
}

enum err offer_add_again(struct request *rq, const struct sent_offer *o)
{
    int64_t n;
    enum err e = db_run(rq->tx, &again, ARGS(I(rq->city), I(o->id), I(o->wave), I(o->points), I(o->seats), I(rq->now_ms), I(o->until_ms)), &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

enum err offer_get(struct request *rq, int64_t id, struct sent_offer *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &sent_offer_record, ret);
}

enum err offer_of_shift(struct request *rq, int64_t shift_id, struct sent_offer **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_shift, ARGS(I(rq->city), I(shift_id)), &sent_offer_record, (void **)ret, ret_n);
}

enum err offer_held(struct request *rq, int64_t shift_id, struct sent_offer *o, size_t n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &held, ARGS(I(rq->city), I(shift_id)), &rows);
    for (size_t i = 0, k = 0; !e && i < n; i++) { /* both ascend by id */
        while (k < rows.n && val_i64(row_at(&rows, k)) < o[i].id)
            k++;
        if (k < rows.n && val_i64(row_at(&rows, k)) == o[i].id)
            o[i].held = val_i64(row_at(&rows, k) + 1);
    }
    return e;
}

const struct sent_offer *offer_to(const struct sent_offer *o, size_t n, int64_t person_id)
{
    while (n-- > 0)
        if (o[n].person_id == person_id)
            return &o[n];
    return NULL;
}

bool offer_asked(const struct sent_offer *o, size_t n, int64_t person_id)
{
    return offer_to(o, n, person_id) != NULL;
}

enum err offer_of_person(struct request *rq, int64_t person_id, struct sent_offer **ret, size_t *ret_n)
{
    struct person p = {.id = 0};
    enum err e = person_get(rq, person_id, &p);
    return e && e != ERR_NONE ? e : rows_to_records(rq, &of_person, ARGS(I(rq->city), I(person_id), I(p.partner_id)), &sent_offer_record, (void **)ret, ret_n);
}

enum err offer_of_hidden(struct request *rq, int64_t id, struct sent_offer **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_hidden, ARGS(I(rq->city), I(id), I(rq->now_ms)), &sent_offer_record, (void **)ret, ret_n);
}

enum err offer_move(struct request *rq, const struct sent_offer *o, enum offer_state from)
{
    int64_t n;
    enum err e = db_run(rq->tx, &move,
                        ARGS(I(rq->city), I(o->id), T(str_c(offer_states[from].key)), T(str_c(offer_states[o->state].key)),
                             I(o->answered_ms)),
                        &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

enum err offer_call_in(struct request *rq, struct sent_offer *o, int64_t until_ms)
{
    int64_t n;
    enum err e = db_run(rq->tx, &call, ARGS(I(rq->city), I(o->id), I(rq->now_ms), I(until_ms)), &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

enum err offer_calls(struct request *rq, int64_t from_ms, struct sent_offer **ret, size_t *ret_n)
{
    return rows_to_records(rq, &calls, ARGS(I(rq->city), I(from_ms), REACH(staff_reach(rq))), &sent_offer_record, (void **)ret, ret_n);
}

struct asked offer_asked_as(const struct sent_offer *o)
{
    return (struct asked){o->person_id, o->until_ms, o->points, o->state, (int32_t)o->wave, o->seats > 1, o->standby, o->stood_ms > 0};
}

enum err offer_loads(struct request *rq, int64_t week_ms, int64_t today_ms, struct offer_load **ret, size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &loads, ARGS(I(rq->city), I(week_ms), I(today_ms)), &rows);
    *ret = NEW_N(rq->a, rows.n + 1, struct offer_load);
    *ret_n = e ? 0 : rows.n;
    for (size_t i = 0; i < *ret_n; i++) {
        const struct val *v = row_at(&rows, i);
        (*ret)[i] = (struct offer_load){val_i64(v), val_i64(v + 1), val_i64(v + 2), val_i64(v + 3), val_i64(v + 4)};
    }
    return e;
}

enum err offer_loads_now(struct request *rq, struct offer_load **ret, size_t *ret_n)
{
    return offer_loads(rq, rq->now_ms - DAY_MS, cal_ms(cal_day(rq->now_ms), 0), ret, ret_n);
}

enum { ANSWERS_DAYS = 30, ANSWERS_MAX = 5000 };

enum err offer_yes_shares(struct request *rq, struct yes_share ret[WAVE_KINDS])
{
    struct rows rows = {0};
    struct yes_counts c[WAVE_KINDS] = {0};
    struct args args = ARGS(I(rq->city), I(rq->now_ms - ANSWERS_DAYS * (int64_t)DAY_MS), I(rq->now_ms), I(ANSWERS_MAX));
    enum err e = db_rows(rq->tx, rq->a, &answers, args, &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        c[val_i64(v)] = (struct yes_counts){val_i64(v + 1), val_i64(v + 2), val_i64(v + 3), val_i64(v + 4), val_i64(v + 5)};
    }
    for (size_t k = 0; k < WAVE_KINDS; k++)
        ret[k] = offer_yes_share(&c[k]);
    return e;
}

static struct offer_load own_load(const struct offer_load *v, size_t n, int64_t person_id)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t mid = from + (to - from) / 2;
        if (v[mid].person_id < person_id)
            from = mid + 1;
        else
            to = mid;
    }
    return from < n && v[from].person_id == person_id ? v[from] : (struct offer_load){.person_id = 0};
}

struct offer_load offer_load_of(const struct offer_load *v, size_t n, int64_t person_id, int64_t partner_id)
{
    struct offer_load a = own_load(v, n, person_id), b = own_load(v, n, partner_id);
    b.open += a.pair_open;
    b.today += a.pair_today;
    return (struct offer_load){.person_id = a.person_id ? a.person_id : b.person_id,
                               .open = partner_id && b.open > a.open ? b.open : a.open,
                               .today = partner_id && b.today > a.today ? b.today : a.today};
}

enum err hall_log_add(struct request *rq, enum hall_entry_what what, int64_t subject_id, int64_t until_ms)
{
    struct hall_entry e = {new_id(rq), rq->city, cal_day(rq->now_ms), rq->now_ms, (int32_t)what, subject_id, until_ms};
    return record_insert(rq, &log_add, &hall_entry_record, &e);
}

static enum err entries(struct request *rq, const struct query *q, struct args args, struct hall_entry **ret, size_t *ret_n)
{
    return rows_to_records(rq, q, args, &hall_entry_record, (void **)ret, ret_n);
}

/* From when on the log of today is read: who comes before midnight may stay beyond it. */
static int64_t stays_from_ms(const struct request *rq)
{
    int64_t today_ms = cal_ms(cal_day(rq->now_ms), 0), ago_ms = rq->now_ms - HALL_STAY_H * (int64_t)HOUR_MS;
    return ago_ms < today_ms ? ago_ms : today_ms;
}

enum err hall_log_now(struct request *rq, struct hall_entry **ret, size_t *ret_n)
{
    return entries(rq, &log_now, ARGS(I(rq->city), I(cal_day(rq->now_ms)), I(rq->now_ms), I(stays_from_ms(rq))), ret, ret_n);
}

enum err hall_hour_of(struct request *rq, const struct hall_span *s, struct hall_hour *ret)
{
    const struct val *v;
    struct args args = ARGS(I(rq->city), I(cal_day(s->at_ms)), I(s->at_ms - s->before_ms), I(s->at_ms + s->after_ms));
    enum err e = db_row(rq->tx, rq->a, &log_hour, args, &v);
    if (!e)
        *ret = (struct hall_hour){val_i64(&v[0]), val_i64(&v[1])};
    return e;
}

enum err hall_log_around(struct request *rq, const struct hall_span *s, struct hall_entry **ret, size_t *ret_n)
{
    struct args args = ARGS(I(rq->city), I(cal_day(s->at_ms)), I(s->at_ms - s->before_ms), I(s->at_ms + s->after_ms), I(HALL_GHOSTS_MAX));
    return entries(rq, &log_around, args, ret, ret_n);
}

enum err hall_log_of(struct request *rq, int64_t person_id, struct hall_entry **ret, size_t *ret_n)
{
    return entries(rq, &log_of, ARGS(I(rq->city), I(cal_day(rq->now_ms)), I(person_id), I(stays_from_ms(rq))), ret, ret_n);
}

enum err hall_log_lacks(struct request *rq, int64_t id, int64_t from_ms, int64_t to_ms, bool *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &log_lacks, ARGS(I(rq->city), I(id), I(from_ms), I(to_ms), I(cal_day(rq->now_ms))), &v);
    *ret = !e && val_i64(v) > 0;
    return e;
}
