/* backup_test.c - what serve copies by itself, and who sees that it did not. */
#include <sys/stat.h>
#include <unistd.h>

#include "app_fixture.h"
#include "db_fixture.h"
#include "test.h"

static bool metric(struct town *t, const char *line)
{
    struct str all = town_call(t, GET, "/metrics", "", S("")).body;
    return str_find(all, str_fmt(&t->a, "\n%s\n", line)) >= 0;
}

static void copies(struct town *t)
{
    struct str dir = str_fmt(&t->a, "%s/apart", fresh_folder());
    const char *copy = str_z(&t->a, str_fmt(&t->a, "%.*s/hourly-09.db", SV(dir)));
    bool lite = db_single_writer(t->app.db); /* PostgreSQL has its own tools */
    t->config.backup_dir = dir;
    cmd_back_up(&t->app); /* the disk is not there */
    CHECK(metric(t, lite ? "lingji_backups_failed_total 1" : "lingji_backups_failed_total 0"));
    CHECK(metric(t, "lingji_backups_total 0"));
    CHECK(metric(t, "lingji_backup_last_timestamp_seconds 0"));
    BUG_ON(mkdir(str_z(&t->a, dir), 0700));
    cmd_back_up(&t->app);
    CHECK((access(copy, F_OK) == 0) == lite);
    CHECK(metric(t, lite ? "lingji_backups_total 1" : "lingji_backups_total 0"));
    CHECK(metric(t, str_z(&t->a, str_fmt(&t->a, "lingji_backup_last_timestamp_seconds %lld", lite ? (long long)t->now_ms / 1000 : 0))));
    cmd_back_up(&t->app); /* in the same hour, over the one before */
    CHECK(metric(t, lite ? "lingji_backups_total 2" : "lingji_backups_total 0"));
}

TEST(a_copy_that_serve_could_not_make_is_seen_in_the_metrics)
{
    each_town(copies);
}
