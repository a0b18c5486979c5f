/* stats_sheet.c - the report of a day as a workbook: figures, trades, sites, and what each number means,
 * so that nobody types a number or asks what it counts. */
#include "base/cal.h"
#include "feature/stats/stats_day.h"
#include "http/page.h"
#include "http/sheet.h"

static struct str fig_name(struct request *rq, const struct figure *f)
{
    return text_of(rq, "app.fig", figure_keys[f->key].key);
}

static struct str area_name(struct request *rq, const struct day *d)
{
    for (size_t i = 0; i < d->n_sites; i++)
        if (d->sites[i].id == d->at.site_id)
            return d->sites[i].name;
    if (!d->at.district)
        return text(rq, "app.report.city");
    return text_of(rq, "district", str_z(rq->a, str_fmt(rq->a, "%lld", (long long)d->at.district)));
}

static void head(struct request *rq, struct sheet *s, const char *const *keys)
{
    for (; *keys; keys++)
        sheet_text(s, text(rq, *keys));
}

static void put_figures(struct request *rq, struct sheet *s, const struct day *d, const struct figure *f, size_t n)
{
    static const char *const keys[] = {"app.report.figure", "app.report.value", "app.report.total", "app.report.unit", NULL};
    sheet_page(s, text(rq, "app.report.title"));
    head(rq, s, keys);
    sheet_text(s, str_fmt(rq->a, "%.*s %.*s", SV(area_name(rq, d)), SV(cal_day_text(rq->a, d->at.day))));
    for (size_t i = 0; i < n; i++) {
        sheet_next(s);
        sheet_text(s, fig_name(rq, &f[i]));
        if (f[i].unit == UNIT_FEN)
            sheet_fen(s, f[i].value);
        else
            sheet_number(s, f[i].value);
        if (f[i].total >= 0)
            sheet_number(s, f[i].total);
        else
            sheet_text(s, S(""));
        sheet_text(s, text_of(rq, "app.report.unit", figure_units[f[i].unit].key));
    }
}

static void put_trades(struct request *rq, struct sheet *s, const struct day *d)
{
    static const char *const keys[] = {"app.desk.trade", "app.site.shifts", "app.fig.places", "app.fig.filled", "app.fig.empty", "app.fig.arrived", "app.fig.missing", "app.report.wages", NULL};
    struct trade_figure t[DAY_TRADES];
    size_t n = day_trades(d, t);
    sheet_page(s, text(rq, "app.report.trades"));
    head(rq, s, keys);
    for (size_t i = 0; i < n; i++) {
        const int64_t v[] = {t[i].shifts, t[i].places, t[i].filled, t[i].empty, t[i].arrived, t[i].missing};
        sheet_next(s);
        sheet_text(s, text_of(rq, "trade", trades[t[i].trade].key));
        for (size_t k = 0; k < sizeof v / sizeof *v; k++)
            sheet_number(s, v[k]);
        sheet_fen(s, t[i].wage_fen);
    }
}

static void put_sites(struct request *rq, struct sheet *s, const struct day *d)
{
    static const char *const keys[] = {"app.site.name", "app.site.shifts", "app.fig.places", "app.fig.filled", "app.fig.arrived", "app.fig.missing", NULL};
    struct site_figure *f = NEW_N(rq->a, d->n_sites ? d->n_sites : 1, struct site_figure);
    day_sites(d, f);
    sheet_page(s, text(rq, "app.report.sites"));
    head(rq, s, keys);
    for (size_t i = 0; i < d->n_sites; i++) {
        const int64_t v[] = {f[i].shifts, f[i].places, f[i].filled, f[i].arrived, f[i].missing};
        if (d->at.site_id && d->at.site_id != f[i].site_id)
            continue;
        sheet_next(s);
        sheet_text(s, f[i].name);
        for (size_t k = 0; k < sizeof v / sizeof *v; k++)
            sheet_number(s, v[k]);
    }
}

static void put_meaning(struct request *rq, struct sheet *s, const struct figure *f, size_t n)
{
    static const char *const keys[] = {"app.report.figure", "app.fig.what", NULL};
    sheet_page(s, text(rq, "app.fig.what"));
    head(rq, s, keys);
    for (size_t i = 0; i < n; i++) {
        sheet_next(s);
        sheet_text(s, fig_name(rq, &f[i]));
        sheet_text(s, text_of(rq, "app.fig", str_z(rq->a, str_fmt(rq->a, "%s.means", figure_keys[f[i].key].key))));
    }
    sheet_next(s);
    sheet_text(s, text(rq, "app.report.area"));
    sheet_text(s, text(rq, "app.report.area.means"));
}

enum err day_sheet(struct request *rq, const struct day *d)
{
    struct figure f[FIGURES];
    size_t n = day_figures(d, f);
    struct sheet *s = sheet_new(rq);
    put_figures(rq, s, d, f, n);
    put_trades(rq, s, d);
    if (!d->at.site_id)
        put_sites(rq, s, d);
    put_meaning(rq, s, f, n);
    return reply_sheet(s);
}
