/* rules_test.c - the shipped rule files, their examples, dates and fall-backs. */
#include "base/buf.h"
#include "base/cal.h"
#include "http/embed.h"
#include "rules/rules.h"
#include "test.h"

static struct rules *load(struct arena *a)
{
    struct rule_file f[16];
    struct rules *r = NULL;
    struct str why = S("");
    size_t n = 0;
    for (const struct embedded *e = embedded_files; e->name; e++)
        if (str_ends(str_c(e->name), S(".rule")))
            f[n++] = (struct rule_file){str_c(e->name), e->data};
    CHECK_EQ(rules_load(a, f, n, &r, &why), OK);
    CHECK_STR(why, S(""));
    return r;
}

TEST(every_example_of_every_rule_does_what_it_says)
{
    struct arena a;
    struct buf b;
    int run;
    arena_init(&a, 0);
    struct rules *r = load(&a);
    buf_init(&b, &a, 1 << 16);
    CHECK(rules_check(r, &b, &run));
    CHECK_STR(buf_str(&b), S(""));
    CHECK(run >= 50);
    arena_done(&a);
}

TEST(a_wage_counts_from_its_first_day_and_falls_back_to_the_city)
{
    struct arena a;
    struct wage_floor w;
    int32_t day = cal_from_ymd((struct ymd){2025, 3, 1});
    int64_t v = 0;
    arena_init(&a, 0);
    struct rules *r = load(&a);
    CHECK(rules_wage_floor(r, 440106, day, &w) && w.hour_fen == 2370 && w.month_fen == 250000 && !w.confirmed);
    CHECK(rules_wage_floor(r, 440106, day - 1, &w) && w.hour_fen == 2220 && w.confirmed);
    CHECK(!rules_wage_floor(r, 310000, day, &w));
    CHECK(!rules_wage_floor(r, 440100, 10000, &w));
    CHECK(rules_number(r, "age.min", 440106, day, &v) && v == 16);
    CHECK(!rules_number(r, "no.such", 440106, day, &v));
    arena_done(&a);
}

TEST(a_rule_that_is_not_confirmed_only_warns)
{
    struct arena a;
    struct rules *r;
    struct str why;
    struct findings out;
    struct rule_file f = {S("x.rule"), S("[rule X]\neffect = block\nmark = C\nwords = 押金\nsource = s\nzh = z\nen = e\n")};
    arena_init(&a, 0);
    CHECK_EQ(rules_load(&a, &f, 1, &r, &why), OK);
    rules_screen(r, &(struct ad){.text = S("要交押金")}, &out);
    CHECK_EQ(out.n, 1);
    CHECK_EQ(out.v[0].effect, EFFECT_WARN);
    rules_screen(r, &(struct ad){.text = S("不收押金")}, &out);
    CHECK_EQ(out.n, 0);
    arena_done(&a);
}

TEST(a_word_of_a_rule_has_choices_numbers_and_gaps)
{
    static const struct {
        const char *text;
        bool fires;
    } ads[] = {{"先交30元", true},          {"入职交 一百 元", true}, {"先交元宵", false},
               {"先办好入职手续交50元", true}, {"先看,交50元", false},  {"先看过干过吃过住过再交50元", false},
               {"不先交30元", false},       {"先交", false}};
    struct arena a;
    struct rules *r;
    struct str why;
    struct findings out;
    struct rule_file f = {S("x.rule"), S("[rule X]\neffect = block\nwords = {先 入职}+交#元\nsource = s\nzh = z\nen = e\n")};
    arena_init(&a, 0);
    CHECK_EQ(rules_load(&a, &f, 1, &r, &why), OK);
    for (size_t i = 0; i < sizeof ads / sizeof *ads; i++) {
        rules_screen(r, &(struct ad){.text = str_c(ads[i].text)}, &out);
        CHECK_EQ(out.n, ads[i].fires);
    }
    arena_done(&a);
}

TEST(a_word_of_a_rule_has_sets_and_ends_with_its_clause)
{
    static const struct {
        const char *text;
        bool fires;
    } ads[] = {{"女工就不要来", true}, {"小伙子勿扰", true},        {"不要女工", false},           {"女工,不要迟到", false},
               {"女工带娃的勿扰", true}, {"Boys only", true},       {"Boys only school", false},   {"Boys only. Start now", true},
               {"Boys only.start", false}, {"boys only\nbring tools", true}, {"要5岁", true}, {"要25岁", true},
               {"5岁", true},           {"25岁", false},             {"二十5岁", false}};
    struct arena a;
    struct rules *r;
    struct str why;
    struct findings out;
    struct rule_file f = {S("x.rule"), S("[set who]\nwords = 女{工 性}|小伙|小伙子|boys\n[set no]\nwords = 不要|勿扰\n[set busy]\nwords = <who>带娃的\n"
                                         "[rule X]\neffect = block\nwords = <who>{ 就}<no>|<busy><no>|boys only$|5岁|要#岁\nsource = s\nzh = z\nen = e\n")};
    arena_init(&a, 0);
    CHECK_EQ(rules_load(&a, &f, 1, &r, &why), OK);
    for (size_t i = 0; i < sizeof ads / sizeof *ads; i++) {
        rules_screen(r, &(struct ad){.text = str_c(ads[i].text)}, &out);
        CHECK_EQ(out.n, ads[i].fires);
    }
    arena_done(&a);
}

TEST(a_mistake_in_a_rule_file_names_its_line)
{
    static const char *const bad[][2] = {
        {"effect = block\n", "t.rule:1: stands before any [section]: 'effect = block'"},
        {"[rule X]\neffect = stop\n", "t.rule:2: effect is warn, label, hold, ask, block or need, not 'stop'"},
        {"[rule X]\nfrom = 2026-13-01\n", "t.rule:2: no date '2026-13-01'"},
        {"\n[thing]\n", "t.rule:2: a section is rule CODE, set NAME, wage AREA or number NAME, not 'thing'"},
        {"[rule X]\nwords = 交|#元\n", "t.rule:2: a word begins with a character, not '#元'"},
        {"[rule X]\nwords = 交{10 20\n", "t.rule:2: a brace is not closed in '交{10 20'"},
        {"[rule X]\nwords = 找<who>\n", "t.rule:2: there is no set above called 'who'"},
        {"[set who]\nwords = 谁|<who>\n", "t.rule:2: there is no set above called 'who'"},
        {"[set who]\nzh = 谁\n", "t.rule:2: unknown key 'zh'"},
        {"[rule X]\nwords = $\n", "t.rule:2: a word begins with a character, not '$'"},
        {"[rule X]\nzh = a\n", "t.rule:1: needs zh, en, source and its words: rule 'X'"}};
    struct arena a;
    struct rules *r;
    struct str why;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct rule_file f = {S("t.rule"), str_c(bad[i][0])};
        CHECK_EQ(rules_load(&a, &f, 1, &r, &why), ERR_INPUT);
        CHECK_STR(why, str_c(bad[i][1]));
    }
    arena_done(&a);
}

TEST(what_cannot_be_seen_does_not_hide_a_word)
{
    static const char *const unseen[] = {"\u00ad", "\u034f", "\u180e", "\u200c", "\u200d", "\u202e", "\u2060", "\u2067", "\u3164", "\ufe0f", "\U000e0020"};
    struct arena a;
    struct findings out;
    arena_init(&a, 0);
    struct rules *r = load(&a);
    struct ad ad = {.title = S("普工"), .employer = S("厂"), .place = S("x"), .pay_min_fen = 3000, .headcount = 1,
                    .valid_to = 30000, .city = 440100, .day = 20700, .text = S("入职要交押\n金牌师傅带")};
    rules_screen(r, &ad, &out);
    CHECK_EQ(out.n, 0);
    for (size_t i = 0; i < sizeof unseen / sizeof *unseen; i++) {
        ad.text = str_fmt(&a, "入职要交押%s金300元", unseen[i]);
        rules_screen(r, &ad, &out);
        CHECK(out.n == 1 && str_eq(out.v[0].code, S("P09")));
    }
    arena_done(&a);
}

TEST(tricks_between_characters_do_not_hide_a_word_and_the_span_is_the_original)
{
    struct arena a;
    struct findings out;
    arena_init(&a, 0);
    struct rules *r = load(&a);
    struct ad ad = {.title = S("普工"), .employer = S("厂"), .place = S("x"), .pay_min_fen = 3000, .headcount = 1,
                    .valid_to = 30000, .city = 440100, .day = 20700, .text = S("当天结。入职要交押 . 金300,包吃")};
    rules_screen(r, &ad, &out);
    CHECK_EQ(out.n, 1);
    CHECK_STR(out.v[0].code, S("P09"));
    CHECK_STR(out.v[0].span, S("交押 . 金"));
    CHECK_EQ(findings_worst(&out), EFFECT_ASK);
    arena_done(&a);
}

TEST(pay_is_compared_by_the_hour)
{
    CHECK_EQ(pay_hour_fen(PAY_DAY, 24000, 0, 600), 2400);
    CHECK_EQ(pay_hour_fen(PAY_DAY, 24000, 0, 0), 3000);
    CHECK_EQ(pay_hour_fen(PAY_MONTH, 250000, 0, 0), 1436);
    CHECK_EQ(pay_hour_fen(PAY_PIECE, 60, 50, 0), 3000);
    CHECK_EQ(pay_hour_fen(PAY_PIECE, 60, 0, 0), 0);
}
