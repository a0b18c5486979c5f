/* match_desk.c - the desk: find somebody, what waits, and one seeker with his best matches. */
#include "feature/certificate/certificate.h"
#include "feature/employer/employer.h"
#include "feature/match/match.h"
#include "http/page.h"

enum { CHECKERS = DESK | INSPECTOR | ADMIN, BEST = 5, WAITING_MAX = 30 };

/* ---- the desk ---- */

static enum err view_found(struct request *rq, struct view *v)
{
    struct str q = str_trim(query_get(rq, rq->a, "q"));
    struct person *p;
    size_t n, kept = 0;
    view_str(v, "q", q);
    if (!q.n || !(rq->who->roles & DESK))
        return OK;
    enum err e = person_find(rq, q, &p, &n);
    for (size_t i = 0; !e && i < n; i++) {
        if (!session_covers(rq->who, DESK, p[i].city, p[i].district, 0))
            continue;
        struct view *one = view_item(v, "people");
        view_record(rq, one, &person_record, &p[i]);
        kept++;
    }
    view_bool(v, "not_found", !e && !kept);
    return e;
}

static enum err view_posts(struct request *rq, struct view *v, enum job_state state, size_t *kept)
{
    struct job *j;
    size_t n;
    enum err e = job_in_state(rq, state, &j, &n);
    for (size_t i = 0; !e && i < n; i++) {
        if (!session_covers(rq->who, CHECKERS, j[i].city, j[i].district, 0))
            continue;
        if ((*kept)++ >= WAITING_MAX)
            continue;
        struct view *one = view_item(v, "posts");
        job_view(rq, one, &j[i], (struct geo){0, 0});
        match_view_source(rq, one, &j[i]);
        view_bool(one, "held", state == JOB_HELD);
    }
    return e;
}

static enum err view_employers(struct request *rq, struct view *v, size_t *kept)
{
    struct employer *p;
    size_t n;
    enum err e = employer_list(rq, EMPLOYER_NEW, &p, &n);
    for (size_t i = 0; !e && i < n; i++) {
        if (!session_covers(rq->who, CHECKERS, p[i].city, p[i].district, 0))
            continue;
        if ((*kept)++ >= WAITING_MAX)
            continue;
        struct view *one = view_item(v, "employers");
        view_record(rq, one, &employer_record, &p[i]);
    }
    return e;
}

static enum err view_numbers(struct request *rq, struct view *v)
{
    struct hire_counts c = {0, 0, 0};
    struct job *j;
    size_t n;
    int64_t left = 0;
    int32_t today = cal_day(rq->now_ms);
    enum err e = hire_count(rq, cal_ms(today, 0), &c);
    if (!e)
        e = job_shown(rq, rq->now_ms, cal_ms(today + MATCH_DAYS, 0), MATCH_MAX, &j, &n);
    for (size_t i = 0; !e && i < n; i++)
        left += j[i].left;
    view_i64(v, "n_left", left);
    view_i64(v, "n_made", c.made);
    view_i64(v, "n_in", c.in);
    view_i64(v, "n_paid", c.paid);
    return e;
}

/* Wages that did not come, of the people in this desk's scope. */
static enum err view_unpaid(struct request *rq, struct view *v)
{
    struct hire *all;
    struct person p;
    size_t n;
    enum err e = hire_disputed(rq, &all, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = person_get(rq, all[i].person_id, &p);
        if (e || !staff_covers(rq, p.city, p.district, 0))
            continue;
        struct view *line = view_item(v, "unpaid");
        view_record(rq, line, &hire_record, &all[i]);
        view_str(line, "who", person_masked(rq, &p));
        view_str(line, "span", show_span(rq, all[i].start_ms, all[i].end_ms));
    }
    return e;
}

enum err match_desk(struct request *rq)
{
    struct view *v = view_new(rq->a);
    size_t posts = 0, employers = 0;
    enum err e = view_found(rq, v);
    if (!e)
        e = view_numbers(rq, v);
    if (!e)
        e = view_unpaid(rq, v);
    if (!e)
        e = view_posts(rq, v, JOB_HELD, &posts);
    if (!e)
        e = view_posts(rq, v, JOB_SUBMITTED, &posts);
    if (!e)
        e = view_employers(rq, v, &employers);
    if (e)
        return e;
    view_i64(v, "n_posts", (int64_t)posts);
    view_i64(v, "n_employers", (int64_t)employers);
    view_bool(v, "no_posts", !posts);
    view_bool(v, "no_employers", !employers);
    return reply_page(rq, "match/desk", v);
}

/* ---- one seeker ---- */

enum err match_desk_load(struct request *rq)
{
    struct person *p = NEW(rq->a, struct person);
    enum err e = person_get(rq, param_id(rq, "person"), p);
    if (e)
        return e;
    rq->object = p;
    return session_covers(rq->who, DESK, p->city, p->district, 0) ? OK : ERR_NONE;
}

static enum err view_hires(struct request *rq, struct view *v, int64_t person_id)
{
    struct hire *h;
    size_t n;
    enum err e = hire_of_person(rq, person_id, &h, &n);
    for (size_t i = 0; !e && i < n; i++) {
        if (!hire_active(&h[i]))
            continue;
        struct view *one = view_item(v, "hires");
        view_record(rq, one, &hire_record, &h[i]);
        view_str(one, "span", show_span(rq, h[i].start_ms, h[i].end_ms));
    }
    return e;
}

static enum err view_partner(struct request *rq, struct view *v, const struct person *p)
{
    struct person other;
    enum err e = person_partner(rq, p, &other);
    if (!e && other.id) {
        struct view *one = view_child(v, "partner");
        view_str(one, "id", str_fmt(rq->a, "%lld", (long long)other.id));
        view_str(one, "name", person_masked(rq, &other));
        view_bool(one, "must", couple_must(p, &other));
    }
    return e;
}

static enum err view_best(struct request *rq, struct view *v, const struct person *p)
{
    struct match m;
    struct match_wish w = {.person_id = p->id, .trade = -1, .day = -1, .order = ORDER_FIT, .want = BEST};
    enum err e = match_find(rq, &w, &m);
    for (size_t i = 0; !e && i < m.n; i++) {
        struct view *card = view_item(v, "jobs");
        match_card(rq, card, &m, i);
        view_bool(card, "both", m.both);
    }
    view_bool(v, "none", !e && !m.n);
    return e || m.n >= MATCH_FEW ? e : match_view_near(rq, v, &m);
}

enum err match_desk_person(struct request *rq)
{
    const struct person *p = rq->object;
    struct view *v = view_new(rq->a);
    struct str id = str_fmt(rq->a, "%lld", (long long)p->id);
    view_record(rq, v, &person_record, p);
    view_str(v, "person_id", id);
    view_str(v, "person_name", person_masked(rq, p));
    enum err e = view_partner(rq, v, p);
    if (!e)
        e = certificates_view(rq, v, p);
    if (!e)
        e = view_hires(rq, v, p->id);
    if (!e)
        e = view_best(rq, v, p);
    return e ? e : reply_page(rq, "match/desk_person", v);
}
