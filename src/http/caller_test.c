/* caller_test.c - the caller behind proxies, and nobody who only says so. */
#include "http/caller.h"

#include "base/arena.h"
#include "test.h"

static struct str named(struct arena *a, const char *proxies, const char *peer, const char *forwarded)
{
    struct nets nets;
    struct in6_addr at;
    struct str bad = S("");
    if (!nets_read(a, str_c(proxies), &nets, &bad) || !address_read(str_c(peer), &at))
        return S("refused");
    return caller_name(a, caller_whole(caller_of(&nets, at, str_c(forwarded))));
}

TEST(a_proxy_says_who_calls_and_nobody_else_does)
{
    static const struct {
        const char *proxies, *peer, *forwarded, *caller;
    } table[] = {
        {"", "192.0.2.1", "198.51.100.7", "192.0.2.1"}, /* none is trusted */
        {"127.0.0.1", "192.0.2.1", "198.51.100.7", "192.0.2.1"},
        {"127.0.0.1", "127.0.0.1", "", "127.0.0.1"},
        {"127.0.0.1", "127.0.0.1", "198.51.100.7", "198.51.100.7"},
        {"127.0.0.1", "127.0.0.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"}, /* the first was invented */
        {"127.0.0.1, 10.0.0.0/8", "127.0.0.1", "203.0.113.9,198.51.100.7 , 10.1.2.3", "198.51.100.7"},
        {"10.0.0.0/8", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3"}, /* all ours: the farthest */
        {"10.0.0.0/8", "10.0.0.1", "198.51.100.7, nonsense", "10.0.0.1"},
        {"10.0.0.0/8", "10.0.0.1", "198.51.100.7,", "10.0.0.1"},
        {"10.0.0.0/9", "10.128.0.1", "198.51.100.7", "10.128.0.1"},
        {"10.0.0.0/9", "10.127.0.1", "198.51.100.7", "198.51.100.7"},
        {"0.0.0.0/0", "192.0.2.1", "2001:db8:1:2:3::4", "2001:db8:1:2::"}, /* a /64 is one caller */
        {"0.0.0.0/0", "2001:db8::1", "198.51.100.7", "2001:db8::"},
        {"::/0", "2001:db8::1", "[2001:db8:5::1]", "2001:db8:5::"},
        {"::1,fd00::/8", "fd12::1", "::1, 198.51.100.7", "198.51.100.7"},
        {"::ffff:127.0.0.1", "127.0.0.1", "198.51.100.7", "198.51.100.7"},
        {"proxy.example", "127.0.0.1", "", "refused"},
        {"127.0.0.1,,::1", "127.0.0.1", "", "refused"},
        {"10.0.0.0/33", "127.0.0.1", "", "refused"},
        {"10.0.0.0/", "127.0.0.1", "", "refused"},
        {"::/129", "127.0.0.1", "", "refused"},
        {"::/-1", "127.0.0.1", "", "refused"},
        {"", "1111:2222:3333:4444:5555:6666:7777:8888:9999:0000:1111", "", "refused"},
    };
    struct arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        CHECK_STR(named(&a, table[i].proxies, table[i].peer, table[i].forwarded), str_c(table[i].caller));
    arena_done(&a);
}
