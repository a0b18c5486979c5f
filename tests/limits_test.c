/* limits_test.c - every limit of every record that a route takes in: at the limit it is taken, one
 * over it the answer names the field and the limit, in Chinese and in English. */
#include <stdio.h>
#include <string.h>

#include "app_fixture.h"
#include "base/buf.h"
#include "http/reply.h"
#include "http/router.h"
#include "test.h"

struct edge {
    const struct route *r;
    const struct field *f;
    int64_t v;
    bool form;
};

/* `v` itself, or a text of v characters. */
static struct str input(struct arena *a, const struct edge *e)
{
    struct buf b;
    bool text = e->f->kind == FIELD_TEXT;
    buf_init(&b, a, 64 << 20);
    buf_fmt(&b, e->form ? "%s=" : text ? "{\"%s\":\"" : "{\"%s\":", e->f->name);
    for (int64_t i = 0; text && i < e->v; i++)
        buf_put(&b, S("字"));
    if (e->form && e->f->kind == FIELD_FEN)
        buf_fmt(&b, "%lld.%02lld", (long long)e->v / 100, (long long)e->v % 100);
    else if (!text)
        buf_i64(&b, e->v);
    buf_put(&b, e->form ? S("") : text ? S("\"}") : S("}"));
    return buf_str(&b);
}

static bool refused(const struct errors *err, const struct field *f)
{
    for (size_t i = 0; i < err->n; i++)
        if (!strcmp(err->v[i].field, f->name))
            return true;
    return false;
}

static void read_edge(struct arena *a, const struct edge *e, struct errors *err)
{
    const struct record *rec = e->r->in;
    void *out = arena_alloc(a, rec->size);
    bool good = e->form ? record_from_form(a, rec, e->f->put, input(a, e), out, NULL, err)
                        : record_from_json(a, rec, e->f->put, input(a, e), out, NULL, err);
    CHECK(good || err->n);
}

static void complain(const struct edge *e, const char *what)
{
    char line[200];
    snprintf(line, sizeof line, "%s %s, field %s, %s, %s", method_name(e->r->method), e->r->path, e->f->name,
             e->form ? "form" : "JSON", what);
    test_fail_i64(__FILE__, __LINE__, line, e->v, 0);
}

static void taken(struct arena *a, struct edge e)
{
    struct errors err = {0};
    read_edge(a, &e, &err);
    if (refused(&err, e.f))
        complain(&e, "is refused at its limit");
}

static struct str words_of(struct town *t, const struct edge *e, struct errors err, enum lang lang)
{
    static const struct session nobody = {.roles = PUBLIC};
    struct request rq = {.app = &t->app, .a = &t->a, .route = e->r, .lang = lang, .who = &nobody,
                         .problem = {.err = ERR_INPUT, .fields = err}};
    reply_problem(&rq, ERR_INPUT);
    return rq.reply.body;
}

static void over(struct town *t, struct edge e)
{
    struct errors err = {0};
    read_edge(&t->a, &e, &err);
    if (!refused(&err, e.f)) {
        complain(&e, "is taken beyond its limit");
        return;
    }
    struct str pointer = str_fmt(&t->a, "\"pointer\":\"/%s\"", e.f->name);
    struct str zh = words_of(t, &e, err, LANG_ZH), en = words_of(t, &e, err, LANG_EN);
    if (str_find(zh, pointer) < 0 || str_find(en, pointer) < 0 || str_eq(zh, en))
        complain(&e, "is not named in both languages");
    for (size_t i = 0; i < en.n; i++)
        if ((unsigned char)en.p[i] >= 0xe3) {
            complain(&e, "has Chinese in its English words");
            break;
        }
}

static void edges_of(struct town *t, const struct route *r, const struct field *f, bool form)
{
    bool text = f->kind == FIELD_TEXT;
    if (f->max) {
        taken(&t->a, (struct edge){r, f, f->max, form});
        over(t, (struct edge){r, f, f->max + 1, form});
    }
    if (f->min > 0)
        taken(&t->a, (struct edge){r, f, f->min, form});
    if (text ? f->min > 1 : (f->min || f->max) && (f->min > 0 || !form || f->kind != FIELD_FEN))
        over(t, (struct edge){r, f, f->min - 1, form});
}

static void walk(struct town *t)
{
    size_t n, seen = 0;
    const struct route *const *routes = router_routes(t->app.router, &n);
    for (size_t i = 0; i < n; i++)
        for (const struct field *f = routes[i]->in ? routes[i]->in->fields : NULL; f && f->name; f++) {
            bool limited = f->kind == FIELD_INT || f->kind == FIELD_FEN || f->kind == FIELD_TEXT;
            if (!limited || !(f->put & (uint32_t)ANYONE) || (!f->min && !f->max))
                continue;
            seen++;
            edges_of(t, routes[i], f, false);
            if (!f->clock)
                edges_of(t, routes[i], f, true);
        }
    CHECK(seen > 30);
}

TEST(every_limit_is_kept_and_named_in_both_languages)
{
    each_town(walk);
}

/* Only what somebody may send can be said to be wrong. */
static void walk_names(struct town *t)
{
    size_t n;
    const struct route *const *routes = router_routes(t->app.router, &n);
    for (size_t i = 0; i < n; i++)
        for (const struct field *f = routes[i]->in ? routes[i]->in->fields : NULL; f && f->name; f++)
            for (enum lang lang = LANG_ZH; f->put & (uint32_t)ANYONE && lang <= LANG_EN; lang++) {
                struct request rq = {.app = &t->app, .a = &t->a, .route = routes[i], .lang = lang};
                struct str name = field_label(&rq, f->name);
                if (str_starts(name, S("field.")) || !name.n)
                    test_fail_str(__FILE__, __LINE__, routes[i]->path, name, S("its name"));
            }
}

TEST(every_field_that_somebody_may_send_has_a_name_in_both_languages)
{
    each_town(walk_names);
}
