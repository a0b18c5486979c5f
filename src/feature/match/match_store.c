/* match_store.c - what the engine keeps of people and shifts, read without any sealed field. */
#include "feature/match/match_market.h"

#include "base/cal.h"
#include "http/rows.h"

/* Every column group exists once; queries differ in which rows. */
#define SLOT_COLUMNS                                                                               \
    "s.id, j.employer_id, j.trade, j.place_lon, j.place_lat, j.pay_unit, j.pay_fen, j.piece_norm," \
    " j.needs, j.offers, j.papers, j.skills, j.skills_wanted, j.valid_to, j.level, j.verified_ms, s.start_ms, s.end_ms, s.break_min, s.cap,"  \
    " s.taken, CASE WHEN j.state = 'open' AND j.verified_by > 0 AND e.state = 'verified' THEN 1 ELSE 0 END, e.risk, j.district"
#define SLOTS                                                                                      \
    SLOT_COLUMNS " FROM shift s JOIN job j ON j.city = s.city AND j.id = s.job_id JOIN employer e ON e.city = j.city" \
    " AND e.id = j.employer_id WHERE s.city = $1"
#define PEOPLE                                                                                     \
    "p.id, p.born, p.trade, p.home_lon, p.home_lat, p.from_min, p.to_min, p.drop_min, p.pick_min,"   \
    " p.care_lon, p.care_lat, p.floor_fen, p.travel_max_min, p.limits, p.wishes, p.skills, p.skilled, p.partner_id,"    \
    " p.together, p.made_ms, q.together, p.age_said, p.school_days FROM person p LEFT JOIN person q ON q.city = p.city AND q.id ="      \
    " p.partner_id WHERE p.city = $1"
static const struct query slot_page = {"match.slot_page", "SELECT " SLOTS " AND s.id > $2 AND s.start_ms >= $3 ORDER BY s.id LIMIT $4"};
static const struct query slot_one = {"match.slot_one", "SELECT " SLOTS " AND s.id = $2"};
static const struct query slots_of_job = {"match.slots_of_job", "SELECT " SLOTS " AND j.id = $2"};
/* In this order, or SQLite goes through every shift of the city for each employer that changes. */
static const struct query slots_of_employer = {
    "match.slots_of_employer", "SELECT " SLOT_COLUMNS " FROM job j CROSS JOIN shift s JOIN employer e ON e.city = j.city AND e.id = j.employer_id"
                               " WHERE j.city = $1 AND j.employer_id = $2 AND s.city = j.city AND s.job_id = j.id"};
static const struct query person_page = {"match.person_page", "SELECT " PEOPLE " AND p.id > $2 ORDER BY p.id LIMIT $3"};
static const struct query person_one = {"match.person_one", "SELECT " PEOPLE " AND p.id = $2"};
/* Of everybody with ids from $2 to $3, in the order of ids, so that a page of people walks along. */
#define WORKS                                                                                      \
    " h.employer_id, j.trade, h.start_ms, h.end_ms, h.break_min, h.in_ms, h.out_ms, h.ended_ms, h.excused, h.state, j.place_lon,"  \
    " j.place_lat FROM "
static const struct query works = {
    "match.works", "SELECT h.person_id," WORKS "hire h JOIN job j ON j.city = h.city AND j.id = h.job_id WHERE h.city = $1"
                   " AND h.person_id >= $2 AND h.person_id <= $3 AND h.start_ms >= $4 ORDER BY h.person_id, h.start_ms DESC, h.id"};
/* CROSS JOIN keeps the order for SQLite, which would go through every hire of the city for each page. */
static const struct query partner_works = {
    "match.partner_works", "SELECT p.id," WORKS "person p CROSS JOIN hire h JOIN job j ON j.city = h.city AND j.id = h.job_id"
                           " WHERE h.city = p.city AND h.person_id = p.partner_id AND p.city = $1 AND p.id >= $2 AND p.id <= $3"
                           " AND p.partner_id > 0 AND h.start_ms >= $4 ORDER BY p.id, h.start_ms DESC, h.id"};
static const struct query certificates = {
    "match.certificates", "SELECT person_id, paper, to_day FROM certificate WHERE city = $1 AND person_id >= $2 AND person_id <= $3"
                          " ORDER BY person_id"};
/* His own firm before those that he does not meet. */
static const struct query blocks = {
    "match.blocks", "SELECT person_id, employer_id, made_ms, side FROM block WHERE city = $1"
                    " AND person_id >= $2 AND person_id <= $3 AND (until_day = 0 OR until_day >= $4)"
                    " UNION ALL SELECT person_id, employer_id, 9223372036854775807, '' FROM account WHERE city = $1"
                    " AND person_id >= $2 AND person_id <= $3 AND person_id > 0 AND employer_id > 0"
                    " ORDER BY person_id, made_ms DESC, side"};
static const struct query away = {
    "match.away", "SELECT person_id, from_ms, to_ms FROM away WHERE city = $1 AND person_id >= $2 AND person_id <= $3 AND to_ms > $4"
                  " ORDER BY person_id, from_ms, id"};
static const struct query support = {
    "match.support", "SELECT person_id FROM support WHERE city = $1 AND person_id >= $2 AND person_id <= $3 AND to_day >= $4 ORDER BY person_id"};
static const struct query proposal = {"match.proposal", "SELECT shift_id FROM proposal WHERE city = $1 AND person_id = $2"};
static const struct query propose = {"match.propose", "INSERT INTO proposal (city, person_id, shift_id, day) VALUES ($1, $2, $3, $4)"
                                                      " ON CONFLICT (city, person_id) DO UPDATE SET shift_id = excluded.shift_id, day = excluded.day"};
static const struct query propose_no_more = {"match.propose_no_more", "DELETE FROM proposal WHERE city = $1 AND day < $2"};
static const struct query propose_none = {"match.propose_none", "DELETE FROM proposal WHERE city = $1 AND person_id = $2"};
static const struct query placing = {"match.placing", "SELECT day FROM day_placing WHERE city = $1 ORDER BY day DESC LIMIT 1"};
static const struct query place = {"match.place", "INSERT INTO day_placing (city, day, made_ms, took_ms, people, slots, placed, points, bound)"
                                                  " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (city, day) DO NOTHING"};
static const struct query placings = {
    "match.placings", "SELECT day, made_ms, took_ms, people, slots, placed, points, bound,"
                      " CASE WHEN bound > 0 THEN (bound - points) * 1000000 / bound ELSE -1 END FROM day_placing WHERE city = $1"
                      " ORDER BY day DESC LIMIT $2"};
const struct query *const match_queries[] = {&slot_page,  &slot_one, &slots_of_job,  &slots_of_employer, &person_page,
                                             &person_one, &works,    &partner_works, &certificates,      &blocks,   &away,    &support,
                                             &proposal,   &propose,  &propose_no_more, &propose_none, &placing,       &place,             &placings, NULL};

/* Experience and attendance of the last year; of the partner only what is ahead. */
enum { WORKS_DAYS = 400, AHEAD_DAYS = 3 };

static int32_t choice_of(const struct choice *c, const struct val *v)
{
    int32_t k = choice_find(c, val_str(v));
    return k < 0 ? 0 : k;
}

static struct geo geo_at(const struct val *v)
{
    return (struct geo){val_f64(v), val_f64(v + 1)};
}

static struct job job_of(const struct val *v)
{
    struct job j = {.shift_id = val_i64(v), .employer_id = val_i64(v + 1), .trade = choice_of(trades, v + 2), .place = geo_at(v + 3),
                    .pay_unit = choice_of(pay_units, v + 5), .pay_fen = val_i64(v + 6), .piece_norm = val_i64(v + 7),
                    .needs = (uint32_t)val_i64(v + 8), .offers = (uint32_t)val_i64(v + 9), .papers = (uint32_t)val_i64(v + 10),
                    .skills = (uint32_t)val_i64(v + 11), .skills_wanted = (uint32_t)val_i64(v + 12),
                    .valid_to = (int32_t)val_i64(v + 13), .level = choice_of(check_levels, v + 14), .verified_ms = val_i64(v + 15),
                    .start_ms = val_i64(v + 16), .end_ms = val_i64(v + 17), .break_min = val_i64(v + 18),
                    .cap = val_i64(v + 19), .taken = val_i64(v + 20)};
    j.left = j.cap - j.taken;
    j.risk = val_i64(v + 22);
    j.district = val_i64(v + 23);
    j.state = val_i64(v + 21) ? JOB_OPEN : JOB_CLOSED;
    return j;
}

static enum err slots(struct request *rq, const struct query *q, struct args args, struct job **ret, size_t *ret_n)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, q, args, &rows);
    if (e)
        return e;
    *ret_n = rows.n;
    *ret = NEW_N(rq->a, rows.n ? rows.n : 1, struct job);
    for (size_t i = 0; i < rows.n; i++)
        (*ret)[i] = job_of(row_at(&rows, i));
    return OK;
}

enum err match_slots_after(struct request *rq, int64_t after_id, int64_t n, struct job **ret, size_t *ret_n)
{
    return slots(rq, &slot_page, ARGS(I(rq->city), I(after_id), I(rq->now_ms), I(n)), ret, ret_n);
}

enum err match_slots_of(struct request *rq, struct str what, int64_t id, struct job **ret, size_t *ret_n)
{
    const struct query *q = str_eq(what, S("shift")) ? &slot_one : str_eq(what, S("job")) ? &slots_of_job : &slots_of_employer;
    return slots(rq, q, ARGS(I(rq->city), I(id)), ret, ret_n);
}

static struct match_person person_of(const struct val *v)
{
    struct match_person m = {
        .p = {.id = val_i64(v), .born = (int32_t)val_i64(v + 1), .trade = choice_of(trades, v + 2), .home = geo_at(v + 3),
              .from_min = val_i64(v + 5), .to_min = val_i64(v + 6), .drop_min = val_i64(v + 7), .pick_min = val_i64(v + 8),
              .care = geo_at(v + 9), .floor_fen = val_i64(v + 11), .travel_max_min = val_i64(v + 12),
              .limits = (uint32_t)val_i64(v + 13), .wishes = (uint32_t)val_i64(v + 14), .skills = (uint32_t)val_i64(v + 15),
              .skilled = (uint32_t)val_i64(v + 16), .partner_id = val_i64(v + 17), .together = choice_of(togethers, v + 18),
              .made_ms = val_i64(v + 19), .age_said = choice_of(ages_said, v + 21), .school_days = (uint32_t)val_i64(v + 22)}};
    m.partner_together = choice_of(togethers, v + 20);
    return m;
}

/* ---- what hangs on people ---- */

/* A page of people in the order of ids, and one query's rows in the same order. */
struct page {
    struct match_person *v;
    size_t n;
    struct rows rows;
    size_t at;
};

/* `from`: the fourth argument, 0 = there is none. */
static enum err read_rows(struct request *rq, struct page *p, const struct query *q, int64_t from)
{
    const struct args range = ARGS(I(rq->city), I(p->v[0].p.id), I(p->v[p->n - 1].p.id), I(from));
    p->at = 0;
    return db_rows(rq->tx, rq->a, q, (struct args){range.v, from ? 4 : 3}, &p->rows);
}

/* Rows of the next person; *ret is the first of them. Asked for each person once, in order. */
static size_t rows_of(struct page *p, int64_t person_id, size_t *ret)
{
    while (p->at < p->rows.n && val_i64(row_at(&p->rows, p->at)) < person_id)
        p->at++;
    *ret = p->at;
    while (p->at < p->rows.n && val_i64(row_at(&p->rows, p->at)) == person_id)
        p->at++;
    return p->at - *ret;
}

static struct match_work *works_from(struct request *rq, const struct page *p, size_t from, size_t n)
{
    struct match_work *w = NEW_N(rq->a, n + 1, struct match_work);
    for (size_t i = 0; i < n; i++) {
        const struct val *v = row_at(&p->rows, from + i) + 1;
        w[i] = (struct match_work){.h = {.employer_id = val_i64(v), .start_ms = val_i64(v + 2), .end_ms = val_i64(v + 3),
                                         .break_min = val_i64(v + 4), .in_ms = val_i64(v + 5), .out_ms = val_i64(v + 6),
                                         .ended_ms = val_i64(v + 7), .excused = val_i64(v + 8) != 0,
                                         .state = choice_of(hire_states, v + 9)},
                                   .trade = choice_of(trades, v + 1), .place = geo_at(v + 10)};
    }
    return w;
}

static enum err add_works(struct request *rq, struct page *p)
{
    size_t from;
    enum err e = read_rows(rq, p, &works, rq->now_ms - WORKS_DAYS * (int64_t)DAY_MS);
    for (size_t i = 0; !e && i < p->n; i++) {
        p->v[i].n_works = rows_of(p, p->v[i].p.id, &from);
        p->v[i].works = works_from(rq, p, from, p->v[i].n_works);
    }
    if (!e)
        e = read_rows(rq, p, &partner_works, rq->now_ms - AHEAD_DAYS * (int64_t)DAY_MS);
    for (size_t i = 0; !e && i < p->n; i++) {
        p->v[i].n_partner_works = rows_of(p, p->v[i].p.id, &from);
        p->v[i].partner_works = works_from(rq, p, from, p->v[i].n_partner_works);
    }
    return e;
}

static enum err add_certificates(struct request *rq, struct page *p)
{
    size_t from;
    enum err e = read_rows(rq, p, &certificates, 0);
    for (size_t i = 0; !e && i < p->n; i++)
        for (size_t n = rows_of(p, p->v[i].p.id, &from); n--; from++) {
            const struct val *v = row_at(&p->rows, from);
            int32_t to = (int32_t)val_i64(v + 2);
            p->v[i].paper_to_day[choice_of(papers, v + 1)] = to ? to : FOREVER;
        }
    return e;
}

static enum err add_blocks(struct request *rq, struct page *p)
{
    size_t from;
    enum err e = read_rows(rq, p, &blocks, cal_day(rq->now_ms));
    for (size_t i = 0; !e && i < p->n; i++) {
        struct match_person *m = &p->v[i];
        m->n_apart = rows_of(p, m->p.id, &from);
        m->apart = NEW_N(rq->a, m->n_apart + 1, int64_t);
        for (size_t k = 0; k < m->n_apart; k++)
            m->apart[k] = val_i64(row_at(&p->rows, from + k) + 1);
    }
    return e;
}

static enum err add_away(struct request *rq, struct page *p)
{
    size_t from;
    enum err e = read_rows(rq, p, &away, rq->now_ms);
    for (size_t i = 0; !e && i < p->n; i++) {
        struct match_person *m = &p->v[i];
        m->n_away = rows_of(p, m->p.id, &from);
        m->away = NEW_N(rq->a, m->n_away + 1, struct match_away);
        for (size_t k = 0; k < m->n_away; k++)
            m->away[k] = (struct match_away){val_i64(row_at(&p->rows, from + k) + 1), val_i64(row_at(&p->rows, from + k) + 2)};
    }
    return e;
}

static enum err add_support(struct request *rq, struct page *p)
{
    size_t from;
    enum err e = read_rows(rq, p, &support, cal_day(rq->now_ms));
    for (size_t i = 0; !e && i < p->n; i++)
        p->v[i].support = rows_of(p, p->v[i].p.id, &from) > 0;
    return e;
}

static enum err people(struct request *rq, const struct query *q, struct args args, struct match_person **ret, size_t *ret_n)
{
    struct page p = {.n = 0};
    enum err e = db_rows(rq->tx, rq->a, q, args, &p.rows);
    p.n = e ? 0 : p.rows.n;
    p.v = NEW_N(rq->a, p.n + 1, struct match_person);
    for (size_t i = 0; i < p.n; i++)
        p.v[i] = person_of(row_at(&p.rows, i));
    *ret = p.v;
    *ret_n = p.n;
    if (!e && p.n)
        e = add_works(rq, &p);
    if (!e && p.n)
        e = add_certificates(rq, &p);
    if (!e && p.n)
        e = add_blocks(rq, &p);
    if (!e && p.n)
        e = add_away(rq, &p);
    return e || !p.n ? e : add_support(rq, &p);
}

enum err match_people_after(struct request *rq, int64_t after_id, int64_t n, struct match_person **ret, size_t *ret_n)
{
    return people(rq, &person_page, ARGS(I(rq->city), I(after_id), I(n)), ret, ret_n);
}

enum err match_person_one(struct request *rq, int64_t id, struct match_person *ret)
{
    struct match_person *v;
    size_t n;
    enum err e = people(rq, &person_one, ARGS(I(rq->city), I(id)), &v, &n);
    if (!e && n)
        *ret = v[0];
    return e ? e : n ? OK : ERR_NONE;
}

/* ---- what was proposed at night ---- */

/* The first number of the first row; 0 when there is none. */
static enum err number(struct request *rq, const struct query *q, struct args args, int64_t *ret)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, q, args, &rows);
    if (!e)
        *ret = rows.n ? val_i64(row_at(&rows, 0)) : 0;
    return e;
}

enum err proposal_of(struct request *rq, int64_t person_id, int64_t *ret_shift_id)
{
    return number(rq, &proposal, ARGS(I(rq->city), I(person_id)), ret_shift_id);
}

enum err proposal_put(struct request *rq, const struct proposal *p, int32_t day)
{
    return db_run(rq->tx, &propose, ARGS(I(rq->city), I(p->person_id), I(p->shift_id), I(day)), NULL);
}

enum err proposals_drop(struct request *rq, int32_t before_day)
{
    return db_run(rq->tx, &propose_no_more, ARGS(I(rq->city), I(before_day)), NULL);
}

enum err placing_last_day(struct request *rq, int32_t *ret)
{
    int64_t day;
    enum err e = number(rq, &placing, ARGS(I(rq->city)), &day);
    if (!e)
        *ret = (int32_t)day;
    return e;
}

enum err placing_put(struct request *rq, const struct night_result *x)
{
    return db_run(rq->tx, &place,
                  ARGS(I(rq->city), I(x->day), I(x->made_ms), I(x->took_ms), I(x->people), I(x->slots), I(x->placed), I(x->points), I(x->bound)), NULL);
}

enum err placings_last(struct request *rq, struct night_result **ret, size_t *ret_n)
{
    return rows_to_records(rq, &placings, ARGS(I(rq->city), I(NIGHTS_SHOWN)), &night_record, (void **)ret, ret_n);
}

enum err proposal_forget(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &propose_none, ARGS(I(rq->city), I(person_id)), NULL);
}
