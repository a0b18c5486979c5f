/* pages_test.c - every template and text loads, and nothing unescaped can be written. */
#include "base/arena.h"
#include "base/buf.h"
#include "http/page.h"
#include "http/template.h"
#include "http/texts.h"
#include "test.h"

static struct str render(struct arena *a, const char *text, const struct view *v)
{
    struct pages *p = pages_new(a, NULL);
    struct buf b;
    struct str why = S("");
    buf_init(&b, a, 4096);
    if (pages_add(p, a, S("x"), str_c(text), &why))
        return S("refused");
    pages_render(p, &b, S("x"), LANG_ZH, v);
    return buf_str(&b);
}

TEST(all_texts_and_pages_load)
{
    struct arena a;
    struct texts *t;
    struct pages *p;
    struct str why = S("");
    arena_init(&a, 0);
    bool good = texts_load(&a, &t, &why) == OK && pages_load(&a, t, &p, &why) == OK;
    if (!good)
        test_fail_str(__FILE__, __LINE__, "load", why, S(""));
    arena_done(&a);
}

static struct str counted(struct arena *a, const struct texts *t, const char *page, const char *n)
{
    struct pages *p = pages_new(a, t);
    struct view *v = view_new(a);
    struct str why = S("");
    struct buf b;
    buf_init(&b, a, 4096);
    view_str(v, "n", str_c(n));
    CHECK(pages_add(p, a, S("x"), str_c(page), &why) == OK && pages_render(p, &b, S("x"), LANG_EN, v));
    return buf_str(&b);
}

TEST(one_of_something_is_not_called_several)
{
    struct arena a;
    struct texts *t;
    struct str why = S("");
    arena_init(&a, 0);
    CHECK(texts_load(&a, &t, &why) == OK);
    CHECK_STR(texts_fill(t, &a, LANG_EN, S("match.near.pay"), S("1")), S("If your least pay were lower, 1 job would be open to you."));
    CHECK_STR(texts_fill(t, &a, LANG_EN, S("match.near.pay"), S("21")), S("If your least pay were lower, 21 jobs would be open to you."));
    CHECK(str_find(texts_fill(t, &a, LANG_ZH, S("match.near.pay"), S("1")), S("{{")) < 0);
    CHECK_STR(counted(&a, t, "{{n}} {{t.card.people n}}", "1"), S("1 person"));
    CHECK_STR(counted(&a, t, "{{n}} {{t.card.people n}}", "0"), S("0 people"));
    CHECK_STR(counted(&a, t, "{{t.card.people none}}", "1"), S("people"));
    CHECK(pages_add(pages_new(&a, t), &a, S("x"), S("{{t.no.such n}}"), &why) == ERR_INPUT);
    arena_done(&a);
}

TEST(the_language_that_is_wanted_more_is_spoken)
{
    static const struct {
        const char *accept;
        enum lang lang;
    } table[] = {{"", LANG_ZH}, {"en", LANG_EN}, {"zh-CN", LANG_ZH}, {"EN-us,zh;q=0.9", LANG_EN}, {"zh;q=0.1, en-GB;q=0.9", LANG_EN},
                 {"fr,en;q=0.8", LANG_EN}, {"fr", LANG_ZH}, {"en;q=0", LANG_ZH}, {"en ; q = 0.2 , zh-TW;q=0.3", LANG_ZH},
                 {"english", LANG_ZH}, {"en;q=x, *", LANG_ZH}, {"en;level=1;q=0.5,zh;q=0.4", LANG_EN}, {",;q=1,", LANG_ZH}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        CHECK_EQ(texts_lang(str_c(table[i].accept)), table[i].lang);
}

TEST(a_page_value_is_escaped_and_sections_follow_it)
{
    struct arena a;
    arena_init(&a, 0);
    struct view *v = view_new(&a);
    view_str(v, "x", S("<b>&"));
    view_str(view_item(v, "l"), "n", S("1"));
    view_str(view_item(v, "l"), "n", S("2"));
    CHECK(str_find(render(&a, "<p>{{x}}</p>", v), S("<b>")) < 0);
    CHECK(str_eq(render(&a, "{{#l}}{{n}},{{/l}}{{^none}}-{{/none}}", v), S("1,2,-")));
    arena_done(&a);
}

TEST(a_page_that_could_print_unescaped_is_refused)
{
    struct arena a;
    arena_init(&a, 0);
    struct view *v = view_new(&a);
    CHECK(str_eq(render(&a, "{{{x}}}", v), S("refused")));
    CHECK(str_eq(render(&a, "<script>{{x}}</script>", v), S("refused")));
    CHECK(str_eq(render(&a, "<p class={{x}}>", v), S("refused")));
    CHECK(str_eq(render(&a, "{{#x}}open", v), S("refused")));
    CHECK(str_eq(render(&a, "{{t.no_such_text}}", v), S("refused")));
    CHECK(str_eq(render(&a, "{{>x}}", v), S("refused")));
    CHECK(str_eq(render(&a, "<p>{{json:x}}</p>", v), S("refused")));
    arena_done(&a);
}

TEST(json_in_a_page_cannot_leave_its_element)
{
    struct arena a;
    arena_init(&a, 0);
    struct view *v = view_new(&a);
    view_str(v, "x", S("</script>"));
    view_json(v, "j", S("{\"a\":\"</script><b>\"}"));
    static const char page[] = "<script type=\"application/ld+json\">{{json:j}}</script>";
    CHECK_STR(render(&a, page, v), S("<script type=\"application/ld+json\">{\"a\":\"\\u003c/script>\\u003cb>\"}</script>"));
    CHECK_STR(render(&a, "<script>{{json:x}}</script>", v), S("<script></script>")); /* no JSON, nothing written */
    arena_done(&a);
}
