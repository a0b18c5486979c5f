/* inspect_test.c - every outcome in every state of a post. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/inspect/inspect_rules.h"
#include "test.h"

TEST(inspect_a_visit_opens_holds_or_closes_a_post_and_never_revives_one)
{
    for (enum job_state s = JOB_SUBMITTED; s <= JOB_REFUSED; s++) {
        bool gone = s == JOB_CLOSED || s == JOB_REFUSED;
        CHECK_EQ(visit_event(OUTCOME_PASS, s), gone ? EVENT_LATE : EVENT_VERIFY);
        CHECK_EQ(visit_event(OUTCOME_FIX, s), gone ? EVENT_LATE : s == JOB_HELD ? EVENT_KEEP : EVENT_HOLD);
        CHECK_EQ(visit_event(OUTCOME_BAN, s), gone ? EVENT_SUSPEND : EVENT_CLOSE_SUSPEND);
    }
}

TEST(inspect_what_screening_stopped_comes_before_what_is_merely_old)
{
    uint32_t why;
    struct risk_facts old = {.visits = 3, .now_ms = 1000}, held = {.stopped = true, .waiting = true, .visits = 3, .now_ms = 1000};
    CHECK_EQ(visit_risk(&old, &why), 5);
    CHECK_EQ(why, 1u << RISK_OLD);
    CHECK_EQ(visit_risk(&held, &why), 50);
    CHECK_EQ(why, 1u << RISK_STOPPED | 1u << RISK_WAITING);
    held.complaints = 2;
    held.visits = 0;
    held.start_ms = 2000;
    CHECK_EQ(visit_risk(&held, &why), 115);
    held.start_ms = 1000 + DAY_MS;
    CHECK_EQ(visit_risk(&held, &why), 100); /* a day away is not soon */
}

static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"海珠区凤阳街\","
                           "\"pay_unit\":\"day\",\"pay_fen\":32000,\"valid_to\":\"2026-12-20\",\"cap\":2,\"break_min\":60,"
                           "\"start_ms\":\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T18:00:00+08:00\"}";
static const char pass[] = "{\"answers\":[\"address\",\"work\",\"pay\",\"no_fee\",\"safe\"],\"outcome\":\"pass\",\"said_fen\":32000,\"needs\":[\"standing\",\"heat\"]}";

static bool listed(struct town *t, struct str token, struct str job)
{
    struct answer a = town_call(t, GET, "/api/v1/visits-next", "", token);
    CHECK_EQ(a.status, 200);
    return str_find(a.body, str_fmt(&t->a, "\"id\":\"%.*s\"", SV(job))) >= 0;
}

/* Older programs took posts that are valid for longer than the time between two visits. */
static enum err lengthen(struct request *rq)
{
    static const struct query q = {"t.lengthen", "UPDATE job SET valid_to = valid_to + 60 WHERE city = $1"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

static void sample_next(struct town *t)
{
    int64_t id;
    struct str boss = town_employer(t, "锦裳制衣厂", &id), inspector = town_staff(t, INSPECTOR, 440105), far = town_staff(t, INSPECTOR, 440118);
    struct str desk = town_staff(t, CONSULTANT, 440105);
    struct answer made = town_call(t, POST, "/api/v1/jobs", post, boss);
    struct str job = json_value(t, made.body, "id");
    const char *visits = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/visits", SV(job)));
    const char *verify = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(job)));
    CHECK(app_write(&t->app, lengthen, NULL) == OK);
    CHECK(listed(t, inspector, job) && !listed(t, far, job));
    struct str next = town_call(t, GET, "/api/v1/visits-next", "", inspector).body;
    CHECK_STR(json_value(t, next, "end_ms"), S("2026-11-25T18:00:00+08:00"));
    CHECK(str_find(next, S("\"heads\":2")) > 0);
    CHECK_EQ(town_call(t, POST, verify, "{\"level\":\"phoned\"}", desk).status, 204);
    CHECK(listed(t, inspector, job)); /* open, but nobody was there */
    t->now_ms += DAY_MS / 4;
    CHECK_EQ(town_call(t, POST, visits, pass, inspector).status, 201);
    CHECK(!listed(t, inspector, job));
    struct str page = town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s", SV(job))), "", desk).body;
    CHECK(str_find(page, S("\"needs\":[\"standing\",\"heat\"]")) > 0); /* as seen there */
    CHECK_STR(json_value(t, page, "level"), S("visited")); /* a call made before does not stay on the page */
    t->now_ms += (int64_t)31 * DAY_MS;
    CHECK(listed(t, inspector, job)); /* too long ago */
    CHECK_EQ(town_call(t, POST, visits, "{\"answers\":[],\"outcome\":\"fix\",\"note\":\"少二十\"}", inspector).status, 201);
    CHECK(!listed(t, inspector, job)); /* seen today */
    t->now_ms += DAY_MS;
    CHECK(listed(t, inspector, job));
}

TEST(inspect_the_list_holds_what_nobody_has_seen_for_too_long)
{
    each_town(sample_next);
}

static void rhythm_corrected(struct town *t)
{
    int64_t id;
    struct str boss = town_employer(t, "锦裳制衣厂", &id), desk = town_staff(t, CONSULTANT, 440105);
    struct str job = json_value(t, town_call(t, POST, "/api/v1/jobs", post, boss).body, "id");
    const char *one = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s", SV(job)));
    const char *verify = str_z(&t->a, str_fmt(&t->a, "%s/verify", one));
    CHECK(str_find(town_call(t, GET, one, "", desk).body, S("day_pay")) > 0);
    CHECK_EQ(town_call(t, POST, verify, "{\"level\":\"phoned\",\"rhythm\":\"month\"}", desk).status, 204);
    CHECK_STR(json_value(t, town_call(t, GET, one, "", desk).body, "rhythm"), S("month"));
    CHECK_EQ(town_call(t, POST, verify, "{\"level\":\"visited\",\"rhythm\":\"month\"}", desk).status, 204); /* as it stands */
    CHECK(str_find(town_call(t, GET, one, "", desk).body, S("day_pay")) < 0);
    struct answer a = town_call(t, POST, verify, "{\"level\":\"visited\",\"rhythm\":\"day\"}", desk);
    CHECK_STR(json_value(t, a.body, "rule"), S("post_not_waiting")); /* people may have read it */
    CHECK_STR(json_value(t, town_call(t, GET, one, "", desk).body, "rhythm"), S("month"));
}

TEST(whoever_verifies_a_post_says_when_it_pays_and_nobody_after_that)
{
    each_town(rhythm_corrected);
}
