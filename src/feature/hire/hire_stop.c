/* hire_stop.c - a post is not what it says, or its firm may not employ: the market calls off who was to come, marks nobody,
 * and tells everybody what to do instead. Who is there goes on as agreed and is a case for the desk. */
#include "feature/employer/employer.h"
#include "feature/hire/hire_api.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/site/site.h"
#include "http/page.h"
#include "http/route.h"
#include "http/store.h"
#include "http/texts.h"

/* What people read, by enum hire_off: in a letter and on the page. */
static const struct {
    const char *letter, *page;
} words[] = {[OFF_POST] = {"hire.off_post", "hire.off_why.post"}, [OFF_EMPLOYER] = {"hire.off_employer", "hire.off_why.employer"}};

struct stop {
    struct str what; /* "job" or "employer" */
    int64_t id, employer_id, job_id; /* job_id 0: all its posts */
    enum hire_off why;
};

static enum err stop_of_firm(struct request *rq, int64_t employer_id, enum hire_off *ret)
{
    struct employer p;
    enum err e = employer_get(rq, employer_id, &p);
    *ret = e ? OFF_NONE : off_by_employer(p.state);
    return e == ERR_NONE ? OK : e;
}

enum err stop_of_job(struct request *rq, const struct job *j, enum hire_off *ret)
{
    *ret = off_by_job(j->state);
    return *ret ? OK : stop_of_firm(rq, j->employer_id, ret);
}

static enum err look(struct request *rq, struct stop *s)
{
    struct job j;
    if (str_eq(s->what, S("employer"))) {
        s->employer_id = s->id;
        return stop_of_firm(rq, s->id, &s->why);
    }
    enum err e = job_get(rq, s->id, &j);
    if (e)
        return e == ERR_NONE ? OK : e;
    s->employer_id = j.employer_id;
    s->job_id = j.id;
    s->why = off_by_job(j.state);
    return OK;
}

/* The market to ask, nearest to the work; the first with a phone where that is not known. */
static enum err nearest(struct request *rq, int64_t job_id, struct site *ret)
{
    struct job j = {.id = 0};
    struct site *v;
    size_t n = 0;
    double best_m = 0;
    *ret = (struct site){.id = 0};
    enum err e = job_get(rq, job_id, &j);
    if (!e || e == ERR_NONE)
        e = site_all(rq, &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        bool known = geo_known(v[i].place) && geo_known(j.place);
        double m = known ? geo_m(v[i].place, j.place) : 1e9;
        if (!v[i].phone.n || (ret->id && m >= best_m))
            continue;
        *ret = v[i];
        best_m = m;
    }
    return e;
}

/* In the language in which he took it, whoever stopped the post. */
static enum err tell(struct request *rq, const struct hire *h, const struct site *ask)
{
    struct person p;
    enum lang lang = hire_lang(h);
    enum err e = person_get(rq, h->person_id, &p);
    if (e)
        return e == ERR_NONE ? OK : e;
    struct str what = str_fmt(rq->a, "%.*s %.*s", SV(h->title), SV(show_dated(rq, lang, h->start_ms, h->end_ms)));
    if (ask->id) {
        struct str whom = str_fmt(rq->a, "%.*s %.*s", SV(ask->name), SV(ask->phone));
        what = str_fmt(rq->a, "%.*s%.*s", SV(what), SV(texts_fill(rq->app->texts, rq->a, lang, S("hire.off_ask"), whom)));
    }
    return notice_send_in(rq, lang, p.phone, h->state == HIRE_WORKING ? "hire.off_there" : words[h->off_why].letter, what);
}

static enum err call_off(struct request *rq, struct hire *h, enum hire_off why)
{
    enum hire_state from = (enum hire_state)h->state, to = from;
    const struct rule *broken = hire_next(from, EVENT_CALL_OFF, SIDE_MARKET, &to);
    if (broken)
        return refuse(rq, broken);
    h->state = (int32_t)to;
    h->off_why = (int32_t)why;
    h->ended_ms = hire_active(h) ? 0 : rq->now_ms;
    enum err e = hire_put(rq, from, h);
    if (e || hire_active(h))
        return e;
    e = shift_give_back(rq, h->shift_id, 1);
    return e ? e : change_put(rq, "shift", h->shift_id);
}

static enum err stop_page(struct request *rq, const struct stop *s)
{
    struct hire *v;
    struct site ask = {.id = 0};
    size_t n;
    enum err e = hire_to_stop(rq, s->employer_id, s->job_id, &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        if (!i || v[i].job_id != v[i - 1].job_id)
            e = nearest(rq, v[i].job_id, &ask);
        if (!e)
            e = call_off(rq, &v[i], s->why);
        if (!e)
            e = tell(rq, &v[i], &ask);
    }
    if (e)
        return e;
    return n == STOP_PAGE ? stop_put(rq, s->what, s->id) : stop_drop(rq, s->what, s->id);
}

enum err stop_within(struct request *rq, struct str what, int64_t id)
{
    struct stop s = {.what = what, .id = id};
    if (!str_eq(what, S("job")) && !str_eq(what, S("employer")))
        return OK;
    enum err e = look(rq, &s);
    if (e || !s.why)
        return e;
    return stop_page(rq, &s);
}

enum err stop_rest(struct request *rq)
{
    struct stop s = {.id = 0};
    enum err e = stop_waiting(rq, &s.what, &s.id);
    if (e || !s.id)
        return e;
    publish_after(rq, S("hall"));
    e = look(rq, &s);
    if (!e && !s.why) /* lifted meanwhile */
        return stop_drop(rq, s.what, s.id);
    return e ? e : stop_page(rq, &s);
}

enum err stop_view(struct request *rq, struct view *v, const struct hire *h)
{
    struct site ask;
    if (!h->off_why)
        return OK;
    enum err e = nearest(rq, h->job_id, &ask);
    struct view *off = view_child(v, "off");
    bool there = h->state != HIRE_CALLED_OFF;
    view_bool(off, "not_go", !there);
    view_bool(off, "there", there);
    view_str(off, "why", text(rq, words[h->off_why].page));
    if (!e && ask.id) {
        view_str(off, "site", ask.name);
        view_str(off, "phone", ask.phone);
    }
    return e;
}
