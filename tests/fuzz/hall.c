/* hall.c - fuzz target: any bytes as a small town, an earlier day and a log of the hall. No order has
 * more people than seats, who goes together stays together, and the log replays to the same bytes. */
#include <string.h>

#include "base/err.h"
#include "market/hall.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { PEOPLE = 9, ORDERS = 4, GHOSTS = 6, EVENTS = 400 };
struct input {
    const uint8_t *p;
    size_t n;
};
struct town {
    int32_t row[PEOPLE + 1], slot[PEOPLE * ORDERS], score[PEOPLE * ORDERS], cap[ORDERS];
    struct hall_ghost person[GHOSTS], order[GHOSTS];
    struct hall_params params;
};

static int32_t byte(struct input *in)
{
    if (!in->n)
        return 0;
    in->n--;
    return *in->p++;
}

static int64_t number(struct input *in)
{
    int64_t x = 0;
    for (size_t k = 0; k < sizeof x; k++)
        x = (int64_t)((uint64_t)x << 8 | (unsigned)byte(in));
    return x;
}

static void make_town(struct input *in, struct town *t)
{
    for (int32_t i = 0, n = 0; i < PEOPLE; i++) {
        for (int32_t j = 0; j < ORDERS; j++) {
            t->slot[n] = j;
            t->score[n] = 392 * byte(in) - 100; /* some are worth nothing */
            n += t->score[n] < 80000;
        }
        t->row[i + 1] = n;
    }
    for (int32_t j = 0; j < ORDERS; j++)
        t->cap[j] = byte(in) % 6;
    t->params = hall_usual;
    t->params.horizon_s *= byte(in) % 2;
    t->params.crowd_max = byte(in);
}

/* Couples of ghosts are neighbours and come at once. */
static void make_ghosts(struct input *in, struct town *t)
{
    int64_t at_s = 0;
    for (int32_t k = 0; k < GHOSTS; k++) {
        int32_t id = byte(in) % PEOPLE / 2 * 2;
        bool second = k % 2 && t->person[k - 1].partner >= 0;
        at_s += second ? 0 : 20 * byte(in);
        t->person[k] = (struct hall_ghost){at_s, 0, id, byte(in) % 2 && k % 2 == 0 ? id + 1 : -1};
        if (t->person[k].partner == PEOPLE)
            t->person[k].partner = -1;
        if (second)
            t->person[k] = (struct hall_ghost){at_s, 0, t->person[k - 1].id + 1, t->person[k - 1].id};
        t->order[k] = (struct hall_ghost){at_s, at_s + 60 * byte(in), byte(in) % ORDERS, -1};
    }
}

static struct hall fresh(struct arena *a, const struct town *t, struct batch *world)
{
    *world = (struct batch){PEOPLE, ORDERS, t->row, t->slot, t->score, t->cap};
    struct hall h = hall_new(a, &t->params, world);
    hall_ghosts(&h, t->person, GHOSTS, t->order, GHOSTS);
    return h;
}

static struct hall_event next_event(struct input *in, int64_t now_s)
{
    int32_t head = byte(in);
    int64_t at_s = head & 64 ? number(in) : now_s + byte(in) * (head & 128 ? 60 : 1);
    return (struct hall_event){.at_s = at_s,
                               .until_s = head & 32 ? number(in) : byte(in) * 240,
                               .what = head % 16 - 1,
                               .person = byte(in) % (PEOPLE + 2) - 1,
                               .partner = byte(in) % (PEOPLE + 2) - 1,
                               .order = byte(in) % (ORDERS + 2) - 1};
}

static void check(const struct hall *h)
{
    int32_t asked[ORDERS] = {0}, taken[ORDERS] = {0};
    for (int32_t i = 0; i < PEOPLE; i++) {
        const struct hall_person *p = &h->person[i];
        const struct hall_person *mate = p->state == HALL_AWAY || p->partner < 0 ? NULL : &h->person[p->partner];
        BUG_ON(p->state == HALL_ASKED && ++asked[p->order] == 0);
        BUG_ON(p->state == HALL_PLACED && ++taken[p->order] == 0);
        BUG_ON((p->order >= 0) != (p->state == HALL_ASKED || p->state == HALL_PLACED));
        BUG_ON(mate && (mate->partner != i || mate->state != p->state || mate->order != p->order));
    }
    for (int32_t j = 0; j < ORDERS; j++)
        BUG_ON(asked[j] != h->order[j].asked || taken[j] != h->order[j].taken || asked[j] + taken[j] > h->world->cap[j]);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct input in = {p, n};
    struct town t = {.row = {0}};
    struct arena a, scratch;
    struct batch world;
    int64_t now_s = 0;
    arena_init(&a, 0);
    arena_init(&scratch, 0);
    make_town(&in, &t);
    make_ghosts(&in, &t);
    struct hall h = fresh(&a, &t, &world), again = fresh(&a, &t, &world);
    for (int k = 0; k < EVENTS && in.n; k++) {
        struct hall_event e = next_event(&in, now_s);
        int32_t before = h.logged;
        if (e.what == HALL_STEP)
            hall_step(&h, &scratch, e.at_s);
        else
            BUG_ON(hall_apply(&h, &e) ? h.logged != before + 1 : h.logged != before);
        now_s = h.logged ? h.log[h.logged - 1].at_s : 0;
        arena_reset(&scratch);
        check(&h);
    }
    BUG_ON(!hall_replay(&again, h.log, h.logged));
    BUG_ON(memcmp(again.person, h.person, PEOPLE * sizeof *h.person) || memcmp(again.order, h.order, ORDERS * sizeof *h.order));
    arena_done(&scratch);
    arena_done(&a);
    return 0;
}
