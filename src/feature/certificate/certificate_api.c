/* certificate_api.c - a desk sees the original and writes down until when it holds. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/certificate/certificate_store.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "http/page.h"
#include "http/route.h"

static enum err list(struct request *rq);
static enum err put(struct request *rq);
static enum err take_away(struct request *rq);
static enum err load(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/people/:person/certificates", SEEKER | DESK, list, .out = &certificate_record, .list = true, .owns = load,
          .doc = "Certificates that a desk has seen, with their last days."),
    ROUTE(POST, "/api/v1/people/:person/certificates", DESK, put, .in = &certificate_record, .out = &certificate_record, .owns = load,
          .doc = "The original was seen; in place of an older one."),
    ROUTE(POST, "/api/v1/people/:person/certificates/:paper/remove", DESK, take_away, .owns = load, .doc = "It was entered wrongly, or taken away."),
    {0}};

/* Oneself, or anybody for the desk of the district. */
static enum err load(struct request *rq)
{
    struct person *p = NEW(rq->a, struct person);
    enum err e = person_get(rq, param_id(rq, "person"), p);
    rq->object = p;
    bool self = !e && p->id == rq->who->person_id;
    return e ? e : self || person_covered(rq, p) ? OK : ERR_NONE;
}

static enum err list(struct request *rq)
{
    struct certificate *v;
    size_t n;
    enum err e = certificates_of(rq, ((struct person *)rq->object)->id, &v, &n);
    return e ? e : reply_items(rq, &certificate_record, v, n, 0);
}

/* 保安员证 has no last day (保安服务管理条例 Art. 16); the others have one. */
static bool runs_out(int32_t paper)
{
    return !str_eq(str_c(papers[paper].key), S("guard"));
}

static enum err put(struct request *rq)
{
    struct certificate *c = rq->in;
    if (!c->to_day && runs_out(c->paper))
        return fail_field(rq, "to_day", "input.required", S(""));
    if (c->to_day && c->to_day < cal_day(rq->now_ms))
        return fail_field(rq, "to_day", "input.past", S(""));
    c->person_id = ((struct person *)rq->object)->id;
    c->by_id = rq->who->account_id;
    enum err e = account_not_own(rq, c->person_id, 0);
    if (!e)
        e = certificate_put(rq, c);
    audit_about(rq, &certificate_record, c->id);
    return e ? e : reply_record(rq, 201, &certificate_record, c);
}

static enum err take_away(struct request *rq)
{
    const struct person *p = rq->object;
    audit_about(rq, &person_record, p->id);
    rq->audit_reason = param(rq, "paper");
    enum err e = certificate_drop(rq, p->id, param(rq, "paper"));
    return e ? e : reply_none(rq);
}

/* ---- for pages ---- */

enum err certificates_view(struct request *rq, struct view *v, int64_t person_id)
{
    struct certificate *c;
    size_t n;
    int32_t today = cal_day(rq->now_ms);
    enum err e = certificates_of(rq, person_id, &c, &n);
    for (size_t i = 0; !e && i < n; i++) {
        struct view *one = view_item(v, "certificates");
        bool out = c[i].to_day && c[i].to_day < today, soon = c[i].to_day && !out && c[i].to_day <= today + CERTIFICATE_SOON_DAYS;
        view_record(rq, one, &certificate_record, &c[i]);
        view_bool(one, "is_out", out);
        view_bool(one, "is_soon", soon);
        view_bool(one, "is_good", !out && !soon);
        if (out || soon)
            view_bool(v, "papers_soon", true);
    }
    return e;
}

static const struct record *const records[] = {&certificate_record, NULL};
const struct feature certificate_feature = {.name = "certificate", .routes = routes, .queries = certificate_queries, .records = records};
