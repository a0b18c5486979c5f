/* db_test.c - both engines behind db.h behave the same. */
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

#include "db/driver.h"
#include "db/fault.h"
#include "db_fixture.h"
#include "test.h"

static const struct query insert = {
    "t.insert", "INSERT INTO t (city, id, f, s, b) VALUES ($1, $2, $3, $4, $5)"};
static const struct query all = {"t.all", "SELECT id, f, s, b FROM t WHERE city = $1 ORDER BY id"};
static const struct query sum = {"t.sum", "SELECT count(*), sum(id) FROM t WHERE city = $1"};
static const struct query take = {
    "t.take", "UPDATE slot SET taken = taken + 1 WHERE city = $1 AND taken < cap"};
static const struct query taken = {"t.taken", "SELECT taken FROM slot WHERE city = $1"};

static const struct migration steps[] = {
    {.n = 5, /* numbers have gaps */
     .name = {"0001_t", 6},
     .sql = {"CREATE TABLE t (city BIGINT NOT NULL, id BIGINT NOT NULL, f DOUBLE PRECISION, s TEXT, b "
      "BYTEA,"
      " PRIMARY KEY (city, id));\nCREATE TABLE slot (city BIGINT PRIMARY KEY, taken BIGINT NOT "
      "NULL,"
      " cap BIGINT NOT NULL, CHECK (taken <= cap));\nINSERT INTO slot VALUES (1, 0, 10);\n",
      0}},
    {.n = 7,
     .name = {"0002_u", 6},
     .sql = {"ALTER TABLE slot ADD COLUMN note TEXT;\nUPDATE slot SET note = 'x';\n", 0}},
};

static enum err migrate(struct db *db, struct arena *a, size_t n, int *done, struct str *why)
{
    struct migration m[2] = {steps[0], steps[1]};
    for (int i = 0; i < 2; i++)
        m[i].sql = str_c(m[i].sql.p);
    return db_migrate(db, a, m, n, done, why);
}

static struct conn *ready(struct db *db, struct arena *a)
{
    int done;
    struct str why = S("");
    struct conn *c;
    CHECK_EQ(migrate(db, a, 2, &done, &why), OK);
    CHECK_STR(why, S(""));
    CHECK_EQ(conn_open(db, true, &c), OK);
    return c;
}

static void round_trip(struct db *db, const char *engine)
{
    struct arena a;
    struct tx *t;
    struct rows r;
    (void)engine;
    arena_init(&a, 0);
    struct conn *c = ready(db, &a);
    struct str bytes = S("a\0b\xff'\\");
    CHECK_EQ(tx_begin(c, TX_WRITE, &t), OK);
    CHECK_EQ(
        db_run(t, &insert, ARGS(I(1), I(INT64_MAX), F(-1.5e-7), T(S("零'\"集👍")), B(bytes)), NULL),
        OK);
    CHECK_EQ(db_run(t, &insert, ARGS(I(1), I(INT64_MIN + 1), NUL, NUL, NUL), NULL), OK);
    CHECK_EQ(db_run(t, &insert, ARGS(I(1), I(5), F(2), T(S("")), B(S(""))), NULL), OK);
    CHECK_EQ(tx_commit(t), OK);
    CHECK_EQ(tx_begin(c, TX_READ, &t), OK);
    CHECK_EQ(db_rows(t, &a, &all, ARGS(I(1)), &r), OK);
    CHECK_EQ(r.n, 3);
    CHECK_EQ(val_i64(row_at(&r, 0)), INT64_MIN + 1);
    CHECK(row_at(&r, 0)[1].kind == VAL_NULL && row_at(&r, 0)[3].kind == VAL_NULL);
    CHECK(row_at(&r, 1)[2].kind == VAL_TEXT && row_at(&r, 1)[2].s.n == 0);
    CHECK_EQ(val_i64(row_at(&r, 2)), INT64_MAX);
    CHECK(val_f64(row_at(&r, 2) + 1) == -1.5e-7);
    CHECK_STR(val_str(row_at(&r, 2) + 2), S("零'\"集👍"));
    CHECK_STR(val_str(row_at(&r, 2) + 3), bytes);
    CHECK_EQ(db_rows(t, &a, &sum, ARGS(I(1)), &r), OK);
    CHECK_EQ(val_i64(row_at(&r, 0)), 3);
    CHECK_EQ(val_i64(row_at(&r, 0) + 1), 5);
    tx_rollback(t);
    conn_free(c);
    arena_done(&a);
}

TEST(values_come_back_as_they_went_in_on_both_engines)
{
    each_db(round_trip);
}

static void undo(struct db *db, const char *engine)
{
    struct arena a;
    struct tx *t;
    struct rows r;
    (void)engine;
    arena_init(&a, 0);
    struct conn *c = ready(db, &a);
    CHECK_EQ(tx_begin(c, TX_WRITE, &t), OK);
    for (int i = 0; i < 3; i++) {
        CHECK_EQ(tx_save(t), OK);
        CHECK_EQ(db_run(t, &insert, ARGS(I(1), I(i), F(0), T(S("x")), NUL), NULL), OK);
        if (i == 1) {
            CHECK_EQ(db_run(t, &insert, ARGS(I(1), I(0), F(0), T(S("x")), NUL), NULL),
                     ERR_CONFLICT);
            CHECK_EQ(tx_undo(t), OK);
        } else {
            CHECK_EQ(tx_release(t), OK);
        }
    }
    CHECK_EQ(tx_commit(t), OK);
    CHECK_EQ(tx_begin(c, TX_READ, &t), OK);
    CHECK_EQ(db_rows(t, &a, &all, ARGS(I(1)), &r), OK);
    CHECK_EQ(r.n, 2);
    tx_rollback(t);
    conn_free(c);
    arena_done(&a);
}

TEST(an_undone_savepoint_leaves_the_others_in_the_same_commit)
{
    each_db(undo);
}

static void migrations(struct db *db, const char *engine)
{
    struct arena a;
    int done, status;
    struct str why = S("");
    (void)engine;
    arena_init(&a, 0);
    CHECK_EQ(migrate(db, &a, 1, &done, &why), OK);
    pid_t pid = fork(); /* killed between two statements of step 2 */
    if (pid == 0) {
        db_fault(db, FAULT_EXIT_IN_MIGRATION, 0);
        _exit(migrate(db, &a, 2, &done, &why) ? 1 : 0);
    }
    waitpid(pid, &status, 0);
    CHECK_EQ(WEXITSTATUS(status), 9);
    CHECK_EQ(migrate(db, &a, 2, &done, &why), OK);
    CHECK_EQ(done, 1);
    CHECK_EQ(migrate(db, &a, 2, &done, &why), OK);
    CHECK_EQ(done, 0);
    CHECK_EQ(migrate(db, &a, 1, &done, &why), ERR_DB);
    CHECK_STR(why, S("the database has schema step 7, this program knows only 5: a newer lingji is needed"));
    struct migration changed = steps[0];
    changed.sql = S("CREATE TABLE other (city BIGINT);\n");
    CHECK_EQ(db_migrate(db, &a, (struct migration[]){changed, steps[1]}, 2, &done, &why), ERR_DB);
    CHECK(str_find(why, S("0001_t is not the one")) >= 0);
    arena_done(&a);
}

TEST(migrations_survive_a_kill_and_refuse_a_newer_or_other_schema)
{
    each_db(migrations);
}

/* Stopped behind each statement, by a kill or by a full disk, a first start has made nothing yet. */
static void first_start(struct db *db, const char *engine)
{
    enum { STATEMENTS = 5 };
    struct arena a;
    int have = -1, done, status;
    struct str why = S("");
    struct conn *c;
    (void)engine;
    arena_init(&a, 0);
    for (int i = 0; i < 2 * STATEMENTS; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            db_fault(db, i % 2 ? FAULT_EXIT_IN_MIGRATION : FAULT_FULL_IN_MIGRATION, i / 2);
            enum err e = migrate(db, &a, 2, &done, &why);
            _exit(e == ERR_FULL && done == 0 ? 9 : 1);
        }
        waitpid(pid, &status, 0);
        CHECK_EQ(WEXITSTATUS(status), 9);
        CHECK_EQ(db_schema(db, &a, &have, &why), OK);
        CHECK_EQ(have, 0);
        CHECK_EQ(conn_open(db, true, &c), OK);
        CHECK(conn_script(c, S("DELETE FROM slot")) != OK); /* no such table */
        conn_free(c);
    }
    CHECK_EQ(migrate(db, &a, 2, &done, &why), OK);
    CHECK_EQ(done, 2);
    arena_done(&a);
}

TEST(a_first_start_makes_all_tables_or_none)
{
    each_db(first_start);
}

struct taker {
    struct db *db;
    int got;
};

static void *take_many(void *p)
{
    struct taker *w = p;
    struct conn *c;
    struct tx *t;
    int64_t n;
    BUG_ON(conn_open(w->db, true, &c));
    for (int i = 0; i < 10; i++) {
        enum err e = tx_begin(c, TX_WRITE, &t);
        if (!e) {
            e = db_run(t, &take, ARGS(I(1)), &n);
            if (e)
                tx_rollback(t);
            else
                e = tx_commit(t);
        }
        w->got += !e && n;
        i -= e == ERR_BUSY;
    }
    conn_free(c);
    return NULL;
}

static void guarded(struct db *db, const char *engine)
{
    struct arena a;
    pthread_t th[8];
    struct taker w[8];
    struct tx *t;
    const struct val *row;
    int got = 0;
    (void)engine;
    arena_init(&a, 0);
    struct conn *c = ready(db, &a);
    for (int i = 0; i < 8; i++) {
        w[i] = (struct taker){.db = db};
        pthread_create(&th[i], NULL, take_many, &w[i]);
    }
    for (int i = 0; i < 8; i++) {
        pthread_join(th[i], NULL);
        got += w[i].got;
    }
    CHECK_EQ(got, 10);
    CHECK_EQ(tx_begin(c, TX_READ, &t), OK);
    CHECK_EQ(db_row(t, &a, &taken, ARGS(I(1)), &row), OK);
    CHECK_EQ(val_i64(row), 10);
    tx_rollback(t);
    conn_free(c);
    arena_done(&a);
}

TEST(eight_threads_never_take_more_than_there_is)
{
    each_db(guarded);
}

TEST(a_second_server_on_the_same_file_gets_one_clear_sentence)
{
    struct arena a;
    struct db *one = NULL, *two = NULL;
    struct str why = S("");
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 0);
    CHECK_EQ(db_open(&a, url, &one, &why), OK);
    CHECK_EQ(db_open(&a, url, &two, &why), ERR_DB);
    CHECK(str_find(why, S("in use by another lingji")) >= 0);
    CHECK_EQ(db_open(&a, S("mysql://x"), &two, &why), ERR_DB);
    db_free(one);
    drop_fresh();
    arena_done(&a);
}

TEST(of_two_servers_on_one_database_each_has_a_node_of_its_own)
{
    struct arena a;
    struct str why = S("");
    struct db *one = NULL, *two = NULL;
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 1);
    if (url.n) {
        CHECK(db_open(&a, url, &one, &why) == OK && db_open(&a, url, &two, &why) == OK);
        CHECK_EQ(db_claim(one, 3), OK);
        CHECK_EQ(db_claim(two, 3), ERR_CONFLICT);
        CHECK_EQ(db_claim(two, 4), OK);
        db_free(two);
        db_free(one);
        drop_fresh();
    }
    arena_done(&a);
}

/* As a restart of the server would, for whoever holds node 3. */
static void cut_off(struct db *db)
{
    struct conn *c;
    CHECK_EQ(conn_open(db, true, &c), OK);
    CHECK_EQ(conn_script(c, S("SELECT pg_terminate_backend(pid, 5000) FROM pg_locks WHERE locktype = 'advisory' AND objid = 3 AND"
                              " database = (SELECT oid FROM pg_database WHERE datname = current_database())")), OK);
    conn_free(c);
}

static enum err kept_at_last(struct db *db)
{
    enum err e = db_keep(db);
    while (e == ERR_BUSY)
        e = db_keep(db);
    return e;
}

TEST(a_server_whose_connection_was_cut_takes_its_node_again_unless_another_was_faster)
{
    struct arena a;
    struct str why = S("");
    struct db *one = NULL, *two = NULL;
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 1);
    if (url.n) {
        CHECK(db_open(&a, url, &one, &why) == OK && db_open(&a, url, &two, &why) == OK);
        CHECK_EQ(db_keep(one), OK); /* nothing claimed, nothing to keep */
        CHECK_EQ(db_claim(one, 3), OK);
        CHECK_EQ(db_keep(one), OK);
        cut_off(two);
        CHECK_EQ(kept_at_last(one), OK);
        CHECK_EQ(db_claim(two, 3), ERR_CONFLICT);
        struct conn *left = one->claim; /* only this side has given it up: the server has not missed it yet */
        one->claim = NULL;
        CHECK_EQ(kept_at_last(one), OK);
        conn_free(left);
        CHECK_EQ(db_claim(two, 3), ERR_CONFLICT);
        cut_off(two);
        CHECK_EQ(db_claim(two, 3), OK);
        CHECK_EQ(kept_at_last(one), ERR_CONFLICT);
        CHECK_EQ(kept_at_last(two), OK);
        db_free(two);
        db_free(one);
        drop_fresh();
    }
    arena_done(&a);
}

TEST(a_server_short_of_locks_is_busy_and_the_operator_is_told_what_to_set)
{
    static const struct query q = {"test.short", "DO $$ BEGIN RAISE SQLSTATE '53200'; END $$"};
    struct arena a;
    struct str why = S("");
    struct db *db = NULL;
    struct conn *c = NULL;
    struct tx *t = NULL;
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 1);
    if (url.n) {
        CHECK(db_open(&a, url, &db, &why) == OK && conn_open(db, true, &c) == OK && tx_begin(c, TX_WRITE, &t) == OK);
        CHECK_EQ(db_run(t, &q, NO_ARGS, NULL), ERR_BUSY);
        tx_rollback(t);
        const char *advice = conn_advice(c);
        CHECK(advice && str_find(str_c(advice), S("max_pred_locks_per_transaction")) >= 0);
        CHECK(!conn_advice(c));
        conn_free(c);
        db_free(db);
        drop_fresh();
    }
    arena_done(&a);
}

TEST(a_backup_beside_a_writer_is_whole)
{
    struct arena a;
    struct db *db, *copy;
    struct tx *t;
    const struct val *row;
    struct conn *c2;
    struct str why = S("");
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 0);
    CHECK_EQ(db_open(&a, url, &db, &why), OK);
    struct conn *c = ready(db, &a);
    for (int i = 0; i < 50; i++) {
        CHECK_EQ(tx_begin(c, TX_WRITE, &t), OK);
        CHECK_EQ(db_run(t, &insert, ARGS(I(1), I(i), F(0), T(S("x")), NUL), NULL), OK);
        if (i < 49)
            CHECK_EQ(tx_commit(t), OK);
    }
    const char *path = str_z(&a, str_fmt(&a, "%.*s.copy", SV(str_sub(url, 7, url.n))));
    CHECK_EQ(db_backup(db, &a, path, &why), OK); /* while the 50th is still open */
    CHECK_EQ(tx_commit(t), OK);
    CHECK_EQ(db_open(&a, str_fmt(&a, "sqlite:%s?mode=ro", path), &copy, &why), OK);
    CHECK_EQ(conn_open(copy, false, &c2), OK);
    CHECK_EQ(tx_begin(c2, TX_READ, &t), OK);
    CHECK_EQ(db_row(t, &a, &sum, ARGS(I(1)), &row), OK);
    CHECK_EQ(val_i64(row), 49);
    tx_rollback(t);
    conn_free(c2);
    db_free(copy);
    conn_free(c);
    db_free(db);
    drop_fresh();
    arena_done(&a);
}

TEST(no_acknowledged_row_is_lost_to_a_kill)
{
    struct arena a;
    struct str why;
    int64_t acked = 0, got;
    arena_init(&a, 0);
    struct str url = fresh_db(&a, 0);
    for (int round = 0; round < 20; round++) {
        int pipefd[2], status;
        CHECK_EQ(pipe(pipefd), 0);
        pid_t pid = fork();
        if (pid == 0) {
            struct db *db;
            struct tx *t;
            BUG_ON(db_open(&a, url, &db, &why));
            struct conn *c = ready(db, &a);
            for (int64_t i = acked * 2 + 1;; i++) { /* unacknowledged ids are never used again */
                if (tx_begin(c, TX_WRITE, &t) == OK &&
                    db_run(t, &insert, ARGS(I(1), I(i + round * 100000), F(0), NUL, NUL), NULL) ==
                        OK &&
                    tx_commit(t) == OK)
                    BUG_ON(write(pipefd[1], "x", 1) != 1);
            }
        }
        close(pipefd[1]);
        char b;
        for (int i = 0; i < 3 + round % 5; i++)
            acked += read(pipefd[0], &b, 1);
        kill(pid, 9);
        while (read(pipefd[0], &b, 1) == 1)
            acked++;
        close(pipefd[0]);
        waitpid(pid, &status, 0);
    }
    struct db *db;
    const struct val *row;
    struct tx *t;
    CHECK_EQ(db_open(&a, url, &db, &why), OK);
    struct conn *c = ready(db, &a);
    CHECK_EQ(tx_begin(c, TX_READ, &t), OK);
    CHECK_EQ(db_row(t, &a, &sum, ARGS(I(1)), &row), OK);
    got = val_i64(row);
    CHECK(acked >= 60 && got >= acked && got <= acked + 20);
    tx_rollback(t);
    CHECK_EQ(db_check(db, &a, &why), OK);
    conn_free(c);
    db_free(db);
    drop_fresh();
    arena_done(&a);
}
