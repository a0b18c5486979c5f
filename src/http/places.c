/* places.c - see the header. */
#include "http/places.h"

#include "base/file.h"
#include "http/app.h"
#include "http/embed.h"
#include "record/words.h"

enum { LARGEST = 16 << 20, NEAR_M = 1500, ALIKE = 4 };

/* A name's code is "lon lat", as the list has them. */
static struct geo geo_of(struct str code)
{
    struct geo g = {0, 0};
    struct str lon = str_cut(&code, ' ');
    return str_f64(lon, &g.lon) && str_f64(code, &g.lat) && geo_in_china(g) ? g : (struct geo){0, 0};
}

static bool add_list(struct arena *a, struct gazetteer *g, struct str csv, struct str *ret_why)
{
    static const char *const columns[4] = {"name", "lon", "lat", "name"};
    struct table *t = NEW(a, struct table);
    struct str row[4];
    if (!table_open(a, t, csv, columns, ret_why))
        return false;
    while (table_next(t, row, ret_why)) {
        struct str code = str_fmt(a, "%.*s %.*s", SV(row[1]), SV(row[2]));
        if (geo_known(geo_of(code)))
            gazetteer_add(g, row[0], code);
    }
    return true;
}

enum err places_load(struct arena *a, struct str own, const struct gazetteer **ret, struct str *ret_why)
{
    struct gazetteer *g = gazetteer_new(a);
    struct str bytes, why = S("cannot be read");
    if (own.n && !(file_read(a, str_z(a, own), LARGEST, &bytes) && add_list(a, g, bytes, &why))) {
        *ret_why = str_fmt(a, "places: %.*s: %.*s", SV(own), SV(why));
        return ERR_INPUT;
    }
    if (!add_list(a, g, embedded_find("rules/places.csv")->data, ret_why))
        return ERR_INPUT;
    *ret = g;
    return OK;
}

struct geo place_of(const struct request *rq, struct str address)
{
    return rq->app->places ? geo_of(gazetteer_find(rq->app->places, address)) : (struct geo){0, 0};
}

struct str place_words(const struct request *rq, struct geo place)
{
    double best_m = NEAR_M;
    struct str name = S(""), word, code;
    for (size_t at = 0; geo_known(place) && rq->app->places && gazetteer_next(rq->app->places, &at, &word, &code);) {
        double m = geo_m(place, geo_of(code));
        if (m >= best_m)
            continue;
        best_m = m;
        name = word;
    }
    return !geo_known(place) ? S("") : name.n ? text_with(rq, "shell.place_near", name) : text(rq, "shell.place_kept");
}

struct str place_alike(const struct request *rq, struct str address)
{
    struct str names[ALIKE], all = S("");
    size_t n = rq->app->places ? gazetteer_alike(rq->app->places, address, names, ALIKE) : 0;
    for (size_t i = 0; i < n; i++)
        all = str_fmt(rq->a, "%.*s%s%.*s", SV(all), !i ? "" : rq->lang ? ", " : "、", SV(names[i]));
    return all;
}
