/* ads_test.c - advertisements that were written before the rules they are put to (tests/golden/ads.txt), and what becomes
 * of one that screening sends back. */
#include <stdio.h>
#include <string.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "rules/rules.h"
#include "test.h"

/* Whether the rules in force stop an ad with this text. */
static bool stopped(struct town *t, const char *text)
{
    struct findings f;
    const struct ad ad = {.title = S("招人"), .employer = S("某厂"), .place = S("广州"), .pay_min_fen = 3000, .headcount = 1,
                          .valid_to = 30000, .city = 440100, .day = 20700, .text = str_c(text)};
    rules_screen(t->app.rules, &ad, &f);
    return f.n && findings_worst(&f) >= EFFECT_HOLD;
}

/* Lines of "stop|pass|miss TEXT": unlawful; lawful; unlawful, but not heard yet. */
static void put_to(struct town *t)
{
    char line[1000];
    int n = 0;
    FILE *f = fopen("tests/golden/ads.txt", "r");
    CHECK(f != NULL);
    while (f && fgets(line, sizeof line, f)) {
        line[strcspn(line, "\n")] = 0;
        if (line[0] == '#' || !line[0])
            continue;
        n++;
        if (stopped(t, line + 5) != (strncmp(line, "stop", 4) == 0))
            test_fail(__FILE__, __LINE__, line);
    }
    if (f)
        fclose(f);
    CHECK(n >= 220);
}
TEST(unlawful_ads_in_words_of_their_own_are_stopped_and_lawful_ones_are_not)
{
    each_town(put_to);
}

static struct answer post(struct town *t, struct str boss, const char *text, int fen, const char *more)
{
    return town_call(t, POST, "/api/v1/jobs",
                     str_z(&t->a, str_fmt(&t->a, "{\"title\":\"前台\",\"trade\":\"waiter\",\"text\":\"%s\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\",\"pay_fen\":%d,"
                                                 "\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T12:00:00+08:00\",\"cap\":1%s}",
                                          text, fen, more)),
                     boss);
}

static void asks(struct town *t)
{
    int64_t firm;
    struct str boss = town_employer(t, "锦裳酒店", &firm), desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = post(t, boss, "登记入住,押金当面点清", 2600, "");
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("post_doubtful"));
    CHECK(str_find(a.body, S("押金")) > 0 && str_find(a.body, S("请工作人员看一看")) > 0); /* which words, and the way on */
    a = post(t, boss, "登记入住,押金当面点清", 2600, ",\"look\":true");
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "state"), S("held"));
    struct str waiting = town_call(t, GET, "/api/v1/jobs-waiting?state=held", "", desk).body;
    CHECK(str_find(waiting, json_value(t, a.body, "id")) > 0 && str_find(waiting, S("P09")) > 0);
    struct str id = json_value(t, a.body, "id");
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(id))), "{\"level\":\"phoned\"}", desk).status, 204);
    a = town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/shifts", SV(id))),
                  "{\"start_ms\":\"2026-11-26T08:30:00+08:00\",\"end_ms\":\"2026-11-26T12:00:00+08:00\",\"cap\":1}", boss);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "job_id"), id); /* what was looked at needs no second look */
    a = post(t, boss, "登记入住,押金当面点清", 1000, ",\"look\":true");
    CHECK_STR(json_value(t, a.body, "rule"), S("post_blocked")); /* sure is sure */
    int64_t pay = str_find(a.body, S("\"/pay_fen\"")), words = str_find(a.body, S("\"/text\"")); /* each beside what it is about */
    CHECK(pay > 0 && words > pay);
    struct str about_pay = str_sub(a.body, (size_t)pay, (size_t)(words - pay));
    CHECK(str_find(about_pay, S("最低工资")) > 0 && str_find(about_pay, S("押金")) < 0);
    CHECK(str_find(str_sub(a.body, (size_t)words, a.body.n), S("押金")) > 0 && str_find(a.body, S("P09")) < 0);
}
TEST(whoever_posts_may_ask_for_a_person_where_only_words_speak_against_it)
{
    each_town(asks);
}
