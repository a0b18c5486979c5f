/* tile_test.c - a map out of a file of four tiles that the test makes. */
#include <stdio.h>
#include <unistd.h>

#include "app_fixture.h"
#include "feature/tile/tile_store.h"
#include "test.h"

static const char *make(struct arena *a, const char *format)
{
    struct db *db;
    struct conn *c;
    struct str why;
    const char *path = str_z(a, str_fmt(a, "/tmp/lingji-tiles-%d-%s", (int)getpid(), format));
    BUG_ON(db_open(a, str_fmt(a, "sqlite:%s", path), &db, &why) || conn_open(db, true, &c));
    CHECK_EQ(conn_script(c, S("CREATE TABLE metadata (name TEXT, value TEXT); CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER,"
                              " tile_row INTEGER, tile_data BLOB, PRIMARY KEY (zoom_level, tile_column, tile_row));"
                              "INSERT INTO metadata VALUES ('name', 'city'), ('bounds', '112.9,22.5,114.1,23.9'),"
                              " ('attribution', '<a href=x>map</a> GS(2026)1')")),
             OK);
    CHECK_EQ(conn_script(c, str_fmt(a, "INSERT INTO metadata VALUES ('format', '%s')", format)), OK);
    CHECK_EQ(conn_script(c, S("INSERT INTO tiles VALUES (10, 833, 579, x'0102'), (10, 834, 579, x'0304'), (11, 1667, 1159, x'05')")), OK);
    conn_free(c);
    db_free(db);
    return path;
}

static void drop(struct arena *a, const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm", ".lock"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        unlink(str_z(a, str_fmt(a, "%s%s", path, ends[i])));
}

static void open_tiles(struct town *t, struct config *c, const char *path)
{
    *c = *t->app.config;
    c->tiles = str_c(path);
    t->app.config = c;
    CHECK_EQ(app_read(&t->app, tile_start, NULL), OK);
}

static void sample(struct town *t)
{
    struct config c;
    CHECK_EQ(town_call(t, GET, "/api/v1/tiles", "", S("")).status, 404); /* none configured: screens draw their own */
    const char *path = make(&t->a, "png");
    open_tiles(t, &c, path);
    struct answer a = town_call(t, GET, "/api/v1/tiles", "", S(""));
    CHECK(a.status == 200 && str_find(a.body, S("\"min_zoom\":10,\"max_zoom\":11")) > 0);
    CHECK(str_find(a.body, S("\"attribution\":\"map GS(2026)1\"")) > 0);
    CHECK_STR(town_call(t, GET, "/api/v1/tiles/10/833/444", "", S("")).body, S("\x01\x02")); /* counted from the north */
    CHECK_STR(town_call(t, GET, "/api/v1/tiles/11/1667/888", "", S("")).body, S("\x05"));
    static const char *const none[] = {"/api/v1/tiles/10/833/445", "/api/v1/tiles/9/416/222", "/api/v1/tiles/12/3334/1776",
                                       "/api/v1/tiles/10/-1/444", "/api/v1/tiles/10/99999/444", "/api/v1/tiles/x/833/444"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        CHECK_EQ(town_call(t, GET, none[i], "", S("")).status, 404);
    tile_stop(&t->app);
    drop(&t->a, path);
    t->app.config = &t->config;
}

TEST(tiles_come_out_of_the_file_and_nowhere_else)
{
    each_town(sample);
}

static void sample_wrong(struct town *t)
{
    struct config c;
    const char *path = make(&t->a, "pbf");
    open_tiles(t, &c, path); /* no pictures in it: said in the log, and the market starts without a map */
    CHECK_EQ(town_call(t, GET, "/api/v1/tiles", "", S("")).status, 404);
    t->app.config = &t->config;
    open_tiles(t, &c, "nowhere.mbtiles");
    CHECK_EQ(town_call(t, GET, "/api/v1/tiles", "", S("")).status, 404);
    drop(&t->a, path);
    t->app.config = &t->config;
}

TEST(a_file_without_pictures_stops_nobody)
{
    each_town(sample_wrong);
}
