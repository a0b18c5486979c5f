/* trust_api.c - saying after a day together that there shall be no other, and taking it back. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/hire/hire.h"
#include "feature/person/person.h"
#include "feature/trust/trust_store.h"
#include "http/page.h"
#include "http/route.h"

enum { EMPLOYER_DAYS = 180 };
const struct rule apart = {"apart", "H8: one of the two said so"};
struct lift {
    struct str reason;
};
static const struct field lift_fields[] = {
    FIELD(struct lift, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = SEEKER | POSTER | DESK, .doc = "Why; the desk must say."),
    {0}};
static const struct record lift_form = {"lift", sizeof(struct lift), lift_fields, "Taking a block back."};

static const struct field opening_fields[] = {
    FIELD(struct opening, reason, TEXT, .min = 4, .max = 200, .see = NOBODY, .put = DESK, .required = true, .doc = "Why it is opened."),
    FIELD(struct opening, note, TEXT, .see = DESK, .put = NOBODY, .doc = "What the side that blocked said."),
    {0}};
static const struct record block_opening = {"block_opening", sizeof(struct opening), opening_fields, "Opening the reason of a block."};

static enum err block_it(struct request *rq);
static enum err open_reason(struct request *rq);
static enum err lift_it(struct request *rq);
static enum err mine(struct request *rq);
static enum err employers(struct request *rq);
static enum err persons(struct request *rq);
static enum err load_day(struct request *rq);
static enum err load_block(struct request *rq);

static const struct route routes[] = {
    ROUTE(POST, "/api/v1/hires/:hire/block", SEEKER | POSTER, block_it, .in = &block_record, .out = &block_record, .owns = load_day,
          .doc = "Not this employer again, or not this person: from lists, offers and the contract moment on. The other side is not told."),
    ROUTE(GET, "/api/v1/my/blocks", SEEKER, mine, .out = &block_record, .list = true, .doc = "Employers I do not want to work for."),
    ROUTE(GET, "/api/v1/employer/blocks", POSTER, employers, .out = &block_record, .list = true, .doc = "People we do not want to come."),
    ROUTE(GET, "/api/v1/people/:person/blocks", DESK, persons, .out = &block_record, .list = true, .owns = person_load,
          .doc = "Both sides, for the desk; the reasons sealed."),
    ROUTE(POST, "/api/v1/blocks/:block/open", DESK, open_reason, .in = &block_opening, .out = &block_opening, .owns = load_block,
          .rate = PER_HOUR(60), .doc = "Why somebody blocked, with a reason, audited."),
    ROUTE(POST, "/api/v1/blocks/:block/lift", SEEKER | POSTER | DESK, lift_it, .in = &lift_form, .owns = load_block,
          .doc = "Takes back what one's own side said; the desk, with a reason, either."),
    ROUTE(GET, "/api/v1/my/marks", SEEKER, trust_my_marks, .out = &mark_record, .list = true, .doc = "My days as they count, and until when."),
    ROUTE(GET, "/me/record", SEEKER, trust_page, .doc = "Page: the same, and what clears them."),
    ROUTE(GET, "/api/v1/people/:person/marks", DESK, trust_marks, .out = &mark_record, .list = true, .owns = person_load,
          .doc = "Somebody's days as they count."),
    ROUTE(GET, "/api/v1/people/:person/support", DESK, support_show, .out = &support_record, .list = true, .owns = person_load,
          .doc = "Whether somebody is to be helped into work; one entry or none."),
    ROUTE(POST, "/api/v1/people/:person/support/open", DESK, support_open, .in = &support_opening, .out = &support_opening,
          .owns = person_load, .rate = PER_HOUR(60), .doc = "The group and the paper, with a reason, audited."),
    ROUTE(POST, "/api/v1/people/:person/support", DESK, support_put, .in = &support_record, .out = &support_record, .owns = person_load,
          .doc = "Certified as such; lifts every score a little, is shown to no employer, and ends by itself."),
    ROUTE(POST, "/api/v1/people/:person/support/end", DESK, support_end, .owns = person_load, .doc = "No longer."),
    ROUTE(POST, "/api/v1/hires/:hire/excuse", DESK, trust_excuse, .in = &excuse_form, .owns = trust_load_day,
          .doc = "A day no longer counts against the worker, or does again."),
    {0}};

/* The two who met. */
static enum err load_day(struct request *rq)
{
    struct hire h;
    struct block *b = NEW(rq->a, struct block);
    enum err e = hire_get(rq, param_id(rq, "hire"), &h);
    if (e)
        return e;
    bool person = rq->who->roles & SEEKER && h.person_id == rq->who->person_id;
    bool employer = rq->who->roles & POSTER && rq->who->employer_id && h.employer_id == rq->who->employer_id;
    *b = (struct block){.side = person ? BLOCK_BY_PERSON : BLOCK_BY_EMPLOYER, .person_id = h.person_id, .employer_id = h.employer_id};
    rq->object = b;
    return person || employer ? OK : ERR_NONE;
}

static bool own(const struct request *rq, const struct block *b)
{
    if (b->side == BLOCK_BY_PERSON)
        return rq->who->roles & SEEKER && b->person_id == rq->who->person_id;
    return rq->who->roles & POSTER && rq->who->employer_id && b->employer_id == rq->who->employer_id;
}

static enum err load_block(struct request *rq)
{
    struct person p;
    struct block *b = NEW(rq->a, struct block);
    enum err e = block_get(rq, param_id(rq, "block"), b);
    rq->object = b;
    if (e || own(rq, b))
        return e;
    e = person_get(rq, b->person_id, &p);
    return e ? e : person_covered(rq, &p) ? OK : ERR_NONE;
}

static enum err block_it(struct request *rq)
{
    struct block *b = rq->object;
    bool person = b->side == BLOCK_BY_PERSON;
    b->reason = str_trim(((struct block *)rq->in)->reason);
    if (!person && b->reason.n < 2)
        return fail_field(rq, "reason", "input.required", S(""));
    b->until_day = person ? 0 : cal_day(rq->now_ms) + EMPLOYER_DAYS;
    enum err e = block_put(rq, b);
    audit_about(rq, &block_record, b->id);
    return e ? e : reply_done(rq, 201, &block_record, b, S("/my"));
}

static enum err lift_it(struct request *rq)
{
    const struct block *b = rq->object;
    const struct lift *in = rq->in;
    bool self = own(rq, b);
    if (!self && !in->reason.n)
        return fail_field(rq, "reason", "input.required", S(""));
    audit_about(rq, &block_record, b->id);
    rq->audit_reason = in->reason;
    enum err e = self ? OK : account_not_own(rq, b->person_id, b->employer_id);
    if (!e)
        e = block_drop(rq, b);
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/my"));
}

static enum err open_reason(struct request *rq)
{
    const struct block *b = rq->object;
    struct opening *io = rq->in;
    audit_about(rq, &block_record, b->id);
    rq->audit_reason = io->reason;
    rq->idem_key = S(""); /* what was opened is never kept for a replay */
    io->note = b->reason;
    return reply_record(rq, 200, &block_opening, io);
}

/* Each as whoever said it would call the other. */
static enum err name_others(struct request *rq, struct block *b, size_t n)
{
    enum err e = OK;
    for (size_t i = 0; !e && i < n; i++) {
        struct person p;
        struct employer f;
        bool person = b[i].side == BLOCK_BY_PERSON || rq->route->roles & DESK;
        e = person ? employer_get(rq, b[i].employer_id, &f) : person_get(rq, b[i].person_id, &p);
        if (!e)
            b[i].who = person ? f.name : person_masked(rq, &p);
        e = e == ERR_NONE ? OK : e;
    }
    return e;
}

/* Of a person; `side` -1 = both. */
static enum err of_person(struct request *rq, int64_t person_id, int side, struct block **ret, size_t *ret_n)
{
    size_t kept = 0;
    enum err e = blocks_of_person(rq, person_id, ret, ret_n);
    for (size_t i = 0; !e && i < *ret_n; i++)
        if (side < 0 || (*ret)[i].side == side)
            (*ret)[kept++] = (*ret)[i];
    *ret_n = e ? 0 : kept;
    return e ? e : name_others(rq, *ret, kept);
}

static enum err mine(struct request *rq)
{
    struct block *b;
    size_t n;
    enum err e = of_person(rq, rq->who->person_id, BLOCK_BY_PERSON, &b, &n);
    return e ? e : reply_items(rq, &block_record, b, n, 0);
}

static enum err employers(struct request *rq)
{
    struct block *b;
    size_t n;
    enum err e = blocks_of_employer(rq, rq->who->employer_id, &b, &n);
    if (!e)
        e = name_others(rq, b, n);
    return e ? e : reply_items(rq, &block_record, b, n, 0);
}

static enum err persons(struct request *rq)
{
    struct block *b;
    size_t n;
    enum err e = of_person(rq, ((struct person *)rq->object)->id, -1, &b, &n);
    return e ? e : reply_items(rq, &block_record, b, n, 0);
}

enum err trust_view_own(struct request *rq, struct view *v, enum block_side side, int64_t person_id, int64_t employer_id)
{
    struct block *b;
    size_t n;
    enum err e = blocks_of_person(rq, person_id, &b, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (b[i].side == (int32_t)side && b[i].employer_id == employer_id) {
            view_bool(v, "blocked", true);
            view_i64(v, "block_id", b[i].id);
        }
    return e;
}

static const struct timer timers[] = {{.name = "trust.expire", .every_s = 3600, .run = block_expire},
                                       {.name = "trust.paid", .every_s = 3600, .heavy = true, .outside = trust_count_paid},
                                       {.name = "trust.support", .every_s = 3600, .run = support_expire},
                                       {0}};
static const struct record *const records[] = {&block_record, &lift_form, &mark_record, &excuse_form, &support_record, &support_opening, &block_opening, NULL};
const struct feature trust_feature = {.name = "trust", .routes = routes, .queries = trust_queries, .records = records, .timers = timers};
