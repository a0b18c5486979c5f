/* buf.h - text being built, in an arena, with a stated maximum. Beyond it nothing more is written
 * and `over` stays true: write freely, ask once at the end. */
#pragma once
#include "base/str.h"

struct buf {
    struct arena *a;
    char *p;
    size_t n, cap, max;
    bool over;
};

void buf_init(struct buf *b, struct arena *a, size_t max);
void buf_put(struct buf *b, struct str s);
void buf_c(struct buf *b, char c);
void buf_i64(struct buf *b, int64_t v);
void buf_fmt(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_html(struct buf *b, struct str s); /* escapes & < > " ' : text and quoted attributes */
void buf_json(struct buf *b, struct str s); /* with the quotes; escapes control and U+2028/9 */
void buf_url(struct buf *b, struct str s);  /* percent-encodes all but A-Z a-z 0-9 - _ . ~ */
struct str buf_str(const struct buf *b);
