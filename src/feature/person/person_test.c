/* person_test.c - what a seeker reads and writes about himself; on every engine. */
#include "app_fixture.h"
#include "test.h"

static bool says(struct str page, const char *words)
{
    return str_find(page, str_c(words)) >= 0;
}

static void own_place(struct town *t)
{
    int64_t person;
    struct str me = town_seeker(t, "13822220001", &person), page = town_browse(t, GET, "/me/edit", "", me).body;
    const char *mine = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person));
    CHECK(says(page, "type=\"hidden\" name=\"home_lon\"") && says(page, "type=\"hidden\" name=\"home_lat\""));
    CHECK(!says(page, "经度") && says(page, "附近</p>")); /* 113.3, 23.1 by its name */
    CHECK(says(page, "还没有位置")); /* where the child goes */
    CHECK(!says(page, "没找到"));
    struct answer a = town_browse(t, POST, mine, "home_text=棠下&home_lon=113.300000&home_lat=23.100000&care_lon=113.384&care_lat=23.133", me);
    CHECK_STR(a.location, S("/"));
    page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "棠下附近") && says(page, "棠东附近"));
    a = town_browse(t, POST, mine, "home_text=天河堂下&home_lon=113.382000&home_lat=23.134000", me);
    CHECK_STR(a.location, S("/me/edit")); /* saved, and said there */
    page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "没找到这个地方") && says(page, "<b>天河堂下</b>") && says(page, "、棠下"));
    a = town_browse(t, POST, mine, "home_text=天河堂下&home_lon=113.382&home_lat=23.134", me); /* where he is now */
    CHECK_STR(a.location, S("/"));
    CHECK(!says(town_browse(t, GET, "/me/edit", "", me).body, "没找到"));
    t->app.demo = true;
    town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13822220009\"}", S(""));
    me = town_call(t, POST, "/api/v1/sign-in/code", "{\"phone\":\"13822220009\",\"code\":\"123456\"}", S("")).token;
    a = town_browse(t, POST, "/api/v1/people", "name=李四&trade=sewing&home_text=月亮", me);
    CHECK_STR(a.location, S("/me/edit"));
    page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "没找到这个地方") && !says(page, "您说的是不是"));
}

TEST(a_place_is_said_in_words_and_one_that_nobody_knows_is_said_to_be_unknown)
{
    each_town(own_place);
}
