/* hire_page.c - my days, one day, the slip. */
#include "base/cal.h"
#include "base/id.h"
#include "feature/account/account.h"
#include "feature/certificate/certificate.h"
#include "feature/hire/hire_api.h"
#include "feature/hire/hire_pair.h"
#include "feature/offer/offer.h"
#include "feature/person/person.h"
#include "feature/trust/trust.h"
#include "http/page.h"
#include "http/route.h"

/* Good, to be looked at, bad: always beside the words. */
static const char *state_class(int32_t state)
{
    static const char *const classes[] = {
        [HIRE_TAKEN] = "chip-ok", [HIRE_WORKING] = "chip-ok", [HIRE_DONE] = "chip-warn", [HIRE_AGREED] = "chip-warn",
        [HIRE_PAID] = "chip-warn", [HIRE_SETTLED] = "chip-ok", [HIRE_DISPUTED] = "chip-bad",
        [HIRE_CANCELLED_WORKER] = "", [HIRE_CANCELLED_EMPLOYER] = "chip-bad", [HIRE_NO_SHOW] = "chip-bad",
        [HIRE_CALLED_OFF] = "chip-bad"};
    return classes[state];
}

static void view_wait(struct request *rq, struct view *v, const struct hire *h)
{
    int64_t min = (h->start_ms - rq->now_ms) / MIN_MS;
    bool hours = min >= 120;
    if (h->state == HIRE_TAKEN && min > 0 && min < 2880)
        view_str(v, "starts_in", text_n(rq, hours ? "people.in_hours" : "people.in_minutes", hours ? min / 60 : min));
}

/* What a template needs of one hire, as its worker sees it. */
static void view_hire(struct request *rq, struct view *v, const struct hire *h)
{
    view_record(rq, v, &hire_record, h);
    view_str(v, "span", show_span(rq, h->start_ms, h->end_ms));
    view_str(v, "state_text", text_of(rq, "hire.state", hire_states[h->state].key));
    view_str(v, "state_class", str_c(state_class(h->state)));
    bool ahead = h->state == HIRE_TAKEN && rq->now_ms <= h->end_ms;
    view_bool(v, "is_taken", ahead);
    view_bool(v, "is_off", h->state == HIRE_CALLED_OFF);
    view_wait(rq, v, h);
    view_bool(v, "can_check_in", h->state == HIRE_TAKEN && !check_in_time(h->start_ms, h->end_ms, rq->now_ms));
    view_bool(v, "can_check_out", h->state == HIRE_WORKING);
    view_bool(v, "can_cancel", ahead);
    view_bool(v, "can_again", h->state == HIRE_CANCELLED_WORKER && h->start_ms > rq->now_ms);
    view_bool(v, "can_receive", h->state == HIRE_PAID);
    view_bool(v, "not_come", h->state == HIRE_DISPUTED);
    view_str(v, "dated", show_unbroken(rq, show_dated(rq, rq->lang, h->start_ms, h->end_ms)));
    struct str terms = rq->lang == LANG_EN && h->terms_en.n ? h->terms_en : h->terms;
    while (terms.n)
        view_str(view_item(v, "lines"), "text", show_unbroken(rq, str_cut(&terms, '\n')));
}

const char *const hire_act_words[] = {[ACT_CONFIRM] = "hire.said.confirm", [ACT_PAID] = "hire.said.paid",
                                      [ACT_CANCEL] = "hire.said.cancel", [ACT_NO_SHOW] = "hire.said.no_show"};

/* What staff said in the place of the employer, and how they knew. */
static enum err view_spoken(struct request *rq, struct view *v, const struct hire *h)
{
    struct hire_said *s;
    size_t n = 0;
    enum err e = hire_said_of(rq, h->id, &s, &n);
    view_bool(v, "any_said", n);
    for (size_t i = 0; i < n; i++) {
        struct view *one = view_item(v, "said");
        view_str(one, "text", text(rq, hire_act_words[s[i].act]));
        view_str(one, "when", show_when(rq, s[i].at_ms));
        view_str(one, "reason", s[i].reason);
    }
    return e;
}

/* Until when an agreed wage comes, and what to press when it has not. */
static enum err view_due(struct request *rq, struct view *v, const struct hire *h)
{
    int32_t day = 0;
    enum err e = h->state == HIRE_AGREED ? hire_due_day(rq, h, &day) : OK;
    if (e || !day)
        return e;
    view_str(v, "due_say", text_with(rq, "hire.due_say", show_day(rq, day)));
    view_bool(v, "can_miss", cal_day(rq->now_ms) >= day);
    return OK;
}

static bool stands_stopped(const struct request *rq, const struct hire *h)
{
    return h->state == HIRE_CALLED_OFF && h->end_ms > rq->now_ms;
}

static bool still_open(const struct hire *h)
{
    return hire_active(h) && h->state != HIRE_SETTLED;
}

/* What is not settled stands on top, the oldest first. */
static enum err view_days(struct request *rq, struct view *v, const struct days *d)
{
    enum err e = OK;
    for (size_t i = d->n; i-- > 0;)
        if (still_open(&d->v[i]))
            view_hire(rq, view_item(v, "open"), &d->v[i]);
    for (size_t i = 0; i < d->n; i++)
        if (!still_open(&d->v[i]) && !stands_stopped(rq, &d->v[i]))
            view_hire(rq, view_item(v, "past"), &d->v[i]);
    for (size_t i = d->n; !e && i-- > 0;)
        if (stands_stopped(rq, &d->v[i])) {
            struct view *one = view_item(v, "stopped");
            view_hire(rq, one, &d->v[i]);
            e = stop_view(rq, one, &d->v[i]);
        }
    view_bool(v, "has_past", d->n && !still_open(&d->v[d->n - 1]));
    view_str(v, "older", d->next ? str_fmt(rq->a, "/my?after=%lld", (long long)d->next) : S(""));
    return e;
}

enum err page_my(struct request *rq)
{
    struct days d;
    struct hire_sums all;
    int64_t after = 0, person_id = rq->who->person_id;
    struct view *v = view_new(rq->a);
    if (!str_i64(query_get(rq, rq->a, "after"), &after))
        after = 0;
    enum err e = days_page(rq, person_id, after, &d);
    if (!e)
        e = hire_sums(rq, person_id, &all);
    if (e)
        return e;
    e = view_days(rq, v, &d);
    view_i64(v, "days", all.days);
    view_str(v, "earned", show_yuan(rq, all.earned_fen));
    view_bool(v, "is_first", !after);
    if (!e && !after)
        e = offer_view_mine(rq, v);
    if (!e && !after)
        e = certificates_view(rq, v, person_id);
    return e ? e : reply_page(rq, "hire/my", v);
}

/* Whose day it is: by name on his own paper, masked for everybody else. */
static enum err view_worker(struct request *rq, struct view *v, const struct hire *h)
{
    struct person p = {.name = S("")};
    struct str who;
    bool own = h->person_id == rq->who->person_id;
    enum err e = own ? person_get(rq, h->person_id, &p) : person_who(rq, h->person_id, &who);
    view_str(v, "worker", own ? p.name : who);
    return e;
}

/* Zero when he has left. */
static enum err worker_of(struct request *rq, const struct hire *h, struct person *ret)
{
    *ret = (struct person){.id = 0};
    enum err e = person_get(rq, h->person_id, ret);
    return e == ERR_NONE ? OK : e;
}

enum err load_scanned(struct request *rq)
{
    struct my_hire *m = NEW(rq->a, struct my_hire);
    struct person p;
    struct job j;
    enum err e = hire_get(rq, param_id(rq, "hire"), &m->h);
    if (!e)
        e = worker_of(rq, &m->h, &p);
    if (!e)
        e = job_get(rq, m->h.job_id, &j);
    if (e && e != ERR_NONE)
        return e;
    bool own = !e && p.id && rq->route->roles & SEEKER && rq->who->person_id == p.id;
    bool boss = !e && rq->who->employer_id && rq->who->employer_id == m->h.employer_id;
    bool staff = !e && ((p.id && person_covered(rq, &p)) || staff_covers(rq, j.city, j.district, 0));
    m->side = own ? SIDE_WORKER : boss ? SIDE_EMPLOYER : SIDE_OFFICE;
    rq->object = m;
    return own || boss || staff ? OK : fail(rq, ERR_NONE, "hire.not_yours"); /* the same whether there is such a slip or not */
}

/* For the employer and the desk: who it is, and what can be done now. */
static enum err page_arrive(struct request *rq)
{
    struct my_hire *m = rq->object;
    struct view *v = view_new(rq->a);
    view_hire(rq, v, &m->h);
    view_str(v, "path", str_fmt(rq->a, "/my/%lld", (long long)m->h.id));
    view_said(rq, v, &m->h, m->side);
    view_bool(v, "is_working", m->h.state == HIRE_WORKING);
    view_bool(v, "may_leave", m->h.state == HIRE_WORKING && m->side == SIDE_EMPLOYER);
    enum err e = view_worker(rq, v, &m->h);
    if (!e)
        e = view_spoken(rq, v, &m->h);
    return e ? e : reply_page(rq, "hire/arrive", v);
}

enum err page_day(struct request *rq)
{
    struct my_hire *m = rq->object;
    if (m->side != SIDE_WORKER || m->h.person_id != rq->who->person_id)
        return page_arrive(rq);
    struct view *v = view_new(rq->a);
    view_hire(rq, v, &m->h);
    view_str(v, "path", str_fmt(rq->a, "/my/%lld", (long long)m->h.id));
    view_qr(v, "qr", show_url(rq, str_fmt(rq->a, "/my/%lld", (long long)m->h.id)));
    view_str(v, "code", rq->in && rq->route->in != &numbers_form ? ((struct check_in *)rq->in)->code : query_get(rq, rq->a, "code"));
    view_said(rq, v, &m->h, m->side);
    view_bool(v, "can_block", true);
    enum err e = trust_view_own(rq, v, BLOCK_BY_PERSON, m->h.person_id, m->h.employer_id);
    struct person q;
    struct hire other = {.id = 0};
    if (!e && m->h.state == HIRE_TAKEN)
        e = pair_day(rq, &m->h, &q, &other);
    view_bool(v, "both", other.id && other.state == HIRE_TAKEN);
    if (!e)
        e = view_due(rq, v, &m->h);
    if (!e)
        e = view_spoken(rq, v, &m->h);
    if (!e)
        e = stop_view(rq, v, &m->h);
    return e ? e : reply_page(rq, "hire/day", v);
}

enum err page_numbers(struct request *rq)
{
    enum err e = rq->route->owns(rq); /* as it stood before */
    return e ? e : page_day(rq);
}

enum err page_slip(struct request *rq)
{
    struct my_hire *m = rq->object;
    struct view *v = view_new(rq->a);
    view_hire(rq, v, &m->h);
    view_said(rq, v, &m->h, m->side);
    view_bool(v, "ahead", m->h.state == HIRE_TAKEN || m->h.state == HIRE_WORKING);
    view_bool(v, "both_said", hire_owed(&m->h) && !m->h.decided);
    enum err e = view_worker(rq, v, &m->h);
    view_str(v, "how_text", m->h.paid_how ? text_of(rq, "hire", hire_hows[m->h.paid_how].key) : S(""));
    view_qr(v, "qr", show_url(rq, str_fmt(rq->a, "/my/%lld", (long long)m->h.id)));
    return e ? e : reply_page(rq, "hire/slip", v);
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
        if (v[i].shift_id == shift && (hire_active(&v[i]) || v[i].state == HIRE_CALLED_OFF)) /* whose page says why */
            return reply_see(rq, str_fmt(rq->a, "/my/%lld?code=%s", (long long)v[i].id, code));
    return e ? e : refuse(rq, &not_on_list);
}
