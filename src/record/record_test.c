/* record_test.c - field tables: the edges of every kind, rows, JSON, forms, CSV, seals. */
#include <string.h>

#include "base/buf.h"
#include "db/db.h"
#include "record/csv.h"
#include "record/field.h"
#include "record/seal.h"
#include "test.h"

struct thing {
    int64_t id, city, n, pay_fen, at_ms;
    int32_t day, color;
    uint32_t marks;
    bool on;
    struct str title, phone, secret, text;
    struct geo place;
};
static const struct choice colors[] = {{"red"}, {"green"}, {0}};
static const struct choice marks[] = {{"a"}, {"b"}, {"c"}, {0}};
static const struct field fields[] = {
    FIELD(struct thing, id, ID, .see = ANYONE, .put = NOBODY),
    FIELD(struct thing, city, INT, .see = ANYONE, .put = NOBODY),
    FIELD(struct thing, n, INT, .min = 1, .max = 99, .see = ANYONE, .put = EMPLOYER,
          .required = true),
    FIELD(struct thing, pay_fen, FEN, .min = 100, .max = 1000000, .see = ANYONE, .put = EMPLOYER),
    FIELD(struct thing, at_ms, MS, .see = ANYONE, .put = EMPLOYER),
    FIELD(struct thing, day, DAY, .see = ANYONE, .put = EMPLOYER),
    FIELD(struct thing, color, ENUM, .choices = colors, .see = ANYONE, .put = EMPLOYER),
    FIELD(struct thing, marks, MASK, .choices = marks, .see = ANYONE, .put = EMPLOYER),
    FIELD(struct thing, on, BOOL, .see = ANYONE, .put = EMPLOYER),
    FIELD(struct thing, title, TEXT, .min = 2, .max = 4, .see = ANYONE, .put = EMPLOYER),
    FIELD(struct thing, phone, TEXT, .max = 20, .see = DESK, .put = EMPLOYER, .seal = SEAL_PHONE),
    FIELD(struct thing, secret, TEXT, .max = 20, .see = NOBODY, .put = SYSTEM),
    FIELD(struct thing, text, TEXT, .max = 400, .virt = true, .see = NOBODY, .put = EMPLOYER),
    FIELD(struct thing, place, GEO, .see = ANYONE, .put = EMPLOYER),
    {0}};
static const struct record thing = {"thing", sizeof(struct thing), fields, "For tests."};

static bool json(struct arena *a, const char *text, struct thing *t, struct errors *err)
{
    *err = (struct errors){0};
    *t = (struct thing){0};
    return record_from_json(a, &thing, EMPLOYER, str_c(text), t, NULL, err);
}

static bool form(struct arena *a, const char *text, struct thing *t, struct errors *err)
{
    *err = (struct errors){0};
    *t = (struct thing){0};
    return record_from_form(a, &thing, EMPLOYER, str_c(text), t, NULL, err);
}

/* The first error of a form with this title, or text; "" when there is none. */
static struct str wrong_with(struct arena *a, const char *name, const char *value)
{
    struct thing t;
    struct errors e;
    bool good = form(a, str_z(a, str_fmt(a, "n=5&%s=%s", name, value)), &t, &e);
    return good ? S("") : str_c(e.v[0].key);
}

TEST(a_line_has_no_breaks_and_something_to_see)
{
    struct arena a;
    static const char *const breaks[] = {"a%0Ab", "a%0Db", "a%09b", "a%C2%85b", "a%E2%80%A8b"};
    static const char *const blank[] = {"%E2%80%8B%E2%80%8B", "%E2%80%8F%E2%81%A0", "%E3%85%A4+%EF%BB%BF", "%C2%AD%E2%80%8D"};
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++) {
        CHECK_STR(wrong_with(&a, "title", breaks[i]), S("input.line"));
        CHECK_STR(wrong_with(&a, "text", breaks[i]), S(""));
    }
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) {
        CHECK_STR(wrong_with(&a, "title", blank[i]), S("input.blank"));
        CHECK_STR(wrong_with(&a, "text", blank[i]), S("input.blank"));
    }
    CHECK_STR(wrong_with(&a, "title", "%0A%E8%BD%A6%E4%BD%8D%0A"), S("")); /* trimmed */
    CHECK_STR(wrong_with(&a, "title", "%E2%80%8Bab"), S(""));
    arena_done(&a);
}

TEST(a_text_turns_nothing_of_the_line_it_stands_in)
{
    struct arena a;
    struct thing t;
    struct errors e;
    arena_init(&a, 0);
    CHECK(json(&a, "{\"n\":5,\"title\":\"洗碗\\u202e\",\"phone\":\"\u202a13811112222\u202c\"}", &t, &e));
    CHECK_STR(t.title, S("洗碗"));
    CHECK_STR(t.phone, S("13811112222")); /* as a telephone copies it */
    CHECK(form(&a, "n=%E2%80%AA5%E2%80%AC&title=%E2%80%AE洗碗", &t, &e));
    CHECK_STR(t.title, S("洗碗"));
    CHECK_EQ(t.n, 5);
    CHECK_STR(wrong_with(&a, "title", "%E2%80%AE"), S(""));
    arena_done(&a);
}

TEST(json_in_and_out_is_the_same_record)
{
    struct arena a;
    struct thing t;
    struct errors e;
    struct buf b;
    arena_init(&a, 0);
    CHECK(
        json(&a,
             "{\"n\":5,\"pay_fen\":26000,\"at_ms\":\"2026-11-24T00:30:00Z\",\"day\":\"2026-11-24\","
             "\"color\":\"green\",\"marks\":[\"a\",\"c\"],\"on\":true,\"title\":\" 车位 \","
             "\"phone\":\"13812345678\",\"place\":{\"lon\":113.3,\"lat\":23.1}}",
             &t, &e));
    CHECK_STR(t.title, S("车位"));
    buf_init(&b, &a, 4096);
    record_json(&b, &thing, PUBLIC, SHOW_MASKED, &t);
    CHECK_STR(buf_str(&b),
              S("{\"id\":null,\"city\":0,\"n\":5,\"pay_fen\":26000,\"at_ms\":\"2026-11-24T08:30:00+"
                "08:00\","
                "\"day\":\"2026-11-24\",\"color\":\"green\",\"marks\":[\"a\",\"c\"],\"on\":true,"
                "\"title\":\"车位\",\"place\":{\"lon\":113.300000,\"lat\":23.100000}}"));
    buf_init(&b, &a, 4096);
    record_json(&b, &thing, CONSULTANT, SHOW_MASKED, &t);
    CHECK(str_find(buf_str(&b), S("138****5678")) > 0 && str_find(buf_str(&b), S("1381234")) < 0);
    CHECK(str_find(buf_str(&b), S("secret")) < 0);
    arena_done(&a);
}

TEST(every_limit_holds_at_its_edge)
{
    static const struct {
        const char *text, *field, *key;
    } table[] = {
        {"{\"n\":0}", "n", "input.min"},
        {"{\"n\":100}", "n", "input.max"},
        {"{}", "n", "input.required"},
        {"{\"n\":null}", "n", "input.required"},
        {"{\"n\":\"5\"}", "n", "input.number"},
        {"{\"n\":1.5}", "n", "input.number"},
        {"{\"n\":1,\"x\":1}", "x", "input.unknown"},
        {"{\"n\":1,\"id\":\"3\"}", "id", "input.unknown"},
        {"{\"n\":1,\"secret\":\"s\"}", "secret", "input.unknown"},
        {"{\"n\":1,\"title\":\"一\"}", "title", "input.short"},
        {"{\"n\":1,\"title\":\"一二三四五\"}", "title", "input.long"},
        {"{\"n\":1,\"color\":\"blue\"}", "color", "input.choice"},
        {"{\"n\":1,\"marks\":[\"d\"]}", "marks", "input.choice"},
        {"{\"n\":1,\"marks\":\"a\"}", "marks", "input.list"},
        {"{\"n\":1,\"day\":\"2026-02-30\"}", "day", "input.date"},
        {"{\"n\":1,\"day\":\"1970-01-01\"}", "day", "input.date"}, /* would be kept as none */
        {"{\"n\":1,\"at_ms\":\"1970-01-01T00:00:00Z\"}", "at_ms", "input.time"},
        {"{\"n\":1,\"at_ms\":\"soon\"}", "at_ms", "input.time"},
        {"{\"n\":1,\"on\":1}", "on", "input.bool"},
        {"{\"n\":1,\"place\":{\"lon\":181,\"lat\":0}}", "place", "input.place"},
        {"{\"n\":1,\"pay_fen\":99}", "pay_fen", "input.min_fen"},
        {"{\"n\":1", "", "input.syntax"},
        {"[]", "", "input.syntax"},
        {"", "", "input.syntax"},
        {"{\"n\":1,\"n\":2}", "n", "input.twice"},
        {"{\"n\":1,\"x\":1,\"x\":2}", "", "input.syntax"},
        {"{\"n\":1,\"secret\":\"a\",\"secret\":\"b\"}", "", "input.syntax"},
        {"{\"n\":1,\"pay_fen\":99999999999999999999,\"on\":true}", "pay_fen", "input.number_large"},
        {"{\"n\":1,\"place\":{\"lon\":1e999,\"lat\":0}}", "place", "input.number_large"},
        {"{\"n\":1,\"title\":\"a\\\"b\\ud800c\"}", "title", "input.utf8"},
        {"{\"n\":1,\"title\":\"\xff\"}", "title", "input.utf8"},
        {"{\"n\":1,\"title\":abc}", "", "input.syntax"},
        {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]", "",
         "input.syntax"},
    };
    struct arena a;
    struct thing t;
    struct errors e;
    arena_init(&a, 0);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        CHECK(!json(&a, table[i].text, &t, &e));
        CHECK_STR(str_c(e.v[0].field), str_c(table[i].field));
        CHECK_STR(str_c(e.v[0].key), str_c(table[i].key));
    }
    CHECK(json(&a, "{\"n\":1,\"title\":\"一二\",\"pay_fen\":100}", &t, &e));
    CHECK(json(&a, "{\"n\":99,\"title\":\"一二三四\",\"pay_fen\":1000000}", &t, &e));
    CHECK(!json(&a, "{\"n\":1,\"pay_fen\":99}", &t, &e));
    CHECK_STR(e.v[0].arg, S("100"));
    CHECK(!form(&a, "n=1&pay_fen=0.99", &t, &e));
    CHECK_STR(str_c(e.v[0].key), S("input.min_yuan"));
    CHECK_STR(e.v[0].arg, S("1"));
    CHECK(!json(&a, "{\"n\":0,\"color\":\"x\",\"title\":3}", &t, &e) && e.n == 3);
    arena_done(&a);
}

TEST(all_errors_are_named_at_once_and_each_field_once)
{
    struct arena a;
    struct thing t;
    struct errors e;
    arena_init(&a, 0);
    CHECK(!json(&a, "{\"nope\":1,\"color\":\"mauve\",\"n\":\"many\",\"title\":\"x\",\"pay_fen\":1}", &t, &e));
    CHECK_EQ(e.n, 5); /* unknown, no choice, no number, too short, too little */
    CHECK(!form(&a, "color=mauve&title=x&pay_fen=0.5", &t, &e));
    CHECK_EQ(e.n, 4); /* and n is missing */
    arena_done(&a);
}

TEST(forms_take_yuan_local_times_and_repeated_names)
{
    struct arena a;
    struct thing t;
    struct errors e;
    arena_init(&a, 0);
    CHECK(form(&a,
               "n=7&pay_fen=260.5&at_ms=2026-11-24T08%3A30&day=2026-11-24&marks=a&marks=b&on=on"
               "&title=%E8%BD%A6+%E4%BD%8D&place_lon=113.3&place_lat=23.1&color=green",
               &t, &e));
    CHECK_EQ(t.pay_fen, 26050);
    CHECK_EQ(t.marks, 3);
    CHECK_EQ(cal_minute(t.at_ms), 510);
    CHECK_STR(t.title, S("车 位"));
    CHECK(t.place.lat == 23.1 && t.on && t.color == 1);
    CHECK(!form(&a, "n=7&pay_fen=1.234", &t, &e));
    CHECK_STR(str_c(e.v[0].key), S("input.money"));
    CHECK(!form(&a, "n=7&title=%ff%fe", &t, &e));
    CHECK_STR(str_c(e.v[0].key), S("input.utf8"));
    CHECK(!form(&a, "n=7&title=%4", &t, &e));
    CHECK(!form(&a, "n=&title=ab", &t, &e));
    CHECK_STR(str_c(e.v[0].key), S("input.required"));
    arena_done(&a);
}

TEST(rows_keep_every_kind_and_seal_what_is_personal)
{
    struct arena a;
    struct thing t = {.id = 7,
                      .city = 440100,
                      .n = 3,
                      .pay_fen = 5,
                      .at_ms = 9,
                      .day = 20000,
                      .color = 1,
                      .marks = 5,
                      .on = true,
                      .title = S("车位"),
                      .phone = S("13812345678"),
                      .place = {113.5, 23.25}},
                 back = {0};
    struct seal *seal = seal_test();
    arena_init(&a, 0);
    CHECK_EQ(record_width(&thing), 14);
    struct val *v = record_to_vals(&a, &thing, seal, &t);
    for (size_t i = 0; i < record_width(&thing); i++)
        if (v[i].kind == VAL_BLOB || v[i].kind == VAL_TEXT)
            CHECK(str_find(v[i].s, S("138123")) < 0);
    record_from_row(&a, &thing, seal, v, &back);
    CHECK(back.id == 7 && back.marks == 5 && back.on && back.color == 1 && back.place.lon == 113.5);
    CHECK_STR(back.phone, t.phone);
    v[0] = I(8); /* the sealed value copied to another row does not open */
    record_from_row(&a, &thing, seal, v, &back);
    CHECK_STR(back.phone, S("?"));
    seal_free(seal);
    arena_done(&a);
}

TEST(seals_detect_a_changed_bit)
{
    struct arena a;
    struct seal *s = seal_test();
    struct seal_where w = {"person", "phone", 440100, 5};
    struct str plain;
    arena_init(&a, 0);
    struct str sealed = seal_put(s, &a, w, S("13812345678"));
    CHECK(seal_get(s, &a, w, sealed, &plain));
    CHECK_STR(plain, S("13812345678"));
    for (size_t i = 0; i < sealed.n; i++) {
        char *p = str_z(&a, sealed);
        p[i] ^= 4;
        CHECK(!seal_get(s, &a, w, (struct str){p, sealed.n}, &plain));
    }
    CHECK(!str_eq(sealed, seal_put(s, &a, w, S("13812345678"))));
    CHECK(str_eq(seal_blind(s, &a, "p", 1, S("x")), seal_blind(s, &a, "p", 1, S("x"))));
    CHECK(!str_eq(seal_blind(s, &a, "p", 1, S("x")), seal_blind(s, &a, "p", 2, S("x"))));
    /* every byte counts, also behind a zero: a code is bound to a blind index, which is bytes */
    CHECK(!str_eq(seal_mac(s, &a, "p", S("i\0" "123456")), seal_mac(s, &a, "p", S("i\0" "000000"))));
    CHECK(!str_eq(seal_blind(s, &a, "p", 1, S("i\0x")), seal_blind(s, &a, "p", 1, S("i\0y"))));
    CHECK_STR(seal_mask(&a, SEAL_NAME, S("陈小红")), S("陈**"));
    CHECK_STR(seal_mask(&a, SEAL_IDNUM, S("440102199001011234")), S("440***********1234"));
    CHECK_STR(seal_mask(&a, SEAL_NOTE, S("家里有老人")), S("***"));
    seal_free(s);
    arena_done(&a);
}

TEST(a_bad_byte_in_a_csv_spoils_its_row_only)
{
    /* 零工 in UTF-8 a few times, in GB18030 a few times: each with one bad row */
    static const char *const files[] = {"零工零工零工零工零工零工零工零工零工,1\n零\xff工,2\n\"a\xff\nb\",c\n零工,3\n零工零工零工零工零工零工零工零工零工零工零工零工,4\n",
                                        "\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4"
                                        "\xc1\xe3\xb9\xa4\xc1\xe3\xb9\xa4,1\n\xff,2\n\xc1\xe3\xb9\xa4,3\n"};
    static const char *const said[] = {"cell 1 has a byte that is no UTF-8 text", "cell 1 has a byte that is no GB18030 text"};
    static const enum csv_result rows[2][6] = {{CSV_ROW, CSV_BAD, CSV_BAD, CSV_ROW, CSV_ROW, CSV_END}, {CSV_ROW, CSV_BAD, CSV_ROW, CSV_END, CSV_END, CSV_END}};
    struct str cell[CSV_COLUMNS], why;
    struct arena a;
    struct csv c;
    size_t n;
    arena_init(&a, 0);
    for (int f = 0; f < 2; f++) {
        CHECK(csv_open(&c, &a, str_c(files[f]), &why) && c.was_gb18030 == (f == 1));
        for (int i = 0; i < 6; i++)
            CHECK_EQ(csv_next(&c, cell, &n, &why), rows[f][i]);
        CHECK_STR(why, str_c(said[f]));
    }
    arena_done(&a);
}

TEST(a_csv_whose_lines_end_in_a_carriage_return_has_rows)
{
    struct str cell[CSV_COLUMNS], why;
    struct arena a;
    struct csv c;
    size_t n;
    arena_init(&a, 0);
    CHECK(csv_open(&c, &a, S("a,b\r1,\"2\"\r3,4"), &why));
    for (int i = 0; i < 3; i++)
        CHECK(csv_next(&c, cell, &n, &why) == CSV_ROW && n == 2);
    CHECK_STR(cell[1], S("4"));
    CHECK_EQ(csv_next(&c, cell, &n, &why), CSV_END);
    arena_done(&a);
}

/* What becomes of each row of a file: '.' taken, 'x' bad; and the line of each. */
static void check_rows(const char *file, const char *rows, const char *lines)
{
    struct str cell[CSV_COLUMNS], why;
    struct arena a;
    struct csv c;
    size_t n;
    arena_init(&a, 0);
    CHECK(csv_open(&c, &a, str_c(file), &why));
    for (size_t i = 0; i < strlen(rows); i++) {
        CHECK_EQ(csv_next(&c, cell, &n, &why), rows[i] == '.' ? CSV_ROW : CSV_BAD);
        CHECK_EQ(c.line, lines[i] - '0');
        if (rows[i] == 'x')
            CHECK_STR(why, S("a quote is never closed"));
    }
    CHECK_EQ(csv_next(&c, cell, &n, &why), CSV_END);
    arena_done(&a);
}

TEST(an_open_quote_in_a_csv_takes_no_other_row_with_it)
{
    check_rows("i,t,a,b,c,d,e\n1,t,,,,\"12寸,\n2,t,,,,中,\n3,t,,,,中,\n4,t,,,,\"纸,箱\",\n5,t,,,,,", ".x....", "123456");
    check_rows("i,t,a,b,c,d,e\n1,t,,,,\"12寸,\n2,t,,,,中,\n3,t,,,,24\",\n4,t,,,,,\n", ".x...", "12345"); /* closes where a row would */
    check_rows("i,t,a,b,c,d,e\n1,t,,,,\"12寸,\n2,t,,,,24\",\n", ".x.", "123");
    check_rows("i,t,a,b,c,d,e\n1,\"12寸,,,,,\n2,t,,,,24\",\n", ".x.", "123"); /* and elsewhere */
    check_rows("i,t,a\n1,t,\"12寸\n2,t,中\n3,t,中\n4,t,24\"\n", ".x...", "12345");
    check_rows("i,t,a,b,c,d,e\n1,t,,,,\"一,\n二,三\n\n四\",\n2,t,,,,,\n", "...", "126"); /* that cell has lines */
    check_rows("i,t\n1,\"一\n二\"\n2,\"a, b\nc, d\"\n", "...", "124");
}

TEST(csv_reads_quotes_encodings_and_names_the_bad_line)
{
    struct arena a;
    struct csv c;
    struct str cell[CSV_COLUMNS], why;
    size_t n;
    arena_init(&a, 0);
    CHECK(csv_open(&c, &a,
                   S("\xef\xbb\xbf"
                     "a,b\r\n\"x\"\"y\n2\",\n\n\"open,z\n"),
                   &why));
    CHECK_EQ(csv_next(&c, cell, &n, &why), CSV_ROW);
    CHECK(n == 2 && c.line == 1);
    CHECK_EQ(csv_next(&c, cell, &n, &why), CSV_ROW);
    CHECK_STR(cell[0], S("x\"y\n2"));
    CHECK(n == 2 && cell[1].n == 0 && c.line == 2);
    CHECK_EQ(csv_next(&c, cell, &n, &why), CSV_BAD);
    CHECK_EQ(c.line, 5);
    CHECK_STR(why, S("a quote is never closed"));
    CHECK_EQ(csv_next(&c, cell, &n, &why), CSV_END);
    CHECK(csv_open(&c, &a, S("\xc1\xe3\xbc\xaf,1\n"), &why) && c.was_gb18030);
    CHECK_EQ(csv_next(&c, cell, &n, &why), CSV_ROW);
    CHECK_STR(cell[0], S("零集"));
    CHECK(!csv_open(&c, &a, S("\xff\xff\x01"), &why));
    struct buf b;
    buf_init(&b, &a, 100);
    csv_cell(&b, S("=1+1"), true);
    csv_cell(&b, S("-5"), false);
    csv_cell(&b, S("a\"b"), false);
    csv_cell(&b, S("＝1+1"), false);
    csv_cell(&b, S("＠x"), false);
    CHECK_STR(buf_str(&b), S("\"'=1+1\",-5,\"a\"\"b\",\"'＝1+1\",\"'＠x\""));
    arena_done(&a);
}
