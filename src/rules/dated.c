/* dated.c - numbers and wages that have a day and a place: the latest entry on or before the day, of the nearest area that has
 * one. */
#include "rules/parts.h"

enum dated_kind { NUMBER, WAGE, WAGE_LAW }; /* the last: only what is confirmed */

static const struct dated *latest(const struct rules *r, enum dated_kind kind, struct str name, int64_t area, int32_t day)
{
    bool wage = kind != NUMBER;
    const struct dated *best = NULL;
    for (size_t i = 0; i < r->n_dated; i++) {
        const struct dated *d = &r->dated[i];
        bool fits = d->is_wage == wage && d->area == area && d->from <= day && (wage || str_eq(d->name, name));
        fits = fits && !(kind == WAGE_LAW && d->mark == 'C');
        if (fits && (!best || d->from > best->from))
            best = d;
    }
    return best;
}

/* District, then city, then province, then the whole country. */
static const struct dated *fall_back(const struct rules *r, enum dated_kind kind, struct str name, int64_t area, int32_t day)
{
    const int64_t areas[] = {area, area / 100 * 100, area / 10000 * 10000, 0};
    for (int i = 0; i < 4; i++) {
        const struct dated *d = latest(r, kind, name, areas[i], day);
        if (d)
            return d;
    }
    return NULL;
}

static bool wage_of(const struct rules *r, enum dated_kind kind, int64_t area, int32_t day, struct wage_floor *ret)
{
    const struct dated *d = r ? fall_back(r, kind, S(""), area, day) : NULL;
    if (d)
        *ret = (struct wage_floor){d->hour_fen, d->value, d->source, d->mark != 'C'};
    return d != NULL;
}

bool rules_wage_floor(const struct rules *r, int64_t area, int32_t day, struct wage_floor *ret)
{
    return wage_of(r, WAGE, area, day, ret);
}

bool rules_wage_law(const struct rules *r, int64_t area, int32_t day, struct wage_floor *ret)
{
    return wage_of(r, WAGE_LAW, area, day, ret);
}

bool rules_number(const struct rules *r, const char *name, int64_t area, int32_t day, int64_t *ret)
{
    const struct dated *d = r ? fall_back(r, NUMBER, str_c(name), area, day) : NULL;
    if (d)
        *ret = d->value;
    return d != NULL;
}
