/* str.c - borrowed text. No function here trusts a terminating NUL. */
#include "base/str.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct str str_c(const char *z)
{
    return z ? (struct str){z, strlen(z)} : (struct str){"", 0};
}

char *str_z(struct arena *a, struct str s)
{
    char *z = arena_alloc(a, s.n + 1);
    if (s.n)
        memcpy(z, s.p, s.n);
    return z;
}

struct str str_dup(struct arena *a, struct str s)
{
    return (struct str){str_z(a, s), s.n};
}

struct str str_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    char small[256]; /* most texts are short: printed once, not once to measure and once for good */
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    BUG_ON(n < 0);
    char *p = arena_alloc(a, (size_t)n + 1);
    if ((size_t)n < sizeof small)
        memcpy(p, small, (size_t)n + 1);
    else
        vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return (struct str){p, (size_t)n};
}

struct str str_cat(struct arena *a, struct str x, struct str y)
{
    char *p = arena_alloc(a, x.n + y.n + 1);
    if (x.n)
        memcpy(p, x.p, x.n);
    if (y.n)
        memcpy(p + x.n, y.p, y.n);
    return (struct str){p, x.n + y.n};
}

int str_cmp(struct str x, struct str y)
{
    size_t n = x.n < y.n ? x.n : y.n;
    int c = n ? memcmp(x.p, y.p, n) : 0;
    return c ? c : (x.n > y.n) - (x.n < y.n);
}

bool str_eq(struct str x, struct str y)
{
    return x.n == y.n && str_cmp(x, y) == 0;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(struct str x, struct str y)
{
    if (x.n != y.n)
        return false;
    for (size_t i = 0; i < x.n; i++)
        if (lower(x.p[i]) != lower(y.p[i]))
            return false;
    return true;
}

struct str str_sub(struct str s, size_t from, size_t n)
{
    if (from > s.n)
        from = s.n;
    if (n > s.n - from)
        n = s.n - from;
    return (struct str){s.n ? s.p + from : s.p, n};
}

bool str_starts(struct str s, struct str prefix)
{
    return s.n >= prefix.n && str_eq(str_sub(s, 0, prefix.n), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, suffix.n), suffix);
}

ptrdiff_t str_find(struct str s, struct str needle)
{
    if (needle.n == 0)
        return 0;
    const char *hit = s.n < needle.n ? NULL : memmem(s.p, s.n, needle.p, needle.n);
    return hit ? hit - s.p : -1;
}

static const struct str wide_blank = {"\xe3\x80\x80", 3};

static size_t blank_at_start(struct str s)
{
    if (s.n && (s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r')))
        return 1;
    return str_starts(s, wide_blank) ? 3 : 0;
}

static size_t blank_at_end(struct str s)
{
    if (s.n && blank_at_start(str_sub(s, s.n - 1, 1)))
        return 1;
    return str_ends(s, wide_blank) ? 3 : 0;
}

struct str str_trim(struct str s)
{
    size_t n;
    while ((n = blank_at_start(s)))
        s = str_sub(s, n, s.n);
    while ((n = blank_at_end(s)))
        s = str_sub(s, 0, s.n - n);
    return s;
}

struct str str_cut(struct str *s, char sep)
{
    struct str all = *s;
    const char *hit = all.n ? memchr(all.p, sep, all.n) : NULL;
    if (!hit) {
        *s = (struct str){NULL, 0};
        return all;
    }
    size_t n = (size_t)(hit - all.p);
    *s = str_sub(all, n + 1, all.n);
    return (struct str){all.p, n};
}

bool str_i64(struct str s, int64_t *ret)
{
    bool negative = s.n && s.p[0] == '-';
    if (negative)
        s = str_sub(s, 1, s.n);
    if (s.n == 0 || s.n > 19)
        return false;
    int64_t v = 0;
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
        int digit = s.p[i] - '0';
        if (__builtin_mul_overflow(v, 10, &v) ||
            __builtin_add_overflow(v, negative ? -digit : digit, &v))
            return false;
    }
    *ret = v;
    return true;
}

bool str_f64(struct str s, double *ret)
{
    char z[40], *end;
    size_t digits = 0;
    if (s.n == 0 || s.n >= sizeof z)
        return false;
    for (size_t i = 0; i < s.n; i++) {
        bool digit = s.p[i] >= '0' && s.p[i] <= '9';
        if (!digit && s.p[i] != '.' && !(s.p[i] == '-' && i == 0))
            return false;
        digits += digit;
    }
    memcpy(z, s.p, s.n);
    z[s.n] = 0;
    double v = strtod(z, &end);
    if (*end || digits == 0 || !isfinite(v))
        return false;
    *ret = v;
    return true;
}

/* Length of the sequence that begins at p, 0 if it is not well formed (RFC 3629). */
static size_t utf8_len(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    size_t len = p[0] >= 0xf0 ? 4 : p[0] >= 0xe0 ? 3 : 2;
    if (p[0] < 0xc2 || p[0] > 0xf4 || len > n)
        return 0;
    for (size_t i = 1; i < len; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xf0 && p[1] < 0x90);
    bool outside = (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf4 && p[1] > 0x8f);
    return overlong || outside ? 0 : len;
}

bool utf8_ok(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t i = 0, len; i < s.n; i += len) {
        len = utf8_len(p + i, s.n - i);
        bool control = p[i] < 0x20 && p[i] != '\t' && p[i] != '\n' && p[i] != '\r';
        if (len == 0 || control || p[i] == 0x7f)
            return false;
    }
    return true;
}

size_t utf8_count(struct str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
    return n;
}

uint32_t utf8_next(struct str *s)
{
    if (s->n == 0)
        return 0;
    const unsigned char *p = (const unsigned char *)s->p;
    size_t len = utf8_len(p, s->n);
    uint32_t c = len == 1 ? p[0] : len == 2 ? p[0] & 0x1fu : len == 3 ? p[0] & 0x0fu : p[0] & 0x07u;
    for (size_t i = 1; i < len; i++)
        c = c << 6 | (p[i] & 0x3fu);
    if (len == 0)
        c = 0xfffd, len = 1;
    *s = str_sub(*s, len, s->n);
    return c;
}

bool utf8_breaks(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0x2028 || c == 0x2029;
}

/* Unicode 15: White_Space and Default_Ignorable_Code_Point, and the two blanks among letters that are neither. */
bool utf8_shows(uint32_t c)
{
    static const uint32_t blank[][2] = {
        {0, 0x20},         {0x7f, 0xa0},     {0xad, 0xad},     {0x34f, 0x34f},   {0x61c, 0x61c},   {0x115f, 0x1160},
        {0x1680, 0x1680},  {0x17b4, 0x17b5}, {0x180b, 0x180f}, {0x2000, 0x200f}, {0x2028, 0x202f}, {0x205f, 0x206f},
        {0x2800, 0x2800},  {0x3000, 0x3000}, {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff}, {0xffa0, 0xffa0},
        {0xfff0, 0xfffc},  {0x1bca0, 0x1bca3}, {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++)
        if (c >= blank[i][0] && c <= blank[i][1])
            return false;
    return true;
}

static bool turns(uint32_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

struct str str_straight(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    while (s.n) {
        struct str one = s;
        uint32_t c = utf8_next(&s);
        for (one.n -= s.n; !turns(c) && one.n; one = str_sub(one, 1, one.n))
            p[n++] = one.p[0];
    }
    return (struct str){p, n};
}

struct str str_line(struct arena *a, struct str s)
{
    s = str_straight(a, s);
    char *p = arena_alloc(a, s.n + 1);
    size_t n = 0;
    while (s.n) {
        struct str rest = s;
        bool breaks = utf8_breaks(utf8_next(&rest));
        if (breaks)
            p[n++] = ' ';
        for (; s.n > rest.n; s = str_sub(s, 1, s.n))
            if (!breaks)
                p[n++] = s.p[0];
    }
    return (struct str){p, n};
}

uint64_t str_hash(struct str s)
{
    uint64_t h = 14695981039346656037u;
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 1099511628211u;
    return h;
}

struct str str_lower(struct arena *a, struct str s)
{
    char *p = arena_alloc(a, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] >= 'A' && s.p[i] <= 'Z' ? s.p[i] + 32 : s.p[i]);
    return (struct str){p, s.n};
}
