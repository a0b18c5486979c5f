/* route.c - the compiled route table, a tree of segments: literal segments beat parameters, first match wins. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "http/router.h"

enum { MAX_ROUTES = 400, MAX_SEGMENTS = 10 };

/* One segment of the paths that begin alike. */
struct step {
    struct str name; /* of a parameter without the colon, ended by NUL */
    bool named;
    struct step *next, *down;
    const struct route *on[METHODS];
};

struct router {
    const struct route *v[MAX_ROUTES];
    size_t n;
    struct step root;
};

const char *method_name(enum method m)
{
    static const char *const names[METHODS] = {"GET", "POST", "PUT", "PATCH", "DELETE"};
    return names[m];
}

const struct choice role_choices[] = {{"public"},     {"seeker"},    {"employer"}, {"agency"},  {"consultant"},
                                      {"inspector"},  {"grid"},      {"trainer"},  {"mediator"}, {"site_manager"},
                                      {"district_admin"}, {"city_admin"}, {"auditor"}, {"system"},  {0}};

const char *role_name(int bit)
{
    return bit < (int)(sizeof role_choices / sizeof *role_choices) - 1 ? role_choices[bit].key : "?";
}

static int by_path(const void *x, const void *y)
{
    const struct route *a = *(const struct route *const *)x, *b = *(const struct route *const *)y;
    int c = strcmp(a->path, b->path);
    return c ? c : (int)a->method - (int)b->method;
}

static const char *wrong(const struct route *r)
{
    if (!r->roles)
        return "says no role";
    if (!r->run)
        return "has no handler";
    if (r->path[0] != '/')
        return "does not begin with /";
    if (r->method != GET && r->cached)
        return "is a write that is cached";
    return NULL;
}

static size_t split(struct str path, struct str seg[MAX_SEGMENTS])
{
    size_t n = 0;
    path = str_sub(path, 1, path.n);
    while (path.p && n < MAX_SEGMENTS)
        seg[n++] = str_cut(&path, '/');
    return path.p ? MAX_SEGMENTS + 1 : n;
}

static void plant(struct arena *a, struct step *at, const struct route *r)
{
    struct str seg[MAX_SEGMENTS];
    size_t n = split(str_c(r->path), seg);
    BUG_ON(n > MAX_SEGMENTS);
    for (size_t i = 0; i < n; i++) {
        bool named = str_starts(seg[i], S(":"));
        struct str name = named ? str_sub(seg[i], 1, seg[i].n) : seg[i];
        struct step **p = &at->down;
        while (*p && ((*p)->named != named || !str_eq((*p)->name, name)))
            p = &(*p)->next;
        if (!*p) {
            *p = NEW(a, struct step);
            **p = (struct step){.name = str_c(str_z(a, name)), .named = named};
        }
        at = *p;
    }
    at->on[r->method] = r;
}

enum err router_new(struct arena *a, const struct feature *const *features, struct router **ret,
                    struct str *ret_why)
{
    struct router *t = NEW(a, struct router);
    for (size_t i = 0; features[i]; i++)
        for (const struct route *r = features[i]->routes; r && r->path; r++) {
            const char *why = wrong(r);
            if (why) {
                *ret_why = str_fmt(a, "route %s %s %s", method_name(r->method), r->path, why);
                return ERR_INPUT;
            }
            BUG_ON(t->n == MAX_ROUTES);
            t->v[t->n++] = r;
        }
    qsort(t->v, t->n, sizeof *t->v, by_path);
    for (size_t i = 1; i < t->n; i++)
        if (by_path(&t->v[i - 1], &t->v[i]) == 0) {
            *ret_why = str_fmt(a, "route %s stands twice", t->v[i]->path);
            return ERR_INPUT;
        }
    for (size_t i = 0; i < t->n; i++)
        plant(a, &t->root, t->v[i]);
    *ret = t;
    return OK;
}

const struct route *const *router_routes(const struct router *r, size_t *ret_n)
{
    *ret_n = r->n;
    return r->v;
}

struct walk {
    const struct str *seg;
    size_t n;
    struct request *rq;
    struct param params[MAX_PARAMS];
    int best; /* segments that matched literally */
};

static void arrive(struct walk *w, const struct step *at, int literal)
{
    struct request *rq = w->rq;
    const struct route *r = at->on[rq->method];
    for (int m = 0; m < METHODS; m++)
        rq->allowed |= (uint32_t)(at->on[m] != NULL) << m;
    if (!r || literal <= w->best)
        return;
    w->best = literal;
    rq->route = r;
    memcpy(rq->params, w->params, sizeof rq->params);
}

static void go_on(struct walk *w, const struct step *at, size_t i, size_t n_params)
{
    if (i == w->n) {
        arrive(w, at, (int)(i - n_params));
        return;
    }
    for (const struct step *s = at->down; s; s = s->next) {
        if (s->named ? !w->seg[i].n || n_params == MAX_PARAMS : !str_eq(s->name, w->seg[i]))
            continue;
        if (s->named)
            w->params[n_params] = (struct param){s->name.p, w->seg[i]};
        go_on(w, s, i + 1, n_params + s->named);
        if (s->named)
            w->params[n_params] = (struct param){0};
    }
}

enum err router_find(const struct router *t, struct request *rq)
{
    struct str seg[MAX_SEGMENTS];
    struct walk w = {.seg = seg, .n = split(rq->path, seg), .rq = rq, .best = -1};
    rq->route = NULL;
    rq->allowed = 0;
    if (w.n > MAX_SEGMENTS)
        return ERR_NONE;
    go_on(&w, &t->root, 0, 0);
    return rq->route ? OK : rq->allowed ? ERR_METHOD : ERR_NONE;
}

static void print_roles(struct buf *out, uint32_t roles)
{
    static const struct {
        uint32_t mask;
        const char *name;
    } groups[] = {{ANYONE & ~(uint32_t)SYSTEM, "anyone"}, {SIGNED_IN, "signed_in"}, {STAFF, "staff"}};
    const char *comma = "";
    roles &= ~(uint32_t)SYSTEM;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if ((roles & groups[i].mask) == groups[i].mask) {
            buf_fmt(out, "%s%s", comma, groups[i].name);
            roles &= ~groups[i].mask;
            comma = ",";
        }
    for (int bit = 0; bit < 14; bit++)
        if (roles >> bit & 1) {
            buf_fmt(out, "%s%s", comma, role_name(bit));
            comma = ",";
        }
}

void router_print(const struct router *t, struct buf *out)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct route *r = t->v[i];
        buf_fmt(out, "%-6s %s  ", method_name(r->method), r->path);
        print_roles(out, r->roles);
        buf_fmt(out, "  %s > %s%s%s%s%s\n", r->in ? r->in->name : "-", r->out ? r->out->name : "-",
                r->list ? "[]" : "", r->owns ? "  owned" : "", r->to ? "  " : "", r->to ? r->to : "");
    }
}
