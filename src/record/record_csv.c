/* record_csv.c - lists of records as CSV for spreadsheets: times local, money in yuan. */
#include "record/access.h"
#include "record/csv.h"

void record_csv_head(struct buf *b, const struct record *rec, uint32_t roles)
{
    bool first = true;
    buf_put(b, S("\xef\xbb\xbf"));
    for (const struct field *f = rec->fields; f->name; f++) {
        if (!(f->see & roles))
            continue;
        csv_cell(b, str_c(f->name), first);
        first = false;
    }
    buf_put(b, S("\r\n"));
}

static struct str mask_text(struct arena *a, const struct field *f, uint32_t mask)
{
    struct str s = S("");
    for (int i = 0; f->choices[i].key; i++)
        if (mask >> i & 1)
            s = str_fmt(a, "%.*s%s%s", SV(s), s.n ? "|" : "", f->choices[i].key);
    return s;
}

static struct str cell_text(struct arena *a, const struct field *f, const void *in)
{
    struct geo g;
    int64_t v = field_is_text(f) || f->kind == FIELD_GEO ? 0 : field_i64(f, in);
    switch (f->kind) {
    case FIELD_TEXT:
        return seal_mask(a, f->seal, field_str(f, in));
    case FIELD_GEO:
        g = field_geo(f, in);
        return geo_known(g) ? str_fmt(a, "%.6f %.6f", g.lon, g.lat) : S("");
    case FIELD_FEN:
        return str_fmt(a, "%s%lld.%02lld", v < 0 ? "-" : "", (long long)(v < 0 ? -v : v) / 100,
                       (long long)(v < 0 ? -v : v) % 100);
    case FIELD_MS:
        return v ? str_sub(cal_ms_text(a, v), 0, 16) : S("");
    case FIELD_DAY:
    case FIELD_DATE:
        return v ? cal_day_text(a, field_day(f, v)) : S("");
    case FIELD_ENUM:
        return str_c(choice_key(f, (int32_t)v));
    case FIELD_MASK:
        return mask_text(a, f, (uint32_t)v);
    case FIELD_BLOB:
        return S("");
    case FIELD_INT:
    case FIELD_ID:
    case FIELD_BOOL:
    default:
        return str_fmt(a, "%lld", (long long)v);
    }
}

void record_csv(struct buf *b, const struct record *rec, uint32_t roles, const void *in)
{
    bool first = true;
    for (const struct field *f = rec->fields; f->name; f++) {
        if (!(f->see & roles))
            continue;
        csv_cell(b, cell_text(b->a, f, in), first);
        first = false;
    }
    buf_put(b, S("\r\n"));
}
