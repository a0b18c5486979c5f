/* openings.c - a city with N open shifts around centres of work and PEOPLE who look for work: what the lists
 * of a person are measured with. 2,000 of the people are signed in; prints a session a line. Usage:
 * openings N PEOPLE, with LINGJI_DATA naming the folder. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/cal.h"
#include "cmd/cmd.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "feature/trust/trust.h"
#include "market/dice.h"
#include "sample_town.h"

extern char **environ;
enum { GROUP = 500, SESSIONS = 2000, A_CENTRE = 8000, AN_EMPLOYER = 5, DISTRICT = 440105 };

struct city {
    uint64_t rnd;
    struct geo centre[64];
    int32_t centres;
    int64_t n, people, from, to, employer_id;
};

/* Within about 6 km of a centre, nearer more often. */
static struct geo somewhere(struct city *c)
{
    struct geo g = c->centre[dice_below(&c->rnd, c->centres)];
    for (int k = 0; k < 4; k++) {
        g.lon += (dice_below(&c->rnd, 30000) - 15000) / 1e6;
        g.lat += (dice_below(&c->rnd, 30000) - 15000) / 1e6;
    }
    return g;
}

/* Some trades are asked for far more often than others. */
static int32_t trade_of(struct city *c)
{
    int32_t k = 1;
    while (k < 24 && dice_below(&c->rnd, 100) >= 12)
        k++;
    return k;
}

static enum err add_employer(struct request *rq, struct city *c, int64_t i)
{
    struct employer e = {.id = new_id(rq), .city = rq->city, .district = DISTRICT, .name = S("锦裳制衣厂"), .address = S("海珠区凤阳街"),
                         .contact = S("负责人"), .phone = S("13800000100"), .made_ms = rq->now_ms};
    e.uscc = str_fmt(rq->a, "%018lld", (long long)i);
    e.risk = pay_risk(0, 0, 0);
    c->employer_id = e.id;
    enum err bad = employer_add(rq, &e);
    if (!bad)
        bad = employer_set_paid(rq, &e);
    return bad ? bad : employer_verify(rq, e.id);
}

static enum err add_opening(struct request *rq, struct city *c, int64_t i)
{
    struct slot t = sample_slot(&c->rnd, i + 1, 1);
    int64_t start_ms = cal_ms(cal_day(rq->now_ms) + 1 + dice_below(&c->rnd, 3), t.start_min % 1440);
    struct job j = {.id = new_id(rq), .city = rq->city, .district = DISTRICT, .employer_id = c->employer_id,
                    .employer_name = S("锦裳制衣厂"), .title = S("成衣查衫包装"), .trade = trade_of(c), .address = S("海珠区凤阳街"),
                    .text = S("剪线头、查次品、折叠入袋,有人教"), .place = somewhere(c), .pay_unit = PAY_HOUR,
                    .pay_fen = 2300 + dice_below(&c->rnd, 1900), .needs = t.needs, .offers = t.offers, .papers = t.papers,
                    .skills_wanted = dice_below(&c->rnd, 10) ? 0 : (uint32_t)t.skills_wanted, .valid_to = cal_day(rq->now_ms) + 7,
                    .source = S("bench"), .state = JOB_OPEN, .verified_by = 1, .verified_ms = rq->now_ms, .level = LEVEL_PAPERS,
                    .made_ms = rq->now_ms};
    j.source_id = str_fmt(rq->a, "%lld", (long long)i);
    struct shift s = {.id = new_id(rq), .city = rq->city, .job_id = j.id, .start_ms = start_ms,
                      .end_ms = start_ms + (t.end_min - t.start_min) * (int64_t)MIN_MS, .break_min = t.break_min, .cap = 1 + t.left};
    enum err e = job_add(rq, &j);
    return e ? e : shift_add(rq, &s);
}

static enum err add_person(struct request *rq, struct city *c, int64_t i)
{
    struct seeker w = sample_seeker(&c->rnd, i + 1, 1);
    struct str token;
    int64_t account;
    struct person p = {.id = new_id(rq), .city = rq->city, .district = DISTRICT, .name = S("王某"), .trade = trade_of(c), .home = somewhere(c),
                       .born = cal_date(cal_ymd(cal_day(rq->now_ms) - 365 * (20 + dice_below(&c->rnd, 35)))), .from_min = w.from_min, .to_min = w.to_min,
                       .floor_fen = w.floor_fen, .travel_max_min = w.travel_max_min, .limits = w.limits, .wishes = w.wishes,
                       .skills = (uint32_t)w.skills & 0xff, .made_ms = rq->now_ms, .consent_ms = rq->now_ms};
    p.phone = str_fmt(rq->a, "19%09lld", (long long)i);
    enum err e = person_add(rq, &p);
    if (i % (c->people / SESSIONS))
        return e;
    if (!e)
        e = account_for_phone(rq, p.phone, &account);
    if (!e)
        e = account_tie_person(rq, account, p.id);
    if (!e)
        e = account_open_session(rq, account, 1, &token);
    if (!e)
        printf("%.*s\n", SV(token));
    return e;
}

static enum err add_people(struct request *rq)
{
    struct city *c = rq->object;
    enum err e = OK;
    for (int64_t i = c->from; !e && i < c->to; i++)
        e = add_person(rq, c, i);
    return e;
}

static enum err add_group(struct request *rq)
{
    struct city *c = rq->object;
    enum err e = OK;
    for (int64_t i = c->from; !e && i < c->to; i++) {
        if (i % AN_EMPLOYER == 0)
            e = add_employer(rq, c, i);
        e = e ? e : add_opening(rq, c, i);
    }
    return e;
}

/* A minute ago: a server that starts right after this does not read the changes of its last seconds again. */
static int64_t a_minute_ago(void *clock)
{
    struct timespec t;
    (void)clock;
    clock_gettime(CLOCK_REALTIME, &t);
    return t.tv_sec * 1000 - MIN_MS;
}

static void in_groups(struct app *app, struct city *c, int64_t n, enum err (*add)(struct request *rq))
{
    for (c->from = 0; c->from < n; c->from = c->to) {
        c->to = c->from + GROUP < n ? c->from + GROUP : n;
        BUG_ON(app_write(app, add, c));
    }
}

int main(int argc, char **argv)
{
    struct arena a;
    struct config config;
    struct app app = {.now_ms = a_minute_ago, .demo = true};
    struct str why = S("");
    struct city c = {.rnd = dice_seed(1), .n = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000,
                     .people = argc > 2 ? strtoll(argv[2], NULL, 10) : SESSIONS};
    arena_init(&a, 0);
    if (config_load(&a, S(""), (const char *const *)environ, &config, &why) || app_open(&a, &app, &config, &why))
        return cmd_fail("%.*s", SV(why));
    BUG_ON(app_write(&app, data_claim, NULL));
    c.centres = (int32_t)(c.n / A_CENTRE + 1);
    BUG_ON(c.centres > 64 || c.people < SESSIONS);
    for (int32_t i = 0; i < c.centres; i++)
        c.centre[i] = (struct geo){113.0 + dice_below(&c.rnd, 600) / 1e3, 22.85 + dice_below(&c.rnd, 540) / 1e3};
    in_groups(&app, &c, c.n, add_group);
    in_groups(&app, &c, c.people, add_people);
    app_close(&app);
    arena_done(&a);
    return 0;
}
