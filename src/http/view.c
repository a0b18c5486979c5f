/* view.c - values of a page. */
#include "http/view.h"

#include "http/reply.h"

#include <qrencode.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/buf.h"

struct view *view_new(struct arena *a)
{
    struct view *v = NEW(a, struct view);
    v->a = a;
    return v;
}

static struct item *own(const struct view *v, struct str name)
{
    for (struct item *i = v->items; i; i = i->next)
        if (str_eq(i->name, name))
            return i;
    return NULL;
}

const struct item *view_own(const struct view *v, struct str name)
{
    const struct item *i = own(v, name);
    for (struct told *t = v->told; t && !i; t = t->next)
        i = told_find(t, name);
    return i;
}

static struct item *put(struct view *v, const char *key, enum item_kind kind)
{
    struct str name = str_c(key);
    struct item *i = own(v, name);
    if (!i) {
        i = NEW(v->a, struct item);
        i->name = name;
        if (v->last)
            v->last->next = i;
        else
            v->items = i;
        v->last = i;
    }
    i->kind = kind;
    return i;
}

void view_str(struct view *v, const char *name, struct str s)
{
    put(v, name, ITEM_STR)->s = s;
}

void view_fmt(struct view *v, const char *name, const char *fmt, ...)
{
    char z[1024];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(z, sizeof z, fmt, ap);
    va_end(ap);
    size_t len = n < 0 ? 0 : (size_t)n < sizeof z ? (size_t)n : sizeof z - 1;
    view_str(v, name, str_dup(v->a, (struct str){z, len}));
}

void view_i64(struct view *v, const char *name, int64_t x)
{
    view_str(v, name, str_fmt(v->a, "%lld", (long long)x));
}

void view_bool(struct view *v, const char *name, bool x)
{
    put(v, name, ITEM_BOOL)->b = x;
}

bool view_on(const struct view *v, const char *name)
{
    const struct item *i = own(v, str_c(name));
    return i && i->kind == ITEM_BOOL && i->b;
}

struct view *view_child(struct view *v, const char *name)
{
    struct item *i = put(v, name, ITEM_VIEW);
    i->first = i->last = view_new(v->a);
    i->first->outer = v;
    return i->first;
}

struct view *view_item(struct view *v, const char *name)
{
    struct item *i = put(v, name, ITEM_LIST);
    struct view *child = view_new(v->a);
    child->outer = v;
    if (i->last)
        i->last->next = child;
    else
        i->first = child;
    i->last = child;
    return child;
}

static const struct item *dotted(const struct view *v, struct str name)
{
    struct str rest = name, head = str_cut(&rest, '.');
    const struct item *i = view_own(v, head);
    if (!i || !rest.p)
        return i;
    return i->kind == ITEM_VIEW ? dotted(i->first, rest) : NULL;
}

const struct item *view_find(const struct view *v, struct str name)
{
    for (; v; v = v->outer) {
        const struct item *i = dotted(v, name);
        if (i)
            return i;
    }
    return NULL;
}

static struct str qr_path(struct arena *a, struct str content, int *ret_width)
{
    struct buf b;
    QRcode *q = QRcode_encodeString(str_z(a, content), 0, QR_ECLEVEL_M, QR_MODE_8, 1);
    BUG_ON(!q);
    buf_init(&b, a, 64 << 10);
    for (int y = 0; y < q->width; y++)
        for (int x = 0, run; x < q->width; x += run) {
            bool dark = q->data[y * q->width + x] & 1;
            for (run = 1; x + run < q->width && (q->data[y * q->width + x + run] & 1) == dark;)
                run++;
            if (dark)
                buf_fmt(&b, "M%d %dh%dv1h-%dz", x, y, run, run);
        }
    *ret_width = q->width;
    QRcode_free(q);
    return buf_str(&b);
}

struct str show_qr(struct arena *a, struct str content)
{
    int width;
    return qr_path(a, content, &width);
}

void view_qr(struct view *v, const char *name, struct str content)
{
    int width;
    struct str path = qr_path(v->a, content, &width);
    put(v, name, ITEM_SVG)->s = str_fmt(
        v->a,
        "<svg class=\"qr\" viewBox=\"-4 -4 %d %d\" role=\"img\" aria-label=\"QR\" shape-rendering=\"crispEdges\">"
        "<rect x=\"-4\" y=\"-4\" width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" d=\"%.*s\"/></svg>",
        width + 8, width + 8, width + 8, width + 8, SV(path));
}

void view_json(struct view *v, const char *name, struct str json)
{
    struct buf b;
    buf_init(&b, v->a, 6 * json.n + 1);
    for (size_t i = 0; i < json.n; i++)
        if (json.p[i] == '<') /* inside a string, where else */
            buf_put(&b, S("\\u003c"));
        else
            buf_c(&b, json.p[i]);
    put(v, name, ITEM_JSON)->s = buf_str(&b);
}

bool view_has(const struct view *v, const char *name)
{
    return view_own(v, str_c(name)) != NULL;
}
