/* job_api.c - posting, screening, verifying, closing. A post is born submitted or held; only a person
 * opens it. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/job/job_rules.h"
#include "feature/job/job_store.h"
#include "feature/picture/picture.h"
#include "feature/site/site.h"
#include "http/page.h"
#include "http/places.h"
#include "http/route.h"

enum { CHECKERS = DESK | INSPECTOR | ADMIN };
struct by_state {
    int32_t state; /* JOB_SUBMITTED, JOB_HELD or JOB_OPEN */
    int64_t after;
};
static const struct choice waiting_states[] = {{"submitted"}, {"held"}, {"open"}, {0}};
static const struct field by_state_fields[] = {
    FIELD(struct by_state, state, ENUM, .choices = waiting_states, .see = NOBODY, .put = CHECKERS, .doc = "What they wait for; submitted when left out. open: an imported one that was verified waits for a shift ahead."),
    FIELD(struct by_state, after, ID, .see = NOBODY, .put = CHECKERS, .doc = "The `next` of the page before."),
    {0}};
static const struct record by_state = {"jobs_by_state", sizeof(struct by_state), by_state_fields, "Which posts."};

const struct rule underpaid = {"underpaid", "劳动合同法 Art. 72, 85: rules/wages.rule"};
static const struct field words_fields[] = {
    FIELD(struct job, title, TEXT, .max = 60, .see = NOBODY, .put = POSTER | DESK, .doc = "Title."),
    FIELD(struct job, text, TEXT, .max = 8000, .see = NOBODY, .put = POSTER | DESK, .doc = "Text."),
    FIELD(struct job, needs, MASK, .choices = needs, .words = "needs", .see = POSTER | DESK, .put = NOBODY, .doc = "What they say."),
    {0}};
struct whose {
    int64_t employer_id;
};
static const struct field whose_fields[] = {
    FIELD(struct whose, employer_id, ID, .see = NOBODY, .put = CHECKERS, .required = true, .doc = "The employer."), {0}};
static const struct record whose = {"whose_post", sizeof(struct whose), whose_fields, "Whose post it is."};
struct where {
    int64_t district;
};
static const struct field where_fields[] = {
    FIELD(struct where, district, INT, .district = true, .min = 1, .see = NOBODY, .put = CHECKERS, .required = true, .doc = "District code."), {0}};
static const struct record where = {"where_post", sizeof(struct where), where_fields, "Where the work is."};
static const struct record words_said = {"words_said", sizeof(struct job), words_fields, "Words of a post."};

const struct rule job_blocked = {"post_blocked", "rules/post.rule"};
static const struct rule post_doubtful = {"post_doubtful", "rules/post.rule: effect ask"};
static const struct rule post_moved = {"post_moved", "someone was faster"};
const struct rule shift_missing = {"shift_missing", "人力资源市场暂行条例 Art. 24: what is not known is not shown as fact"};
static const struct rule employer_missing = {"employer_missing", "V01"};

static enum err post(struct request *rq);
static enum err say_needs(struct request *rq);
static enum err show(struct request *rq);
static enum err waiting(struct request *rq);
static enum err my_posts(struct request *rq);
static enum err firm_posts(struct request *rq);
static enum err name_firm(struct request *rq);
static enum err name_district(struct request *rq);
static enum err close_post(struct request *rq);
static enum err load_mine(struct request *rq);
static enum err load_seen(struct request *rq);

static const struct route routes[] = {
    ROUTE(POST, "/api/v1/jobs", POSTER | DESK, post, .in = &job_record, .out = &job_record,
          .rate = PER_HOUR(600), .doc = "Posts a job with its first shift; it waits for verification."),
    ROUTE(GET, "/api/v1/employer/jobs", POSTER, my_posts, .out = &job_record, .list = true, .doc = "My posts by shift, latest first."),
    ROUTE(POST, "/api/v1/needs-of-words", POSTER | DESK, say_needs, .in = &words_said, .out = &words_said, .rate = PER_HOUR(600),
          .doc = "What the work asks of the body by the words of a post, before it is posted."),
    ROUTE(GET, "/api/v1/jobs/:job", POSTER | STAFF, show, .out = &job_record, .owns = load_mine, .doc = "One post with what screening found."),
    ROUTE(GET, "/api/v1/jobs-waiting", CHECKERS, waiting, .in = &by_state, .out = &job_record, .list = true, .doc = "Posts that wait, longest first, 200 at a time."),
    ROUTE(GET, "/api/v1/jobs/:job/shifts", POSTER | STAFF, job_shift_list, .out = &shift_record, .list = true, .owns = load_mine,
          .doc = "Shifts of a post."),
    ROUTE(POST, "/api/v1/jobs/:job/shifts", POSTER | CHECKERS, job_shift_add, .in = &shift_record, .out = &shift_record, .owns = load_mine,
          .doc = "Adds a shift. To a verified post the poster adds what is like the shifts that were seen; anything else becomes a post of its own that waits: its job_id says which."),
    ROUTE(DELETE, "/api/v1/jobs/:job/shifts/:shift", CHECKERS, job_shift_drop, .owns = load_mine,
          .doc = "Takes back a shift that was stated wrongly, while nobody has a place; whoever was asked is told."),
    ROUTE(GET, "/api/v1/employers/:employer/jobs", CHECKERS, firm_posts, .out = &job_record, .list = true, .owns = employer_load,
          .doc = "Posts of a firm by shift, latest first."),
    ROUTE(POST, "/api/v1/jobs/:job/firm", CHECKERS, name_firm, .in = &whose, .owns = load_mine,
          .doc = "Says whose post it is, while it waits and its advertisement named no firm."),
    ROUTE(POST, "/api/v1/jobs/:job/district", CHECKERS, name_district, .in = &where, .owns = load_mine,
          .doc = "Says in which district the work is, while the post waits: its staff are to look at it."),
    ROUTE(POST, "/api/v1/jobs/:job/close", POSTER | CHECKERS, close_post, .owns = load_mine, .doc = "Closes a post."),
    ROUTE(POST, "/api/v1/jobs/:job/pictures", POSTER | DESK, job_picture_add, .out = &job_picture_record, .owns = load_mine,
          .before = picture_read, .body_max = PICTURE_BODY, .rate = PER_HOUR(120), .doc = "Adds a sample picture; the body is a JPEG or PNG. On a verified post it waits until seen."),
    ROUTE(GET, "/api/v1/jobs/:job/pictures", ANYONE, job_picture_list, .out = &job_picture_record, .list = true, .owns = load_seen,
          .doc = "Sample pictures of a post."),
    ROUTE(GET, "/api/v1/jobs/:job/pictures/:picture", ANYONE, job_picture_get, .owns = load_seen, .doc = "One picture, image/jpeg."),
    ROUTE(DELETE, "/api/v1/jobs/:job/pictures/:picture", POSTER | CHECKERS, job_picture_drop, .owns = load_mine, .doc = "Takes a picture away."),
    ROUTE(GET, "/api/v1/job-pictures-waiting", CHECKERS, job_pictures_waiting, .out = &job_picture_record, .list = true,
          .doc = "Pictures that came after their post was verified."),
    ROUTE(POST, "/api/v1/jobs/:job/pictures/:picture/show", CHECKERS, job_picture_show, .owns = load_mine, .doc = "Seen; everybody may see it now."),
    {0}};

static enum err load_mine(struct request *rq)
{
    struct job *j = NEW(rq->a, struct job);
    enum err e = job_get(rq, param_id(rq, "job"), j);
    if (e)
        return e;
    rq->object = j;
    return job_covered(rq, j) ? OK : ERR_NONE;
}

bool job_covered(const struct request *rq, const struct job *j)
{
    bool mine = rq->who->employer_id && j->employer_id == rq->who->employer_id;
    return mine || staff_covers(rq, j->city, j->district, 0);
}

enum err job_seen(struct request *rq, const struct job *j)
{
    struct employer who;
    bool open = j->state == JOB_OPEN && j->verified_by && j->valid_to >= cal_day(rq->now_ms);
    enum err e = open ? employer_get(rq, j->employer_id, &who) : ERR_NONE;
    return !e && who.state != EMPLOYER_VERIFIED ? ERR_NONE : e;
}

/* What anybody may see of a post that is shown; before that, who may see the post. */
static enum err load_seen(struct request *rq)
{
    enum err e = load_mine(rq);
    return e == ERR_NONE && rq->object ? job_seen(rq, rq->object) : e;
}

/* What must be changed, each beside the field it is about. */
static void mark_fields(struct request *rq, const struct findings *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->v[i].effect >= EFFECT_ASK)
            errors_add(&rq->problem.fields, f->v[i].field, "input.rule",
                       job_findings_plain(rq, job_findings_text(rq, &(struct findings){{f->v[i]}, 1})));
}

/* Blocked: back to the poster with what is wrong; where only words say so, unless he asks for a person to look. Held or
 * clean: stored, waits for a person. */
static enum err screen(struct request *rq, struct job *j)
{
    struct findings f;
    enum rule_effect worst = job_screen(rq, j, &f, &j->findings);
    if (f.n && (worst == EFFECT_BLOCK || (worst == EFFECT_ASK && !j->look))) {
        mark_fields(rq, &f);
        return refuse_arg(rq, worst == EFFECT_ASK ? &post_doubtful : &job_blocked, job_findings_plain(rq, j->findings));
    }
    j->state = f.n && worst >= EFFECT_HOLD ? JOB_HELD : JOB_SUBMITTED;
    return OK;
}

static enum err fill(struct request *rq, struct job *j)
{
    struct employer who;
    int64_t id = rq->who->roles & DESK && j->employer_id ? j->employer_id : rq->who->employer_id;
    if (!id)
        return refuse(rq, &employer_missing);
    enum err e = employer_get(rq, id, &who);
    if (e)
        return e;
    j->id = new_id(rq);
    j->city = rq->city;
    j->employer_id = id;
    j->employer_name = who.name;
    if (!j->district) /* whose staff are near */
        j->district = district_said(rq, j->address);
    j->district = j->district ? j->district : who.district;
    if (!geo_known(j->place))
        j->place = place_of(rq, j->address);
    if (!geo_known(j->place) && j->district == who.district)
        j->place = who.place; /* a way to another district would be a wrong one */
    j->source = S("self");
    j->source_id = str_fmt(rq->a, "%lld", (long long)j->id);
    j->made_ms = rq->now_ms;
    j->heads = j->cap;
    j->needs = given(rq, "needs") ? j->needs : job_said_needs(rq, j);
    j->needs |= shift_is_night(j->start_ms, j->end_ms) ? 1u << NEED_NIGHT : 0;
    j->verified_by = j->verified_ms = 0;
    j->level = LEVEL_NONE;
    return OK;
}

/* Farther from every market and station of the city than its farthest village is: a slip, or another city. */
static enum err place_far(struct request *rq, struct geo place)
{
    enum { FAR_M = 150000 };
    struct site *v;
    size_t n = 0, known = 0, near = 0;
    enum err e = geo_known(place) ? site_all(rq, &v, &n) : OK;
    for (size_t i = 0; !e && i < n; i++) {
        known += geo_known(v[i].place);
        near += geo_known(v[i].place) && geo_m(v[i].place, place) <= FAR_M;
    }
    return !e && known && !near ? fail_field(rq, "place", "input.place_far", S("")) : e;
}

/* What the field table cannot say: fields that hang on others, and on today. */
static enum err form_broken(struct request *rq, const struct job *j)
{
    int32_t today = cal_day(rq->now_ms), last = today + (int32_t)rule_number(rq, "post.max_valid_days", 30);
    if (!j->start_ms)
        return fail_field(rq, "start_ms", "input.required", S(""));
    if (!j->end_ms)
        return fail_field(rq, "end_ms", "input.required", S(""));
    if (j->cap < 1)
        return fail_field(rq, "cap", "input.required", S(""));
    if (j->valid_to < today)
        return fail_field(rq, "valid_to", "input.past", S(""));
    if (j->valid_to > last)
        return fail_field(rq, "valid_to", "input.last_day", cal_day_text(rq->a, last));
    enum err e = job_shift_wrong(rq, j);
    if (e)
        return e;
    if (!j->pay_max_fen || j->pay_max_fen >= j->pay_fen)
        return OK;
    errors_add_fen(&rq->problem.fields, "pay_max_fen", LEAST, j->pay_fen);
    return fail(rq, ERR_INPUT, NULL);
}

/* As the caller reads it. */
static void word_findings(struct request *rq, struct job *j)
{
    if (rq->who->employer_id)
        j->findings = job_findings_plain(rq, j->findings);
}

static enum err post(struct request *rq)
{
    struct job *j = rq->in;
    enum err e = form_broken(rq, j);
    if (!e)
        e = place_far(rq, j->place);
    if (!e)
        e = fill(rq, j);
    if (!e)
        e = screen(rq, j);
    if (!e)
        e = job_add(rq, j);
    struct shift s = {.id = new_id(rq), .city = rq->city, .job_id = j->id, .start_ms = j->start_ms,
                      .end_ms = j->end_ms, .break_min = j->break_min, .cap = j->cap};
    if (!e)
        e = shift_add(rq, &s);
    if (e)
        return e;
    j->shift_id = s.id;
    j->left = j->cap;
    audit_about(rq, &job_record, j->id);
    publish_after(rq, S("desk"));
    word_findings(rq, j);
    return reply_record(rq, 201, &job_record, j);
}

/* What the words of a post that waits say, for whoever verifies it. */
static void read_words(const struct request *rq, struct job *j)
{
    struct hours h;
    j->said_needs = job_said_needs(rq, j);
    if (!hours_parse(j->text, &h))
        return;
    j->said_from_min = h.from_min;
    j->said_to_min = h.to_min;
    j->said_break_min = h.break_min;
}

static enum err say_needs(struct request *rq)
{
    struct job *j = rq->in;
    j->needs = job_said_needs(rq, j);
    return reply_record(rq, 200, &words_said, j);
}

static enum err show(struct request *rq)
{
    word_findings(rq, rq->object);
    return reply_record(rq, 200, &job_record, rq->object);
}

static enum err waiting(struct request *rq)
{
    struct job *v;
    size_t n, kept = 0;
    const struct by_state *in = rq->in;
    struct job behind = {.id = 0};
    enum err e = in->after ? job_get(rq, in->after, &behind) : OK;
    behind.state = in->state;
    if (!e)
        e = job_in_state(rq, &behind, staff_reach(rq), &v, &n);
    int64_t next = !e && n == JOB_PAGE ? v[n - 1].id : 0;
    for (size_t i = 0; !e && i < n; i++)
        if (session_covers(rq->who, CHECKERS, v[i].city, v[i].district, 0))
            v[kept++] = v[i];
    for (size_t i = 0; i < kept; i++)
        read_words(rq, &v[i]);
    return e ? e : reply_items(rq, &job_record, v, kept, next);
}

static enum err posts_of(struct request *rq, int64_t employer_id)
{
    struct job *v;
    size_t n, kept = 0;
    enum err e = job_of_employer(rq, employer_id, &v, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (job_covered(rq, &v[i]))
            v[kept++] = v[i];
    for (size_t i = 0; i < kept; i++)
        word_findings(rq, &v[i]);
    return e ? e : reply_items(rq, &job_record, v, kept, 0);
}

static enum err my_posts(struct request *rq)
{
    return posts_of(rq, rq->who->employer_id);
}

static enum err firm_posts(struct request *rq)
{
    return posts_of(rq, ((struct employer *)rq->object)->id);
}

static enum err name_firm(struct request *rq)
{
    const struct job *j = rq->object;
    struct employer p;
    audit_about(rq, &job_record, j->id);
    enum err e = employer_get(rq, ((struct whose *)rq->in)->employer_id, &p);
    if (e == ERR_NONE || (!e && p.state == EMPLOYER_MERGED))
        return fail_field(rq, "employer_id", "job.no_such_firm", S(""));
    if (!e)
        e = account_not_own(rq, 0, p.id);
    if (!e)
        e = job_give_to(rq, j->id, &p);
    if (e == ERR_CONFLICT)
        return refuse(rq, &post_moved);
    return e ? e : reply_none(rq);
}

static enum err name_district(struct request *rq)
{
    const struct job *j = rq->object;
    audit_about(rq, &job_record, j->id);
    enum err e = job_lies_in(rq, j->id, ((struct where *)rq->in)->district);
    if (e == ERR_CONFLICT)
        return refuse(rq, &post_moved);
    return e ? e : reply_none(rq);
}

static enum err close_post(struct request *rq)
{
    struct job *j = rq->object;
    audit_about(rq, &job_record, j->id);
    if (j->state == JOB_CLOSED || j->state == JOB_REFUSED)
        return refuse(rq, &post_moved);
    enum err e = job_move(rq, j->id, (enum job_state)j->state, JOB_CLOSED);
    publish_after(rq, S("hall"));
    if (e == ERR_CONFLICT)
        return refuse(rq, &post_moved);
    return e ? e : reply_none(rq);
}

enum err job_has_shift(struct request *rq, int64_t job_id)
{
    struct job *v;
    size_t n = 0;
    enum err e = job_ahead(rq, job_id, &v, &n);
    return e ? e : n ? OK : refuse(rq, &shift_missing);
}

enum err job_settle_needs(struct request *rq, const struct job *j, const uint32_t *stated)
{
    struct job *v;
    size_t n = 0;
    uint32_t set = stated ? *stated : j->needs ? j->needs : job_said_needs(rq, j);
    enum err e = job_ahead(rq, j->id, &v, &n);
    for (size_t i = 0; !e && i < n; i++)
        set |= shift_is_night(v[i].start_ms, v[i].end_ms) ? 1u << NEED_NIGHT : 0;
    return e || set == j->needs ? e : job_set_needs(rq, j->id, set);
}

enum err job_pay_lawful(struct request *rq, int64_t job_id)
{
    struct job *v;
    size_t n;
    enum err e = job_ahead(rq, job_id, &v, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (job_underpaid(rq, &v[i]))
            return refuse(rq, &underpaid);
    return e;
}

/* ---- the law changes while posts are open ---- */

enum { LOOK_AHEAD_DAYS = 30 };

struct held {
    struct arena a; /* outlives the reading */
    int64_t *ids;   /* of posts */
    size_t n;
};

static enum err find_underpaid(struct request *rq)
{
    struct held *h = rq->object;
    struct job *v;
    size_t n = 0;
    struct wage_floor law[2] = {{.hour_fen = 0}, {.hour_fen = 0}};
    int32_t today = cal_day(rq->now_ms);
    for (int i = 0; i < 2; i++)
        (void)rules_wage_law(rq->app->rules, rq->city, today + i * LOOK_AHEAD_DAYS, &law[i]);
    const struct wage_floor *most = &law[law[1].hour_fen > law[0].hour_fen];
    enum err e = most->hour_fen ? job_maybe_underpaid(rq, most->hour_fen, most->month_fen, &v, &n) : OK;
    h->ids = NEW_N(&h->a, n + 1, int64_t);
    for (size_t i = 0; !e && i < n; i++)
        if (job_underpaid(rq, &v[i]))
            h->ids[h->n++] = v[i].id;
    return e;
}

/* Asked once more: pay may have been raised since it was found. */
static enum err hold_found(struct request *rq)
{
    const struct held *h = rq->object;
    enum err e = OK;
    for (size_t i = 0; !e && i < h->n; i++) {
        e = job_pay_lawful(rq, h->ids[i]);
        if (e != ERR_RULE)
            continue;
        e = job_move(rq, h->ids[i], JOB_OPEN, JOB_HELD);
        e = e == ERR_CONFLICT ? OK : e;
    }
    publish_after(rq, S("hall"));
    return e;
}

enum err job_hold_underpaid(struct app *app)
{
    struct held h = {.n = 0};
    arena_init(&h.a, 0);
    enum err e = app_read(app, find_underpaid, &h);
    if (!e && h.n)
        e = app_write(app, hold_found, &h);
    arena_done(&h.a);
    return e;
}

static const struct timer timers[] = {{.name = "job.close_old", .every_s = 600, .run = job_close_old},
                                       {.name = "job.hold_underpaid", .every_s = 3600, .heavy = true, .outside = job_hold_underpaid},
                                       {0}};
static const struct record *const records[] = {&job_record, &shift_record, &job_picture_record, &words_said, &whose, &where, NULL};
const struct feature job_feature = {.name = "job", .routes = routes, .queries = job_queries, .records = records, .timers = timers};
