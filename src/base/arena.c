/* arena.c - blocks that double in size; defers are nodes in the arena itself. */
#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 8 << 10, LARGEST_BLOCK = 1 << 20, ALIGN = 16 };

struct arena_block {
    struct arena_block *next;
    size_t cap, used;
    _Alignas(ALIGN) char data[];
};

struct arena_defer_node {
    struct arena_defer_node *next;
    void (*fn)(void *);
    void *p;
};

void arena_init(struct arena *a, size_t soft)
{
    *a = (struct arena){.soft = soft};
}

static void run_defers(struct arena *a)
{
    while (a->defers) {
        struct arena_defer_node *d = a->defers;
        a->defers = d->next;
        d->fn(d->p);
    }
}

void arena_done(struct arena *a)
{
    run_defers(a);
    while (a->head) {
        struct arena_block *b = a->head;
        a->head = b->next;
        xfree(b);
    }
    arena_init(a, a->soft);
}

void arena_reset(struct arena *a)
{
    run_defers(a);
    struct arena_block *first = a->head;
    while (first && first->next) {
        struct arena_block *b = first;
        first = first->next;
        xfree(b);
    }
    *a = (struct arena){.soft = a->soft, .huge = a->huge};
    a->head = first;
    if (first)
        first->used = 0;
}

bool arena_over(const struct arena *a)
{
    return a->soft && a->used > a->soft;
}

/* The system gives large blocks as zeros, a page when it is first touched; those in huge pages may have been used. */
static struct arena_block *block_of(const struct arena *a, size_t n)
{
    if (!a->huge)
        return n > LARGEST_BLOCK + sizeof(struct arena_block) ? xcalloc(1, n) : xmalloc(n);
    void *p = aligned_alloc(HUGE_PAGE, n);
    BUG_ON(!p);
    huge_pages(p, n);
    return p;
}

static struct arena_block *add_block(struct arena *a, size_t need)
{
    size_t cap = a->head ? a->head->cap * 2 : FIRST_BLOCK;
    if (cap > LARGEST_BLOCK)
        cap = LARGEST_BLOCK;
    if (cap < need)
        cap = need;
    if (a->huge)
        cap = (cap + sizeof(struct arena_block) + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE - sizeof(struct arena_block);
    struct arena_block *b = block_of(a, sizeof *b + cap);
    b->next = a->head;
    b->cap = cap;
    b->used = 0;
    a->head = b;
    return b;
}

void *arena_alloc(struct arena *a, size_t n)
{
    BUG_ON(n > SIZE_MAX / 2);
    size_t need = (n + ALIGN - 1) / ALIGN * ALIGN;
    struct arena_block *b = a->head;
    bool more = !b || b->cap - b->used < need;
    if (more)
        b = add_block(a, need);
    void *p = b->data + b->used;
    b->used += need;
    a->used += need;
    return more && need > LARGEST_BLOCK && !a->huge ? p : memset(p, 0, need);
}

void *arena_array(struct arena *a, size_t n, size_t size)
{
    size_t total;
    BUG_ON(__builtin_mul_overflow(n, size, &total));
    return arena_alloc(a, total);
}

void arena_defer(struct arena *a, void (*fn)(void *), void *p)
{
    struct arena_defer_node *d = NEW(a, struct arena_defer_node);
    *d = (struct arena_defer_node){.next = a->defers, .fn = fn, .p = p};
    a->defers = d;
}
