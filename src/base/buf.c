/* buf.c - growing text in an arena; the old copy stays until the arena goes. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void buf_init(struct buf *b, struct arena *a, size_t max)
{
    *b = (struct buf){.a = a, .max = max};
}

static void grow(struct buf *b, size_t more)
{
    size_t cap = b->cap ? b->cap * 2 : 256;
    while (cap < b->n + more)
        cap *= 2;
    char *p = arena_alloc(b->a, cap);
    if (b->n)
        memcpy(p, b->p, b->n);
    b->p = p;
    b->cap = cap;
}

static inline bool reserve(struct buf *b, size_t more)
{
    if (b->over || more > b->max || b->n > b->max - more) {
        b->over = true;
        return false;
    }
    if (b->n + more > b->cap)
        grow(b, more);
    return true;
}

void buf_put(struct buf *b, struct str s)
{
    if (s.n == 0 || !reserve(b, s.n))
        return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_c(struct buf *b, char c)
{
    if (reserve(b, 1))
        b->p[b->n++] = c;
}

void buf_i64(struct buf *b, int64_t v)
{
    char z[24];
    size_t at = sizeof z;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do {
        z[--at] = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (v < 0)
        z[--at] = '-';
    buf_put(b, (struct str){z + at, sizeof z - at});
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    BUG_ON(n < 0);
    if (reserve(b, (size_t)n + 1)) {
        vsnprintf(b->p + b->n, (size_t)n + 1, fmt, again);
        b->n += (size_t)n;
    }
    va_end(again);
}

static struct str html_entity(char c)
{
    switch (c) {
    case '&':
        return S("&amp;");
    case '<':
        return S("&lt;");
    case '>':
        return S("&gt;");
    case '"':
        return S("&quot;");
    case '\'':
        return S("&#39;");
    default:
        return (struct str){NULL, 0};
    }
}

void buf_html(struct buf *b, struct str s)
{
    size_t from = 0;
    for (size_t i = 0; i < s.n; i++) {
        struct str e = html_entity(s.p[i]);
        if (!e.n)
            continue;
        buf_put(b, str_sub(s, from, i - from));
        buf_put(b, e);
        from = i + 1;
    }
    buf_put(b, str_sub(s, from, s.n));
}

/* How many bytes at s.p[i] need an escape: 0, 1, or 3 for U+2028 and U+2029. */
static size_t json_special(struct str s, size_t i)
{
    static const bool perhaps[256] = {[0 ... 0x1f] = true, [0x7f] = true, ['"'] = true, ['\\'] = true, ['<'] = true, [0xe2] = true};
    unsigned char c = (unsigned char)s.p[i];
    if (!perhaps[c])
        return 0;
    if (c != 0xe2)
        return 1;
    bool line_sep = i + 2 < s.n && (unsigned char)s.p[i + 1] == 0x80 && ((unsigned char)s.p[i + 2] & 0xfe) == 0xa8;
    return line_sep ? 3 : 0;
}

void buf_json(struct buf *b, struct str s)
{
    static const char hex[] = "0123456789abcdef";
    size_t from = 0;
    buf_c(b, '"');
    for (size_t i = 0, eaten; i < s.n; i += eaten ? eaten : 1) {
        eaten = json_special(s, i);
        if (!eaten)
            continue;
        buf_put(b, str_sub(s, from, i - from));
        from = i + eaten;
        unsigned char c = (unsigned char)s.p[i];
        if (eaten == 3)
            buf_fmt(b, "\\u202%x", (unsigned char)s.p[i + 2] & 0xfu);
        else if (c == '"' || c == '\\')
            buf_put(b, (struct str){(const char[]){'\\', (char)c}, 2});
        else
            buf_put(b, (struct str){(const char[]){'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]}, 6});
    }
    buf_put(b, str_sub(s, from, s.n));
    buf_c(b, '"');
}

static bool url_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '~';
}

void buf_url(struct buf *b, struct str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if (url_plain(s.p[i]))
            buf_c(b, s.p[i]);
        else
            buf_fmt(b, "%%%02X", (unsigned char)s.p[i]);
    }
}

struct str buf_str(const struct buf *b)
{
    return (struct str){b->n ? b->p : "", b->n};
}
