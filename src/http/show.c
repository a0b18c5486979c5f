/* show.c - records, instants and money as people read them. */
#include <string.h>

#include "http/config.h"
#include "http/places.h"
#include "http/reply.h"
#include "http/texts.h"
#include "http/view.h"
#include "record/access.h"

struct str text(const struct request *rq, const char *key)
{
    return texts_get(rq->app->texts, rq->lang, str_c(key));
}

struct str text_with(const struct request *rq, const char *key, struct str arg)
{
    return texts_fill(rq->app->texts, rq->a, rq->lang, str_c(key), arg);
}

struct str text_n(const struct request *rq, const char *key, int64_t n)
{
    return text_with(rq, key, str_fmt(rq->a, "%lld", (long long)n));
}

struct str text_of(const struct request *rq, const char *words, const char *choice)
{
    return texts_get(rq->app->texts, rq->lang, str_fmt(rq->a, "%s.%s", words, choice));
}

struct str show_yuan(struct request *rq, int64_t fen)
{
    if (fen % 100 == 0)
        return str_fmt(rq->a, "%lld", (long long)fen / 100);
    return str_fmt(rq->a, "%s%lld.%02lld", fen < 0 ? "-" : "", (long long)(fen < 0 ? -fen : fen) / 100,
                   (long long)(fen < 0 ? -fen : fen) % 100);
}

static const char *week_text(struct request *rq, enum lang lang, int32_t day)
{
    static const char *const week[] = {"",        "week.mon", "week.tue", "week.wed",
                                       "week.thu", "week.fri", "week.sat", "week.sun"};
    return str_z(rq->a, texts_get(rq->app->texts, lang, str_c(week[cal_weekday(day)])));
}

struct str show_day(struct request *rq, int32_t day)
{
    static const char *const near[] = {"day.yesterday", "day.today", "day.tomorrow"};
    int32_t from_today = day - cal_day(rq->now_ms);
    if (from_today >= -1 && from_today <= 1)
        return text(rq, near[from_today + 1]);
    struct ymd x = cal_ymd(day);
    const char *w = week_text(rq, rq->lang, day);
    if (rq->lang == LANG_ZH)
        return str_fmt(rq->a, "%d月%d日 %s", x.m, x.d, w);
    return str_fmt(rq->a, "%s %d-%02d", w, x.m, x.d);
}

struct str show_way(struct request *rq, int32_t minutes)
{
    return minutes < 5 ? text(rq, "way.few") : str_fmt(rq->a, "%d", minutes);
}

struct str show_when(struct request *rq, int64_t ms)
{
    int32_t minute = cal_minute(ms);
    if (!ms)
        return S("");
    return str_fmt(rq->a, "%.*s %02d:%02d", SV(show_day(rq, cal_day(ms))), minute / 60, minute % 60);
}

struct str show_span(struct request *rq, int64_t from_ms, int64_t to_ms)
{
    int32_t to = cal_minute(to_ms);
    struct str from = show_when(rq, from_ms);
    if (cal_day(from_ms) == cal_day(to_ms))
        return str_fmt(rq->a, "%.*s–%02d:%02d", SV(from), to / 60, to % 60);
    return str_fmt(rq->a, "%.*s–%.*s", SV(from), SV(show_when(rq, to_ms)));
}

static struct str date_of(struct request *rq, enum lang lang, int64_t ms)
{
    struct ymd x = cal_ymd(cal_day(ms));
    int32_t minute = cal_minute(ms);
    const char *w = week_text(rq, lang, cal_day(ms));
    if (lang == LANG_ZH)
        return str_fmt(rq->a, "%d年%d月%d日 %s %02d:%02d", x.y, x.m, x.d, w, minute / 60, minute % 60);
    return str_fmt(rq->a, "%s %d-%02d-%02d %02d:%02d", w, x.y, x.m, x.d, minute / 60, minute % 60);
}

struct str show_dated(struct request *rq, enum lang lang, int64_t from_ms, int64_t to_ms)
{
    int32_t to = cal_minute(to_ms);
    struct str from = date_of(rq, lang, from_ms);
    if (cal_day(from_ms) == cal_day(to_ms))
        return str_fmt(rq->a, "%.*s–%02d:%02d", SV(from), to / 60, to % 60);
    return str_fmt(rq->a, "%.*s–%.*s", SV(from), SV(date_of(rq, lang, to_ms)));
}

struct str show_unbroken(struct request *rq, struct str s)
{
    struct str out = S("");
    for (ptrdiff_t at; (at = str_find(s, S("–"))) >= 0; s = str_sub(s, (size_t)at + S("–").n, s.n))
        out = str_fmt(rq->a, "%.*s%.*s–\u2060", SV(out), SV(str_sub(s, 0, (size_t)at)));
    return str_cat(rq->a, out, s);
}

struct str record_label(struct request *rq, const struct record *rec, const char *field)
{
    struct str s = texts_find(rq->app->texts, rq->lang, str_fmt(rq->a, "%s.%s", rec->name, field));
    return s.p ? s : texts_get(rq->app->texts, rq->lang, str_fmt(rq->a, "field.%s", field));
}

static struct str choice_text(struct request *rq, const struct record *rec, const struct field *f,
                              int32_t i)
{
    const char *choice = choice_key(f, i);
    struct str s = texts_find(rq->app->texts, rq->lang,
                              str_fmt(rq->a, "%s.%s.%s", rec->name, f->name, choice));
    return s.p ? s
               : texts_get(rq->app->texts, rq->lang, str_fmt(rq->a, "%s.%s", f->words ? f->words : f->name, choice));
}

static struct str mask_text(struct request *rq, const struct record *rec, const struct field *f,
                            uint32_t mask)
{
    struct str all = S("");
    for (int32_t i = 0; f->choices[i].key; i++) {
        if (!(mask >> i & 1))
            continue;
        struct str one = choice_text(rq, rec, f, i);
        all = str_fmt(rq->a, "%.*s%s%.*s", SV(all), all.n ? rq->lang ? ", " : "、" : "", SV(one));
    }
    return all;
}

struct str show_set(struct request *rq, const struct choice *c, const char *words, uint32_t set)
{
    const struct field f = {.name = words, .choices = c};
    return mask_text(rq, &(const struct record){.name = words}, &f, set);
}

struct str show_url(struct request *rq, struct str path)
{
    const struct config *c = rq->app->config;
    return c->public_url.n ? str_cat(rq->a, c->public_url, path)
                           : str_fmt(rq->a, "%s://%.*s%.*s", c->tls ? "https" : "http", SV(rq->host), SV(path));
}

static const char *suffixed(struct request *rq, const char *name, const char *suffix)
{
    return str_z(rq->a, str_cat(rq->a, str_c(name), str_c(suffix)));
}

/* p == NULL when the texts know no such district. */
static struct str district_name_in(struct request *rq, enum lang lang, int64_t code)
{
    return texts_find(rq->app->texts, lang, str_fmt(rq->a, "district.%lld", (long long)code));
}

static struct str district_name(struct request *rq, int64_t code)
{
    return district_name_in(rq, rq->lang, code);
}

bool districts_named(struct request *rq)
{
    bool any = false;
    for (int64_t code = rq->city / 100 * 100 + 1; code < rq->city / 100 * 100 + 100 && !any; code++)
        any = district_name(rq, code).p != NULL;
    return any;
}

int64_t district_said(struct request *rq, struct str address)
{
    int64_t said = 0;
    for (int64_t code = rq->city / 100 * 100 + 1; code < rq->city / 100 * 100 + 100; code++) {
        struct str name = district_name_in(rq, LANG_ZH, code);
        if (!name.p || str_find(address, name) < 0)
            continue;
        if (said)
            return 0;
        said = code;
    }
    return said;
}

bool district_known(struct request *rq, int64_t code)
{
    bool here = code / 100 == rq->city / 100 && code % 100;
    return !code || (here && (district_name(rq, code).p || !districts_named(rq)));
}

static void show_number(struct request *rq, struct view *v, const struct record *rec,
                        const struct field *f, int64_t x)
{
    switch (f->kind) {
    case FIELD_FEN:
        view_str(v, f->name, x ? show_yuan(rq, x) : S(""));
        view_i64(v, suffixed(rq, f->name, "_raw"), x);
        break;
    case FIELD_MS:
        view_str(v, f->name, show_when(rq, x));
        view_str(v, suffixed(rq, f->name, "_iso"), x ? cal_ms_text(rq->a, x) : S(""));
        break;
    case FIELD_DAY:
    case FIELD_DATE:
        view_str(v, f->name, x ? show_day(rq, field_day(f, x)) : S(""));
        view_str(v, suffixed(rq, f->name, "_iso"), x ? cal_day_text(rq->a, field_day(f, x)) : S(""));
        break;
    case FIELD_ENUM:
        view_str(v, f->name, choice_text(rq, rec, f, (int32_t)x));
        view_str(v, suffixed(rq, f->name, "_key"), str_c(choice_key(f, (int32_t)x)));
        view_bool(v, suffixed(rq, f->name, str_z(rq->a, str_fmt(rq->a, "_is_%s", choice_key(f, (int32_t)x)))), true);
        break;
    case FIELD_MASK:
        view_str(v, f->name, mask_text(rq, rec, f, (uint32_t)x));
        break;
    case FIELD_BOOL:
        view_bool(v, f->name, x);
        break;
    case FIELD_ID:
        view_str(v, f->name, x ? str_fmt(rq->a, "%lld", (long long)x) : S(""));
        break;
    case FIELD_INT:
    case FIELD_TEXT:
    case FIELD_GEO:
    case FIELD_BLOB:
    default:
        view_i64(v, f->name, x);
        if (f->district)
            view_str(v, suffixed(rq, f->name, "_name"), district_name(rq, x));
    }
}

static struct str form_value(struct request *rq, const struct field *f, const void *in);
struct str show_plain(struct request *rq, const struct record *rec, const struct field *f, const void *in)
{
    if (f->kind == FIELD_TEXT)
        return seal_mask(rq->a, f->seal, field_str(f, in));
    int64_t x = f->kind == FIELD_GEO || f->kind == FIELD_BLOB ? 0 : field_i64(f, in);
    if (f->kind == FIELD_ENUM)
        return choice_text(rq, rec, f, (int32_t)x);
    if (f->kind == FIELD_MASK)
        return mask_text(rq, rec, f, (uint32_t)x);
    if (f->district)
        return district_name(rq, x);
    if (f->kind == FIELD_MS && x)
        return str_fmt(rq->a, "%.*s %02d:%02d", SV(cal_day_text(rq->a, cal_day(x))), cal_minute(x) / 60, cal_minute(x) % 60);
    return x ? form_value(rq, f, in) : S("");
}

static void tell(struct told *t, const struct field *f)
{
    if (f->kind == FIELD_TEXT)
        view_str(t->values, f->name, seal_mask(t->rq->a, f->seal, field_str(f, t->in)));
    else if (f->kind != FIELD_GEO && f->kind != FIELD_BLOB)
        show_number(t->rq, t->values, t->rec, f, field_i64(f, t->in));
}

/* What comes from a field has its name, or begins with it. */
const struct item *told_find(struct told *t, struct str name)
{
    const struct item *i = NULL;
    for (const struct field *f = t->rec->fields; f->name && !i; f++) {
        uint64_t bit = 1ull << (f - t->rec->fields);
        if (!str_starts(name, str_c(f->name)) || !(f->see & (t->rq->who->roles | PUBLIC)))
            continue;
        if (!(t->done & bit))
            tell(t, f);
        t->done |= bit;
        i = view_own(t->values, name);
    }
    return i;
}

void view_record(struct request *rq, struct view *v, const struct record *rec, const void *in)
{
    struct told *t = NEW(rq->a, struct told);
    char *copy = arena_alloc(rq->a, rec->size);
    memcpy(copy, in, rec->size);
    *t = (struct told){.rq = rq, .rec = rec, .in = copy, .values = view_new(rq->a), .next = v->told};
    v->told = t;
}

/* ---- forms ---- */

static void form_options(struct request *rq, struct view *field, const struct record *rec,
                         const struct field *f, const void *in)
{
    for (int32_t i = 0; f->choices[i].key; i++) {
        struct view *o = view_item(field, "options");
        int64_t x = field_i64(f, in);
        view_str(o, "key", str_c(f->choices[i].key));
        view_str(o, "text", choice_text(rq, rec, f, i));
        view_bool(o, "on", f->kind == FIELD_ENUM ? x == i : x >> i & 1);
    }
}

static struct str form_value(struct request *rq, const struct field *f, const void *in)
{
    if (f->kind == FIELD_TEXT)
        return field_str(f, in);
    if (f->kind == FIELD_GEO || f->kind == FIELD_BLOB)
        return S("");
    int64_t x = field_i64(f, in);
    if (f->kind == FIELD_MS)
        return x ? str_sub(cal_ms_text(rq->a, x), 0, 16) : S("");
    if (f->kind == FIELD_DAY || f->kind == FIELD_DATE)
        return x ? cal_day_text(rq->a, field_day(f, x)) : S("");
    if (x == 0)
        return S("");
    return f->kind == FIELD_FEN ? show_yuan(rq, x) : str_fmt(rq->a, "%lld", (long long)x);
}

/* Half hours of the day, and whatever else the value is. */
static void clock_options(struct request *rq, struct view *field, int64_t value)
{
    for (int64_t m = 0; m <= 1440; m += 30) {
        bool between = value > m - 30 && value < m;
        for (int i = between ? 0 : 1; i < 2; i++) {
            int64_t x = i ? m : value;
            struct view *o = view_item(field, "options");
            view_i64(o, "key", x);
            view_str(o, "text", x ? str_fmt(rq->a, "%02lld:%02lld", (long long)x / 60, (long long)x % 60)
                                  : text(rq, "shell.none"));
            view_bool(o, "on", x == value);
        }
    }
}

/* The districts of the city that have a name in the texts; false when none has, and the code is typed. */
static bool district_options(struct request *rq, struct view *field, int64_t value)
{
    bool any = false;
    for (int64_t code = rq->city / 100 * 100; code < rq->city / 100 * 100 + 100; code++) {
        struct str name = code == rq->city / 100 * 100 ? text(rq, "shell.none") : district_name(rq, code);
        if (!name.p)
            continue;
        struct view *o = view_item(field, "options");
        bool none = code % 100 == 0;
        view_i64(o, "key", none ? 0 : code);
        view_str(o, "text", name);
        view_bool(o, "on", value == (none ? 0 : code));
        any = any || !none;
    }
    return any;
}

static void form_kind(struct view *field, const struct field *f, bool select)
{
    static const char *const names[] = {
        [FIELD_INT] = "is_number", [FIELD_FEN] = "is_money", [FIELD_ID] = "is_hidden",
        [FIELD_MS] = "is_time",    [FIELD_DAY] = "is_day",   [FIELD_DATE] = "is_day", [FIELD_BOOL] = "is_check",
        [FIELD_ENUM] = "is_select", [FIELD_MASK] = "is_mask", [FIELD_TEXT] = "is_text",
        [FIELD_GEO] = "is_geo",    [FIELD_BLOB] = "is_hidden"};
    bool area = field_is_long(f);
    view_bool(field, area ? "is_area" : select ? "is_select" : names[f->kind], true);
    view_bool(field, "is_phone", f->seal == SEAL_PHONE);
}

static void form_errors(struct request *rq, struct view *field, const char *name)
{
    for (size_t i = 0; i < rq->problem.fields.n; i++) {
        const struct field_error *e = &rq->problem.fields.v[i];
        if (str_eq(str_c(e->field), str_c(name)))
            view_str(field, "error", text_with(rq, e->key, e->arg));
    }
}

void view_form(struct request *rq, struct view *v, const struct record *rec, const void *in)
{
    for (const struct field *f = rec->fields; f->name; f++) {
        uint32_t asked = f->ask ? f->put & f->ask : f->put;
        if (!(asked & (rq->who->roles | PUBLIC)) || (f->unless && !field_empty(record_field(rec, str_c(f->unless)), in)))
            continue;
        struct view *field = view_item(v, f->more ? "more" : "fields");
        if (f->more)
            view_bool(v, "has_more", true);
        struct str hint = texts_find(rq->app->texts, rq->lang, str_fmt(rq->a, "%s.%s.hint", rec->name, f->name));
        view_str(field, "name", str_c(f->name));
        view_str(field, "label", record_label(rq, rec, f->name));
        view_str(field, "value", form_value(rq, f, in));
        view_str(field, "hint", hint);
        view_bool(field, "required", f->required);
        view_bool(field, "checked", f->kind == FIELD_BOOL && field_i64(f, in));
        bool select = f->clock || (f->district && district_options(rq, field, field_i64(f, in)));
        form_kind(field, f, select);
        if (f->choices)
            form_options(rq, field, rec, f, in);
        if (f->clock)
            clock_options(rq, field, field_i64(f, in));
        if (f->kind == FIELD_GEO)
            view_str(field, "place", place_words(rq, field_geo(f, in)));
        if (f->kind == FIELD_GEO && geo_known(field_geo(f, in))) {
            view_fmt(field, "lon", "%.6f", field_geo(f, in).lon);
            view_fmt(field, "lat", "%.6f", field_geo(f, in).lat);
        }
        form_errors(rq, field, f->name);
    }
}
