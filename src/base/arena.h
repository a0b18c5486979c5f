/* arena.h - memory with one lifetime: a request, a command, a test. Nothing is freed alone.
 * Never fails: beyond `soft` bytes it still serves but arena_over() turns true and stays true. */
#pragma once
#include "base/err.h"

struct arena_block;
struct arena_defer_node;

struct arena {
    struct arena_block *head;
    struct arena_defer_node *defers;
    size_t used; /* bytes handed out since init or reset */
    size_t soft; /* limit in bytes, 0 = none */
    bool huge;   /* set before anything is taken: in blocks and pages of HUGE_PAGE, for what lasts and is read here and there */
};

void arena_init(struct arena *a, size_t soft);
void arena_done(struct arena *a);  /* runs the defers, last in first out, then frees all */
void arena_reset(struct arena *a); /* as done + init, but keeps the first block */
bool arena_over(const struct arena *a);

/* Zeroed, aligned to 16. */
void *arena_alloc(struct arena *a, size_t n);
void *arena_array(struct arena *a, size_t n, size_t size); /* aborts when n * size overflows */
#define NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define NEW_N(a, n, type) ((type *)arena_array((a), (n), sizeof(type)))

/* For what is not memory: files, statements, locks. */
void arena_defer(struct arena *a, void (*fn)(void *), void *p);
