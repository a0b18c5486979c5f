/* openapi_test.c - the document is JSON, names every route, and every reference in it exists. */
#include <jansson.h>
#include <stdio.h>

#include "app_fixture.h"
#include "base/buf.h"
#include "http/openapi.h"
#include "http/router.h"
#include "test.h"

static bool is_there(json_t *components, struct str ref)
{
    char kind[40], name[80];
    return sscanf(ref.p, "#/components/%39[a-z]/%79s", kind, name) == 2 &&
           json_object_get(json_object_get(components, kind), name);
}

static void follow(json_t *node, json_t *components, int *refs)
{
    const char *key;
    json_t *v;
    size_t i;
    json_object_foreach(node, key, v)
    {
        struct str s = str_c(json_string_value(v));
        if (str_eq(str_c(key), S("$ref"))) {
            (*refs)++;
            CHECK(is_there(components, s));
        }
        follow(v, components, refs);
    }
    json_array_foreach(node, i, v) follow(v, components, refs);
}

TEST(the_openapi_document_is_whole)
{
    struct arena a;
    struct router *r;
    struct str why;
    struct buf b;
    size_t n, paths = 0;
    json_error_t e;
    arena_init(&a, 0);
    buf_init(&b, &a, 8 << 20);
    CHECK(router_new(&a, features, &r, &why) == OK);
    openapi_print(features, r, &b);
    json_t *root = json_loadb(b.p, b.n, JSON_REJECT_DUPLICATES, &e);
    if (!root)
        test_fail(__FILE__, __LINE__, e.text);
    const char *path;
    json_t *item;
    json_object_foreach(json_object_get(root, "paths"), path, item) paths += json_object_size(item);
    router_routes(r, &n);
    CHECK_EQ(paths, n);
    int refs = 0;
    follow(root, json_object_get(root, "components"), &refs);
    CHECK(refs > 60);
    json_decref(root);
    arena_done(&a);
}
