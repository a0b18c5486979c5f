/* match_others.c - what else each person could have (matching.md 7.2): the points of the best shift of the
 * last placing less its price, and of the second, for the question may be about the best. In RAM: the next
 * placing, at most ten minutes away, makes it anew. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "feature/match/match_market.h"

struct others {
    pthread_rwlock_t lock;
    struct other *v; /* by person */
    size_t n;
};

struct others *others_new(void)
{
    struct others *o = xcalloc(1, sizeof *o);
    pthread_rwlock_init(&o->lock, NULL);
    return o;
}

void others_free(struct others *o)
{
    if (!o)
        return;
    pthread_rwlock_destroy(&o->lock);
    xfree(o->v);
    xfree(o);
}

static int by_person(const void *x, const void *y)
{
    const struct other *a = x, *b = y;
    return (a->person_id > b->person_id) - (a->person_id < b->person_id);
}

void other_add(struct other *o, int64_t slot_id, int64_t points)
{
    if (points > o->best) {
        o->second = o->best;
        o->best = points;
        o->best_slot = slot_id;
    } else if (points > o->second)
        o->second = points;
}

void others_put(struct others *o, const struct other *v, size_t n)
{
    struct other *copy = xcalloc(n + 1, sizeof *copy), *old;
    memcpy(copy, v, n * sizeof *copy);
    qsort(copy, n, sizeof *copy, by_person);
    pthread_rwlock_wrlock(&o->lock);
    old = o->v;
    o->v = copy;
    o->n = n;
    pthread_rwlock_unlock(&o->lock);
    xfree(old);
}

int64_t others_best(struct others *o, int64_t person_id, int64_t slot_id)
{
    struct other key = {.person_id = person_id};
    pthread_rwlock_rdlock(&o->lock);
    const struct other *x = o->n ? bsearch(&key, o->v, o->n, sizeof key, by_person) : NULL;
    int64_t points = !x ? 0 : x->best_slot == slot_id ? x->second : x->best;
    pthread_rwlock_unlock(&o->lock);
    return points;
}
