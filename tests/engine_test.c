/* engine_test.c - the engine inside the running program: lists follow every commit, prices reach the
 * cards, and one score can be followed to its sentences. On every engine of the database. */
#include "app_fixture.h"
#include "base/buf.h"
#include "feature/employer/employer.h"
#include "feature/match/match_market.h"
#include "http/feed.h"
#include "http/store.h"
#include "market/couple.h"
#include "market/dice.h"
#include "sample_town.h"
#include "test.h"

static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\","
                           "\"address\":\"海珠区凤阳街\",\"pay_unit\":\"day\",\"pay_fen\":32000,\"rhythm\":\"day\","
                           "\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                           "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":1}";

static bool listed(struct town *t, struct str who, struct str shift)
{
    return str_find(town_call(t, GET, "/api/v1/suggestions", "", who).body, shift) > 0;
}

static enum err suspend(struct request *rq)
{
    return employer_suspend(rq, *(int64_t *)rq->object);
}

struct told {
    int64_t person, shift;
    struct buf out;
};

static enum err tell(struct request *rq)
{
    struct told *x = rq->object;
    return match_explain(rq, x->person, x->shift, &x->out);
}

static void one_place(struct town *t)
{
    int64_t employer, first, second;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str a = town_seeker(t, "13811110001", &first), b = town_seeker(t, "13811110002", &second);
    struct answer posted = town_call(t, POST, "/api/v1/jobs", post, boss);
    struct str job = json_value(t, posted.body, "id"), shift = json_value(t, posted.body, "shift_id");
    CHECK(!listed(t, a, shift));
    town_call(t, POST, town_at(t, "/api/v1/jobs/", job, "/verify"), "{\"level\":\"phoned\"}", desk);
    CHECK(listed(t, a, shift) && listed(t, b, shift));

    t->app.stopping = true; /* a program that ends does not stay for prices */
    CHECK(match_prices(&t->app) == OK);
    CHECK(str_find(town_call(t, GET, "/", "", b).body, S("很抢手")) < 0);
    t->app.stopping = false;
    CHECK(match_prices(&t->app) == OK); /* two people, one place */
    CHECK(str_find(town_call(t, GET, "/", "", b).body, S("很抢手：预计2人争1位")) > 0);
    CHECK(str_find(town_call(t, GET, "/?sort=plain", "", b).body, shift) > 0);
    struct fact dear = {.kind = FACT_PRICE, .price = 900000, .suitors = 2};
    CHECK(str_i64(shift, &dear.id) && market_apply(t->app.market, &dear));
    CHECK(str_find(town_call(t, GET, "/", "", b).body, S("更合适的人已经够多，机会不大")) > 0);
    CHECK(str_find(town_call(t, GET, "/?sort=plain", "", b).body, S("机会不大")) < 0); /* says nothing of a person */
    CHECK(match_prices(&t->app) == OK);
    struct told x = {.person = second};
    CHECK(str_i64(shift, &x.shift));
    buf_init(&x.out, &t->a, 1 << 16);
    CHECK(app_read(&t->app, tell, &x) == OK);
    CHECK(str_find(buf_str(&x.out), S("suitors 2 for 1 places")) > 0);
    CHECK(str_find(buf_str(&x.out), S("不是你要找的工种")) < 0); /* any trade is wanted */
    x.person = 77;
    CHECK(app_read(&t->app, tell, &x) == ERR_NONE);

    struct answer hire = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", a);
    CHECK_EQ(hire.status, 201);
    CHECK(!listed(t, b, shift));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", json_value(t, hire.body, "id"), "/cancel"), "{}", a).status, 200);
    CHECK(listed(t, b, shift) && listed(t, a, shift));
    CHECK(app_write(&t->app, suspend, &employer) == OK);
    CHECK(!listed(t, b, shift));
}

TEST(lists_follow_every_commit_and_cards_say_where_it_is_crowded)
{
    each_town(one_place);
}

static bool comes_first(struct town *t, struct str boss, struct str shift, int64_t a, int64_t b)
{
    struct str list = town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/people"), "", boss).body;
    ptrdiff_t x = str_find(list, str_fmt(&t->a, "%lld", (long long)a)), y = str_find(list, str_fmt(&t->a, "%lld", (long long)b));
    CHECK(x > 0 && y > 0);
    return x < y;
}

/* Two who fit alike; the first could have something else, which asks for lifting. */
static void elsewhere(struct town *t)
{
    int64_t employer, first, second;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), rival = town_employer(t, "合顺仓配", &employer);
    struct str desk = town_staff(t, CONSULTANT, 440105), b;
    town_seeker(t, "13811110001", &first);
    b = town_seeker(t, "13811110002", &second);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)second), ""), "{\"limits\":[\"lifting\"]}", b).status, 200);
    struct str here = town_call(t, POST, "/api/v1/jobs", post, boss).body;
    struct str there = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, "{\"needs\":[\"lifting\"],%s", post + 1)), rival).body;
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, here, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, there, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    CHECK(comes_first(t, boss, json_value(t, here, "shift_id"), first, second)); /* alike: who came first */
    CHECK(match_prices(&t->app) == OK);
    CHECK(comes_first(t, boss, json_value(t, here, "shift_id"), second, first));
}

TEST(who_has_something_better_elsewhere_stands_behind_in_an_employers_list)
{
    each_town(elsewhere);
}

/* ---- the proof of a placing, on all pairs there are ---- */

/* All pairs of people 1..people and slots 1..slots by fit_of; what batch_couples says of them needs no engine. */
static struct batch every_pair(struct town *t, int32_t people, int32_t slots)
{
    size_t room = (size_t)people * (size_t)slots;
    int32_t *row = NEW_N(&t->a, (size_t)people + 1, int32_t), *slot = NEW_N(&t->a, room, int32_t);
    int32_t *score = NEW_N(&t->a, room, int32_t), *cap = NEW_N(&t->a, (size_t)slots, int32_t);
    struct finder *f = market_read(t->app.market);
    struct market_params p = market_defaults;
    p.now_min = cal_market_min(t->now_ms);
    p.minors_never = MINORS_NEVER;
    for (int32_t i = 0; i < people; i++) {
        const struct seeker *s = market_person(f, i + 1);
        p.usual_hour_fen = market_usual_fen(f, s->trade);
        row[i + 1] = row[i];
        for (int32_t k = 0; k < slots; k++) {
            const struct slot *x = market_slot(f, k + 1);
            struct fit fit = fit_of(&p, s, x);
            bool asked = x->start_min >= p.now_min && x->start_min < (cal_day(t->now_ms) + MATCH_DAYS) * 1440 && x->valid_to_day >= cal_day(t->now_ms);
            cap[k] = x->left;
            if (fit.hard || !asked)
                continue;
            slot[row[i + 1]] = k;
            score[row[i + 1]++] = fit.total;
        }
    }
    market_done(f);
    return (struct batch){people, slots, row, slot, score, cap};
}

static void sixty_alike(struct town *t)
{
    uint64_t rnd = 3;
    struct fact f = {.kind = FACT_PERSON};
    struct placed r = {.people = 0};
    for (int64_t id = 1; id <= 60; id++) {
        f.person = (struct seeker){.id = id, .trade = 1, .home = {113300000, 23100000}, .outside = 35000, .seats = 1};
        CHECK(market_apply(t->app.market, &f));
    }
    f.kind = FACT_SLOT;
    for (int64_t id = 1; id <= 60; id++) {
        f.slot = sample_slot(&rnd, id, 0);
        f.slot = (struct slot){.id = id, .employer_id = id % 7 + 1, .trade = 1, .place = f.slot.place, .start_min = cal_market_min(t->now_ms) + 1440,
                               .end_min = cal_market_min(t->now_ms) + 1920, .valid_to_day = FOREVER, .shift_fen = 24000, .hour_fen = 3000,
                               .left = 1, .cap = 1, .verified = true};
        CHECK(market_apply(t->app.market, &f));
    }
    struct batch all = every_pair(t, 60, 60);
    CHECK_EQ(all.row[60], 3600);
    CHECK(match_place(&t->app, effort_day, &t->a, &r) == OK);
    CHECK_EQ(r.people, 60);
    CHECK_EQ(r.slots, 60);
    CHECK_EQ(r.value, batch_solve(&t->a, &all, 0).value); /* all sixty have a place: nobody knew more than forty at first */
    CHECK_EQ(r.bound, r.value);
    CHECK(match_place(&t->app, (struct effort){3, 3599}, &t->a, &r) == OK);
    CHECK(r.value > 0 && r.rounds == 1);
    CHECK_EQ(r.bound, 0); /* nothing is said of what was not proven */
}

TEST(sixty_alike_before_sixty_alike_places_all_get_one_and_the_proof_says_so)
{
    each_town(sixty_alike);
}

/* `two`: people 2k - 1 and 2k go only together, of every tenth. */
static void any_city(struct town *t, uint64_t seed, int32_t people, int32_t slots, bool two)
{
    struct placed r = {.people = 0};
    struct couple *c = NEW_N(&t->a, (size_t)people, struct couple);
    int32_t n = 0;
    for (int64_t id = 1; id <= slots; id++) {
        struct fact f = {.kind = FACT_SLOT, .slot = sample_slot(&seed, id, 20000)};
        f.slot.papers = 0;
        CHECK(market_apply(t->app.market, &f));
    }
    for (int64_t id = 1; id <= people; id++) {
        struct fact f = {.kind = FACT_PERSON, .person = sample_seeker(&seed, id, 20000)};
        bool paired = two && id <= people - people % 2 && (id - 1) / 2 % 10 == 0;
        f.person.seats = paired ? 2 : 1;
        f.person.partner_id = !paired ? 0 : id % 2 ? id + 1 : id - 1;
        if (paired && id % 2)
            c[n++] = (struct couple){(int32_t)id - 1, (int32_t)id};
        CHECK(market_apply(t->app.market, &f));
    }
    CHECK(match_place(&t->app, effort_day, &t->a, &r) == OK);
    struct batch all = every_pair(t, people, slots);
    struct couples_result best = batch_couples(&t->a, &all, c, n, 0);
    CHECK(r.bound >= best.value);
    CHECK(r.value <= best.ub);
    CHECK(r.bound >= r.value);
    CHECK((r.bound - r.value) * 200 <= r.value); /* half a percent, couples and all */
    CHECK(two || r.value <= best.value);
}

static void cities(struct town *t)
{
    for (uint64_t seed = 1; seed <= 4; seed++) {
        any_city(t, seed, 400, seed % 2 ? 150 : 600, seed > 2);
        match_stop(&t->app);
        t->app.market = market_new();
        t->app.views = views_new();
        t->app.others = others_new();
    }
}

TEST(no_placing_of_all_pairs_is_worth_more_than_the_bound_of_a_placing)
{
    each_town(cities);
}

/* Three people before one place; the best of them has skills that are welcome. */
static void the_line(struct town *t)
{
    int64_t employer, id[3];
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105), s[3];
    for (int i = 0; i < 3; i++)
        s[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1381111001%d", i)), &id[i]);
    town_call(t, POST, town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)id[0]), ""), "{\"trade\":\"sewing\"}", s[0]);
    town_call(t, POST, town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)id[1]), ""), "{\"trade\":\"guard\"}", s[1]);
    struct str posted = town_call(t, POST, "/api/v1/jobs", post, boss).body, shift = json_value(t, posted, "shift_id");
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, posted, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    CHECK_STR(json_value(t, town_call(t, GET, "/api/v1/suggestions", "", s[0]).body, "line"), S("0")); /* nobody was placed yet */
    CHECK(match_prices(&t->app) == OK);
    struct str best = town_call(t, GET, "/api/v1/suggestions", "", s[0]).body, last = town_call(t, GET, "/api/v1/suggestions", "", s[1]).body;
    CHECK_STR(json_value(t, best, "line"), json_value(t, best, "total")); /* the one who got in draws it */
    CHECK_STR(json_value(t, last, "line"), json_value(t, best, "line"));
    CHECK(json_value(t, best, "price").n > 4);
    CHECK(str_find(json_value(t, best, "why_line"), S("过了线，有希望")) > 0);
    CHECK(str_find(json_value(t, last, "why_line"), S("没过线")) > 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", shift, ""), "", s[1]).body, S("没过线")) > 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", shift, ""), "", s[0]).body, S("录取线：上一次")) > 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", shift, ""), "", S("")).body, S("录取线")) < 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", s[0]).status, 201);
    CHECK(match_prices(&t->app) == OK);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", shift, ""), "", s[1]).body, S("录取线")) < 0); /* nothing is left to place */
}

TEST(where_people_compete_everybody_reads_the_line_and_where_they_stand)
{
    each_town(the_line);
}

/* ---- two who belong together ---- */

static struct seeker known(struct town *t, int64_t person_id)
{
    CHECK(feed_catch_up(&t->app) == OK);
    struct finder *f = market_read(t->app.market);
    struct seeker s = *market_person(f, person_id);
    market_done(f);
    return s;
}

static void two(struct town *t)
{
    int64_t employer, a_id, b_id;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    town_seeker(t, "13811110001", &a_id);
    struct str b = town_seeker(t, "13811110002", &b_id);
    const char *of_a = town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)a_id), "");
    struct str with = str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"prefer\"}", (long long)b_id);
    CHECK_EQ(town_call(t, POST, of_a, str_z(&t->a, with), desk).status, 200);
    CHECK(!point_known(known(t, a_id).with));
    struct str posted = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, "{\"place\":{\"lon\":113.3,\"lat\":23.1},%s", post + 1)), boss).body;
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, posted, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", json_value(t, posted, "shift_id"), "/take"), "{}", b).status, 201);
    CHECK(point_known(known(t, a_id).with)); /* where the other works next */
    CHECK_EQ(known(t, b_id).seats, 1);
    CHECK_EQ(town_call(t, POST, of_a, "{\"together\":\"must\"}", desk).status, 200);
    CHECK_EQ(known(t, a_id).seats, 2);
    CHECK_EQ(known(t, b_id).seats, 2); /* one of the two says it for both */
}

TEST(what_one_of_a_couple_says_and_takes_the_engine_knows_of_the_other_too)
{
    each_town(two);
}

/* ---- at night ---- */

struct proposed {
    int64_t person, shift;
    int32_t last_day;
};

static enum err look_up(struct request *rq)
{
    struct proposed *x = rq->object;
    enum err e = proposal_of(rq, x->person, &x->shift);
    return e ? e : placing_last_day(rq, &x->last_day);
}

static struct proposed proposed_to(struct town *t, int64_t person)
{
    struct proposed x = {.person = person};
    CHECK(app_read(&t->app, look_up, &x) == OK);
    return x;
}

static enum err put_proposal(struct request *rq)
{
    return proposal_put(rq, rq->object, cal_day(rq->now_ms));
}

static struct str open_one(struct town *t, struct str boss, struct str desk, const char *more)
{
    struct str posted = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, "{%s%s", more, post + 1)), boss).body;
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, posted, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    return json_value(t, posted, "shift_id");
}

static bool first_by_night(struct town *t, struct str who, const char *list, struct str shift)
{
    struct str body = town_call(t, GET, list, "", who).body, second = str_sub(body, (size_t)str_find(body, S("\"proposed\":true")) + 9, body.n);
    return str_eq(json_value(t, body, "shift_id"), shift) && str_eq(json_value(t, body, "proposed"), S("true")) && str_find(second, S("\"proposed\":true")) < 0;
}

/* Two places that are alike to the first, of which the second can have one only. */
static void at_night(struct town *t)
{
    int64_t employer, a_id, b_id;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str a = town_seeker(t, "13811110001", &a_id), b = town_seeker(t, "13811110002", &b_id);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)b_id), ""), "{\"limits\":[\"lifting\"]}", b).status, 200);
    struct str light = open_one(t, boss, desk, ""), heavy = open_one(t, boss, desk, "\"needs\":[\"lifting\"],");
    CHECK(!first_by_night(t, a, "/api/v1/suggestions", heavy));
    struct str manager = town_staff(t, SITE_MANAGER, 440105);
    CHECK_STR(json_value(t, town_call(t, GET, "/api/v1/nights", "", manager).body, "day"), S(""));
    t->app.stopping = true;
    CHECK(match_night(&t->app) == OK);
    CHECK_EQ(proposed_to(t, a_id).last_day, 0); /* a program that ends does it another time */
    t->app.stopping = false;
    CHECK(match_night(&t->app) == OK);
    CHECK_EQ(proposed_to(t, a_id).last_day, cal_day(t->now_ms));
    struct str night = town_call(t, GET, "/api/v1/nights", "", manager).body;
    CHECK_STR(json_value(t, night, "day"), S("2026-11-24"));
    CHECK(str_find(night, S("\"people\":2,\"slots\":2,\"placed\":2,")) > 0 && str_find(night, S("\"gap_ppm\":0}")) > 0);
    CHECK_EQ(town_call(t, GET, "/api/v1/nights", "", a).status, 403);

    CHECK(first_by_night(t, a, "/api/v1/suggestions", heavy) && first_by_night(t, b, "/api/v1/suggestions", light));
    CHECK(first_by_night(t, desk, town_at(t, "/api/v1/suggestions?person=", str_fmt(&t->a, "%lld", (long long)a_id), ""), heavy));
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions?sort=plain", "", a).body, S("\"proposed\":true")) < 0);
    CHECK(str_find(town_call(t, GET, "/", "", a).body, S("昨夜排给你的")) > 0);
    CHECK(str_find(town_call(t, GET, "/?trade=guard", "", a).body, S("昨夜排给你的")) < 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", heavy, ""), "", a).body, S("名额没有预留，先到先得")) > 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", heavy, ""), "", b).body, S("昨夜排给你的")) < 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", light, "/take"), "{}", b).status, 201);
    CHECK(str_find(town_call(t, GET, "/", "", b).body, S("昨夜排给你的")) < 0); /* it is theirs by now */

    t->now_ms = cal_ms(cal_day(t->now_ms) + 1, 119);
    CHECK(match_night(&t->app) == OK);
    CHECK_EQ(proposed_to(t, a_id).last_day, cal_day(t->now_ms) - 1); /* two o'clock is still to come */
    t->now_ms += MIN_MS;
    CHECK(match_night(&t->app) == OK);
    struct proposed again = proposed_to(t, a_id);
    CHECK_EQ(again.last_day, cal_day(t->now_ms));
    CHECK_STR(str_fmt(&t->a, "%lld", (long long)again.shift), heavy);
    CHECK_EQ(proposed_to(t, b_id).shift, 0); /* works by then */
}

TEST(once_a_night_everybody_is_proposed_the_shift_that_the_placing_gives_them)
{
    each_town(at_night);
}

/* Of more shifts than a list shows the night may propose any. */
static void far_down(struct town *t)
{
    int64_t employer, id;
    struct str desk = town_staff(t, CONSULTANT, 440105), a = town_seeker(t, "13811110001", &id), last = S("");
    for (int i = 0; i < 22; i++) {
        struct str boss = town_employer(t, str_z(&t->a, str_fmt(&t->a, "第%d家", i)), &employer);
        last = open_one(t, boss, desk, "");
    }
    CHECK(feed_drain(&t->app) == OK);
    struct proposal p = {.person_id = id};
    CHECK(str_i64(last, &p.shift_id));
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", a).body, last) < 0);
    CHECK(app_write(&t->app, put_proposal, &p) == OK);
    CHECK(first_by_night(t, a, "/api/v1/suggestions", last));
}

TEST(what_the_night_proposes_is_first_also_when_it_would_not_be_in_the_list)
{
    each_town(far_down);
}

/* As another process would: the row of `change` is there, and nobody here was told. */
static enum err change_quietly(struct request *rq)
{
    enum err e = change_put(rq, "person", *(int64_t *)rq->object);
    rq->changes = NULL;
    return e;
}

static enum err changes_kept(struct request *rq)
{
    int64_t last;
    enum err e = change_last(rq, &last);
    CHECK(last > 0);
    return e;
}

static enum err changes_gone(struct request *rq)
{
    int64_t last;
    enum err e = change_last(rq, &last);
    CHECK_EQ(last, 0);
    return e;
}

static void other_process(struct town *t)
{
    int64_t person, other;
    town_seeker(t, "13811110003", &person);
    t->now_ms += 1;
    town_seeker(t, "13811110004", &other);
    CHECK(feed_follow(&t->app) == OK);
    market_apply(t->app.market, &(struct fact){.kind = FACT_PERSON_GONE, .id = person});
    CHECK(feed_follow(&t->app) == OK); /* what was delivered is not delivered again */
    struct finder *f = market_read(t->app.market);
    CHECK(!market_person(f, person));
    market_done(f);
    CHECK(app_write(&t->app, change_quietly, &person) == OK);
    CHECK(feed_follow(&t->app) == OK);
    f = market_read(t->app.market);
    CHECK(market_person(f, person) != NULL);
    market_done(f);
    CHECK(app_read(&t->app, changes_kept, NULL) == OK);
    t->now_ms += 2 * (int64_t)DAY_MS;
    CHECK(app_write(&t->app, change_expire, NULL) == OK && app_read(&t->app, changes_gone, NULL) == OK);
}

TEST(what_another_process_commits_is_found_in_the_change_table)
{
    each_town(other_process);
}

/* It has a clock and numbers of its own, and writes after this one did. */
static void slow_process(struct town *t)
{
    int64_t person, own;
    town_seeker(t, "13811110003", &person);
    t->now_ms += MIN_MS;
    town_seeker(t, "13811110004", &own);
    CHECK(feed_follow(&t->app) == OK);
    market_apply(t->app.market, &(struct fact){.kind = FACT_PERSON_GONE, .id = person});
    struct ids *ids = t->app.ids;
    t->app.ids = ids_new(1);
    t->now_ms -= 2 * CLOCKS_APART_MS - 1000;
    CHECK(app_write(&t->app, change_quietly, &person) == OK);
    t->now_ms += 2 * CLOCKS_APART_MS - 1000;
    ids_free(t->app.ids);
    t->app.ids = ids;
    CHECK(feed_follow(&t->app) == OK);
    struct finder *f = market_read(t->app.market);
    CHECK(market_person(f, person) != NULL);
    market_done(f);
}

TEST(what_a_process_with_a_slow_clock_commits_is_found_as_well)
{
    each_town(slow_process);
}

static void clocks(struct town *t)
{
    struct cmd c = {.a = &t->a};
    bool shared = !db_single_writer(t->app.db);
    int64_t there_ms;
    CHECK_EQ(db_clock(t->app.db, &t->a, &there_ms), OK);
    CHECK_EQ(there_ms > 0, shared);
    if (!shared)
        return;
    t->now_ms = there_ms - CLOCKS_APART_MS - 60000;
    CHECK_EQ(cmd_claim_node(&c, &t->app), 1);
    t->now_ms = there_ms;
    c.config.node = 9;
    CHECK_EQ(cmd_claim_node(&c, &t->app), 0);
}

TEST(a_machine_whose_clock_is_not_the_one_of_the_database_serves_nobody)
{
    each_town(clocks);
}

/* A verified post of tomorrow with these fields instead of those of a canteen. */
static struct str opened(struct town *t, struct str boss, struct str desk, const char *trade, const char *to, const char *more)
{
    static const char canteen[] = "{\"title\":\"帮工\",\"rhythm\":\"day\",\"trade\":\"%s\",\"text\":\"洗碗、择菜、打饭\",\"address\":\"海珠区凤阳街\",\"pay_unit\":\"hour\","
                                  "\"valid_to\":\"2026-12-05\",\"end_ms\":\"2026-11-%s:00:00+08:00\",\"cap\":3,\"district\":440105,%s}";
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, canteen, trade, to, more)), boss);
    CHECK_EQ(a.status, 201);
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    return json_value(t, a.body, "shift_id");
}

static struct str explained(struct town *t, int64_t person, struct str shift)
{
    struct told x = {.person = person};
    CHECK(str_i64(shift, &x.shift));
    buf_init(&x.out, &t->a, 1 << 16);
    CHECK(app_read(&t->app, tell, &x) == OK);
    return buf_str(&x.out);
}

static void what_if(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "稻香食堂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str who = town_seeker(t, "13811110001", &person), both = S("");
    const char *me = town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)person), "");
    for (int i = 0; i < 2; i++)
        both = opened(t, boss, desk, "kitchen", "25T16", "\"start_ms\":\"2026-11-25T09:00:00+08:00\",\"pay_fen\":2600,\"skills\":[\"cooking\"]");
    struct str late = opened(t, boss, desk, "waiter", "26T02", "\"start_ms\":\"2026-11-25T18:00:00+08:00\",\"pay_fen\":2600");
    CHECK_EQ(town_call(t, POST, me, "{\"from_min\":480,\"to_min\":1380,\"born\":\"1985-03-01\",\"trade\":\"kitchen\"}", who).status, 200);

    struct str page = town_call(t, GET, "/no-fit", "", who).body;
    CHECK(str_find(page, S("只要多会一样手艺，就有2份活可以去。 要会的是炒菜。")) > 0);
    CHECK(str_find(page, S("要是会炒菜，在「我的资料」里点一下，就可以去。")) > 0);
    page = town_call(t, GET, town_at(t, "/jobs/", late, ""), "", who).body;
    CHECK(str_find(page, S("要是最晚几点不限，就可以去。")) > 0);
    CHECK(str_find(page, S("要是能干到00:00")) < 0);
    CHECK_EQ(town_call(t, POST, me, "{\"to_min\":0}", who).status, 200);
    CHECK(listed(t, who, late) && !listed(t, who, both));
    CHECK_EQ(town_call(t, POST, me, "{\"skills\":[\"cooking\"]}", who).status, 200);
    CHECK(listed(t, who, both));
    CHECK_EQ(town_call(t, POST, me, "{\"from_min\":1080,\"to_min\":240}", who).status, 200); /* over midnight */
    CHECK(listed(t, who, late) && !listed(t, who, both));
    CHECK_EQ(town_call(t, POST, me, "{\"from_min\":240,\"to_min\":240}", who).status, 409);
}

TEST(what_would_open_a_shift_is_named_and_does_open_it)
{
    each_town(what_if);
}

static void one_paper(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "稻香食堂", &employer), desk = town_staff(t, CONSULTANT, 440105), who = town_seeker(t, "13811110001", &person);
    for (int i = 0; i < 2; i++)
        opened(t, boss, desk, "kitchen", "25T17", "\"start_ms\":\"2026-11-25T09:00:00+08:00\",\"pay_fen\":2600,\"papers\":[\"health\"]");
    struct str soonest = opened(t, boss, desk, "guard", "25T17", "\"start_ms\":\"2026-11-25T08:00:00+08:00\",\"pay_fen\":2600,\"papers\":[\"guard\"]");
    struct str page = town_call(t, GET, "/no-fit", "", who).body;
    CHECK(str_find(page, S("就有2份活可以去。 差的是健康证。")) > 0);
    CHECK(str_find(page, S("保安证")) < 0 && str_find(page, soonest) < 0); /* that would open another one */
}

TEST(the_shift_under_a_near_miss_is_opened_by_what_it_says)
{
    each_town(one_paper);
}

static void other_trade(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str who = town_seeker(t, "13811110001", &person), shift = S("");
    const char *me = town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)person), "");
    for (int i = 0; i < 8; i++) { /* so many have a usual pay of their own */
        opened(t, boss, desk, "cleaning", "25T17", "\"start_ms\":\"2026-11-25T09:00:00+08:00\",\"pay_fen\":2500");
        shift = opened(t, boss, desk, "sewing", "25T17", "\"start_ms\":\"2026-11-25T09:00:00+08:00\",\"pay_fen\":2900");
    }
    CHECK_EQ(town_call(t, POST, me, "{\"trade\":\"cleaning\"}", who).status, 200);
    struct str says = explained(t, person, shift);
    ptrdiff_t at = str_find(says, S("分数会更高。  (rank "));
    CHECK(at > 0);
    struct str rank = str_sub(says, (size_t)(at > 0 ? at : 0) + S("分数会更高。  (rank ").n, says.n), rest = rank;
    rank = str_cut(&rest, ')');
    CHECK_EQ(town_call(t, POST, me, "{\"trade\":\"sewing\"}", who).status, 200);
    CHECK(str_find(explained(t, person, shift), str_fmt(&t->a, "= rank %.*s\n", SV(rank))) > 0);
}

TEST(the_score_that_another_trade_would_have_is_the_one_it_gets)
{
    each_town(other_trade);
}
