/* route.c - fuzz target: any bytes as a path against the real route table. */
#include "cmd/cmd.h"
#include "http/router.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    struct router *r;
    struct str why;
    arena_init(&a, 0);
    struct request rq = {.a = &a, .path = str_cat(&a, S("/"), (struct str){(const char *)p, n})};
    if (router_new(&a, features, &r, &why) == OK)
        (void)!router_find(r, &rq);
    arena_done(&a);
    return 0;
}
