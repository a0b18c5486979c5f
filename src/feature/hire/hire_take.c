/* hire_take.c - the contract moment: law, calendar and capacity are asked in the same transaction in
 * which the place is taken and the terms are frozen. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/away/away.h"
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
    FIELD(struct take, both, BOOL, .see = NOBODY, .put = DESK | SEEKER, .doc = "Both of a couple, or neither; of two shifts, one for each of them."),
    FIELD(struct take, age_said, ENUM, .choices = ages_said, .see = NOBODY, .put = DESK | SEEKER, .doc = "Answers the question of age where nothing is known of it; kept."),
    FIELD(struct take, born, DATE, .see = NOBODY, .put = DESK | SEEKER, .doc = "The day of birth where it is not known, as a night shift needs it; kept."),
    FIELD(struct take, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = DESK, .doc = "Why it is assigned against what the person, or the other of a couple, has said; kept in the audit."),
    {0}};
const struct record take_form = {"take", sizeof(struct take), fields, "Taking a shift."};

static const struct rule partner_cannot = {"partner_cannot", "matching.md 5.3, 5.5"};
static const struct rule one_of_two_gone = {"one_of_two_gone", "matching.md 4.2: all or none"};
static const struct rule age_of_other = {"age_of_other", "禁止使用童工规定 Art. 4"};
static const struct rule not_one_place = {"not_one_place", "matching.md 5.3"};

const struct rule *age_rule(struct request *rq, const struct person *p, const struct job *j)
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

/* "26", or "26–32" as the post has it. */
static struct str pay_said(struct request *rq, const struct job *j)
{
    struct str least = show_yuan(rq, j->pay_fen);
    return j->pay_max_fen > j->pay_fen ? str_fmt(rq->a, "%.*s–%.*s", SV(least), SV(show_yuan(rq, j->pay_max_fen))) : least;
}

/* Lines of "label: value", true whenever they are read; frozen in both languages. Of a range all of it is said, and by
 * which end of it the wage is counted here. */
static struct str terms_of(struct request *rq, enum lang lang, const struct job *j)
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
                 {"terms.time", show_dated(rq, lang, j->start_ms, j->end_ms)},
                 {"terms.break", str_fmt(rq->a, "%lld", (long long)j->break_min)},
                 {j->pay_unit == PAY_HOUR    ? "terms.pay_hour"
                  : j->pay_unit == PAY_DAY   ? "terms.pay_day"
                  : j->pay_unit == PAY_MONTH ? "terms.pay_month"
                                             : "terms.pay_piece",
                  pay_said(rq, j)},
                 {j->pay_max_fen > j->pay_fen ? "terms.pay_least" : NULL, show_yuan(rq, j->pay_fen)},
                 {paid_when[j->rhythm], S("")},
                 {"terms.cancel", str_fmt(rq->a, "%lld", (long long)rule_number(rq, "cancel.free_hours", 2))}};
    struct str all = S("");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        if (!lines[i].key)
            continue;
        struct str line = texts_fill(rq->app->texts, rq->a, lang, str_c(lines[i].key), lines[i].value);
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
    const struct rule *broken = job_underpaid(rq, j) ? &underpaid : age_rule(rq, p, j);
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
    if (broken)
        return refuse(rq, broken);
    return e ? e : away_allows(rq, p->id, j->start_ms, j->end_ms);
}

static enum err hire_one(struct request *rq, const struct person *p, const struct job *j, int64_t with_shift_id, struct hire *h)
{
    bool other = p->id != rq->who->person_id, by_staff = other && rq->who->roles & STAFF;
    bool known = other && rq->who->roles & (STAFF | SEEKER | SYSTEM); /* who joins just now is nobody yet, and speaks himself */
    enum lang lang = rq->lang;
    enum err e = known ? account_lang(rq, p->phone, &lang) : OK;
    if (e)
        return e;
    *h = (struct hire){.id = new_id(rq), .city = rq->city, .shift_id = j->shift_id, .job_id = j->id,
                       .employer_id = j->employer_id, .person_id = p->id, .title = j->title,
                       .employer_name = j->employer_name, .address = j->address, .terms = terms_of(rq, LANG_ZH, j), .terms_en = terms_of(rq, LANG_EN, j), .lang = lang,
                       .pay_unit = j->pay_unit, .pay_fen = j->pay_fen, .start_ms = j->start_ms, .end_ms = j->end_ms,
                       .break_min = j->break_min, .made_ms = rq->now_ms, .with_shift_id = with_shift_id,
                       .by_id = by_staff ? rq->who->account_id : 0};
    e = hire_add(rq, h);
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
    bool asked; /* said yes, for both, to an offer */
    bool counted; /* a place is taken: from here on all or nothing */
    bool in_two; /* one of two shifts in one act: a refusal names it */
    struct str reason;
    struct job job, others; /* his shift, and that of the other of the two: the same one, but for two shifts at one place */
};

/* Why the other cannot is his own matter, and the desk's; but that he has a question to answer both must know, for nobody
 * answers it for another: only he and a desk write down his age. */
static enum err other_may(struct request *rq, const struct taking *x)
{
    enum err e = may_take(rq, &x->q, &x->others);
    if (e == ERR_RULE && rq->problem.rule == &age_unasked)
        return refuse_arg(rq, &age_of_other, person_masked(rq, &x->q));
    return e == ERR_RULE && !x->desk ? refuse(rq, &partner_cannot) : e;
}

/* The law and the calendar of both, always in the same order, so that two takes never wait for each other. */
static enum err both_may(struct request *rq, const struct taking *x)
{
    bool first = !x->pair || x->p->id < x->q.id;
    enum err e = first ? may_take(rq, x->p, &x->job) : OK;
    if (!e && x->pair)
        e = other_may(rq, x);
    return e || first ? e : may_take(rq, x->p, &x->job);
}

/* What somebody has said he may decide otherwise, but nobody for the other of a couple, and where either spoke for both,
 * for neither; and a desk for both, with a reason that stands in the audit (matching.md 3.7). The law and the calendar were
 * asked before. */
static enum err as_said(struct request *rq, const struct taking *x)
{
    uint32_t own = 0, others = 0;
    enum err e = x->desk || (x->pair && x->asked) ? match_stands(rq, x->p->id, &x->job, &own) : OK;
    if (!e && x->pair)
        e = match_stands(rq, x->q.id, &x->others, &others);
    if (e || !(own | others))
        return e;
    if (!x->desk)
        return refuse(rq, &partner_cannot);
    uint32_t said = match_said(own | others);
    return x->reason.n || !said ? OK : fail_field(rq, "reason", "hire.reason_needed", show_set(rq, hards, "match.said", said));
}

/* Of two shifts it is said which is gone; what was never shown has no name. */
static enum err gone(struct request *rq, const struct taking *x, const struct rule *why, const struct job *j)
{
    struct str which = str_fmt(rq->a, "%.*s %.*s", SV(j->title), SV(show_span(rq, j->start_ms, j->end_ms)));
    return x->in_two && j->verified_ms ? refuse_arg(rq, &one_of_two_gone, which) : refuse(rq, why);
}

/* A shift that may be taken now. */
static enum err open_shift(struct request *rq, const struct taking *x, int64_t shift_id, struct job *ret)
{
    *ret = (struct job){.id = 0};
    enum err e = job_shown_one(rq, shift_id, ret);
    if (!e)
        return shift_open(ret, x->desk || x->asked, rq->now_ms) ? OK : gone(rq, x, &shift_begun, ret);
    if (e == ERR_NONE)
        e = job_of_shift(rq, shift_id, ret);
    return e && e != ERR_NONE ? e : gone(rq, x, &shift_gone, ret);
}

static enum err take_place(struct request *rq, struct taking *x, const struct job *j, int64_t n)
{
    enum err e = shift_take(rq, j->shift_id, n);
    if (e == ERR_CONFLICT)
        return gone(rq, x, &shift_full, j);
    x->counted |= !e;
    return e ? e : change_put(rq, "shift", j->shift_id);
}

/* Two shifts in the order of their ids, so that two takes never wait for each other. */
static enum err take_places(struct request *rq, struct taking *x)
{
    const struct job *a = &x->job, *b = &x->others;
    if (a->shift_id == b->shift_id)
        return take_place(rq, x, a, x->pair ? 2 : 1);
    bool first = a->shift_id < b->shift_id;
    enum err e = take_place(rq, x, first ? a : b, 1);
    return e ? e : take_place(rq, x, first ? b : a, 1);
}

/* Everything but the places; writes nothing. */
static enum err may(struct request *rq, const struct taking *x)
{
    enum err e = both_may(rq, x);
    return e ? e : as_said(rq, x);
}

/* ret: of the person, and of the other of the two. */
static enum err take_for(struct request *rq, struct taking *x, struct hire *ret, struct hire *ret_others)
{
    bool same = x->job.shift_id == x->others.shift_id;
    enum err e = may(rq, x);
    if (!e)
        e = take_places(rq, x);
    if (!e)
        e = hire_one(rq, x->p, &x->job, same ? 0 : x->others.shift_id, ret);
    if (!e && x->pair)
        e = hire_one(rq, &x->q, &x->others, same ? 0 : x->job.shift_id, ret_others);
    if (!e)
        publish_after(rq, S("hall"));
    return e;
}

/* One shift, for whom it is. */
static enum err look_up(struct request *rq, struct taking *x, bool both, int64_t shift_id)
{
    enum err e = open_shift(rq, x, shift_id, &x->job);
    if (!e && both && !x->p->partner_id)
        return refuse(rq, &partner_needed);
    if (!e)
        e = person_partner(rq, x->p, &x->q);
    x->pair = !e && (both || couple_must(x->p, &x->q));
    x->others = x->job;
    return e;
}

static enum err take(struct request *rq, struct taking *x, bool both, int64_t shift_id, struct hire *ret)
{
    struct hire second;
    enum err e = look_up(rq, x, both, shift_id);
    return e ? e : take_for(rq, x, ret, &second);
}

enum err hire_take(struct request *rq, const struct person *p, bool asked, int64_t shift_id, struct hire *ret)
{
    return take(rq, &(struct taking){.p = p, .asked = asked}, false, shift_id, ret);
}

enum err hire_may(struct request *rq, const struct person *p, bool asked, int64_t shift_id)
{
    struct taking x = {.p = p, .asked = asked};
    enum err e = look_up(rq, &x, false, shift_id);
    return e ? e : may(rq, &x);
}

enum err hire_age_of_other(struct request *rq, const struct person *p, struct str *ret)
{
    struct person q;
    enum err e = person_partner(rq, p, &q);
    bool waits = !e && couple_must(p, &q) && person_age_unknown(&q);
    *ret = waits ? text_with(rq, "rule.age_of_other", person_masked(rq, &q)) : S("");
    return e;
}

/* One for each of a couple that goes only together. */
static enum err take_each(struct request *rq, struct taking *x, const int64_t shift_id[2], struct hire ret[2])
{
    enum err e = open_shift(rq, x, shift_id[0], &x->job);
    if (!e)
        e = open_shift(rq, x, shift_id[1], &x->others);
    if (!e && !match_at_one_place(&x->job, &x->others))
        return refuse(rq, &not_one_place);
    x->pair = true;
    return e ? e : take_for(rq, x, &ret[0], &ret[1]);
}

/* Both for one, who has the first in his calendar when the second is asked for. In the order of their ids, as above. */
static enum err take_day(struct request *rq, struct taking *x, const int64_t shift_id[2], struct hire ret[2])
{
    int first = shift_id[0] > shift_id[1];
    enum err e = take(rq, x, false, shift_id[first], &ret[first]);
    return e ? e : take(rq, x, false, shift_id[!first], &ret[!first]);
}

/* *ret: he has answered the question. A day of birth is no such answer: one that is refused may be a slip, and is typed anew. */
static enum err say_age(struct request *rq, const struct take *in, struct person *p, bool *ret)
{
    bool unknown = person_age_unknown(p);
    enum err e = person_say_born(rq, p, in->born);
    if (!e)
        e = person_say_age(rq, p, in->age_said);
    *ret = !e && unknown && !p->born && !person_age_unknown(p);
    return e;
}

enum err take_two_shifts(struct request *rq)
{
    const struct take *in = rq->in;
    const int64_t shift_id[2] = {param_id(rq, "shift"), param_id(rq, "second")};
    struct person p = {.id = 0};
    struct hire h[2];
    enum err e = who_is_meant(rq, in, &p);
    struct taking x = {.p = &p, .desk = p.id != rq->who->person_id, .in_two = true, .reason = in->reason};
    bool answered = false;
    rq->audit_reason = in->reason;
    if (!e)
        e = say_age(rq, in, &p, &answered);
    if (!e)
        e = person_partner(rq, &p, &x.q);
    if (!e && in->both != couple_must(&p, &x.q))
        e = refuse(rq, &hire_moved); /* they go otherwise than when the card was read */
    if (!e)
        e = in->both ? take_each(rq, &x, shift_id, h) : take_day(rq, &x, shift_id, h);
    if (e)
        return answered && !x.counted ? person_keep_age(rq, &p, e) : e;
    audit_about(rq, &hire_record, h[0].id);
    return rq->html ? reply_see(rq, S("/my")) : reply_items(rq, &hire_record, h, 2, 0);
}

enum err take_shift(struct request *rq)
{
    struct take *in = rq->in;
    struct person p;
    struct hire h;
    enum err e = who_is_meant(rq, in, &p);
    struct taking x = {.p = &p, .desk = p.id != rq->who->person_id, .reason = in->reason};
    bool answered = false;
    rq->audit_reason = in->reason;
    if (!e)
        e = say_age(rq, in, &p, &answered);
    if (!e)
        e = take(rq, &x, in->both, param_id(rq, "shift"), &h);
    if (e)
        return answered && !x.counted ? person_keep_age(rq, &p, e) : e;
    audit_about(rq, &hire_record, h.id);
    return reply_done(rq, 201, &hire_record, &h, str_fmt(rq->a, "/my/%lld", (long long)h.id));
}
