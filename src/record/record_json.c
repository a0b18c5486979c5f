/* record_json.c - JSON in through jansson, out through buf. Depth and size are bounded; numbers are
 * integers except coordinates. */
#include <jansson.h>
#include <string.h>

#include "base/buf.h"
#include "record/access.h"

struct reader {
    struct arena *a;
    const struct record *rec;
    uint32_t roles;
    void *out;
    struct errors *err;
};

static void bad(struct reader *r, const struct field *f, const char *key)
{
    errors_add(r->err, f->name, key, S(""));
}

static struct str json_str(struct arena *a, const json_t *v)
{
    return str_dup(a, (struct str){json_string_value(v), json_string_length(v)});
}

static void read_number(struct reader *r, const struct field *f, const json_t *v)
{
    if (json_is_integer(v))
        field_set_i64(f, r->out, json_integer_value(v));
    else
        bad(r, f, f->kind == FIELD_FEN ? "input.money_json" : "input.number");
}

static void read_word(struct reader *r, const struct field *f, const json_t *v)
{
    int64_t id = 0, when = 0;
    int32_t choice;
    struct str s = json_is_string(v) ? json_str(r->a, v) : S("?");
    if (f->kind == FIELD_ID) {
        if (s.n && (!str_i64(s, &id) || id < 0))
            bad(r, f, "input.id");
        field_set_i64(f, r->out, id);
    } else if (f->kind == FIELD_MS || f->kind == FIELD_DAY || f->kind == FIELD_DATE) {
        if (s.n && !field_parse_when(f, s, &when))
            bad(r, f, f->kind == FIELD_MS ? "input.time" : "input.date");
        field_set_i64(f, r->out, when);
    } else {
        choice = choice_find(f->choices, s);
        if (choice < 0)
            bad(r, f, "input.choice");
        else
            field_set_i64(f, r->out, choice);
    }
}

static void read_mask(struct reader *r, const struct field *f, const json_t *v)
{
    size_t i;
    json_t *item;
    uint32_t mask = 0;
    if (!json_is_array(v)) {
        bad(r, f, "input.list");
        return;
    }
    json_array_foreach(v, i, item)
    {
        int32_t c =
            json_is_string(item) ? choice_find(f->choices, str_c(json_string_value(item))) : -1;
        if (c < 0) {
            bad(r, f, "input.choice");
            return;
        }
        mask |= 1u << c;
    }
    field_set_i64(f, r->out, mask);
}

static void read_text(struct reader *r, const struct field *f, const json_t *v)
{
    if (!json_is_string(v)) {
        bad(r, f, "input.text");
        return;
    }
    struct str s = json_str(r->a, v);
    if (!utf8_ok(s)) {
        bad(r, f, "input.utf8");
        return;
    }
    s = str_trim(str_straight(r->a, s));
    memcpy((char *)r->out + f->off, &s, sizeof s);
}

static void read_geo(struct reader *r, const struct field *f, const json_t *v)
{
    const json_t *lon = json_object_get(v, "lon"), *lat = json_object_get(v, "lat");
    const json_t *crs = json_object_get(v, "crs");
    if (json_is_null(v))
        return;
    if (!json_is_number(lon) || !json_is_number(lat) || (crs && !json_is_string(crs))) {
        bad(r, f, "input.place");
        return;
    }
    struct geo g = {json_number_value(lon), json_number_value(lat)};
    if (crs && strcmp(json_string_value(crs), "gcj02") == 0)
        g = geo_from_gcj02(g);
    memcpy((char *)r->out + f->off, &g, sizeof g);
}

static void read_one(struct reader *r, const struct field *f, const json_t *v)
{
    switch (f->kind) {
    case FIELD_INT:
    case FIELD_FEN:
        read_number(r, f, v);
        break;
    case FIELD_BOOL:
        if (json_is_boolean(v))
            field_set_i64(f, r->out, json_is_true(v));
        else
            bad(r, f, "input.bool");
        break;
    case FIELD_ID:
    case FIELD_MS:
    case FIELD_DAY:
    case FIELD_DATE:
    case FIELD_ENUM:
        read_word(r, f, v);
        break;
    case FIELD_MASK:
        read_mask(r, f, v);
        break;
    case FIELD_GEO:
        read_geo(r, f, v);
        break;
    case FIELD_TEXT:
    case FIELD_BLOB:
    default:
        read_text(r, f, v);
        break;
    }
}

/* Nesting of brackets outside strings; jansson itself would go to 2048. */
static bool too_deep(struct str s, int limit)
{
    int depth = 0;
    bool in_string = false;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (in_string && c == '\\')
            i++;
        else if (c == '"')
            in_string = !in_string;
        else if (!in_string && (c == '{' || c == '['))
            depth++;
        else if (!in_string && (c == '}' || c == ']'))
            depth--;
        if (depth > limit)
            return true;
    }
    return false;
}

/* The member of the outer object in which byte `end` lies; empty when there is none. */
static struct str member_at(struct str s, size_t end)
{
    struct str name = S("");
    int depth = 0;
    bool awaited = false; /* the next string is a name */
    for (size_t i = 0; i < s.n && i < end; i++) {
        char c = s.p[i];
        size_t from = i + 1;
        depth += (c == '{' || c == '[') - (c == '}' || c == ']');
        if (depth == 1 && (c == '{' || c == ',')) {
            awaited = true;
            name = S("");
        }
        if (c != '"')
            continue;
        while (++i < s.n && s.p[i] != '"')
            i += s.p[i] == '\\';
        if (awaited && i < s.n)
            name = str_sub(s, from, i - from);
        awaited = false;
    }
    return name;
}

/* What jansson could not read: of the field where that is known, else of the whole. */
static void unread(struct errors *err, const struct record *rec, uint32_t roles, struct str json, const json_error_t *why)
{
    static const struct {
        enum json_error_code code;
        const char *key;
    } known[] = {{json_error_numeric_overflow, "input.number_large"}, {json_error_duplicate_key, "input.twice"},
                 {json_error_invalid_syntax, "input.utf8"}, {json_error_invalid_utf8, "input.utf8"}};
    bool syntax = json_error_code(why) == json_error_invalid_syntax && !strstr(why->text, "Unicode"); /* a lone surrogate has no code */
    const struct field *f = record_field(rec, member_at(json, (size_t)why->position));
    for (size_t i = 0; !syntax && f && f->put & roles && i < sizeof known / sizeof *known; i++)
        if (json_error_code(why) == known[i].code) {
            errors_add(err, f->name, known[i].key, S(""));
            return;
        }
    errors_add(err, "", "input.syntax", S(""));
}

bool record_from_json(struct arena *a, const struct record *rec, uint32_t roles, struct str json,
                      void *out, uint64_t *ret_seen, struct errors *err)
{
    struct reader r = {a, rec, roles, out, err};
    json_error_t why = {.position = 0};
    const char *name;
    json_t *v, *root = NULL;
    uint64_t seen = 0;
    size_t before = err->n;
    err->in_fen = true;
    if (!too_deep(json, 32))
        root = json_loadb(json.n ? json.p : "", json.n, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(root)) {
        json_decref(root);
        unread(err, rec, roles, json, &why);
        return false;
    }
    json_object_foreach(root, name, v)
    {
        const struct field *f = record_field(rec, str_c(name));
        if (!f || !(f->put & roles)) {
            errors_add(err, f ? f->name : str_z(a, str_c(name)), "input.unknown", S(""));
            continue;
        }
        seen |= json_is_null(v) ? 0 : 1ull << (f - rec->fields);
        if (!json_is_null(v))
            read_one(&r, f, v);
    }
    json_decref(root);
    record_check(rec, out, seen, err);
    if (ret_seen)
        *ret_seen = seen;
    return err->n == before;
}

static void write_mask(struct buf *b, const struct field *f, uint32_t mask)
{
    bool first = true;
    buf_c(b, '[');
    for (int i = 0; f->choices[i].key; i++) {
        if (!(mask >> i & 1))
            continue;
        if (!first)
            buf_c(b, ',');
        first = false;
        buf_json(b, str_c(f->choices[i].key));
    }
    buf_c(b, ']');
}

static void write_base64(struct buf *b, struct str s)
{
    static const char abc[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    buf_c(b, '"');
    for (size_t i = 0; i < s.n; i += 3) {
        uint32_t v = 0;
        for (size_t k = 0; k < 3; k++)
            v = v << 8 | (i + k < s.n ? (unsigned char)s.p[i + k] : 0u);
        for (size_t k = 0; k < 4; k++)
            buf_c(b, i + k > s.n ? '=' : abc[v >> (18 - 6 * k) & 63]);
    }
    buf_c(b, '"');
}

static void write_value(struct buf *b, const struct field *f, int show, const void *in)
{
    struct geo g;
    switch (f->kind) {
    case FIELD_INT:
    case FIELD_FEN:
        buf_i64(b, field_i64(f, in));
        break;
    case FIELD_BOOL:
        buf_put(b, field_i64(f, in) ? S("true") : S("false"));
        break;
    case FIELD_ID:
        buf_c(b, '"');
        buf_i64(b, field_i64(f, in));
        buf_c(b, '"');
        break;
    case FIELD_MS:
        buf_json(b, cal_ms_text(b->a, field_i64(f, in)));
        break;
    case FIELD_DAY:
    case FIELD_DATE:
        buf_json(b, cal_day_text(b->a, field_day(f, field_i64(f, in))));
        break;
    case FIELD_ENUM:
        buf_json(b, str_c(choice_key(f, (int32_t)field_i64(f, in))));
        break;
    case FIELD_MASK:
        write_mask(b, f, (uint32_t)field_i64(f, in));
        break;
    case FIELD_GEO:
        g = field_geo(f, in);
        buf_fmt(b, "{\"lon\":%.6f,\"lat\":%.6f}", g.lon, g.lat);
        break;
    case FIELD_BLOB:
        write_base64(b, field_str(f, in));
        break;
    case FIELD_TEXT:
    default:
        buf_json(b,
                 show == SHOW_OPEN ? field_str(f, in) : seal_mask(b->a, f->seal, field_str(f, in)));
    }
}

void record_json(struct buf *b, const struct record *rec, uint32_t roles, int show, const void *in)
{
    bool first = true;
    buf_c(b, '{');
    for (const struct field *f = rec->fields; f->name; f++) {
        bool none = f->kind != FIELD_MASK && !field_is_text(f) && field_empty(f, in);
        if (!(f->see & roles))
            continue;
        if (!first)
            buf_c(b, ',');
        first = false;
        buf_c(b, '"');
        buf_put(b, str_c(f->name));
        buf_put(b, S("\":"));
        if (none)
            buf_put(b, S("null"));
        else
            write_value(b, f, show, in);
    }
    buf_c(b, '}');
}
