/* hire_side.c - on whose side of a hire a caller stands. Staff stand beside the worker. For an employer they say what he
 * told them by phone or on paper, one side with each press, and how they know; one with an account is told of it. */
#include <string.h>

#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/hire/hire_api.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "http/page.h"
#include "http/route.h"
#include "record/access.h"

const struct choice hire_sides[] = {{"worker"}, {"employer"}, {0}};
static const struct rule own_day = {"own_day", "a contract has two sides"};

/* What a form with SPEAKS says; nothing where there is none. */
static enum side side_said(const struct request *rq, struct str *ret_reason)
{
    const struct record *rec = rq->route->in;
    const struct field *side = rec ? record_field(rec, S("side")) : NULL, *reason = rec ? record_field(rec, S("reason")) : NULL;
    *ret_reason = S("");
    if (!side || !reason)
        return SIDE_WORKER;
    memcpy(ret_reason, (const char *)rq->in + reason->off, sizeof *ret_reason);
    return (enum side)field_i64(side, rq->in) + SIDE_WORKER;
}

/* OK: with these roles the caller helps people of the worker's district, or of the work's when he has left; ERR_NONE: he does
 * not. */
static enum err covers(struct request *rq, uint32_t roles, const struct hire *h)
{
    struct person p;
    struct job j;
    enum err e = person_get(rq, h->person_id, &p);
    int64_t district = e ? 0 : p.district;
    if (e == ERR_NONE) {
        e = job_get(rq, h->job_id, &j);
        district = e ? 0 : j.district;
    }
    return e || session_covers_or_none(rq->who, roles & rq->route->roles, h->city, district) ? e : ERR_NONE;
}

static enum err stand_for_employer(struct request *rq, struct my_hire *m, struct str reason)
{
    enum err e = covers(rq, SPEAKERS, &m->h);
    if (e)
        return e;
    if (rq->who->person_id == m->h.person_id)
        return refuse(rq, &own_day);
    if (!reason.n)
        return fail_field(rq, "reason", "input.required", S(""));
    m->side = SIDE_EMPLOYER;
    m->said = reason;
    rq->audit_reason = S("for the employer"); /* how they know is sealed with what they said */
    return OK;
}

/* A desk acts for the worker, and its name stands in the audit; who speaks for both sides says for which. */
static enum err stand_for_worker(struct request *rq, struct my_hire *m)
{
    enum err e = rq->route->roles & SEEKER ? ERR_NONE : covers(rq, SPEAKERS, &m->h);
    if (!e)
        return fail_field(rq, "side", "input.required", S(""));
    if (e == ERR_NONE)
        e = covers(rq, DESK, &m->h);
    m->side = SIDE_WORKER;
    return e;
}

enum err hire_stand(struct request *rq, struct my_hire *m)
{
    struct str reason;
    if (side_said(rq, &reason) == SIDE_EMPLOYER)
        return stand_for_employer(rq, m, reason);
    if (rq->route->roles & SEEKER && rq->who->person_id == m->h.person_id)
        m->side = SIDE_WORKER;
    else if (rq->route->roles & POSTER && rq->who->employer_id && rq->who->employer_id == m->h.employer_id)
        m->side = SIDE_EMPLOYER;
    else
        return stand_for_worker(rq, m);
    return OK;
}

/* What stands in its name now, for whoever can see and correct it: the firm as it knows itself, in its language. */
static enum err tell_firm(struct request *rq, const struct my_hire *m, enum hire_act act)
{
    struct employer p;
    int64_t holder;
    const struct worked w = {m->h.employer_minutes, m->h.employer_pieces};
    enum lang mine = rq->lang, lang = LANG_ZH;
    enum err e = account_of_employer(rq, m->h.employer_id, &holder);
    if (!e)
        e = employer_get(rq, m->h.employer_id, &p);
    if (!e)
        e = account_lang(rq, p.phone, &lang);
    if (e)
        return e == ERR_NONE ? OK : e;
    rq->lang = lang;
    struct str number = act == ACT_CONFIRM ? show_worked(rq, &m->h, &w) : S("");
    struct str what = str_fmt(rq->a, "%.*s %.*s(%.*s %.*s;%.*s%.*s)", SV(text(rq, hire_act_words[act])), SV(number), SV(m->h.title),
                              SV(show_dated(rq, lang, m->h.start_ms, m->h.end_ms)), SV(text(rq, "hire.said_why")), SV(m->said));
    rq->lang = mine;
    return notice_send_in(rq, lang, p.phone, "hire.told_firm", what);
}

enum err hire_keep_said(struct request *rq, const struct my_hire *m, enum hire_event event)
{
    static const enum hire_act acts[] = {[EVENT_CONFIRM] = ACT_CONFIRM, [EVENT_AGREE] = ACT_CONFIRM, [EVENT_PAID] = ACT_PAID,
                                         [EVENT_CANCEL] = ACT_CANCEL, [EVENT_NO_SHOW] = ACT_NO_SHOW};
    const struct hire_said s = {.id = new_id(rq), .city = rq->city, .hire_id = m->h.id, .by_id = rq->who->account_id,
                                .at_ms = rq->now_ms, .act = (int32_t)acts[event], .reason = m->said};
    enum err e = hire_said_add(rq, &s);
    return e ? e : tell_firm(rq, m, acts[event]);
}
