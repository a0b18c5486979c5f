/* bare.c - the yardstick of durable writes: one thread, 64 inserts in each durable commit, nothing
 * else. Prints rows per second. Usage: bare FOLDER SECONDS */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/db.h"

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const struct query add = {"bare.add", "INSERT INTO bare (city, id, text) VALUES ($1, $2, $3)"};

int main(int argc, char **argv)
{
    struct arena a;
    struct db *db;
    struct conn *c;
    struct tx *t;
    struct str why;
    int64_t n = 0;
    arena_init(&a, 0);
    double limit = argc > 2 ? strtod(argv[2], NULL) : 3;
    BUG_ON(db_open(&a, str_fmt(&a, "sqlite:%s/bare.db", argc > 1 ? argv[1] : "."), &db, &why));
    BUG_ON(conn_open(db, true, &c));
    BUG_ON(conn_script(c, S("CREATE TABLE IF NOT EXISTS bare (city BIGINT, id BIGINT, text TEXT, PRIMARY KEY (city, id))")));
    double from = seconds();
    while (seconds() - from < limit) {
        BUG_ON(tx_begin(c, TX_WRITE, &t));
        for (int i = 0; i < 64; i++, n++)
            BUG_ON(db_run(t, &add, ARGS(I(440100), I(n), T(S("a day of work, taken, worked, paid"))), NULL));
        BUG_ON(tx_commit(t));
    }
    printf("%.0f\n", (double)n / (seconds() - from));
    conn_free(c);
    db_free(db);
    arena_done(&a);
    return 0;
}
