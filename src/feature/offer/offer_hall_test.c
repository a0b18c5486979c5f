/* offer_hall_test.c - who is in the hall and who is not any more: stated time, leaving, a place taken, a refusal, on
 * every engine; and how many ghosts there are. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/offer/offer_hall.h"
#include "market/pairs.h"
#include "test.h"

enum { SEEKERS = 4 };

/* The 25th at 8:00; shifts of the same employer, and people who could come. */
struct morning {
    struct str boss, desk, seeker[SEEKERS];
    int64_t person[SEEKERS];
};

static struct morning morning(struct town *t)
{
    int64_t employer;
    struct morning m = {.boss = town_employer(t, "甲厂", &employer), .desk = town_staff(t, CONSULTANT, 440105)};
    for (int i = 0; i < SEEKERS; i++)
        m.seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &m.person[i]);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 8 * 60);
    return m;
}

/* A verified shift of the 25th, "HH:MM" to "HH:MM"; its id. */
static struct str shift_of(struct town *t, const struct morning *m, const char *from, const char *to, int cap)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品,有人教\",\"address\":\"海珠区凤阳街\","
                                     "\"pay_unit\":\"hour\",\"pay_fen\":3000,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\","
                                     "\"start_ms\":\"2026-11-25T%s:00+08:00\",\"end_ms\":\"2026-11-25T%s:00+08:00\",\"break_min\":60,\"cap\":%d}",
                              from, to, cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), m->boss);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", m->desk).status, 204);
    return json_value(t, a.body, "shift_id");
}

static struct str offers_of(struct town *t, const struct morning *m, struct str shift)
{
    return town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/offers"), "", m->desk).body;
}

/* The state of what person i was asked for the shift; empty: nothing. */
static struct str state_of(struct town *t, const struct morning *m, struct str shift, int i)
{
    struct str all = offers_of(t, m, shift);
    ptrdiff_t at = str_find(all, str_fmt(&t->a, "\"person_id\":\"%lld\"", (long long)m->person[i]));
    return at < 0 ? S("") : json_value(t, (struct str){all.p + at, all.n - (size_t)at}, "state");
}

static int says(struct town *t, struct str seeker, const char *how)
{
    return town_call(t, POST, "/api/v1/hall/say", how, seeker).status;
}

static int answers(struct town *t, struct str seeker, const char *what)
{
    struct str offer = json_value(t, town_call(t, GET, "/api/v1/my/offers", "", seeker).body, "id");
    return town_call(t, POST, town_at(t, "/api/v1/offers/", offer, what), "{}", seeker).status;
}

static void beat(struct town *t, int64_t s)
{
    t->now_ms += s * 1000;
    CHECK(hall_beat(&t->app) == OK);
}

static void pair(struct town *t, const struct morning *m, int a, int b)
{
    struct str who = str_fmt(&t->a, "%lld", (long long)m->person[a]);
    struct str with = str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)m->person[b]);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", who, ""), str_z(&t->a, with), m->desk).status, 200);
}

static void time_over(struct town *t)
{
    struct morning m = morning(t);
    struct answer past = town_call(t, POST, "/api/v1/hall/say", "{\"until_ms\":\"2026-11-25T02:00:00+08:00\"}", m.seeker[0]);
    CHECK_EQ(past.status, 422);
    CHECK(str_find(past.body, S("until_ms")) > 0 && str_find(past.body, S("这个时间已经过了")) > 0);
    CHECK_EQ(says(t, m.seeker[1], "{\"until_ms\":\"2026-11-25T08:30:00+08:00\",\"now\":true}"), 204);
    t->now_ms += 31 * MIN_MS;
    struct str shift = shift_of(t, &m, "10:00", "18:00", 2);
    CHECK_EQ(says(t, m.seeker[2], "{}"), 204);
    beat(t, 60);
    CHECK_STR(state_of(t, &m, shift, 2), S("offered"));
    CHECK_STR(state_of(t, &m, shift, 1), S("")); /* had time until 8:30 */
    CHECK(str_find(town_call(t, GET, "/my", "", m.seeker[1]).body, S("我在大厅")) > 0);
    CHECK_EQ(says(t, m.seeker[1], "{}"), 204); /* is here again, and has all day */
    beat(t, 60);
    CHECK_STR(state_of(t, &m, shift, 1), S("offered"));
}

TEST(whose_stated_time_is_over_is_not_in_the_hall)
{
    each_town(time_over);
}

static void answer_in_time(struct town *t)
{
    struct morning m = morning(t);
    struct str shift = shift_of(t, &m, "12:00", "18:00", 1);
    CHECK_EQ(says(t, m.seeker[0], "{\"until_ms\":\"2026-11-25T08:10:00+08:00\",\"now\":true}"), 204);
    beat(t, 1);
    CHECK_STR(state_of(t, &m, shift, 0), S("offered"));
    CHECK_STR(json_value(t, offers_of(t, &m, shift), "until_ms"), S("2026-11-25T08:10:00+08:00"));
}

TEST(a_seat_is_not_kept_in_the_hall_for_longer_than_the_person_stays)
{
    each_town(answer_in_time);
}

static void leaves(struct town *t)
{
    struct morning m = morning(t);
    struct str shift = shift_of(t, &m, "12:00", "18:00", 3);
    pair(t, &m, 1, 2);
    CHECK_EQ(says(t, m.seeker[0], "{\"now\":true}"), 204);
    CHECK_EQ(says(t, m.seeker[2], "{\"now\":true}"), 204);
    beat(t, 1);
    CHECK_STR(state_of(t, &m, shift, 0), S("offered"));
    CHECK_STR(state_of(t, &m, shift, 1), S("offered"));
    struct str evening = shift_of(t, &m, "19:00", "21:00", 1), who = str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)m.person[0]);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", evening, "/invite"), str_z(&t->a, who), m.desk).status, 204);
    CHECK_EQ(says(t, m.seeker[0], "{\"leaves\":true}"), 204);
    CHECK_EQ(says(t, m.seeker[2], "{\"leaves\":true}"), 204); /* he was asked in the other's name */
    CHECK_STR(state_of(t, &m, shift, 0), S("cancelled"));
    CHECK_STR(state_of(t, &m, shift, 1), S("cancelled"));
    CHECK_STR(state_of(t, &m, evening, 0), S("offered")); /* not asked in the hall */
    CHECK_EQ(says(t, m.seeker[3], "{}"), 204);
    beat(t, 1);
    beat(t, 5); /* the seats are free, and at once */
    CHECK_STR(state_of(t, &m, shift, 3), S("offered"));
    CHECK_EQ(answers(t, m.seeker[3], "/yes"), 200);
    CHECK_EQ(says(t, m.seeker[3], "{\"leaves\":true}"), 204);
    CHECK_STR(state_of(t, &m, shift, 3), S("accepted"));
}

TEST(who_leaves_the_hall_leaves_no_seat_kept_behind)
{
    each_town(leaves);
}

/* What is open beside a place that was taken through the list, through the desk, for both of a couple. */
static void takes_another(struct town *t)
{
    struct morning m = morning(t);
    struct str hall = shift_of(t, &m, "12:00", "18:00", 4), other = shift_of(t, &m, "13:00", "17:00", 4);
    struct str later = shift_of(t, &m, "19:00", "21:00", 4);
    pair(t, &m, 2, 3);
    const char *ask = town_at(t, "/api/v1/shifts/", hall, "/ask"), *take = town_at(t, "/api/v1/shifts/", other, "/take");
    CHECK_EQ(town_call(t, POST, ask, "{}", m.desk).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", later, "/ask"), "{}", m.desk).status, 200);
    for (int i = 0; i < 3; i++)
        CHECK_STR(state_of(t, &m, hall, i), S("offered"));
    CHECK_EQ(town_call(t, POST, take, "{}", m.seeker[0]).status, 201);
    CHECK_STR(state_of(t, &m, hall, 0), S("cancelled"));
    CHECK_STR(state_of(t, &m, later, 0), S("offered")); /* another time of day */
    struct str who = str_fmt(&t->a, "{\"person_id\":\"%lld\",\"reason\":\"本人同意\"}", (long long)m.person[1]);
    CHECK_EQ(town_call(t, POST, take, str_z(&t->a, who), m.desk).status, 201);
    CHECK_STR(state_of(t, &m, hall, 1), S("cancelled"));
    CHECK_EQ(town_call(t, POST, take, "{}", m.seeker[3]).status, 201);
    CHECK_STR(state_of(t, &m, hall, 2), S("cancelled"));
    CHECK_STR(state_of(t, &m, other, 0), S(""));
}

TEST(a_place_taken_elsewhere_withdraws_what_is_open_at_that_time)
{
    each_town(takes_another);
}

/* The shift one is asked for, taken through the list. */
static void takes_the_same(struct town *t)
{
    struct morning m = morning(t);
    struct str shift = shift_of(t, &m, "12:00", "18:00", 2);
    CHECK_EQ(says(t, m.seeker[0], "{\"now\":true}"), 204);
    beat(t, 1);
    CHECK_STR(state_of(t, &m, shift, 0), S("offered"));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", m.seeker[0]).status, 201);
    CHECK_STR(state_of(t, &m, shift, 0), S("cancelled"));
    CHECK_EQ(says(t, m.seeker[1], "{}"), 204);
    beat(t, 1);
    beat(t, 5); /* the second place is not kept for who has the first */
    CHECK_STR(state_of(t, &m, shift, 1), S("offered"));
}

TEST(a_place_taken_through_the_list_is_not_kept_a_second_time)
{
    each_town(takes_the_same);
}

static void refuses(struct town *t)
{
    struct morning m = morning(t);
    struct str shift = shift_of(t, &m, "12:00", "18:00", 1);
    CHECK_EQ(says(t, m.seeker[0], "{\"now\":true}"), 204);
    beat(t, 1);
    CHECK_EQ(says(t, m.seeker[1], "{}"), 204);
    beat(t, 20);
    CHECK_STR(state_of(t, &m, shift, 1), S("")); /* the seat is kept for the first */
    CHECK_EQ(answers(t, m.seeker[0], "/no"), 200);
    beat(t, 1);
    CHECK_STR(state_of(t, &m, shift, 1), S("")); /* others may refuse as well: one step for all of these seconds */
    beat(t, 5);
    CHECK_STR(state_of(t, &m, shift, 1), S("offered"));
}

TEST(a_seat_refused_in_the_hall_is_proposed_again_within_seconds)
{
    each_town(refuses);
}

/* ---- at night ---- */

static void clock_at(struct town *t, int32_t day, int32_t minute)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, day}), minute);
}

/* Of known age, so that night work may be theirs. */
static struct morning night(struct town *t, int32_t day, int32_t minute)
{
    struct morning m = morning(t);
    for (int i = 0; i < SEEKERS; i++) {
        const char *facts = town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)m.person[i]), "");
        CHECK_EQ(town_call(t, POST, facts, "{\"born\":\"1990-01-01\"}", m.desk).status, 200);
    }
    clock_at(t, day, minute);
    return m;
}

static bool my_page(struct town *t, const struct morning *m, int i, const char *words)
{
    return str_find(town_call(t, GET, "/my", "", m->seeker[i]).body, str_c(words)) > 0;
}

static const char leave_button[] = "name=\"leaves\"";

static void over_midnight(struct town *t)
{
    struct morning m = night(t, 24, 23 * 60 + 50);
    CHECK_EQ(says(t, m.seeker[0], "{\"now\":true,\"until_ms\":\"2026-11-25T02:00:00+08:00\"}"), 204);
    CHECK_EQ(says(t, m.seeker[1], "{\"now\":true}"), 204);
    CHECK_EQ(says(t, m.seeker[2], "{\"now\":true,\"until_ms\":\"2026-11-25T02:00:00+08:00\"}"), 204);
    clock_at(t, 25, 1);
    CHECK_EQ(says(t, m.seeker[2], "{\"leaves\":true}"), 204);
    CHECK(my_page(t, &m, 0, leave_button) && my_page(t, &m, 0, "您说了现在就要"));
    CHECK(!my_page(t, &m, 1, leave_button) && !my_page(t, &m, 2, leave_button)); /* without a time: until the day is over */
    struct str shift = shift_of(t, &m, "03:30", "05:00", 4);
    beat(t, 60);
    CHECK_STR(state_of(t, &m, shift, 0), S("offered"));
    CHECK_STR(state_of(t, &m, shift, 1), S(""));
    CHECK_STR(state_of(t, &m, shift, 2), S(""));
    clock_at(t, 25, 2 * 60);
    CHECK(!my_page(t, &m, 0, leave_button));
}

TEST(who_has_time_beyond_midnight_stays_in_the_hall)
{
    each_town(over_midnight);
}

static void asked_before_midnight(struct town *t)
{
    struct morning m = night(t, 24, 23 * 60 + 50);
    struct str first = shift_of(t, &m, "04:00", "06:00", 1);
    CHECK_EQ(says(t, m.seeker[0], "{\"now\":true}"), 204);
    beat(t, 1);
    CHECK_STR(state_of(t, &m, first, 0), S("offered"));
    clock_at(t, 25, 2);
    struct str second = shift_of(t, &m, "04:30", "06:30", 1);
    CHECK_EQ(says(t, m.seeker[0], "{\"now\":true}"), 204);
    beat(t, 60);
    CHECK_STR(state_of(t, &m, first, 0), S("offered"));
    CHECK_STR(state_of(t, &m, second, 0), S("")); /* one is open */
}

TEST(what_was_asked_before_midnight_is_still_open_after_it)
{
    each_town(asked_before_midnight);
}

static int checks_in(struct town *t, const struct morning *m, int i)
{
    return town_call(t, POST, "/api/v1/hall/say", str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)m->person[i])), m->desk).status;
}

static void before_seven(struct town *t)
{
    static const char sleeps[] = "现在没有给您找活", looks[] = "每分钟给您找一次";
    struct morning m = night(t, 25, 4 * 60 + 59);
    struct str shift = shift_of(t, &m, "08:30", "18:00", 4);
    CHECK_EQ(checks_in(t, &m, 0), 204);
    clock_at(t, 25, 5 * 60);
    CHECK_EQ(says(t, m.seeker[1], "{}"), 204); /* from wherever his phone is */
    CHECK_EQ(checks_in(t, &m, 2), 204);
    CHECK_EQ(says(t, m.seeker[3], "{\"now\":true}"), 204);
    beat(t, 60);
    CHECK_STR(state_of(t, &m, shift, 0), S(""));
    CHECK_STR(state_of(t, &m, shift, 1), S(""));
    CHECK_STR(state_of(t, &m, shift, 2), S("offered"));
    CHECK_STR(state_of(t, &m, shift, 3), S("offered"));
    CHECK(my_page(t, &m, 0, sleeps) && my_page(t, &m, 1, sleeps) && my_page(t, &m, 1, "name=\"now\"") && !my_page(t, &m, 1, looks));
    CHECK(my_page(t, &m, 2, looks) && !my_page(t, &m, 2, sleeps) && !my_page(t, &m, 3, sleeps));
    clock_at(t, 25, 7 * 60);
    beat(t, 60);
    CHECK_STR(state_of(t, &m, shift, 1), S("offered"));
    CHECK(my_page(t, &m, 1, looks) && !my_page(t, &m, 1, sleeps));
    clock_at(t, 25, 22 * 60); /* what a desk saw in the morning is no wish of the night */
    CHECK(my_page(t, &m, 2, sleeps));
}

TEST(before_seven_a_desk_s_check_in_asks_for_work_and_the_page_says_who_is_not_looked_for)
{
    each_town(before_seven);
}

/* ---- while it is reckoned ---- */

/* Somebody does something at the n-th look at the clock of a step. */
static struct meanwhile {
    struct town *t;
    int looks, at; /* at: 0 = never */
    const char *path, *body;
    struct str who;
} meanwhile;

static int64_t look_at_clock(void *clock)
{
    struct town *t = clock;
    if (++meanwhile.looks == meanwhile.at) {
        int status = town_call(t, POST, meanwhile.path, meanwhile.body, meanwhile.who).status;
        CHECK(status == 201 || status == 204);
    }
    return t->now_ms;
}

/* One who waits does something at that look of the step; whether he is asked for any of two shifts at the same time. */
static bool asked_while(struct town *t, int at, bool leaves_hall)
{
    struct morning m = morning(t);
    struct str one = shift_of(t, &m, "12:00", "18:00", 1), other = shift_of(t, &m, "11:00", "14:00", 1);
    CHECK_EQ(says(t, m.seeker[0], "{\"now\":true}"), 204);
    meanwhile = (struct meanwhile){.t = t, .at = at, .who = m.seeker[0], .path = "/api/v1/hall/say", .body = "{\"leaves\":true}"};
    if (!leaves_hall) {
        meanwhile.path = town_at(t, "/api/v1/shifts/", other, "/take");
        meanwhile.body = "{}";
    }
    int64_t (*clock)(void *) = t->app.now_ms;
    t->app.now_ms = look_at_clock;
    CHECK(hall_step_all(&t->app) == OK);
    t->app.now_ms = clock;
    return str_eq(state_of(t, &m, one, 0), S("offered")) || str_eq(state_of(t, &m, other, 0), S("offered"));
}

enum { LOOKS = 4 }; /* the last one as it begins to write */

static void nothing_meanwhile(struct town *t)
{
    CHECK(asked_while(t, 0, false));
    CHECK_EQ(meanwhile.looks, LOOKS);
}

static void leaves_meanwhile(struct town *t)
{
    CHECK(!asked_while(t, LOOKS, true));
}

static void takes_meanwhile(struct town *t)
{
    CHECK(!asked_while(t, LOOKS, false));
}

TEST(who_leaves_or_takes_other_work_while_the_hall_is_reckoned_is_not_asked)
{
    each_town(nothing_meanwhile);
    each_town(leaves_meanwhile);
    each_town(takes_meanwhile);
}

/* What is scored in a minute. */
static int64_t scored(struct town *t)
{
    beat(t, 60);
    return pairs_scored(t->app.pairs);
}

static void remembers(struct town *t)
{
    struct morning m = morning(t);
    struct str who = str_fmt(&t->a, "%lld", (long long)m.person[0]);
    const char *facts = town_at(t, "/api/v1/people/", who, "");
    CHECK_EQ(town_call(t, POST, facts, "{\"floor_fen\":4000}", m.desk).status, 200); /* more than it pays */
    shift_of(t, &m, "12:00", "18:00", 2);
    CHECK_EQ(says(t, m.seeker[0], "{}"), 204);
    CHECK_EQ(scored(t), 1);
    CHECK_EQ(scored(t), 0);
    shift_of(t, &m, "12:30", "18:00", 2);
    CHECK_EQ(scored(t), 1); /* of two */
    CHECK_EQ(town_call(t, POST, facts, "{\"floor_fen\":2000}", m.desk).status, 200);
    CHECK_EQ(scored(t), 2);
    beat(t, 60);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/offers", "", m.seeker[0]).body, S("\"offered\"")) > 0);
    CHECK_EQ(answers(t, m.seeker[0], "/no"), 200);
    CHECK_EQ(scored(t), 2); /* he was not among those who wait */
    CHECK_EQ(says(t, m.seeker[0], "{\"leaves\":true}"), 204);
    CHECK_EQ(scored(t), 0);
}

TEST(a_minute_in_the_hall_scores_only_who_and_what_is_new)
{
    each_town(remembers);
}

TEST(ghosts_come_as_long_as_the_step_can_score_them_and_soonest_first)
{
    static struct hall_entry v[4000];
    for (int k = 0; k < 4000; k++)
        v[k] = (struct hall_entry){.at_ms = k * 1000, .what = k % 4 ? ENTRY_ARRIVE : ENTRY_OPEN};
    CHECK_EQ(hall_ghosts_taken(v, 4000, 3000, 2000), 4000); /* 6,000 by 3,000 */
    CHECK_EQ(hall_ghosts_taken(v, 4000, 7000, 3700), 2000); /* with all of them 10,000 by 4,700 */
    CHECK_EQ(hall_ghosts_taken(v, 4000, 20000, 4000), 0);
    for (int k = 0; k < 4000; k++)
        v[k].at_ms = 0;
    CHECK_EQ(hall_ghosts_taken(v, 4000, 7000, 3700), 0);
    CHECK_EQ(hall_ghosts_taken(v, 0, 0, 0), 0);
}
