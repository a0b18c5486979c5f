/* openapi.h - the OpenAPI 3.1 document, made from the route and field tables; nothing is written twice. */
#pragma once
#include "http/app.h"

struct buf;
struct router;
void openapi_print(const struct feature *const *features, const struct router *router, struct buf *out);
extern const struct feature openapi_feature; /* GET /openapi.json */
