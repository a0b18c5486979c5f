/* noise_test.c - 64 KiB of noise on every route of the table, by every method, as JSON, as a form, as
 * bytes and as a query: always a clean answer, and the program goes on. */
#include <string.h>

#include "app_fixture.h"
#include "http/router.h"
#include "test.h"

enum { SIZE = 64 << 10, WORD = 60 };

/* Bytes from a fixed seed; `plain` keeps them printable and away from the marks of a path. */
static struct str noise(struct arena *a, const char *first, size_t n, bool plain)
{
    uint64_t x = 88172645463325252u;
    char *p = arena_alloc(a, n + 1);
    for (size_t i = 0; i < n; i++) {
        x ^= x << 13, x ^= x >> 7, x ^= x << 17;
        p[i] = plain ? (char)('0' + x % 75) : (char)x;
    }
    memcpy(p, first, strlen(first));
    return (struct str){p, n};
}

/* Every parameter becomes `word`. */
static struct str path_of(struct town *t, const struct route *r, struct str word)
{
    struct str rest = str_c(r->path), out = S("");
    str_cut(&rest, '/');
    while (rest.p) {
        struct str seg = str_cut(&rest, '/');
        seg = str_starts(seg, S(":")) ? word : seg;
        out = str_fmt(&t->a, "%.*s/%.*s", SV(out), SV(seg));
    }
    return out;
}

static void judge(struct town *t, enum method m, struct str path, const struct answer *got, int from, int to)
{
    bool clean = got->status >= from && got->status < to;
    bool shaped = got->status < 400 || str_starts(got->body, S("{\"type\":")) || str_starts(got->body, S("<!"));
    if (!clean || !shaped)
        test_fail_i64(__FILE__, __LINE__, str_z(&t->a, str_fmt(&t->a, "%s %.60s: '%.80s'", method_name(m), path.p, got->body.p)),
                      got->status, from);
}

/* Made once; `firsts` begin as what they say they are. */
struct noises {
    struct str firsts[4], bytes, query, word;
};

static void send_noise(struct town *t, const struct route *r, const struct noises *x, struct str token)
{
    bool reads = r->in && r->method != GET;
    struct str path = path_of(t, r, S("1"));
    for (size_t i = 0; i < sizeof x->firsts / sizeof *x->firsts; i++) {
        struct answer got = town_send(t, r->method, str_z(&t->a, path), x->firsts[i], token);
        judge(t, r->method, path, &got, reads ? 400 : 200, 500);
    }
    for (int m = 0; m < METHODS; m++) {
        struct answer got = town_send(t, (enum method)m, str_z(&t->a, path), x->bytes, token);
        judge(t, (enum method)m, path, &got, 200, 500);
    }
    struct str query = str_fmt(&t->a, "%.*s?%.*s", SV(path), SV(x->query));
    struct answer got = town_send(t, GET, query.p, S(""), token);
    judge(t, GET, path, &got, 200, 500);
    path = path_of(t, r, x->word);
    got = town_send(t, r->method, str_z(&t->a, path), S("{}"), token);
    judge(t, r->method, path, &got, 200, 500);
}

static void walk(struct town *t)
{
    size_t n;
    uint32_t all = (uint32_t)SIGNED_IN;
    struct str token = town_staff(t, all, 0), bytes = noise(&t->a, "\x80", SIZE, false);
    const struct noises x = {.firsts = {noise(&t->a, "{", SIZE, false), noise(&t->a, "{\"a\":\"", SIZE, false),
                                        noise(&t->a, "title=", SIZE, false), bytes},
                             .bytes = bytes, .query = noise(&t->a, "q", SIZE, true), .word = noise(&t->a, "x", WORD, true)};
    const struct route *const *routes = router_routes(t->app.router, &n);
    for (size_t i = 0; i < n; i++)
        if (!routes[i]->stream && strcmp(routes[i]->path, "/api/v1/sign-out"))
            send_noise(t, routes[i], &x, token);
    CHECK_EQ(town_call(t, GET, "/healthz", "", S("")).status, 200);
    CHECK_EQ(town_call(t, GET, "/", "", S("")).status, 200);
}

TEST(noise_on_every_route_gets_a_clean_answer)
{
    each_town(walk);
}
