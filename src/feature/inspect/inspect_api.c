/* inspect_api.c - opening, refusing and visiting posts. */
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/inspect/inspect_rules.h"
#include "feature/inspect/inspect_store.h"
#include "feature/job/job.h"
#include "feature/picture/picture.h"
#include "http/route.h"

enum { CHECKERS = DESK | INSPECTOR | ADMIN };
struct verdict {
    int32_t level, rhythm;
    uint32_t needs;
    struct str reason;
};
static const struct choice ways[] = {{"papers"}, {"phoned"}, {"visited"}, {0}};
static const struct field verify_fields[] = {
    FIELD(struct verdict, level, ENUM, .choices = ways, .see = NOBODY, .put = CHECKERS, .required = true, .doc = "How it was checked."),
    FIELD(struct verdict, needs, MASK, .choices = needs, .words = "needs", .see = NOBODY, .put = CHECKERS, .doc = "What the work asks of the body; left out: as posted, or as the words say."),
    FIELD(struct verdict, rhythm, ENUM, .choices = rhythms, .see = NOBODY, .put = CHECKERS, .doc = "When pay comes, of a post that nobody verified yet; left out: as posted."),
    {0}};
static const struct record verify_form = {"verdict", sizeof(struct verdict), verify_fields, "A post is real."};
static const struct field refuse_fields[] = {
    FIELD(struct verdict, reason, TEXT, .min = 2, .max = 400, .see = NOBODY, .put = CHECKERS, .required = true, .doc = "Why; its poster reads it."), {0}};
static const struct record refuse_form = {"refusal", sizeof(struct verdict), refuse_fields, "A post is refused."};

struct visits_of {
    int64_t job_id;
};
static const struct field visits_fields[] = {
    FIELD(struct visits_of, job_id, ID, .see = NOBODY, .put = STAFF, .doc = "Only those of this post."), {0}};
static const struct record visits_query = {"visits_query", sizeof(struct visits_of), visits_fields, "Which visits."};

static enum err load(struct request *rq);
static enum err verify(struct request *rq);
static enum err turn_down(struct request *rq);
static enum err visit(struct request *rq);
static enum err list(struct request *rq);

static const struct route routes[] = {
    ROUTE(POST, "/api/v1/jobs/:job/verify", CHECKERS, verify, .in = &verify_form, .owns = load, .doc = "Opens a post: it is real."),
    ROUTE(POST, "/api/v1/jobs/:job/refuse", CHECKERS, turn_down, .in = &refuse_form, .owns = load, .doc = "Refuses a post, with the reason."),
    ROUTE(POST, "/api/v1/jobs/:job/visits", DESK | INSPECTOR, visit, .in = &visit_record, .out = &visit_record, .owns = load, .doc = "Five questions answered at the door."),
    ROUTE(GET, "/api/v1/visits", STAFF, list, .in = &visits_query, .out = &visit_record, .list = true, .doc = "Latest visits."),
    ROUTE(GET, "/api/v1/visits-next", CHECKERS, visit_next, .out = &visit_next_record, .list = true, .doc = "Workplaces to see, the most pressing first."),
    ROUTE(PUT, "/api/v1/visits/:visit/pictures/:n", DESK | INSPECTOR, visit_picture_put, .owns = visit_load_own, .before = picture_read,
          .body_max = PICTURE_BODY, .rate = PER_HOUR(300), .doc = "Picture 1 to 6 of one's own visit; the body is a JPEG or PNG. The first one stays."),
    ROUTE(GET, "/api/v1/visits/:visit/pictures/:n", ANYONE, visit_picture_get, .owns = visit_load_seen, .doc = "One picture, image/jpeg."),
    ROUTE(DELETE, "/api/v1/visits/:visit/pictures/:n", DESK | INSPECTOR | ADMIN, visit_picture_drop, .owns = visit_load_drop, .doc = "Takes a picture away."),
    ROUTE(PUT, "/api/v1/visits/:visit/film", DESK | INSPECTOR, visit_film_put, .owns = visit_load_own, .before = film_read,
          .body_max = FILM_BODY, .rate = PER_HOUR(60), .doc = "The film of one's own visit; its first 30 seconds are kept. The first one stays."),
    ROUTE(GET, "/api/v1/visits/:visit/film", ANYONE, visit_film_get, .owns = visit_load_seen, .doc = "The film, video/mp4; ranges are served."),
    ROUTE(GET, "/api/v1/visits/:visit/poster", ANYONE, visit_poster_get, .owns = visit_load_seen, .doc = "A picture of the film, image/jpeg."),
    ROUTE(DELETE, "/api/v1/visits/:visit/film", DESK | INSPECTOR | ADMIN, visit_film_drop, .owns = visit_load_drop, .doc = "Takes the film away."),
    {0}};

static enum err load(struct request *rq)
{
    struct job *j = NEW(rq->a, struct job);
    enum err e = job_get(rq, param_id(rq, "job"), j);
    rq->object = j;
    return e ? e : staff_covers(rq, j->city, j->district, 0) ? OK : ERR_NONE;
}

/* The same for opening by phone, by papers and by a visit. */
static enum err open_post(struct request *rq, const struct job *j, enum level level, const struct verdict *said)
{
    struct employer p;
    if (rq->who->employer_id && rq->who->employer_id == j->employer_id)
        return refuse(rq, &own_post);
    enum err e = employer_get(rq, j->employer_id, &p);
    if (e == ERR_NONE || (!e && p.state != EMPLOYER_VERIFIED))
        return refuse(rq, &employer_unverified);
    if (!e && j->state != JOB_OPEN)
        e = job_has_shift(rq, j->id);
    if (!e)
        e = job_pay_lawful(rq, j->id);
    if (!e)
        e = job_settle_needs(rq, j, given(rq, "needs") ? &said->needs : NULL);
    if (!e && given(rq, "rhythm"))
        e = job_settle_rhythm(rq, j, (enum rhythm)said->rhythm);
    if (!e)
        e = job_verify(rq, j->id, level);
    return e == ERR_CONFLICT ? refuse(rq, &post_not_waiting) : e;
}

static enum err finish(struct request *rq, enum err e)
{
    audit_about(rq, &job_record, ((struct job *)rq->object)->id);
    publish_after(rq, S("hall"));
    return e ? e : reply_none(rq);
}

static enum err verify(struct request *rq)
{
    static const enum level levels[] = {LEVEL_PAPERS, LEVEL_PHONED, LEVEL_VISITED};
    const struct verdict *in = rq->in;
    return finish(rq, open_post(rq, rq->object, levels[in->level], in));
}

static enum err turn_down(struct request *rq)
{
    struct job *j = rq->object;
    struct str why = ((struct verdict *)rq->in)->reason;
    rq->audit_reason = why;
    if (j->state == JOB_CLOSED || j->state == JOB_REFUSED)
        return refuse(rq, &post_not_waiting);
    enum err e = job_move(rq, j->id, (enum job_state)j->state, JOB_REFUSED);
    if (!e)
        e = job_say(rq, j, why);
    return finish(rq, e == ERR_CONFLICT ? refuse(rq, &post_not_waiting) : e);
}

/* What the table says: open, hold, close, suspend the employer, or nothing. */
static enum err act(struct request *rq, const struct job *j, const struct visit *v)
{
    enum job_state from = (enum job_state)j->state;
    enum err e = OK;
    switch (visit_event((enum outcome)v->outcome, from)) {
    case EVENT_VERIFY:
        return open_post(rq, j, LEVEL_VISITED, &(struct verdict){.needs = v->needs});
    case EVENT_HOLD:
        return job_move(rq, j->id, from, JOB_HELD);
    case EVENT_CLOSE_SUSPEND:
        e = job_move(rq, j->id, from, JOB_REFUSED);
        return e ? e : employer_suspend(rq, j->employer_id);
    case EVENT_SUSPEND:
        return employer_suspend(rq, j->employer_id);
    case EVENT_LATE:
        return refuse(rq, &post_not_waiting);
    case EVENT_KEEP:
    default:
        return OK;
    }
}

static enum err visit(struct request *rq)
{
    struct visit *v = rq->in;
    struct job *j = rq->object;
    const struct rule *broken = outcome_broken((enum outcome)v->outcome, v->answers);
    if (broken)
        return refuse(rq, broken);
    v->id = new_id(rq);
    v->city = j->city;
    v->district = j->district;
    v->job_id = j->id;
    v->employer_id = j->employer_id;
    v->by_id = rq->who->account_id;
    v->at_ms = rq->now_ms;
    v->expires = cal_day(rq->now_ms) + (int32_t)rule_number(rq, "inspection.expiry_days", 30);
    enum err e = act(rq, j, v);
    if (e == ERR_CONFLICT)
        return refuse(rq, &post_not_waiting);
    if (!e)
        e = visit_add(rq, v);
    audit_about(rq, &visit_record, v->id);
    publish_after(rq, S("hall"));
    return e ? e : reply_record(rq, 201, &visit_record, v);
}

static enum err list(struct request *rq)
{
    struct visit *v;
    size_t n, kept = 0;
    enum err e = visit_list(rq, staff_reach(rq), ((struct visits_of *)rq->in)->job_id, &v, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (staff_covers(rq, v[i].city, v[i].district, 0))
            v[kept++] = v[i];
    return e ? e : reply_items(rq, &visit_record, v, kept, 0);
}

static const struct timer timers[] = {{.name = "inspect.films_old", .every_s = 3600, .run = visit_films_old}, {0}};
static const struct record *const records[] = {&visit_record, &verify_form, &refuse_form, &visits_query, &visit_next_record, NULL};
const struct feature inspect_feature = {.name = "inspect", .routes = routes, .queries = inspect_queries, .records = records, .timers = timers};
