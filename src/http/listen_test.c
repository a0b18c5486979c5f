/* listen_test.c - what is listened on is named as a browser takes it. */
#include "http/listen.h"
#include "test.h"

TEST(what_is_listened_on_is_named_as_a_browser_takes_it)
{
    static const struct {
        const char *address, *host;
    } of[] = {{"127.0.0.1:8080", "127.0.0.1"}, {"::1:8080", "[::1]"}, {"[::1]:8080", "[::1]"}, {"[2001:DB8:0::1]:443", "[2001:db8::1]"},
              {"8080", "[::]"}, {":8080", "[::]"}, {"[::]:8080", "[::]"}, {"[0:0::0]:8080", "[::]"}, {":::8080", "[::]"}, {"0.0.0.0:8080", "0.0.0.0"},
              {"nonsense", "[::]"}};
    struct arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        CHECK_STR(listen_host(&a, str_c(of[i].address)), str_c(of[i].host));
    arena_done(&a);
}
