/* db_fixture.c - fresh databases for tests, removed afterwards. */
#include "db_fixture.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void run_there(struct arena *a, struct str url, struct str script)
{
    struct db *db;
    struct conn *c;
    struct str why;
    if (db_open(a, url, &db, &why) == OK) {
        CHECK(conn_open(db, true, &c) == OK && conn_script(c, script) == OK);
        conn_free(c);
        db_free(db);
    }
}

/* A database of this process, emptied, so that two may test side by side. */
static struct str fresh_pg(struct arena *a, struct str server)
{
    static char name[16];
    int cut = (int)(strrchr(server.p, '/') - server.p);
    if (!name[0]) {
        snprintf(name, sizeof name, "t%d", (int)getpid());
        run_there(a, server, str_fmt(a, "CREATE DATABASE %s", name));
    }
    struct str url = str_fmt(a, "%.*s/%s", cut, server.p, name);
    run_there(a, url, S("DROP SCHEMA public CASCADE"));
    run_there(a, url, S("CREATE SCHEMA public"));
    return url;
}

const char *fresh_folder(void)
{
    if (dir[0])
        return dir;
    snprintf(dir, sizeof dir, "/tmp/lingji-test-XXXXXX");
    BUG_ON(!mkdtemp(dir));
    return dir;
}

struct str fresh_db(struct arena *a, int i)
{
    const char *pg = getenv("LINGJI_TEST_PG");
    if (i == 1 && !pg)
        return S("");
    if (i == 1)
        return fresh_pg(a, str_c(pg));
    drop_fresh();
    return str_fmt(a, "sqlite:%s/lingji.db", fresh_folder());
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
