/* match_find.c - one person before all shifts: the engine answers, the database is asked again. */
#include <stdlib.h>

#include "base/buf.h"
#include "feature/match/match_market.h"
#include "feature/trust/trust.h"
#include "http/feed.h"
#include "http/page.h"
#include "http/texts.h"

static int ascending(const void *x, const void *y)
{
    const int64_t *a = x, *b = y;
    return (*a > *b) - (*a < *b);
}

/* Facts of a person as the database has them now; about_ms as in match_person. */
static enum err load_side(struct request *rq, int64_t person_id, int64_t about_ms, struct geo *ret_home, struct match_side *ret)
{
    struct match_person p;
    enum err e = match_person_one(rq, person_id, &p);
    if (e)
        return e;
    p.about_ms = about_ms;
    if (p.n_apart)
        qsort(p.apart, p.n_apart, sizeof *p.apart, ascending);
    *ret_home = p.p.home;
    *ret = (struct match_side){match_seeker(&p, match_law_now(rq), rq->now_ms), p.apart, p.n_apart};
    return OK;
}

/* A stranger only stands somewhere. */
enum err match_load(struct request *rq, const struct match_wish *w, int64_t about_ms, struct match *m)
{
    struct match_side one = {.n_apart = 0};
    struct geo home = {0, 0}, others_home;
    enum err e = w->person_id ? load_side(rq, w->person_id, about_ms, &home, &one) : OK;
    if (e)
        return e;
    m->home = geo_known(w->from) ? w->from : home;
    m->apart = one.apart;
    m->n_apart = one.n_apart;
    if (w->person_id && !w->plain) {
        m->person_id = w->person_id;
        m->seeker = one.seeker;
        m->seeker.home = point_of(m->home);
    } else {
        m->seeker = match_stranger(m->home);
    }
    m->both = m->seeker.seats > 1;
    if (m->both)
        e = load_side(rq, m->seeker.partner_id, about_ms, &others_home, &m->other);
    return !e && m->person_id && w->order == ORDER_FIT ? proposal_of(rq, w->person_id, &m->proposed_id) : e;
}

/* Bits of enum hard. The engine knows MAX_TIES of those he does not meet; here stand all. */
static uint32_t stands(const struct market_params *p, const struct seeker *s, const int64_t *not_met, size_t n, const struct slot *t)
{
    return hard_all(p, s, t, way_min(s, t)) | (uint32_t)trust_among(not_met, n, t->employer_id) << HARD_BLOCKED;
}

static uint32_t stands_other(const struct match *m, const struct slot *t)
{
    return m->both ? stands(&m->params, &m->other.seeker, m->other.apart, m->other.n_apart, t) : 0;
}

static bool lets(const void *arg, const struct market_params *p, const struct slot *t)
{
    const struct match *m = arg;
    if (!m->wide)
        return !trust_among(m->apart, m->n_apart, t->employer_id) && !stands_other(m, t);
    uint32_t all = stands(p, &m->seeker, m->apart, m->n_apart, t) | stands_other(m, t);
    return all && all == match_said(all);
}

struct question match_question(const struct request *rq, const struct match_wish *w, const struct match *m)
{
    int32_t today = cal_day(rq->now_ms), now = cal_market_min(rq->now_ms);
    struct question q = {.order = w->plain ? ORDER_SOON : w->order, .trades = w->trade < 0 ? ALL_TRADES : (int32_t)(1u << w->trade),
                    .today = today, .from_min = now, .to_min = (today + MATCH_DAYS) * 1440,
                    .k = w->want < MATCH_TOP ? w->want : MATCH_TOP, .lets = lets, .arg = m};
    if (w->day >= 0) {
        q.from_min = w->day * 1440 > now ? w->day * 1440 : now;
        q.to_min = (w->day + 1) * 1440;
    }
    return q;
}

/* A small order that few people saw gets the last place of a full list, when none is in it yet. */
static void give_owed_a_place(struct request *rq, struct match *m, struct finder *f, const struct question *q)
{
    struct views *v = rq->app->views;
    struct hit owed;
    bool any = m->n < q->k;
    for (size_t i = 0; i < m->n; i++) {
        any |= views_owed(v, &m->slots[i]);
        views_seen(v, &m->slots[i]);
    }
    if (any || !views_best_owed(v, f, &m->params, &m->seeker, q, &owed))
        return;
    m->slots[m->n - 1] = *owed.slot;
    m->fits[m->n - 1] = owed.fit;
    views_seen(v, owed.slot);
}

/* All that was said left out. */
static struct seeker loosened(const struct seeker *s)
{
    struct seeker loose = *s;
    loose.drop_min = loose.pick_min = loose.from_min = loose.to_min = loose.travel_max_min = 0;
    loose.floor_fen = 0;
    loose.limits = 0;
    loose.skills = UINT64_MAX;
    return loose;
}

/* The best of what would fit whoever can do anything at any time that one single change really opens. */
static void find_single(struct match *m, struct finder *f, struct question q)
{
    struct seeker loose = loosened(&m->seeker);
    struct what_if w[EDITS];
    const struct hit *hits;
    for (int k = 0; k < PAPERS_MAX; k++)
        loose.paper_to_day[k] = FOREVER;
    q.k = MARKET_TOP;
    q.first_id = 0;
    size_t n = market_top(f, &m->params, &loose, &q, &hits);
    for (size_t i = 0; i < n && !m->single_id; i++) {
        bool possible = fit_of(&m->params, &m->seeker, hits[i].slot).hard == HARD_NONE;
        int32_t there_fen = market_usual_fen(f, hits[i].slot->trade);
        if (possible || !fit_what_if(&m->params, &m->seeker, hits[i].slot, there_fen, w))
            continue;
        m->single_id = hits[i].slot->id;
        m->single = w[0];
    }
}

/* The engine's answer, copied, so that nothing waits while the database is asked. */
static void copy_top(struct request *rq, struct match *m, struct finder *f, const struct seeker *s, const struct question *q)
{
    const struct hit *hits;
    m->n = market_top(f, &m->params, s, q, &hits);
    m->slots = NEW_N(rq->a, m->n + 1, struct slot);
    m->fits = NEW_N(rq->a, m->n + 1, struct fit);
    for (size_t i = 0; i < m->n; i++) {
        m->slots[i] = *hits[i].slot;
        m->fits[i] = hits[i].fit;
    }
}

/* What stands before each is what he said, not what he would be with all of it left out. */
static void look_wide(struct request *rq, struct match *m, struct finder *f, const struct question *q)
{
    struct seeker loose = loosened(&m->seeker);
    copy_top(rq, m, f, &loose, q);
    for (size_t i = 0; i < m->n; i++) {
        m->fits[i] = fit_of(&m->params, &m->seeker, &m->slots[i]);
        m->fits[i].hard_all |= stands_other(m, &m->slots[i]);
    }
}

static void look(struct request *rq, const struct match_wish *w, struct match *m)
{
    struct question q = match_question(rq, w, m);
    struct finder *f = market_read(rq->app->market);
    m->params = match_params(rq, f, m->seeker.trade);
    if (m->person_id)
        m->usual = market_usual(f, &m->params, &m->seeker, &q);
    m->wide = w->wide; /* from here on the question is another one */
    q.first_id = m->wide ? 0 : m->proposed_id;
    if (m->wide)
        look_wide(rq, m, f, &q);
    else
        copy_top(rq, m, f, &m->seeker, &q);
    if (m->person_id && q.order == ORDER_FIT && !m->wide)
        give_owed_a_place(rq, m, f, &q);
    if (m->n < MATCH_FEW && !m->wide)
        m->near = market_near_miss(f, &m->params, &m->seeker, &q);
    if (m->n < MATCH_FEW && m->person_id && !m->wide)
        find_single(m, f, q);
    market_done(f);
}

/* Keeps what may still be shown. */
static enum err ask_again(struct request *rq, struct match *m)
{
    size_t kept = 0;
    int64_t *ids = NEW_N(rq->a, m->n + 1, int64_t);
    bool *shown = NEW_N(rq->a, m->n + 1, bool);
    m->jobs = NEW_N(rq->a, m->n + 1, struct job);
    for (size_t i = 0; i < m->n; i++)
        ids[i] = m->slots[i].id;
    enum err e = job_shown_these(rq, ids, m->n, m->jobs, shown);
    for (size_t i = 0; !e && i < m->n; i++) {
        if (!shown[i] || job_underpaid(rq, &m->jobs[i]))
            continue;
        m->jobs[kept] = m->jobs[i];
        m->slots[kept] = m->slots[i];
        m->fits[kept++] = m->fits[i];
    }
    m->n = kept;
    return e;
}

enum err match_find(struct request *rq, const struct match_wish *w, struct match *m)
{
    *m = (struct match){.n = 0};
    enum err e = feed_catch_up(rq->app);
    if (!e)
        e = match_load(rq, w, 0, m);
    if (e)
        return e;
    look(rq, w, m);
    return ask_again(rq, m);
}

enum err match_one(struct request *rq, int64_t person_id, const struct job *j, struct match *m)
{
    struct match_wish w = {.person_id = person_id, .trade = -1, .day = -1};
    *m = (struct match){.n = 1};
    enum err e = feed_catch_up(rq->app);
    if (!e)
        e = match_load(rq, &w, j->start_ms, m);
    if (e)
        return e;
    struct question q = match_question(rq, &w, m);
    m->jobs = NEW(rq->a, struct job);
    m->slots = NEW(rq->a, struct slot);
    m->fits = NEW(rq->a, struct fit);
    struct finder *f = market_read(rq->app->market);
    const struct slot *t = market_slot(f, j->shift_id);
    m->jobs[0] = *j;
    m->slots[0] = t ? *t : match_slot(j);
    m->params = match_params(rq, f, m->seeker.trade);
    m->there_fen = market_usual_fen(f, m->slots[0].trade);
    m->usual = market_usual(f, &m->params, &m->seeker, &q);
    m->fits[0] = fit_of(&m->params, &m->seeker, &m->slots[0]);
    if (trust_among(m->apart, m->n_apart, j->employer_id))
        m->fits[0].hard_all |= 1u << HARD_BLOCKED;
    if (job_underpaid(rq, j))
        m->fits[0].hard_all |= 1u << HARD_MINPAY;
    m->fits[0].hard = hard_first(m->fits[0].hard_all);
    m->other_hard = stands_other(m, &m->slots[0]) & ~(1u << HARD_FULL);
    market_done(f);
    return OK;
}

size_t match_ifs(const struct match *m, struct what_if ret[EDITS])
{
    bool all_known = fit_of(&m->params, &m->seeker, &m->slots[0]).hard_all == m->fits[0].hard_all;
    return all_known && !m->other_hard ? fit_what_if(&m->params, &m->seeker, &m->slots[0], m->there_fen, ret) : 0;
}

enum err match_stands(struct request *rq, int64_t person_id, const struct job *j, uint32_t *ret)
{
    struct match_side x;
    struct geo home;
    struct market_params p = match_limits(rq);
    struct slot t = match_slot(j);
    enum err e = load_side(rq, person_id, j->start_ms, &home, &x);
    if (!e)
        *ret = stands(&p, &x.seeker, x.apart, x.n_apart, &t) & ~(1u << HARD_FULL);
    return e;
}

/* ---- the words ---- */

static struct str why_text(struct request *rq, const struct match *m, size_t i, int part, bool good)
{
    struct why w = match_why(part, good, &m->seeker, &m->fits[i]);
    struct str arg = S("");
    if (!w.key)
        return arg;
    switch (w.arg) {
    case WHY_NET_HOUR:
        arg = show_yuan(rq, (m->fits[i].net_hour_fen + 50) / 100 * 100);
        break;
    case WHY_MINUTES:
        arg = show_way(rq, m->fits[i].way_min);
        break;
    case WHY_TRADE:
        arg = text_of(rq, "trade", trades[m->jobs[i].trade].key);
        break;
    case WHY_OFFERS:
        arg = show_set(rq, offers, "match.offer", m->jobs[i].offers & m->seeker.wishes);
        break;
    case WHY_MISSING:
        arg = show_set(rq, offers, "match.offer", m->seeker.wishes & ~m->jobs[i].offers);
        break;
    case WHY_NOTHING:
    default:
        break;
    }
    return text_with(rq, w.key, arg);
}

struct match_words match_reasons(struct request *rq, const struct match *m, size_t i)
{
    struct reasons r = fit_reasons(&m->seeker, &m->fits[i], &m->usual);
    return (struct match_words){
        .good = {why_text(rq, m, i, r.good[0], true), why_text(rq, m, i, r.good[1], true)},
        .bad = why_text(rq, m, i, r.bad, false)};
}

struct str match_line_text(struct request *rq, const struct match *m, size_t i)
{
    struct match_line x;
    if (!m->person_id || m->both || m->fits[i].hard || !match_line(&m->slots[i], &m->fits[i], &x))
        return S("");
    struct str line = text_n(rq, "match.line.is", x.line);
    struct str own = text_n(rq, x.over ? "match.line.over" : "match.line.under", x.own);
    return str_fmt(rq->a, "%.*s%.*s", SV(line), SV(own));
}

struct str match_which(struct request *rq, enum hard h, uint32_t set)
{
    if (h == HARD_PAPERS)
        return show_set(rq, papers, "papers", set);
    if (h == HARD_SKILL)
        return show_set(rq, skills, "skills", set);
    return h == HARD_BODY ? show_set(rq, needs, "needs", set) : S("");
}

struct str match_against(struct request *rq, const struct match *m, size_t i)
{
    return show_set(rq, hards, "match.said", match_said(m->fits[i].hard_all));
}

struct str match_hard_text(struct request *rq, const struct match *m, size_t i, enum hard h)
{
    struct str key = str_fmt(rq->a, "match.hard.%s", hard_key(h));
    struct str arg = match_which(rq, h, hard_which(h, &m->seeker, &m->slots[i]));
    return texts_fill(rq->app->texts, rq->a, rq->lang, key, arg);
}

struct str match_if_text(struct request *rq, const struct what_if *w)
{
    struct str arg = S(""), key = str_fmt(rq->a, "match.if.%s", edit_key(w->edit));
    switch (w->edit) {
    case EDIT_TO:
        if (!w->to) /* beyond midnight */
            return text(rq, "match.if.to_any");
        arg = cal_clock_text(rq->a, w->to);
        break;
    case EDIT_FROM:
    case EDIT_DROP:
    case EDIT_PICK:
        key = w->later ? str_cat(rq->a, key, S("_later")) : key;
        arg = cal_clock_text(rq->a, w->to);
        break;
    case EDIT_REACH:
        arg = str_fmt(rq->a, "%d", w->to);
        break;
    case EDIT_FLOOR:
        arg = show_yuan(rq, w->to);
        break;
    case EDIT_TRADE:
        arg = text_of(rq, w->to ? "trade" : "person.trade", trades[w->to].key);
        break;
    case EDIT_LIMITS:
        arg = match_which(rq, HARD_BODY, 1u << w->to);
        break;
    case EDIT_PAPERS:
        arg = match_which(rq, HARD_PAPERS, 1u << w->to);
        break;
    case EDIT_SKILLS:
        arg = match_which(rq, HARD_SKILL, 1u << w->to / 4);
        break;
    case EDITS:
    default:
        break;
    }
    return texts_fill(rq->app->texts, rq->a, rq->lang, key, arg);
}
