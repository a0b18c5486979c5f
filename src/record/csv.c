/* csv.c - a row at a time over bytes in memory. */
#include "record/csv.h"

#include <iconv.h>
#include <string.h>

#include "record/field.h"

enum { BAD = 0xff, MOST_BAD = 20 }; /* in no text; of so many characters that are not ASCII one may be bad */

/* Characters of more than one byte, and bytes that are none. */
struct seen {
    size_t wide, bad;
};

static struct seen look(struct str s)
{
    struct seen n = {0, 0};
    while (s.n) {
        struct str before = s;
        utf8_next(&s);
        struct str one = str_sub(before, 0, before.n - s.n);
        n.bad += !utf8_ok(one);
        n.wide += one.n > 1;
    }
    return n;
}

/* A byte that cannot be read becomes BAD, for the row to say. */
static struct str from_gb18030(struct arena *a, struct str in)
{
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    if (cd == (iconv_t)-1)
        return in;
    size_t left = in.n * 2 + 16, cap = left, from = in.n;
    char *out = arena_alloc(a, cap), *to = out, *p = (char *)(uintptr_t)in.p;
    while (iconv(cd, &p, &from, &to, &left) == (size_t)-1 && from && left) {
        *to++ = (char)BAD;
        left--;
        p++;
        from--;
    }
    iconv_close(cd);
    return (struct str){out, cap - left};
}

/* Lines of old spreadsheets end in a carriage return alone. */
static struct str with_line_ends(struct arena *a, struct str s)
{
    if (str_find(s, S("\n")) >= 0 || str_find(s, S("\r")) < 0)
        return s;
    char *p = arena_alloc(a, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = s.p[i] == '\r' ? '\n' : s.p[i];
    return (struct str){p, s.n};
}

bool csv_open(struct csv *c, struct arena *a, struct str bytes, struct str *ret_why)
{
    static const struct str bom = {"\xef\xbb\xbf", 3};
    bool marked = str_starts(bytes, bom);
    struct str text = marked ? str_sub(bytes, 3, bytes.n) : bytes;
    struct seen n = look(text);
    *c = (struct csv){.a = a, .next_line = 1, .was_gb18030 = n.bad && !marked && n.bad * MOST_BAD > n.wide};
    if (c->was_gb18030) {
        text = from_gb18030(a, text);
        n = look(text);
    }
    c->rest = with_line_ends(a, text);
    if (!n.bad || n.bad * MOST_BAD <= n.wide)
        return true;
    *ret_why = S("the file is neither UTF-8 nor GB18030 text");
    return false;
}

static void skip_line(struct csv *c)
{
    str_cut(&c->rest, '\n');
    c->next_line++;
}

/* A quoted cell; c->rest is behind the opening quote. False when the quote never closes. */
static bool quoted(struct csv *c, struct str *ret)
{
    const char *p = c->rest.p;
    size_t i = 0, escapes = 0;
    for (;; i++) {
        if (i >= c->rest.n)
            return false;
        c->next_line += p[i] == '\n';
        if (p[i] != '"')
            continue;
        if (i + 1 < c->rest.n && p[i + 1] == '"') {
            escapes++;
            i++;
            continue;
        }
        break;
    }
    *ret = str_sub(c->rest, 0, i);
    c->rest = str_sub(c->rest, i + 1, c->rest.n);
    if (!escapes)
        return true;
    char *out = arena_alloc(c->a, i);
    size_t n = 0;
    for (size_t k = 0; k < ret->n; k++) {
        out[n++] = ret->p[k];
        k += ret->p[k] == '"';
    }
    *ret = (struct str){out, n};
    return true;
}

static void plain(struct csv *c, struct str *ret)
{
    size_t i = 0;
    while (i < c->rest.n && c->rest.p[i] != ',' && c->rest.p[i] != '\n')
        i++;
    *ret = str_sub(c->rest, 0, i);
    c->rest = str_sub(c->rest, i, c->rest.n);
    if (c->rest.n == 0 || c->rest.p[0] == '\n')
        if (str_ends(*ret, S("\r")))
            ret->n--;
}

/* Behind a cell: a comma, the end of the line or of the file. */
static bool at_end(struct csv *c, bool *ret_more)
{
    if (str_starts(c->rest, S("\r\n")))
        c->rest = str_sub(c->rest, 1, c->rest.n);
    *ret_more = false;
    if (c->rest.n == 0)
        return true;
    char ch = c->rest.p[0];
    if (ch != ',' && ch != '\n')
        return false;
    *ret_more = ch == ',';
    c->next_line += ch == '\n';
    c->rest = str_sub(c->rest, 1, c->rest.n);
    return true;
}

/* Whether every line inside a cell is a row: as many commas as a row has, the last as many as stand before the cell. Few
 * commas prove nothing. */
static bool holds_rows(const struct csv *c, struct str cell, size_t at)
{
    enum { SURE = 5 };
    size_t commas = 0;
    bool first = true;
    for (const char *p = cell.p, *end = p + cell.n; p < end; first = false) {
        size_t here = 0;
        for (; p < end && *p != '\n'; p++)
            here += *p == ',';
        bool last = p++ == end;
        if (!first && here != (last ? at : c->width - 1))
            return false;
        commas += first ? 0 : here;
    }
    return commas >= SURE;
}

/* What was met on the way through a row. */
struct met {
    struct str bad; /* a cell that cannot be taken, in a row that can be read to its end */
    bool breaks, rows; /* a cell goes over several lines; these are rows */
};

/* The cells of one row. NULL, or why it cannot be read to its end. */
static const char *read_row(struct csv *c, struct str cells[CSV_COLUMNS], size_t *n, struct met *ret)
{
    bool more = true;
    *ret = (struct met){.bad = S("")};
    for (*n = 0; more; (*n)++) {
        if (*n == CSV_COLUMNS)
            return "too many columns";
        struct str *cell = &cells[*n];
        bool quote = str_starts(c->rest, S("\""));
        if (quote)
            c->rest = str_sub(c->rest, 1, c->rest.n);
        if (quote && !quoted(c, cell))
            return "a quote is never closed";
        if (!quote)
            plain(c, cell);
        if (!ret->bad.n && !utf8_ok(*cell))
            ret->bad = str_fmt(c->a, "cell %zu has a byte that is no %s text", *n + 1, c->was_gb18030 ? "GB18030" : "UTF-8");
        if (!ret->bad.n && cell->n > CSV_CELL)
            ret->bad = S("a cell is longer than 64 KiB");
        ret->breaks |= quote && str_find(*cell, S("\n")) >= 0;
        ret->rows |= quote && c->width && holds_rows(c, *cell, *n);
        if (!at_end(c, &more))
            return "text behind a closing quote";
    }
    return NULL;
}

enum csv_result csv_next(struct csv *c, struct str cells[CSV_COLUMNS], size_t *n,
                         struct str *ret_why)
{
    struct met met;
    while (str_starts(c->rest, S("\n")) || str_starts(c->rest, S("\r\n")))
        skip_line(c);
    if (c->rest.n == 0)
        return CSV_END;
    c->line = c->next_line;
    const struct csv start = *c;
    const char *why = read_row(c, cells, n, &met);
    if (met.breaks && (why || (c->width && (*n != c->width || met.rows))))
        why = "a quote is never closed";
    if (why) {
        *c = start;
        skip_line(c);
        *ret_why = str_c(why);
        return CSV_BAD;
    }
    if (met.bad.n)
        *ret_why = met.bad;
    else if (!c->width)
        c->width = *n;
    return met.bad.n ? CSV_BAD : CSV_ROW;
}

/* A leading = + - @ tab or CR would be run as a formula by a spreadsheet; a Chinese one reads the wide signs alike. */
static bool is_formula(struct str s)
{
    static const uint32_t marks[] = {'=', '+', '-', '@', '\t', '\r', 0xff1d, 0xff0b, 0xff0d, 0xff20};
    double number;
    struct str rest = s;
    uint32_t first = utf8_next(&rest);
    bool marked = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        marked |= first == marks[i];
    return marked && !str_f64(s, &number);
}

void csv_cell(struct buf *b, struct str s, bool first)
{
    if (!first)
        buf_c(b, ',');
    bool formula = is_formula(s);
    bool plain_text = !formula && str_find(s, S("\"")) < 0 && str_find(s, S(",")) < 0 &&
                      str_find(s, S("\n")) < 0 && str_find(s, S("\r")) < 0;
    if (plain_text) {
        buf_put(b, s);
        return;
    }
    buf_c(b, '"');
    if (formula)
        buf_c(b, '\'');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_c(b, '"');
        buf_c(b, s.p[i]);
    }
    buf_c(b, '"');
}
