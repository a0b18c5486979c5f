/* person_store.c - seekers; the columns behind made_ms are blind indexes and no fields. */
#include "feature/person/person_store.h"

#include <string.h>

#include "feature/account/account.h"
#include "feature/job/job.h"
#include "feature/person/person_rules.h"
#include "http/reach.h"
#include "http/rows.h"
#include "market/score.h"
#include "record/seal.h"

enum { NAME_SCAN = 2000, FOUND_MAX = 20 };
const struct choice ages_said[] = {{"unasked"}, {"adult"}, {"minor"}, {"child"}, {0}};
const struct choice weekdays[] = {{"mon"}, {"tue"}, {"wed"}, {"thu"}, {"fri"}, {"sat"}, {"sun"}, {0}};
const struct choice togethers[] = {{"apart"}, {"prefer"}, {"must"}, {0}};
enum { OWNER = SEEKER | DESK | ADMIN, REGISTRARS = DESK | GRID, EDIT = SEEKER | REGISTRARS | PUBLIC };
static const struct field fields[] = {
    FIELD(struct person, id, ID, .see = SIGNED_IN, .put = NOBODY, .doc = "Person."),
    FIELD(struct person, city, INT, .see = SIGNED_IN, .put = NOBODY, .doc = "City code."),
    FIELD(struct person, district, INT, .district = true, .more = true, .see = OWNER, .put = EDIT, .doc = "District code."),
    FIELD(struct person, name, TEXT, .max = 40, .see = SIGNED_IN, .put = EDIT, .seal = SEAL_NAME, .doc = "Name."),
    FIELD(struct person, phone, TEXT, .max = 20, .see = OWNER, .put = EDIT, .ask = REGISTRARS, .seal = SEAL_PHONE, .doc = "Mobile number: of who registers himself the one that he signed in with, which he may leave out; another one is written down at a desk."),
    FIELD(struct person, id_number, TEXT, .max = 18, .more = true, .see = DESK, .put = DESK, .seal = SEAL_IDNUM, .doc = "Identity number."),
    FIELD(struct person, born, DATE, .more = true, .see = OWNER, .put = EDIT, .doc = "Date of birth; only legal rules read it."),
    FIELD(struct person, age_said, ENUM, .choices = ages_said, .unless = "born", .see = OWNER, .put = EDIT, .doc = "What was said of the age where no date of birth is stated; asked before work is taken."),
    FIELD(struct person, trade, ENUM, .choices = trades, .see = OWNER, .put = EDIT, .doc = "Work wanted."),
    FIELD(struct person, home_text, TEXT, .max = 60, .see = OWNER, .put = EDIT, .seal = SEAL_REST, .doc = "Where the way to work begins."),
    FIELD(struct person, home, GEO, .more = true, .see = OWNER, .put = EDIT, .doc = "The same, WGS-84, kept to a hundred metres."),
    FIELD(struct person, from_min, INT, .clock = true, .min = 0, .max = 1440, .see = OWNER, .put = EDIT, .doc = "Earliest minute of the day at which work may begin; the way there comes before."),
    FIELD(struct person, to_min, INT, .clock = true, .min = 0, .max = 1440, .see = OWNER, .put = EDIT, .doc = "Latest minute of the day at which work may end, of the next morning when before from_min; 0 = any."),
    FIELD(struct person, drop_min, INT, .clock = true, .min = 0, .max = 1440, .more = true, .see = OWNER, .put = EDIT, .doc = "Child dropped off at this minute, 0 = none."),
    FIELD(struct person, pick_min, INT, .clock = true, .min = 0, .max = 1440, .more = true, .see = OWNER, .put = EDIT, .doc = "Child picked up at this minute, 0 = none."),
    FIELD(struct person, school_days, MASK, .choices = weekdays, .more = true, .see = OWNER, .put = EDIT, .doc = "On which weekdays that is; Monday to Friday where nothing is said, and never none."),
    FIELD(struct person, care, GEO, .more = true, .see = OWNER, .put = EDIT, .doc = "Where, to a hundred metres."),
    FIELD(struct person, floor_fen, FEN, .min = 0, .max = 100000, .more = true, .see = OWNER, .put = EDIT, .doc = "Least pay an hour."),
    FIELD(struct person, travel_max_min, INT, .min = 0, .max = REACH_MOST_MIN, .more = true, .see = OWNER, .put = EDIT, .doc = "Longest way, minutes."),
    FIELD(struct person, limits, MASK, .choices = needs, .more = true, .see = OWNER, .put = EDIT, .doc = "What the body does not do."),
    FIELD(struct person, wishes, MASK, .choices = offers, .more = true, .see = OWNER, .put = EDIT, .doc = "What would be good."),
    FIELD(struct person, papers, MASK, .choices = papers, .more = true, .see = OWNER, .put = EDIT, .doc = "Certificates held, as said; they count once a desk has seen them."),
    FIELD(struct person, skills, MASK, .choices = skills, .words = "skills", .more = true, .see = OWNER, .put = EDIT, .doc = "Skills known."),
    FIELD(struct person, skilled, MASK, .choices = skills, .words = "skills", .more = true, .see = OWNER, .put = EDIT, .doc = "Skills practised."),
    FIELD(struct person, need_by, DAY, .more = true, .see = OWNER, .put = EDIT, .doc = "Work needed by."),
    FIELD(struct person, note, TEXT, .max = 400, .more = true, .see = DESK, .put = REGISTRARS, .seal = SEAL_NOTE, .doc = "Family notes."),
    FIELD(struct person, voice, BOOL, .see = DESK, .put = NOBODY, .doc = "There is a voice note; opening it asks for a reason."),
    FIELD(struct person, partner_id, ID, .more = true, .see = OWNER, .put = DESK, .doc = "The other of a couple."),
    FIELD(struct person, together, ENUM, .choices = togethers, .more = true, .see = OWNER, .put = EDIT, .doc = "Whether the two stay together."),
    FIELD(struct person, consent_ms, MS, .see = OWNER, .put = NOBODY, .doc = "Privacy notice accepted."),
    FIELD(struct person, by_id, ID, .see = DESK, .put = NOBODY, .doc = "Registered by."),
    FIELD(struct person, made_ms, MS, .see = OWNER, .put = NOBODY, .doc = "Registered at."),
    {0}};
const struct record person_record = {"person", sizeof(struct person), fields, "A seeker."};

#define COLUMNS                                                                                    \
    "id, city, district, name, phone, id_number, born, age_said, trade, home_text, home_lon, home_lat,"  \
    " from_min, to_min, drop_min, pick_min, school_days, care_lon, care_lat, floor_fen, travel_max_min, limits,"  \
    " wishes, papers, skills, skilled, need_by, note, voice, partner_id, together, consent_ms, by_id, made_ms"
static const struct query add = {
    "person.add",
    "INSERT INTO person (" COLUMNS ", phone_idx, last4_idx, idnum_idx) VALUES ($1, $2, $3, $4, $5, $6,"
    " $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,"
    " $27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37)"};
static const struct query drop = {"person.drop", "DELETE FROM person WHERE city = $1 AND id = $2"};
static const struct query get = {"person.get", "SELECT " COLUMNS " FROM person WHERE city = $1 AND id = $2"};
static const struct query by_phone = {"person.by_phone", "SELECT " COLUMNS
                                                         " FROM person WHERE city = $1 AND phone_idx = $2"};
/* Of whom a desk reaches; registered before $3, or then and before $4. + 0: by the index of these times SQLite would go through
 * everybody rather than to the few of one number. */
#define REACHED WITHIN("district", "$2") " AND (made_ms < $3 OR id < $4)"
static const struct query by_last4 = {"person.by_last4", "SELECT " COLUMNS " FROM person WHERE city = $1 AND last4_idx = $5 AND " REACHED
                                                         " AND made_ms + 0 <= $3 ORDER BY made_ms + 0 DESC, id DESC LIMIT 21"};
static const struct query newest = {"person.newest", "SELECT " COLUMNS " FROM person WHERE city = $1 AND " REACHED
                                                     " AND made_ms <= $3 ORDER BY made_ms DESC, id DESC LIMIT 2000"};
static const struct query by_idnum = {"person.by_idnum", "SELECT " COLUMNS
                                                         " FROM person WHERE city = $1 AND idnum_idx = $2"
                                                         " ORDER BY made_ms + 0 DESC LIMIT 20"};
static const struct query set_voice = {"person.set_voice", "UPDATE person SET voice = $3 WHERE city = $1 AND id = $2"};
static const struct query made = {"person.made", "SELECT " COLUMNS " FROM person WHERE city = $1 AND made_ms >= $2 AND made_ms < $3"
                                                 " ORDER BY made_ms, id LIMIT 20000"};
static const struct query pair = {
    "person.pair", "UPDATE person SET partner_id = $3, together = $4 WHERE city = $1 AND id = $2"};
/* The first of each number that several have, with each other. In the order of the index of numbers: O(people). + 0: SQLite
 * would take the key of people for each of them. */
static const struct query doubles = {
    "person.doubles", "SELECT a.id, b.id FROM (SELECT city, idnum_idx, min(id) AS id FROM person WHERE city = $1 AND idnum_idx IS NOT NULL"
                      " GROUP BY city, idnum_idx HAVING count(*) > 1) a JOIN person b ON b.city = a.city AND b.idnum_idx = a.idnum_idx"
                      " WHERE b.city = $1 AND b.id + 0 > a.id ORDER BY a.id, b.id LIMIT 1000"};
const struct query *const person_queries[] = {&doubles, &add, &drop, &get, &by_phone, &by_last4, &newest, &by_idnum, &made, &pair, &set_voice,
                                            &leaving_put_query, &leaving_drop_query, &leaving_due_query, &leaving_next_query, NULL};

/* As the index has it: a small x is the same number. */
static struct str idnum_fold(struct arena *a, struct str s)
{
    return str_ends(s, S("x")) ? str_fmt(a, "%.*sX", SV(str_sub(s, 0, s.n - 1))) : s;
}

struct str person_idnum(struct arena *a, struct str s)
{
    int32_t born;
    return idnum_ok(s, &born) ? idnum_fold(a, s) : S("");
}

static struct val blind(struct request *rq, const char *purpose, struct str plain)
{
    return plain.n ? B(seal_blind(rq->app->seal, rq->a, purpose, rq->city, plain)) : NUL;
}

static struct str last4(struct str phone)
{
    return phone.n < 4 ? S("") : str_sub(phone, phone.n - 4, 4);
}

enum err person_add(struct request *rq, struct person *p)
{
    size_t n = record_width(&person_record);
    struct val *v = NEW_N(rq->a, n + 3, struct val);
    p->phone = account_phone(rq->a, p->phone);
    p->home = geo_near(p->home);
    p->care = geo_near(p->care);
    memcpy(v, record_to_vals(rq->a, &person_record, rq->app->seal, p), n * sizeof *v);
    v[n] = blind(rq, "phone", p->phone);
    v[n + 1] = blind(rq, "last4", last4(p->phone));
    v[n + 2] = blind(rq, "idnum", idnum_fold(rq->a, p->id_number));
    enum err e = db_run(rq->tx, &add, (struct args){v, n + 3}, NULL);
    return e ? e : change_put(rq, "person", p->id);
}

enum err person_put(struct request *rq, const struct person *p)
{
    struct person copy = *p;
    enum err e = db_run(rq->tx, &drop, ARGS(I(rq->city), I(p->id)), NULL);
    return e ? e : person_add(rq, &copy);
}

enum err person_drop(struct request *rq, int64_t id)
{
    enum err e = db_run(rq->tx, &drop, ARGS(I(rq->city), I(id)), NULL);
    if (!e)
        e = leaving_drop(rq, id);
    return e ? e : change_put(rq, "person", id);
}

enum err person_get(struct request *rq, int64_t id, struct person *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &person_record, ret);
}

enum err person_by_phone(struct request *rq, struct str phone, struct person *ret)
{
    return row_to_record(rq, &by_phone, ARGS(I(rq->city), blind(rq, "phone", phone)), &person_record, ret);
}

enum err person_doubles(struct request *rq, struct person_double **ret, size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &doubles, ARGS(I(rq->city)), &rows);
    *ret = NEW_N(rq->a, rows.n + 1, struct person_double);
    *ret_n = e ? 0 : rows.n;
    for (size_t i = 0; i < *ret_n; i++) {
        const struct val *v = row_at(&rows, i);
        (*ret)[i] = (struct person_double){val_i64(v), val_i64(v + 1)};
    }
    return e;
}

enum err person_by_idnum(struct request *rq, struct str id_number, struct person *ret)
{
    return row_to_record(rq, &by_idnum, ARGS(I(rq->city), blind(rq, "idnum", idnum_fold(rq->a, id_number))), &person_record, ret);
}

bool person_age_unknown(const struct person *p)
{
    return !p->born && p->age_said == AGE_UNASKED;
}

bool couple_must(const struct person *p, const struct person *q)
{
    return p->partner_id && (p->together == TOGETHER_MUST || q->together == TOGETHER_MUST);
}

enum err person_partner(struct request *rq, const struct person *p, struct person *ret)
{
    *ret = (struct person){.id = 0};
    return p->partner_id ? person_get(rq, p->partner_id, ret) : OK;
}

/* Names are sealed, so they are opened and compared, NAME_SCAN at a time. */
static int64_t keep_named(struct str name, struct person *v, size_t *n)
{
    size_t i = 0, kept = 0;
    for (; i < *n && kept < FOUND_MAX; i++)
        if (str_find(v[i].name, name) >= 0)
            v[kept++] = v[i];
    bool more = i < *n || *n == NAME_SCAN;
    int64_t last = i ? v[i - 1].id : 0;
    *n = kept;
    return more ? last : 0;
}

/* Many may share these: by page, newest first. */
static enum err find_many(struct request *rq, const struct person_wanted *w, struct person **ret, size_t *ret_n, int64_t *ret_next)
{
    int64_t digits;
    struct str word = str_trim(w->q);
    struct person from = {.made_ms = INT64_MAX};
    struct reach r = staff_reach_or_none(rq);
    enum err e = w->after ? person_get(rq, w->after, &from) : OK;
    if (e)
        return e;
    bool named = !str_i64(word, &digits);
    e = named ? rows_to_records(rq, &newest, ARGS(I(rq->city), REACH(r), I(from.made_ms), I(from.id)), &person_record, (void **)ret, ret_n)
              : rows_to_records(rq, &by_last4, ARGS(I(rq->city), REACH(r), I(from.made_ms), I(from.id), blind(rq, "last4", word)),
                                &person_record, (void **)ret, ret_n);
    if (e)
        return e;
    if (named)
        *ret_next = keep_named(word, *ret, ret_n);
    else if (*ret_n > FOUND_MAX)
        *ret_next = (*ret)[(*ret_n = FOUND_MAX) - 1].id;
    return OK;
}

enum err person_find(struct request *rq, const struct person_wanted *w, struct person **ret, size_t *ret_n, int64_t *ret_next)
{
    int32_t born;
    struct str phone = account_phone(rq->a, w->q), word = str_trim(w->q);
    bool card = !phone.n && idnum_ok(word, &born);
    *ret_n = 0;
    *ret_next = 0;
    if (!word.n)
        return OK;
    if (idnum_like(word) && !card)
        return fail_field(rq, "q", "input.id_number", S(""));
    if (!phone.n && !card)
        return find_many(rq, w, ret, ret_n, ret_next);
    struct val idx = card ? blind(rq, "idnum", idnum_fold(rq->a, word)) : blind(rq, "phone", phone);
    return rows_to_records(rq, card ? &by_idnum : &by_phone, ARGS(I(rq->city), idx), &person_record, (void **)ret, ret_n);
}

enum err person_made(struct request *rq, int64_t from_ms, int64_t to_ms, struct person **ret, size_t *ret_n)
{
    return rows_to_records(rq, &made, ARGS(I(rq->city), I(from_ms), I(to_ms)), &person_record, (void **)ret, ret_n);
}

enum err person_pair(struct request *rq, int64_t id, int64_t partner_id, struct str together)
{
    enum err e = db_run(rq->tx, &pair, ARGS(I(rq->city), I(id), I(partner_id), T(together)), NULL);
    return e ? e : change_put(rq, "person", id);
}

enum err person_set_voice(struct request *rq, int64_t id, bool voice)
{
    return db_run(rq->tx, &set_voice, ARGS(I(rq->city), I(id), I(voice)), NULL);
}

struct str person_masked(struct request *rq, const struct person *p)
{
    return seal_mask(rq->a, SEAL_NAME, p->name);
}

enum err person_who(struct request *rq, int64_t id, struct str *ret)
{
    struct person p;
    enum err e = person_get(rq, id, &p);
    *ret = e ? text(rq, "person.left") : person_masked(rq, &p);
    return e == ERR_NONE ? OK : e;
}

enum err person_seal_old(struct tx *t, struct seal *seal)
{
    static const struct query open = {"person.home_text_open", "SELECT city, id, home_text_open FROM person WHERE city IS NOT NULL AND home_text_open <> ''"};
    static const struct query put = {"person.home_text_put", "UPDATE person SET home_text = $3 WHERE city = $1 AND id = $2"};
    return rows_seal(t, seal, "person", "home_text", &open, &put);
}

enum err person_number_old(struct tx *t, struct seal *seal)
{
    static const struct query open = {
        "person.number_open", "SELECT p.city, p.id, a.id, a.phone, a.phone_idx FROM account a JOIN person p ON p.city = a.city AND p.id = a.person_id"
                              " WHERE p.city IS NOT NULL AND p.phone_idx IS NULL AND a.phone_idx IS NOT NULL AND NOT EXISTS"
                              " (SELECT 1 FROM person q WHERE q.city = a.city AND q.phone_idx = a.phone_idx)"};
    static const struct query put = {
        "person.number_put", "UPDATE person SET phone = $3, phone_idx = $4, last4_idx = $5 WHERE city = $1 AND id = $2"};
    struct arena a;
    struct rows rows;
    arena_init(&a, 0);
    enum err e = db_rows(t, &a, &open, NO_ARGS, &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        struct str number;
        int64_t city = val_i64(v), id = val_i64(v + 1);
        if (!seal_get(seal, &a, (struct seal_where){"account", "phone", city, val_i64(v + 2)}, val_str(v + 3), &number))
            continue;
        struct str sealed = seal_put(seal, &a, (struct seal_where){"person", "phone", city, id}, number);
        e = db_run(t, &put, ARGS(v[0], v[1], B(sealed), v[4], B(seal_blind(seal, &a, "last4", city, last4(number)))), NULL);
    }
    arena_done(&a);
    return e;
}

enum err person_born_old(struct tx *t, struct seal *seal)
{
    static const struct query days = {"person.born_days", "SELECT city, id, born, id_number FROM person WHERE city IS NOT NULL AND (born <> 0 OR idnum_idx IS NOT NULL)"};
    static const struct query put = {"person.born_put", "UPDATE person SET born = $3 WHERE city = $1 AND id = $2"};
    struct arena a;
    struct rows rows;
    arena_init(&a, 0);
    enum err e = db_rows(t, &a, &days, NO_ARGS, &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        int32_t day = (int32_t)val_i64(v + 2), born = day ? cal_date(cal_ymd(day)) : 0;
        struct str card = S("");
        if (!day && !(seal_get(seal, &a, (struct seal_where){"person", "id_number", val_i64(v), val_i64(v + 1)}, val_str(v + 3), &card) && idnum_ok(card, &born)))
            continue;
        e = db_run(t, &put, ARGS(v[0], v[1], I(born)), NULL);
    }
    arena_done(&a);
    return e;
}
