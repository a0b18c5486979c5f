/* trust_mark.c - what counts for and against a person, shown to him; excusing a day; how employers pay. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/person/person.h"
#include "feature/trust/trust_store.h"
#include "http/page.h"
#include "http/route.h"

enum { EYES = SEEKER | DESK, SHOWN = 100 };
struct day_mark {
    int64_t hire_id;
    int32_t what; /* enum mark */
    int64_t start_ms;
    struct str title, employer_name;
    int32_t clear_day; /* from then on it no longer counts; 0 = counts for him */
    bool excused;
};
static const struct choice marks[] = {{"none"}, {"kept"}, {"late"}, {"called_off"}, {"missed"}, {0}};
static const struct field fields[] = {
    FIELD(struct day_mark, hire_id, ID, .see = EYES, .put = NOBODY, .doc = "The day."),
    FIELD(struct day_mark, what, ENUM, .choices = marks, .see = EYES, .put = NOBODY, .doc = "Kept, late, called off late, missed; none when excused."),
    FIELD(struct day_mark, start_ms, MS, .see = EYES, .put = NOBODY, .doc = "When."),
    FIELD(struct day_mark, title, TEXT, .see = EYES, .put = NOBODY, .doc = "What work."),
    FIELD(struct day_mark, employer_name, TEXT, .see = EYES, .put = NOBODY, .doc = "Whose."),
    FIELD(struct day_mark, clear_day, DAY, .see = EYES, .put = NOBODY, .doc = "A bad one no longer counts from this day on."),
    FIELD(struct day_mark, excused, BOOL, .see = EYES, .put = NOBODY, .doc = "A desk heard why."),
    {0}};
const struct record mark_record = {"mark", sizeof(struct day_mark), fields, "A day as it counts."};
struct excuse {
    bool excused;
    struct str reason;
};
static const struct field excuse_fields[] = {
    FIELD(struct excuse, excused, BOOL, .see = NOBODY, .put = DESK, .required = true, .doc = "No longer counts; false takes it back."),
    FIELD(struct excuse, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = DESK, .required = true, .doc = "What was heard."),
    {0}};
const struct record excuse_form = {"excuse", sizeof(struct excuse), excuse_fields, "Excusing a day."};

static int64_t free_h(const struct request *rq)
{
    return rule_number(rq, "cancel.free_hours", 2);
}

static struct tally tally_of(const struct request *rq, const struct hire *h, size_t n)
{
    struct tally t = {.n = 0};
    for (size_t i = 0; i < n; i++)
        tally_add(&t, attendance_mark(&h[i], free_h(rq)), h[i].start_ms, rq->now_ms);
    return t;
}

/* The days of the last MEMORY_DAYS that count, latest first. */
static size_t marks_of(struct request *rq, const struct hire *h, size_t n, struct day_mark *ret)
{
    size_t kept = 0;
    for (size_t i = 0; i < n && kept < SHOWN; i++) {
        enum mark m = attendance_mark(&h[i], free_h(rq));
        bool old = h[i].start_ms <= rq->now_ms - MEMORY_DAYS * (int64_t)DAY_MS;
        if (old || (m == MARK_NONE && !h[i].excused))
            continue;
        ret[kept++] = (struct day_mark){.hire_id = h[i].id, .what = (int32_t)m, .start_ms = h[i].start_ms, .title = h[i].title,
                                        .employer_name = h[i].employer_name, .excused = h[i].excused,
                                        .clear_day = mark_is_bad(m) ? cal_day(h[i].start_ms) + MEMORY_DAYS : 0};
    }
    return kept;
}

static enum err reply_marks(struct request *rq, int64_t person_id)
{
    struct hire *h;
    size_t n;
    struct day_mark v[SHOWN];
    enum err e = hire_of_person(rq, person_id, &h, &n);
    return e ? e : reply_items(rq, &mark_record, v, marks_of(rq, h, n, v), 0);
}

enum err trust_my_marks(struct request *rq)
{
    return reply_marks(rq, rq->who->person_id);
}

enum err trust_marks(struct request *rq)
{
    return reply_marks(rq, ((struct person *)rq->object)->id);
}

enum err trust_page(struct request *rq)
{
    struct hire *h;
    size_t n;
    struct day_mark m[SHOWN];
    struct view *v = view_new(rq->a);
    enum err e = hire_of_person(rq, rq->who->person_id, &h, &n);
    if (e)
        return e;
    struct tally t = tally_of(rq, h, n);
    int32_t points = reliability(&t);
    bool bad = false;
    size_t shown = marks_of(rq, h, n, m);
    for (size_t i = 0; i < shown; i++) {
        struct view *one = view_item(v, "marks");
        view_record(rq, one, &mark_record, &m[i]);
        view_bool(one, "is_bad", m[i].clear_day);
        bad |= m[i].clear_day > 0;
    }
    view_bool(v, "any_bad", bad);
    view_i64(v, "n_days", t.n);
    view_bool(v, "too_few", !points);
    view_i64(v, "points", points / 1000);
    return reply_page(rq, "trust/mine", v);
}

/* ---- excusing ---- */

enum err trust_load_day(struct request *rq)
{
    struct person p;
    struct hire *h = NEW(rq->a, struct hire);
    enum err e = hire_get(rq, param_id(rq, "hire"), h);
    if (!e)
        e = person_get(rq, h->person_id, &p);
    rq->object = h;
    if (!e && !person_covered(rq, &p))
        return ERR_NONE;
    return e ? e : account_not_own(rq, p.id, h->employer_id);
}

enum err trust_excuse(struct request *rq)
{
    const struct hire *h = rq->object;
    const struct excuse *in = rq->in;
    audit_about(rq, &hire_record, h->id);
    rq->audit_reason = in->reason;
    enum err e = hire_excuse(rq, h, in->excused);
    return e ? e : reply_none(rq);
}

/* ---- how employers pay ---- */

struct paid {
    struct arena a; /* outlives the reading */
    struct employer *changed;
    size_t n;
};

static enum err look(struct request *rq)
{
    struct paid *p = rq->object;
    return trust_paid_changed(rq, &p->a, &p->changed, &p->n);
}

static enum err write(struct request *rq)
{
    const struct paid *p = rq->object;
    enum err e = OK;
    for (size_t i = 0; !e && i < p->n; i++)
        e = employer_set_paid(rq, &p->changed[i]);
    return e;
}

enum err trust_count_paid(struct app *app)
{
    struct paid p = {.n = 0};
    arena_init(&p.a, 0);
    enum err e = app_read(app, look, &p);
    if (!e && p.n)
        e = app_write(app, write, &p);
    arena_done(&p.a);
    return e;
}
