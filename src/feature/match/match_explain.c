/* match_explain.c - the whole path of one score as text: facts, constraints, parts, sum, price,
 * reasons, and what would change it. For people who check the engine; numbers only, no names. */
#include "base/buf.h"
#include "feature/match/match_market.h"

/* Why nobody can take it any more, or not yet. */
static const char *stage(const struct match *m)
{
    const struct job *j = &m->jobs[0];
    const struct slot *t = &m->slots[0];
    if (j->state != JOB_OPEN)
        return job_states[j->state].key;
    return t->end_min <= m->params.now_min ? "over" : "begun";
}

static void facts(const struct match *m, struct buf *out)
{
    const struct seeker *s = &m->seeker;
    const struct slot *t = &m->slots[0];
    buf_fmt(out, "facts\n  person  trade %d, hours %d-%d, school run %d/%d on %#x, reach %d min, least %d fen/h, limits %#x, wishes %#x\n",
            s->trade, s->from_min, s->to_min, s->drop_min, s->pick_min, s->care_days, s->travel_max_min, s->floor_fen, s->limits, s->wishes);
    buf_fmt(out, "          last worked or registered %d days ago, %d shifts so far, busy with %d, seats %d\n",
            idle_days(&m->params, s), s->done, s->n_busy, s->seats);
    buf_fmt(out, "  shift   trade %d, %d min of work, %d fen (%d fen/h), extras %d fen, needs %#x, offers %#x, papers %#x, left %d of %d\n",
            t->trade, slot_work_min(t), t->shift_fen, t->hour_fen, t->extra_fen, t->needs, t->offers, t->papers, t->left, t->cap);
    buf_fmt(out, "  way     %d min; usual pay of the trade %d fen/h\n", m->fits[0].way_min, m->params.usual_hour_fen);
}

static void constraints(struct request *rq, const struct match *m, bool mine, struct buf *out)
{
    bool open = m->jobs[0].state == JOB_OPEN, ahead = open && m->slots[0].start_min > m->params.now_min;
    buf_fmt(out, "constraints\n  %-8s %s%s\n", "stage", ahead ? "ok" : "NO  ", ahead ? "" : stage(m));
    if (mine)
        buf_fmt(out, "  %-8s NO  the shift is this person's already; below it stands as another one\n", "mine");
    for (int h = 1; h < HARD_COUNT; h++) {
        bool broken = m->fits[0].hard_all >> h & 1, said = broken && (h != HARD_TRUST || open);
        struct str why = said ? match_hard_text(rq, m, 0, (enum hard)h) : S("");
        buf_fmt(out, "  %-8s %s%.*s\n", hard_key((enum hard)h), broken ? "NO  " : "ok", SV(why));
    }
    for (int h = 1; h < HARD_COUNT; h++)
        if (m->other_hard >> h & 1)
            buf_fmt(out, "  %-8s NO  the other of the two\n", hard_key((enum hard)h));
}

static void parts(const struct match *m, const struct reasons *r, struct buf *out)
{
    const struct fit *f = &m->fits[0];
    buf_fmt(out, "parts      value  weight   usual  points\n");
    for (int k = 0; k < PARTS; k++) {
        int64_t usual = m->usual.n < 2 ? SCORE_ONE / 2 : m->usual.part[k] / m->usual.n;
        buf_fmt(out, "  %-10s %6d  %6d  %6lld  %+6d%s\n", part_weights[k].name, f->part[k], part_weights[k].weight, (long long)usual,
                r->points[k], part_weights[k].employer ? "  (employer)" : "");
    }
}

static void sums(struct request *rq, const struct match *m, struct buf *out)
{
    int64_t priced_ms = rq->app->priced_ms;
    const struct fit *f = &m->fits[0];
    const struct slot *t = &m->slots[0];
    buf_fmt(out, "sum\n  U %d, F %d, staying out %d -> surplus %d\n  chance %d (with competition %d)\n", f->u, f->f, m->seeker.outside,
            f->surplus, f->q, fit_chance(&m->params, t, f));
    buf_fmt(out, "  chance x surplus + policy %d = total %d\n  total - %d x price %d / %d = rank %d\n  suitors %d for %d places, line %d\n", f->policy,
            f->total, m->params.gamma, t->price, SCORE_ONE, f->rank, t->suitors, t->left, t->line);
    if (priced_ms)
        buf_fmt(out, "  prices of %.*s\n", SV(cal_ms_text(rq->a, priced_ms)));
    else
        buf_fmt(out, "  no prices: nobody was placed yet\n");
}

static void sentences(struct request *rq, const struct match *m, struct buf *out)
{
    struct what_if w[EDITS];
    struct match_words t = match_reasons(rq, m, 0);
    size_t n = match_ifs(m, w);
    struct str hot = match_hot(rq, m, 0);
    if (m->usual.n < 2)
        buf_fmt(out, "sentences (too few others are open to compare with: against the middle of the scale)\n");
    else
        buf_fmt(out, "sentences (compared with %lld that are open)\n", (long long)m->usual.n);
    for (int i = 0; i < 2; i++)
        if (t.good[i].n)
            buf_fmt(out, "  + %.*s\n", SV(t.good[i]));
    if (t.bad.n)
        buf_fmt(out, "  - %.*s\n", SV(t.bad));
    if (hot.n)
        buf_fmt(out, "  ! %.*s\n", SV(hot));
    for (size_t i = 0; i < n; i++)
        buf_fmt(out, "  ? %.*s  (rank %d)\n", SV(match_if_text(rq, &w[i])), w[i].fit.rank);
}

enum err match_explain(struct request *rq, int64_t person_id, int64_t shift_id, struct buf *out)
{
    struct job j;
    struct match m;
    struct hire *h;
    size_t n = 0;
    bool mine = false;
    enum err e = job_of_shift(rq, shift_id, &j);
    if (!e)
        e = hire_of_person(rq, person_id, &h, &n);
    for (size_t i = 0; !e && i < n; i++)
        mine |= h[i].shift_id == shift_id && hire_active(&h[i]);
    if (!e)
        e = match_one(rq, person_id, &j, &m);
    if (e)
        return e;
    struct reasons r = fit_reasons(&m.seeker, &m.fits[0], &m.usual);
    facts(&m, out);
    constraints(rq, &m, mine, out);
    parts(&m, &r, out);
    sums(rq, &m, out);
    sentences(rq, &m, out);
    return OK;
}
