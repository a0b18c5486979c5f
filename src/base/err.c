/* err.c - the table of failures, and the allocators that do not return NULL. */
#include "base/err.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

static const struct {
    int status;
    const char *code;
} table[ERR_COUNT] = {
#define X(name, status, code) {status, code},
    ERR_LIST(X)
#undef X
};

int err_status(enum err e)
{
    return table[e].status;
}

const char *err_code(enum err e)
{
    return table[e].code;
}

_Noreturn void bug_at(const char *file, int line, const char *what)
{
    fprintf(stderr, "level=error bug=\"%s\" at=%s:%d\n", what, file, line);
    abort();
}

void *xmalloc(size_t n)
{
    void *p = malloc(n ? n : 1);
    BUG_ON(!p);
    return p;
}

void *xcalloc(size_t n, size_t size)
{
    void *p = calloc(n ? n : 1, size ? size : 1);
    BUG_ON(!p);
    return p;
}

void *xrealloc(void *p, size_t n)
{
    void *q = realloc(p, n ? n : 1);
    BUG_ON(!q);
    return q;
}

void xfree(void *p)
{
    free(p);
}

void huge_pages(void *p, size_t n)
{
    uintptr_t from = ((uintptr_t)p + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE, to = ((uintptr_t)p + n) / HUGE_PAGE * HUGE_PAGE;
    if (from < to)
        (void)madvise((void *)from, to - from, MADV_HUGEPAGE); /* where there are none, it is as it was */
}
