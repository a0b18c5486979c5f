/* match_view.c - cards with reasons, and what is said when nothing fits. */
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/match/match_market.h"
#include "feature/site/site.h"
#include "feature/trust/trust.h"
#include "http/page.h"

struct str match_hot(struct request *rq, const struct match *m, size_t k)
{
    int32_t crowd = match_crowd(&m->slots[k]);
    if (m->person_id && !m->both && match_slim(&m->slots[k], &m->fits[k]))
        return text(rq, "match.slim");
    return crowd ? text_n(rq, "match.hot", crowd) : S("");
}

void match_card(struct request *rq, struct view *v, const struct match *m, size_t k)
{
    const struct job *j = &m->jobs[k];
    const struct fit *f = &m->fits[k];
    job_view(rq, v, j, m->home);
    view_bool(v, "few", j->left <= 3);
    view_str(v, "hot", match_hot(rq, m, k));
    if (!m->person_id)
        return;
    view_bool(v, "proposed", j->shift_id == m->proposed_id);
    view_str(v, "line", match_line_text(rq, m, k));
    struct match_words t = match_reasons(rq, m, k);
    for (int i = 0; i < 2; i++)
        if (t.good[i].n)
            view_str(view_item(v, "good"), "text", t.good[i]);
    view_str(v, "bad", t.bad);
    view_bool(v, "has_why", t.good[0].n || t.bad.n);
    if (f->net_hour_fen > 0)
        view_str(v, "net_hour", show_yuan(rq, (f->net_hour_fen + 50) / 100 * 100));
}

enum err match_view_pays(struct request *rq, struct view *v, const struct job *j)
{
    struct employer p;
    enum err e = employer_get(rq, j->employer_id, &p);
    if (!e && p.paid_n) {
        view_i64(v, "paid_n", p.paid_n);
        view_i64(v, "paid_good", p.paid_good);
    }
    if (!e)
        e = trust_called_off(rq, j->employer_id, &p.hires_n, &p.called_off);
    if (!e && p.hires_n) {
        view_i64(v, "hires_n", p.hires_n);
        view_i64(v, "called_off", p.called_off);
    }
    return e;
}

void match_view_source(struct request *rq, struct view *v, const struct job *j)
{
    view_str(v, "posted_by", str_eq(j->source, S("self")) ? text(rq, "match.source.self") : j->source);
}

/* The nearest place with a phone. */
enum err match_view_help(struct request *rq, struct view *v, struct geo home)
{
    struct site *s;
    size_t n;
    const struct site *best = NULL;
    enum err e = site_all(rq, &s, &n);
    for (size_t i = 0; !e && i < n; i++) {
        bool near = best && geo_known(home) && geo_m(home, s[i].place) < geo_m(home, best->place);
        if (s[i].phone.n && (!best || near))
            best = &s[i];
    }
    if (best) {
        view_str(v, "help_name", best->name);
        view_str(v, "help_phone", best->phone);
    }
    return e;
}

/* "38"; of what was not counted to the end, "more than 4200" of the 4213 that were. */
static struct str how_many(struct request *rq, const struct near_change *c)
{
    size_t n = c->more ? (c->miss.opens - 1) / NEAR_MANY * NEAR_MANY : c->miss.opens;
    struct str number = str_fmt(rq->a, "%zu", n);
    return c->more ? text_with(rq, "match.near.more", number) : number;
}

enum err match_view_near(struct request *rq, struct view *v, const struct match *m)
{
    struct near_change best = near_best(&m->near);
    const char *key = match_near_key(best.hard), *which = match_near_which_key(best.hard);
    struct str opens = how_many(rq, &best), name = match_which(rq, best.hard, 1u << best.which);
    view_str(v, "near", text_with(rq, key, opens));
    if (which)
        view_str(v, "near_which", text_with(rq, which, name));
    struct job *j = NEW(rq->a, struct job);
    bool single = m->single_id && (!best.hard || match_of_change(&best, &m->single)); /* else it would belie the words above it */
    int64_t miss = single ? m->single_id : best.miss.soonest_id;
    enum err e = miss ? job_shown_one(rq, miss, j) : ERR_NONE;
    if (!e)
        job_view(rq, view_child(v, "miss"), j, m->home);
    if (!e && single)
        view_str(v, "near_if", match_if_text(rq, &m->single));
    return e && e != ERR_NONE ? e : match_view_help(rq, v, m->home);
}

enum err match_view_checker(struct request *rq, struct view *v, const struct job *j)
{
    struct str name = S("");
    enum err e = account_name(rq, j->verified_by, &name);
    view_str(v, "checker", name.n ? name : text(rq, "card.checker"));
    return e == ERR_NONE ? OK : e;
}
