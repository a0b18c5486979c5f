/* job_store.c - posts and shifts. Every query that shows something to seekers carries the same four
 * conditions of invariant I2. */
#include "feature/job/job.h"

#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job_store.h"
#include "http/rows.h"

const struct choice trades[] = {
    {"other"},   {"sewing"},   {"cutting"},  {"ironing"},  {"garment_check"}, {"handwork"},  {"packing"},
    {"warehouse"}, {"loading"}, {"courier"}, {"assembly"}, {"guard"},         {"cleaning"},  {"kitchen"},
    {"waiter"},  {"shop"},     {"promotion"}, {"elder_care"}, {"domestic"},   {"construction"}, {"repair"},
    {"driver"},  {"office"},   {"phone"},    {"teaching"}, {0}};
const struct choice needs[] = {{"standing"}, {"lifting"}, {"night"}, {"heat"}, {"height"}, {0}};
const struct choice offers[] = {{"day_pay"}, {"meals"}, {"lodging"}, {"seated"}, {"indoor"}, {"older"}, {0}};
const struct choice papers[] = {{"health"}, {"guard"}, {"electric"}, {"forklift"}, {"welding"}, {0}};
const struct choice skills[] = {{"flat_machine"}, {"overlock"}, {"coverstitch"}, {"cutting"}, {"pattern"}, {"ironing"},
                                {"leather"}, {"soldering"}, {"cooking"}, {"dim_sum"}, {"cashier"}, {"elder_care"},
                                {"infant_care"}, {"driving"}, {"computer"}, {"first_aid"}, {0}};
const struct choice pay_units[] = {{"hour"}, {"day"}, {"month"}, {"piece"}, {0}};
const struct choice rhythms[] = {{"day"}, {"week"}, {"half_month"}, {"month"}, {0}};
const struct choice job_states[] = {{"submitted"}, {"held"}, {"open"}, {"closed"}, {"refused"}, {0}};
const struct choice check_levels[] = {{"none"}, {"papers"}, {"phoned"}, {"visited"}, {0}};

enum { EDIT = POSTER | DESK, TEAM = POSTER | STAFF, STATE = EDIT | INSPECTOR | ADMIN };
static const struct field fields[] = {
    FIELD(struct job, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Post."),
    FIELD(struct job, city, INT, .see = ANYONE, .put = NOBODY, .doc = "City code."),
    FIELD(struct job, district, INT, .district = true, .see = ANYONE, .put = EDIT, .doc = "District code, whose staff verify the post; the one that the address names when left out, else that of the firm."),
    FIELD(struct job, employer_id, ID, .see = ANYONE, .put = DESK, .doc = "Employer; the desk may post for one."),
    FIELD(struct job, employer_name, TEXT, .max = 80, .see = ANYONE, .put = NOBODY, .doc = "Its name."),
    FIELD(struct job, title, TEXT, .min = 2, .max = 60, .see = ANYONE, .put = EDIT, .required = true, .doc = "What work."),
    FIELD(struct job, trade, ENUM, .choices = trades, .see = ANYONE, .put = EDIT, .doc = "Trade."),
    FIELD(struct job, occupation, TEXT, .max = 12, .see = ANYONE, .put = NOBODY, .doc = "Occupation code, 2022."),
    FIELD(struct job, text, TEXT, .min = 4, .max = 8000, .see = ANYONE, .put = EDIT, .required = true, .doc = "What is done, what is asked, dangers."),
    FIELD(struct job, address, TEXT, .min = 2, .max = 120, .see = ANYONE, .put = EDIT, .required = true, .doc = "Where."),
    FIELD(struct job, place, GEO, .more = true, .see = ANYONE, .put = EDIT, .doc = "WGS-84."),
    FIELD(struct job, pay_unit, ENUM, .choices = pay_units, .see = ANYONE, .put = EDIT, .doc = "Pay is per hour, day, month or piece."),
    FIELD(struct job, pay_fen, FEN, .min = 1, .max = 10000000, .see = ANYONE, .put = EDIT, .required = true, .doc = "Gross pay per unit."),
    FIELD(struct job, pay_max_fen, FEN, .more = true, .min = 0, .max = 10000000, .see = ANYONE, .put = EDIT, .doc = "Upper end of a range."),
    FIELD(struct job, piece_norm, INT, .min = 0, .max = 100000, .see = ANYONE, .put = EDIT, .doc = "Pieces a usual worker makes an hour."),
    FIELD(struct job, rhythm, ENUM, .choices = rhythms, .see = ANYONE, .put = EDIT, .required = true, .doc = "When pay comes."),
    FIELD(struct job, needs, MASK, .choices = needs, .see = ANYONE, .put = EDIT, .doc = "What the work asks of the body; left out: what the words say. Night where the hours are."),
    FIELD(struct job, offers, MASK, .choices = offers, .see = ANYONE, .put = EDIT, .doc = "What comes with it; day_pay follows the rhythm."),
    FIELD(struct job, papers, MASK, .choices = papers, .see = ANYONE, .put = EDIT, .doc = "Certificates the law asks for."),
    FIELD(struct job, skills, MASK, .choices = skills, .words = "skills", .more = true, .see = ANYONE, .put = EDIT, .doc = "Skills that must be known."),
    FIELD(struct job, skills_wanted, MASK, .choices = skills, .words = "skills", .more = true, .see = ANYONE, .put = EDIT, .doc = "Skills that are welcome when practised."),
    FIELD(struct job, valid_to, DAY, .see = ANYONE, .put = EDIT, .required = true, .doc = "Last day shown (P02)."),
    FIELD(struct job, source, TEXT, .max = 40, .see = ANYONE, .put = NOBODY, .doc = "Where it came from (P03)."),
    FIELD(struct job, source_id, TEXT, .max = 80, .see = TEAM, .put = NOBODY, .doc = "Its id there."),
    FIELD(struct job, state, ENUM, .choices = job_states, .see = ANYONE, .put = NOBODY, .doc = "State."),
    FIELD(struct job, findings, TEXT, .max = 4000, .see = TEAM, .put = NOBODY, .doc = "What screening found."),
    FIELD(struct job, verified_by, ID, .see = STAFF, .put = NOBODY, .doc = "Who verified."),
    FIELD(struct job, verified_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "When."),
    FIELD(struct job, level, ENUM, .choices = check_levels, .see = ANYONE, .put = NOBODY, .doc = "How it was verified."),
    FIELD(struct job, made_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "Posted."),
    FIELD(struct job, heads, INT, .see = TEAM, .put = NOBODY, .doc = "People wanted, as posted."),
    FIELD(struct job, shift_id, ID, .see = ANYONE, .put = NOBODY, .virt = true, .doc = "Shift."),
    FIELD(struct job, start_ms, MS, .see = ANYONE, .put = EDIT, .virt = true, .doc = "Begins."),
    FIELD(struct job, end_ms, MS, .see = ANYONE, .put = EDIT, .virt = true, .doc = "Ends."),
    FIELD(struct job, break_min, INT, .min = 0, .max = 300, .see = ANYONE, .put = EDIT, .virt = true, .doc = "Unpaid break, minutes."),
    FIELD(struct job, cap, INT, .min = 1, .max = 5000, .see = ANYONE, .put = EDIT, .virt = true, .doc = "How many people."),
    FIELD(struct job, look, BOOL, .see = NOBODY, .put = EDIT, .virt = true, .doc = "Screening sent it back (rule post_doubtful) and the poster says it is lawful: it waits for a person to look."),
    FIELD(struct job, taken, INT, .see = ANYONE, .put = NOBODY, .virt = true, .doc = "Places taken."),
    FIELD(struct job, left, INT, .see = ANYONE, .put = NOBODY, .virt = true, .doc = "Places left."),
    FIELD(struct job, shifts, INT, .see = STAFF, .put = NOBODY, .virt = true, .doc = "Of one that waits: shifts ahead."),
    FIELD(struct job, said_needs, MASK, .choices = needs, .words = "needs", .see = STAFF, .put = NOBODY, .virt = true, .doc = "Of one that waits: what its words say of the body."),
    FIELD(struct job, said_from_min, INT, .see = STAFF, .put = NOBODY, .virt = true, .doc = "Of one that waits: begin by its words, minute of the day; both 0 where none stands."),
    FIELD(struct job, said_to_min, INT, .see = STAFF, .put = NOBODY, .virt = true, .doc = "End; over 1440 on the next day."),
    FIELD(struct job, said_break_min, INT, .see = STAFF, .put = NOBODY, .virt = true, .doc = "Break, minutes."),
    {0}};
const struct record job_record = {"job", sizeof(struct job), fields, "A post, with one shift in lists."};
static const struct field shift_fields[] = {
    FIELD(struct shift, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Shift."),
    FIELD(struct shift, city, INT, .see = ANYONE, .put = NOBODY, .doc = "City code."),
    FIELD(struct shift, job_id, ID, .see = ANYONE, .put = NOBODY, .doc = "Post."),
    FIELD(struct shift, start_ms, MS, .see = ANYONE, .put = STATE, .required = true, .doc = "Begins."),
    FIELD(struct shift, end_ms, MS, .see = ANYONE, .put = STATE, .required = true, .doc = "Ends."),
    FIELD(struct shift, break_min, INT, .min = 0, .max = 300, .see = ANYONE, .put = STATE, .doc = "Unpaid break, minutes."),
    FIELD(struct shift, cap, INT, .min = 1, .max = 5000, .see = ANYONE, .put = STATE, .required = true, .doc = "How many people."),
    FIELD(struct shift, taken, INT, .see = ANYONE, .put = NOBODY, .doc = "Places taken."),
    {0}};
const struct record shift_record = {"shift", sizeof(struct shift), shift_fields, "One shift of a post."};

static const struct field pay_fields[] = {
    FIELD(struct trade_pay, trade, ENUM, .choices = trades, .see = NOBODY, .put = NOBODY, .doc = "Trade."),
    FIELD(struct trade_pay, left, INT, .see = NOBODY, .put = NOBODY, .doc = "Free places."),
    FIELD(struct trade_pay, paid_left, INT, .see = NOBODY, .put = NOBODY, .doc = "Those of which the pay of a shift is known;"),
    FIELD(struct trade_pay, min_fen, FEN, .see = NOBODY, .put = NOBODY, .doc = "A shift pays at least,"),
    FIELD(struct trade_pay, max_fen, FEN, .see = NOBODY, .put = NOBODY, .doc = "and at most."),
    {0}};
static const struct record trade_pay_record = {"trade_pay", sizeof(struct trade_pay), pay_fields, "What is open in a trade."};

#define COLUMNS(t)                                                                                 \
    t "id, " t "city, " t "district, " t "employer_id, " t "employer_name, " t "title, " t "trade, " t \
      "occupation, " t "text, " t "address, " t "place_lon, " t "place_lat, " t "pay_unit, " t       \
      "pay_fen, " t "pay_max_fen, " t "piece_norm, " t "rhythm, " t "needs, " t "offers, " t         \
      "papers, " t "skills, " t "skills_wanted, " t "valid_to, " t "source, " t "source_id, " t "state, " t "findings, " t            \
      "verified_by, " t "verified_ms, " t "level, " t "made_ms, " t "heads"
#define SHIFT "id, city, job_id, start_ms, end_ms, break_min, cap, taken"
#define SHIFT_TAIL ", s.id, s.start_ms, s.end_ms, s.break_min, s.cap, s.taken"
#define SHOWN                                                                                      \
    " FROM shift s JOIN job j ON j.city = s.city AND j.id = s.job_id JOIN employer e ON e.city ="   \
    " j.city AND e.id = j.employer_id WHERE s.city = $1 AND j.state = 'open' AND j.verified_by > 0"  \
    " AND e.state = 'verified' AND j.valid_to >= $2 AND s.cap > 0"
static const struct query add = {
    "job.add", "INSERT INTO job (" COLUMNS("") ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
               " $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32) ON CONFLICT DO NOTHING"};
static const struct query add_shift = {
    "job.add_shift", "INSERT INTO shift (" SHIFT ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"};
static const struct query get = {"job.get", "SELECT " COLUMNS("") " FROM job WHERE city = $1 AND id = $2"};
static const struct query of_shift = {
    "job.of_shift", "SELECT " COLUMNS("j.") SHIFT_TAIL " FROM shift s JOIN job j ON j.city = s.city AND j.id = s.job_id"
                    " WHERE s.city = $1 AND s.id = $2"};
#define AHEAD " AND s.start_ms >= $3 AND s.start_ms < $4 AND s.taken < s.cap"
static const struct query shown = {
    "job.shown", "SELECT " COLUMNS("j.") SHIFT_TAIL SHOWN AHEAD " AND (s.start_ms > $3 OR s.id > $6) ORDER BY s.start_ms, s.id LIMIT $5"};
static const struct query shown_of = {
    "job.shown_of", "SELECT " COLUMNS("j.") SHIFT_TAIL SHOWN AHEAD " AND s.job_id IN (SELECT x.id FROM job x WHERE x.city = $1"
                    " AND x.employer_id = $5) ORDER BY s.start_ms + 0, s.id LIMIT 200"};
/* $5 degrees of longitude, $6 of latitude, $7 the square of what one of the first is in the second, $8 of the radius. */
static const struct query shown_near = {
    "job.shown_near", "SELECT " COLUMNS("j.") SHIFT_TAIL SHOWN AHEAD " AND (j.place_lon - $5) * (j.place_lon - $5) * $7"
                      " + (j.place_lat - $6) * (j.place_lat - $6) <= $8 ORDER BY s.start_ms, s.id LIMIT $9"};
static const struct query shown_latest = {
    "job.shown_latest", "SELECT " COLUMNS("j.") SHIFT_TAIL SHOWN AHEAD " ORDER BY j.verified_ms DESC, s.id DESC LIMIT $5"};
/* job_shift_fen of every shift, in SQL. */
#define PLANNED_MIN "((s.end_ms - s.start_ms) / 60000 - s.break_min)"
#define PAID_MIN "(CASE WHEN " PLANNED_MIN " > 0 THEN " PLANNED_MIN " ELSE 480 END)"
#define SHIFT_FEN                                                                                  \
    "(CASE j.pay_unit WHEN 'day' THEN j.pay_fen WHEN 'hour' THEN j.pay_fen * " PAID_MIN " / 60"       \
    " WHEN 'piece' THEN j.pay_fen * j.piece_norm * " PAID_MIN " / 60 ELSE 0 END)"
static const struct query pays = {
    "job.pays", "SELECT trade, CAST(sum(n) AS BIGINT), CAST(coalesce(sum(n) FILTER (WHERE fen > 0), 0) AS BIGINT),"
                " coalesce(min(fen) FILTER (WHERE fen > 0), 0), coalesce(max(fen) FILTER (WHERE fen > 0), 0)"
                " FROM (SELECT j.trade, s.cap - s.taken AS n, " SHIFT_FEN " AS fen" SHOWN AHEAD ") a GROUP BY trade"
                " ORDER BY sum(n) FILTER (WHERE fen > 0) DESC NULLS LAST, trade"};
static const struct query of_day = {
    "job.of_day", "SELECT " COLUMNS("j.") SHIFT_TAIL " FROM shift s JOIN job j ON j.city = s.city AND j.id = s.job_id"
                  " WHERE s.city = $1 AND s.start_ms >= $2 AND s.start_ms < $3 AND s.cap > 0 AND (j.state = 'open' OR s.taken > 0)"
                  " ORDER BY s.start_ms, s.id LIMIT 5000"};
static const struct query shown_one = {"job.shown_one", "SELECT " COLUMNS("j.") SHIFT_TAIL SHOWN " AND s.id = $3"};
static const struct query shown_these = {
    "job.shown_these", "SELECT " COLUMNS("j.") SHIFT_TAIL SHOWN " AND s.taken < s.cap AND s.id IN ($3, $4, $5, $6, $7, $8, $9,"
                       " $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22)"};
static const struct query of_employer = {
    "job.of_employer", "SELECT " COLUMNS("j.") SHIFT_TAIL " FROM job j LEFT JOIN shift s ON s.city = j.city AND s.job_id = j.id AND s.cap > 0"
                       " WHERE j.city = $1 AND j.employer_id = $2 AND (s.id IS NOT NULL OR j.state IN ('submitted', 'held', 'open'))"
                       " ORDER BY s.start_ms + 0 DESC NULLS FIRST, j.id DESC LIMIT 200"};
static const struct query in_state = {
    "job.in_state", "SELECT " COLUMNS("j.") SHIFT_TAIL ", (SELECT count(*) FROM shift c WHERE c.city = j.city AND c.job_id = j.id AND"
                    " c.start_ms >= $5 AND c.cap > 0) FROM job j LEFT JOIN shift s ON s.city = j.city AND s.id = (SELECT x.id FROM shift x WHERE"
                    " x.city = j.city AND x.job_id = j.id AND x.start_ms >= $5 AND x.cap > 0 ORDER BY x.start_ms, x.id LIMIT 1) WHERE j.city = $1"
                    " AND j.state = $2 AND " WITHIN("j.district", "$3")
                    " AND j.made_ms >= $6 AND (j.made_ms > $6 OR j.id > $4) AND ($2 <> 'open' OR (j.source <> 'self' AND s.id IS NULL))"
                    " ORDER BY j.made_ms, j.id LIMIT 200"};
static const struct query every = {
    "job.every", "SELECT " COLUMNS("j.") SHIFT_TAIL " FROM job j LEFT JOIN shift s ON s.city = j.city AND s.job_id = j.id AND s.cap > 0 WHERE j.city = $1"
                 " AND j.id >= $2 AND (j.id > $2 OR s.id > $3) ORDER BY j.id, s.id + 0 NULLS LAST LIMIT $4"};
static const struct query shifts = {"job.shifts", "SELECT " SHIFT
                                                  " FROM shift WHERE city = $1 AND job_id = $2 AND cap > 0 ORDER BY start_ms"};
/* Nobody has a place, and it has not begun: no places any more. The row stays for what was said of it. */
static const struct query take_back = {
    "job.take_back", "UPDATE shift SET cap = 0 WHERE city = $1 AND job_id = $2 AND id = $3 AND taken = 0 AND start_ms > $4"};
static const struct query move = {"job.move",
                                  "UPDATE job SET state = $4 WHERE city = $1 AND id = $2 AND state = $3"};
static const struct query verify = {
    "job.verify", "UPDATE job SET state = 'open', verified_by = $3, verified_ms = $4, level = $5 WHERE city = $1"
                  " AND id = $2 AND (state IN ('submitted', 'held') OR (state = 'open' AND $5 = 'visited'))"};
static const struct query set_rhythm = {"job.set_rhythm", "UPDATE job SET rhythm = $3, offers = $4 WHERE city = $1 AND id = $2 AND verified_by = 0"};
static const struct query set_needs = {"job.set_needs", "UPDATE job SET needs = $3 WHERE city = $1 AND id = $2"};
static const struct query note = {
    "job.note", "UPDATE job SET findings = $3, state = 'held' WHERE city = $1 AND id = $2 AND state IN ('submitted', 'held')"};
static const struct query say = {"job.say", "UPDATE job SET findings = $3 WHERE city = $1 AND id = $2"};
static const struct query give_to = {
    "job.give_to", "UPDATE job SET employer_id = $3, employer_name = $4 WHERE city = $1 AND id = $2 AND employer_id = 0 AND state IN ('submitted', 'held')"};
static const struct query lies_in = {
    "job.lies_in", "UPDATE job SET district = $3 WHERE city = $1 AND id = $2 AND state IN ('submitted', 'held')"};
static const struct query give_all = {
    "job.give_all", "UPDATE job SET employer_id = $3, employer_name = $4 WHERE city = $1 AND employer_id = $2"};
static const struct query take = {
    "job.take", "UPDATE shift SET taken = taken + $3 WHERE city = $1 AND id = $2 AND taken + $3 <= cap"};
static const struct query give_back = {
    "job.give_back", "UPDATE shift SET taken = taken - $3 WHERE city = $1 AND id = $2 AND taken >= $3"};
static const struct query worked = {
    "job.worked", "UPDATE shift SET taken = taken + 1, cap = CASE WHEN taken < cap THEN cap ELSE taken + 1 END WHERE city = $1 AND id = $2"};
static const struct query close_old = {
    "job.close_old", "UPDATE job SET state = 'closed' WHERE city = $1 AND state = 'open' AND valid_to < $2"};
/* Shifts ahead of open posts that may pay less than $3 an hour or $4 a month. */
static const struct query maybe_underpaid = {
    "job.maybe_underpaid", "SELECT " COLUMNS("j.") SHIFT_TAIL SHOWN " AND s.start_ms >= $3 AND CASE j.pay_unit WHEN 'month' THEN j.pay_fen < $5"
                           " WHEN 'piece' THEN j.pay_fen * j.piece_norm < $4 WHEN 'day' THEN j.pay_fen * 3600000 < $4 * (s.end_ms -"
                           " s.start_ms) ELSE j.pay_fen < $4 END ORDER BY s.start_ms, s.id LIMIT 1000"};
static const struct query of_job = {
    "job.of_job", "SELECT " COLUMNS("j.") SHIFT_TAIL " FROM shift s JOIN job j ON j.city = s.city AND j.id = s.job_id"
                  " WHERE s.city = $1 AND s.job_id = $2 AND s.start_ms >= $3 AND s.cap > 0 ORDER BY s.start_ms LIMIT 500"};
static const struct query alike = {
    "job.alike", "SELECT " COLUMNS("") " FROM job WHERE city = $1 AND employer_id = $2 AND title = $3 AND address = $4"
                 " AND pay_unit = $5 AND pay_fen = $6 AND pay_max_fen = $7 AND state <> 'closed' AND state <> 'refused' ORDER BY made_ms LIMIT 100"};
static const struct query by_source = {
    "job.by_source", "SELECT " COLUMNS("") " FROM job WHERE city = $1 AND source = $2 AND source_id = $3"};
static const struct query pictures_about = {
    "job.pictures_about", "SELECT p.id, j.id, j.title, j.district FROM picture p JOIN job j ON j.city = p.city AND j.id = p.about_id WHERE"
                          " p.city = $1 AND p.about = $2 AND " WITHIN("j.district", "$3")
                          " ORDER BY p.made_ms, p.id LIMIT 200"};
static const struct query unseen = {
    "job.unseen", "SELECT count(*) FROM job j LEFT JOIN employer e ON e.city = j.city AND e.id = j.employer_id WHERE j.city = $1 AND"
                  " j.state = 'open' AND (j.verified_by <= 0 OR j.verified_ms <= 0 OR e.id IS NULL OR e.state = 'new' OR e.verified_ms <= 0)"};
const struct query *const job_queries[] = {&unseen, &pictures_about, &by_source, &add,      &add_shift, &get,    &of_shift, &shown, &shown_of, &shown_near, &shown_latest, &pays, &of_day, &shown_one, &shown_these,
                                           &of_employer, &in_state, &every, &shifts, &take_back, &say, &give_to, &lies_in, &give_all, &move,    &verify, &take,
                                           &give_back, &worked, &close_old, &set_needs, &set_rhythm, &note, &alike, &maybe_underpaid, &of_job, NULL};

static void tail(struct job *j, const struct val *v)
{
    j->shift_id = val_i64(v);
    j->start_ms = val_i64(v + 1);
    j->end_ms = val_i64(v + 2);
    j->break_min = val_i64(v + 3);
    j->cap = val_i64(v + 4);
    j->taken = val_i64(v + 5);
    j->left = j->cap - j->taken;
}

enum { SHIFT_WIDTH = 6 };

static enum err many(struct request *rq, const struct query *q, struct args args, struct job **ret, size_t *ret_n)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, q, args, &rows);
    if (e)
        return e;
    *ret = NEW_N(rq->a, rows.n, struct job);
    *ret_n = rows.n;
    size_t width = record_width(&job_record);
    for (size_t i = 0; i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        record_from_row(rq->a, &job_record, rq->app->seal, v, &(*ret)[i]);
        if (rows.cols > width)
            tail(&(*ret)[i], v + width);
        if (rows.cols > width + SHIFT_WIDTH)
            (*ret)[i].shifts = val_i64(v + width + SHIFT_WIDTH);
    }
    return OK;
}

static enum err one(struct request *rq, const struct query *q, struct args args, struct job *ret)
{
    struct job *v;
    size_t n;
    enum err e = many(rq, q, args, &v, &n);
    if (!e && n)
        *ret = v[0];
    return e ? e : n ? OK : ERR_NONE;
}

enum err job_get(struct request *rq, int64_t id, struct job *ret)
{
    return one(rq, &get, ARGS(I(rq->city), I(id)), ret);
}

enum err job_of_shift(struct request *rq, int64_t id, struct job *ret)
{
    return one(rq, &of_shift, ARGS(I(rq->city), I(id)), ret);
}

/* City and day, and what is asked of the shifts ahead. */
#define SHOWN_ARGS(from_ms, to_ms, ...) ARGS(I(rq->city), I(cal_day(rq->now_ms)), I(from_ms), I(to_ms), __VA_ARGS__)

enum err job_shown(struct request *rq, int64_t from_ms, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n)
{
    return many(rq, &shown, SHOWN_ARGS(from_ms, to_ms, I(limit), I(0)), ret, ret_n);
}

enum err job_shown_after(struct request *rq, const struct job *after, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n)
{
    if (after->start_ms < rq->now_ms)
        return job_shown(rq, rq->now_ms, to_ms, limit, ret, ret_n);
    return many(rq, &shown, SHOWN_ARGS(after->start_ms, to_ms, I(limit), I(after->shift_id)), ret, ret_n);
}

enum err job_shown_of(struct request *rq, int64_t employer_id, int64_t to_ms, struct job **ret, size_t *ret_n)
{
    return many(rq, &shown_of, SHOWN_ARGS(rq->now_ms, to_ms, I(employer_id)), ret, ret_n);
}

enum err job_shown_near(struct request *rq, struct circle c, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n)
{
    double narrow = point_cos(point_of(c.place).lat) / 65536.0, radius = c.m / 111195.0;
    return many(rq, &shown_near,
                SHOWN_ARGS(rq->now_ms, to_ms, F(c.place.lon), F(c.place.lat), F(narrow * narrow), F(radius * radius), I(limit)), ret, ret_n);
}

enum err job_shown_latest(struct request *rq, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n)
{
    return many(rq, &shown_latest, SHOWN_ARGS(rq->now_ms, to_ms, I(limit)), ret, ret_n);
}

enum err job_pays(struct request *rq, int64_t from_ms, int64_t to_ms, struct trade_pay **ret, size_t *ret_n)
{
    struct args args = ARGS(I(rq->city), I(cal_day(rq->now_ms)), I(from_ms), I(to_ms));
    return rows_to_records(rq, &pays, args, &trade_pay_record, (void **)ret, ret_n);
}

enum err job_of_day(struct request *rq, int64_t from_ms, int64_t to_ms, struct job **ret, size_t *ret_n)
{
    return many(rq, &of_day, ARGS(I(rq->city), I(from_ms), I(to_ms)), ret, ret_n);
}

enum err job_shown_one(struct request *rq, int64_t id, struct job *ret)
{
    return one(rq, &shown_one, ARGS(I(rq->city), I(cal_day(rq->now_ms)), I(id)), ret);
}

enum err job_shown_these(struct request *rq, const int64_t *ids, size_t n, struct job *ret, bool *ret_shown)
{
    enum { BATCH = 20 };
    enum err e = OK;
    for (size_t from = 0; !e && from < n; from += BATCH) {
        struct val v[BATCH + 2] = {I(rq->city), I(cal_day(rq->now_ms))};
        struct job *found;
        size_t n_found = 0, more = n - from < BATCH ? n - from : BATCH;
        for (size_t i = 0; i < BATCH; i++)
            v[i + 2] = I(i < more ? ids[from + i] : 0);
        e = many(rq, &shown_these, (struct args){v, BATCH + 2}, &found, &n_found);
        for (size_t k = 0; k < n_found; k++)
            for (size_t i = from; i < from + more; i++)
                if (ids[i] == found[k].shift_id) {
                    ret[i] = found[k];
                    ret_shown[i] = true;
                }
    }
    return e;
}

enum err job_of_employer(struct request *rq, int64_t id, struct job **ret, size_t *ret_n)
{
    return many(rq, &of_employer, ARGS(I(rq->city), I(id)), ret, ret_n);
}

enum err job_in_state(struct request *rq, const struct job *behind, struct reach r, struct job **ret, size_t *ret_n)
{
    return many(rq, &in_state, ARGS(I(rq->city), T(str_c(job_states[behind->state].key)), REACH(r), I(behind->id), I(rq->now_ms), I(behind->made_ms)), ret, ret_n);
}

enum err job_every(struct request *rq, const struct job *after, int64_t limit, struct job **ret, size_t *ret_n)
{
    return many(rq, &every, ARGS(I(rq->city), I(after->id), I(after->shift_id), I(limit)), ret, ret_n);
}

enum err job_shifts(struct request *rq, int64_t job_id, struct shift **ret, size_t *ret_n)
{
    return rows_to_records(rq, &shifts, ARGS(I(rq->city), I(job_id)), &shift_record, (void **)ret, ret_n);
}

/* That pay comes on the day is said once, by the rhythm; as an offer it is what wishes are compared with. */
static uint32_t offers_with(uint32_t others, enum rhythm r)
{
    return (others & ~(1u << OFFER_DAY_PAY)) | (uint32_t)(r == RHYTHM_DAY) << OFFER_DAY_PAY;
}

enum err job_add(struct request *rq, struct job *j)
{
    j->offers = offers_with(j->offers, (enum rhythm)j->rhythm);
    struct val *v = record_to_vals(rq->a, &job_record, rq->app->seal, j);
    int64_t n = 0;
    enum err e = db_run(rq->tx, &add, (struct args){v, record_width(&job_record)}, &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    return change_put(rq, "job", j->id);
}

enum err shift_add(struct request *rq, const struct shift *s)
{
    enum err e = record_insert(rq, &add_shift, &shift_record, s);
    return e ? e : change_put(rq, "shift", s->id);
}

enum err shift_take_back(struct request *rq, int64_t job_id, int64_t id)
{
    int64_t n;
    enum err e = db_run(rq->tx, &take_back, ARGS(I(rq->city), I(job_id), I(id), I(rq->now_ms)), &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    e = change_put(rq, "shift", id);
    return e ? e : app_tell(rq, "shift", id);
}

enum err job_give_to(struct request *rq, int64_t id, const struct employer *to)
{
    int64_t n;
    enum err e = db_run(rq->tx, &give_to, ARGS(I(rq->city), I(id), I(to->id), T(to->name)), &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    return change_put(rq, "job", id);
}

enum err job_lies_in(struct request *rq, int64_t id, int64_t district)
{
    int64_t n;
    enum err e = db_run(rq->tx, &lies_in, ARGS(I(rq->city), I(id), I(district)), &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    return change_put(rq, "job", id);
}

enum err job_give_all(struct request *rq, int64_t from_id, const struct employer *to)
{
    return db_run(rq->tx, &give_all, ARGS(I(rq->city), I(from_id), I(to->id), T(to->name)), NULL);
}

enum err job_move(struct request *rq, int64_t id, enum job_state from, enum job_state to)
{
    int64_t n;
    enum err e = db_run(rq->tx, &move,
                        ARGS(I(rq->city), I(id), T(str_c(job_states[from].key)), T(str_c(job_states[to].key))), &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    e = change_put(rq, "job", id);
    return e ? e : app_tell(rq, "job", id);
}

enum err job_verify(struct request *rq, int64_t id, enum level level)
{
    int64_t n, by = rq->who->account_id ? rq->who->account_id : 1;
    enum err e = db_run(rq->tx, &verify,
                        ARGS(I(rq->city), I(id), I(by), I(rq->now_ms), T(str_c(check_levels[level].key))), &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    publish_after(rq, S("hall"));
    return change_put(rq, "job", id);
}

enum err job_set_needs(struct request *rq, int64_t id, uint32_t set)
{
    enum err e = db_run(rq->tx, &set_needs, ARGS(I(rq->city), I(id), I(set)), NULL);
    return e ? e : change_put(rq, "job", id);
}

enum err job_settle_rhythm(struct request *rq, const struct job *j, enum rhythm stated)
{
    int64_t n;
    if (stated == (enum rhythm)j->rhythm)
        return OK;
    enum err e = db_run(rq->tx, &set_rhythm, ARGS(I(rq->city), I(j->id), T(str_c(rhythms[stated].key)), I(offers_with(j->offers, stated))), &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

enum err job_note(struct request *rq, int64_t id, struct str findings)
{
    int64_t n;
    enum err e = db_run(rq->tx, &note, ARGS(I(rq->city), I(id), T(findings)), &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

enum err job_say(struct request *rq, const struct job *j, struct str why)
{
    struct str all = j->findings.n ? str_fmt(rq->a, "%.*s\n%.*s", SV(why), SV(j->findings)) : why;
    return db_run(rq->tx, &say, ARGS(I(rq->city), I(j->id), T(all)), NULL);
}

enum err shift_take(struct request *rq, int64_t id, int64_t n)
{
    int64_t changed;
    enum err e = db_run(rq->tx, &take, ARGS(I(rq->city), I(id), I(n)), &changed);
    return e ? e : changed ? OK : ERR_CONFLICT;
}

enum err shift_worked(struct request *rq, int64_t id)
{
    return db_run(rq->tx, &worked, ARGS(I(rq->city), I(id)), NULL);
}

enum err shift_give_back(struct request *rq, int64_t id, int64_t n)
{
    int64_t changed;
    enum err e = db_run(rq->tx, &give_back, ARGS(I(rq->city), I(id), I(n)), &changed);
    return e ? e : changed ? OK : ERR_CONFLICT;
}

enum err job_close_old(struct request *rq)
{
    return db_run(rq->tx, &close_old, ARGS(I(rq->city), I(cal_day(rq->now_ms))), NULL);
}

enum err job_ahead(struct request *rq, int64_t job_id, struct job **ret, size_t *ret_n)
{
    return many(rq, &of_job, ARGS(I(rq->city), I(job_id), I(rq->now_ms)), ret, ret_n);
}

enum err job_maybe_underpaid(struct request *rq, int64_t hour_fen, int64_t month_fen, struct job **ret, size_t *ret_n)
{
    return many(rq, &maybe_underpaid, ARGS(I(rq->city), I(cal_day(rq->now_ms)), I(rq->now_ms), I(hour_fen), I(month_fen)), ret, ret_n);
}

enum err job_alike(struct request *rq, const struct job *j, struct job **ret, size_t *ret_n)
{
    return many(rq, &alike,
                ARGS(I(rq->city), I(j->employer_id), T(j->title), T(j->address), T(str_c(pay_units[j->pay_unit].key)), I(j->pay_fen),
                     I(j->pay_max_fen)),
                ret, ret_n);
}

enum err job_by_source(struct request *rq, struct str source, struct str source_id, struct job *ret)
{
    return row_to_record(rq, &by_source, ARGS(I(rq->city), T(source), T(source_id)), &job_record, ret);
}

enum err job_pictures_about(struct request *rq, struct str about, struct reach r, struct job_picture **ret, size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &pictures_about, ARGS(I(rq->city), T(about), REACH(r)), &rows);
    *ret = NEW_N(rq->a, rows.n + 1, struct job_picture);
    *ret_n = 0;
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        if (staff_covers(rq, rq->city, val_i64(v + 3), 0))
            (*ret)[(*ret_n)++] = (struct job_picture){val_i64(v), val_i64(v + 1), true, val_str(v + 2)};
    }
    return e;
}

enum err job_check(struct request *rq, int64_t *ret_bad)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &unseen, ARGS(I(rq->city)), &v);
    *ret_bad = e ? 0 : val_i64(v);
    return e;
}
