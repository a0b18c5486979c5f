/* bench_index.c - the best 20 shifts for a person, and the nearest with filters, beside a look at
 * every slot and beside PostgreSQL, in one run. Usage: bench-index [SEED [POSTGRESQL-URL]] */
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/err.h"
#include "market/city.h"
#include "market/dice.h"
#include "market/explain.h"
#include "market/people.h"
#include "sample_town.h"

/* Rates count what THREADS threads do side by side; times of one question are wall time. */
enum { SLOTS = 200000, PEOPLE = 2000, TRADES = 25, THREADS = 2, TOP = 20, MOST = 400000, SPARSE_PER_KM2 = 55 };
#define SECONDS 2.0

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void row(const char *figure, const char *target, const char *unit, double got, double peer)
{
    printf("%-52s %10s %10.4g %-4s", figure, target, got, unit);
    if (peer > 0)
        printf(" %10.4g %7.1f", peer, got / peer);
    printf("\n");
}

/* ---- a city: clusters of work, people around them; the same crowding at every size ---- */

struct town {
    struct market *m;
    struct seeker *who;
    int32_t slots, side_m;
};

static int32_t normal(uint64_t *rnd, int32_t sigma)
{
    int32_t sum = 0;
    for (int k = 0; k < 12; k++)
        sum += dice_below(rnd, 2000) - 1000;
    return (int32_t)((int64_t)sum * sigma / 2000);
}

static struct point near_cluster(uint64_t *rnd, const struct town *t, const struct point *c, int32_t n, int32_t sigma_m)
{
    struct point p = c[dice_below(rnd, n)];
    int32_t half = t->side_m * 9 / 2;
    p.lon += normal(rnd, sigma_m * 98 / 10);
    p.lat += normal(rnd, sigma_m * 9);
    bool in = abs(p.lon - 113300000) <= half && abs(p.lat - 23100000) <= half;
    return in ? p : c[0];
}

static int32_t trade_of(uint64_t *rnd)
{
    int32_t u = dice_below(rnd, 1000), k = 0;
    for (int32_t left = 1000; k < TRADES - 1 && u < left; k++)
        left = left * 88 / 100;
    return k;
}

static void no_run_or_partner(struct seeker *s)
{
    s->care = s->with = (struct point){0, 0};
    s->drop_min = s->pick_min = 0;
}

static struct town make_town(uint64_t seed, int32_t slots, int32_t per_km2)
{
    struct town t = {.m = market_new(), .who = xcalloc(PEOPLE, sizeof *t.who), .slots = slots};
    uint64_t rnd = seed * 0x9E3779B97F4A7C15ULL + 1;
    while ((int64_t)t.side_m * t.side_m / 1000 * per_km2 / 1000 < slots)
        t.side_m += 1000;
    int32_t n = slots / 8000 + 1;
    struct point *c = xcalloc((size_t)n, sizeof *c);
    for (int32_t i = 0; i < n; i++)
        c[i] = (struct point){113300000 + (dice_below(&rnd, t.side_m) - t.side_m / 2) * 98 / 10, 23100000 + (dice_below(&rnd, t.side_m) - t.side_m / 2) * 9};
    for (int32_t i = 0; i < slots; i++) {
        struct fact f = {.kind = FACT_SLOT, .slot = sample_slot(&rnd, i + 1, 1)};
        f.slot.place = near_cluster(&rnd, &t, c, n, 3000);
        f.slot.trade = (uint8_t)trade_of(&rnd);
        f.slot.employer_id = 1 + i / 5;
        f.slot.verified = true;
        f.slot.risk = 0;
        f.slot.skills_wanted = dice_below(&rnd, 10) ? 0 : f.slot.skills_wanted;
        BUG_ON(!market_apply(t.m, &f));
    }
    for (int32_t i = 0; i < PEOPLE; i++) {
        t.who[i] = sample_seeker(&rnd, i + 1, 1);
        t.who[i].home = near_cluster(&rnd, &t, c, n, 4000);
        if (dice_below(&rnd, 3)) /* some 6 in a hundred have a school run, 4 a partner at work; tests want more of both */
            no_run_or_partner(&t.who[i]);
        if (point_known(t.who[i].care))
            t.who[i].care = dice_below(&rnd, 2) ? t.who[i].home : near_cluster(&rnd, &t, c, n, 4000);
        if (point_known(t.who[i].with))
            t.who[i].with = near_cluster(&rnd, &t, c, n, 3000);
        for (int k = 0; k < t.who[i].n_busy; k++)
            t.who[i].busy[k].place = near_cluster(&rnd, &t, c, n, 3000);
        if (dice_below(&rnd, 50) == 0)
            t.who[i].home.lon += 3000000; /* registered at home, some 300 km away */
        t.who[i].outside = dice_below(&rnd, 4) ? 35000 : 20000 + dice_below(&rnd, 40000);
        t.who[i].n_ties = (uint8_t)dice_below(&rnd, 3);
        for (int k = 0; k < t.who[i].n_ties; k++)
            t.who[i].ties[k].employer_id = 1 + dice_below(&rnd, slots / 5);
        t.who[i].trade = (uint8_t)(1 + trade_of(&rnd) % (TRADES - 1));
    }
    xfree(c);
    return t;
}

static void free_town(struct town *t)
{
    market_free(t->m);
    xfree(t->who);
}

/* ---- questions from several threads ---- */

typedef size_t look_fn(struct finder *f, const struct market_params *p, const struct seeker *s, const struct question *q,
                       const struct hit **ret);

struct worker {
    pthread_t thread;
    const struct town *town;
    look_fn *look;
    struct question ask;
    bool reasons;
    int first;
    double *took;
    size_t n, found;
};

static void one_question(struct worker *w, int i)
{
    struct market_params p = sample_params();
    const struct seeker *s = &w->town->who[i % PEOPLE];
    const struct hit *hits;
    struct question q = w->ask;
    if (q.order == ORDER_NEAR)
        q.trades = (int32_t)(1u << s->trade);
    struct finder *f = market_read(w->town->m);
    size_t n = w->look(f, &p, s, &q, &hits);
    if (w->reasons) {
        struct usual u = market_usual(f, &p, s, &q);
        for (size_t k = 0; k < n; k++)
            w->found += (size_t)(fit_reasons(s, &hits[k].fit, &u).bad >= 0);
    }
    w->found += n;
    market_done(f);
}

static void *ask_on(void *arg)
{
    struct worker *w = arg;
    for (int i = 0; i < 100; i++)
        one_question(w, w->first + i);
    double until = seconds() + SECONDS;
    for (int i = w->first; w->n < MOST; i += THREADS) {
        double from = seconds();
        if (from >= until)
            break;
        one_question(w, i);
        w->took[w->n++] = seconds() - from;
    }
    return NULL;
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

struct figure {
    double rate, p50_us, p99_us;
};

static struct figure measure(const struct town *t, look_fn *look, enum order order, bool reasons)
{
    struct worker w[THREADS];
    double *all = xcalloc(THREADS * MOST, sizeof *all);
    size_t n = 0;
    for (int k = 0; k < THREADS; k++) {
        w[k] = (struct worker){.town = t, .look = look, .ask = sample_ask(order, TOP), .reasons = reasons, .first = k * 7, .took = xcalloc(MOST, sizeof *all)};
        BUG_ON(pthread_create(&w[k].thread, NULL, ask_on, &w[k]));
    }
    for (int k = 0; k < THREADS; k++) {
        pthread_join(w[k].thread, NULL);
        memcpy(all + n, w[k].took, w[k].n * sizeof *all);
        n += w[k].n;
        xfree(w[k].took);
    }
    qsort(all, n, sizeof *all, by_value);
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += all[i];
    struct figure r = {(double)n * THREADS / sum, all[n / 2] * 1e6, all[n * 99 / 100] * 1e6};
    xfree(all);
    return r;
}

/* ---- kinds of people: everybody of the town made into one of them ---- */

static void as_is(struct seeker *s)
{
    (void)s;
}

/* Works `hours` a day from nine on each of the four days of the question. */
static void booked_up(struct seeker *s, int32_t hours)
{
    int32_t today = sample_ask(ORDER_FIT, 1).today;
    for (s->n_busy = 0; s->n_busy < 4; s->n_busy++) {
        int32_t from = (today + s->n_busy) * 1440 + 540;
        s->busy[s->n_busy] = (struct busy){from, from + (hours + 1) * 60, hours * 60, s->home};
    }
}

static void booked_8_hours(struct seeker *s)
{
    booked_up(s, 8);
}

static void booked_10_hours(struct seeker *s)
{
    booked_up(s, 10);
}

static void with_a_partner_at_work(struct seeker *s)
{
    s->with = (struct point){s->home.lon + 20000, s->home.lat};
    s->with_from_min = (sample_ask(ORDER_FIT, 1).today + 1) * 1440 + 480;
    s->with_to_min = s->with_from_min + 540;
}

static void with_a_school_run(struct seeker *s)
{
    s->drop_min = 500;
    s->pick_min = 960;
    s->care_days = SCHOOL_DAYS;
    s->care = (struct point){s->home.lon + 40000, s->home.lat};
}

static void too_young(struct seeker *s)
{
    s->work_from_day = FOREVER;
}

static void too_young_for_nights(struct seeker *s)
{
    s->night_from_day = FOREVER;
}

static void from_far_away(struct seeker *s)
{
    s->home.lon += 3000000;
}

static void of_no_address(struct seeker *s)
{
    s->home = (struct point){0, 0};
}

static void of_no_skill_or_paper(struct seeker *s)
{
    s->skills = 0;
    memset(s->paper_to_day, 0, sizeof s->paper_to_day);
}

static void in_the_evening(struct seeker *s)
{
    s->from_min = 1080;
    s->to_min = 1380;
}

static void nearby_only(struct seeker *s)
{
    s->travel_max_min = 5;
}

static void stranger(struct seeker *s)
{
    *s = (struct seeker){.home = s->home, .seats = 1, .outside = 35000, .skills = UINT64_MAX};
}

static const struct kind {
    const char *name;
    void (*make)(struct seeker *s);
    enum order order;
} kinds[] = {
    {"as they are", as_is, ORDER_FIT},
    {"8 hours taken on every day", booked_8_hours, ORDER_FIT},
    {"10 hours taken on every day", booked_10_hours, ORDER_FIT},
    {"a partner at work", with_a_partner_at_work, ORDER_FIT},
    {"a school run", with_a_school_run, ORDER_FIT},
    {"too young", too_young, ORDER_FIT},
    {"too young for nights", too_young_for_nights, ORDER_FIT},
    {"home 300 km away", from_far_away, ORDER_FIT},
    {"no address", of_no_address, ORDER_FIT},
    {"no skill, no paper", of_no_skill_or_paper, ORDER_FIT},
    {"in the evening", in_the_evening, ORDER_FIT},
    {"nearby only", nearby_only, ORDER_FIT},
    {"strangers, by the soonest", stranger, ORDER_SOON},
    {"as they are, by the soonest", as_is, ORDER_SOON},
    {"8 hours taken, by the soonest", booked_8_hours, ORDER_SOON},
    {"as they are, by pay", as_is, ORDER_PAY},
};

/* One thread; the list alone, and what it is compared with. */
static struct figure measure_kind(const struct town *t, const struct kind *kind, bool reasons)
{
    double *took = xcalloc(PEOPLE, sizeof *took), sum = 0;
    struct market_params p = sample_params();
    struct question q = sample_ask(kind->order, TOP);
    for (int i = 0; i < PEOPLE; i++) {
        const struct hit *hits;
        struct seeker s = t->who[i];
        kind->make(&s);
        struct finder *f = market_read(t->m);
        double from = seconds();
        if (reasons)
            BUG_ON(market_usual(f, &p, &s, &q).n < 0);
        else
            market_top(f, &p, &s, &q, &hits);
        took[i] = seconds() - from;
        sum += took[i];
        market_done(f);
    }
    qsort(took, PEOPLE, sizeof *took, by_value);
    struct figure r = {PEOPLE / sum, took[PEOPLE / 2] * 1e6, took[PEOPLE * 99 / 100] * 1e6};
    xfree(took);
    return r;
}

static void kinds_of_people(const struct town *t)
{
    double worst = 0;
    printf("# %-32s %8s %8s us   to compare with: %8s %8s us\n", "kind of people", "mean", "p99", "mean", "p99");
    for (const struct kind *k = kinds; k < kinds + sizeof kinds / sizeof *kinds; k++) {
        struct figure g = measure_kind(t, k, false), u = measure_kind(t, k, true);
        printf("# %-32s %8.0f %8.0f                         %8.0f %8.0f\n", k->name, 1e6 / g.rate, g.p99_us, 1e6 / u.rate, u.p99_us);
        worst = g.p99_us > worst ? g.p99_us : worst;
    }
    row("   p99 of the slowest kind of people", "<= 1000", "us", worst, 0);
}

/* ---- what one change would open, for who has little or nothing ---- */

typedef struct near near_fn(const struct finder *f, const struct market_params *p, const struct seeker *s, const struct question *q);

enum { LITTLE = 4 };
static struct figure measure_near(const struct town *t, near_fn *look)
{
    double *all = xcalloc(PEOPLE, sizeof *all), sum = 0;
    size_t n = 0;
    struct market_params p = sample_params();
    struct question q = sample_ask(ORDER_FIT, LITTLE);
    for (int i = 0; i < PEOPLE; i++) {
        const struct hit *hits;
        struct seeker s = t->who[i];
        s.travel_max_min = (int16_t)(i % 2 ? 20 : s.travel_max_min); /* so that there are some */
        s.floor_fen = i % 4 < 3 ? 4500 : s.floor_fen;
        struct finder *f = market_read(t->m);
        if (market_top(f, &p, &s, &q, &hits) < LITTLE) {
            double from = seconds();
            struct near near = look(f, &p, &s, &q);
            all[n++] = seconds() - from;
            BUG_ON(near.of[HARD_NONE][0].opens >= LITTLE);
        }
        market_done(f);
    }
    qsort(all, n, sizeof *all, by_value);
    for (size_t i = 0; i < n; i++)
        sum += all[i];
    struct figure r = {(double)n / sum, n ? all[n / 2] * 1e6 : 0, n ? all[n * 99 / 100] * 1e6 : 0};
    printf("# near misses of %zu people with fewer than %d shifts\n", n, LITTLE);
    xfree(all);
    return r;
}

static void near_misses(const struct town *t)
{
    struct figure scan = measure_near(t, market_near_miss_scan), g = measure_near(t, market_near_miss);
    row("near misses; peer full scan", "-", "/s", g.rate, scan.rate);
    row("   p50", "-", "us", g.p50_us, 0);
    row("   p50 of the full scan", "-", "us", scan.p50_us, 0);
    row("   p99", "-", "us", g.p99_us, 0);
}

/* ---- the other way round: people for an order ---- */

enum { ORDERS = 400, CANDIDATES = 60, ELSE_POINTS = 20000 };
typedef struct people people_fn(struct market *m, struct arena *a, const struct people_ask *q);

/* A third could have something else. */
static int64_t has_else(void *arg, int64_t person_id, int64_t slot_id)
{
    (void)arg;
    return (person_id * 7919 + slot_id) % 3 ? 0 : person_id * 37 % ELSE_POINTS;
}

static struct figure measure_people(const struct town *t, people_fn *look, bool singles, int orders)
{
    double *all = xcalloc((size_t)orders, sizeof *all), sum = 0;
    struct market_params p = sample_params();
    int32_t usual[TRADES_MAX];
    struct arena a;
    arena_init(&a, 0);
    for (int k = 0; k < TRADES_MAX; k++)
        usual[k] = p.usual_hour_fen;
    for (int i = 0; i < orders; i++) {
        struct finder *f = market_read(t->m);
        struct slot order = *market_slot(f, 1 + (int64_t)i * t->slots / orders);
        market_done(f);
        order.left = order.left > 0 ? order.left : 1;
        order.hour_fen = order.hour_fen > p.min_hour_fen ? order.hour_fen : p.min_hour_fen;
        struct people_ask q = {.p = &p, .usual_fen = usual, .slot = &order, .most = CANDIDATES, .singles = singles, .other = has_else};
        double from = seconds();
        look(t->m, &a, &q);
        sum += all[i] = seconds() - from;
        arena_reset(&a);
    }
    arena_done(&a);
    qsort(all, (size_t)orders, sizeof *all, by_value);
    struct figure r = {orders / sum, all[orders / 2] * 1e6, all[orders * 99 / 100] * 1e6};
    xfree(all);
    return r;
}

/* Everybody who came is still there: `people` of them, homes as those of the town's. */
static void add_people(struct town *t, uint64_t seed, int32_t people)
{
    uint64_t rnd = dice_seed(seed);
    for (int32_t i = 0; i < people; i++) {
        struct fact f = {.kind = FACT_PERSON, .person = sample_seeker(&rnd, i + 1, 1)};
        f.person.home = t->who[i % PEOPLE].home;
        f.person.home.lon += dice_below(&rnd, 20000) - 10000;
        f.person.home.lat += dice_below(&rnd, 20000) - 10000;
        f.person.care = point_known(f.person.care) ? f.person.home : f.person.care;
        f.person.with = (struct point){0, 0};
        f.person.partner_id = f.person.seats > 1 ? i + 2 - 2 * (i & 1) : 0;
        for (int k = 0; k < f.person.n_ties; k++)
            f.person.ties[k].employer_id = 1 + dice_below(&rnd, t->slots / 5);
        BUG_ON(!market_apply(t->m, &f));
    }
}

static void people_for_orders(uint64_t seed)
{
    static const int32_t sizes[] = {20000, 200000, 1000000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        char figure[64];
        struct town t = make_town(seed, SLOTS / 10, SPARSE_PER_KM2);
        add_people(&t, seed, sizes[k]);
        struct figure scan = measure_people(&t, people_scan, true, ORDERS / 8), g = measure_people(&t, people_for, true, ORDERS);
        struct figure waves = measure_people(&t, people_for, false, ORDERS);
        snprintf(figure, sizeof figure, "people for an order among %d, p50; peer scan", sizes[k]);
        row(figure, "-", "us", g.p50_us, scan.p50_us);
        row("   p99; peer scan", sizes[k] == SLOTS ? "<= 5000" : "-", "us", g.p99_us, scan.p99_us);
        row("   for a wave, couples too, p99", sizes[k] == SLOTS ? "<= 5000" : "-", "us", waves.p99_us, 0);
        free_town(&t);
    }
}

/* ---- facts beside questions ---- */

struct writer {
    pthread_t thread;
    const struct town *town;
    atomic_bool stop;
    size_t n;
};

static void *change_on(void *arg)
{
    struct writer *w = arg;
    uint64_t rnd = 99;
    const struct timespec pause = {0, 1000000};
    while (!atomic_load(&w->stop)) {
        for (int i = 0; i < 10; i++, w->n++)
            market_apply(w->town->m, &(struct fact){.kind = FACT_LEFT, .id = 1 + dice_below(&rnd, w->town->slots), .left = dice_below(&rnd, 2)});
        nanosleep(&pause, NULL);
    }
    return NULL;
}

static void beside_updates(const struct town *t)
{
    struct writer w = {.town = t};
    double from = seconds();
    BUG_ON(pthread_create(&w.thread, NULL, change_on, &w));
    struct figure g = measure(t, market_top, ORDER_FIT, true);
    atomic_store(&w.stop, true);
    pthread_join(w.thread, NULL);
    row("B7 the same beside updates", "-", "/s", g.rate, 0);
    row("   updates meanwhile", "-", "/s", (double)w.n / (seconds() - from), 0);
    row("   p99 meanwhile", "<= 1000", "us", g.p99_us, 0);
}

/* ---- PostgreSQL: point KNN on one partial GiST index per trade ---- */

static void must(PGconn *c, const char *sql)
{
    PGresult *r = PQexec(c, sql);
    ExecStatusType s = PQresultStatus(r);
    if (s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK && s != PGRES_COPY_IN)
        fprintf(stderr, "%s: %s", sql, PQerrorMessage(c));
    BUG_ON(s != PGRES_COMMAND_OK && s != PGRES_TUPLES_OK && s != PGRES_COPY_IN);
    PQclear(r);
}

static double flat_lon(struct point p)
{
    return p.lon / 1e6 * 0.92; /* so that a degree is as long both ways */
}

static void fill_pg(const char *url, const struct town *t)
{
    PGconn *c = PQconnectdb(url);
    char line[200];
    BUG_ON(PQstatus(c) != CONNECTION_OK);
    must(c, "CREATE UNLOGGED TABLE bench_slot (id bigint, trade int, at point, hour_fen int, start_min int, places int, needs int)");
    must(c, "COPY bench_slot FROM STDIN");
    struct finder *f = market_read(t->m);
    for (int64_t id = 1; id <= t->slots; id++) {
        const struct slot *s = market_slot(f, id);
        int n = snprintf(line, sizeof line, "%lld\t%d\t(%.6f,%.6f)\t%d\t%d\t%d\t%d\n", (long long)id, s->trade, flat_lon(s->place),
                         s->place.lat / 1e6, s->hour_fen, s->start_min, s->left, (int)s->needs);
        BUG_ON(PQputCopyData(c, line, n) != 1);
    }
    market_done(f);
    BUG_ON(PQputCopyEnd(c, NULL) != 1);
    for (PGresult *r; (r = PQgetResult(c));)
        PQclear(r);
    for (int k = 0; k < TRADES; k++) {
        snprintf(line, sizeof line, "CREATE INDEX ON bench_slot USING gist (at) WHERE trade = %d", k);
        must(c, line);
    }
    must(c, "VACUUM ANALYZE bench_slot");
    PQfinish(c);
}

struct pg_worker {
    pthread_t thread;
    const char *url;
    const struct town *town;
    int first;
    size_t n;
};

static void ask_pg(PGconn *c, const struct seeker *s)
{
    char name[16], v[6][32];
    const char *args[6];
    struct question q = sample_ask(ORDER_NEAR, TOP);
    snprintf(name, sizeof name, "near%d", s->trade);
    snprintf(v[0], 32, "%.6f", flat_lon(s->home));
    snprintf(v[1], 32, "%.6f", s->home.lat / 1e6);
    snprintf(v[2], 32, "%d", s->floor_fen);
    snprintf(v[3], 32, "%d", q.from_min);
    snprintf(v[4], 32, "%d", q.to_min);
    snprintf(v[5], 32, "%d", (int)s->limits);
    for (int i = 0; i < 6; i++)
        args[i] = v[i];
    PGresult *r = PQexecPrepared(c, name, 6, args, NULL, NULL, 0);
    BUG_ON(PQresultStatus(r) != PGRES_TUPLES_OK);
    PQclear(r);
}

static void *ask_pg_on(void *arg)
{
    struct pg_worker *w = arg;
    PGconn *c = PQconnectdb(w->url);
    char sql[400];
    must(c, "SET plan_cache_mode = force_generic_plan");
    for (int k = 0; k < TRADES; k++) {
        snprintf(sql, sizeof sql,
                 "PREPARE near%d (float8, float8, int, int, int, int) AS SELECT id FROM bench_slot WHERE trade = %d AND places > 0"
                 " AND hour_fen >= $3 AND start_min >= $4 AND start_min < $5 AND needs & $6 = 0 ORDER BY at <-> point($1, $2) LIMIT %d",
                 k, k, TOP);
        must(c, sql);
    }
    for (int i = 0; i < 200; i++)
        ask_pg(c, &w->town->who[i]);
    double until = seconds() + SECONDS;
    for (int i = w->first; seconds() < until; i += THREADS, w->n++)
        ask_pg(c, &w->town->who[i % PEOPLE]);
    PQfinish(c);
    return NULL;
}

static double measure_pg(const char *url, const struct town *t)
{
    struct pg_worker w[THREADS];
    size_t n = 0;
    fill_pg(url, t);
    for (int k = 0; k < THREADS; k++) {
        w[k] = (struct pg_worker){.url = url, .town = t, .first = k};
        BUG_ON(pthread_create(&w[k].thread, NULL, ask_pg_on, &w[k]));
    }
    for (int k = 0; k < THREADS; k++) {
        pthread_join(w[k].thread, NULL);
        n += w[k].n;
    }
    return (double)n / SECONDS;
}

/* ---- the table ---- */

static long rss_kb(void)
{
    long pages = 0, x;
    FILE *f = fopen("/proc/self/statm", "r");
    if (f && fscanf(f, "%ld %ld", &x, &pages) != 2)
        pages = 0;
    if (f)
        fclose(f);
    return pages * 4;
}

static void growth(uint64_t seed)
{
    static const int32_t sizes[] = {20000, 60000, 200000, 600000, 2000000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        char figure[64];
        long before = rss_kb();
        struct town t = make_town(seed, sizes[k], SPARSE_PER_KM2);
        struct figure g = measure(&t, market_top, ORDER_FIT, true);
        snprintf(figure, sizeof figure, "B7 %d slots, %d km wide, %ld bytes a slot", sizes[k], t.side_m / 1000, (rss_kb() - before) * 1024 / sizes[k]);
        row(figure, "-", "us", g.p50_us, 0);
        free_town(&t);
    }
}

/* The row that earlier figures are compared with: most people have said no more than this. */
static void plain_people(struct town *t)
{
    struct seeker *as_they_are = xcalloc(PEOPLE, sizeof *as_they_are);
    memcpy(as_they_are, t->who, PEOPLE * sizeof *t->who);
    for (int32_t i = 0; i < PEOPLE; i++) {
        no_run_or_partner(&t->who[i]);
        t->who[i].n_busy = 0;
    }
    struct figure g = measure(t, market_top, ORDER_FIT, true);
    row("B7 nobody with a school run, partner, shift taken", ">= 10000", "/s", g.rate, 0);
    row("   p99", "<= 1000", "us", g.p99_us, 0);
    memcpy(t->who, as_they_are, PEOPLE * sizeof *t->who);
    xfree(as_they_are);
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    struct town t = make_town(seed, SLOTS, SPARSE_PER_KM2);
    printf("# %d slots on %d x %d km, %d threads\n", t.slots, t.side_m / 1000, t.side_m / 1000, THREADS);
    struct figure scan = measure(&t, market_top_scan, ORDER_FIT, true), g = measure(&t, market_top, ORDER_FIT, true);
    row("B7 best 20 with reasons; peer full scan", ">= 10000", "/s", g.rate, scan.rate);
    row("   p50", "-", "us", g.p50_us, 0);
    row("   p99", "<= 1000", "us", g.p99_us, 0);
    plain_people(&t);
    kinds_of_people(&t);
    near_misses(&t);
    people_for_orders(seed);
    beside_updates(&t);
    struct figure near = measure(&t, market_top, ORDER_NEAR, false);
    row("B7 nearest 20 with filters; peer PostgreSQL", ">= 50 x", "/s", near.rate, argc > 2 ? measure_pg(argv[2], &t) : 0);
    free_town(&t);
    struct town dense = make_town(seed, SLOTS, SPARSE_PER_KM2 * 4);
    row("B7 best 20 with reasons, four times as dense", "-", "/s", measure(&dense, market_top, ORDER_FIT, true).rate, 0);
    free_town(&dense);
    growth(seed);
    return 0;
}
