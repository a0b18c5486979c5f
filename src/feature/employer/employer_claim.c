/* employer_claim.c - a firm that a desk or an import wrote down gets its owner. Whoever proved the number that was written
 * down with it has it at once, while it has no account; anybody else once staff have seen the licence. */
#include "feature/employer/employer_claim.h"

#include "feature/account/account.h"
#include "feature/employer/employer_rules.h"
#include "feature/employer/employer_store.h"
#include "feature/notice/notice.h"
#include "http/route.h"

enum { CHECKERS = DESK | INSPECTOR | ADMIN };
static const struct rule claim_no_number = {"claim_no_number", "a number proved by its code"};
static const struct rule claim_staff = {"claim_staff", "nobody decides about himself"};
static const struct rule claim_own = {"claim_own", "nobody decides about himself"};
static const struct rule claim_waits = {"claim_waits", "one at a time"};
static const struct rule claim_decided = {"claim_decided", "decided once"};
static const struct rule claim_has_firm = {"claim_has_firm", "one firm for each account"};

struct claim_page {
    int64_t after;
};
static const struct field page_fields[] = {
    FIELD(struct claim_page, after, ID, .see = NOBODY, .put = CHECKERS, .doc = "The `next` of the page before."), {0}};
const struct record claim_page_query = {"employer_claims_query", sizeof(struct claim_page), page_fields, "Which page of claims."};
struct verdict {
    bool yes;
    struct str reason;
};
static const struct field verdict_fields[] = {
    FIELD(struct verdict, yes, BOOL, .see = NOBODY, .put = CHECKERS, .required = true, .doc = "Whether the firm is his."),
    FIELD(struct verdict, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = CHECKERS, .required = true,
          .doc = "What was seen, or what is missing; whoever claimed reads it."),
    {0}};
const struct record claim_verdict = {"claim_verdict", sizeof(struct verdict), verdict_fields, "Deciding about a claim."};

static enum err tell(struct request *rq, int64_t account_id, const char *key, struct str arg)
{
    struct str number;
    enum err e = account_number(rq, account_id, &number);
    return e || !number.n ? e : notice_send(rq, number, key, arg);
}

/* 0 = nobody. */
static enum err holder_of(struct request *rq, int64_t employer_id, int64_t *ret)
{
    *ret = 0;
    enum err e = account_of_employer(rq, employer_id, ret);
    return e == ERR_NONE ? OK : e;
}

/* What he posts is not for himself: the engine hears of it. */
static enum err person_changed(struct request *rq, int64_t account_id)
{
    int64_t person = 0;
    enum err e = account_person(rq, account_id, &person);
    return e || !person ? e : change_put(rq, "person", person);
}

static enum err hand_to(struct request *rq, int64_t account_id, const struct employer *p)
{
    enum err e = account_tie_employer(rq, account_id, p->id, p->kind == EMPLOYER_AGENCY ? AGENCY : EMPLOYER);
    return e == ERR_CONFLICT ? refuse(rq, &claim_has_firm) : e ? e : person_changed(rq, account_id);
}

static bool same_number(struct request *rq, const struct employer *p, struct str number)
{
    return number.n && str_eq(account_phone(rq->a, p->phone), number);
}

enum err firm_take_by_number(struct request *rq, const struct employer *p, bool *ret_taken)
{
    int64_t holder;
    struct str number;
    *ret_taken = false;
    enum err e = holder_of(rq, p->id, &holder);
    if (!e)
        e = account_number(rq, rq->who->account_id, &number);
    if (e || holder || !same_number(rq, p, number))
        return e;
    audit_about(rq, &employer_record, p->id);
    rq->audit_reason = S("by the number that was written down with it");
    *ret_taken = true;
    return hand_to(rq, rq->who->account_id, p);
}

/* Which firm is meant. One from an import has no code yet: the claim brings it. */
static enum err find_firm(struct request *rq, struct claim *c, struct employer *p)
{
    c->uscc = uscc_upper(rq->a, c->uscc);
    enum err e = c->employer_id ? employer_get(rq, c->employer_id, p) : employer_by_uscc(rq, c->uscc, p);
    if (e == ERR_NONE)
        return fail_field(rq, c->employer_id ? "employer_id" : "uscc", "employer.not_here", S(""));
    if (!e && employer_coded(p))
        c->uscc = p->uscc;
    else if (!e && !uscc_ok(c->uscc))
        return fail_field(rq, "uscc", "input.uscc", S(""));
    return e;
}

static enum err wait_for_staff(struct request *rq, struct claim *c, const struct employer *p)
{
    int64_t holder;
    audit_about(rq, &claim_record, c->id);
    enum err e = claim_add(rq, c);
    if (e == ERR_CONFLICT)
        return refuse(rq, &claim_waits);
    if (!e)
        e = holder_of(rq, p->id, &holder);
    return e || !holder ? e : tell(rq, holder, "employer.claim_asked", p->name);
}

enum err claim_firm(struct request *rq)
{
    struct claim *c = rq->in;
    struct employer p = {.id = 0};
    bool taken = false;
    if (rq->who->employer_id)
        return fail(rq, ERR_CONFLICT, "employer.already");
    if (rq->who->roles & CHECKERS)
        return refuse(rq, &claim_staff);
    enum err e = find_firm(rq, c, &p);
    if (!e)
        e = account_number(rq, rq->who->account_id, &c->phone);
    if (!e && !c->phone.n)
        return refuse(rq, &claim_no_number);
    c->id = new_id(rq);
    c->city = rq->city;
    c->district = p.district;
    c->employer_id = p.id;
    c->account_id = rq->who->account_id;
    c->made_ms = rq->now_ms;
    c->name = p.name;
    if (!e)
        e = firm_take_by_number(rq, &p, &taken);
    c->state = taken ? CLAIM_AGREED : CLAIM_WAITING;
    c->decided_ms = taken ? rq->now_ms : 0;
    if (!e)
        e = taken ? claim_add(rq, c) : wait_for_staff(rq, c, &p);
    return e ? e : reply_record(rq, 201, &claim_record, c);
}

/* What the row does not hold. */
static enum err fill_in(struct request *rq, struct claim *c)
{
    struct employer p = {.id = 0};
    int64_t holder;
    enum err e = employer_get(rq, c->employer_id, &p);
    if (!e)
        e = holder_of(rq, p.id, &holder);
    if (e)
        return e;
    c->name = p.name;
    c->held = holder != 0;
    c->number_known = same_number(rq, &p, c->phone);
    return OK;
}

static enum err reply_claims(struct request *rq, struct claim *v, size_t n, int64_t next)
{
    enum err e = OK;
    for (size_t i = 0; !e && i < n; i++)
        e = fill_in(rq, &v[i]);
    return e ? e : reply_items(rq, &claim_record, v, n, next);
}

enum err claims_mine(struct request *rq)
{
    struct claim *v;
    size_t n;
    enum err e = claim_of_account(rq, rq->who->account_id, &v, &n);
    return e ? e : reply_claims(rq, v, n, 0);
}

enum err firms_mine(struct request *rq)
{
    struct employer *v = NULL;
    struct str number;
    size_t n = 0;
    enum err e = account_number(rq, rq->who->account_id, &number);
    if (!e && number.n && !rq->who->employer_id)
        e = employer_of_phone(rq, number, &v, &n);
    return e ? e : reply_items(rq, &employer_record, v, n, 0);
}

enum err claims_waiting(struct request *rq)
{
    struct claim *v;
    size_t n, kept = 0;
    enum err e = claim_waiting(rq, staff_reach_or_none(rq), ((struct claim_page *)rq->in)->after, &v, &n);
    if (e)
        return e;
    int64_t next = n == CLAIM_PAGE ? v[n - 1].id : 0;
    for (size_t i = 0; i < n; i++)
        if (staff_covers_or_none(rq, v[i].city, v[i].district))
            v[kept++] = v[i];
    return reply_claims(rq, v, kept, next);
}

enum err claim_load(struct request *rq)
{
    struct claim *c = NEW(rq->a, struct claim);
    enum err e = claim_get(rq, param_id(rq, "claim"), c);
    rq->object = c;
    return e ? e : staff_covers_or_none(rq, c->city, c->district) ? OK : ERR_NONE;
}

/* From whoever held it before, if anybody; he is told. */
static enum err hand_over(struct request *rq, const struct claim *c, struct employer *p)
{
    int64_t holder;
    struct employer other = {.id = 0};
    enum err e = employer_by_uscc(rq, c->uscc, &other);
    if (!e && other.id != p->id)
        return refuse_arg(rq, &uscc_elsewhere, other.name);
    e = e == ERR_NONE ? OK : e;
    if (!e)
        e = holder_of(rq, p->id, &holder);
    if (!e && holder)
        e = account_untie_employer(rq, p->id);
    if (!e && holder)
        e = person_changed(rq, holder);
    if (!e && holder)
        e = tell(rq, holder, "employer.claim_lost", p->name);
    if (!e)
        e = hand_to(rq, c->account_id, p);
    p->uscc = c->uscc;
    p->contact = c->contact;
    p->phone = c->phone;
    return e ? e : employer_set_holder(rq, p);
}

enum err claim_decide(struct request *rq)
{
    struct claim *c = rq->object;
    const struct verdict *in = rq->in;
    struct employer p = {.id = 0};
    if (c->account_id == rq->who->account_id)
        return refuse(rq, &claim_own);
    c->state = in->yes ? CLAIM_AGREED : CLAIM_REFUSED;
    c->reason = in->reason;
    c->decided_ms = rq->now_ms;
    c->by_id = rq->who->account_id;
    audit_about(rq, &employer_record, c->employer_id); /* without the reason: it is sealed with the claim */
    rq->audit_reason = str_fmt(rq->a, "claim %lld: %s", (long long)c->id, in->yes ? "yes" : "no");
    enum err e = claim_close(rq, c);
    if (e == ERR_CONFLICT)
        return refuse(rq, &claim_decided);
    if (!e)
        e = employer_get(rq, c->employer_id, &p);
    if (!e && in->yes)
        e = hand_over(rq, c, &p);
    if (!e)
        e = in->yes ? tell(rq, c->account_id, "employer.claim_yes", p.name)
                    : tell(rq, c->account_id, "employer.claim_no", str_fmt(rq->a, "%.*s: %.*s", SV(p.name), SV(in->reason)));
    return e ? e : reply_none(rq);
}
