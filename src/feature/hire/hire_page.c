/* hire_page.c - my days, one day, the slip, the employer's list, the code at the door. */
#include "base/cal.h"
#include "base/id.h"
#include "feature/account/account.h"
#include "feature/certificate/certificate.h"
#include "feature/hire/hire_api.h"
#include "feature/offer/offer.h"
#include "feature/person/person.h"
#include "feature/trust/trust.h"
#include "http/page.h"
#include "http/route.h"
#include "http/texts.h"

/* Good, to be looked at, bad: always beside the words. */
static const char *state_class(int32_t state)
{
    static const char *const classes[] = {
        [HIRE_TAKEN] = "chip-ok", [HIRE_WORKING] = "chip-ok", [HIRE_DONE] = "chip-warn", [HIRE_AGREED] = "chip-warn",
        [HIRE_PAID] = "chip-warn", [HIRE_SETTLED] = "chip-ok", [HIRE_DISPUTED] = "chip-bad",
        [HIRE_CANCELLED_WORKER] = "", [HIRE_CANCELLED_EMPLOYER] = "chip-bad", [HIRE_NO_SHOW] = "chip-bad"};
    return classes[state];
}

static void view_wait(struct request *rq, struct view *v, const struct hire *h)
{
    int64_t min = (h->start_ms - rq->now_ms) / MIN_MS;
    bool hours = min >= 120;
    if (h->state == HIRE_TAKEN && min > 0 && min < 2880)
        view_str(v, "starts_in", texts_fill(rq->app->texts, rq->a, rq->lang, str_c(hours ? "people.in_hours" : "people.in_minutes"),
                                            str_fmt(rq->a, "%lld", (long long)(hours ? min / 60 : min))));
}

/* What a template needs of one hire, for either side. */
static void view_hire(struct request *rq, struct view *v, const struct hire *h, enum side side)
{
    view_record(rq, v, &hire_record, h);
    view_str(v, "span", show_span(rq, h->start_ms, h->end_ms));
    view_str(v, "state_text", texts_get(rq->app->texts, rq->lang, str_fmt(rq->a, "hire.state.%s", choice_key(record_field(&hire_record, S("state")), h->state))));
    view_str(v, "state_class", str_c(state_class(h->state)));
    view_bool(v, "is_taken", h->state == HIRE_TAKEN);
    view_wait(rq, v, h);
    bool worker = side == SIDE_WORKER;
    bool open = h->state == HIRE_DONE && !(worker ? h->worker_ok : h->employer_ok);
    view_bool(v, "can_check_in", worker && h->state == HIRE_TAKEN && !check_in_time(h->start_ms, h->end_ms, rq->now_ms));
    view_bool(v, "can_check_out", h->state == HIRE_WORKING);
    view_bool(v, "can_confirm", open);
    view_bool(v, "by_piece", h->pay_unit == PAY_PIECE);
    view_bool(v, "can_cancel", h->state == HIRE_TAKEN);
    view_bool(v, "can_no_show", !worker && h->state == HIRE_TAKEN && rq->now_ms >= h->start_ms + 30 * MIN_MS);
    view_bool(v, "can_pay", !worker && (h->state == HIRE_AGREED || h->state == HIRE_DISPUTED));
    view_bool(v, "can_receive", worker && h->state == HIRE_PAID);
    struct str terms = h->terms;
    while (terms.n)
        view_str(view_item(v, "lines"), "text", str_cut(&terms, '\n'));
}

static bool still_open(const struct hire *h)
{
    return hire_active(h) && h->state != HIRE_SETTLED;
}

enum err page_my(struct request *rq)
{
    struct hire *all;
    size_t n;
    int64_t days = 0, earned = 0;
    struct view *v = view_new(rq->a);
    enum err e = hire_of_person(rq, rq->who->person_id, &all, &n);
    if (e)
        return e;
    for (size_t i = n; i-- > 0;) /* what is not settled stays on top, the oldest first */
        if (still_open(&all[i]))
            view_hire(rq, view_item(v, "open"), &all[i], SIDE_WORKER);
    for (size_t i = 0; i < n; i++) {
        if (!still_open(&all[i]))
            view_hire(rq, view_item(v, "past"), &all[i], SIDE_WORKER);
        days += all[i].out_ms > 0;
        earned += all[i].state == HIRE_SETTLED ? all[i].wage_fen : 0;
    }
    e = offer_view_mine(rq, v);
    if (!e)
        e = certificates_view(rq, v, &(const struct person){.id = rq->who->person_id});
    view_bool(v, "has_past", n && !still_open(&all[n - 1]));
    view_i64(v, "days", days);
    view_str(v, "earned", show_yuan(rq, earned));
    return e ? e : reply_page(rq, "hire/my", v);
}

enum err page_day(struct request *rq)
{
    struct my_hire *m = rq->object;
    struct view *v = view_new(rq->a);
    view_hire(rq, v, &m->h, m->side);
    view_qr(v, "qr", show_url(rq, str_fmt(rq->a, "/my/%lld", (long long)m->h.id)));
    view_str(v, "code", rq->in ? ((struct check_in *)rq->in)->code : query_get(rq, rq->a, "code"));
    bool self = m->h.person_id == rq->who->person_id;
    view_bool(v, "can_block", self);
    enum err e = self ? trust_view_own(rq, v, BLOCK_BY_PERSON, m->h.person_id, m->h.employer_id) : OK;
    return e ? e : reply_page(rq, "hire/day", v);
}

enum err page_slip(struct request *rq)
{
    struct my_hire *m = rq->object;
    struct view *v = view_new(rq->a);
    view_hire(rq, v, &m->h, m->side);
    const char *how = choice_key(record_field(&hire_record, S("paid_how")), m->h.paid_how);
    view_str(v, "how_text", m->h.paid_how ? texts_get(rq->app->texts, rq->lang, str_fmt(rq->a, "hire.%s", how)) : S(""));
    view_qr(v, "qr", show_url(rq, str_fmt(rq->a, "/my/%lld", (long long)m->h.id)));
    return reply_page(rq, "hire/slip", v);
}

static enum err view_people(struct request *rq, struct view *v)
{
    struct hire *all;
    size_t n;
    enum err e = hire_of_employer(rq, rq->who->employer_id, rq->now_ms - 7 * DAY_MS, &all, &n);
    for (size_t i = 0; !e && i < n; i++) {
        struct person p = {0};
        struct view *line = view_item(v, "people");
        view_hire(rq, line, &all[i], SIDE_EMPLOYER);
        if (person_get(rq, all[i].person_id, &p) == OK)
            view_str(line, "who", person_masked(rq, &p));
        view_bool(line, "can_block", all[i].start_ms <= rq->now_ms);
        e = trust_view_own(rq, line, BLOCK_BY_EMPLOYER, all[i].person_id, all[i].employer_id);
    }
    return e;
}

enum err page_employer(struct request *rq)
{
    struct job *all;
    size_t n;
    struct view *v = view_new(rq->a);
    if (!rq->who->employer_id) {
        view_bool(v, "none", true);
        return reply_page(rq, "hire/employer", v);
    }
    enum err e = job_of_employer(rq, rq->who->employer_id, &all, &n);
    for (size_t i = 0; !e && i < n; i++) {
        struct view *line = view_item(v, "posts");
        job_view(rq, line, &all[i], (struct geo){0, 0});
        view_bool(line, "can_close", all[i].state != JOB_CLOSED && all[i].state != JOB_REFUSED);
    }
    if (!e)
        e = view_people(rq, v);
    return e ? e : reply_page(rq, "hire/employer", v);
}

enum err page_code(struct request *rq)
{
    char z[7];
    struct job *j = rq->object;
    struct view *v = view_new(rq->a);
    shift_code(rq, j->shift_id, rq->now_ms, z);
    view_str(v, "code", str_dup(rq->a, str_c(z)));
    view_str(v, "job_title", j->title);
    view_str(v, "span", show_span(rq, j->start_ms, j->end_ms));
    view_qr(v, "qr", show_url(rq, str_fmt(rq->a, "/check-in/%lld?code=%s", (long long)j->shift_id, z)));
    return reply_page(rq, "hire/code", v);
}

enum err page_check_in(struct request *rq)
{
    struct hire *v;
    size_t n;
    int64_t shift = param_id(rq, "shift");
    enum err e = hire_of_person(rq, rq->who->person_id, &v, &n);
    char code[7] = "";
    if (!code6_fold(query_get(rq, rq->a, "code"), code))
        code[0] = 0;
    for (size_t i = 0; !e && i < n; i++)
        if (v[i].shift_id == shift && hire_active(&v[i]))
            return reply_see(rq, str_fmt(rq->a, "/my/%lld?code=%s", (long long)v[i].id, code));
    return e ? e : refuse(rq, &not_on_list);
}
