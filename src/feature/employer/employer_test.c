/* employer_test.c - the code of an employer. */
#include <string.h>

#include "app_fixture.h"
#include "feature/employer/employer_rules.h"
#include "test.h"

TEST(a_social_credit_code_is_right_only_with_its_check_character)
{
    static const char *const right[] = {"9144030071526726XG", "914403001922038216", "91330100799655058B"}; /* of the public register */
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        char z[20];
        CHECK(uscc_ok(str_c(right[i])));
        for (int k = 0; k < 18; k++) { /* one character wrong, anywhere */
            memcpy(z, right[i], 19);
            z[k] = z[k] == '7' ? '2' : '7';
            CHECK(!uscc_ok(str_c(z)));
        }
    }
    CHECK(!uscc_ok(S("")) && !uscc_ok(S("9144030071526726X")) && !uscc_ok(S("9144030071526726XGG")));
    CHECK(!uscc_ok(S("9144030071526726IG")) && !uscc_ok((struct str){"9144030071526726\0G", 18})); /* I is no letter of it */
}

static void registering(struct town *t)
{
    int64_t id;
    struct str who = town_seeker(t, "13811110001", &id);
    static const char body[] = "{\"name\":\"腾云制衣\",\"uscc\":\"%s\",\"address\":\"海珠区凤阳街1号\",\"contact\":\"李经理\",\"phone\":\"13822220001\"}";
    struct answer a = town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, body, "9144030071526726X0")), who);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/uscc\"")) > 0);
    a = town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, body, "9144030071526726xg")), who);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "uscc"), S("9144030071526726XG"));
}

TEST(an_employer_registers_with_a_code_that_can_be_right)
{
    each_town(registering);
}
