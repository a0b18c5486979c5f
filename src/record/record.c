/* record.c - what the readers and writers of field tables share: limits, choices, masks. */
#include <stdio.h>
#include <string.h>

#include "record/access.h"

void errors_add(struct errors *e, const char *field, const char *key, struct str arg)
{
    if (e->n < sizeof e->v / sizeof *e->v)
        e->v[e->n++] = (struct field_error){field, key, arg};
}

const char *choice_key(const struct field *f, int32_t i)
{
    int32_t n = 0;
    while (f->choices[n].key && n < i)
        n++;
    return i >= 0 && f->choices[n].key ? f->choices[n].key : "";
}

int32_t choice_find(const struct choice *c, struct str key)
{
    for (int32_t i = 0; c[i].key; i++)
        if (str_eq(str_c(c[i].key), key))
            return i;
    return -1;
}

const struct field *record_field(const struct record *rec, struct str name)
{
    for (const struct field *f = rec->fields; f->name; f++)
        if (str_eq(str_c(f->name), name))
            return f;
    return NULL;
}

int64_t field_i64(const struct field *f, const void *rec)
{
    const char *p = (const char *)rec + f->off;
    int32_t i32;
    int64_t i64;
    switch (f->kind) {
    case FIELD_BOOL:
        return *(const bool *)p;
    case FIELD_DAY:
    case FIELD_DATE:
    case FIELD_ENUM:
        memcpy(&i32, p, sizeof i32);
        return i32;
    case FIELD_MASK:
        memcpy(&i32, p, sizeof i32);
        return (uint32_t)i32;
    case FIELD_INT:
    case FIELD_FEN:
    case FIELD_ID:
    case FIELD_MS:
        memcpy(&i64, p, sizeof i64);
        return i64;
    case FIELD_TEXT:
    case FIELD_BLOB:
    case FIELD_GEO:
    default:
        bug_at(__FILE__, __LINE__, "field_i64"); /* a text or a place is no number */
    }
    return 0;
}

void field_set_i64(const struct field *f, void *rec, int64_t v)
{
    char *p = (char *)rec + f->off;
    int32_t i32 = (int32_t)v;
    bool b = v != 0;
    if (f->kind == FIELD_BOOL)
        memcpy(p, &b, sizeof b);
    else if (f->kind == FIELD_DAY || f->kind == FIELD_DATE || f->kind == FIELD_ENUM || f->kind == FIELD_MASK)
        memcpy(p, &i32, sizeof i32);
    else
        memcpy(p, &v, sizeof v);
}

struct str field_str(const struct field *f, const void *rec)
{
    struct str s;
    memcpy(&s, (const char *)rec + f->off, sizeof s);
    return s;
}

struct geo field_geo(const struct field *f, const void *rec)
{
    struct geo g;
    memcpy(&g, (const char *)rec + f->off, sizeof g);
    return g;
}

bool field_parse_when(const struct field *f, struct str s, int64_t *ret)
{
    int64_t v = 0;
    int32_t day = 0;
    bool good = f->kind == FIELD_MS ? cal_parse_ms(s, &v) : cal_parse_day(s, &day);
    if (f->kind != FIELD_MS)
        v = f->kind == FIELD_DATE ? cal_date(cal_ymd(day)) : day;
    if (good && v)
        *ret = v;
    return good && v;
}

int32_t field_day(const struct field *f, int64_t v)
{
    return f->kind == FIELD_DATE ? cal_from_ymd(cal_date_ymd((int32_t)v)) : (int32_t)v;
}

bool field_is_text(const struct field *f)
{
    return f->kind == FIELD_TEXT || f->kind == FIELD_BLOB;
}

bool field_empty(const struct field *f, const void *rec)
{
    if (field_is_text(f))
        return field_str(f, rec).n == 0;
    if (f->kind == FIELD_GEO)
        return !geo_known(field_geo(f, rec));
    bool zero_counts = f->kind == FIELD_INT || f->kind == FIELD_FEN || f->kind == FIELD_BOOL ||
                       f->kind == FIELD_ENUM;
    return !zero_counts && field_i64(f, rec) == 0;
}

static struct str limit_text(int64_t v, bool yuan)
{
    static __thread char room[32][32]; /* as many as struct errors holds */
    static __thread unsigned next;
    char *z = room[next++ % 32];
    int n = yuan && v % 100 ? snprintf(z, 32, "%lld.%02lld", (long long)v / 100, (long long)v % 100)
                            : snprintf(z, 32, "%lld", (long long)(yuan ? v / 100 : v));
    return (struct str){z, (size_t)n};
}

bool field_is_long(const struct field *f)
{
    return f->kind == FIELD_TEXT && f->max > 120;
}

/* NULL when it can be read where it will stand: a line in a list, or in a message. */
static const char *look_broken(const struct field *f, struct str s)
{
    bool shows = false, breaks = false;
    while (s.n) {
        uint32_t c = utf8_next(&s);
        shows |= utf8_shows(c);
        breaks |= utf8_breaks(c);
    }
    return !shows ? "input.blank" : breaks && !field_is_long(f) ? "input.line" : NULL;
}

void errors_add_fen(struct errors *e, const char *field, enum limit which, int64_t fen)
{
    static const char *const keys[2][2] = {{"input.min_yuan", "input.min_fen"}, {"input.max_yuan", "input.max_fen"}};
    errors_add(e, field, keys[which][e->in_fen], limit_text(fen, !e->in_fen));
}

static void beyond(struct errors *err, const struct field *f, enum limit which, int64_t v)
{
    if (f->kind == FIELD_FEN)
        errors_add_fen(err, f->name, which, v);
    else
        errors_add(err, f->name, which == LEAST ? "input.min" : "input.max", limit_text(v, false));
}

static void check_text(const struct field *f, const void *in, struct errors *err)
{
    struct str s = field_str(f, in);
    size_t n = f->kind == FIELD_BLOB ? s.n : utf8_count(s);
    const char *broken = f->kind == FIELD_TEXT ? look_broken(f, s) : NULL;
    if (broken)
        errors_add(err, f->name, broken, S(""));
    else if (f->min && n < (size_t)f->min)
        errors_add(err, f->name, "input.short", limit_text(f->min, false));
    else if (f->max && n > (size_t)f->max)
        errors_add(err, f->name, "input.long", limit_text(f->max, false));
}

static void check_geo(const struct field *f, const void *in, struct errors *err)
{
    struct geo g = field_geo(f, in);
    if (g.lon < -180 || g.lon > 180 || g.lat < -90 || g.lat > 90)
        errors_add(err, f->name, "input.place", S(""));
}

static void check_number(const struct field *f, const void *in, struct errors *err)
{
    int64_t v = field_i64(f, in);
    bool limited = f->min || f->max;
    if (limited && v < f->min)
        beyond(err, f, LEAST, f->min);
    else if (limited && f->max && v > f->max)
        beyond(err, f, MOST, f->max);
}

static bool named(const struct errors *err, const struct field *f)
{
    for (size_t i = 0; i < err->n; i++)
        if (strcmp(err->v[i].field, f->name) == 0)
            return true;
    return false;
}

bool record_check(const struct record *rec, const void *in, uint64_t seen, struct errors *err)
{
    size_t before = err->n;
    for (int i = 0; rec->fields[i].name; i++) {
        const struct field *f = &rec->fields[i];
        bool given = seen >> i & 1;
        if (given && field_empty(f, in))
            given = false;
        if (named(err, f))
            continue; /* what could not be read is said once */
        if (f->required && !given)
            errors_add(err, f->name, "input.required", S(""));
        else if (given && field_is_text(f))
            check_text(f, in, err);
        else if (given && f->kind == FIELD_GEO)
            check_geo(f, in, err);
        else if (given && f->kind != FIELD_ENUM && f->kind != FIELD_MASK && f->kind != FIELD_ID)
            check_number(f, in, err);
    }
    return err->n == before;
}

struct str seal_mask(struct arena *a, enum seal_class c, struct str plain)
{
    if (plain.n == 0 || c == OPEN || c == SEAL_REST)
        return plain;
    if (c == SEAL_NAME) {
        struct str rest = plain;
        utf8_next(&rest);
        struct str first = str_sub(plain, 0, plain.n - rest.n);
        return str_cat(a, first, utf8_count(rest) > 1 ? S("**") : S("*"));
    }
    if (c == SEAL_PHONE && plain.n >= 8)
        return str_fmt(a, "%.*s****%.*s", 3, plain.p, 4, plain.p + plain.n - 4);
    if (c == SEAL_IDNUM && plain.n >= 15)
        return str_fmt(a, "%.*s***********%.*s", 3, plain.p, 4, plain.p + plain.n - 4);
    return S("***");
}
