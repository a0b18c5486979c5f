/* match_find.c - one person before all shifts that may be shown. */
#include "base/cal.h"
#include "feature/match/match.h"
#include "http/page.h"
#include "http/texts.h"
#include "rules/rules.h"

static enum err load_person(struct request *rq, const struct match_wish *w, struct match *m)
{
    struct hire *h = NULL;
    size_t n = 0;
    if (!w->person_id) {
        m->seeker = (struct seeker){.home = w->from, .papers = ~0u}; /* nothing is held against him */
        return OK;
    }
    enum err e = person_get(rq, w->person_id, &m->person);
    if (!e)
        e = person_partner(rq, &m->person, &m->partner);
    if (!e)
        e = hire_of_person(rq, w->person_id, &h, &n);
    if (e)
        return e;
    m->seeker = match_seeker(&m->person, h, n, m->jobs, m->n, rq->now_ms);
    if (geo_known(w->from))
        m->seeker.home = w->from;
    return OK;
}

struct market_params match_params(struct request *rq, const struct slot *v, size_t n)
{
    return (struct market_params){
        .age_min = (int32_t)rule_number(rq, "age.min", 16), .night_age_min = (int32_t)rule_number(rq, "age.night_min", 18),
        .rest_h = (int32_t)rule_number(rq, "rest.hours", 11), .day_max_h = (int32_t)rule_number(rq, "day.max_hours", 11),
        .usual_hour_fen = match_usual_fen(rq->a, v, n)};
}

static void load_slots(struct request *rq, const struct match_wish *w, struct match *m)
{
    size_t kept = 0;
    int64_t min_left = couple_must(&m->person, &m->partner) ? 2 : 1;
    m->slots = NEW_N(rq->a, m->n ? m->n : 1, struct slot);
    for (size_t i = 0; i < m->n; i++)
        m->slots[i] = match_slot(&m->jobs[i], cal_day(rq->now_ms));
    m->params = match_params(rq, m->slots, m->n);
    for (size_t i = 0; i < m->n; i++) {
        const struct job *j = &m->jobs[i];
        bool wanted = (w->trade < 0 || j->trade == w->trade) && (w->day < 0 || cal_day(j->start_ms) == w->day);
        if (!wanted || j->left < min_left)
            continue;
        m->jobs[kept] = m->jobs[i];
        m->slots[kept++] = m->slots[i];
    }
    m->n = kept;
}

enum err match_find(struct request *rq, const struct match_wish *w, struct match *m)
{
    *m = (struct match){.n = 0};
    int64_t to_ms = cal_ms(cal_day(rq->now_ms) + MATCH_DAYS, 0);
    enum err e = job_shown(rq, rq->now_ms, to_ms, MATCH_MAX, &m->jobs, &m->n);
    if (!e)
        e = load_person(rq, w, m);
    if (e)
        return e;
    load_slots(rq, w, m);
    size_t want = w->want < MATCH_TOP ? w->want : MATCH_TOP;
    m->fits = NEW_N(rq->a, MATCH_TOP, struct fit);
    m->n_fits = fit_top(&m->params, &m->seeker, m->slots, m->n, w->order, m->fits, want, m->hard);
    m->all = NEW_N(rq->a, m->n ? m->n : 1, struct fit);
    for (size_t i = 0; i < m->n && w->person_id; i++) {
        m->all[m->n_all] = fit_of(&m->params, &m->seeker, &m->slots[i]);
        m->n_all += m->all[m->n_all].hard == HARD_NONE;
    }
    return OK;
}

const struct job *match_job(const struct match *m, int64_t shift_id)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->jobs[i].shift_id == shift_id)
            return &m->jobs[i];
    return NULL;
}

static struct str offers_text(struct request *rq, uint32_t set)
{
    struct str all = S("");
    for (int i = 0; i < OFFERS; i++) {
        if (!(set >> i & 1))
            continue;
        struct str one = text(rq, str_z(rq->a, str_fmt(rq->a, "match.offer.%s", offers[i].key)));
        all = str_fmt(rq->a, "%.*s%s%.*s", SV(all), all.n ? rq->lang ? ", " : "、" : "", SV(one));
    }
    return all;
}

static struct str why_text(struct request *rq, const struct match *m, const struct fit *f, int part, bool good)
{
    struct why w = match_why(part, good, f);
    const struct job *j = match_job(m, f->slot_id);
    struct str arg = S("");
    if (!w.key || !j)
        return arg;
    switch (w.arg) {
    case WHY_NET_HOUR:
        arg = show_yuan(rq, (f->net_hour_fen + 50) / 100 * 100);
        break;
    case WHY_MINUTES:
        arg = str_fmt(rq->a, "%d", f->way_min);
        break;
    case WHY_TRADE:
        arg = text(rq, str_z(rq->a, str_fmt(rq->a, "trade.%s", trades[j->trade].key)));
        break;
    case WHY_OFFERS:
        arg = offers_text(rq, j->offers & m->seeker.wishes);
        break;
    case WHY_MISSING:
        arg = offers_text(rq, m->seeker.wishes & ~j->offers);
        break;
    case WHY_NOTHING:
    default:
        break;
    }
    return texts_fill(rq->app->texts, rq->a, rq->lang, str_c(w.key), arg);
}

struct match_texts match_reasons(struct request *rq, const struct match *m, const struct fit *f)
{
    struct reasons r = fit_reasons(f, m->all, m->n_all);
    return (struct match_texts){
        .good = {why_text(rq, m, f, r.good[0], true), why_text(rq, m, f, r.good[1], true)},
        .bad = why_text(rq, m, f, r.bad, false)};
}
