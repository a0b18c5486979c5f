/* away_api.c - a person, or a desk for him, says when he has no time, and takes it back. */
#include "base/cal.h"
#include "feature/away/away_rules.h"
#include "feature/away/away_store.h"
#include "feature/hire/hire.h"
#include "feature/person/person.h"
#include "http/page.h"
#include "http/reply.h"
#include "http/route.h"

static enum err list(struct request *rq);
static enum err create(struct request *rq);
static enum err take_away(struct request *rq);
static enum err page(struct request *rq);
static enum err load(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/people/:person/away", SEEKER | DESK, list, .out = &away_record, .list = true, .owns = load,
          .doc = "When somebody has said that he has no time, soonest first; what is over is gone."),
    ROUTE(POST, "/api/v1/people/:person/away", SEEKER | DESK, create, .in = &away_record, .out = &away_record, .owns = load, .form = page,
          .rate = PER_HOUR(60), .doc = "He has no time then: nothing is proposed and nothing can be taken in it. Six at most; what is said twice is kept once."),
    ROUTE(POST, "/api/v1/people/:person/away/:away/remove", SEEKER | DESK, take_away, .owns = load, .doc = "He has time again."),
    ROUTE(GET, "/me/away", SEEKER, page, .owns = load, .doc = "Page: when I have no time. ?from= and ?to=: what was just removed, to be put back."),
    {0}};

/* Oneself, or anybody for the desk of the district. */
static enum err load(struct request *rq)
{
    struct person *p = NEW(rq->a, struct person);
    int64_t id = param_id(rq, "person");
    enum err e = person_get(rq, id ? id : rq->who->person_id, p);
    rq->object = p;
    bool self = !e && p->id == rq->who->person_id;
    return e ? e : self || person_covered(rq, p) ? OK : ERR_NONE;
}

static struct str clock_of(struct request *rq, int64_t minute)
{
    return cal_clock_text(rq->a, (int32_t)minute);
}

/* "12月1日 周二 整天", "12月1日 周二 08:00–12:00", "1月15日 周五–2月20日 周六" */
static struct str words_of(struct request *rq, const struct away *a)
{
    struct str first = show_day(rq, a->from_day), last = show_day(rq, a->to_day);
    bool one = a->from_day == a->to_day, whole = !a->from_min && !a->to_min;
    if (whole)
        return one ? text_with(rq, "away.whole", first) : str_fmt(rq->a, "%.*s–%.*s", SV(first), SV(last));
    struct str to = clock_of(rq, a->to_min ? a->to_min : 24 * 60);
    return str_fmt(rq->a, "%.*s %.*s–%.*s%s%.*s", SV(first), SV(clock_of(rq, a->from_min)), SV(one ? S("") : last), one ? "" : " ", SV(to));
}

/* ---- what was taken before ---- */

struct taken {
    struct hire *v;
    size_t n;
};

static bool stands_in(const struct hire *h, const struct away *a)
{
    return h->state == HIRE_TAKEN && h->start_ms < a->to_ms && h->end_ms > a->from_ms;
}

static void say(struct request *rq, const struct taken *t, struct away *a)
{
    away_split(a);
    a->text = words_of(rq, a);
    a->stands = S("");
    for (size_t i = t->n; i-- > 0;) /* soonest first */
        if (stands_in(&t->v[i], a))
            a->stands = str_fmt(rq->a, "%.*s%s%.*s %.*s", SV(a->stands), a->stands.n ? "; " : "", SV(t->v[i].title), SV(show_span(rq, t->v[i].start_ms, t->v[i].end_ms)));
}

static enum err all_of(struct request *rq, int64_t person_id, struct away **ret, size_t *ret_n, struct taken *ret_taken)
{
    enum err e = away_of(rq, person_id, ret, ret_n);
    if (!e)
        e = hire_of_person(rq, person_id, &ret_taken->v, &ret_taken->n);
    for (size_t i = 0; !e && i < *ret_n; i++)
        say(rq, ret_taken, &(*ret)[i]);
    return e;
}

/* ---- for programs, and the forms of the page ---- */

static enum err list(struct request *rq)
{
    struct away *v;
    size_t n;
    struct taken t;
    enum err e = all_of(rq, ((struct person *)rq->object)->id, &v, &n, &t);
    return e ? e : reply_items(rq, &away_record, v, n, 0);
}

static const struct away *same_as(const struct away *a, const struct away *v, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (v[i].from_ms == a->from_ms && v[i].to_ms == a->to_ms)
            return &v[i];
    return NULL;
}

static enum err create(struct request *rq)
{
    const struct person *p = rq->object;
    struct away *a = rq->in, *v;
    struct taken t;
    size_t n;
    away_fill(a);
    struct away_fault wrong = away_fault(a, rq->now_ms);
    if (wrong.key)
        return fail_field(rq, wrong.field, wrong.key, S(""));
    enum err e = all_of(rq, p->id, &v, &n, &t);
    if (e)
        return e;
    const struct away *known = same_as(a, v, n);
    if (!known && n >= AWAY_MOST)
        return refuse(rq, &away_many);
    audit_about(rq, &person_record, p->id);
    a->person_id = p->id;
    e = known ? OK : away_add(rq, a);
    say(rq, &t, a);
    return e ? e : reply_done(rq, 201, &away_record, known ? known : a, S("/me/away"));
}

static enum err take_away(struct request *rq)
{
    const struct person *p = rq->object;
    struct away a;
    enum err e = away_get(rq, p->id, param_id(rq, "away"), &a);
    if (e)
        return e;
    audit_about(rq, &person_record, p->id);
    rq->audit_reason = S("away");
    e = away_drop(rq, p->id, a.id);
    return e ? e : reply_done(rq, 204, NULL, NULL, str_fmt(rq->a, "/me/away?from=%lld&to=%lld", (long long)a.from_ms, (long long)a.to_ms));
}

enum err away_allows(struct request *rq, int64_t person_id, int64_t from_ms, int64_t to_ms)
{
    struct away a;
    enum err e = away_within(rq, person_id, from_ms, to_ms, &a);
    if (e)
        return e == ERR_NONE ? OK : e;
    away_split(&a);
    return refuse_arg(rq, &away_then, words_of(rq, &a));
}

/* ---- for people ---- */

enum err away_view(struct request *rq, struct view *v, int64_t person_id)
{
    struct away *a;
    size_t n;
    struct taken t;
    enum err e = all_of(rq, person_id, &a, &n, &t);
    for (size_t i = 0; !e && i < n; i++) {
        struct view *one = view_item(v, "aways");
        view_i64(one, "id", a[i].id);
        view_str(one, "text", show_unbroken(rq, a[i].text));
        for (size_t k = t.n; k-- > 0;) {
            if (!stands_in(&t.v[k], &a[i]))
                continue;
            struct view *h = view_item(one, "stands");
            view_i64(h, "hire_id", t.v[k].id);
            view_str(h, "title", t.v[k].title);
            view_str(h, "span", show_unbroken(rq, show_span(rq, t.v[k].start_ms, t.v[k].end_ms)));
        }
    }
    view_bool(v, "away_full", !e && n >= AWAY_MOST);
    return e;
}

/* What was removed a moment ago goes back as it was said. */
static void view_removed(struct request *rq, struct view *v)
{
    struct away a = {.id = 0};
    if (!str_i64(query_get(rq, rq->a, "from"), &a.from_ms) || !str_i64(query_get(rq, rq->a, "to"), &a.to_ms))
        return;
    if (a.from_ms < 0 || a.to_ms < 0 || away_fault(&a, rq->now_ms).key)
        return;
    away_split(&a);
    struct view *gone = view_child(v, "removed");
    view_str(gone, "text", words_of(rq, &a));
    view_str(gone, "from_day", cal_day_text(rq->a, a.from_day));
    view_str(gone, "to_day", cal_day_text(rq->a, a.to_day));
    view_i64(gone, "from_min", a.from_min);
    view_i64(gone, "to_min", a.to_min);
}

static enum err page(struct request *rq)
{
    const struct person *p = rq->object;
    struct view *v = view_new(rq->a);
    struct away a = {.id = 0};
    if (rq->in && rq->route->in == &away_record)
        a = *(struct away *)rq->in;
    view_form(rq, v, &away_record, &a);
    view_i64(v, "person_id", p->id);
    view_str(v, "path", S("/me/away"));
    view_removed(rq, v);
    enum err e = away_view(rq, v, p->id);
    return e ? e : reply_page(rq, "away/mine", v);
}

static const struct timer timers[] = {{.name = "away.over", .every_s = 3600, .run = away_expire}, {0}};
static const struct record *const records[] = {&away_record, NULL};
const struct feature away_feature = {.name = "away", .routes = routes, .queries = away_queries, .records = records, .timers = timers};
