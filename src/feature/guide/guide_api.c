/* guide_api.c - keeping a talk, whom to ask again, and opening what was said. */
#include "base/cal.h"
#include "feature/guide/guide_store.h"
#include "feature/person/person.h"
#include "http/route.h"

struct opening {
    struct str reason, note;
};
static const struct field opening_fields[] = {
    FIELD(struct opening, reason, TEXT, .min = 4, .max = 200, .see = NOBODY, .put = DESK, .required = true, .doc = "Why it is opened."),
    FIELD(struct opening, note, TEXT, .see = DESK, .put = NOBODY, .doc = "What was said."),
    {0}};
static const struct record opening_form = {"talk_opening", sizeof(struct opening), opening_fields, "Opening a talk."};

static enum err load_talk(struct request *rq);
static enum err keep(struct request *rq);
static enum err list(struct request *rq);
static enum err due(struct request *rq);
static enum err open_note(struct request *rq);
static enum err done(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/talks-due", DESK, due, .out = &talk_record, .list = true, .doc = "Whom to ask again, the longest overdue first."),
    ROUTE(GET, "/api/v1/people/:person/talks", DESK, list, .out = &talk_record, .list = true, .owns = person_load, .doc = "Talks with one person, the latest first."),
    ROUTE(POST, "/api/v1/people/:person/talks", DESK, keep, .in = &talk_record, .out = &talk_record, .owns = person_load, .doc = "Keeps a talk; earlier ones need no asking any more."),
    ROUTE(POST, "/api/v1/talks/:talk/open", DESK, open_note, .in = &opening_form, .out = &opening_form, .owns = load_talk, .rate = PER_HOUR(60),
          .doc = "What was said, with a reason, audited."),
    ROUTE(POST, "/api/v1/talks/:talk/done", DESK, done, .owns = load_talk, .doc = "Was asked; nothing more is needed."),
    {0}};

static enum err load_talk(struct request *rq)
{
    struct talk *k = NEW(rq->a, struct talk);
    struct person p;
    enum err e = talk_get(rq, param_id(rq, "talk"), k);
    rq->object = k;
    if (!e)
        e = person_get(rq, k->person_id, &p);
    return e ? e : person_covered(rq, &p) ? OK : ERR_NONE; /* where he lives now */
}

static enum err keep(struct request *rq)
{
    const struct person *p = rq->object;
    struct talk *k = rq->in;
    if (k->follow && k->follow < cal_day(rq->now_ms))
        return fail_field(rq, "follow", "talk.past", S(""));
    k->person_id = p->id;
    enum err e = talk_add(rq, k);
    audit_about(rq, &talk_record, k->id);
    return e ? e : reply_record(rq, 201, &talk_record, k);
}

static enum err list(struct request *rq)
{
    struct talk *v;
    size_t n;
    enum err e = talk_of_person(rq, ((const struct person *)rq->object)->id, &v, &n);
    return e ? e : reply_items(rq, &talk_record, v, n, 0);
}

static enum err due(struct request *rq)
{
    struct talk *v;
    struct person p;
    size_t n, kept = 0;
    enum err e = talk_due(rq, staff_reach(rq), &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = person_get(rq, v[i].person_id, &p);
        if (e || !staff_covers(rq, p.city, p.district, 0))
            continue;
        v[kept] = v[i];
        v[kept++].who = person_masked(rq, &p);
    }
    return e ? e : reply_items(rq, &talk_record, v, kept, 0);
}

static enum err open_note(struct request *rq)
{
    const struct talk *k = rq->object;
    struct opening *io = rq->in;
    audit_about(rq, &talk_record, k->id);
    rq->audit_reason = io->reason;
    rq->idem_key = S(""); /* what was opened is never kept for a replay */
    io->note = k->note;
    return reply_record(rq, 200, &opening_form, io);
}

static enum err done(struct request *rq)
{
    const struct talk *k = rq->object;
    enum err e = talk_close(rq, k->id);
    audit_about(rq, &talk_record, k->id);
    return e && e != ERR_NONE ? e : reply_none(rq); /* somebody was faster: it is done all the same */
}

static const struct record *const records[] = {&talk_record, &opening_form, NULL};
const struct feature guide_feature = {.name = "guide", .routes = routes, .queries = guide_queries, .records = records};
