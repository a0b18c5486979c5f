/* tile_store.h - for tile_api.c. */
#pragma once
#include "feature/tile/tile.h"
#include "http/request.h"

struct tile_set {
    int64_t min_zoom, max_zoom;
    double west, south, east, north;  /* degrees, WGS-84 */
    struct str name, attribution;     /* plain words: what is in <> is left out */
    const char *type;                 /* content type of its tiles */
    struct str version;               /* changes with the file; quoted, an ETag */
};
/* ERR_NONE when no file is configured or it holds no pictures. The words live as long as the process. */
MUST_USE enum err tile_about(struct request *rq, struct tile_set *ret);
/* Row counted from the north, as browsers do. ERR_NONE outside of what there is. O(log tiles) */
MUST_USE enum err tile_get(struct request *rq, int64_t zoom, int64_t column, int64_t row, struct str *ret);
/* Opens the file of the configuration; what is wrong with it is logged, and then there is no map. */
enum err tile_start(struct request *rq);
void tile_stop(struct app *app);
