/* match.c - `lingji match explain`: one score from facts to sentences; `lingji match simulate`: an
 * invented city placed at once, with groups, through a day in the hall, and by lists, and a town with and
 * without each term of policy, as one JSON object. Same options, same bytes. */
#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/cmd.h"
#include "feature/match/match.h"
#include "market/city.h"
#include "market/crowd.h"
#include "market/sim.h"
#include "market/town.h"

enum { HALL_SEATS_TEN_ORDERS = 82, CITY_SEATS_TEN_ORDERS = 60, EDGES = 400, ROLES = 6, OPTIONS = 40, JSON_MAX = 1 << 20 };

struct simulation {
    int64_t seed, people, slots, couples, crews, clusters, spread, accept, patience, hours;
    int64_t ghost_people, ghost_slots, ghost_law, horizon, theta, aging, gamma, shown, applies, told, aim;
    const char *only;
};
static const struct simulation usual = {.seed = 1,
                                        .people = 12000,
                                        .slots = 8000,
                                        .crews = 3,
                                        .spread = 30,
                                        .clusters = 25,
                                        .accept = 70,
                                        .patience = 40,
                                        .hours = 4,
                                        .ghost_people = 100,
                                        .ghost_slots = 100,
                                        .horizon = 90,
                                        .theta = 93,
                                        .aging = 1,
                                        .gamma = 100,
                                        .shown = 5,
                                        .applies = 2,
                                        .told = 1,
                                        .aim = CROWD_AIM_PCT};

/* What may be said; the manual page has the units. */
static const struct option {
    const char *name;
    size_t at;
    int64_t min, max;
} options[] = {
    {"--seed", offsetof(struct simulation, seed), 0, INT64_MAX},
    {"--people", offsetof(struct simulation, people), 0, 400000},
    {"--slots", offsetof(struct simulation, slots), 0, 400000},
    {"--couples", offsetof(struct simulation, couples), 0, 100},
    {"--crews", offsetof(struct simulation, crews), 0, 100},
    {"--clusters", offsetof(struct simulation, clusters), 1, 200},
    {"--spread", offsetof(struct simulation, spread), 1, 200},
    {"--accept", offsetof(struct simulation, accept), 1, 100},
    {"--patience", offsetof(struct simulation, patience), 1, 1440},
    {"--hours", offsetof(struct simulation, hours), 1, 24},
    {"--ghost-people", offsetof(struct simulation, ghost_people), 0, 400},
    {"--ghost-slots", offsetof(struct simulation, ghost_slots), 0, 400},
    {"--ghost-law", offsetof(struct simulation, ghost_law), 0, 1},
    {"--horizon", offsetof(struct simulation, horizon), 0, 240},
    {"--theta", offsetof(struct simulation, theta), 0, 100},
    {"--aging", offsetof(struct simulation, aging), 0, 1000},
    {"--gamma", offsetof(struct simulation, gamma), 0, 400},
    {"--shown", offsetof(struct simulation, shown), 1, CROWD_SHOWN_MAX},
    {"--applies", offsetof(struct simulation, applies), 1, CROWD_SHOWN_MAX},
    {"--told", offsetof(struct simulation, told), 0, 1},
    {"--aim", offsetof(struct simulation, aim), 1, 100},
};

static int32_t orders(const struct simulation *s, int32_t seats_ten_orders)
{
    return (int32_t)(s->slots * 10 / seats_ten_orders) + (s->slots > 0);
}

static double pct(int64_t part, int64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

/* roles: slots at a site; 0 = one, and no crews. */
static struct city invent(struct arena *a, const struct simulation *s, int32_t roles)
{
    return city_make(a, &(struct city_params){.seed = (uint64_t)s->seed,
                                              .people = (int32_t)s->people,
                                              .slots = orders(s, CITY_SEATS_TEN_ORDERS),
                                              .couple_pct = (int32_t)s->couples,
                                              .crew_pct = roles ? (int32_t)(s->couples + s->crews > 100 ? 100 - s->couples : s->crews) : 0,
                                              .roles = roles,
                                              .degree = EDGES,
                                              .spread_km = (int32_t)s->spread,
                                              .clusters = (int32_t)s->clusters});
}

static void at_once(struct arena *a, const struct simulation *s, struct buf *out)
{
    struct city c = invent(a, s, 0);
    struct couple *of = NEW_N(a, (size_t)c.couples + 1, struct couple);
    int32_t apart = 0, placed = 0;
    for (int32_t u = 0; u < c.couples; u++)
        of[u] = (struct couple){2 * u, 2 * u + 1};
    struct couples_result r = batch_couples(a, &c.b, of, c.couples, 0);
    for (int32_t u = 0; u < c.couples; u++)
        apart += r.slot_of[2 * u] != r.slot_of[2 * u + 1];
    for (int32_t i = 0; i < c.b.people; i++)
        placed += r.slot_of[i] >= 0;
    buf_fmt(out,
            ",\"batch\":{\"orders\":%d,\"seats\":%d,\"edges\":%d,\"placed\":%d,\"value\":%lld,",
            c.b.slots, c.seats, c.b.row[c.b.people], placed, (long long)r.value);
    buf_fmt(out, "\"bound\":%lld,\"gap_pct\":%.6f,\"valid\":%s,", (long long)r.ub,
            pct(r.ub - r.value, r.ub), batch_valid(a, &c.b, r.slot_of) ? "true" : "false");
    buf_fmt(out, "\"couples\":%d,\"couples_together\":%d,\"couples_apart\":%d}", c.couples,
            r.together, apart);
}

/* Couples in any two roles of a site, crews, and two half-day shifts of one person: several seats or none. */
static void in_groups(struct arena *a, const struct simulation *s, struct buf *out)
{
    struct city c = invent(a, s, ROLES);
    struct bundle b = city_bundles(a, &c, OPTIONS);
    struct bundle_result r = bundle_solve(a, &b, &(struct bundle_effort){.seed = (uint64_t)s->seed});
    int32_t couples = 0, crews = 0, twice = 0;
    for (int32_t u = 0; u < b.units; u++) {
        int32_t o = r.option_of[u], uses = o < 0 ? 0 : b.use[o + 1] - b.use[o];
        couples += o >= 0 && u < c.couples;
        crews += o >= 0 && u >= c.couples && u < c.couples + c.crews;
        twice += u >= c.couples + c.crews && uses == 2;
    }
    buf_fmt(out, ",\"groups\":{\"seats\":%d,\"units\":%d,\"options\":%d,\"placed\":%d,\"value\":%lld,\"bound\":%lld,", c.seats, b.units, b.options,
            r.placed, (long long)r.value, (long long)r.ub);
    buf_fmt(out, "\"gap_pct\":%.6f,\"valid\":%s,\"first_come\":%lld,", pct(r.ub - r.value, r.ub),
            bundle_valid(a, &b, r.option_of) ? "true" : "false", (long long)bundle_first_come(a, &b));
    buf_fmt(out, "\"couples\":%d,\"couples_placed\":%d,\"crews\":%d,\"crews_placed\":%d,\"two_half_days\":%d}", c.couples, couples,
            c.crews, crews, twice);
}

static void put_day(struct buf *out, const char *name, const struct sim_day *d, int64_t best)
{
    buf_fmt(out, "\"%s\":{\"placed\":%d,\"value\":%lld,\"of_hindsight_pct\":%.2f,", name, d->placed,
            (long long)d->value, pct(d->value, best));
    buf_fmt(out, "\"wait_mean_s\":%d,\"wait_p90_s\":%d,\"wait_p99_s\":%d,\"starved\":%d,",
            d->mean_s, d->p90_s, d->p99_s, d->starved);
    buf_fmt(out, "\"couples_apart\":%d,\"orders_over\":%d},", d->apart, d->over);
}

static int32_t ghost_pct(int64_t pct_or_none)
{
    return pct_or_none ? (int32_t)pct_or_none : -1;
}

static void through_a_day(struct arena *a, const struct simulation *s, struct buf *out)
{
    struct arena scratch;
    int32_t placed;
    struct sim_params p = {.seed = (uint64_t)s->seed,
                           .people = (int32_t)s->people,
                           .orders = orders(s, HALL_SEATS_TEN_ORDERS),
                           .couple_pct = (int32_t)s->couples,
                           .clusters = (int32_t)s->clusters,
                           .spread_km = (int32_t)s->spread,
                           .day_s = (int32_t)s->hours * 3600,
                           .patience_s = (int32_t)s->patience * 60,
                           .accept_pct = (int32_t)s->accept,
                           .ghost_people_pct = ghost_pct(s->ghost_people),
                           .ghost_orders_pct = ghost_pct(s->ghost_slots),
                           .other_law = s->ghost_law,
                           .hall = hall_usual};
    p.hall.horizon_s = (int32_t)s->horizon * 60;
    p.hall.theta_pct = (int32_t)s->theta;
    p.hall.patience_s = p.patience_s;
    p.hall.aging = (int32_t)s->aging * 100;
    struct sim *day = sim_new(a, &p);
    arena_init(&scratch, 0);
    while (sim_step(day, &scratch))
        arena_reset(&scratch);
    arena_done(&scratch);
    int64_t best = sim_hindsight(a, day, &placed);
    struct sim_day d = sim_hall(a, day), g = sim_greedy(a, day);
    struct hall again = sim_fresh(a, day);
    const struct hall *h = sim_log(day);
    bool same = hall_replay(&again, h->log, h->logged);
    buf_fmt(out, ",\"hall\":{\"people\":%d,\"seats\":%d,", d.people, d.seats);
    put_day(out, "ghosts", &d, best);
    put_day(out, "greedy", &g, best);
    buf_fmt(out, "\"hindsight\":{\"placed\":%d,\"value\":%lld},\"events\":%d,\"replays\":%s}",
            placed, (long long)best, h->logged, same ? "true" : "false");
}

static double mean_fit(const struct crowd_round *r)
{
    return r->placed ? (double)r->value / r->placed / SCORE_ONE : 0;
}

static void by_lists(struct arena *a, const struct simulation *s, struct buf *out)
{
    static const struct {
        const char *name;
        enum crowd_list list;
        bool aimed;
    } lists[] = {{"fit", CROWD_FIT, false}, {"random", CROWD_RANDOM, false}, {"price", CROWD_PRICE, false}, {"best_first", CROWD_PRICE, true}};
    struct city c = invent(a, s, 0);
    struct batch_result best = batch_solve(a, &c.b, 0);
    buf_fmt(out, ",\"lists\":{\"seats\":%d,\"best\":{\"placed\":%d,\"value\":%lld}", c.seats,
            best.placed, (long long)best.value);
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        struct crowd_params p = {.seed = (uint64_t)s->seed,
                                 .list = lists[k].list,
                                 .gamma_pct = (int32_t)s->gamma,
                                 .told = s->told,
                                 .aim_pct = lists[k].aimed ? (int32_t)s->aim : 0,
                                 .shown = (int32_t)s->shown,
                                 .applies = (int32_t)s->applies};
        struct crowd_result r = crowd_run(a, &c.b, &p);
        buf_fmt(out, ",\"%s\":{\"orders_never_shown\":%d,\"rounds\":[", lists[k].name, r.never_shown);
        for (int i = 0; i < CROWD_ROUNDS; i++)
            buf_fmt(out,
                    "%s{\"placed\":%d,\"filled_pct\":%.2f,\"mean_fit\":%.4f,\"applications\":%lld,\"value\":%lld}",
                    i ? "," : "", r.round[i].placed, pct(r.round[i].placed, c.seats),
                    mean_fit(&r.round[i]), (long long)r.round[i].applications,
                    (long long)r.round[i].value);
        buf_put(out, S("]}"));
    }
    buf_c(out, '}');
}

static void put_town(struct buf *out, const char *name, const struct town_day *d, enum term k)
{
    buf_fmt(out, ",\"%s\":{\"placed\":%d,\"value\":%lld,\"served\":%d}", name, d->placed, (long long)d->value, d->served[k]);
}

/* What each term of policy buys and costs: everybody placed with all terms, and with all but this one. */
static void by_policy(struct arena *a, const struct simulation *s, struct buf *out)
{
    struct town t = town_make(a, &(struct town_params){.seed = (uint64_t)s->seed,
                                                       .people = (int32_t)s->people,
                                                       .slots = orders(s, HALL_SEATS_TEN_ORDERS),
                                                       .spread_km = (int32_t)s->spread,
                                                       .clusters = (int32_t)s->clusters});
    struct batch b = town_pairs(a, &t);
    struct town_day on = town_place(a, &t, &b, TERMS);
    buf_fmt(out, ",\"policy\":{\"seats\":%d,\"terms\":[", t.seats);
    for (enum term k = 0; k < TERMS; k++) {
        struct town_day off = town_place(a, &t, &b, k);
        buf_fmt(out, "%s{\"term\":\"%s\",\"points\":%d,\"for\":\"%s\",\"people\":%d", k ? "," : "", policy_table[k].name,
                t.params.term[k], policy_table[k].serves, town_for(&t, k));
        put_town(out, "on", &on, k);
        put_town(out, "off", &off, k);
        buf_c(out, '}');
    }
    buf_put(out, S("]}"));
}

static const struct {
    const char *name;
    void (*run)(struct arena *a, const struct simulation *s, struct buf *out);
} parts[] = {{"batch", at_once}, {"groups", in_groups}, {"hall", through_a_day}, {"lists", by_lists}, {"policy", by_policy}};
enum { PARTS_N = sizeof parts / sizeof *parts };

static bool is_part(const char *name)
{
    int k = 0;
    while (k < PARTS_N && strcmp(name, parts[k].name))
        k++;
    return k < PARTS_N;
}

static bool set(struct simulation *s, const char *name, const char *value)
{
    char *end;
    errno = 0;
    int64_t v = strtoll(value, &end, 10);
    if (errno)
        return false;
    if (strcmp(name, "--only") == 0) {
        s->only = value;
        return is_part(value);
    }
    for (size_t k = 0; k < sizeof options / sizeof *options; k++) {
        const struct option *o = &options[k];
        if (strcmp(name, o->name))
            continue;
        memcpy((char *)s + o->at, &v, sizeof v);
        return *value && !*end && v >= o->min && v <= o->max;
    }
    return false;
}

static int simulate(struct cmd *c)
{
    struct simulation s = usual;
    struct buf out;
    for (int k = 1; k < c->n_args; k += 2)
        if (k + 1 == c->n_args || !set(&s, c->args[k], c->args[k + 1]))
            return cmd_fail("%s %s: no such option, or out of range; see lingji(1)", c->args[k],
                            k + 1 < c->n_args ? c->args[k + 1] : "");
    buf_init(&out, c->a, JSON_MAX);
    buf_fmt(&out, "{\"seed\":%lld,\"people\":%lld,\"slots\":%lld", (long long)s.seed,
            (long long)s.people, (long long)s.slots);
    for (int k = 0; k < PARTS_N; k++) {
        struct arena a;
        arena_init(&a, 0);
        if (!s.only || strcmp(s.only, parts[k].name) == 0)
            parts[k].run(&a, &s, &out);
        arena_done(&a);
    }
    buf_put(&out, S("}\n"));
    fwrite(out.p, 1, out.n, stdout);
    return 0;
}

struct asked {
    int64_t person_id, shift_id;
    struct buf out;
};

static enum err explained(struct request *rq)
{
    struct asked *x = rq->object;
    return match_explain(rq, x->person_id, x->shift_id, &x->out);
}

static int explain(struct cmd *c)
{
    struct asked x = {.person_id = 0};
    if (c->n_args != 3 || !str_i64(str_c(c->args[1]), &x.person_id) || !str_i64(str_c(c->args[2]), &x.shift_id))
        return -1;
    struct app *app = cmd_look(c);
    if (!app)
        return 1;
    buf_init(&x.out, c->a, JSON_MAX);
    enum err e = app->priced_ms ? OK : match_prices(app);
    if (!e)
        e = app_read(app, explained, &x);
    fwrite(x.out.p, 1, x.out.n, stdout);
    app_close(app);
    return e ? cmd_fail("%s: no such person or shift", err_code(e)) : 0;
}

int cmd_match(struct cmd *c)
{
    static const struct {
        const char *name;
        int (*run)(struct cmd *c);
    } table[] = {{"simulate", simulate}, {"explain", explain}};
    for (size_t i = 0; c->n_args && i < sizeof table / sizeof *table; i++)
        if (strcmp(c->args[0], table[i].name) == 0)
            return table[i].run(c);
    return -1;
}
