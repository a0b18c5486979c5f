/* template.c - the parser: text into a list of instructions, with the HTML context followed just
 * far enough to know that every value stands in text or in a quoted attribute. */
#include "http/template.h"

#include <string.h>

#include "http/embed.h"
#include "http/texts.h"
#include "http/view.h"

enum op { OP_TEXT, OP_VAR, OP_URL, OP_SVG, OP_JSON, OP_KEY, OP_COUNT, OP_SECTION, OP_INVERT, OP_END, OP_PARTIAL };

struct ins {
    enum op op;
    struct str s;
    size_t jump; /* SECTION, INVERT: index behind the matching END */
};

enum { MAX_INS = 600, MAX_PAGES = 128, MAX_NEST = 12 };

struct page {
    struct str name;
    struct ins *ins;
    size_t n;
};

struct pages {
    const struct texts *texts;
    struct page v[MAX_PAGES];
    size_t n;
};

/* Where in HTML the parser stands. */
struct context {
    bool in_tag, script;
    char quote;          /* of the attribute value it is in, or 0 */
    struct str tag, attr; /* names as far as known */
    size_t attr_start;
};

static void enter_tag(struct context *c, struct str s, size_t i)
{
    size_t n = 0;
    while (i + 1 + n < s.n && strchr("/!abcdefghijklmnopqrstuvwxyz0123456789", s.p[i + 1 + n]))
        n++;
    c->tag = str_sub(s, i + 1, n);
    c->in_tag = n > 0;
}

static void leave_tag(struct context *c)
{
    c->in_tag = false;
    if (str_eq(c->tag, S("script")) || str_eq(c->tag, S("style")))
        c->script = true;
    if (str_eq(c->tag, S("/script")) || str_eq(c->tag, S("/style")))
        c->script = false;
}

/* The name before `="` that ends at i. */
static struct str attr_before(struct str s, size_t i)
{
    size_t end = i ? i - 1 : 0, from = end;
    while (from && !strchr(" \n\t<", s.p[from - 1]))
        from--;
    return str_sub(s, from, end - from);
}

static void follow(struct context *c, struct str all, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        char ch = all.p[i];
        if (c->quote) {
            if (ch == c->quote)
                c->quote = 0;
        } else if (!c->in_tag) {
            if (ch == '<')
                enter_tag(c, all, i);
        } else if (ch == '"' || ch == '\'') {
            c->quote = ch;
            c->attr = attr_before(all, i);
            c->attr_start = i + 1;
        } else if (ch == '>') {
            leave_tag(c);
        }
    }
}

/* OP_VAR, OP_URL, or OP_END when no value may stand here. */
static enum op op_for(const struct context *c, size_t at)
{
    static const char *const links[] = {"href", "src", "action", "formaction"};
    if (c->script || (c->in_tag && !c->quote) || str_starts(c->attr, S("on")))
        return c->quote || c->script || c->in_tag ? OP_END : OP_VAR;
    if (!c->quote)
        return OP_VAR;
    for (size_t i = 0; i < 4; i++)
        if (str_eq(c->attr, str_c(links[i])) && c->attr_start == at)
            return OP_URL;
    return str_eq(c->attr, S("style")) ? OP_END : OP_VAR;
}

struct parse {
    struct arena *a;
    struct pages *pages;
    struct page *page;
    struct context c;
    size_t open[MAX_NEST], n_open;
    const char *why;
};

static void emit(struct parse *p, enum op op, struct str s)
{
    if (p->page->n == MAX_INS)
        p->why = "is too long";
    else
        p->page->ins[p->page->n++] = (struct ins){op, s, 0};
}

static void section(struct parse *p, char kind, struct str name)
{
    if (kind != '/') {
        if (p->n_open == MAX_NEST)
            p->why = "nests too deep";
        else
            p->open[p->n_open++] = p->page->n;
        emit(p, kind == '#' ? OP_SECTION : OP_INVERT, name);
        return;
    }
    if (p->n_open == 0 || !str_eq(p->page->ins[p->open[p->n_open - 1]].s, name)) {
        p->why = "closes a section that is not open";
        return;
    }
    emit(p, OP_END, name);
    p->page->ins[p->open[--p->n_open]].jump = p->page->n;
}

static void tag(struct parse *p, struct str name, size_t at)
{
    char kind = name.n ? name.p[0] : 0;
    if (kind == '#' || kind == '^' || kind == '/') {
        section(p, kind, str_sub(name, 1, name.n));
        return;
    }
    if (kind == '>') {
        if (str_eq(str_sub(name, 1, name.n), p->page->name))
            p->why = "includes itself";
        emit(p, OP_PARTIAL, str_sub(name, 1, name.n));
        return;
    }
    if (str_starts(name, S("json:"))) { /* data for machines: nothing else may stand in a script */
        if (!p->c.script || p->c.in_tag)
            p->why = "has {{json:}} outside of a script element";
        emit(p, OP_JSON, str_sub(name, 5, name.n));
        return;
    }
    enum op op = op_for(&p->c, at);
    if (kind == 0 || op == OP_END) {
        p->why = "has a value where none may stand (script, style, on*, unquoted attribute)";
    } else if (str_starts(name, S("t."))) {
        struct str count = str_sub(name, 2, name.n), whole = count, key = str_cut(&count, ' ');
        if (!p->pages->texts || !texts_find(p->pages->texts, LANG_ZH, key).p)
            p->why = str_z(p->a, str_fmt(p->a, "asks for the text key %.*s", SV(key)));
        emit(p, count.n ? OP_COUNT : OP_KEY, whole);
    } else if (str_starts(name, S("svg:"))) {
        emit(p, OP_SVG, str_sub(name, 4, name.n));
    } else {
        emit(p, op, name);
    }
}

static void parse(struct parse *p, struct str text)
{
    size_t at = 0;
    while (!p->why) {
        ptrdiff_t open = str_find(str_sub(text, at, text.n), S("{{"));
        size_t end = open < 0 ? text.n : at + (size_t)open;
        follow(&p->c, text, at, end);
        if (end > at)
            emit(p, OP_TEXT, str_sub(text, at, end - at));
        if (open < 0)
            break;
        struct str rest = str_sub(text, end + 2, text.n);
        ptrdiff_t close = str_find(rest, S("}}"));
        if (close < 0 || str_starts(rest, S("{")) || str_starts(rest, S("&"))) {
            p->why = "has an unfinished or unescaped {{";
            break;
        }
        tag(p, str_trim(str_sub(rest, 0, (size_t)close)), end);
        at = end + 2 + (size_t)close + 2;
    }
    if (!p->why && p->n_open)
        p->why = "leaves a section open";
}

struct pages *pages_new(struct arena *a, const struct texts *texts)
{
    struct pages *p = NEW(a, struct pages);
    p->texts = texts;
    return p;
}

enum err pages_add(struct pages *pages, struct arena *a, struct str name, struct str text,
                   struct str *ret_why)
{
    BUG_ON(pages->n == MAX_PAGES);
    struct page *page = &pages->v[pages->n];
    *page = (struct page){.name = name, .ins = NEW_N(a, MAX_INS, struct ins)};
    struct parse p = {.a = a, .pages = pages, .page = page};
    parse(&p, text);
    if (p.why) {
        *ret_why = str_fmt(a, "web/pages/%.*s.html %s", SV(name), p.why);
        return ERR_INPUT;
    }
    struct ins *tight = NEW_N(a, page->n + 1, struct ins);
    memcpy(tight, page->ins, page->n * sizeof *tight);
    page->ins = tight;
    pages->n++;
    return OK;
}

static const struct page *find(const struct pages *p, struct str name)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->v[i].name, name))
            return &p->v[i];
    return NULL;
}

bool pages_has(const struct pages *p, struct str name)
{
    return find(p, name) != NULL;
}

enum err pages_load(struct arena *a, const struct texts *texts, struct pages **ret,
                    struct str *ret_why)
{
    struct pages *p = pages_new(a, texts);
    for (const struct embedded *f = embedded_files; f->name; f++) {
        struct str name = str_c(f->name);
        size_t cut = str_ends(name, S(".html")) ? 5 : 0; /* "match/list", "match/feed.xml", "lingji.css" */
        bool page = str_starts(name, S("web/pages/")) && (cut || str_ends(name, S(".xml")));
        if (!page && !(str_starts(name, S("web/static/")) && str_ends(name, S(".css"))))
            continue;
        size_t from = page ? S("web/pages/").n : S("web/static/").n;
        enum err e = pages_add(p, a, str_sub(name, from, name.n - from - cut), f->data, ret_why);
        if (e)
            return e;
    }
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < p->v[i].n; k++)
            if (p->v[i].ins[k].op == OP_PARTIAL && !find(p, p->v[i].ins[k].s)) {
                *ret_why = str_fmt(a, "web/pages/%.*s.html wants the partial %.*s",
                                   SV(p->v[i].name), SV(p->v[i].ins[k].s));
                return ERR_INPUT;
            }
    *ret = p;
    return OK;
}

/* ---- rendering ---- */

struct render {
    const struct pages *pages;
    struct buf *out;
    enum lang lang;
    int depth;
};

static bool truthy(const struct item *i)
{
    if (!i)
        return false;
    switch (i->kind) {
    case ITEM_BOOL:
        return i->b;
    case ITEM_STR:
    case ITEM_SVG:
    case ITEM_JSON:
        return i->s.n > 0;
    case ITEM_VIEW:
    case ITEM_LIST:
    default:
        return i->first != NULL;
    }
}

static bool safe_url(struct str s)
{
    static const char *const good[] = {"/", "?", "#", "https://", "http://", "tel:", "mailto:"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (str_starts(s, str_c(good[i])))
            return !str_starts(s, S("//"));
    return false;
}

static void run(struct render *r, const struct ins *ins, size_t from, size_t to, const struct view *v);

static void run_section(struct render *r, const struct ins *ins, size_t at, const struct view *v)
{
    const struct item *i = view_find(v, ins[at].s);
    size_t from = at + 1, to = ins[at].jump - 1;
    if (!truthy(i))
        return;
    if (i->kind != ITEM_LIST && i->kind != ITEM_VIEW) {
        run(r, ins, from, to, v);
        return;
    }
    for (const struct view *child = i->first; child; child = child->next)
        run(r, ins, from, to, child);
}

static void run_value(struct render *r, const struct ins *ins, const struct view *v)
{
    const struct item *i = view_find(v, ins->s);
    if (!i || (ins->op == OP_SVG) != (i->kind == ITEM_SVG) || (ins->op == OP_JSON) != (i->kind == ITEM_JSON))
        return;
    if (ins->op == OP_SVG || ins->op == OP_JSON)
        buf_put(r->out, i->s);
    else if (ins->op == OP_URL && !safe_url(i->s))
        buf_c(r->out, '#');
    else
        buf_html(r->out, i->s);
}

/* "hire.days n": the words for so many. */
static void run_count(struct render *r, struct str name, const struct view *v)
{
    struct str key = str_cut(&name, ' ');
    const struct item *i = view_find(v, name);
    buf_html(r->out, texts_fill(r->pages->texts, r->out->a, r->lang, key, i && i->kind == ITEM_STR ? i->s : S("")));
}

static void run_one(struct render *r, const struct ins *ins, size_t at, const struct view *v)
{
    const struct ins *x = &ins[at];
    const struct page *p;
    switch (x->op) {
    case OP_TEXT:
        buf_put(r->out, x->s);
        break;
    case OP_KEY:
        buf_html(r->out, texts_get(r->pages->texts, r->lang, x->s));
        break;
    case OP_COUNT:
        run_count(r, x->s, v);
        break;
    case OP_SECTION:
        run_section(r, ins, at, v);
        break;
    case OP_INVERT:
        if (!truthy(view_find(v, x->s)))
            run(r, ins, at + 1, x->jump - 1, v);
        break;
    case OP_PARTIAL:
        p = find(r->pages, x->s);
        if (p && r->depth < MAX_NEST) {
            r->depth++;
            run(r, p->ins, 0, p->n, v);
            r->depth--;
        }
        break;
    case OP_VAR:
    case OP_URL:
    case OP_SVG:
    case OP_JSON:
        run_value(r, x, v);
        break;
    case OP_END:
    default:
        break;
    }
}

static void run(struct render *r, const struct ins *ins, size_t from, size_t to, const struct view *v)
{
    for (size_t at = from; at < to;) {
        run_one(r, ins, at, v);
        at = ins[at].op == OP_SECTION || ins[at].op == OP_INVERT ? ins[at].jump : at + 1;
    }
}

bool pages_render(const struct pages *p, struct buf *out, struct str name, enum lang lang,
                  const struct view *v)
{
    struct render r = {p, out, lang, 0};
    const struct page *page = find(p, name);
    if (page)
        run(&r, page->ins, 0, page->n, v);
    return page != NULL;
}
