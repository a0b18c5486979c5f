/* employer_api.c - an employer registers; staff check the papers. */
#include "feature/account/account.h"
#include "feature/employer/employer_claim.h"
#include "feature/employer/employer_rules.h"
#include "feature/employer/employer_store.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "feature/right/right.h"
#include "feature/trust/trust.h"
#include "http/page.h"
#include "http/places.h"
#include "http/route.h"

enum { CHECKERS = DESK | INSPECTOR | ADMIN };
struct by_state {
    int32_t state; /* enum employer_state */
    int64_t after;
    struct str q;
};
static const struct field by_state_fields[] = {
    FIELD(struct by_state, state, ENUM, .choices = employer_states, .see = NOBODY, .put = CHECKERS, .doc = "Their state; new when left out."),
    FIELD(struct by_state, after, ID, .see = NOBODY, .put = CHECKERS, .doc = "The `next` of the page before."),
    FIELD(struct by_state, q, TEXT, .min = 2, .max = 80, .see = NOBODY, .put = CHECKERS, .doc = "Instead: those of any state whose name has these words, or whose code they are; 20 at most."),
    {0}};
static const struct record by_state = {"employers_by_state", sizeof(struct by_state), by_state_fields, "Which employers."};
struct licence {
    struct str uscc;
};
static const struct field licence_fields[] = {
    FIELD(struct licence, uscc, TEXT, .max = 18, .see = NOBODY, .put = CHECKERS, .doc = "Code of the licence that was seen; asked of a firm whose code nobody knows."),
    {0}};
static const struct record licence = {"papers_seen", sizeof(struct licence), licence_fields, "What stands on the licence."};

static enum err create(struct request *rq);
static enum err show(struct request *rq);
static enum err page(struct request *rq);
static enum err waiting(struct request *rq);
static enum err verify(struct request *rq);
static enum err merge(struct request *rq);
static enum err suspend(struct request *rq);

static const struct route routes[] = {
    ROUTE(POST, "/api/v1/employers", SIGNED_IN, create, .in = &employer_record, .out = &employer_record,
          .rate = PER_HOUR(60), .doc = "Registers an employer or agency; one that a desk wrote down with the caller's number becomes his."),
    ROUTE(GET, "/api/v1/my/firms", SIGNED_IN, firms_mine, .out = &employer_record, .list = true, .doc = "Firms without an account that a desk wrote down with my number."),
    ROUTE(POST, "/api/v1/employer-claims", SIGNED_IN, claim_firm, .in = &claim_record, .out = &claim_record, .rate = PER_HOUR(10),
          .doc = "Says that a firm is the caller's: agreed at once by the number it was written down with, else staff decide."),
    ROUTE(GET, "/api/v1/my/employer-claims", SIGNED_IN, claims_mine, .out = &claim_record, .list = true, .doc = "What I claimed, the latest first."),
    ROUTE(GET, "/api/v1/employer-claims", CHECKERS, claims_waiting, .in = &claim_page_query, .out = &claim_record, .list = true,
          .doc = "Claims that wait, oldest first, 50 at a time."),
    ROUTE(POST, "/api/v1/employer-claims/:claim/decide", CHECKERS, claim_decide, .in = &claim_verdict, .owns = claim_load,
          .doc = "Yes for whoever showed the licence: the firm is his, and no longer anybody else's. Both are told."),
    ROUTE(GET, "/api/v1/employers", CHECKERS, waiting, .in = &by_state, .out = &employer_record, .list = true,
          .doc = "Employers by ?state=new|verified|suspended, oldest first, 200 at a time, or by ?q="),
    ROUTE(GET, "/api/v1/employers/:employer", ANYONE, show, .out = &employer_record, .doc = "One employer, public part."),
    ROUTE(GET, "/employers/:employer", ANYONE, page, .doc = "Page: one employer."),
    ROUTE(POST, "/api/v1/employers/:employer/verify", CHECKERS, verify, .in = &licence, .owns = employer_load, .doc = "Papers are good, for six months; also lifts a suspension. A firm of an advertisement gets its code."),
    ROUTE(POST, "/api/v1/employers/:employer/merge", CHECKERS, merge, .in = &licence, .owns = employer_load,
          .doc = "A firm of an advertisement, not verified yet, is the one that has this code: that has its posts from now on."),
    ROUTE(POST, "/api/v1/employers/:employer/suspend", CHECKERS, suspend, .owns = employer_load, .doc = "Takes all posts down."),
    {0}};

enum err employer_load(struct request *rq)
{
    struct employer *p = NEW(rq->a, struct employer);
    enum err e = employer_get(rq, param_id(rq, "employer"), p);
    rq->object = p;
    if (e)
        return e;
    return staff_covers_or_none(rq, p->city, p->district) ? OK : ERR_NONE;
}

/* A desk may have written it down before: it is his who proved the number it was written down with. */
static enum err known_already(struct request *rq, const struct employer *in)
{
    struct employer p = {.id = 0};
    bool taken = false, self = !(rq->who->roles & CHECKERS);
    enum err e = self ? employer_by_uscc(rq, in->uscc, &p) : OK;
    if (!e && self)
        e = firm_take_by_number(rq, &p, &taken);
    if (e)
        return e;
    if (taken)
        return reply_record(rq, 200, &employer_record, &p);
    if (in->kind == EMPLOYER_HOUSEHOLD)
        return fail(rq, ERR_CONFLICT, "employer.household_known");
    return fail(rq, ERR_CONFLICT, self ? "employer.uscc_claim" : "employer.uscc_known");
}

/* What the papers say, as it is kept: of a firm the code of its licence, of a household the number of its keeper. */
static enum err check_papers(struct request *rq, struct employer *p)
{
    bool home = p->kind == EMPLOYER_HOUSEHOLD;
    p->id_number = home ? person_idnum(rq->a, p->id_number) : S("");
    if (home && !p->id_number.n)
        return fail_field(rq, "id_number", "input.id_number", S(""));
    p->uscc = home ? household_code(rq, p->id_number) : uscc_upper(rq->a, p->uscc);
    if (!home && !uscc_ok(p->uscc))
        return fail_field(rq, "uscc", "input.uscc", S(""));
    if (p->kind == EMPLOYER_AGENCY && (!p->licence.n || p->licence_to < cal_day(rq->now_ms)))
        return fail_field(rq, "licence", "input.licence", S(""));
    return OK;
}

static enum err create(struct request *rq)
{
    struct employer *p = rq->in;
    if (rq->who->employer_id)
        return fail(rq, ERR_CONFLICT, "employer.already");
    enum err e = check_papers(rq, p);
    if (e)
        return e;
    if (!account_phone(rq->a, p->phone).n)
        return fail_field(rq, "phone", "input.phone", S(""));
    p->district = p->district ? p->district : district_said(rq, p->address);
    if (!p->district && districts_named(rq)) /* whose staff are to check it */
        return fail_field(rq, "district", "input.required", S(""));
    if (!geo_known(p->place))
        p->place = place_of(rq, p->address);
    p->id = new_id(rq);
    p->city = rq->city;
    p->state = EMPLOYER_NEW;
    p->made_ms = rq->now_ms;
    audit_about(rq, &employer_record, p->id);
    e = employer_add(rq, p);
    if (e == ERR_CONFLICT)
        return known_already(rq, p);
    bool self = !(rq->who->roles & CHECKERS);
    if (!e && self)
        e = account_tie_employer(rq, rq->who->account_id, p->id, p->kind == EMPLOYER_AGENCY ? AGENCY : EMPLOYER);
    if (!e && self && rq->who->person_id)
        e = change_put(rq, "person", rq->who->person_id); /* what he posts is not for himself */
    return e ? e : reply_record(rq, 201, &employer_record, p);
}

static enum err get_public(struct request *rq, struct employer *p)
{
    enum err e = employer_get(rq, param_id(rq, "employer"), p);
    bool mine = p->id && p->id == rq->who->employer_id;
    bool hidden = p->state != EMPLOYER_VERIFIED && !mine && !(rq->who->roles & STAFF);
    if (!e && !hidden)
        return trust_called_off(rq, p->id, &p->hires_n, &p->called_off);
    return e ? e : ERR_NONE;
}

static enum err show(struct request *rq)
{
    struct employer p = {0};
    enum err e = get_public(rq, &p);
    return e ? e : reply_record(rq, 200, &employer_record, &p);
}

/* What is known of it: complaints that were looked into, and what it offers now. */
static enum err view_record_of(struct request *rq, struct view *v, const struct employer *p)
{
    struct complaint_counts c = {0, 0};
    struct job *j;
    size_t n;
    enum err e = right_counts(rq, p->id, &c);
    view_i64(v, "n_closed", c.closed);
    view_i64(v, "n_upheld", c.upheld);
    view_bool(v, "any_closed", c.closed);
    if (!e)
        e = job_shown_of(rq, p->id, rq->now_ms + 7 * DAY_MS, &j, &n);
    view_bool(v, "any_jobs", !e && n);
    for (size_t i = 0; !e && i < n; i++)
        job_view(rq, view_item(v, "jobs"), &j[i], (struct geo){0, 0});
    return e;
}

static enum err page(struct request *rq)
{
    struct employer p = {0};
    struct view *v = view_new(rq->a);
    enum err e = get_public(rq, &p);
    if (e)
        return e;
    view_record(rq, v, &employer_record, &p);
    view_str(v, "title", p.name);
    view_bool(v, "has_uscc", uscc_ok(p.uscc)); /* of one from an advertisement nobody knows it yet */
    int64_t holder;
    e = account_of_employer(rq, p.id, &holder);
    view_bool(v, "unheld", e == ERR_NONE);
    if (!e || e == ERR_NONE)
        e = view_record_of(rq, v, &p);
    return e ? e : reply_page(rq, "employer/show", v);
}

/* All of the city: a post of one district may be a firm's that sits in another. */
static enum err found(struct request *rq, struct str words)
{
    struct employer *v;
    size_t n;
    enum err e = employer_find(rq, words, &v, &n);
    return e ? e : reply_items(rq, &employer_record, v, n, 0);
}

static enum err waiting(struct request *rq)
{
    struct employer *v;
    size_t n, kept = 0;
    const struct by_state *in = rq->in;
    if (in->q.n)
        return found(rq, in->q);
    struct employer behind = {.state = in->state, .id = in->after};
    enum err e = employer_list(rq, &behind, staff_reach_or_none(rq), &v, &n);
    int64_t next = !e && n == EMPLOYER_PAGE ? v[n - 1].id : 0;
    for (size_t i = 0; !e && i < n; i++)
        if (staff_covers_or_none(rq, v[i].city, v[i].district))
            v[kept++] = v[i];
    return e ? e : reply_items(rq, &employer_record, v, kept, next);
}

/* The firm that has the code of the licence; ret->id 0: none. */
static enum err of_licence(struct request *rq, struct employer *ret)
{
    struct licence *in = rq->in;
    in->uscc = uscc_upper(rq->a, in->uscc);
    if (!uscc_ok(in->uscc))
        return fail_field(rq, "uscc", "input.uscc", S(""));
    rq->audit_reason = in->uscc;
    enum err e = employer_by_uscc(rq, in->uscc, ret);
    return e == ERR_NONE ? OK : e;
}

static enum err take_code(struct request *rq, const struct employer *p)
{
    struct employer other = {.id = 0};
    enum err e = of_licence(rq, &other);
    if (!e && other.id)
        return refuse_arg(rq, &uscc_elsewhere, other.name);
    return e ? e : employer_set_uscc(rq, p->id, ((struct licence *)rq->in)->uscc);
}

/* One that was verified before its code was asked for gets it the same way. */
static enum err verify(struct request *rq)
{
    struct employer *p = rq->object;
    bool coded = employer_coded(p);
    audit_about(rq, &employer_record, p->id);
    if (p->state == EMPLOYER_MERGED)
        return refuse(rq, &employer_not_new);
    enum err e = account_not_own(rq, 0, p->id);
    if (!e && !coded)
        e = take_code(rq, p);
    if (!e)
        e = employer_verify(rq, p->id);
    if (e == ERR_CONFLICT)
        e = coded ? refuse(rq, &employer_not_new) : OK;
    return e ? e : reply_none(rq);
}

static enum err merge(struct request *rq)
{
    struct employer *p = rq->object, into = {.id = 0};
    audit_about(rq, &employer_record, p->id);
    if (employer_coded(p) || p->state != EMPLOYER_NEW || p->verified_ms)
        return refuse(rq, &employer_known);
    enum err e = of_licence(rq, &into);
    if (!e && !into.id)
        return fail_field(rq, "uscc", "employer.no_such_code", S(""));
    if (!e)
        e = account_not_own(rq, 0, into.id);
    if (!e)
        e = employer_merge(rq, p->id, into.id);
    if (e == ERR_CONFLICT)
        return refuse(rq, &employer_not_new);
    if (!e)
        e = job_give_all(rq, p->id, &into);
    return e ? e : reply_none(rq);
}

static enum err suspend(struct request *rq)
{
    struct employer *p = rq->object;
    audit_about(rq, &employer_record, p->id);
    if (p->state == EMPLOYER_MERGED)
        return refuse(rq, &employer_not_new);
    enum err e = employer_suspend(rq, p->id);
    publish_after(rq, S("hall"));
    return e ? e : reply_none(rq);
}

static const struct record *const records[] = {&employer_record, &licence, &claim_record, &claim_page_query, &claim_verdict, NULL};
const struct feature employer_feature = {.name = "employer", .routes = routes, .queries = employer_queries, .records = records};
