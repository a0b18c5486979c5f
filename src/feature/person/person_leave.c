/* person_leave.c - a person leaves (个人信息保护法 Art. 47, 50): at a desk, which knows him, at once; by his own word after a day in
 * which he may think better of it. What is known of him goes in one transaction. What the law wants kept (days worked, wages,
 * complaints, the audit) stays, bound to a number that nothing leads back from. */
#include "base/log.h"
#include "feature/account/account.h"
#include "feature/away/away.h"
#include "feature/certificate/certificate.h"
#include "feature/employer/employer.h"
#include "feature/guide/guide.h"
#include "feature/hire/hire.h"
#include "feature/match/match.h"
#include "feature/notice/notice.h"
#include "feature/offer/offer.h"
#include "feature/person/person_rules.h"
#include "feature/person/person_store.h"
#include "feature/right/right.h"
#include "feature/trust/trust.h"
#include "http/page.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/store.h"

struct leaving {
    bool sure; /* asked once more, said again */
    struct str reason;
};
static const struct field fields[] = {
    FIELD(struct leaving, sure, BOOL, .see = NOBODY, .put = SEEKER | DESK, .doc = "Said again, after `leave_sure`."),
    FIELD(struct leaving, reason, TEXT, .min = 4, .max = 200, .see = NOBODY, .put = DESK, .doc = "How the person was known, and that he asked for it; needed from the desk. Kept in the audit: no name."),
    {0}};
const struct record leave_form = {"leaving", sizeof(struct leaving), fields, "A person leaves."};

/* What stands against it, the first of all; NULL: nothing. */
struct standing {
    struct hire *v;
    size_t n;
    int64_t complaints;
};

static enum err look(struct request *rq, const struct person *p, struct standing *ret)
{
    enum err e = hire_holding(rq, p->id, &ret->v, &ret->n);
    return e ? e : complaints_open(rq, p, &ret->complaints);
}

static const struct rule *held_by(struct request *rq, const struct standing *h)
{
    return h->n ? hire_holds(h->v, rq->now_ms) : h->complaints ? &leave_complaint : NULL;
}

enum err leave_page(struct request *rq)
{
    const struct person *p = rq->object;
    struct standing h;
    struct view *v = view_new(rq->a);
    int64_t due_ms = 0;
    enum err e = look(rq, p, &h);
    if (!e)
        e = leaving_due_ms(rq, p->id, &due_ms);
    for (size_t i = 0; !e && i < h.n; i++) {
        struct view *one = view_item(v, "held");
        view_i64(one, "id", h.v[i].id);
        view_str(one, "title", h.v[i].title);
        view_str(one, "span", show_span(rq, h.v[i].start_ms, h.v[i].end_ms));
        view_str(one, "text", text_of(rq, "rule", hire_holds(&h.v[i], rq->now_ms)->code));
    }
    view_bool(v, "complaint", !e && h.complaints);
    bool may = !e && !due_ms && !held_by(rq, &h);
    view_str(v, "due", due_ms ? show_when(rq, due_ms) : S(""));
    view_bool(v, "may", may);
    view_bool(v, "ask_sure", may && query_get(rq, rq->a, "ask").n);
    view_i64(v, "person_id", p->id);
    view_str(v, "path", S("/me/leave"));
    return e ? e : reply_page(rq, "person/leave", v);
}

/* Answers that are kept for a replay name him by any of these. */
static enum err forget_answers(struct request *rq, const struct person *p)
{
    const struct str words[] = {str_fmt(rq->a, "\"%lld\"", (long long)p->id), p->phone, p->id_number};
    return idem_forget(rq, words, sizeof words / sizeof *words);
}

/* In this order: offers are found by him and his partner, claims by his account; letters go last, since what is withdrawn
 * may write some. */
static enum err forget_all(struct request *rq, const struct person *p)
{
    static enum err (*const by_id[])(struct request *rq, int64_t person_id) = {
        offers_forget, proposal_forget, claims_forget, account_leave, talks_forget, certificates_forget, support_forget, away_forget, blocks_forget, hires_forget};
    enum err e = OK;
    for (size_t i = 0; !e && i < sizeof by_id / sizeof *by_id; i++)
        e = by_id[i](rq, p->id);
    if (!e && p->partner_id)
        e = person_pair(rq, p->partner_id, 0, S("apart"));
    if (!e)
        e = voice_forget(rq, p);
    if (!e)
        e = complaints_forget(rq, p);
    if (!e)
        e = notice_forget(rq, p->phone);
    if (!e)
        e = forget_answers(rq, p);
    if (!e)
        e = person_drop(rq, p->id);
    return e ? e : audit_note(rq, "person gone", person_record.name, p->id, S(""));
}

/* What SMS brought in is not yet he himself: numbers are lost and handed on. */
static enum err forget_later(struct request *rq, const struct person *p)
{
    int64_t n;
    enum err e = leaving_put(rq, p->id, rq->now_ms + LEAVE_WAIT_H * HOUR_MS, &n);
    return e || !n ? e : notice_send(rq, p->phone, "person.leave_asked", S(""));
}

enum err leave(struct request *rq)
{
    const struct person *p = rq->object;
    const struct leaving *in = rq->in;
    struct standing h;
    bool self = p->id == rq->who->person_id;
    if (!self && !in->reason.n)
        return fail_field(rq, "reason", "input.required", S(""));
    enum err e = look(rq, p, &h);
    const struct rule *broken = e ? NULL : held_by(rq, &h);
    if (!broken && !in->sure)
        broken = &leave_sure;
    if (e || broken)
        return e ? e : refuse(rq, broken);
    audit_about(rq, &person_record, p->id);
    rq->audit_reason = in->reason;
    e = self ? forget_later(rq, p) : forget_all(rq, p);
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/me/leave"));
}

enum err stay(struct request *rq)
{
    const struct person *p = rq->object;
    audit_about(rq, &person_record, p->id);
    enum err e = leaving_drop(rq, p->id);
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/me/leave"));
}

struct due {
    int64_t after_id, id; /* id: whom this turn is about, 0 = nobody is left */
};

/* Who has taken work meanwhile stays, and is told. */
static enum err leave_next(struct request *rq)
{
    struct due *d = rq->object;
    struct person p;
    struct standing h;
    enum err e = leaving_next(rq, d->after_id, &d->id);
    if (e || !d->id)
        return e;
    e = person_get(rq, d->id, &p);
    if (!e)
        e = look(rq, &p, &h);
    if (e || !held_by(rq, &h))
        return e ? e : forget_all(rq, &p);
    e = leaving_drop(rq, p.id);
    return e ? e : notice_send(rq, p.phone, "person.leave_not", S(""));
}

enum err leave_all_due(struct app *app)
{
    struct due d = {0};
    enum err e = OK;
    do {
        d = (struct due){.after_id = d.id};
        enum err one = app_write(app, leave_next, &d);
        if (one)
            log_at(LOG_WARN, "person %lld does not leave: %s", (long long)d.id, err_code(one));
        e = e ? e : one;
    } while (d.id && !app->stopping);
    return e;
}
