/* bare.c - the yardstick of durable check-ins: one thread writes what a check-in must leave behind, the
 * changed row of the hire and its line of audit, 64 in each durable commit (WAL, synchronous=FULL, as
 * the program has it), and nothing else: no HTTP, session, checks, code, hash or reply. Runs on the
 * data folder that `workers` filled. Prints check-ins per second, commits per second.
 * Usage: bare FOLDER WORKERS SECONDS */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "db/db.h"

enum { CITY = 440100, GROUP = 64 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const struct query put = {
    "bare.put", "UPDATE hire SET state = 'working', in_ms = $3 WHERE city = $1 AND id = $2 AND state = 'taken'"};
static const struct query add = {
    "bare.add", "INSERT INTO audit (city, chain, n, at_ms, actor_id, roles, action, object, object_id, reason, prev,"
                " hash) VALUES ($1, 1000, $2, $2, 0, 2, 'POST /api/v1/hires/:hire/check-in', 'hire', $3, '', $4, $4)"};

static void one(struct tx *t, int64_t hire_id, int64_t n)
{
    const struct str hash = S("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
    int64_t changed = 0;
    BUG_ON(db_run(t, &put, ARGS(I(CITY), I(hire_id), I(n + 1)), &changed) || changed != 1);
    BUG_ON(db_run(t, &add, ARGS(I(CITY), I(n), I(hire_id), T(hash)), NULL));
}

/* The next hire of the list, 0 at its end. */
static int64_t next_hire(FILE *workers)
{
    long long id;
    return fscanf(workers, "%lld %*s", &id) == 1 ? id : 0;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct db *db;
    struct conn *c;
    struct tx *t;
    struct str why;
    int64_t n = 0, commits = 0, id = 1;
    arena_init(&a, 0);
    FILE *workers = argc == 4 ? fopen(argv[2], "r") : NULL;
    BUG_ON(!workers || fscanf(workers, "%*s") == EOF);
    double limit = strtod(argv[3], NULL);
    BUG_ON(db_open(&a, str_fmt(&a, "sqlite:%s/lingji.db", argv[1]), &db, &why));
    BUG_ON(conn_open(db, true, &c));
    double from = seconds();
    for (; id && seconds() - from < limit; commits++) {
        BUG_ON(tx_begin(c, TX_WRITE, &t));
        for (int i = 0; i < GROUP && (id = next_hire(workers)); i++)
            one(t, id, n++);
        BUG_ON(tx_commit(t));
    }
    double took = seconds() - from;
    printf("%.0f %.0f\n", (double)n / took, (double)commits / took);
    fclose(workers);
    conn_free(c);
    db_free(db);
    arena_done(&a);
    return 0;
}
