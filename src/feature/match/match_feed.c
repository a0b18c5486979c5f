/* match_feed.c - the same posts for search engines and readers: schema.org JobPosting, site map, Atom. */
#include "base/buf.h"
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/match/match_page.h"
#include "feature/site/site.h"
#include "http/page.h"

enum { FEED_MAX = 100 };

static struct str job_url(struct request *rq, const struct job *j)
{
    return show_url(rq, str_fmt(rq->a, "/jobs/%lld", (long long)j->shift_id));
}

static void pair(struct buf *b, const char *name, struct str value)
{
    buf_fmt(b, ",\"%s\":", name);
    buf_json(b, value);
}

/* Piece work is stated as the pay of the day that its norm makes; unknown pay is left out. */
static void write_pay(struct buf *b, const struct job *j)
{
    static const char *const units[] = {[PAY_HOUR] = "HOUR", [PAY_DAY] = "DAY", [PAY_MONTH] = "MONTH", [PAY_PIECE] = "DAY"};
    int64_t fen = j->pay_unit == PAY_PIECE ? job_shift_fen(j) : j->pay_fen;
    if (fen > 0)
        buf_fmt(b,
                ",\"baseSalary\":{\"@type\":\"MonetaryAmount\",\"currency\":\"CNY\",\"value\":{\"@type\":"
                "\"QuantitativeValue\",\"value\":%lld.%02lld,\"unitText\":\"%s\"}}",
                (long long)fen / 100, (long long)fen % 100, units[j->pay_unit]);
}

void match_view_posting(struct request *rq, struct view *v, const struct job *j)
{
    struct buf b;
    buf_init(&b, rq->a, 64 << 10);
    buf_put(&b, S("{\"@context\":\"https://schema.org\",\"@type\":\"JobPosting\""));
    pair(&b, "title", j->title);
    pair(&b, "description", j->text);
    pair(&b, "datePosted", cal_ms_text(rq->a, j->verified_ms));
    pair(&b, "validThrough", cal_ms_text(rq->a, j->start_ms));
    pair(&b, "jobStartDate", cal_day_text(rq->a, cal_day(j->start_ms)));
    pair(&b, "employmentType", j->pay_unit == PAY_MONTH ? S("FULL_TIME") : S("PER_DIEM"));
    pair(&b, "url", job_url(rq, j));
    buf_put(&b, S(",\"hiringOrganization\":{\"@type\":\"Organization\""));
    pair(&b, "name", j->employer_name);
    buf_put(&b, S("},\"jobLocation\":{\"@type\":\"Place\",\"address\":{\"@type\":\"PostalAddress\",\"addressCountry\":\"CN\""));
    pair(&b, "streetAddress", j->address);
    buf_put(&b, S("}}"));
    write_pay(&b, j);
    buf_fmt(&b, ",\"totalJobOpenings\":%lld,\"directApply\":true}", (long long)j->left);
    view_json(v, "posting", b.over ? S("") : buf_str(&b));
}

static int64_t shown_to_ms(const struct request *rq)
{
    return cal_ms(cal_day(rq->now_ms) + MATCH_DAYS, 0);
}

static void add_url(struct request *rq, struct view *v, struct str path)
{
    view_str(view_item(v, "urls"), "loc", show_url(rq, path));
}

enum err match_sitemap(struct request *rq)
{
    struct view *v = view_new(rq->a);
    struct job *j;
    struct site *s;
    struct employer *p, behind = {.state = EMPLOYER_VERIFIED};
    size_t n, n_sites, n_employers = EMPLOYER_PAGE;
    enum err e = job_shown(rq, rq->now_ms, shown_to_ms(rq), MATCH_MAX, &j, &n);
    if (!e)
        e = site_all(rq, &s, &n_sites);
    if (e)
        return e;
    add_url(rq, v, S("/"));
    add_url(rq, v, S("/sites"));
    for (size_t i = 0; i < n_sites; i++)
        add_url(rq, v, str_fmt(rq->a, "/sites/%lld", (long long)s[i].id));
    while (!e && n_employers == EMPLOYER_PAGE) {
        e = employer_list(rq, &behind, reach_city, &p, &n_employers);
        for (size_t i = 0; !e && i < n_employers; i++)
            add_url(rq, v, str_fmt(rq->a, "/employers/%lld", (long long)(behind.id = p[i].id)));
    }
    for (size_t i = 0; i < n; i++)
        add_url(rq, v, str_fmt(rq->a, "/jobs/%lld", (long long)j[i].shift_id));
    return e ? e : reply_xml(rq, "match/sitemap.xml", "application/xml; charset=utf-8", v);
}

enum err match_atom(struct request *rq)
{
    struct view *v = view_new(rq->a);
    struct job *j;
    size_t n;
    enum err e = job_shown_latest(rq, shown_to_ms(rq), FEED_MAX, &j, &n);
    if (e)
        return e;
    view_str(v, "home", show_url(rq, S("/")));
    view_str(v, "self", show_url(rq, S("/jobs.atom")));
    view_str(v, "updated", cal_ms_text(rq->a, n ? j[0].verified_ms : rq->now_ms));
    for (size_t i = 0; i < n; i++) {
        struct view *one = view_item(v, "jobs");
        job_view(rq, one, &j[i], (struct geo){0, 0});
        view_str(one, "url", job_url(rq, &j[i]));
    }
    return reply_xml(rq, "match/jobs.xml", "application/atom+xml; charset=utf-8", v);
}
