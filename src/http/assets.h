/* assets.h - files under web/static: hashed names for endless caching, compressed once at start. */
#pragma once
#include "http/request.h"

struct assets;
struct assets *assets_load(struct arena *a);
/* "/static/lingji.css?v=1a2b3c4d"; empty when there is no such file. */
struct str assets_url(const struct assets *s, const char *name);
enum err assets_get(struct request *rq); /* handler of GET /static/:name */
/* Compresses text bodies over 1 KiB as the caller accepts; sets *ret_encoding or NULL. */
struct str assets_squeeze(struct request *rq, struct str body, const char **ret_encoding);
