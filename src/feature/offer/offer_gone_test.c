/* offer_gone_test.c - what becomes of an offer, and of a yes, that cannot be kept: the post is no longer shown, or
 * somebody may not have the place; on every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice_store.h"
#include "feature/offer/offer_store.h"
#include "http/texts.h"
#include "test.h"

enum { SEEKERS = 4 };

/* The 24th at 9:00: a shift of the 25th, for which so many are asked as its places allow. */
struct post {
    struct str boss, desk, job, shift, seeker[SEEKERS];
    int64_t employer, person[SEEKERS];
};
static const char title[] = "车间普工";

/* Verified, of the 25th, "HH:MM" to "HH:MM", shown until valid_to; sets x->job. */
static struct str shift_of(struct town *t, struct post *x, const char *from, const char *to, int cap, const char *valid_to)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"%s\",\"trade\":\"sewing\",\"text\":\"剪线头查次品,有人教\",\"address\":\"海珠区凤阳街\","
                                     "\"pay_unit\":\"hour\",\"pay_fen\":3000,\"rhythm\":\"day\",\"valid_to\":\"2026-11-%s\","
                                     "\"start_ms\":\"2026-11-25T%s:00+08:00\",\"end_ms\":\"2026-11-25T%s:00+08:00\",\"break_min\":60,\"cap\":%d}",
                              title, valid_to, from, to, cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), x->boss);
    x->job = json_value(t, a.body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", x->job, "/verify"), "{\"level\":\"phoned\"}", x->desk).status, 204);
    return json_value(t, a.body, "shift_id");
}

static struct post asked(struct town *t, int cap, const char *valid_to)
{
    struct post x = {.desk = town_staff(t, CONSULTANT | SITE_MANAGER, 440105)};
    x.boss = town_employer(t, "锦裳制衣厂", &x.employer);
    x.shift = shift_of(t, &x, "08:30", "18:00", cap, valid_to);
    for (int i = 0; i < SEEKERS; i++)
        x.seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &x.person[i]);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", x.shift, "/ask"), "{}", x.desk).status, 200);
    return x;
}

static struct str offer_of(struct town *t, const struct post *x, int i)
{
    return json_value(t, town_call(t, GET, "/api/v1/my/offers", "", x->seeker[i]).body, "id");
}

static struct answer says(struct town *t, const struct post *x, int i, struct str offer, const char *what)
{
    return town_call(t, POST, town_at(t, "/api/v1/offers/", offer, what), "{}", x->seeker[i]);
}

static bool page_shows(struct town *t, const struct post *x, int i, const char *words)
{
    return str_find(town_call(t, GET, "/my", "", x->seeker[i]).body, str_c(words)) > 0;
}

/* The state of what person i was asked for the shift. */
static struct str state_of(struct town *t, const struct post *x, struct str shift, int i)
{
    struct str all = town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/offers"), "", x->desk).body;
    ptrdiff_t at = str_find(all, str_fmt(&t->a, "\"person_id\":\"%lld\"", (long long)x->person[i]));
    return at < 0 ? S("") : json_value(t, (struct str){all.p + at, all.n - (size_t)at}, "state");
}

/* The letters that wait, one a line, "phone text"; each is read once. */
static struct str letters(struct town *t)
{
    struct str all = S("");
    for (bool more = true; more;) {
        struct letters *l = NEW(&t->a, struct letters);
        l->a = &t->a;
        CHECK(app_write(&t->app, notice_claim, l) == OK);
        for (size_t i = 0; i < l->n; i++)
            all = str_fmt(&t->a, "%.*s%.*s %.*s\n", SV(all), SV(l->v[i].phone), SV(l->v[i].text));
        more = l->n > 0;
    }
    return all;
}

static void tick(struct town *t, int64_t minutes)
{
    t->now_ms += minutes * MIN_MS;
    CHECK(wave_go_all(&t->app) == OK);
}

static void suspended(struct town *t, struct post *x)
{
    struct str id = str_fmt(&t->a, "%lld", (long long)x->employer);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/employers/", id, "/suspend"), "{}", x->desk).status, 204);
}

static void closed(struct town *t, struct post *x)
{
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", x->job, "/close"), "{}", x->boss).status, 204);
}

static void offers_end(struct town *t, void (*taken_down)(struct town *t, struct post *x))
{
    struct post x = asked(t, 3, "30"); /* one more than places */
    struct str o[SEEKERS];
    for (int i = 0; i < SEEKERS; i++) {
        o[i] = offer_of(t, &x, i);
        CHECK(o[i].n > 0 && page_shows(t, &x, i, title));
    }
    CHECK_EQ(says(t, &x, 3, o[3], "/yes").status, 200);
    CHECK_STR(state_of(t, &x, x.shift, 3), S("willing"));
    letters(t);
    taken_down(t, &x);
    for (int i = 0; i < SEEKERS; i++) {
        CHECK(!page_shows(t, &x, i, title) && !page_shows(t, &x, i, "/yes"));
        CHECK_STR(offer_of(t, &x, i), S(""));
        CHECK_STR(state_of(t, &x, x.shift, i), S("cancelled"));
    }
    struct str said = letters(t); /* who only was asked need not hear that he is not */
    CHECK(str_find(said, S("13822200003 零集:您答应过的活撤下来了")) >= 0 && str_find(said, S("13822200000")) < 0);
    struct answer a = says(t, &x, 0, o[0], "/yes");
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("offer_gone"));
    CHECK_EQ(says(t, &x, 1, o[1], "/no").status, 409);
    tick(t, 1); /* the timer has nothing left to do */
    CHECK_STR(state_of(t, &x, x.shift, 0), S("cancelled"));
}

static void employer_suspended(struct town *t)
{
    offers_end(t, suspended);
}

TEST(what_a_suspended_employer_asked_is_asked_no_longer)
{
    each_town(employer_suspended);
}

static void post_closed(struct town *t)
{
    offers_end(t, closed);
}

TEST(what_was_asked_for_a_closed_post_is_asked_no_longer)
{
    each_town(post_closed);
}

static void other_posts_stay(struct town *t)
{
    struct post x = asked(t, 2, "30");
    struct str kept = x.shift;
    shift_of(t, &x, "20:00", "22:00", 1, "30");
    closed(t, &x);
    CHECK_STR(state_of(t, &x, kept, 0), S("offered"));
    CHECK(page_shows(t, &x, 0, title));
}

TEST(what_was_asked_for_another_post_stays)
{
    each_town(other_posts_stay);
}

/* Until the 24th, of the 25th: as an ad may say, or a program before this one took it. */
static enum err end_early(struct request *rq)
{
    static const struct query q = {"t.end_early", "UPDATE job SET valid_to = valid_to - 1 WHERE city = $1"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

/* Nothing tells that the last day on which it is shown is over. */
static void day_over(struct town *t)
{
    struct post x = asked(t, 1, "25");
    CHECK(app_write(&t->app, end_early, NULL) == OK);
    for (int i = 0; i < SEEKERS; i++) {
        while (!offer_of(t, &x, i).n)
            tick(t, 30);
        CHECK_EQ(says(t, &x, i, offer_of(t, &x, i), "/yes").status, 200);
        if (!i)
            CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", x.shift, "/standby"), "{\"places\":1}", x.desk).status, 200);
        if (str_eq(state_of(t, &x, x.shift, i), S("standby")))
            break;
    }
    letters(t);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 5);
    for (int i = 0; i < SEEKERS; i++)
        CHECK(!page_shows(t, &x, i, "候补"));
    tick(t, 1);
    CHECK(str_find(letters(t), S("您答应过的活撤下来了")) > 0);
}

TEST(who_stands_by_for_a_post_whose_last_day_is_over_sees_it_no_longer_and_hears_so)
{
    each_town(day_over);
}

static int takes(struct town *t, const struct post *x, struct str shift, int i)
{
    return town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", x->seeker[i]).status;
}

/* With another shift of the day it is more than 11 hours of work; that one may be called off. */
static void no_rest(struct town *t)
{
    struct post x = asked(t, 1, "30");
    int i = 0;
    while (!offer_of(t, &x, i).n)
        i++;
    struct str o = offer_of(t, &x, i), night = shift_of(t, &x, "18:10", "22:00", 1, "30");
    CHECK_EQ(takes(t, &x, night, i), 201);
    struct answer a = says(t, &x, i, o, "/yes");
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("day_long"));
    CHECK(page_shows(t, &x, i, "/yes"));
    struct str hire = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", x.seeker[i]).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", x.seeker[i]).status, 200);
    CHECK_EQ(says(t, &x, i, o, "/yes").status, 200);
    CHECK_STR(state_of(t, &x, x.shift, i), S("accepted"));
}

TEST(a_yes_that_cannot_be_kept_is_refused_with_the_reason_and_may_be_said_again)
{
    each_town(no_rest);
}

/* Between his yes and the end of the wave he took a shift that leaves no room for it. */
static void lost_later(struct town *t)
{
    struct post x = asked(t, 3, "30"), other = x;
    CHECK_EQ(says(t, &x, 3, offer_of(t, &x, 3), "/yes").status, 200);
    struct str evening = shift_of(t, &other, "18:10", "22:00", 1, "30");
    CHECK_EQ(takes(t, &x, evening, 3), 201);
    CHECK_STR(state_of(t, &x, x.shift, 3), S("willing"));
    letters(t);
    tick(t, 120);
    CHECK_STR(state_of(t, &x, x.shift, 3), S("cancelled"));
    struct str said = letters(t);
    ptrdiff_t at = str_find(said, S("13822200003 零集:您答应的活这次去不成:车间普工。"));
    CHECK(at >= 0 && str_find(str_sub(said, (size_t)at, said.n), S("别的活在首页看")) > 0);
    CHECK(str_find(said, texts_get(t->app.texts, LANG_ZH, S("rule.day_long"))) > 0);
}

static void lost_in_english(struct town *t)
{
    struct post x = asked(t, 3, "30"), other = x;
    t->lang = LANG_EN;
    CHECK_EQ(town_browse(t, GET, "/my", "", x.seeker[3]).status, 200);
    t->lang = LANG_ZH;
    CHECK_EQ(says(t, &x, 3, offer_of(t, &x, 3), "/yes").status, 200);
    CHECK_EQ(takes(t, &x, shift_of(t, &other, "18:10", "22:00", 1, "30"), 3), 201);
    letters(t);
    tick(t, 120);
    struct str said = letters(t), why = texts_get(t->app.texts, LANG_EN, S("rule.day_long"));
    CHECK(str_find(said, str_fmt(&t->a, "13822200003 Lingji: you cannot have the work you said yes to: 车间普工. %.*s See other work", SV(why))) >= 0);
}

TEST(who_reads_english_hears_the_reason_in_english)
{
    each_town(lost_in_english);
}

TEST(who_said_yes_and_cannot_have_the_place_any_more_hears_why)
{
    each_town(lost_later);
}

/* Four for three places; whoever fits least said yes first and is not needed. */
static void not_needed(struct town *t)
{
    struct post x = asked(t, 3, "30");
    for (int i = SEEKERS - 1; i > 0; i--)
        CHECK_EQ(says(t, &x, i, offer_of(t, &x, i), "/yes").status, 200);
    letters(t);
    CHECK_EQ(says(t, &x, 0, offer_of(t, &x, 0), "/yes").status, 200);
    CHECK_STR(state_of(t, &x, x.shift, 3), S("standby"));
    struct str said = letters(t);
    CHECK(str_find(said, S("13822200003 零集:您答应的活名额满了:车间普工")) >= 0);
    CHECK(str_find(said, S("13822200002 零集:您答应的活名额满了")) < 0 && str_find(said, S("13822200000 零集:您答应")) < 0);
}

TEST(who_said_yes_and_is_not_needed_hears_so)
{
    each_town(not_needed);
}

/* He only was asked when the places were gone; his page still had the button. */
static void too_late(struct town *t)
{
    struct post x = asked(t, 3, "30");
    struct str late = offer_of(t, &x, 3);
    for (int i = 0; i < SEEKERS - 1; i++)
        CHECK_EQ(says(t, &x, i, offer_of(t, &x, i), "/yes").status, 200);
    struct answer a = says(t, &x, 3, late, "/yes");
    CHECK_EQ(a.status, 409);
    CHECK(str_find(a.body, S("名额满了")) > 0);
}

TEST(who_says_yes_when_the_places_are_gone_reads_so)
{
    each_town(too_late);
}

static void pair(struct town *t, const struct post *x, int a, int b, const char *how)
{
    struct str who = str_fmt(&t->a, "%lld", (long long)x->person[a]);
    struct str with = str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"%s\"}", (long long)x->person[b], how);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", who, ""), str_z(&t->a, with), x->desk).status, 200);
}

/* Two who said yes parted before it was settled; one is in another couple now. */
static void parted_later(struct town *t)
{
    struct post x = {.desk = town_staff(t, CONSULTANT, 440105)};
    x.boss = town_employer(t, "锦裳制衣厂", &x.employer);
    x.shift = shift_of(t, &x, "08:30", "18:00", 3, "30");
    for (int i = 0; i < SEEKERS; i++)
        x.seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &x.person[i]);
    pair(t, &x, 2, 3, "must");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", x.shift, "/ask"), "{}", x.desk).status, 200);
    CHECK_EQ(says(t, &x, 3, offer_of(t, &x, 3), "/yes").status, 200);
    CHECK_STR(state_of(t, &x, x.shift, 2), S("willing"));
    pair(t, &x, 2, 0, "prefer");
    letters(t);
    tick(t, 120);
    CHECK_STR(state_of(t, &x, x.shift, 2), S("cancelled"));
    struct str said = letters(t);
    CHECK(str_find(said, S("13822200002 零集:您答应的活这次去不成")) >= 0);
    CHECK(str_find(said, S("13822200000 零集:您答应的活")) < 0); /* he said nothing */
}

TEST(who_came_into_a_couple_since_hears_nothing_of_what_the_other_said_before)
{
    each_town(parted_later);
}
