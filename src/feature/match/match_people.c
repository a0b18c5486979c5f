/* match_people.c - people for a shift: the best of all that the engine knows, and as an employer sees them. */
#include "feature/match/match_market.h"
#include "feature/trust/trust.h"
#include "http/feed.h"
#include "http/page.h"
#include "market/fair.h"

static int64_t could_have(void *arg, int64_t person_id, int64_t slot_id)
{
    return others_best(arg, person_id, slot_id);
}

/* The best `most`: of each group of single people, or of all. */
static enum err search(struct request *rq, const struct job *j, size_t most, bool singles, struct people *ret)
{
    int64_t *away;
    size_t n_away;
    struct slot slot = match_slot(j);
    enum err e = feed_catch_up(rq->app);
    if (!e)
        e = trust_apart_from(rq, j->employer_id, &away, &n_away);
    if (e)
        return e;
    struct finder *f = market_read(rq->app->market);
    struct market_params p = match_params(rq, f, 0);
    struct usual_pay usual = match_usual_pay(f);
    market_done(f);
    *ret = people_for(rq->app->market, rq->a, &(struct people_ask){
        .p = &p, .usual_fen = usual.hour_fen, .slot = &slot, .most = most, .singles = singles, 
        .apart = away, .n_apart = n_away,
        .other = could_have, .arg = rq->app->others});
    return OK;
}

enum err match_top_people(struct request *rq, const struct job *j, size_t most, struct person_hit **ret, size_t *ret_n)
{
    struct people found = {.of = {{.n = 0}}};
    enum err e = search(rq, j, most, false, &found);
    *ret = found.of[0].v;
    *ret_n = found.of[0].n;
    return e;
}

/* ---- what an employer sees ---- */

/* Whose calendar is longer than what the engine holds of it is asked about in the database. */
static enum err drop_taken(struct request *rq, const struct job *j, struct person_hit *v, size_t *n)
{
    const uint32_t calendar = 1u << HARD_OVERLAP | 1u << HARD_AWAY | 1u << HARD_BETWEEN | 1u << HARD_REST | 1u << HARD_DAY;
    size_t kept = 0;
    enum err e = OK;
    for (size_t i = 0; !e && i < *n; i++) {
        uint32_t hard = 0;
        struct finder *f = market_read(rq->app->market);
        const struct seeker *s = market_person(f, v[i].person_id);
        bool full = s && s->n_busy == MAX_BUSY;
        market_done(f);
        if (full)
            e = match_stands(rq, v[i].person_id, j, &hard);
        if (e != ERR_NONE && !(hard & calendar))
            v[kept++] = v[i];
        e = e == ERR_NONE ? OK : e;
    }
    *n = kept;
    return e;
}

enum err match_candidates(struct request *rq, const struct job *j, struct person_hit **ret, size_t *ret_n)
{
    struct people found = {.of = {{.n = 0}}};
    enum err e = search(rq, j, MATCH_CANDIDATES, true, &found); /* couples are asked in waves and at the desk, as two */
    struct people_of all = people_together(rq->a, &found);
    int64_t *points = NEW_N(rq->a, all.n + 1, int64_t);
    int8_t *group = NEW_N(rq->a, all.n + 1, int8_t);
    int32_t *order = NEW_N(rq->a, MATCH_CANDIDATES, int32_t);
    struct fair_list list = {.points = points, .group = group, .n = (int32_t)all.n};
    for (int k = 0; k < PEOPLE_GROUPS; k++)
        list.pool[k] = found.of[k].pool;
    for (size_t i = 0; i < all.n; i++) {
        points[i] = all.v[i].fit.rank;
        group[i] = person_group(&all.v[i]);
    }
    fair_first(rq->a, &list, FAIR_DELTA_PCT, MATCH_CANDIDATES, order);
    *ret_n = all.n < MATCH_CANDIDATES ? all.n : MATCH_CANDIDATES;
    *ret = NEW_N(rq->a, MATCH_CANDIDATES, struct person_hit);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = all.v[order[i]];
    return e ? e : drop_taken(rq, j, *ret, ret_n);
}

/* ---- why ---- */

static struct str who_text(struct request *rq, const struct job *j, const struct person_hit *c, struct why w)
{
    struct str arg = S("");
    if (!w.key)
        return arg;
    if (w.arg == WHY_MINUTES)
        arg = show_way(rq, c->fit.way_min);
    if (w.arg == WHY_TRADE)
        arg = text_of(rq, "trade", trades[j->trade].key);
    return text_with(rq, w.key, arg);
}

static struct str who_line(struct request *rq, const struct slot *t, const struct fit *f)
{
    struct match_line x;
    if (!match_line(t, f, &x))
        return S("");
    struct str line = text_n(rq, "match.line.is", x.line);
    struct str own = text_n(rq, x.over ? "match.who.over" : "match.who.under", x.own);
    return str_fmt(rq->a, "%.*s%.*s", SV(line), SV(own));
}

struct match_words *match_candidates_words(struct request *rq, const struct job *j, const struct person_hit *c, size_t n)
{
    struct match_words *w = NEW_N(rq->a, n + 1, struct match_words);
    struct usual list = {.n = (int64_t)n};
    struct finder *f = market_read(rq->app->market);
    const struct slot *known = market_slot(f, j->shift_id);
    const struct slot slot = known ? *known : match_slot(j);
    market_done(f);
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < PARTS; k++)
            list.part[k] += c[i].fit.part[k];
    for (size_t i = 0; i < n; i++) { /* who is new here has the mean of the city: nothing that speaks for him */
        struct reasons r = list_reasons(&c[i].fit, &list, c[i].reliable ? LIST_PARTS : LIST_PARTS & ~(1u << PART_RELIABLE));
        w[i] = (struct match_words){.bad = who_text(rq, j, &c[i], match_who(r.bad, false)), .line = who_line(rq, &slot, &c[i].fit)};
        for (int k = 0; k < 2; k++)
            w[i].good[k] = who_text(rq, j, &c[i], match_who(r.good[k], true));
    }
    return w;
}
