/* rate_test.c - who counts as a caller of his own: an address, and a session that was seen to be one. */

#include "http/config.h"
#include "http/router.h"
#include "test.h"

static enum err only_seven(struct request *rq, struct str hash, struct session *ret)
{
    (void)rq;
    *ret = (struct session){.account_id = 7, .roles = PUBLIC | MEMBER};
    return str_eq(hash, S("seven")) ? OK : ERR_NONE;
}

static enum err nothing(struct request *rq)
{
    return reply_none(rq);
}

struct caller {
    const struct route *route;
    const char *token, *ip;
};

/* As the server and then a lane: counted first, the session loaded afterwards. */
static enum err comes(struct arena *a, struct caller c)
{
    static const struct session_source sessions = {.load = only_seven, .renew = NULL};
    static const struct config config = {.rate_limits = true};
    static struct app app = {.sessions = &sessions};
    struct request rq = {.app = &app, .a = a, .route = c.route, .method = GET, .token = str_c(c.token), .token_mac = str_c(c.token),
                         .ip = str_c(c.ip), .now_ms = 3600000};
    app.config = &config;
    enum err e = router_rate(&rq);
    return e ? e : router_run(&rq);
}

static int passes(struct arena *a, struct caller c, int times)
{
    int n = 0;
    for (int i = 0; i < times; i++) {
        char token[8] = {'t', (char)('a' + i), 0};
        struct caller each = {c.route, *c.token ? c.token : token, c.ip};
        n += comes(a, each) == OK;
    }
    return n;
}

TEST(an_invented_token_is_no_caller_of_its_own)
{
    static const struct route route = {.method = GET, .path = "/a", .roles = ANYONE, .run = nothing, .rate = PER_HOUR(5)};
    struct arena a;
    arena_init(&a, 0);
    CHECK_EQ(passes(&a, (struct caller){&route, "", "192.0.2.1"}, 9), 5);
    CHECK_EQ(passes(&a, (struct caller){&route, "", "192.0.2.2"}, 9), 5);
    arena_done(&a);
}

TEST(a_session_counts_apart_from_its_address_once_it_is_known)
{
    static const struct route route = {.method = GET, .path = "/b", .roles = ANYONE, .run = nothing, .rate = PER_HOUR(5)};
    struct arena a;
    arena_init(&a, 0);
    CHECK_EQ(passes(&a, (struct caller){&route, "seven", "192.0.2.3"}, 1), 1); /* by its address: nobody knows it yet */
    CHECK_EQ(passes(&a, (struct caller){&route, "", "192.0.2.3"}, 9), 4);
    CHECK_EQ(passes(&a, (struct caller){&route, "seven", "192.0.2.3"}, 9), 5);
    arena_done(&a);
}

TEST(no_crowd_of_other_callers_makes_a_limit_forget)
{
    static const struct route route = {.method = GET, .path = "/d", .roles = ANYONE, .run = nothing, .rate = PER_HOUR(5)};
    struct arena a;
    arena_init(&a, 0);
    CHECK_EQ(passes(&a, (struct caller){&route, "", "192.0.2.6"}, 9), 5);
    for (int i = 0; i < 200000; i++) {
        struct str ip = str_fmt(&a, "10.%d.%d.%d", i >> 16, i >> 8 & 255, i & 255);
        (void)!comes(&a, (struct caller){&route, "", str_z(&a, ip)});
        arena_reset(&a);
    }
    CHECK_EQ(passes(&a, (struct caller){&route, "", "192.0.2.6"}, 9), 0);
    arena_done(&a);
}

TEST(whoever_signs_in_counts_by_address_whatever_session_he_has)
{
    static const struct route route = {.method = GET, .path = "/c", .roles = ANYONE, .run = nothing, .rate = PER_HOUR_AND_ADDRESS(5)};
    struct arena a;
    arena_init(&a, 0);
    CHECK_EQ(passes(&a, (struct caller){&route, "seven", "192.0.2.4"}, 9), 5);
    CHECK_EQ(passes(&a, (struct caller){&route, "seven", "192.0.2.5"}, 9), 5);
    CHECK_EQ(passes(&a, (struct caller){&route, "", "192.0.2.5"}, 1), 0);
    arena_done(&a);
}
