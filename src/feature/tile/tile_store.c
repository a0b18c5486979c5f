/* tile_store.c - one read-only connection to the file, used by one thread at a time: a tile takes tens of
 * microseconds. The file belongs to no city, so its queries are not among those of the features. */
#include "feature/tile/tile_store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/log.h"
#include "http/config.h"

struct tiles {
    pthread_mutex_t lock;
    struct arena a; /* its words */
    struct db *db;
    struct conn *conn;
    struct tile_set set;
};

static const struct query about = {"tile.about", "SELECT name, value FROM metadata"};
static const struct query zooms = {"tile.zooms", "SELECT min(zoom_level), max(zoom_level) FROM tiles"};
static const struct query get = {
    "tile.get", "SELECT tile_data FROM tiles WHERE zoom_level = $1 AND tile_column = $2 AND tile_row = $3"};

/* "(c) <a href=..>OpenStreetMap</a>" as "(c) OpenStreetMap". */
static struct str bare(struct arena *a, struct str s)
{
    char *out = arena_alloc(a, s.n + 1);
    size_t n = 0;
    bool inside = false;
    for (size_t i = 0; i < s.n; i++) {
        inside = s.p[i] == '<' || (inside && s.p[i] != '>');
        if (!inside && s.p[i] != '>')
            out[n++] = s.p[i];
    }
    return (struct str){out, n};
}

static const char *type_of(struct str format)
{
    static const char *const types[][2] = {{"png", "image/png"}, {"jpg", "image/jpeg"}, {"jpeg", "image/jpeg"}, {"webp", "image/webp"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_eq(format, str_c(types[i][0])))
            return types[i][1];
    return NULL;
}

/* "113.1,22.9,113.6,23.3" */
static void read_bounds(struct arena *a, struct tile_set *s, struct str text)
{
    double *const to[] = {&s->west, &s->south, &s->east, &s->north};
    for (size_t i = 0; i < 4 && text.n; i++)
        *to[i] = strtod(str_z(a, str_trim(str_cut(&text, ','))), NULL);
}

static enum err read_about(struct tiles *t, struct tx *tx)
{
    struct rows rows;
    struct tile_set *s = &t->set;
    enum err e = db_rows(tx, &t->a, &about, NO_ARGS, &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        struct str name = val_str(row_at(&rows, i)), value = val_str(row_at(&rows, i) + 1);
        if (str_eq(name, S("format")))
            s->type = type_of(value);
        else if (str_eq(name, S("bounds")))
            read_bounds(&t->a, s, value);
        else if (str_eq(name, S("name")))
            s->name = bare(&t->a, value);
        else if (str_eq(name, S("attribution")))
            s->attribution = bare(&t->a, value);
    }
    const struct val *v;
    if (!e)
        e = db_row(tx, &t->a, &zooms, NO_ARGS, &v);
    if (e)
        return e;
    s->min_zoom = val_i64(v);
    s->max_zoom = val_i64(v + 1);
    return v->kind == VAL_NULL || !s->type ? ERR_NONE : OK;
}

static enum err open_file(struct tiles *t, struct str path, struct str *ret_why)
{
    struct tx *tx;
    struct stat st = {0};
    enum err e = db_open(&t->a, str_fmt(&t->a, "sqlite:%.*s?mode=ro", SV(path)), &t->db, ret_why);
    if (!e)
        e = conn_open(t->db, false, &t->conn);
    if (!e)
        e = tx_begin(t->conn, TX_READ, &tx);
    if (e)
        return e;
    e = read_about(t, tx);
    tx_rollback(tx);
    stat(str_z(&t->a, path), &st);
    t->set.version = str_fmt(&t->a, "\"%llx-%llx\"", (unsigned long long)st.st_mtime, (unsigned long long)st.st_size);
    return e;
}

void tile_stop(struct app *app)
{
    struct tiles *t = app->tiles;
    app->tiles = NULL;
    if (!t)
        return;
    conn_free(t->conn);
    db_free(t->db);
    arena_done(&t->a);
    pthread_mutex_destroy(&t->lock);
    xfree(t);
}

enum err tile_start(struct request *rq)
{
    struct str path = rq->app->config->tiles, why = S("no pictures (png, jpg or webp) are in it");
    if (!path.n)
        return OK;
    struct tiles *t = xcalloc(1, sizeof *t);
    arena_init(&t->a, 0);
    pthread_mutex_init(&t->lock, NULL);
    rq->app->tiles = t;
    if (open_file(t, path, &why) == OK)
        return OK;
    log_at(LOG_ERROR, "tiles=%.*s: %.*s", SV(path), SV(why));
    tile_stop(rq->app);
    return OK;
}

enum err tile_about(struct request *rq, struct tile_set *ret)
{
    if (!rq->app->tiles)
        return ERR_NONE;
    *ret = rq->app->tiles->set;
    return OK;
}

enum err tile_get(struct request *rq, int64_t zoom, int64_t column, int64_t row, struct str *ret)
{
    struct tiles *t = rq->app->tiles;
    struct tx *tx;
    const struct val *v;
    if (!t || zoom < t->set.min_zoom || zoom > t->set.max_zoom || zoom > 24 || column < 0 || row < 0 || column >> zoom || row >> zoom)
        return ERR_NONE;
    pthread_mutex_lock(&t->lock);
    enum err e = tx_begin(t->conn, TX_READ, &tx);
    if (!e) {
        e = db_row(tx, rq->a, &get, ARGS(I(zoom), I(column), I((1 << zoom) - 1 - row)), &v); /* the file counts from the south */
        tx_rollback(tx);
    }
    pthread_mutex_unlock(&t->lock);
    if (!e)
        *ret = val_str(v);
    return e;
}
