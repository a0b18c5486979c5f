/* test_main.c - runs the registered tests whose name or file contains argv[1] and not argv[2]; TAP on stdout. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "feature/picture/picture.h"
#include "test.h"

#pragma weak picture_worker /* build/cov/market-test has no pictures */

static struct {
    struct test *first;
    bool failed, skipped;
    int n, n_failed;
} state;

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

int main(int argc, char **argv)
{
    const char *only = argc > 1 ? argv[1] : "", *without = argc > 2 ? argv[2] : "\n";
    if (strcmp(only, "picture-worker") == 0)
        return picture_worker(); /* the program under test starts itself */
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (struct test *t = state.first; t; t = t->next) {
        if ((!strstr(t->name, only) && !strstr(t->file, only)) || strstr(t->name, without))
            continue;
        state.failed = state.skipped = false;
        t->run();
        state.n++;
        state.n_failed += state.failed;
        printf("%s %d - %s%s\n", state.failed ? "not ok" : "ok", state.n, t->name,
               state.skipped && !state.failed ? " # SKIP" : "");
    }
    printf("1..%d\n", state.n);
    return state.n_failed || state.n == 0;
}
