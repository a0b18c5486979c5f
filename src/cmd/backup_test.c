/* backup_test.c - what serve copies by itself, and who sees that it did not. */
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "app_fixture.h"
#include "db_fixture.h"
#include "http/ops.h"
#include "test.h"

static bool metric(struct town *t, const char *line)
{
    struct str all = town_call(t, GET, "/metrics", "", S("")).body;
    return str_find(all, str_fmt(&t->a, "\n%s\n", line)) >= 0;
}

static struct str machine(struct town *t, const char *name, struct str admin)
{
    struct answer a = town_call(t, GET, "/api/v1/machine", "", admin);
    CHECK_EQ(a.status, 200);
    return json_value(t, a.body, name);
}

static void copies(struct town *t)
{
    struct str admin = town_staff(t, CITY_ADMIN, 0), null = S("null");
    struct str dir = str_fmt(&t->a, "%s/apart", fresh_folder());
    const char *copy = str_z(&t->a, str_fmt(&t->a, "%.*s/hourly-09.db", SV(dir)));
    bool lite = db_single_writer(t->app.db); /* PostgreSQL has its own tools */
    t->config.backup_dir = dir;
    cmd_back_up(&t->app); /* the disk is not there */
    CHECK(metric(t, lite ? "lingji_backups_failed_total 1" : "lingji_backups_failed_total 0"));
    CHECK(metric(t, "lingji_backups_total 0"));
    CHECK(metric(t, "lingji_backup_last_timestamp_seconds 0"));
    CHECK(str_eq(machine(t, "backup_failed_ms", admin), null) == !lite);
    CHECK_STR(machine(t, "backup_ms", admin), null);
    BUG_ON(mkdir(str_z(&t->a, dir), 0700));
    cmd_back_up(&t->app);
    CHECK((access(copy, F_OK) == 0) == lite);
    CHECK(metric(t, lite ? "lingji_backups_total 1" : "lingji_backups_total 0"));
    CHECK(metric(t, str_z(&t->a, str_fmt(&t->a, "lingji_backup_last_timestamp_seconds %lld", lite ? (long long)t->now_ms / 1000 : 0))));
    CHECK_STR(machine(t, "backup_failed_ms", admin), null);
    CHECK(str_eq(machine(t, "backup_ms", admin), null) == !lite);
    cmd_back_up(&t->app); /* in the same hour, over the one before */
    CHECK(metric(t, lite ? "lingji_backups_total 2" : "lingji_backups_total 0"));
}

TEST(a_copy_that_serve_could_not_make_is_seen_in_the_metrics_and_by_an_administrator)
{
    each_town(copies);
}

static void room(struct town *t)
{
    struct str admin = town_staff(t, CITY_ADMIN, 0), district = town_staff(t, CITY_ADMIN, 440105);
    struct statvfs st;
    int64_t free_mb;
    BUG_ON(statvfs(str_z(&t->a, t->config.data), &st));
    CHECK_STR(machine(t, "disk_low", admin), disk_is_low(st.f_bavail * st.f_frsize, st.f_blocks * st.f_frsize) ? S("true") : S("false"));
    CHECK(str_i64(machine(t, "disk_free_mb", admin), &free_mb) && free_mb > 0);
    CHECK_EQ(town_call(t, GET, "/api/v1/machine", "", district).status, 403);
}

TEST(an_administrator_of_the_whole_city_sees_how_much_room_the_disk_has)
{
    each_town(room);
}

TEST(a_disk_is_low_below_a_gigabyte_or_a_twentieth)
{
    const uint64_t gb = 1ull << 30;
    CHECK(disk_is_low(gb - 1, 2 * gb) && !disk_is_low(gb, 2 * gb));
    CHECK(disk_is_low(4 * gb, 100 * gb) && !disk_is_low(5 * gb, 100 * gb));
    CHECK(disk_is_low(0, 0));
}
