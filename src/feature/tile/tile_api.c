/* tile_api.c - what map there is, and its tiles. */
#include "feature/tile/tile_store.h"
#include "http/route.h"

struct tile_map {
    int64_t min_zoom, max_zoom;
    struct geo from, to;
    struct str name, attribution;
};
static const struct field fields[] = {
    FIELD(struct tile_map, min_zoom, INT, .see = ANYONE, .put = NOBODY, .doc = "Farthest."),
    FIELD(struct tile_map, max_zoom, INT, .see = ANYONE, .put = NOBODY, .doc = "Nearest."),
    FIELD(struct tile_map, from, GEO, .see = ANYONE, .put = NOBODY, .doc = "South-west corner, WGS-84; null = not said."),
    FIELD(struct tile_map, to, GEO, .see = ANYONE, .put = NOBODY, .doc = "North-east corner."),
    FIELD(struct tile_map, name, TEXT, .see = ANYONE, .put = NOBODY, .doc = "What it is."),
    FIELD(struct tile_map, attribution, TEXT, .see = ANYONE, .put = NOBODY, .doc = "Whose it is, and its review number; to be shown with it."),
    {0}};
static const struct record map_record = {"tile_map", sizeof(struct tile_map), fields, "The background of maps."};

static enum err show(struct request *rq);
static enum err tile(struct request *rq);

enum { DAY_S = 86400 };
static const struct route routes[] = {
    ROUTE(GET, "/api/v1/tiles", ANYONE, show, .out = &map_record, .no_tx = true, .doc = "What map there is here; 404 without one."),
    ROUTE(GET, "/api/v1/tiles/:zoom/:column/:row", ANYONE, tile, .no_tx = true, .doc = "A picture of 256 x 256, web mercator; 404 where there is none."),
    {0}};

static enum err show(struct request *rq)
{
    struct tile_set s;
    enum err e = tile_about(rq, &s);
    if (e)
        return fail(rq, e, NULL);
    struct tile_map m = {s.min_zoom, s.max_zoom, {s.west, s.south}, {s.east, s.north}, s.name, s.attribution};
    return reply_record(rq, 200, &map_record, &m);
}

static enum err tile(struct request *rq)
{
    struct tile_set s;
    struct str picture = S("");
    int64_t at[3] = {-1, -1, -1};
    static const char *const names[] = {"zoom", "column", "row"};
    enum err e = tile_about(rq, &s);
    for (size_t i = 0; i < 3; i++)
        if (!str_i64(param(rq, names[i]), &at[i]))
            at[0] = -1;
    bool known = !e && str_eq(rq->if_none_match, s.version);
    if (!e && !known)
        e = tile_get(rq, at[0], at[1], at[2], &picture);
    if (e)
        return fail(rq, e, NULL);
    rq->reply.etag = s.version;
    rq->reply.max_age_s = DAY_S;
    return reply_text(rq, known ? 304 : 200, s.type, picture);
}

static const struct record *const records[] = {&map_record, NULL};
const struct feature tile_feature = {.name = "tile", .routes = routes, .records = records, .start = tile_start, .stop = tile_stop};
