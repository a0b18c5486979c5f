/* route.c - the compiled route table: literal segments beat parameters, first match wins. */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "http/router.h"

enum { MAX_ROUTES = 400, MAX_SEGMENTS = 10 };

struct router {
    const struct route *v[MAX_ROUTES];
    size_t n;
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
    *ret = t;
    return OK;
}

const struct route *const *router_routes(const struct router *r, size_t *ret_n)
{
    *ret_n = r->n;
    return r->v;
}

static size_t split(struct str path, struct str seg[MAX_SEGMENTS])
{
    size_t n = 0;
    path = str_sub(path, 1, path.n);
    while (path.p && n < MAX_SEGMENTS)
        seg[n++] = str_cut(&path, '/');
    return path.p ? MAX_SEGMENTS + 1 : n;
}

/* -1: no match; else how many segments matched literally. */
static int match(const struct route *r, const struct str *seg, size_t n, struct param ret[MAX_PARAMS])
{
    struct str rest = str_c(r->path + 1);
    int literal = 0;
    size_t n_params = 0, i = 0;
    memset(ret, 0, MAX_PARAMS * sizeof *ret);
    for (; rest.p; i++) {
        struct str want = str_cut(&rest, '/');
        bool named = want.n && want.p[0] == ':';
        if (i == n || (named ? !seg[i].n || n_params == MAX_PARAMS : !str_eq(want, seg[i])))
            return -1;
        if (named) {
            ret[n_params].name = want.p + 1;
            ret[n_params++].value = seg[i];
        }
        literal += !named;
    }
    return i == n ? literal : -1;
}

/* Route paths are NUL-terminated, so a parameter's name runs to the next slash. */
static void name_params(struct request *rq)
{
    for (size_t i = 0; i < sizeof rq->params / sizeof *rq->params; i++) {
        const char *name = rq->params[i].name;
        if (name)
            rq->params[i].name = str_z(rq->a, (struct str){name, strcspn(name, "/")});
    }
}

enum err router_find(const struct router *t, struct request *rq)
{
    struct str seg[MAX_SEGMENTS];
    size_t n = split(rq->path, seg);
    int best = -1;
    bool other_method = false;
    const struct route *found = NULL;
    if (n > MAX_SEGMENTS)
        return ERR_NONE;
    for (size_t i = 0; i < t->n; i++) {
        struct param probe[MAX_PARAMS];
        int literal = match(t->v[i], seg, n, probe);
        if (literal < 0)
            continue;
        if (t->v[i]->method != rq->method) {
            other_method = true;
            continue;
        }
        if (literal > best) {
            best = literal;
            found = t->v[i];
            memcpy(rq->params, probe, sizeof probe);
        }
    }
    rq->route = found;
    name_params(rq);
    return found ? OK : other_method ? ERR_METHOD : ERR_NONE;
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
