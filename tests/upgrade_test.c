/* upgrade_test.c - a newer program on older data: first a copy beside it, then the new schema. */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "base/file.h"
#include "db_fixture.h"
#include "feature/employer/employer.h"
#include "feature/job/job.h"
#include "feature/hire/hire.h"
#include "feature/person/person.h"
#include "feature/right/right_store.h"
#include "http/store.h"
#include "record/seal.h"
#include "test.h"

static int64_t some_day(void *clock)
{
    (void)clock;
    return cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 17 * 60 + 5);
}

/* The data of a program that knew `less` steps less, with one setting in them and what `more` adds. */
static int make_old(struct arena *a, struct str url, size_t less, const char *more)
{
    struct db *db;
    struct conn *c;
    struct seal *seal = NULL;
    struct str why;
    size_t n;
    int done;
    struct migration *m = app_migrations(a, &n);
    n -= less;
    BUG_ON(db_open(a, url, &db, &why) || db_migrate(db, a, m, n, &done, &why) || conn_open(db, true, &c));
    CHECK_EQ(conn_script(c, S("INSERT INTO setting (city, name, value, until_ms) VALUES (1, 'old', 'kept', 9)")), OK);
    CHECK_EQ(conn_script(c, str_c(more)), OK);
    conn_free(c);
    db_free(db);
    CHECK_EQ(seal_open(a, str_z(a, str_fmt(a, "%s/keys", fresh_folder())), true, &seal, &why), OK);
    seal_free(seal);
    return m[n - 1].n;
}

static void look_into(struct arena *a, const char *path, int schema)
{
    static const struct query old = {"t.old", "SELECT value, (SELECT max(n) FROM schema_version) FROM setting WHERE city = $1"};
    struct db *db;
    struct conn *c;
    struct tx *t;
    const struct val *row;
    struct str why = S("");
    CHECK_EQ(db_open(a, str_fmt(a, "sqlite:%s?mode=ro", path), &db, &why), OK);
    CHECK_STR(why, S(""));
    if (why.n)
        return;
    CHECK_EQ(conn_open(db, false, &c), OK);
    CHECK_EQ(tx_begin(c, TX_READ, &t), OK);
    CHECK_EQ(db_row(t, a, &old, ARGS(I(1)), &row), OK);
    CHECK_STR(val_str(row), S("kept"));
    CHECK_EQ(val_i64(row + 1), schema);
    tx_rollback(t);
    conn_free(c);
    db_free(db);
}

static enum err open_app(struct arena *a, struct str url, enum err (*look)(struct request *rq), struct str *ret_why)
{
    struct config *config = NEW(a, struct config);
    struct app app = {.now_ms = some_day};
    CHECK_EQ(config_load(a, S(""), NULL, config, ret_why), OK);
    config->db = url;
    config->data = str_c(fresh_folder());
    enum err e = app_open(a, &app, config, ret_why);
    if (!e && look)
        e = app_read(&app, look, NULL);
    app_close(&app);
    return e;
}

TEST(older_data_are_copied_before_their_schema_changes)
{
    for (int i = 0; i < 2; i++) {
        struct arena a;
        struct str why = S("");
        arena_init(&a, 0);
        struct str url = fresh_db(&a, i);
        int old = url.n ? make_old(&a, url, 1, "SELECT 1") : 0;
        const char *copy = str_z(&a, str_fmt(&a, "%s/schema-%04d-20261125-1705.db", fresh_folder(), old));
        if (url.n)
            CHECK_EQ(open_app(&a, url, NULL, &why), OK);
        if (url.n && i == 0)
            look_into(&a, copy, old);
        else
            CHECK(access(copy, F_OK) != 0); /* PostgreSQL has its own tools */
        remove(copy);
        if (url.n)
            CHECK_EQ(open_app(&a, url, NULL, &why), OK);
        CHECK(access(copy, F_OK) != 0); /* nothing to change, nothing to copy */
        drop_fresh();
        arena_done(&a);
    }
}

TEST(the_schema_stays_when_the_copy_cannot_be_made)
{
    struct arena a;
    struct str why = S("");
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 0);
    int old = make_old(&a, url, 1, "SELECT 1");
    const char *copy = str_z(&a, str_fmt(&a, "%s/schema-%04d-20261125-1705.db.part", fresh_folder(), old));
    CHECK_EQ(mkdir(copy, 0700), 0); /* in the way of the copy */
    CHECK(open_app(&a, url, NULL, &why) != OK);
    CHECK(str_find(why, S("the copy before it failed")) >= 0);
    look_into(&a, url.p + 7, old);
    drop_fresh();
    arena_done(&a);
}

enum { SEALED_AT = 37, DROPPED_AT = 38 };
static const char open_words[] =
    "INSERT INTO complaint (city, id, district, employer_id, employer_name, job_id, hire_id, person_id, what, about,"
    " phone, state, result, reason, made_ms, due_ms, closed_ms, closed_by) VALUES (440100, 7, 440105, 0, '', 0, 0, 0,"
    " 'unpaid', '上周的钱没给', '', 'closed', 'upheld', '查实欠她三百', 1, 2, 3, 4);\n"
    "INSERT INTO person (city, id, district, name, phone, id_number, born, trade, home_text, home_lon,"
    " home_lat, from_min, to_min, drop_min, pick_min, care_lon, care_lat, floor_fen, travel_max_min, limits, wishes, papers,"
    " need_by, note, partner_id, together, consent_ms, by_id, made_ms) VALUES (440100, 8, 440105, '', '', '', 0, 'other',"
    " '河边老屋二楼', 113.30149, 23.08651, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, 'no', 0, 0, 0);\n"
    "INSERT INTO idem (city, idem_key, actor, req_hash, status, type, location, body, expires_ms) VALUES (440100, 'k1', '9', 'h', 201,"
    " 'application/json', '', '{\"home_text\":\"金丝雀路77号\"}', 9);\n"
    "WITH RECURSIVE k (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM k WHERE n < 5000)"
    " INSERT INTO complaint SELECT n, 440100, 0, 0, '', 0, 0, 0, 'unpaid', '上周的钱没给', '', 'open', 'none', '', 1, 2, 0, 0 FROM k";

/* What stood in the open at step 36 can still be read, and no longer lies open. */
static enum err read_sealed(struct request *rq)
{
    static const struct query raw = {"t.raw", "SELECT about FROM complaint WHERE city = $1 AND id = $2"};
    struct person p;
    struct complaint c;
    const struct val *v;
    enum err e = complaint_get(rq, 7, &c);
    if (!e)
        e = db_row(rq->tx, rq->a, &raw, ARGS(I(rq->city), I(7)), &v);
    if (e)
        return e;
    CHECK_STR(c.about, S("上周的钱没给"));
    CHECK_STR(c.reason, S("查实欠她三百"));
    CHECK_EQ(person_get(rq, 8, &p), OK);
    struct session nine = {.account_id = 9};
    rq->who = &nine;
    rq->idem_key = S("k1");
    CHECK_EQ(idem_find(rq, S("h")), OK);
    CHECK_STR(rq->reply.body, S("{\"home_text\":\"金丝雀路77号\"}"));
    CHECK_STR(p.home_text, S("河边老屋二楼"));
    CHECK(p.home.lon == 113.301 && p.home.lat == 23.087); /* a hundred metres are enough for the way */
    CHECK(val_str(v).n > c.about.n && str_find(val_str(v), S("上周")) < 0);
    return OK;
}

/* SQLite's file and its log hold none of these words. */
static bool no_trace(struct arena *a, const char *path)
{
    static const char *const words[] = {"上周的钱没给", "查实欠她三百", "河边老屋二楼", "金丝雀路77号"};
    struct str pages = S(""), log = S("");
    const char *wal = str_z(a, str_fmt(a, "%s-wal", path));
    bool none = file_read(a, path, 64 << 20, &pages) && (access(wal, F_OK) || file_read(a, wal, 64 << 20, &log));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        none &= str_find(pages, str_c(words[i])) < 0 && str_find(log, str_c(words[i])) < 0;
    return none;
}

/* How many steps there are from this number on; numbers may be left out. */
static size_t steps_from(const struct migration *m, size_t n, int number)
{
    size_t k = 0;
    while (k < n && m[n - 1 - k].n >= number)
        k++;
    return k;
}

/* On each engine: data of the step before `step`, with what `old` writes, are opened and `ask` is asked; and then `trace` of
 * SQLite's file, or NULL. */
static void upgrade_from(int step, const char *old, enum err (*ask)(struct request *rq), bool (*trace)(struct arena *a, const char *path))
{
    for (int i = 0; i < 2; i++) {
        struct arena a;
        struct str why = S("");
        size_t n;
        arena_init(&a, 0);
        struct str url = fresh_db(&a, i);
        struct migration *m = app_migrations(&a, &n);
        int from = url.n ? make_old(&a, url, steps_from(m, n, step), old) : 0;
        CHECK(!url.n || from < step);
        if (url.n)
            CHECK_EQ(open_app(&a, url, ask, &why), OK);
        CHECK(i || !trace || trace(&a, url.p + 7));
        remove(str_z(&a, str_fmt(&a, "%s/schema-%04d-20261125-1705.db", fresh_folder(), from)));
        drop_fresh();
        arena_done(&a);
    }
}

TEST(what_older_data_have_in_the_open_is_sealed_and_not_lost)
{
    upgrade_from(SEALED_AT, open_words, read_sealed, no_trace);
}

static enum err answer_kept(struct request *rq)
{
    static const struct query raw = {"t.kept", "SELECT reply FROM idem WHERE city = $1 AND idem_key = $2"};
    struct str said = S("{\"home_text\":\"金丝雀路77号\"}");
    const struct val *v;
    rq->idem_key = S("k2");
    reply_text(rq, 201, "application/json", said);
    CHECK_EQ(idem_keep(rq, S("h")), OK);
    CHECK_EQ(db_row(rq->tx, rq->a, &raw, ARGS(I(rq->city), T(rq->idem_key)), &v), OK);
    CHECK(val_str(v).n > said.n && str_find(val_str(v), S("金丝雀路")) < 0);
    reply_text(rq, 500, "text/plain", S(""));
    CHECK_EQ(idem_find(rq, S("h")), OK);
    CHECK_EQ(rq->reply.status, 201);
    CHECK_STR(rq->reply.body, said);
    return OK;
}

static void kept(struct town *t)
{
    CHECK_EQ(app_write(&t->app, answer_kept, NULL), OK);
}

TEST(an_answer_kept_for_who_asks_again_lies_sealed)
{
    each_town(kept);
}

enum { HEADS_AT = 91 };
#define OLD_JOB "INSERT INTO job (id, city, district, employer_id, employer_name, title, trade, occupation, text, address, place_lon," \
                " place_lat, pay_unit, pay_fen, pay_max_fen, piece_norm, rhythm, needs, offers, papers, valid_to, source, source_id," \
                " state, findings, verified_by, verified_ms, level, made_ms) VALUES (%d, 440100, 0, 0, '', '包装工', 'packing', '', '包装纸盒'," \
                " '凤阳街', 0, 0, 'day', 20000, 0, 0, 'day', 0, 0, 0, 30000, '%s', '%d', '%s', '', 0, 0, 'none', 1);\n" \
                "INSERT INTO shift (id, city, job_id, start_ms, end_ms, break_min, cap, taken) VALUES (%d, 440100, %d, 1, 2, 60, 5, 0)"

/* What imports invented is gone where nobody has verified it; the number of people stays. */
static enum err look_at_shifts(struct request *rq)
{
    enum err e = OK;
    for (int64_t id = 1; !e && id <= 3; id++) {
        struct job j;
        struct shift *v;
        size_t n = 0;
        e = job_get(rq, id, &j);
        if (!e)
            e = job_shifts(rq, id, &v, &n);
        CHECK_EQ(j.heads, 5);
        CHECK_EQ(n, id != 1);
    }
    return e;
}

TEST(hours_that_older_imports_invented_go_and_the_number_of_people_stays)
{
    char old[4000];
    snprintf(old, sizeof old, OLD_JOB ";\n" OLD_JOB ";\n" OLD_JOB, 1, "x", 1, "submitted", 1, 1, 2, "x", 2, "open", 2, 2, 3, "self", 3, "held", 3, 3);
    upgrade_from(HEADS_AT, old, look_at_shifts, NULL);
}

enum { RHYTHM_AT = 108 };
#define OLD_AD "INSERT INTO job (id, city, district, employer_id, employer_name, title, trade, occupation, text, address, place_lon," \
               " place_lat, pay_unit, pay_fen, pay_max_fen, piece_norm, rhythm, needs, offers, papers, valid_to, source, source_id," \
               " state, findings, verified_by, verified_ms, level, made_ms) VALUES (%d, 440100, 0, 0, '', '包装工', 'packing', '', '包装纸盒'," \
               " '凤阳街', 0, 0, '%s', 600000, 0, 0, '%s', 0, %d, 0, 30000, '%s', '%d', '%s', '', 0, 0, 'none', 1)"

static enum err look_at_rhythms(struct request *rq)
{
    static const int32_t want[] = {RHYTHM_MONTH, RHYTHM_DAY, RHYTHM_DAY, RHYTHM_DAY, RHYTHM_WEEK};
    enum err e = OK;
    for (size_t i = 0; !e && i < sizeof want / sizeof *want; i++) {
        struct job j = {.rhythm = -1};
        e = job_get(rq, (int64_t)i + 1, &j);
        CHECK_EQ(j.rhythm, want[i]);
        CHECK_EQ(j.offers, (i == 4 ? 1u << OFFER_MEALS : 0) | (uint32_t)(want[i] == RHYTHM_DAY) << OFFER_DAY_PAY);
    }
    return e;
}

/* By the month; by the day; posted here; one in which somebody has a place; and one that says so. */
TEST(what_older_imports_pay_by_the_month_is_paid_monthly_unless_somebody_has_a_place)
{
    char old[8000];
    snprintf(old, sizeof old, OLD_AD ";\n" OLD_AD ";\n" OLD_AD ";\n" OLD_AD ";\n" OLD_AD ";\n"
             "INSERT INTO shift (id, city, job_id, start_ms, end_ms, break_min, cap, taken) VALUES (4, 440100, 4, 1, 2, 60, 5, 1)",
             1, "month", "day", 0, "x", 1, "submitted", 2, "day", "day", 0, "x", 2, "open", 3, "month", "day", 0, "self", 3, "open",
             4, "month", "day", 0, "x", 4, "open", 5, "month", "week", 3, "x", 5, "open");
    upgrade_from(RHYTHM_AT, old, look_at_rhythms, NULL);
}

enum { BORN_AT = 111 };
#define OLD_BORN(id, born) "INSERT INTO person (city, id, district, name, phone, id_number, born, trade, home_text, home_lon, home_lat, from_min, to_min, drop_min," \
                           " pick_min, care_lon, care_lat, floor_fen, travel_max_min, limits, wishes, papers, need_by, note, partner_id, together, consent_ms," \
                           " by_id, made_ms) VALUES (440100, " id ", 0, '', '', '', " born ", 'other', '', 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, '', 0, 'no', 0, 0, 0);\n"

static enum err look_at_births(struct request *rq)
{
    static const int32_t born[] = {19691231, 0, 19700102, 20000229, 19000101};
    for (int i = 0; i < 5; i++) {
        struct person p = {.born = -1};
        CHECK_EQ(person_get(rq, i + 1, &p), OK);
        CHECK_EQ(p.born, born[i]);
    }
    return OK;
}

TEST(a_day_of_birth_in_older_data_is_the_same_date)
{
    upgrade_from(BORN_AT, OLD_BORN("1", "-1") OLD_BORN("2", "0") OLD_BORN("3", "1") OLD_BORN("4", "11016") OLD_BORN("5", "-25567"), look_at_births, NULL);
}

enum { SCHOOL_AT = 113 };
static enum err look_at_school_days(struct request *rq)
{
    struct person p = {.school_days = 0};
    CHECK_EQ(person_get(rq, 1, &p), OK);
    CHECK_EQ(p.school_days, 31);
    return OK;
}

TEST(whoever_had_a_school_run_before_days_were_asked_for_has_it_from_monday_to_friday)
{
    upgrade_from(SCHOOL_AT, OLD_BORN("1", "0"), look_at_school_days, NULL);
}

static enum err lose_birth(struct request *rq)
{
    static const struct query lose = {"t.lose", "UPDATE person SET born = 0 WHERE city = $1 AND id = $2"};
    struct person p = {.id = 1, .city = rq->city, .name = S("李四"), .id_number = S("440106197001011236"), .born = 19700101};
    CHECK_EQ(person_add(rq, &p), OK);
    CHECK_EQ(db_run(rq->tx, &lose, ARGS(I(rq->city), I(p.id)), NULL), OK);
    CHECK_EQ(person_born_old(rq->tx, rq->app->seal), OK);
    p.born = 0;
    CHECK_EQ(person_get(rq, 1, &p), OK);
    CHECK_EQ(p.born, 19700101);
    return OK;
}

static void lost_birth(struct town *t)
{
    CHECK_EQ(app_write(&t->app, lose_birth, NULL), OK);
}

TEST(a_date_of_birth_that_older_programs_lost_is_read_from_the_identity_number)
{
    each_town(lost_birth);
}

enum { SITES_AT = 77 };
/* Two grants for a site without its district, one of them given twice; and logins that differ by their case. */
static const char old_staff[] =
    "INSERT INTO site (id, city, district, name, kind, address, place_lon, place_lat, hours, phone) VALUES (7, 440100, 440106, '', 'hub', '', 0, 0, '', '');\n"
    "INSERT INTO account (city, id, login, name, pass_hash, person_id, employer_id, totp_step, made_ms) VALUES (440100, 1, 'Chen.XM', '', '', 0, 0, 0, 1),"
    " (440100, 2, 'DISTCONS', '', '', 0, 0, 0, 1), (440100, 3, 'Distcons', '', '', 0, 0, 0, 1), (440100, 4, 'Boss', '', '', 0, 0, 0, 1), (440100, 5, 'boss', '', '', 0, 0, 0, 1);\n"
    "INSERT INTO role_grant (city, account_id, role, district, site_id, from_ms, to_ms, by_id) VALUES (440100, 1, 'consultant', 0, 7, 1, 0, 0),"
    " (440100, 2, 'consultant', 0, 7, 1, 0, 0), (440100, 2, 'consultant', 440106, 7, 1, 5, 0), (440100, 3, 'consultant', 0, 7, 1, 0, 0),"
    " (440100, 3, 'consultant', 440106, 7, 1, 0, 0), (440100, 4, 'city_admin', 0, 0, 1, 0, 0)";

static enum err look_at_staff(struct request *rq)
{
    static const struct query q = {"t.staff", "SELECT a.login, g.district, g.to_ms FROM account a LEFT JOIN role_grant g ON g.city = a.city AND"
                                              " g.account_id = a.id WHERE a.city = $1 ORDER BY a.id"};
    static const struct {
        const char *login;
        int64_t district;
    } table[] = {{"chen.xm", 440106}, {"distcons", 440106}, {"Distcons", 440106}, {"Boss", 0}, {"boss", 0}};
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, &q, ARGS(I(rq->city)), &rows);
    CHECK_EQ(rows.n, 5);
    for (size_t i = 0; !e && i < rows.n && i < 5; i++) {
        CHECK_STR(val_str(row_at(&rows, i)), str_c(table[i].login));
        CHECK(i == 4 || (val_i64(row_at(&rows, i) + 1) == table[i].district && !val_i64(row_at(&rows, i) + 2)));
    }
    return e;
}

TEST(older_grants_for_a_site_name_its_district_and_older_logins_are_in_small_letters)
{
    upgrade_from(SITES_AT, old_staff, look_at_staff, NULL);
}

static enum err seal_complaints(struct tx *t, void *seal)
{
    return complaint_seal_old(t, seal);
}

/* Killed when the words were sealed and dropped, but before the tables were written anew. */
TEST(an_upgrade_that_was_killed_leaves_no_trace_of_what_it_sealed)
{
    struct arena a;
    struct db *db;
    struct seal *seal = NULL;
    struct str why = S("");
    size_t n;
    int done;
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 0);
    struct migration *m = app_migrations(&a, &n);
    size_t late = steps_from(m, n, DROPPED_AT + 1);
    make_old(&a, url, late + DROPPED_AT - SEALED_AT + 1, open_words);
    struct migration *sealing = &m[n - late - 1 - (DROPPED_AT - SEALED_AT)];
    sealing->then = seal_complaints;
    CHECK_EQ(seal_open(&a, str_z(&a, str_fmt(&a, "%s/keys", fresh_folder())), false, &seal, &why), OK);
    sealing->arg = seal;
    CHECK_EQ(db_open(&a, url, &db, &why), OK);
    CHECK_EQ(db_migrate(db, &a, m, n - late, &done, &why), OK);
    db_free(db);
    seal_free(seal);
    CHECK(!no_trace(&a, url.p + 7));
    CHECK_EQ(open_app(&a, url, NULL, &why), OK);
    CHECK(no_trace(&a, url.p + 7));
    remove(str_z(&a, str_fmt(&a, "%s/schema-%04d-20261125-1705.db", fresh_folder(), DROPPED_AT)));
    drop_fresh();
    arena_done(&a);
}

enum { SAID_AT = 93 };
static const char said_once[] =
    "INSERT INTO hire (id, city, shift_id, job_id, employer_id, person_id, title, employer_name, address, terms, pay_unit, pay_fen, state,"
    " start_ms, end_ms, break_min, in_ms, out_ms, minutes, pieces, worker_ok, employer_ok, wage_fen, by_id, made_ms, active_key) VALUES"
    " (9, 440100, 1, 1, 1, 1, '', '', '', '', 'hour', 2600, 'done', 1, 2, 0, 3, 4, 240, 5, 1, 0, 10400, 0, 1, 1)";

/* Whose yes the number was has it as his own; nothing is due, as nothing was agreed. */
static enum err read_said(struct request *rq)
{
    struct hire h;
    enum err e = hire_get(rq, 9, &h);
    CHECK_EQ(e, OK);
    if (e)
        return e;
    CHECK(h.worker_ok && h.worker_minutes == 240 && h.worker_pieces == 5);
    CHECK(!h.employer_ok && h.employer_minutes == 0 && h.wage_fen == 0 && h.apart_ms == 4);
    return OK;
}

TEST(a_number_that_one_side_had_said_is_its_own_after_an_upgrade)
{
    upgrade_from(SAID_AT, said_once, read_said, NULL);
}

enum { ALIAS_AT = 105 };
static const char advertised[] =
    "INSERT INTO employer (id, city, district, kind, name, uscc, licence, licence_to, contact, phone, address, place_lon, place_lat, state,"
    " verified_by, verified_ms, verify_again, made_ms) VALUES (5, 440100, 0, 'firm', '云上餐饮', '%s', '', 0, '', '', '', 0, 0, 'new', 0, 0, 0, 1);\n"
    "INSERT INTO job (id, city, district, employer_id, employer_name, title, trade, occupation, text, address, place_lon, place_lat, pay_unit,"
    " pay_fen, pay_max_fen, piece_norm, rhythm, needs, offers, papers, valid_to, source, source_id, state, findings, verified_by, verified_ms, level,"
    " made_ms) VALUES (6, 440100, 440105, 5, '云上餐饮', '洗碗工', 'kitchen', '', '洗碗', '凤阳街', 0, 0, 'day', 20000, 0, 0, 'day', 0, 0, 0, 30000, 'x',"
    " '1', 'submitted', '', 0, 0, 'none', 1)";

static enum err look_at_firm(struct request *rq)
{
    struct employer p = {.id = 0};
    int64_t id = 0;
    CHECK_EQ(employer_for_name(rq, S("云上餐饮"), 440106, &id), OK);
    CHECK_EQ(id, 5); /* found by its name, and where its post is */
    CHECK_EQ(employer_get(rq, 5, &p), OK);
    CHECK_EQ(p.district, 440105);
    return OK;
}

TEST(a_firm_of_an_older_import_is_found_again_and_lies_where_its_posts_are)
{
    char old[4000];
    snprintf(old, sizeof old, advertised, "import-47606cd99f0758f1");
    upgrade_from(ALIAS_AT, old, look_at_firm, NULL);
}
