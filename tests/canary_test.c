/* canary_test.c - invariant I12: what people told in confidence lies open nowhere in the files of the
 * database, neither in its pages nor in the log of writes, whatever table it went through. */
#include "app_fixture.h"
#include "base/file.h"
#include "base/str.h"
#include "test.h"

static const char *const told[] = {"13876543210", "13698765432", "钱多多益", "440102199003072976", "11010519491231002X", "老父偏瘫在家", "工头借酒骂人", "街道认定第七号", "landless",
                                   "孩子没人接送", "13611122233",
                                   "上周的钱没给", "查实欠她三百", "河边老屋二楼", "欧阳老板娘来电", "13655556666", "诸葛掌柜", "执照是别家的", "健字七七八九"};

/* What is told of a firm that a desk wrote down: by whoever speaks for it, and by whoever says that it is his. */
static void tell_of_firm(struct town *t, struct str desk, struct str worker, struct str claims)
{
    struct str firm = town_made(t, "/api/v1/employers", "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726XG\",\"district\":440105,\"address\":\"凤阳街1号\",\"contact\":\"诸葛掌柜\",\"phone\":\"13655556666\"}", desk);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/employers/", firm, "/verify"), "{}", desk).status, 204);
    town_made(t, "/api/v1/employers", "{\"kind\":\"household\",\"name\":\"凤阳街一家\",\"id_number\":\"11010519491231002X\",\"district\":440105,\"contact\":\"诸葛掌柜\",\"phone\":\"13655556666\"}", desk);
    struct answer a = town_call(t, POST, "/api/v1/jobs", town_at(t, "{\"employer_id\":\"", firm,
        "\",\"title\":\"明处的车位\",\"text\":\"会平车和锁边\",\"address\":\"海珠区凤阳街\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"day\",\"valid_to\":"
        "\"2026-11-30\",\"start_ms\":\"2026-11-27T08:30:00+08:00\",\"end_ms\":\"2026-11-27T16:00:00+08:00\",\"cap\":2}"), desk);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status, 204);
    struct str hire = town_made(t, town_at(t, "/api/v1/shifts/", json_value(t, a.body, "shift_id"), "/take"), "{}", worker);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{\"side\":\"employer\",\"reason\":\"欧阳老板娘来电\"}", desk).status, 200);
    CHECK(str_find(town_call(t, GET, town_at(t, "/my/", hire, ""), "", worker).body, S("欧阳老板娘来电")) > 0);
    struct str claim = town_made(t, "/api/v1/employer-claims", town_at(t, "{\"employer_id\":\"", firm, "\",\"contact\":\"诸葛掌柜\"}"), claims);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/employer-claims/", claim, "/decide"), "{\"yes\":false,\"reason\":\"执照是别家的\"}", desk).status, 204);
}

/* One of each kind of confidence, through the routes that take them. */
static void tell(struct town *t)
{
    int64_t id, employer;
    struct str desk = town_staff(t, CONSULTANT, 440105), boss = town_employer(t, "锦裳制衣厂", &employer);
    struct str worker = town_seeker(t, "13876543210", &id);
    struct str person = town_made(t, "/api/v1/people", "{\"name\":\"钱多多益\",\"phone\":\"13698765432\",\"id_number\":\"440102199003072976\",\"note\":\"老父偏瘫在家\",\"home_text\":\"河边老屋二楼\"}", desk);
    town_made(t, town_at(t, "/api/v1/people/", person, "/talks"), "{\"note\":\"孩子没人接送\",\"step\":\"下周再来\"}", desk);
    town_made(t, town_at(t, "/api/v1/people/", person, "/support"), "{\"what\":\"landless\",\"reason\":\"街道认定第七号\"}", desk);
    struct answer a = town_call(t, POST, "/api/v1/jobs", "{\"title\":\"明处的帮工\",\"text\":\"洗碗、择菜、打饭\",\"address\":\"海珠区凤阳街\","
        "\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
        "\"end_ms\":\"2026-11-25T16:00:00+08:00\",\"cap\":2,\"district\":440105}", boss);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status / 100, 2);
    struct str hire = town_made(t, town_at(t, "/api/v1/shifts/", json_value(t, a.body, "shift_id"), "/take"), "{}", worker);
    town_made(t, town_at(t, "/api/v1/hires/", hire, "/block"), "{\"reason\":\"工头借酒骂人\"}", worker);
    int64_t claims;
    tell_of_firm(t, desk, worker, town_seeker(t, "13611122233", &claims));
    town_made(t, town_at(t, "/api/v1/people/", person, "/certificates"), "{\"paper\":\"health\",\"to_day\":\"2027-01-01\",\"number\":\"健字七七八九\"}", desk);
    struct str complaint = town_made(t, "/api/v1/complaints", "{\"what\":\"unpaid\",\"about\":\"上周的钱没给\",\"phone\":\"13611122233\"}", S(""));
    struct str mediator = town_staff(t, MEDIATOR, 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/complaints/", complaint, "/close"), "{\"result\":\"upheld\",\"reason\":\"查实欠她三百\"}", mediator).status, 204);
    struct str seen = town_call(t, GET, "/api/v1/complaints", "", mediator).body;
    CHECK(str_find(seen, S("上周的钱没给")) > 0 && str_find(seen, S("查实欠她三百")) > 0); /* and is read by whom it concerns */
}

static void canaries(struct town *t)
{
    struct str pages, log;
    tell(t);
    if (!str_starts(t->config.db, S("sqlite:")))
        return; /* the rows are the same; only SQLite's files are ours to read */
    const char *file = t->config.db.p + 7;
    CHECK(file_read(&t->a, file, 64 << 20, &pages));
    CHECK(file_read(&t->a, str_z(&t->a, str_fmt(&t->a, "%s-wal", file)), 64 << 20, &log));
    CHECK(str_find(pages, S("明处的帮工")) >= 0 || str_find(log, S("明处的帮工")) >= 0); /* what is public can be found */
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        if (str_find(pages, str_c(told[i])) >= 0 || str_find(log, str_c(told[i])) >= 0)
            test_fail(__FILE__, __LINE__, told[i]);
}

TEST(nothing_told_in_confidence_lies_open_in_the_files_of_the_database)
{
    each_town(canaries);
}
