/* golden_test.c - the routes of the program equal tests/golden/routes.txt, and every query of every
 * store prepares on every engine. */
#include <stdio.h>

#include "app_fixture.h"
#include "base/buf.h"
#include "http/router.h"
#include "test.h"

TEST(routes_equal_the_golden_file)
{
    struct arena a;
    struct router *r;
    struct str why;
    struct buf b;
    char *text;
    arena_init(&a, 0);
    buf_init(&b, &a, 1 << 20);
    CHECK(router_new(&a, features, &r, &why) == OK);
    router_print(r, &b);
    FILE *f = fopen("tests/golden/routes.txt", "r");
    CHECK(f != NULL);
    if (f) {
        text = arena_alloc(&a, 1 << 20);
        size_t n = fread(text, 1, (1 << 20) - 1, f);
        fclose(f);
        struct str want = {text, n}, got = buf_str(&b);
        while (want.p && want.n && got.n) { /* line by line, so that a change is one line */
            struct str w = str_cut(&want, '\n'), g = str_cut(&got, '\n');
            CHECK_STR(g, w);
        }
        CHECK_EQ(got.n, want.n);
    }
    arena_done(&a);
}

static void prepare_all(struct town *t)
{
    struct conn *c;
    int n = 0;
    CHECK(conn_open(t->app.db, true, &c) == OK);
    for (size_t i = 0; features[i]; i++)
        for (const struct query *const *q = features[i]->queries; q && *q; q++, n++)
            if (conn_prepare(c, *q))
                test_fail_str(__FILE__, __LINE__, (*q)->name, conn_error(c), S(""));
    CHECK(n > 60);
    conn_free(c);
}

TEST(every_query_prepares_on_every_engine)
{
    each_town(prepare_all);
}
