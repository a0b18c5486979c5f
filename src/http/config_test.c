/* config_test.c - values are taken as people write them, or refused with a sentence. */
#include "http/config.h"

#include "test.h"

TEST(the_public_address_is_one_that_paths_can_follow)
{
    static const struct {
        const char *said, *is; /* NULL: refused */
    } table[] = {{"LINGJI_PUBLIC_URL=", ""},
                 {"LINGJI_PUBLIC_URL=https://gig.example.org", "https://gig.example.org"},
                 {"LINGJI_PUBLIC_URL=https://gig.example.org/", "https://gig.example.org"},
                 {"LINGJI_PUBLIC_URL=http://10.0.0.8:8080//", "http://10.0.0.8:8080"},
                 {"LINGJI_PUBLIC_URL=gig.example.org", NULL},
                 {"LINGJI_PUBLIC_URL=https://", NULL}};
    struct arena a;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *const env[] = {table[i].said, NULL};
        struct config c;
        struct str why = S("");
        bool taken = config_load(&a, S(""), env, &c, &why) == OK;
        CHECK_EQ(taken, table[i].is != NULL);
        if (taken)
            CHECK_STR(c.public_url, str_c(table[i].is));
        else
            CHECK_STR(why, S("environment: public_url is no address like https://gig.example.org"));
    }
    arena_done(&a);
}
