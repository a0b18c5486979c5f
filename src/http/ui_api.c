/* ui_api.c - static files, and the choices of a reader kept in cookies: type size,
 * contrast, language. Then the addresses that the staff app took over. */
#include "http/ui.h"

#include "http/assets.h"
#include "http/route.h"

static enum err set_size(struct request *rq);
static enum err set_contrast(struct request *rq);
static enum err set_lang(struct request *rq);
static enum err moved(struct request *rq);

#define MOVED(from, where) ROUTE(GET, from, ANYONE, moved, .to = where, .no_tx = true, .doc = "Went into the staff app.")

static const struct route routes[] = {
    ROUTE(GET, "/static/:name", ANYONE, assets_get, .no_tx = true, .doc = "A style sheet or script."),
    ROUTE(GET, "/app", ANYONE, assets_get, .no_tx = true, .doc = "Page: the staff app."),
    ROUTE(GET, "/app/:name", ANYONE, assets_get, .no_tx = true, .doc = "A file of the staff app."),
    ROUTE(GET, "/sw.js", ANYONE, assets_get, .no_tx = true, .doc = "The worker that keeps the staff app in a phone."),
    ROUTE(GET, "/favicon.ico", ANYONE, assets_get, .no_tx = true, .doc = "The sign that browsers show beside the title."),
    ROUTE(GET, "/size/:size", ANYONE, set_size, .no_tx = true, .doc = "Sets the type size: s, l, xl, max or elder."),
    ROUTE(GET, "/contrast/:contrast", ANYONE, set_contrast, .no_tx = true, .doc = "Sets the contrast: high or normal."),
    ROUTE(GET, "/lang/:lang", ANYONE, set_lang, .no_tx = true, .doc = "Sets the language: zh-CN or en."),
    MOVED("/desk", "/app#/desk"),
    MOVED("/employer", "/app#/employer"),
    MOVED("/employer/jobs/new", "/app#/employer?tab=new"),
    MOVED("/employers/new", "/app#/register"),
    MOVED("/inspect", "/app#/visits"),
    MOVED("/rights", "/app#/rights"),
    MOVED("/screens", "/app#/boards"),
    MOVED("/admin/staff", "/app#/staff"),
    MOVED("/staff/sign-in", "/app#/sign-in?way=staff"),
    {0}};

/* Where the reader came from, when that was here; else what the link says; else the first page. */
static struct str back(struct request *rq)
{
    struct str from = page_before(rq), to = query_get(rq, rq->a, "to");
    return from.n ? from : own_page(to) ? to : S("/");
}

static enum err set_cookie(struct request *rq, const char *name, struct str value)
{
    reply_cookie(rq, str_fmt(rq->a, "%s=%.*s; Path=/; Max-Age=31536000; SameSite=Lax", name, SV(value)));
    return reply_see(rq, back(rq));
}

static enum err set_size(struct request *rq)
{
    static const char *const sizes[] = {"l", "xl", "max", "elder"};
    struct str size = param(rq, "size"), kept = S("");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (str_eq(size, str_c(sizes[i])))
            kept = size;
    return set_cookie(rq, "size", kept);
}

static enum err set_contrast(struct request *rq)
{
    return set_cookie(rq, "contrast", str_eq(param(rq, "contrast"), S("high")) ? S("high") : S(""));
}

static enum err set_lang(struct request *rq)
{
    return set_cookie(rq, "lang", str_eq(param(rq, "lang"), S("en")) ? S("en") : S("zh-CN"));
}

static enum err moved(struct request *rq)
{
    return reply_see(rq, str_c(rq->route->to));
}

const struct feature ui_feature = {.name = "ui", .routes = routes};
