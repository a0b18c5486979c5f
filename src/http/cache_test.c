/* cache_test.c - whose page a stranger gets. */
#include "base/str.h"
#include "http/cache.h"
#include "http/route.h"
#include "test.h"

static enum err nothing(struct request *rq)
{
    return reply_none(rq);
}

static const struct route route = {.method = GET, .path = "/", .roles = ANYONE, .run = nothing, .cached = true};

static struct request asks(struct arena *a, struct app *app, const char *path, const char *query, const char *host)
{
    return (struct request){.app = app, .a = a, .route = &route, .method = GET, .path = str_c(path), .query = str_c(query),
                            .host = str_c(host), .now_ms = 1000};
}

TEST(a_kept_page_answers_only_what_was_asked)
{
    /* Two texts with one FNV-1a of 64 bits, and so with any text behind them: whoever looks for such finds them. */
    static const char one[] = "!0IC=VloaY", other[] = "77kepQFQ8Kl";
    static const char *const asked[][3] = {{"/", "", "a.cn"}, {"/", one, "a.cn"}, {"/", other, "a.cn"}, {"/", "", one}, {"/", "", other}, {"/a", "", "b.cn"}, {"/", "a", "b.cn"}};
    struct arena a;
    struct app app = {.generation = 0};
    struct page_cache *c = cache_new();
    arena_init(&a, 0);
    CHECK(str_hash(str_c(one)) == str_hash(str_c(other)));
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct request rq = asks(&a, &app, asked[i][0], asked[i][1], asked[i][2]);
        CHECK(!cache_get(c, &rq));
        CHECK(reply_text(&rq, 200, "text/plain", str_fmt(&a, "page %zu", i)) == OK);
        cache_put(c, &rq, 0);
        rq = asks(&a, &app, asked[i][0], asked[i][1], asked[i][2]);
        CHECK(cache_get(c, &rq) && str_eq(rq.reply.body, str_fmt(&a, "page %zu", i)));
    }
    struct request in_english = asks(&a, &app, "/", "a", "b.cn");
    in_english.lang = LANG_EN;
    CHECK(!cache_get(c, &in_english));
    cache_free(c);
    arena_done(&a);
}
