/* employer_store.c - employers. */
#include "feature/employer/employer_store.h"

#include <string.h>

#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/employer/employer_claim.h"
#include "feature/employer/employer_rules.h"
#include "http/rows.h"
#include "record/seal.h"
#include "rules/rules.h"

static const struct choice kinds[] = {{"firm"}, {"agency"}, {"household"}, {0}};
const struct choice employer_states[] = {{"new"}, {"verified"}, {"suspended"}, {"merged"}, {0}};
enum { CHECKERS = DESK | INSPECTOR | ADMIN, MINE = POSTER | CHECKERS };
static const struct field fields[] = {
    FIELD(struct employer, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Employer."),
    FIELD(struct employer, city, INT, .see = ANYONE, .put = NOBODY, .doc = "City code."),
    FIELD(struct employer, district, INT, .district = true, .see = ANYONE, .put = SIGNED_IN, .doc = "District code, whose staff check the papers; the one that the address names when left out, and asked for where it names none."),
    FIELD(struct employer, kind, ENUM, .choices = kinds, .see = ANYONE, .put = SIGNED_IN, .doc = "Class of V04, V10."),
    FIELD(struct employer, name, TEXT, .min = 2, .max = 80, .see = ANYONE, .put = SIGNED_IN, .required = true, .doc = "Name."),
    FIELD(struct employer, uscc, TEXT, .min = 18, .max = 18, .see = ANYONE, .put = SIGNED_IN, .doc = "Unified social credit code; asked of all but a household."),
    FIELD(struct employer, id_number, TEXT, .max = 18, .see = CHECKERS, .put = SIGNED_IN, .seal = SEAL_IDNUM, .doc = "Identity number of whoever keeps a household; asked of it instead of a code."),
    FIELD(struct employer, licence, TEXT, .max = 40, .see = ANYONE, .put = SIGNED_IN, .doc = "HR service licence of agencies."),
    FIELD(struct employer, licence_to, DAY, .see = ANYONE, .put = SIGNED_IN, .doc = "Its last day."),
    FIELD(struct employer, contact, TEXT, .max = 40, .see = MINE, .put = SIGNED_IN, .required = true, .seal = SEAL_NAME, .doc = "Who answers."),
    FIELD(struct employer, phone, TEXT, .max = 20, .see = MINE, .put = SIGNED_IN, .required = true, .seal = SEAL_PHONE, .doc = "Phone."),
    FIELD(struct employer, address, TEXT, .max = 120, .see = ANYONE, .put = SIGNED_IN, .doc = "Address."),
    FIELD(struct employer, place, GEO, .more = true, .see = ANYONE, .put = SIGNED_IN, .doc = "WGS-84."),
    FIELD(struct employer, state, ENUM, .choices = employer_states, .see = ANYONE, .put = NOBODY, .doc = "Papers checked or not."),
    FIELD(struct employer, verified_by, ID, .see = STAFF, .put = NOBODY, .doc = "Who checked."),
    FIELD(struct employer, verified_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "When."),
    FIELD(struct employer, verify_again, DAY, .see = ANYONE, .put = NOBODY, .doc = "Next check."),
    FIELD(struct employer, paid_n, INT, .see = ANYONE, .put = NOBODY, .doc = "Wages due in the last 90 days."),
    FIELD(struct employer, paid_good, INT, .see = ANYONE, .put = NOBODY, .doc = "Of them, paid in time."),
    FIELD(struct employer, risk, INT, .see = STAFF, .put = NOBODY, .doc = "Percent that a wage comes late or not at all; from 80 on nothing of it is shown."),
    FIELD(struct employer, made_ms, MS, .see = MINE, .put = NOBODY, .doc = "Registered."),
    FIELD(struct employer, hires_n, INT, .see = ANYONE, .put = NOBODY, .virt = true, .doc = "People hired for the last 90 days; shown of one employer."),
    FIELD(struct employer, called_off, INT, .see = ANYONE, .put = NOBODY, .virt = true, .doc = "Of them, called off by it within the hours of cancel.free_hours before the start, or later."),
    {0}};
const struct record employer_record = {"employer", sizeof(struct employer), fields, "An employer or agency."};

#define COLUMNS                                                                                    \
    "id, city, district, kind, name, uscc, id_number, licence, licence_to, contact, phone, address, place_lon," \
    " place_lat, state, verified_by, verified_ms, verify_again, paid_n, paid_good, risk, made_ms"
static const struct query add = {
    "employer.add", "INSERT INTO employer (" COLUMNS ", phone_idx) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10,"
                    " $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) ON CONFLICT DO NOTHING"};
static const struct query get = {"employer.get", "SELECT " COLUMNS " FROM employer WHERE city = $1 AND id = $2"};
static const struct query by_uscc = {"employer.by_uscc", "SELECT " COLUMNS
                                                         " FROM employer WHERE city = $1 AND uscc = $2"};
static const struct query list = {"employer.list", "SELECT " COLUMNS " FROM employer WHERE city = $1 AND state = $2 AND "
                                                   WITHIN("district", "$3")
                                                   " AND id > $4 ORDER BY id LIMIT 200"};
static const struct query set_state = {
    "employer.set_state", "UPDATE employer SET state = $3, verified_by = $4, verified_ms = $5, verify_again = $6"
                          " WHERE city = $1 AND id = $2 AND state <> $3"};
static const struct query set_uscc = {"employer.set_uscc", "UPDATE employer SET uscc = $3 WHERE city = $1 AND id = $2"};
static const struct query by_alias = {
    "employer.by_alias", "SELECT employer_id FROM employer_alias WHERE city = $1 AND alias = $2"};
static const struct query add_alias = {
    "employer.add_alias", "INSERT INTO employer_alias (city, alias, employer_id) VALUES ($1, $2, $3)"};
static const struct query move_alias = {
    "employer.move_alias", "UPDATE employer_alias SET employer_id = $3 WHERE city = $1 AND employer_id = $2"};
static const struct query find = {
    "employer.find", "SELECT " COLUMNS " FROM employer WHERE city = $1 AND state <> 'merged' AND (uscc = $3 OR replace(name, $2, '') <> name)"
                     " ORDER BY id DESC LIMIT 20"};
static const struct query set_paid = {
    "employer.set_paid", "UPDATE employer SET paid_n = $3, paid_good = $4, risk = $5 WHERE city = $1 AND id = $2"
                         " AND (paid_n <> $3 OR paid_good <> $4 OR risk <> $5)"};
/* Firms without an account that were written down with a number. */
static const struct query of_phone = {
    "employer.of_phone", "SELECT " COLUMNS " FROM employer e WHERE city = $1 AND phone_idx = $2 AND NOT EXISTS"
                         " (SELECT 1 FROM account a WHERE a.city = e.city AND a.employer_id = e.id) ORDER BY id LIMIT 20"};
static const struct query set_holder = {
    "employer.set_holder", "UPDATE employer SET uscc = $3, contact = $4, phone = $5, phone_idx = $6 WHERE city = $1 AND id = $2"};
const struct query *const employer_queries[] = {&add, &get, &by_uscc, &list, &find, &set_state, &set_uscc, &by_alias, &add_alias, &move_alias, &set_paid, &of_phone, &set_holder,
                                                &claim_add_query, &claim_get_query, &claim_waiting_query, &claim_mine_query, &claim_close_query, &claims_forget_query, NULL};

enum err employer_set_paid(struct request *rq, const struct employer *p)
{
    int64_t n;
    enum err e = db_run(rq->tx, &set_paid, ARGS(I(rq->city), I(p->id), I(p->paid_n), I(p->paid_good), I(p->risk)), &n);
    return e || !n ? e : change_put(rq, "employer", p->id);
}

enum err employer_get(struct request *rq, int64_t id, struct employer *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &employer_record, ret);
}

/* By which a firm is found; none for what is no mobile number. */
static struct val phone_idx(struct request *rq, struct str phone)
{
    struct str number = account_phone(rq->a, phone);
    return number.n ? B(account_phone_idx(rq, number)) : NUL;
}

enum err employer_add(struct request *rq, struct employer *p)
{
    size_t w = record_width(&employer_record);
    struct val *v = NEW_N(rq->a, w + 1, struct val);
    memcpy(v, record_to_vals(rq->a, &employer_record, rq->app->seal, p), w * sizeof *v);
    v[w] = phone_idx(rq, p->phone);
    int64_t n = 0;
    enum err e = db_run(rq->tx, &add, (struct args){v, w + 1}, &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

struct str uscc_upper(struct arena *a, struct str s)
{
    struct str u = str_dup(a, s);
    for (char *p = (char *)(uintptr_t)u.p; p < u.p + u.n; p++)
        *p = *p >= 'a' && *p <= 'z' ? (char)(*p - 32) : *p;
    return u;
}

/* Kept as its code: it tells nobody the number, and no two households have the same. */
struct str household_code(struct request *rq, struct str id_number)
{
    return str_cat(rq->a, S("home-"), seal_hex(rq->a, seal_blind(rq->app->seal, rq->a, "household", rq->city, id_number)));
}

bool employer_coded(const struct employer *p)
{
    return p->kind == EMPLOYER_HOUSEHOLD || uscc_ok(p->uscc);
}

enum err employer_by_uscc(struct request *rq, struct str uscc, struct employer *ret)
{
    return row_to_record(rq, &by_uscc, ARGS(I(rq->city), T(uscc)), &employer_record, ret);
}

enum err employer_of_phone(struct request *rq, struct str phone, struct employer **ret, size_t *ret_n)
{
    return rows_to_records(rq, &of_phone, ARGS(I(rq->city), phone_idx(rq, phone)), &employer_record, (void **)ret, ret_n);
}

enum err employer_set_holder(struct request *rq, const struct employer *p)
{
    struct seal_where w = {"employer", "contact", rq->city, p->id}, x = {"employer", "phone", rq->city, p->id};
    return db_run(rq->tx, &set_holder,
                  ARGS(I(rq->city), I(p->id), T(p->uscc), B(seal_put(rq->app->seal, rq->a, w, p->contact)),
                       B(seal_put(rq->app->seal, rq->a, x, p->phone)), phone_idx(rq, p->phone)),
                  NULL);
}

enum err employer_phone_old(struct tx *t, struct seal *seal)
{
    static const struct query open = {"employer.phone_open", "SELECT city, id, phone FROM employer WHERE city IS NOT NULL AND phone_idx IS NULL AND name <> ''"};
    static const struct query put = {"employer.phone_put", "UPDATE employer SET phone_idx = $3 WHERE city = $1 AND id = $2"};
    struct arena a;
    struct rows rows;
    arena_init(&a, 0);
    enum err e = db_rows(t, &a, &open, NO_ARGS, &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        struct str number = S("");
        bool opens = val_str(v + 2).n && seal_get(seal, &a, (struct seal_where){"employer", "phone", val_i64(v), val_i64(v + 1)}, val_str(v + 2), &number);
        number = opens ? account_phone(&a, number) : S("");
        if (number.n)
            e = db_run(t, &put, ARGS(v[0], v[1], B(seal_blind(seal, &a, "phone", val_i64(v), number))), NULL);
    }
    arena_done(&a);
    return e;
}

enum err employer_for_name(struct request *rq, struct str name, int64_t district, int64_t *ret_id)
{
    struct employer p = {.city = rq->city, .district = district, .name = name, .made_ms = rq->now_ms};
    const struct val *v;
    p.uscc = str_fmt(rq->a, "import-%016llx", (unsigned long long)str_hash(name)); /* until somebody has seen the licence */
    enum err e = db_row(rq->tx, rq->a, &by_alias, ARGS(I(rq->city), T(p.uscc)), &v);
    if (!e)
        *ret_id = val_i64(v);
    if (e != ERR_NONE)
        return e;
    *ret_id = p.id = new_id(rq);
    e = employer_add(rq, &p);
    return e ? e : db_run(rq->tx, &add_alias, ARGS(I(rq->city), T(p.uscc), I(p.id)), NULL);
}

enum err employer_list(struct request *rq, const struct employer *behind, struct reach r, struct employer **ret, size_t *ret_n)
{
    return rows_to_records(rq, &list, ARGS(I(rq->city), T(str_c(employer_states[behind->state].key)), REACH(r), I(behind->id)),
                           &employer_record, (void **)ret, ret_n);
}

enum err employer_find(struct request *rq, struct str words, struct employer **ret, size_t *ret_n)
{
    return rows_to_records(rq, &find, ARGS(I(rq->city), T(words), T(uscc_upper(rq->a, words))), &employer_record, (void **)ret, ret_n);
}

enum err employer_set_uscc(struct request *rq, int64_t id, struct str uscc)
{
    return db_run(rq->tx, &set_uscc, ARGS(I(rq->city), I(id), T(uscc)), NULL);
}

static enum err set_to(struct request *rq, int64_t id, enum employer_state state, int32_t again)
{
    int64_t n;
    enum err e = db_run(rq->tx, &set_state,
                        ARGS(I(rq->city), I(id), T(str_c(employer_states[state].key)), I(rq->who->account_id), I(rq->now_ms), I(again)), &n);
    if (e || !n)
        return e ? e : ERR_CONFLICT;
    e = change_put(rq, "employer", id);
    return e ? e : app_tell(rq, "employer", id);
}

enum err employer_verify(struct request *rq, int64_t id)
{
    int32_t days = (int32_t)rule_number(rq, "employer.reverify_days", 180);
    return set_to(rq, id, EMPLOYER_VERIFIED, cal_day(rq->now_ms) + days);
}

enum err employer_suspend(struct request *rq, int64_t id)
{
    enum err e = set_to(rq, id, EMPLOYER_SUSPENDED, 0);
    return e == ERR_CONFLICT ? OK : e;
}

enum err employer_merge(struct request *rq, int64_t id, int64_t into)
{
    enum err e = set_to(rq, id, EMPLOYER_MERGED, 0);
    return e ? e : db_run(rq->tx, &move_alias, ARGS(I(rq->city), I(id), I(into)), NULL);
}
