/* print_rules.c - a slip as ESC/POS commands. */
#include <iconv.h>

#include "feature/print/print.h"

#define START "\x1b@\x1c&"          /* reset, Chinese characters on */
#define LARGE "\x1b" "a\x01\x1d!\x11" /* centred, double width and height */
#define PLAIN "\x1b" "a\x00\x1d!\x00"
#define CENTRE "\x1b" "a\x01"
#define END "\n\n\n\n\x1dV\x42\x00"   /* feed and cut */

static void put(struct buf *b, const char *bytes, size_t n)
{
    buf_put(b, (struct str){bytes, n});
}

/* One code point at a time, so that one strange character costs no more than itself. */
static void put_text(struct buf *b, struct str s)
{
    iconv_t to = iconv_open("GB18030", "UTF-8");
    while (s.n) {
        struct str rest = s;
        utf8_next(&rest);
        char out[8], *o = out, *in = (char *)(uintptr_t)s.p;
        size_t in_n = s.n - rest.n, room = sizeof out;
        bool good = to != (iconv_t)-1 && iconv(to, &in, &in_n, &o, &room) != (size_t)-1 && (unsigned char)s.p[0] >= ' ';
        put(b, good ? out : "?", good ? sizeof out - room : 1);
        s = rest;
    }
    if (to != (iconv_t)-1)
        iconv_close(to);
}

/* Model 2, six dots a module, level M; then store the text, then print. */
static void put_qr(struct buf *b, struct str url)
{
    size_t n = url.n + 3;
    put(b, "\x1d(k\x04\x00\x31\x41\x32\x00\x1d(k\x03\x00\x31\x43\x06\x1d(k\x03\x00\x31\x45\x31\x1d(k", 28);
    buf_c(b, (char)(n & 255));
    buf_c(b, (char)(n >> 8 & 255));
    put(b, "\x31\x50\x30", 3);
    buf_put(b, url);
    put(b, "\x1d(k\x03\x00\x31\x51\x30", 8);
}

struct str paper_escpos(struct arena *a, const struct paper *p)
{
    struct buf b;
    struct str lines = p->lines;
    buf_init(&b, a, PRINT_MAX);
    put(&b, START LARGE, sizeof START LARGE - 1);
    put_text(&b, p->head);
    put(&b, "\n\n" PLAIN, sizeof "\n\n" PLAIN - 1);
    while (lines.n) {
        put_text(&b, str_cut(&lines, '\n'));
        buf_c(&b, '\n');
    }
    put(&b, "\n" CENTRE, sizeof "\n" CENTRE - 1);
    if (p->url.n) {
        put_qr(&b, p->url);
        buf_c(&b, '\n');
    }
    put_text(&b, p->foot);
    put(&b, END, sizeof END - 1);
    return buf_str(&b);
}
