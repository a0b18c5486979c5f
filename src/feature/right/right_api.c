/* right_api.c - complaining in three questions; the list of the rights desk; closing with a reason. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/hire/hire.h"
#include "feature/job/job.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/right/right_store.h"
#include "http/page.h"
#include "http/reply.h"
#include "http/route.h"
#include "http/texts.h"

enum { RIGHTS = MEDIATOR | DESK | ADMIN };
static const struct rule complaint_closed = {"complaint_closed", "closed once"};
struct closing {
    int32_t result;
    struct str reason;
};
static const struct choice endings[] = {{"upheld"}, {"settled"}, {"unfounded"}, {0}};
static const struct field closing_fields[] = {
    FIELD(struct closing, result, ENUM, .choices = endings, .see = NOBODY, .put = RIGHTS, .required = true, .doc = "How it ended."),
    FIELD(struct closing, reason, TEXT, .min = 2, .max = 400, .see = NOBODY, .put = RIGHTS, .required = true, .doc = "What was found and done."),
    {0}};
static const struct record closing_form = {"closing", sizeof(struct closing), closing_fields, "Closing a complaint."};
struct calling {
    struct str reason, phone;
};
static const struct field calling_fields[] = {
    FIELD(struct calling, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = RIGHTS, .required = true, .doc = "Why the number is opened."),
    FIELD(struct calling, phone, TEXT, .see = RIGHTS, .put = NOBODY, .doc = "The number."),
    {0}};
static const struct record calling_form = {"calling", sizeof(struct calling), calling_fields, "Opening the number to call back."};

static enum err page(struct request *rq);
static enum err complain(struct request *rq);
static enum err page_done(struct request *rq);
static enum err list(struct request *rq);
static enum err close_it(struct request *rq);
static enum err open_phone(struct request *rq);
static enum err load(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/complain", ANYONE, page, .doc = "Page: three questions; ?hire= or ?job= fills the second."),
    ROUTE(POST, "/api/v1/complaints", ANYONE, complain, .in = &complaint_record, .out = &complaint_record, .form = page,
          .rate = PER_HOUR(30), .doc = "Complains; somebody calls back."),
    ROUTE(GET, "/complain/done", ANYONE, page_done, .doc = "Page: who calls, and by when."),
    ROUTE(GET, "/api/v1/complaints", RIGHTS, list, .out = &complaint_record, .list = true, .doc = "Complaints, the next deadline first."),
    ROUTE(POST, "/api/v1/complaints/:complaint/close", RIGHTS, close_it, .in = &closing_form, .owns = load, .doc = "Closes one, with a result and a reason."),
    ROUTE(POST, "/api/v1/complaints/:complaint/open", RIGHTS, open_phone, .in = &calling_form, .out = &calling_form, .owns = load,
          .rate = PER_HOUR(120), .doc = "Opens the number to call back, with a reason, audited."),
    {0}};

/* ---- three questions ---- */

/* The day of whoever worked (0: none is named), and the post, of which ret->id is 0 where none is. */
static enum err name_work(struct request *rq, struct complaint *c, int64_t *ret_worker, struct job *ret)
{
    struct hire h = {0};
    *ret = (struct job){.id = 0};
    enum err e = c->hire_id ? hire_get(rq, c->hire_id, &h) : OK;
    if (!e && c->hire_id)
        c->job_id = h.job_id;
    if (!e && c->job_id)
        e = job_get(rq, c->job_id, ret);
    if (e)
        return e;
    *ret_worker = h.person_id;
    c->title = h.id ? h.title : ret->title;
    c->start_ms = h.start_ms;
    c->end_ms = h.end_ms;
    return OK;
}

/* What it is about: an own day of work, or any post. ERR_NONE when there is no such thing. */
static enum err find_work(struct request *rq, struct complaint *c, struct job *ret)
{
    struct job j;
    int64_t worker = 0;
    *ret = (struct job){.id = 0};
    enum err e = name_work(rq, c, &worker, &j);
    if (!e && c->hire_id && worker != rq->who->person_id)
        e = ERR_NONE;
    if (e || !j.id)
        return e;
    *ret = j;
    c->employer_id = j.employer_id;
    c->employer_name = j.employer_name;
    c->district = j.district;
    return OK;
}

/* As whoever complains knows it: firm, work, and of a day when it was. */
static struct str work_said(struct request *rq, const struct complaint *c)
{
    struct str s = str_fmt(rq->a, "%.*s%s%.*s", SV(c->employer_name), c->employer_name.n ? " · " : "", SV(c->title));
    return c->start_ms ? str_fmt(rq->a, "%.*s · %.*s", SV(s), SV(show_span(rq, c->start_ms, c->end_ms))) : s;
}

static void view_whats(struct request *rq, struct view *v, int32_t chosen)
{
    for (int32_t i = 0; complaint_whats[i].key; i++) {
        struct view *one = view_item(v, "whats");
        view_str(one, "key", str_c(complaint_whats[i].key));
        view_str(one, "text", text_of(rq, "complaint.what", complaint_whats[i].key));
        view_bool(one, "on", i == chosen);
    }
}

/* What became of his own: that somebody calls, and by when; or how it ended. */
static enum err view_own(struct request *rq, struct view *v)
{
    struct complaint *c;
    size_t n = 0;
    enum err e = rq->who->person_id ? complaint_of_person(rq, rq->who->person_id, &c, &n) : OK;
    view_bool(v, "has_own", n > 0);
    for (size_t i = 0; !e && i < n; i++) {
        struct job j;
        int64_t worker;
        struct view *one = view_item(v, "own");
        e = name_work(rq, &c[i], &worker, &j);
        e = e == ERR_NONE ? OK : e;
        bool shown = c[i].hire_id || j.verified_by; /* I2 */
        bool open = c[i].state == COMPLAINT_OPEN;
        view_str(one, "what", text_of(rq, "complaint.what", complaint_whats[c[i].what].key));
        view_str(one, "work", shown ? work_said(rq, &c[i]) : S(""));
        view_str(one, "made", show_when(rq, c[i].made_ms));
        view_bool(one, "open", open);
        view_str(one, "due", open && c[i].due_ms > rq->now_ms ? show_when(rq, c[i].due_ms) : S(""));
        view_str(one, "end", open ? S("") : text_of(rq, "result", choice_key(record_field(&complaint_record, S("result")), c[i].result)));
    }
    return e;
}

static enum err page(struct request *rq)
{
    struct complaint c = {.what = -1};
    struct view *v = view_new(rq->a);
    if (rq->in) {
        c = *(struct complaint *)rq->in;
    } else {
        (void)str_i64(query_get(rq, rq->a, "hire"), &c.hire_id);
        (void)str_i64(query_get(rq, rq->a, "job"), &c.job_id);
    }
    struct job j;
    enum err e = find_work(rq, &c, &j);
    if (e && e != ERR_NONE)
        return e;
    view_whats(rq, v, c.what);
    view_str(v, "path", S("/complain"));
    if (c.hire_id || j.verified_by) /* I2 */
        view_str(v, "work", work_said(rq, &c));
    if (j.id)
        view_i64(v, c.hire_id ? "hire_id" : "job_id", c.hire_id ? c.hire_id : c.job_id);
    view_str(v, "about", c.about);
    view_str(v, "phone", c.phone);
    view_bool(v, "known", rq->who->person_id);
    e = view_own(rq, v);
    return e ? e : reply_page(rq, "right/complain", v);
}

static enum err caller_phone(struct request *rq, struct complaint *c)
{
    struct person p;
    if (rq->who->person_id && !c->phone.n) {
        enum err e = person_get(rq, rq->who->person_id, &p);
        c->phone = e ? S("") : p.phone;
        return e;
    }
    if (!account_phone(rq->a, c->phone).n)
        return fail_field(rq, "phone", "input.phone", S(""));
    c->phone = account_phone(rq->a, c->phone);
    return OK;
}

/* Who worked there and says that it is not as stated, costs money or is not safe takes the post off
 * the list until somebody has looked. A stranger's word alone hides nothing. */
static enum err hold_post(struct request *rq, const struct complaint *c)
{
    bool grave = c->what == WHAT_FEE || c->what == WHAT_UNTRUE || c->what == WHAT_UNSAFE;
    if (!c->hire_id || !grave)
        return OK;
    publish_after(rq, S("hall"));
    enum err e = job_move(rq, c->job_id, JOB_OPEN, JOB_HELD);
    return e == ERR_CONFLICT ? OK : e;
}

static enum err complain(struct request *rq)
{
    struct complaint *c = rq->in;
    struct job j;
    enum err e = find_work(rq, c, &j);
    if (e == ERR_NONE)
        return fail_field(rq, c->hire_id ? "hire_id" : "job_id", "input.choice", S(""));
    if (!e)
        e = caller_phone(rq, c);
    if (e)
        return e;
    c->id = new_id(rq);
    c->city = rq->city;
    c->person_id = rq->who->person_id;
    c->state = COMPLAINT_OPEN;
    c->result = RESULT_NONE;
    c->made_ms = rq->now_ms;
    c->due_ms = rq->now_ms + rule_number(rq, "complaint.call_hours", 24) * HOUR_MS;
    audit_about(rq, &complaint_record, c->id);
    e = complaint_add(rq, c);
    if (!e)
        e = hold_post(rq, c);
    return e ? e : reply_done(rq, 201, &complaint_record, c, S("/complain/done"));
}

static enum err page_done(struct request *rq)
{
    struct view *v = view_new(rq->a);
    view_i64(v, "hours", rule_number(rq, "complaint.call_hours", 24));
    return reply_page(rq, "right/done", v);
}

/* ---- the rights desk ---- */

static enum err load(struct request *rq)
{
    struct complaint *c = NEW(rq->a, struct complaint);
    enum err e = complaint_get(rq, param_id(rq, "complaint"), c);
    rq->object = c;
    return e ? e : staff_covers(rq, c->city, c->district, 0) ? OK : ERR_NONE;
}

static enum err mine(struct request *rq, struct complaint **ret, size_t *ret_n)
{
    size_t n, kept = 0;
    enum err e = complaint_list(rq, staff_reach(rq), ret, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (staff_covers(rq, (*ret)[i].city, (*ret)[i].district, 0))
            (*ret)[kept++] = (*ret)[i];
    *ret_n = kept;
    return e;
}

static enum err list(struct request *rq)
{
    struct complaint *v;
    size_t n;
    enum err e = mine(rq, &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        struct job j;
        int64_t worker;
        e = name_work(rq, &v[i], &worker, &j);
        e = e == ERR_NONE ? OK : e;
    }
    return e ? e : reply_items(rq, &complaint_record, v, n, 0);
}

/* Who complained hears how it ended, in his language; what was found the desk tells him. Its other side is not
 * written to: whoever complained is nobody's business there. */
static enum err tell(struct request *rq, const struct complaint *c)
{
    const struct texts *x = rq->app->texts;
    enum lang lang = LANG_ZH;
    enum err e = account_lang(rq, c->phone, &lang);
    struct str what = texts_get(x, lang, str_fmt(rq->a, "complaint.what.%s", complaint_whats[c->what].key));
    struct str end = texts_get(x, lang, str_fmt(rq->a, "result.%s", choice_key(record_field(&complaint_record, S("result")), c->result)));
    struct str all = str_fmt(rq->a, "%.*s%s%.*s%s%.*s", SV(c->employer_name), c->employer_name.n ? " · " : "", SV(what), lang ? ", " : ",", SV(end));
    return e ? e : notice_send_in(rq, lang, c->phone, "right.closed_letter", all);
}

static enum err close_it(struct request *rq)
{
    static const enum complaint_result results[] = {RESULT_UPHELD, RESULT_SETTLED, RESULT_UNFOUNDED};
    struct complaint *c = rq->object;
    const struct closing *in = rq->in;
    c->result = (int32_t)results[in->result];
    c->reason = in->reason;
    audit_about(rq, &complaint_record, c->id); /* without the reason: it is sealed with the complaint */
    enum err e = account_not_own(rq, c->person_id, c->employer_id);
    if (!e)
        e = complaint_close(rq, c);
    if (!e)
        e = tell(rq, c);
    return e == ERR_CONFLICT ? refuse(rq, &complaint_closed) : e ? e : reply_none(rq);
}

static enum err open_phone(struct request *rq)
{
    const struct complaint *c = rq->object;
    struct calling *out = rq->in;
    audit_about(rq, &complaint_record, c->id);
    rq->audit_reason = out->reason;
    rq->idem_key = S(""); /* the number is never kept for a replay */
    out->phone = c->phone;
    return reply_record(rq, 200, &calling_form, out);
}

static const struct record *const records[] = {&complaint_record, &closing_form, &calling_form, NULL};
const struct feature right_feature = {.name = "right", .routes = routes, .queries = right_queries, .records = records};
