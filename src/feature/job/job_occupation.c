/* job_occupation.c - see the header. */
#include "feature/job/job_occupation.h"

#include "base/arena.h"
#include "record/words.h"

bool occupations_load(struct arena *a, struct str bytes, struct gazetteer **ret, struct str *ret_why)
{
    static const char *const columns[4] = {"code", "level", "name", "aliases"};
    struct table *t = NEW(a, struct table);
    struct str row[4];
    struct gazetteer *g = *ret = gazetteer_new(a);
    if (!table_open(a, t, bytes, columns, ret_why))
        return false;
    while (table_next(t, row, ret_why)) {
        if (!str_eq(row[1], S("4")))
            continue;
        gazetteer_add(g, row[2], row[0]);
        while (row[3].n)
            gazetteer_add(g, str_trim(str_cut(&row[3], '|')), row[0]);
    }
    return true;
}

static struct str without(struct str s, const char *tail)
{
    return str_ends(s, str_c(tail)) ? str_sub(s, 0, s.n - str_c(tail).n) : s;
}

bool divisions_load(struct arena *a, struct str bytes, struct gazetteer **ret, struct str *ret_why)
{
    static const char *const columns[4] = {"code12", "level", "name", "name"};
    struct table *t = NEW(a, struct table);
    struct str row[4];
    struct gazetteer *g = *ret = gazetteer_new(a);
    if (!table_open(a, t, bytes, columns, ret_why))
        return false;
    static const struct {
        const char *level, *tail;
    } kept[] = {{"city", "市"}, {"district", "区"}, {"street", "道"}};
    while (table_next(t, row, ret_why))
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            if (str_eq(row[1], str_c(kept[i].level))) {
                gazetteer_add(g, row[2], str_sub(row[0], 0, 6));
                gazetteer_add(g, without(row[2], kept[i].tail), str_sub(row[0], 0, 6));
            }
    return true;
}
