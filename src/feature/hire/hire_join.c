/* hire_join.c - the first time: a name, a phone number, six digits, and the place is taken. What was
 * typed goes to the page of the digits in a sealed cookie, then in hidden fields, so that no name stands in an address or a log. */
#include <string.h>

#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/hire/hire_api.h"
#include "feature/person/person.h"
#include "http/page.h"
#include "http/route.h"

struct join {
    struct str name, phone, code;
    int32_t age_said, born;
};
static const struct field ask_fields[] = {
    FIELD(struct join, name, TEXT, .min = 1, .max = 40, .see = NOBODY, .put = ANYONE, .seal = SEAL_NAME, .required = true, .doc = "Name."),
    FIELD(struct join, phone, TEXT, .max = 20, .see = NOBODY, .put = ANYONE, .seal = SEAL_PHONE, .required = true, .doc = "Mobile number."),
    FIELD(struct join, age_said, ENUM, .choices = ages_said, .see = NOBODY, .put = ANYONE, .doc = "Whether one is 18."),
    FIELD(struct join, born, DATE, .see = NOBODY, .put = ANYONE, .doc = "Day of birth; a night shift needs it."),
    {0}};
static const struct field join_fields[] = {
    FIELD(struct join, name, TEXT, .min = 1, .max = 40, .see = NOBODY, .put = ANYONE, .seal = SEAL_NAME, .required = true, .doc = "Name."),
    FIELD(struct join, phone, TEXT, .max = 20, .see = NOBODY, .put = ANYONE, .seal = SEAL_PHONE, .required = true, .doc = "The number the code was sent to."),
    FIELD(struct join, code, TEXT, .min = 6, .max = 6, .see = NOBODY, .put = ANYONE, .required = true, .doc = "The six digits."),
    FIELD(struct join, age_said, ENUM, .choices = ages_said, .see = NOBODY, .put = ANYONE, .doc = "Whether one is 18."),
    FIELD(struct join, born, DATE, .see = NOBODY, .put = ANYONE, .doc = "Day of birth; a night shift needs it."),
    {0}};
const struct record ask_form = {"join_ask", sizeof(struct join), ask_fields, "Asking for a place for the first time."};
const struct record join_form = {"join", sizeof(struct join), join_fields, "Taking a place for the first time."};

/* "", "/join", "/join/code" of the job asked about. */
static struct str page_of(struct request *rq, const char *tail)
{
    return str_fmt(rq->a, "/jobs/%lld%s", (long long)param_id(rq, "shift"), tail);
}

static enum err shift_of(struct request *rq, struct job *ret)
{
    enum err e = job_shown_one(rq, param_id(rq, "shift"), ret);
    if (e)
        return e == ERR_NONE ? refuse(rq, &shift_gone) : e;
    return shift_open(ret, false, rq->now_ms) ? OK : refuse(rq, &shift_begun);
}

static enum err show(struct request *rq, const char *page, const struct join *in)
{
    struct job j;
    struct view *v = view_new(rq->a);
    enum err e = shift_of(rq, &j);
    if (e)
        return e;
    job_view(rq, v, &j, (struct geo){0, 0});
    view_bool(v, "own_dock", true);
    view_bool(v, "ask_born", shift_is_night(j.start_ms, j.end_ms));
    view_str(v, "path", page_of(rq, strcmp(page, "hire/join") ? "/join/code" : "/join"));
    view_str(v, "title", text(rq, "page.hire/join"));
    view_str(view_child(v, "job"), "title", j.title);
    if (in) {
        view_str(v, "name", in->name);
        view_str(v, "phone", in->phone);
        view_str(v, "age_said", str_c(ages_said[in->age_said].key));
        struct ymd d = cal_date_ymd(in->born);
        if (in->born)
            view_fmt(v, "born", "%04d-%02d-%02d", d.y, d.m, d.d);
    }
    return reply_page(rq, page, v);
}

enum err page_join(struct request *rq)
{
    if (rq->who->person_id) /* known already: the page of the job has the button */
        return reply_see(rq, page_of(rq, ""));
    return show(rq, "hire/join", rq->in);
}

enum err page_join_code(struct request *rq)
{
    struct join in = {0};
    if (account_code_again(rq))
        return reply_see(rq, page_of(rq, "/join/code?wrong=1"));
    if (rq->in)
        return show(rq, "hire/join_code", rq->in);
    if (rq->who->person_id || !typed_before(rq, &ask_form, &in)) /* gone back to, or too late */
        return reply_see(rq, page_of(rq, rq->who->person_id ? "" : "/join"));
    return show(rq, "hire/join_code", &in);
}

/* What stands against it is said before a code is sent. Whoever has answered nothing may be known already. */
static enum err age_fits(struct request *rq, const struct join *in)
{
    const struct person p = {.born = in->born, .age_said = in->age_said};
    struct job j;
    enum err e = shift_of(rq, &j);
    if (e)
        return e;
    const struct rule *broken = age_rule(rq, &p, &j);
    if (!in->born && shift_is_night(j.start_ms, j.end_ms) && broken != &too_young)
        return fail_field(rq, "born", "input.required", S(""));
    return broken && broken != &age_unasked ? refuse(rq, broken) : OK;
}

enum err ask_join(struct request *rq)
{
    struct join *in = rq->in;
    enum err e = age_fits(rq, in);
    if (!e)
        e = account_send_code(rq, in->phone);
    if (e)
        return e;
    rq->idem_key = S(""); /* what was typed is not kept */
    return rq->html ? reply_next(rq, page_of(rq, "/join/code")) : reply_done(rq, 202, NULL, NULL, S(""));
}

/* The number is his, and only the place is not: he is registered and signed in, and the page of the work says what stands
 * against it and what else there is. */
static enum err enter_only(struct request *rq, int64_t account_id, int64_t person_id)
{
    struct str token;
    bool gone = rq->problem.rule == &shift_gone;
    rq->problem = (struct problem){.err = OK};
    enum err e = account_enter(rq, account_id, 90, &token);
    audit_about(rq, &person_record, person_id);
    return e ? e : reply_see(rq, gone ? S("/") : page_of(rq, ""));
}

enum err join_shift(struct request *rq)
{
    struct join *in = rq->in;
    struct person p = {.name = in->name, .phone = in->phone, .age_said = in->age_said, .born = in->born};
    struct hire h;
    struct str token;
    int64_t account_id;
    enum err e = account_use_code(rq, in->phone, in->code, &account_id);
    if (!e)
        e = person_for_account(rq, account_id, &p);
    if (!e)
        e = person_say_born(rq, &p, in->born);
    if (!e)
        e = person_say_age(rq, &p, in->age_said);
    if (e)
        return e;
    e = hire_take(rq, &p, false, param_id(rq, "shift"), &h);
    if (e == ERR_RULE && rq->html && rq->problem.rule != &overlap) /* that one may come after the place is counted */
        return enter_only(rq, account_id, p.id);
    if (!e)
        e = account_enter(rq, account_id, 90, &token);
    if (e)
        return e;
    audit_about(rq, &hire_record, h.id);
    return reply_done(rq, 201, &hire_record, &h, str_fmt(rq->a, "/my/%lld", (long long)h.id));
}
