/* reply.c - the answers of request.h: records, lists, pages, problems. */
#include <string.h>

#include "base/buf.h"
#include "http/assets.h"
#include "http/page.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/sheet.h"
#include "http/template.h"
#include "http/texts.h"
#include "rules/rules.h"

enum { MAX_REPLY = 8 << 20 };
static const char json_type[] = "application/json; charset=utf-8";
static const char html_type[] = "text/html; charset=utf-8";

int64_t rule_number(const struct request *rq, const char *name, int64_t otherwise)
{
    int64_t v = otherwise;
    rules_number(rq->app->rules, name, rq->city, cal_day(rq->now_ms), &v);
    return v;
}

enum err fail(struct request *rq, enum err e, const char *key)
{
    rq->problem.err = e;
    rq->problem.key = key;
    return e;
}

enum err fail_field(struct request *rq, const char *field, const char *key, struct str arg)
{
    errors_add(&rq->problem.fields, field, key, arg);
    return fail(rq, ERR_INPUT, NULL);
}

enum err refuse_arg(struct request *rq, const struct rule *rule, struct str arg)
{
    rq->problem.rule = rule;
    rq->problem.arg = arg;
    return fail(rq, ERR_RULE, NULL);
}

enum err refuse(struct request *rq, const struct rule *rule)
{
    return refuse_arg(rq, rule, S(""));
}

bool given(const struct request *rq, const char *field)
{
    const struct field *f = rq->route->in ? record_field(rq->route->in, str_c(field)) : NULL;
    return f && rq->in_seen >> (f - rq->route->in->fields) & 1;
}

int64_t new_id(struct request *rq)
{
    return id_next(rq->app->ids, rq->now_ms);
}

struct str param(const struct request *rq, const char *name)
{
    for (size_t i = 0; i < sizeof rq->params / sizeof *rq->params; i++)
        if (rq->params[i].name && strcmp(rq->params[i].name, name) == 0)
            return rq->params[i].value;
    return S("");
}

int64_t param_id(const struct request *rq, const char *name)
{
    int64_t id = 0;
    return str_i64(param(rq, name), &id) && id > 0 ? id : 0;
}

enum err reply_text(struct request *rq, int status, const char *type, struct str body)
{
    rq->reply.kind = REPLY_BYTES;
    rq->reply.status = status;
    rq->reply.type = type;
    rq->reply.body = body;
    return OK;
}

enum err reply_none(struct request *rq)
{
    return reply_text(rq, 204, json_type, S(""));
}

/* "bytes=0-499", "bytes=500-", "bytes=-500"; anything else is no range and answered whole. */
static bool read_range(struct str s, size_t n, size_t *ret_from, size_t *ret_to)
{
    int64_t from = 0, to = (int64_t)n - 1;
    if (!str_starts(s, S("bytes=")) || str_find(s, S(",")) >= 0)
        return false;
    struct str last = str_sub(s, 6, s.n), first = str_cut(&last, '-');
    if ((first.n && !str_i64(first, &from)) || (last.n && !str_i64(last, &to)) || (!first.n && !last.n) || from < 0 || to < 0)
        return false;
    if (!first.n) { /* the last so many */
        from = to < (int64_t)n ? (int64_t)n - to : 0;
        to = (int64_t)n - 1;
    }
    *ret_from = (size_t)from;
    *ret_to = to < (int64_t)n ? (size_t)to + 1 : n;
    return true;
}

enum err reply_ranges(struct request *rq, const char *type, struct str body)
{
    size_t from, to;
    bool part = read_range(rq->range, body.n, &from, &to), none = part && from >= to;
    reply_text(rq, !part ? 200 : none ? 416 : 206, type, !part ? body : none ? S("") : str_sub(body, from, to - from));
    rq->reply.range = !part  ? S("bytes")
                      : none ? str_fmt(rq->a, "bytes */%zu", body.n)
                             : str_fmt(rq->a, "bytes %zu-%zu/%zu", from, to - 1, body.n);
    return OK;
}

enum err reply_record(struct request *rq, int status, const struct record *rec, const void *v)
{
    struct buf b;
    buf_init(&b, rq->a, MAX_REPLY);
    record_json(&b, rec, rq->who->roles | PUBLIC, SHOW_MASKED, v);
    return reply_text(rq, status, json_type, buf_str(&b));
}

enum err reply_items(struct request *rq, const struct record *rec, const void *v, size_t n,
                     int64_t next)
{
    struct buf b;
    if (rq->sheet && rq->route->sheet)
        return reply_sheet_items(rq, rec, v, n);
    buf_init(&b, rq->a, MAX_REPLY);
    buf_put(&b, S("{\"items\":["));
    for (size_t i = 0; i < n; i++) {
        if (i)
            buf_c(&b, ',');
        record_json(&b, rec, rq->who->roles | PUBLIC, SHOW_MASKED, (const char *)v + i * rec->size);
    }
    if (next)
        buf_fmt(&b, "],\"next\":\"%lld\"}", (long long)next);
    else
        buf_put(&b, S("],\"next\":null}"));
    return b.over ? fail(rq, ERR_LARGE, NULL) : reply_text(rq, 200, json_type, buf_str(&b));
}

enum err reply_see(struct request *rq, struct str location)
{
    rq->reply.location = location;
    return reply_text(rq, 303, html_type, S(""));
}

enum err reply_done(struct request *rq, int status, const struct record *rec, const void *v,
                    struct str location)
{
    if (rq->html)
        return reply_see(rq, location);
    rq->reply.location = status == 201 ? location : S("");
    return rec ? reply_record(rq, status, rec, v) : reply_none(rq);
}

enum err reply_stream(struct request *rq, const char *topic)
{
    rq->reply.kind = REPLY_STREAM;
    rq->reply.status = 200;
    rq->reply.topic = topic;
    return OK;
}

void reply_cookie(struct request *rq, struct str set_cookie)
{
    if (rq->reply.n_cookies < sizeof rq->reply.cookies / sizeof *rq->reply.cookies)
        rq->reply.cookies[rq->reply.n_cookies++] = set_cookie;
}

void publish_after(struct request *rq, struct str topic)
{
    if (rq->n_topics < sizeof rq->topics / sizeof *rq->topics)
        rq->topics[rq->n_topics++] = str_dup(rq->a, topic);
}

/* ---- pages ---- */

static void view_who(struct request *rq, struct view *v)
{
    uint32_t r = rq->who->roles;
    char key[7];
    uint64_t seed;
    seal_random(&seed, sizeof seed);
    code6(seed, key);
    view_bool(v, "signed_in", rq->who->account_id != 0);
    view_bool(v, "is_work", r & (POSTER | STAFF));
    view_bool(v, "is_seeker", r & SEEKER);
    view_str(v, "csrf", str_c(rq->who->csrf));
    view_fmt(v, "idem", "%llx-%s", (unsigned long long)(seed ^ (uint64_t)rq->now_ms), key);
}

/* How the page looks, and which of the choices is the present one. */
static void view_look(struct request *rq, struct view *v)
{
    static const char *const flags[][2] = {{"", "size_s"}, {"l", "size_l"}, {"xl", "size_xl"}, {"max", "size_max"}, {"elder", "elder"}};
    bool elder = str_eq(rq->cookie_size, S("elder"));
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        view_bool(v, flags[i][1], str_eq(rq->cookie_size, str_c(flags[i][0])));
    view_str(v, "size", elder ? S("") : rq->cookie_size);
    view_bool(v, "contrast", rq->contrast);
}

static void view_common(struct request *rq, struct view *v)
{
    view_str(v, "lang", rq->lang == LANG_ZH ? S("zh-CN") : S("en"));
    view_bool(v, "zh", rq->lang == LANG_ZH);
    view_look(rq, v);
    view_bool(v, "at_list", str_eq(rq->path, S("/")));
    view_bool(v, "at_my", str_starts(rq->path, S("/my")));
    view_bool(v, "demo", rq->app->demo);
    if (!view_has(v, "path")) /* where a page that answers a form is read again */
        view_str(v, "path", rq->path);
    view_str(v, "css", assets_url(rq->app->assets, "/static/lingji.css"));
    view_str(v, "js", assets_url(rq->app->assets, "/static/lingji.js"));
    view_str(v, "now", show_when(rq, rq->now_ms));
    view_who(rq, v);
}

static struct str detail_of(struct request *rq)
{
    const struct problem *p = &rq->problem;
    const struct texts *t = rq->app->texts;
    struct str key = p->rule  ? str_fmt(rq->a, "rule.%s", p->rule->code)
                     : p->key ? str_c(p->key)
                              : str_fmt(rq->a, "err.%s.do", err_code(p->err));
    return texts_fill(t, rq->a, rq->lang, key, p->arg);
}

static struct str title_of(struct request *rq)
{
    return texts_get(rq->app->texts, rq->lang, str_fmt(rq->a, "err.%s", err_code(rq->problem.err)));
}

static void view_problem(struct request *rq, struct view *outer)
{
    struct view *v = view_child(outer, "problem");
    view_str(v, "title", title_of(rq));
    view_str(v, "detail", detail_of(rq));
    for (size_t i = 0; i < rq->problem.fields.n; i++) {
        const struct field_error *e = &rq->problem.fields.v[i];
        struct view *line = view_item(v, "errors");
        view_str(line, "field", str_c(e->field));
        view_str(line, "label", field_label(rq, e->field));
        view_str(line, "text", text_with(rq, e->key, e->arg));
    }
}

struct str field_label(struct request *rq, const char *field)
{
    const struct record *rec = rq->route ? rq->route->in : NULL;
    return rec && record_field(rec, str_c(field)) ? record_label(rq, rec, field) : str_c(field);
}

enum err reply_xml(struct request *rq, const char *name, const char *type, struct view *v)
{
    struct buf b;
    buf_init(&b, rq->a, MAX_REPLY);
    BUG_ON(!pages_has(rq->app->pages, str_c(name)));
    pages_render(rq->app->pages, &b, str_c(name), rq->lang, v);
    return b.over ? fail(rq, ERR_LARGE, NULL) : reply_text(rq, 200, type, buf_str(&b));
}

enum err reply_page(struct request *rq, const char *name, struct view *v)
{
    struct buf inner;
    buf_init(&inner, rq->a, MAX_REPLY);
    view_common(rq, v);
    if (rq->problem.err)
        view_problem(rq, v);
    struct str title = texts_find(rq->app->texts, rq->lang, str_fmt(rq->a, "page.%s", name));
    if (title.p && !view_has(v, "title"))
        view_str(v, "title", title);
    view_str(v, "page", str_c(name));
    BUG_ON(!pages_has(rq->app->pages, str_c(name)));
    pages_render(rq->app->pages, &inner, str_c(name), rq->lang, v);
    int status = rq->problem.err ? err_status(rq->problem.err) : 200;
    return inner.over ? fail(rq, ERR_LARGE, NULL) : reply_text(rq, status, html_type, buf_str(&inner));
}

/* ---- problems ---- */

static void write_errors(struct request *rq, struct buf *b)
{
    buf_put(b, S(",\"errors\":["));
    for (size_t i = 0; i < rq->problem.fields.n; i++) {
        const struct field_error *e = &rq->problem.fields.v[i];
        buf_fmt(b, "%s{\"pointer\":", i ? "," : "");
        buf_json(b, str_fmt(rq->a, "/%s", e->field));
        buf_put(b, S(",\"code\":"));
        buf_json(b, str_c(e->key));
        buf_put(b, S(",\"detail\":"));
        struct str words = text_with(rq, e->key, e->arg);
        buf_json(b, *e->field ? str_fmt(rq->a, "%.*s: %.*s", SV(field_label(rq, e->field)), SV(words)) : words);
        buf_c(b, '}');
    }
    buf_c(b, ']');
}

static void problem_json(struct request *rq)
{
    struct buf b;
    const struct problem *p = &rq->problem;
    buf_init(&b, rq->a, 64 << 10);
    buf_fmt(&b, "{\"type\":\"about:blank\",\"status\":%d,\"code\":\"%s\",\"title\":", err_status(p->err),
            err_code(p->err));
    buf_json(&b, title_of(rq));
    buf_put(&b, S(",\"detail\":"));
    buf_json(&b, detail_of(rq));
    if (p->rule) {
        buf_put(&b, S(",\"rule\":"));
        buf_json(&b, str_c(p->rule->code));
        buf_put(&b, S(",\"source\":"));
        buf_json(&b, str_c(p->rule->source));
    }
    if (p->fields.n)
        write_errors(rq, &b);
    buf_c(&b, '}');
    reply_text(rq, err_status(p->err), "application/problem+json; charset=utf-8", buf_str(&b));
}

void reply_problem(struct request *rq, enum err e)
{
    if (rq->problem.err != e)
        rq->problem = (struct problem){.err = e, .retry_s = rq->problem.retry_s};
    if (e == ERR_BUSY || e == ERR_UNKNOWN || e == ERR_LIMIT)
        rq->problem.retry_s = rq->problem.retry_s ? rq->problem.retry_s : 1;
    rq->reply = (struct reply){0};
    if (rq->html && rq->app->pages && pages_has(rq->app->pages, S("problem")))
        reply_page(rq, "problem", view_new(rq->a));
    else
        problem_json(rq);
}
