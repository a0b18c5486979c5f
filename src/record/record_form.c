/* record_form.c - forms as browsers send them. Money is in yuan with at most two decimals here;
 * days and times as the date inputs of browsers write them. */
#include <string.h>

#include "record/access.h"
#include "record/form.h"

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct str decode(struct arena *a, struct str s, bool *ret_bad)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '%' && (i + 2 >= s.n || hex(s.p[i + 1]) < 0 || hex(s.p[i + 2]) < 0))
            *ret_bad = true;
        else if (c == '%') {
            c = (char)(hex(s.p[i + 1]) << 4 | hex(s.p[i + 2]));
            i += 2;
        } else if (c == '+')
            c = ' ';
        p[n++] = c;
    }
    struct str out = {p, n};
    *ret_bad |= !utf8_ok(out);
    return out;
}

bool form_next(struct arena *a, struct str *rest, struct str *name, struct str *value,
               bool *ret_bad)
{
    while (rest->n) {
        struct str pair = str_cut(rest, '&');
        if (!pair.n)
            continue;
        *ret_bad = false;
        *name = decode(a, str_cut(&pair, '='), ret_bad);
        *value = decode(a, pair, ret_bad);
        return true;
    }
    return false;
}

struct str form_get(struct arena *a, struct str form, struct str name)
{
    struct str n, v;
    bool bad;
    while (form_next(a, &form, &n, &v, &bad))
        if (!bad && str_eq(n, name))
            return v;
    return S("");
}

/* "260", "260.5", "23.70" yuan into fen. */
static bool parse_yuan(struct str s, int64_t *ret)
{
    struct str cents = s, yuan = str_cut(&cents, '.');
    int64_t y, c = 0;
    if (!str_i64(yuan, &y) || y < 0 || y > INT64_MAX / 200 || cents.n > 2 || (cents.p && !cents.n))
        return false;
    if (cents.n && (!str_i64(cents, &c) || c < 0))
        return false;
    *ret = y * 100 + (cents.n == 1 ? c * 10 : c);
    return true;
}

static const char *set_number(const struct field *f, void *out, struct str s)
{
    int64_t v = 0;
    switch (f->kind) {
    case FIELD_FEN:
        if (!parse_yuan(s, &v))
            return "input.money";
        break;
    case FIELD_MS:
        if (!field_parse_when(f, s, &v))
            return "input.time";
        break;
    case FIELD_DAY:
    case FIELD_DATE:
        if (!field_parse_when(f, s, &v))
            return "input.date";
        break;
    case FIELD_ENUM:
        v = choice_find(f->choices, s);
        if (v < 0)
            return "input.choice";
        break;
    case FIELD_ID:
        if (!str_i64(s, &v) || v < 0)
            return "input.id";
        break;
    case FIELD_INT:
    case FIELD_BOOL:
    case FIELD_MASK:
    case FIELD_TEXT:
    case FIELD_BLOB:
    case FIELD_GEO:
    default:
        if (!str_i64(s, &v))
            return "input.number";
    }
    field_set_i64(f, out, v);
    return NULL;
}

static const char *set_value(const struct field *f, void *out, struct str s)
{
    if (field_is_text(f)) {
        memcpy((char *)out + f->off, &s, sizeof s);
        return NULL;
    }
    if (f->kind == FIELD_BOOL) {
        bool on = str_eq(s, S("on")) || str_eq(s, S("1")) || str_eq(s, S("true"));
        field_set_i64(f, out, on);
        return on || str_eq(s, S("0")) || str_eq(s, S("false")) ? NULL : "input.bool";
    }
    if (f->kind == FIELD_MASK) {
        int32_t c = choice_find(f->choices, s);
        if (c >= 0)
            field_set_i64(f, out, field_i64(f, out) | 1ll << c);
        return c >= 0 ? NULL : "input.choice";
    }
    return set_number(f, out, s);
}

static const char *set_geo(const struct field *f, void *out, struct str suffix, struct str s)
{
    struct geo g = field_geo(f, out);
    if (!str_f64(s, str_eq(suffix, S("_lon")) ? &g.lon : &g.lat))
        return "input.place";
    memcpy((char *)out + f->off, &g, sizeof g);
    return NULL;
}

/* Finds the field of a form name; *ret_part is "_lon" or "_lat" for the two inputs of a place. */
static const struct field *find(const struct record *rec, struct str name, struct str *ret_part)
{
    const struct field *f = record_field(rec, name);
    *ret_part = S("");
    if (f && f->kind != FIELD_GEO)
        return f;
    if (name.n <= 4 || (!str_ends(name, S("_lon")) && !str_ends(name, S("_lat"))))
        return NULL;
    *ret_part = str_sub(name, name.n - 4, 4);
    f = record_field(rec, str_sub(name, 0, name.n - 4));
    return f && f->kind == FIELD_GEO ? f : NULL;
}

bool record_from_form(struct arena *a, const struct record *rec, uint32_t roles, struct str form,
                      void *out, uint64_t *ret_seen, struct errors *err)
{
    struct str name, value, part;
    uint64_t seen = 0;
    size_t before = err->n;
    bool bad;
    err->in_fen = false;
    while (form_next(a, &form, &name, &value, &bad)) {
        const struct field *f = find(rec, name, &part);
        if (!f || !(f->put & roles)) {
            errors_add(err, f ? f->name : str_z(a, name), "input.unknown", S(""));
            continue;
        }
        value = str_trim(str_straight(a, value));
        uint64_t bit = 1ull << (f - rec->fields);
        if (!value.n && !field_is_text(f) && f->kind != FIELD_MASK)
            continue;
        if (!(seen & bit) && f->kind == FIELD_MASK)
            field_set_i64(f, out, 0);
        seen |= bit;
        if (!value.n && f->kind == FIELD_MASK)
            continue;
        const char *key = bad      ? "input.utf8"
                          : part.n ? set_geo(f, out, part, value)
                                   : set_value(f, out, value);
        if (key)
            errors_add(err, f->name, key, S(""));
    }
    record_check(rec, out, seen, err);
    if (ret_seen)
        *ret_seen = seen;
    return err->n == before;
}
