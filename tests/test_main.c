/* test_main.c - [-jN] [ONLY [WITHOUT]]: runs the registered tests whose name or file contains ONLY and whose
 * name does not contain WITHOUT, in N processes of which each takes the next one; TAP on stdout. */
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "feature/picture/picture.h"
#include "test.h"

#pragma weak picture_worker /* build/cov/market-test has no pictures */

enum { MAX_JOBS = 64 };

static struct {
    struct test *first;
    bool failed, skipped;
} state;

/* What the processes know of each other. */
struct together {
    _Atomic int taken, n, n_failed;
    struct {
        pid_t pid;
        struct test *runs;
    } job[MAX_JOBS];
};

void test_add(struct test *t)
{
    struct test **at = &state.first;
    while (*at && (strcmp((*at)->file, t->file) < 0 ||
                   (strcmp((*at)->file, t->file) == 0 && strcmp((*at)->name, t->name) < 0)))
        at = &(*at)->next;
    t->next = *at;
    *at = t;
}

void test_fail(const char *file, int line, const char *what)
{
    printf("# %s:%d: %s\n", file, line, what);
    state.failed = true;
}

void test_fail_i64(const char *file, int line, const char *what, int64_t got, int64_t want)
{
    printf("# %s:%d: %s: got %lld, want %lld\n", file, line, what, (long long)got, (long long)want);
    state.failed = true;
}

void test_fail_str(const char *file, int line, const char *what, struct str got, struct str want)
{
    printf("# %s:%d: %s:\n#   got  '%.*s'\n#   want '%.*s'\n", file, line, what, SV(got), SV(want));
    state.failed = true;
}

void test_skip(const char *why)
{
    printf("# skipped: %s\n", why);
    state.skipped = true;
}

const char *test_data(void)
{
    const char *dir = getenv("LINGJI_SHARED_DATA");
    struct stat st;
    if (!dir)
        dir = "../shared/data";
    if (stat(dir, &st) == 0)
        return dir;
    test_skip("the public data sets are not here (LINGJI_SHARED_DATA)");
    return NULL;
}

static void run(struct together *all, struct test **runs, const char *only, const char *without)
{
    int n = 0, mine = atomic_fetch_add(&all->taken, 1);
    for (struct test *t = state.first; t; t = t->next) {
        if ((!strstr(t->name, only) && !strstr(t->file, only)) || strstr(t->name, without) || n++ != mine)
            continue;
        state.failed = state.skipped = false;
        *runs = t;
        t->run();
        *runs = NULL;
        all->n++;
        all->n_failed += state.failed;
        printf("%s %d - %s%s\n", state.failed ? "not ok" : "ok", n, t->name,
               state.skipped && !state.failed ? " # SKIP" : "");
        mine = atomic_fetch_add(&all->taken, 1);
    }
}

/* A test that ends its process fails; the tests left are taken by the others. */
static void wait_for(struct together *all, int jobs)
{
    int status;
    for (pid_t pid; (pid = wait(&status)) > 0;)
        for (int i = 0; i < jobs; i++)
            if (all->job[i].pid == pid && (status || all->job[i].runs)) {
                printf("not ok - %s ended its process: %#x\n", all->job[i].runs ? all->job[i].runs->name : "something", status);
                all->n_failed++;
            }
}

int main(int argc, char **argv)
{
    int jobs = argc > 1 && strncmp(argv[1], "-j", 2) == 0 ? (argc--, (int)strtol(*++argv + 2, NULL, 10)) : 1;
    const char *only = argc > 1 ? argv[1] : "", *without = argc > 2 ? argv[2] : "\n";
    if (strcmp(only, "picture-worker") == 0)
        return picture_worker(); /* the program under test starts itself */
    setvbuf(stdout, NULL, _IOLBF, 0);
    struct together *all = mmap(NULL, sizeof *all, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    BUG_ON(all == MAP_FAILED || jobs > MAX_JOBS);
    for (int i = 0; i < jobs && jobs > 1; i++) {
        all->job[i].pid = fork();
        BUG_ON(all->job[i].pid < 0);
        if (all->job[i].pid == 0) {
            run(all, &all->job[i].runs, only, without);
            return 0;
        }
    }
    if (jobs > 1)
        wait_for(all, jobs);
    else
        run(all, &all->job[0].runs, only, without);
    printf("1..%d\n", all->n);
    return all->n_failed || all->n == 0;
}
