/* age.c - the ages that an ad asks for: "15-50岁", "14至18周岁", "十五岁以上", "年龄15~40". */
#include "rules/parts.h"

enum { YEARS = 0x5c81, ROUND = 0x5468, TEN = 10, WORKS = 16, GROWN = 18, LEAST = 10 }; /* at less nobody is asked to work */

/* 一 to 九, 十; 0 for everything else. */
static int numeral(uint32_t c)
{
    static const uint32_t words[] = {0x4e00, 0x4e8c, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03, 0x516b, 0x4e5d, 0x5341};
    for (int i = 0; i < 10; i++)
        if (c == words[i])
            return i + 1;
    return 0;
}

/* A number that is being read: "15", "十五", "二十"; digits as a figure would have them. */
struct figure {
    int64_t v;
    int digits;
    bool ten; /* 十 stands right before */
};

static bool figure_add(struct figure *f, uint32_t c)
{
    int word = numeral(c);
    if (c >= '0' && c <= '9')
        *f = (struct figure){f->digits && f->v < 1000 ? f->v * 10 + (c - '0') : c - '0', f->digits + 1, false};
    else if (word == TEN)
        *f = (struct figure){f->digits ? f->v * 10 : 10, 2, true};
    else if (word && f->ten)
        *f = (struct figure){f->v / 10 * 10 + word, 2, true}; /* "十四五岁": the upper one */
    else if (word)
        *f = (struct figure){word, 1, false};
    return word || (c >= '0' && c <= '9');
}

/* The number at *i, which then stands behind it; its digits are 0 when there is none. */
static struct figure figure_at(const struct plain *t, size_t *i)
{
    struct figure f = {0};
    while (*i < t->n && figure_add(&f, t->cp[*i]))
        ++*i;
    return f;
}

static bool pass(const struct plain *t, size_t *i, uint32_t c)
{
    bool here = *i < t->n && t->cp[*i] == c;
    *i += here;
    return here;
}

static bool pass_years(const struct plain *t, size_t *i)
{
    size_t from = *i;
    pass(t, i, ROUND);
    bool years = pass(t, i, YEARS);
    *i = years ? *i : from;
    return years;
}

/* - ~ – — 至 到 */
static bool pass_to(const struct plain *t, size_t *i)
{
    static const uint32_t marks[] = {'-', '~', 0x2013, 0x2014, 0x2212, 0x81f3, 0x5230};
    size_t from = *i;
    for (size_t k = 0; k < sizeof marks / sizeof *marks; k++)
        while (pass(t, i, marks[k]))
            continue;
    return *i > from;
}

struct ages {
    int64_t low, high;
    bool years, range; /* 岁 is said; it has two ends */
};

/* One age or a range at *i, which then stands behind it. */
static struct ages ages_at(const struct plain *t, size_t *i)
{
    struct figure low = figure_at(t, i), high = low;
    bool years = pass_years(t, i), range;
    size_t behind = *i;
    range = pass_to(t, &behind);
    if (range)
        high = figure_at(t, &behind);
    range = range && high.digits == 2;
    *i = range ? behind : *i;
    years |= range && pass_years(t, i);
    return (struct ages){low.v, range ? high.v : low.v, years, range};
}

/* 年龄 stands right before, or with a few characters between. */
static bool of_age(const struct plain *t, size_t i)
{
    for (size_t k = i; k > 1 && i - k < 5 && !ends_clause(t, k - 1); k--)
        if (t->cp[k - 2] == 0x5e74 && t->cp[k - 1] == 0x9f84)
            return true;
    return false;
}

bool asks_child(const struct rule_entry *r, struct str s, bool column)
{
    struct arena a;
    struct plain t;
    bool found = false, from = r->arg.n;
    arena_init(&a, 0);
    normalise_ranges(&a, s, &t);
    for (size_t i = 0; !found && i < t.n; i++) {
        size_t at = i;
        struct ages x = ages_at(&t, &i);
        bool said = i > at && (x.years || column || (x.range && of_age(&t, at))) && x.low >= LEAST && x.low < WORKS && x.high >= x.low;
        found = said && from == (x.high > GROWN) && !taken_back(&t, at, i - at, r);
        i -= i > at;
    }
    arena_done(&a);
    return found;
}
