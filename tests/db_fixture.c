/* db_fixture.c - fresh databases for tests, removed afterwards. */
#include "db_fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/file.h"
#include "test.h"

static char dir[64];

static int remove_one(const char *path, const struct stat *st, int kind, struct FTW *f)
{
    (void)st, (void)kind, (void)f;
    return remove(path);
}

void drop_fresh(void)
{
    if (dir[0])
        nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    dir[0] = 0;
}

/* The database of this process, so that two may test side by side, and a connection that stays: to open
 * one costs PostgreSQL more than most tests. */
static struct {
    char url[256];
    struct db *db;
    struct conn *c;
    bool has_tables;
} pg;

static struct conn *connect_to(struct arena *a, const char *url, struct db **ret)
{
    struct conn *c;
    struct str why;
    BUG_ON(db_open(a, str_c(url), ret, &why) || conn_open(*ret, true, &c));
    return c;
}

/* False when PostgreSQL is not tested. */
static bool open_pg(struct arena *a)
{
    const char *server = getenv("LINGJI_TEST_PG");
    struct db *db;
    if (pg.c || !server)
        return pg.c;
    struct conn *c = connect_to(a, server, &db);
    BUG_ON(conn_script(c, str_fmt(a, "CREATE DATABASE t%d", (int)getpid())));
    conn_free(c);
    db_free(db);
    snprintf(pg.url, sizeof pg.url, "%.*s/t%d", (int)(strrchr(server, '/') - server), server, (int)getpid());
    pg.c = connect_to(a, pg.url, &pg.db);
    return true;
}

/* No test can see whether the disk has it, so the disk need not wait where there is memory for files. */
const char *fresh_folder(void)
{
    enum { ENOUGH = 256 << 20 };
    struct statvfs st;
    if (dir[0])
        return dir;
    bool memory = statvfs("/dev/shm", &st) == 0 && st.f_bavail > ENOUGH / st.f_frsize && access("/dev/shm", W_OK) == 0;
    snprintf(dir, sizeof dir, "%s/lingji-test-XXXXXX", memory ? "/dev/shm" : "/tmp");
    BUG_ON(!mkdtemp(dir));
    return dir;
}

struct str fresh_db(struct arena *a, int i)
{
    drop_fresh();
    if (i == 0)
        return str_fmt(a, "sqlite:%s/lingji.db", fresh_folder());
    if (!open_pg(a))
        return S("");
    BUG_ON(conn_script(pg.c, S("DROP SCHEMA public CASCADE")) || conn_script(pg.c, S("CREATE SCHEMA public")));
    pg.has_tables = false;
    return str_c(pg.url);
}

static void migrate(struct arena *a, struct str url, const struct migration *m, size_t n)
{
    struct db *db;
    struct str why;
    int done;
    BUG_ON(db_open(a, url, &db, &why) || db_migrate(db, a, m, n, &done, &why));
    db_free(db);
}

/* The file of the first one is copied. */
static struct str filled_lite(struct arena *a, const struct migration *m, size_t n)
{
    enum { MOST = 8 << 20 };
    static struct arena keep;
    static struct str image;
    struct str url = fresh_db(a, 0);
    const char *path = str_z(a, str_sub(url, 7, url.n));
    if (!image.n) {
        migrate(a, url, m, n);
        BUG_ON(!file_read(&keep, path, MOST, &image));
        return url;
    }
    FILE *f = fopen(path, "w");
    BUG_ON(!f || fwrite(image.p, 1, image.n, f) != image.n || fclose(f));
    return url;
}

/* The tables of the one before are emptied: no key is foreign, and a test leaves little. */
static struct str filled_pg(struct arena *a, const struct migration *m, size_t n)
{
    static const char *const empty = "DO $$ DECLARE t text; BEGIN FOR t IN SELECT tablename FROM pg_tables WHERE "
                                     "schemaname = 'public' AND tablename <> 'schema_version' "
                                     "LOOP EXECUTE 'DELETE FROM ' || t; END LOOP; END $$";
    if (pg.has_tables) {
        BUG_ON(conn_script(pg.c, str_c(empty)));
        return str_c(pg.url);
    }
    struct str url = fresh_db(a, 1);
    if (url.n)
        migrate(a, url, m, n);
    pg.has_tables = url.n > 0;
    return url;
}

struct str filled_db(struct arena *a, int i, const struct migration *m, size_t n)
{
    return i == 0 ? filled_lite(a, m, n) : filled_pg(a, m, n);
}

void each_db(void (*fn)(struct db *db, const char *engine))
{
    for (int i = 0; i < 2; i++) {
        struct arena a;
        struct db *db;
        struct str why = S("");
        arena_init(&a, 0);
        struct str url = fresh_db(&a, i);
        if (url.n && db_open(&a, url, &db, &why) == OK) {
            fn(db, i ? "PostgreSQL" : "SQLite");
            db_free(db);
        } else if (url.n) {
            test_fail(__FILE__, __LINE__, str_z(&a, why));
        }
        drop_fresh();
        arena_done(&a);
    }
}
