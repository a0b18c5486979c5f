/* openapi.c - paths from routes, schemas from field tables. */
#include "http/openapi.h"

#include <string.h>

#include "base/buf.h"
#include "http/route.h"
#include "http/router.h"

enum { MAX_DOCUMENT = 4 << 20 };

/* JSON type, format and bounds of one field. */
static void print_type(struct buf *b, const struct field *f)
{
    static const char *const types[] = {
        [FIELD_INT] = "\"type\":\"integer\"",
        [FIELD_FEN] = "\"type\":\"integer\",\"format\":\"int64\"",
        [FIELD_ID] = "\"type\":[\"string\",\"null\"],\"pattern\":\"^[0-9]*$\"",
        [FIELD_MS] = "\"type\":[\"string\",\"null\"],\"format\":\"date-time\"",
        [FIELD_DAY] = "\"type\":[\"string\",\"null\"],\"format\":\"date\"",
        [FIELD_DATE] = "\"type\":[\"string\",\"null\"],\"format\":\"date\"",
        [FIELD_BOOL] = "\"type\":\"boolean\"",
        [FIELD_ENUM] = "\"type\":\"string\"",
        [FIELD_MASK] = "\"type\":\"array\",\"uniqueItems\":true",
        [FIELD_TEXT] = "\"type\":\"string\"",
        [FIELD_GEO] = ("\"type\":[\"object\",\"null\"],\"properties\":{\"lon\":{\"type\":\"number\"},"
                       "\"lat\":{\"type\":\"number\"}},\"required\":[\"lon\",\"lat\"]"),
        [FIELD_BLOB] = "\"type\":\"string\",\"contentEncoding\":\"base64\""};
    buf_put(b, str_c(types[f->kind]));
    bool text = f->kind == FIELD_TEXT;
    if (f->max && (text || f->kind == FIELD_INT || f->kind == FIELD_FEN))
        buf_fmt(b, ",\"%s\":%lld", text ? "maxLength" : "maximum", (long long)f->max);
    if (f->min > 0 && f->kind == FIELD_TEXT)
        buf_fmt(b, ",\"minLength\":%lld", (long long)f->min);
    if (!f->choices)
        return;
    buf_put(b, f->kind == FIELD_MASK ? S(",\"items\":{\"type\":\"string\",\"enum\":[") : S(",\"enum\":["));
    for (int i = 0; f->choices[i].key; i++)
        buf_fmt(b, "%s\"%s\"", i ? "," : "", f->choices[i].key);
    buf_put(b, f->kind == FIELD_MASK ? S("]}") : S("]"));
}

static void print_roles(struct buf *b, uint32_t roles)
{
    const char *comma = "";
    buf_c(b, '[');
    for (int bit = 0; bit < 13; bit++)
        if (roles >> bit & 1) {
            buf_fmt(b, "%s\"%s\"", comma, role_name(bit));
            comma = ",";
        }
    buf_c(b, ']');
}

/* What comes out, or with `input` what may go in: two views of one table. */
static void print_schema(struct buf *b, const struct record *rec, bool input)
{
    const char *comma = "";
    buf_fmt(b, "\"%s%s\":{\"type\":\"object\",\"description\":", rec->name, input ? "_in" : "");
    buf_json(b, str_c(rec->doc));
    buf_put(b, S(",\"properties\":{"));
    for (const struct field *f = rec->fields; f->name; f++) {
        uint32_t who = (input ? f->put : f->see) & (uint32_t)(SIGNED_IN | PUBLIC);
        if (!who)
            continue;
        buf_fmt(b, "%s\"%s\":{", comma, f->name);
        print_type(b, f);
        buf_put(b, S(",\"description\":"));
        buf_json(b, str_c(f->doc));
        buf_put(b, S(",\"x-roles\":"));
        print_roles(b, who);
        buf_c(b, '}');
        comma = ",";
    }
    buf_c(b, '}');
    comma = ",\"required\":[";
    for (const struct field *f = rec->fields; input && f->name; f++)
        if (f->required) {
            buf_fmt(b, "%s\"%s\"", comma, f->name);
            comma = ",";
        }
    if (*comma && comma[1] == 0)
        buf_c(b, ']');
    buf_c(b, '}');
}

static void print_schemas(struct buf *b, const struct feature *const *features)
{
    buf_put(b, S("{\"problem\":{\"type\":\"object\",\"properties\":{\"type\":{\"type\":\"string\"},\"status\":"
                 "{\"type\":\"integer\"},\"code\":{\"type\":\"string\"},\"title\":{\"type\":\"string\"},\"detail\":"
                 "{\"type\":\"string\"},\"rule\":{\"type\":\"string\"},\"errors\":{\"type\":\"array\",\"items\":"
                 "{\"type\":\"object\"}}},\"required\":[\"status\",\"code\",\"title\",\"detail\"]}"));
    for (size_t i = 0; features[i]; i++)
        for (const struct record *const *r = features[i]->records; r && *r; r++) {
            buf_c(b, ',');
            print_schema(b, *r, false);
            buf_c(b, ',');
            print_schema(b, *r, true);
        }
    buf_c(b, '}');
}

/* "/jobs/:job" as "/jobs/{job}"; the names go into `params`. */
static void print_path(struct buf *b, const char *path, struct buf *params)
{
    struct str rest = str_c(path + 1);
    buf_c(b, '"');
    while (rest.p) {
        struct str seg = str_cut(&rest, '/');
        bool name = str_starts(seg, S(":"));
        seg = name ? str_sub(seg, 1, seg.n) : seg;
        buf_fmt(b, name ? "/{%.*s}" : "/%.*s", SV(seg));
        if (name)
            buf_fmt(params, "%s{\"name\":\"%.*s\",\"in\":\"path\",\"required\":true,\"schema\":{\"type\":\"string\"}}",
                    params->n ? "," : "", SV(seg));
    }
    buf_c(b, '"');
}

static void print_reply(struct buf *b, const struct route *r)
{
    buf_put(b, S("\"responses\":{\"default\":{\"description\":\"What was wrong and what to do.\",\"content\":"
                 "{\"application/problem+json\":{\"schema\":{\"$ref\":\"#/components/schemas/problem\"}}}},"));
    if (!r->out) {
        buf_put(b, S("\"200\":{\"description\":\"Done.\"}}"));
        return;
    }
    buf_put(b, S("\"200\":{\"description\":\"Done.\",\"content\":{\"application/json\":{\"schema\":"));
    if (r->list)
        buf_fmt(b, "{\"type\":\"object\",\"properties\":{\"items\":{\"type\":\"array\",\"items\":{\"$ref\":"
                   "\"#/components/schemas/%s\"}},\"next\":{\"type\":[\"string\",\"null\"]}}}", r->out->name);
    else
        buf_fmt(b, "{\"$ref\":\"#/components/schemas/%s\"}", r->out->name);
    buf_put(b, S("}}}}"));
}

/* Behind those of the path: the fields of the query string, and what makes a write safe to repeat. */
static void print_parameters(struct buf *b, const struct route *r, struct str path_params)
{
    const char *comma = path_params.n ? "," : "";
    buf_fmt(b, ",\"parameters\":[%.*s", SV(path_params));
    if (r->method != GET)
        buf_fmt(b, "%s{\"$ref\":\"#/components/parameters/idempotency_key\"}", comma);
    for (const struct field *f = r->in && r->method == GET ? r->in->fields : &(struct field){0}; f->name; f++) {
        buf_fmt(b, "%s{\"name\":\"%s\",\"in\":\"query\",\"required\":%s,\"description\":", comma, f->name,
                f->required ? "true" : "false");
        buf_json(b, str_c(f->doc));
        buf_put(b, S(",\"schema\":{"));
        print_type(b, f);
        buf_put(b, S("}}"));
        comma = ",";
    }
    buf_put(b, S("],"));
}

static void print_operation(struct buf *b, const struct route *r, struct str params)
{
    static const char *const methods[METHODS] = {"get", "post", "put", "patch", "delete"};
    buf_fmt(b, "\"%s\":{\"summary\":", methods[r->method]);
    buf_json(b, str_c(r->doc));
    buf_put(b, S(",\"x-roles\":"));
    print_roles(b, r->roles);
    print_parameters(b, r, params);
    if (r->in && r->method != GET)
        buf_fmt(b, "\"requestBody\":{\"content\":{\"application/json\":{\"schema\":{\"$ref\":"
                   "\"#/components/schemas/%s_in\"}}}},", r->in->name);
    if (!(r->roles & PUBLIC))
        buf_put(b, S("\"security\":[{\"session\":[]}],"));
    print_reply(b, r);
    buf_c(b, '}');
}

void openapi_print(const struct feature *const *features, const struct router *router, struct buf *b)
{
    size_t n;
    const struct route *const *v = router_routes(router, &n);
    buf_put(b, S("{\"openapi\":\"3.1.0\",\"info\":{\"title\":\"Lingji\",\"version\":\"1\",\"license\":{\"name\":"
                 "\"Apache-2.0\",\"identifier\":\"Apache-2.0\"}},\"paths\":{"));
    for (size_t i = 0; i < n; i++) {
        struct buf params;
        buf_init(&params, b->a, 4096);
        bool again = i && strcmp(v[i]->path, v[i - 1]->path) == 0;
        if (i)
            buf_put(b, again ? S(",") : S("},"));
        struct buf scrap;
        buf_init(&scrap, b->a, 4096);
        print_path(again ? &scrap : b, v[i]->path, &params);
        if (!again)
            buf_put(b, S(":{"));
        print_operation(b, v[i], buf_str(&params));
    }
    buf_put(b, S("}},\"components\":{\"securitySchemes\":{\"session\":{\"type\":\"http\",\"scheme\":\"bearer\"}},"
                 "\"parameters\":{\"idempotency_key\":{\"name\":\"Idempotency-Key\",\"in\":\"header\",\"required\":false,"
                 "\"description\":\"Any text of your own; the same key again gives the first answer again.\","
                 "\"schema\":{\"type\":\"string\"}}},\"schemas\":"));
    print_schemas(b, features);
    buf_put(b, S("}}\n"));
}

static enum err document(struct request *rq)
{
    struct buf b;
    buf_init(&b, rq->a, MAX_DOCUMENT);
    openapi_print(rq->app->features, rq->app->router, &b);
    return b.over ? ERR_LARGE : reply_text(rq, 200, "application/json; charset=utf-8", buf_str(&b));
}

static const struct route routes[] = {
    ROUTE(GET, "/openapi.json", ANYONE, document, .no_tx = true, .doc = "This document."), {0}};
const struct feature openapi_feature = {.name = "openapi", .routes = routes};
