/* bench_hall.c - time in the engine: the hall (B5), lists and crowds (B6), offers in waves (B17),
 * and what fairness costs. Prints rows: figure, target, measured, peer, ratio of the two.
 * Usage: bench-hall [SEED] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/cal.h"
#include "market/city.h"
#include "market/dice.h"
#include "market/crowd.h"
#include "market/fair.h"
#include "market/offer.h"
#include "market/pairs.h"
#include "market/sim.h"
#include "proxy.h"

enum { PEOPLE = 12000, ORDERS = 980, CITY_PEOPLE = 40000, CITY_SLOTS = 5000, CITY_EDGES = 400 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t); /* the machine may be shared */
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void row(const char *figure, const char *target, const char *unit, double got, double peer)
{
    printf("%-44s %10s %9.4g %-2s", figure, target, got, unit);
    if (peer > 0)
        printf(" %12.4g %7.2f", peer, got > 0 ? peer / got : 0);
    printf("\n");
}

static double pct(int64_t part, int64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

struct day {
    struct sim_day hall, greedy;
    int64_t best;
    double worst_s; /* the slowest step */
};

static struct day run(const struct sim_params *p)
{
    struct arena a, scratch;
    struct day d = {0};
    int32_t placed;
    arena_init(&a, 0);
    arena_init(&scratch, 0);
    struct sim *s = sim_new(&a, p);
    for (bool more = true; more;) {
        double from = seconds();
        more = sim_step(s, &scratch);
        from = seconds() - from;
        d.worst_s = from > d.worst_s ? from : d.worst_s;
        arena_reset(&scratch);
    }
    d.hall = sim_hall(&a, s);
    d.greedy = sim_greedy(&a, s);
    d.best = sim_hindsight(&a, s, &placed);
    arena_done(&scratch);
    arena_done(&a);
    return d;
}

static void hall_rows(const char *world, const struct day *d)
{
    char figure[64];
    snprintf(figure, sizeof figure, "B5 %s: value, peer greedy", world);
    row(figure, ">= 90", "%", pct(d->hall.value, d->best), pct(d->greedy.value, d->best));
    snprintf(figure, sizeof figure, "B5 %s: placed, peer greedy", world);
    row(figure, "-", "", d->hall.placed, d->greedy.placed);
    snprintf(figure, sizeof figure, "B5 %s: mean wait, peer greedy", world);
    row(figure, "<= peer", "m", d->hall.mean_s / 60.0, d->greedy.mean_s / 60.0);
    snprintf(figure, sizeof figure, "B5 %s: p99 wait, peer greedy", world);
    row(figure, "<= 80", "m", d->hall.p99_s / 60.0, d->greedy.p99_s / 60.0);
    snprintf(figure, sizeof figure, "B5 %s: starved, apart, over", world);
    row(figure, "0", "", d->hall.starved + d->hall.apart + d->hall.over, 0);
    snprintf(figure, sizeof figure, "B5 %s: slowest step, CPU", world);
    row(figure, "<= 1", "s", d->worst_s, 0);
}

static void hall(uint64_t seed)
{
    static const struct {
        const char *ghosts;
        int32_t people_pct, orders_pct;
        bool other;
    } wrong[] = {{"B5 ghosts 70 % people, 130 % seats", 70, 130, false},
                 {"B5 ghosts 130 % people, 70 % seats", 130, 70, false},
                 {"B5 ghosts 70 %", 70, 70, false},
                 {"B5 ghosts 130 %", 130, 130, false},
                 {"B5 ghosts of other trades and wages", 100, 100, true}};
    struct sim_params p = {.seed = seed, .people = PEOPLE, .orders = ORDERS, .hall = hall_usual};
    struct day usual = run(&p), d;
    printf("# %d people, %d seats; hindsight = 100 %%\n", usual.hall.people, usual.hall.seats);
    hall_rows("hall", &usual);
    p.couple_pct = 10;
    d = run(&p);
    hall_rows("10 % couples", &d);
    p.couple_pct = 0;
    for (size_t k = 0; k < sizeof wrong / sizeof *wrong; k++) {
        p.ghost_people_pct = wrong[k].people_pct;
        p.ghost_orders_pct = wrong[k].orders_pct;
        p.other_law = wrong[k].other;
        d = run(&p);
        row(wrong[k].ghosts, ">= 88", "%", pct(d.hall.value, d.best), pct(d.greedy.value, d.best));
    }
    p = (struct sim_params){.seed = seed, .people = PEOPLE, .orders = ORDERS, .hall = hall_usual};
    p.hall.horizon_s = 0;
    d = run(&p);
    row("B5 plain batches, no ghosts", "-", "%", pct(d.hall.value, d.best),
        pct(d.greedy.value, d.best));
    static const int32_t aging[] = {0, 10000, 40000};
    for (size_t k = 0; k < 3; k++) {
        char figure[64];
        p.hall = hall_usual;
        p.hall.aging = aging[k];
        d = run(&p);
        snprintf(figure, sizeof figure, "B5 aging %.1f: value; peer usual", aging[k] / 100000.0);
        row(figure, "-", "%", pct(d.hall.value, d.best), pct(usual.hall.value, usual.best));
        snprintf(figure, sizeof figure, "B5 aging %.1f: mean wait; peer usual", aging[k] / 100000.0);
        row(figure, "-", "m", d.hall.mean_s / 60.0, usual.hall.mean_s / 60.0);
    }
}

/* A minute of the hall from facts: who fits where, and everybody placed at once. */
static double minute_s(struct pairs *m, const struct pairs_ask *q)
{
    struct arena a;
    double from = seconds();
    arena_init(&a, 0);
    struct batch b = pairs_points(m, &a, q);
    struct hall h = hall_new(&a, &hall_usual, &b);
    for (int32_t i = 0; i < b.people; i++)
        hall_apply(&h, &(struct hall_event){0, 0, HALL_ARRIVE, i, -1, -1});
    for (int32_t j = 0; j < b.slots; j++)
        hall_apply(&h, &(struct hall_event){0, 6 * 3600, HALL_OPEN, -1, -1, j});
    hall_step(&h, &a, 60);
    arena_done(&a);
    return seconds() - from;
}

/* Minutes in which one in twenty of the people and of the shifts are others than a minute before. */
static void minutes(uint64_t seed)
{
    enum { HERE = 6700, OPEN = 3650, OF = 20, TIMES = 5 };
    struct arena a;
    int32_t usual_fen[TRADES_MAX], cap[OPEN];
    double first, most = 0;
    arena_init(&a, 0);
    struct town t = town_make(&a, &(struct town_params){.seed = seed, .people = HERE, .slots = OPEN});
    struct pairs_ask q = {.p = &t.params, .usual_fen = usual_fen, .person = t.person, .slot = t.slot, .cap = cap, .people = HERE, .slots = OPEN};
    struct pairs *m = pairs_new(8000000);
    for (int k = 0; k < TRADES_MAX; k++)
        usual_fen[k] = t.params.usual_hour_fen;
    for (int32_t j = 0; j < OPEN; j++)
        cap[j] = t.slot[j].left;
    first = minute_s(m, &q);
    for (int k = 0; k < TIMES; k++) {
        t.params.now_min++;
        for (int32_t i = k; i < HERE; i += OF)
            t.person[i].outside++;
        for (int32_t j = k; j < OPEN; j += OF)
            t.slot[j].shift_fen++;
        double s = minute_s(m, &q);
        most = s > most ? s : most;
    }
    row("hall of 6,700 x 3,650: minute; peer the first", "<= 1", "s", most, first);
    pairs_free(m);
    arena_done(&a);
}

/* The largest mean fit that `placed` people can have: everybody at once, and a seat costs so much
 * that so many are left. */
static double most_fit(const struct batch *city, int32_t placed)
{
    double fit = 0;
    for (int32_t low = 0, high = 100000; high - low > 200;) {
        struct arena a;
        arena_init(&a, 0);
        struct batch b = *city;
        int32_t cost = low + (high - low) / 2, n = b.row[b.people], *score = NEW_N(&a, (size_t)n + 1, int32_t);
        for (int32_t e = 0; e < n; e++)
            score[e] = b.score[e] - cost;
        b.score = score;
        struct batch_result r = batch_solve(&a, &b, 0);
        *(r.placed > placed ? &low : &high) = cost;
        fit = r.placed ? (double)r.value / r.placed + cost : fit;
        arena_done(&a);
    }
    return fit / 1e5;
}

static void crowd_rows(struct arena *a, const struct city *c, const char *name,
                       const struct crowd_params *p, const struct batch_result *best)
{
    char figure[64];
    bool price = p->aim_pct > 0; /* the targets are for the first round that is aimed */
    struct crowd_result r = crowd_run(a, &c->b, p);
    const struct crowd_round *one = &r.round[0], *last = &r.round[CROWD_ROUNDS - 1];
    snprintf(figure, sizeof figure, "B6 %s: round 1 fills", name);
    row(figure, price ? ">= 75" : "-", "%", pct(one->placed, c->seats), 0);
    snprintf(figure, sizeof figure, "B6 %s: mean fit; peer most", name);
    row(figure, price ? ">= 0.74" : "-", "", (double)one->value / one->placed / 1e5,
        price ? most_fit(&c->b, one->placed) : 0);
    snprintf(figure, sizeof figure, "B6 %s: five rounds; peer best", name);
    row(figure, price ? ">= 87.5" : "-", "%", pct(last->placed, c->seats),
        pct(best->placed, c->seats));
    snprintf(figure, sizeof figure, "B6 %s: value after five", name);
    row(figure, "-", "%", pct(last->value, best->value), 0);
    snprintf(figure, sizeof figure, "B6 %s: applications, thousands", name);
    row(figure, price ? "<= 95" : "-", "", (double)last->applications / 1000, 0);
}

static void floor_rows(struct arena *a, const struct city *c, const char *name,
                       const struct crowd_params *p)
{
    char figure[64];
    struct crowd_params seen = *p;
    seen.floor = true;
    struct crowd_result r = crowd_run(a, &c->b, &seen), without = crowd_run(a, &c->b, p);
    snprintf(figure, sizeof figure, "B6 %s, floor: small unseen; peer without", name);
    row(figure, "-", "", r.small_never_shown, without.small_never_shown);
    snprintf(figure, sizeof figure, "B6 %s, floor: value lost", name);
    row(figure, "-", "%",
        100 - pct(r.round[CROWD_ROUNDS - 1].value, without.round[CROWD_ROUNDS - 1].value), 0);
}

static void crowds(uint64_t seed)
{
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(
        &a, &(struct city_params){
                .seed = seed, .people = CITY_PEOPLE, .slots = CITY_SLOTS, .degree = CITY_EDGES});
    struct batch_result best = batch_solve(&a, &c.b, 0);
    printf("# %d people, %d seats; 5 shown, 2 applications; best = the exact auction; most = of as many places\n",
           CITY_PEOPLE, c.seats);
    struct crowd_params p = {.seed = seed, .shown = 5, .applies = 2, .gamma_pct = 100};
    crowd_rows(&a, &c, "by fit", &p, &best);
    p.list = CROWD_RANDOM;
    crowd_rows(&a, &c, "random", &p, &best);
    p.list = CROWD_PRICE;
    crowd_rows(&a, &c, "fit - price", &p, &best);
    p.told = true;
    crowd_rows(&a, &c, "price, told", &p, &best);
    p.aim_pct = CROWD_AIM_PCT;
    crowd_rows(&a, &c, "best first", &p, &best);
    p.told = false;
    p.aim_pct = 0;
    floor_rows(&a, &c, "fit - price", &p);
    p.list = CROWD_FIT;
    floor_rows(&a, &c, "by fit", &p);
    arena_done(&a);
}

/* Lists of 30 for employers, of whom a third is of a group that scores lower. */
static void guard(uint64_t seed)
{
    struct arena a;
    uint64_t rnd = seed * 2 + 1;
    int64_t lost = 0, top = 0, broken = 0;
    arena_init(&a, 0);
    for (int k = 0; k < 2000; k++) {
        int64_t points[30];
        int8_t group[30];
        int32_t order[30];
        int64_t at = 100000;
        for (int32_t i = 0; i < 30; i++) {
            group[i] = dice_below(&rnd, 45) < i;
            points[i] = at -= dice_below(&rnd, 2000);
            top += i < 10 ? points[i] : 0;
        }
        lost += fair_guard(&a, points, group, 30, 10, 10, order).lost_top;
        broken += !fair_keeps(group, order, 30, 10);
        arena_reset(&a);
    }
    row("B8 prefix guard: floors broken", "0", "", (double)broken, 0);
    row("B8 prefix guard: points lost in the top 10", "-", "%", pct(lost, top), 0);
    arena_done(&a);
}

static const char *const group_names[TOWN_GROUPS] = {"women", "older", "newly come"};

/* Whether a score gives a group away, in a town where `blame_pct` more of some people's days are noted as missed. */
static void proxy(uint64_t seed, int32_t blame_pct, const char *target)
{
    struct arena a;
    int32_t n;
    char figure[64];
    arena_init(&a, 0);
    struct town t = town_make(&a, &(struct town_params){.seed = seed, .people = 60000, .slots = ORDERS, .spread_km = 20, .blame_pct = blame_pct});
    struct vector *v = score_vectors(&a, &t, &n);
    for (int g = 0; g < TOWN_GROUPS; g++) {
        snprintf(figure, sizeof figure, "B8 proxy, %d %% blamed: AUC, %s", blame_pct, group_names[g]);
        row(figure, target, "", proxy_auc(&a, &t, (enum town_group)g, v, n), 0);
    }
    arena_done(&a);
}

static void term_rows(struct arena *a, const struct town *t, const struct batch *b, const struct town_day *on)
{
    char figure[64];
    for (int k = 0; k < TERMS; k++) {
        struct town_day off = town_place(a, t, b, (enum term)k);
        snprintf(figure, sizeof figure, "B8 term %s: placed; peer without", policy_table[k].name);
        row(figure, "-", "", on->placed, off.placed);
        snprintf(figure, sizeof figure, "B8 term %s: its people; peer without", policy_table[k].name);
        row(figure, "> peer", "", on->served[k], off.served[k]);
        snprintf(figure, sizeof figure, "B8 term %s: value lost", policy_table[k].name);
        row(figure, "-", "%", 100 - pct(on->value, off.value), 0);
    }
}

/* Equally qualified people of each group beside the others, and the terms of policy. */
static void fairness(uint64_t seed)
{
    struct arena a;
    char figure[64];
    arena_init(&a, 0);
    struct town t = town_make(&a, &(struct town_params){.seed = seed, .people = PEOPLE, .slots = ORDERS, .blame_pct = 4});
    struct batch b = town_pairs(&a, &t);
    struct town_day d = town_place(&a, &t, &b, TERMS);
    const struct share *placed = placed_of(&a, &t, d.slot_of), *listed = listed_of(&a, &t);
    printf("# a town of %d people, %d seats, where the older and those from elsewhere are blamed for nothing\n", t.people, t.seats);
    for (int g = 0; g < TOWN_GROUPS; g++) {
        snprintf(figure, sizeof figure, "B8 %s: placed, by others' rate", group_names[g]);
        row(figure, "0.8-1.25", "", selection_ratio(&a, &t, (enum town_group)g, placed), 0);
        snprintf(figure, sizeof figure, "B8 %s: listed, by others' rate", group_names[g]);
        row(figure, "0.8-1.25", "", selection_ratio(&a, &t, (enum town_group)g, listed), 0);
    }
    term_rows(&a, &t, &b, &d);
    arena_done(&a);
    proxy(seed, 0, "< 0.55");
    proxy(seed, 2, "< 0.55");
    proxy(seed, 4, "-");
}

/* B17: orders of 1 to 30 seats over a day ask in waves; people answer after a while or never. */
enum { OFFERERS = 20000, JOBS = 600, POOL = 120, MINUTES = 600, LIFE = 240, MEAN_ANSWER = 8 };
struct invited {
    int32_t open, today, last_day;
    int64_t busy_until;
};
struct round {
    int32_t seats, from, pool[POOL], n, asked_to, waves, yes;
    struct asked offer[POOL];
    int32_t answer_at[POOL]; /* minute, or never */
    bool over;
};

static bool takes(uint64_t seed, int32_t person, int32_t job) /* 10 to 50 % of the people */
{
    uint64_t x = seed * 77 + (uint64_t)person, mine = 100 + dice_next(&x) % 401;
    uint64_t y = (seed << 40) + ((uint64_t)person << 12) + (uint64_t)job + 1;
    dice_next(&y);
    return dice_next(&y) % 1000 < mine;
}

static void answers(struct round *c, struct invited *people, int32_t job, int64_t t, uint64_t seed)
{
    int32_t yes = 0, seated = 0;
    for (int32_t k = 0; k < c->n; k++) {
        struct asked *o = &c->offer[k];
        bool was_open = o->state == OFFER_OFFERED;
        if (was_open && c->answer_at[k] <= t) {
            bool free = people[o->person_id].busy_until <= t;
            o->state = offer_next(
                o->state, free && takes(seed, (int32_t)o->person_id, job) ? OFFER_YES : OFFER_NO);
            people[o->person_id].open--;
        }
    }
    for (int32_t k = 0; k < c->n; k++) {
        yes += c->offer[k].state == OFFER_WILLING || c->offer[k].state == OFFER_STANDBY;
        seated += c->offer[k].state == OFFER_ACCEPTED;
    }
    c->over |= yes + seated > c->seats;
}

static void next_wave(struct round *c, struct invited *people, int64_t t, int32_t want,
                      uint64_t *rnd)
{
    struct offer_candidate cand[POOL];
    int32_t got[POOL], n = 0, at[POOL];
    for (int32_t k = c->asked_to; k < POOL; k++) {
        const struct invited *p = &people[c->pool[k]];
        if (p->busy_until > t)
            continue;
        at[n] = k;
        cand[n++] = (struct offer_candidate){c->pool[k], POOL - k, p->open, p->today, !p->today, false};
    }
    int32_t size = offer_wave_size(want, (struct yes_share){300, 0}, offer_wave_risk(c->waves), n);
    int32_t m = offer_pick(cand, n, size, c->waves, got);
    for (int32_t k = 0; k < m; k++, c->n++) {
        struct invited *p = &people[cand[got[k]].person_id];
        c->offer[c->n] =
            (struct asked){cand[got[k]].person_id,
                           offer_until_ms(t * MIN_MS, (c->from + LIFE) * (int64_t)MIN_MS, false),
                           cand[got[k]].points, OFFER_OFFERED, c->waves, false, false, false};
        c->answer_at[c->n] = (int32_t)t + 1 + dice_below(rnd, 2 * MEAN_ANSWER);
        p->open++;
        p->today++;
        int32_t x = c->pool[at[got[k]]]; /* asked ones move to the front */
        c->pool[at[got[k]]] = c->pool[c->asked_to];
        c->pool[c->asked_to++] = x;
    }
    c->waves += m > 0;
}

static void settle(struct round *c, struct invited *people, int64_t t, int32_t *ret_want)
{
    int32_t before[POOL];
    for (int32_t k = 0; k < c->n; k++)
        before[k] = c->offer[k].state;
    *ret_want = offer_settle(c->offer, c->n, c->seats, t * MIN_MS);
    for (int32_t k = 0; k < c->n; k++) {
        struct invited *p = &people[c->offer[k].person_id];
        p->open -= before[k] == OFFER_OFFERED && c->offer[k].state != OFFER_OFFERED;
        if (before[k] != OFFER_ACCEPTED && c->offer[k].state == OFFER_ACCEPTED)
            p->busy_until = MINUTES + LIFE;
    }
}

static void offers(uint64_t seed)
{
    static const int32_t sizes[] = {1, 3, 10, 30};
    struct arena a;
    uint64_t rnd = seed * 2 + 7;
    arena_init(&a, 0);
    struct invited *people = NEW_N(&a, OFFERERS, struct invited);
    struct round *call = NEW_N(&a, JOBS, struct round);
    bool *blast_busy = NEW_N(&a, OFFERERS, bool);
    int64_t blast = 0, filled = 0, over = 0, waves = 0, sent = 0, most = 0, seats = 0,
            blast_over = 0;
    for (int32_t j = 0; j < JOBS; j++) {
        call[j].seats = sizes[j % 4];
        call[j].from = (int32_t)((int64_t)j * MINUTES / JOBS);
        for (int32_t k = 0; k < POOL; k++)
            call[j].pool[k] = (j * 31 + k * 47 + dice_below(&rnd, 47)) % OFFERERS;
        int32_t yes = 0;
        for (int32_t k = 0; k < POOL; k++) {
            int32_t i = call[j].pool[k];
            bool will = !blast_busy[i] && takes(seed, i, j);
            if (will && yes < call[j].seats)
                blast_busy[i] = true;
            yes += will;
        }
        blast += yes < call[j].seats ? yes : call[j].seats;
        blast_over += yes > call[j].seats ? yes - call[j].seats : 0;
        seats += call[j].seats;
    }
    for (int64_t t = 0; t < MINUTES + LIFE; t++)
        for (int32_t j = 0; j < JOBS; j++) {
            int32_t want;
            if (t < call[j].from || t > call[j].from + LIFE)
                continue;
            answers(&call[j], people, j, t, seed);
            settle(&call[j], people, t, &want);
            if (want && t < call[j].from + LIFE)
                next_wave(&call[j], people, t, want, &rnd);
        }
    for (int32_t j = 0; j < JOBS; j++) {
        for (int32_t k = 0; k < call[j].n; k++)
            filled += call[j].offer[k].state == OFFER_ACCEPTED;
        over += call[j].over;
        waves += call[j].waves;
        sent += call[j].n;
    }
    for (int32_t i = 0; i < OFFERERS; i++)
        most = people[i].today > most ? people[i].today : most;
    row("B17 orders with more yeses than seats", "<= 5", "%", pct(over, JOBS), 0);
    row("B17 seats filled, of asking all at once", ">= 95", "%", pct(filled, blast), 0);
    row("B17 people told no after a yes; peer all", "-", "", (double)over, (double)blast_over);
    row("B17 offers a seat", "-", "", (double)sent / (double)seats, 0);
    row("B17 waves an order", "-", "", (double)waves / JOBS, 0);
    row("B17 most offers to one person in a day", "<= 5", "", (double)most, 0);
    arena_done(&a);
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    hall(seed);
    minutes(seed);
    crowds(seed);
    guard(seed);
    fairness(seed);
    offers(seed);
    return 0;
}
