/* assets.h - files of web/static and web/dist, compressed once, when first asked for: by assets_url, or
 * named by their content, they are cached without end, by plain address they are asked for again with their ETag. */
#pragma once
#include "http/request.h"

struct assets;
struct assets *assets_load(struct arena *a);
/* "/static/lingji.css?v=1a2b3c4d"; empty when there is no such file. */
struct str assets_url(struct assets *s, const char *path);
/* "'sha256-...'": lets the style sheet stand in a page under the content security policy. */
struct str assets_style_source(struct arena *a);
enum err assets_get(struct request *rq); /* handler of GET /static/:name, /app, /app/:name, /sw.js, /favicon.ico */
/* Compresses text bodies over 1 KiB as the caller accepts; sets *ret_encoding or NULL. */
struct str assets_squeeze(struct request *rq, struct str body, const char **ret_encoding);
