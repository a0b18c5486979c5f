/* record_row.c - records and SQL rows: one column per field in table order, two for a place. */
#include <string.h>

#include "base/log.h"
#include "db/db.h"
#include "record/access.h"
#include "record/seal.h"

size_t record_width(const struct record *rec)
{
    size_t n = 0;
    for (const struct field *f = rec->fields; f->name; f++)
        if (!f->virt)
            n += f->kind == FIELD_GEO ? 2 : 1;
    return n;
}

static int64_t member(const struct record *rec, const void *v, const char *name)
{
    const struct field *f = record_field(rec, str_c(name));
    return f ? field_i64(f, v) : 0;
}

static struct seal_where where_of(const struct record *rec, const struct field *f, const void *v)
{
    return (struct seal_where){rec->name, f->name, member(rec, v, "city"), member(rec, v, "id")};
}

static struct str open_text(struct arena *a, struct seal *seal, struct seal_where w, struct str s)
{
    struct str plain = S("");
    if (s.n && !seal_get(seal, a, w, s, &plain)) {
        log_at(LOG_ERROR, "sealed value does not open table=%s column=%s id=%lld", w.table,
               w.column, (long long)w.id);
        return S("?");
    }
    return plain;
}

void record_from_row(struct arena *a, const struct record *rec, struct seal *seal,
                     const struct val *row, void *out)
{
    for (const struct field *f = rec->fields; f->name; f++) {
        struct str s;
        struct geo g;
        if (f->virt)
            continue;
        if (f->kind == FIELD_GEO) {
            g = (struct geo){val_f64(row), val_f64(row + 1)};
            memcpy((char *)out + f->off, &g, sizeof g);
            row += 2;
            continue;
        }
        s = field_is_text(f) || f->kind == FIELD_ENUM ? val_str(row) : S("");
        if (f->seal != OPEN)
            s = open_text(a, seal, where_of(rec, f, out), s);
        if (f->kind == FIELD_ENUM) {
            int32_t c = choice_find(f->choices, s);
            field_set_i64(f, out, c < 0 ? 0 : c);
        } else if (field_is_text(f)) {
            memcpy((char *)out + f->off, &s, sizeof s);
        } else {
            field_set_i64(f, out, val_i64(row));
        }
        row++;
    }
}

struct val *record_to_vals(struct arena *a, const struct record *rec, struct seal *seal,
                           const void *in)
{
    struct val *vals = NEW_N(a, record_width(rec), struct val), *v = vals;
    for (const struct field *f = rec->fields; f->name; f++) {
        if (f->virt)
            continue;
        if (f->kind == FIELD_GEO) {
            struct geo g = field_geo(f, in);
            *v++ = F(g.lon);
            *v++ = F(g.lat);
        } else if (field_is_text(f) || f->kind == FIELD_ENUM) {
            struct str s = field_is_text(f) ? field_str(f, in) : str_c(choice_key(f, (int32_t)field_i64(f, in)));
            if (f->seal != OPEN)
                *v++ = B(s.n ? seal_put(seal, a, where_of(rec, f, in), s) : s);
            else
                *v++ = f->kind == FIELD_BLOB ? B(s) : T(s);
        } else {
            *v++ = I(field_i64(f, in));
        }
    }
    return vals;
}
