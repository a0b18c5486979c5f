/* hire_take.c - the contract moment: law, calendar and capacity are asked in the same transaction in
 * which the place is taken and the terms are frozen. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/certificate/certificate.h"
#include "feature/hire/hire_api.h"
#include "feature/match/match.h"
#include "feature/person/person.h"
#include "feature/trust/trust.h"
#include "http/page.h"
#include "http/route.h"
#include "http/texts.h"

static const struct field fields[] = {
    FIELD(struct take, person_id, ID, .see = NOBODY, .put = DESK, .doc = "For whom, at the desk."),
    FIELD(struct take, both, BOOL, .see = NOBODY, .put = DESK | SEEKER, .doc = "Both of a couple, or neither."),
    FIELD(struct take, age_said, ENUM, .choices = ages_said, .see = NOBODY, .put = DESK | SEEKER, .doc = "Answers the question of age where nothing is known of it; kept."),
    FIELD(struct take, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = DESK, .doc = "Why it is assigned against what the person, or the other of a couple, has said; kept in the audit."),
    {0}};
const struct record take_form = {"take", sizeof(struct take), fields, "Taking a shift."};

static const struct rule partner_cannot = {"partner_cannot", "matching.md 5.3, 5.5"};

static const struct rule *law_broken(struct request *rq, const struct person *p, const struct job *j)
{
    int age = p->born ? cal_age(p->born, cal_day(j->start_ms)) : 0;
    bool child = p->born ? age < rule_number(rq, "age.min", 16) : p->age_said == AGE_CHILD;
    bool minor = p->born ? age < rule_number(rq, "age.night_min", 18) : p->age_said == AGE_MINOR;
    bool night = shift_is_night(j->start_ms, j->end_ms);
    if (child)
        return &too_young;
    if (person_age_unknown(p))
        return &age_unasked;
    if (minor && night)
        return &night_age;
    if (minor && j->needs & MINORS_NEVER)
        return &minor_work;
    return night && !p->born ? &birth_missing : NULL;
}

/* What the law asks for must hold on the day. */
static enum err papers_held(struct request *rq, const struct person *p, const struct job *j)
{
    uint32_t held = 0;
    enum err e = j->papers ? certificates_on(rq, p->id, cal_day(j->start_ms), &held) : OK;
    uint32_t lacking = j->papers & ~held;
    return e || !lacking ? e : refuse_arg(rq, &papers_missing, show_set(rq, papers, "papers", lacking));
}

/* Lines of "label: value" in the worker's language; frozen. */
static struct str terms_of(struct request *rq, const struct job *j)
{
    static const char *const paid_when[] = {
        [RHYTHM_DAY] = "terms.paid_day", [RHYTHM_WEEK] = "terms.paid_week",
        [RHYTHM_HALF_MONTH] = "terms.paid_half_month", [RHYTHM_MONTH] = "terms.paid_month"};
    const struct {
        const char *key;
        struct str value;
    } lines[] = {{"terms.work", j->title},
                 {"terms.employer", j->employer_name},
                 {"terms.place", j->address},
                 {"terms.time", show_span(rq, j->start_ms, j->end_ms)},
                 {"terms.break", str_fmt(rq->a, "%lld", (long long)j->break_min)},
                 {j->pay_unit == PAY_HOUR    ? "terms.pay_hour"
                  : j->pay_unit == PAY_DAY   ? "terms.pay_day"
                  : j->pay_unit == PAY_MONTH ? "terms.pay_month"
                                             : "terms.pay_piece",
                  show_yuan(rq, j->pay_fen)},
                 {paid_when[j->rhythm], S("")},
                 {"terms.cancel", str_fmt(rq->a, "%lld", (long long)rule_number(rq, "cancel.free_hours", 2))}};
    struct str all = S("");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct str line = texts_fill(rq->app->texts, rq->a, rq->lang, str_c(lines[i].key), lines[i].value);
        all = str_fmt(rq->a, "%.*s%s%.*s", SV(all), i ? "\n" : "", SV(line));
    }
    return all;
}

/* Stands in line for the person's calendar; refuses with what stands against it. Counts nothing yet. */
static enum err may_take(struct request *rq, const struct person *p, const struct job *j)
{
    struct calendar near;
    const struct span shift = {j->start_ms, j->end_ms, j->break_min, point_of(j->place)};
    int64_t rest_h = rule_number(rq, "rest.hours", 11), around_ms = (rest_h > 24 ? rest_h : 24) * HOUR_MS;
    const struct rule *broken = job_underpaid(rq, j) ? &underpaid : law_broken(rq, p, j);
    if (broken)
        return refuse(rq, broken);
    bool own = false, separate = false;
    enum err e = account_employs(rq, p->id, j->employer_id, &own);
    if (!e && own)
        return refuse(rq, &both_sides);
    if (!e)
        e = trust_apart(rq, p->id, j->employer_id, &separate);
    if (!e && separate)
        return refuse(rq, &apart);
    if (!e)
        e = papers_held(rq, p, j);
    if (!e)
        e = hire_near(rq, p->id, j->start_ms - around_ms, j->end_ms + around_ms, &near);
    if (!e)
        broken = calendar_broken(&near, &shift, rest_h, rule_number(rq, "day.max_hours", 11));
    return broken ? refuse(rq, broken) : e;
}

static enum err hire_one(struct request *rq, const struct person *p, const struct job *j, struct hire *h)
{
    bool by_staff = p->id != rq->who->person_id && rq->who->roles & STAFF;
    *h = (struct hire){.id = new_id(rq), .city = rq->city, .shift_id = j->shift_id, .job_id = j->id,
                       .employer_id = j->employer_id, .person_id = p->id, .title = j->title,
                       .employer_name = j->employer_name, .address = j->address, .terms = terms_of(rq, j),
                       .pay_unit = j->pay_unit, .pay_fen = j->pay_fen, .start_ms = j->start_ms, .end_ms = j->end_ms,
                       .break_min = j->break_min, .made_ms = rq->now_ms,
                       .by_id = by_staff ? rq->who->account_id : 0};
    enum err e = hire_add(rq, h);
    if (!e) /* I4: what was agreed is bound by the chain */
        e = audit_note(rq, hire_terms_action, hire_record.name, h->id, hire_terms_digest(rq->a, h));
    return e == ERR_CONFLICT ? refuse(rq, &overlap) : e;
}

/* Whoever is meant: oneself, or somebody of the desk's district. */
static enum err who_is_meant(struct request *rq, const struct take *in, struct person *p)
{
    int64_t id = in->person_id ? in->person_id : rq->who->person_id;
    enum err e = person_get(rq, id, p);
    if (e)
        return fail(rq, e, "hire.who");
    return id == rq->who->person_id || person_covered(rq, p) ? OK : fail(rq, ERR_NONE, NULL);
}

struct taking {
    const struct person *p;
    struct person q; /* the other of a couple that goes together */
    bool pair;
    bool desk; /* takes it for him */
    bool either; /* said yes for both */
    struct str reason;
};

/* The law and the calendar of both, always in the same order, so that two takes never wait for each other. Why the other
 * cannot is his own matter, and the desk's. */
static enum err both_may(struct request *rq, const struct taking *x, const struct job *j)
{
    bool first = !x->pair || x->p->id < x->q.id;
    enum err e = first ? may_take(rq, x->p, j) : OK, other = OK;
    if (!e && x->pair)
        e = other = may_take(rq, &x->q, j);
    if (!e && !first)
        e = may_take(rq, x->p, j);
    return other == ERR_RULE && !x->desk ? refuse(rq, &partner_cannot) : e;
}

/* What somebody has said he may decide otherwise, but nobody for the other of a couple, and where either spoke for both,
 * for neither; and a desk for both, with a reason that stands in the audit (matching.md 3.7). The law and the calendar were
 * asked before. */
static enum err as_said(struct request *rq, const struct taking *x, const struct job *j)
{
    uint32_t own = 0, others = 0;
    enum err e = x->desk || (x->pair && x->either) ? match_stands(rq, x->p->id, j, &own) : OK;
    if (!e && x->pair)
        e = match_stands(rq, x->q.id, j, &others);
    if (e || !(own | others))
        return e;
    if (!x->desk)
        return refuse(rq, &partner_cannot);
    uint32_t said = match_said(own | others);
    return x->reason.n || !said ? OK : fail_field(rq, "reason", "hire.reason_needed", show_set(rq, hards, "match.said", said));
}

static enum err take(struct request *rq, struct taking *x, bool both, int64_t shift_id, struct hire *ret)
{
    struct job j;
    struct hire second;
    enum err e = job_shown_one(rq, shift_id, &j);
    if (e == ERR_NONE || (!e && j.end_ms <= rq->now_ms))
        return refuse(rq, &shift_gone);
    if (!e && both && !x->p->partner_id)
        return refuse(rq, &partner_needed);
    if (!e)
        e = person_partner(rq, x->p, &x->q);
    x->pair = !e && (both || couple_must(x->p, &x->q));
    if (!e)
        e = both_may(rq, x, &j);
    if (!e)
        e = as_said(rq, x, &j);
    if (!e)
        e = shift_take(rq, j.shift_id, x->pair ? 2 : 1);
    if (e == ERR_CONFLICT)
        return refuse(rq, &shift_full);
    if (!e)
        e = hire_one(rq, x->p, &j, ret);
    if (!e && x->pair)
        e = hire_one(rq, &x->q, &j, &second);
    if (!e)
        e = change_put(rq, "shift", j.shift_id);
    if (!e)
        publish_after(rq, S("hall"));
    return e;
}

enum err hire_take(struct request *rq, const struct person *p, bool either, int64_t shift_id, struct hire *ret)
{
    return take(rq, &(struct taking){.p = p, .either = either}, false, shift_id, ret);
}

enum err take_shift(struct request *rq)
{
    struct take *in = rq->in;
    struct person p;
    struct hire h;
    enum err e = who_is_meant(rq, in, &p);
    struct taking x = {.p = &p, .desk = p.id != rq->who->person_id, .reason = in->reason};
    rq->audit_reason = in->reason;
    if (!e)
        e = person_say_age(rq, &p, in->age_said);
    if (!e)
        e = take(rq, &x, in->both, param_id(rq, "shift"), &h);
    if (e)
        return e;
    audit_about(rq, &hire_record, h.id);
    return reply_done(rq, 201, &hire_record, &h, str_fmt(rq->a, "/my/%lld", (long long)h.id));
}
