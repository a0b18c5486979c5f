/* hire_api.c - the life of a hire: check in and out, numbers both agree on, paid and received. */
#include "feature/hire/hire_api.h"

#include <string.h>

#include "base/cal.h"
#include "base/id.h"
#include "feature/account/account.h"
#include "feature/hire/hire_pair.h"
#include "feature/match/match.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/wage/wage.h"
#include "http/page.h"
#include "http/route.h"
#include "http/sheet.h"
#include "record/seal.h"

static const struct field in_fields[] = {
    FIELD(struct check_in, code, TEXT, .min = 6, .max = 12, .see = NOBODY, .put = SIGNED_IN, .required = true, .doc = "Six characters."), {0}};
static const struct record in_form = {"check_in", sizeof(struct check_in), in_fields, "Checking in."};
struct pay {
    int32_t how; /* index into hire_hows + 1 */
    int32_t side;
    struct str reason;
};
static const struct field pay_fields[] = {
    FIELD(struct pay, how, ENUM, .choices = hire_hows + 1, .see = NOBODY, .put = SIGNED_IN, .required = true, .doc = "How it was paid."),
    SPEAKS(struct pay), {0}};
static const struct record pay_form = {"pay", sizeof(struct pay), pay_fields, "Marking paid."};
struct ending {
    int32_t side;
    struct str reason;
};
static const struct field ending_fields[] = {SPEAKS(struct ending), {0}};
static const struct record ending_form = {"ending", sizeof(struct ending), ending_fields, "Who calls off, or did not come."};
struct receipt {
    bool yes;
};
static const struct field receipt_fields[] = {
    FIELD(struct receipt, yes, BOOL, .see = NOBODY, .put = SIGNED_IN, .required = true, .doc = "Whether the wage has come."), {0}};
static const struct record receipt_form = {"receipt", sizeof(struct receipt), receipt_fields, "Received or not."};
struct code {
    struct str code, qr;
};
static const struct field code_fields[] = {
    FIELD(struct code, code, TEXT, .see = POSTER | DESK, .put = NOBODY, .doc = "Valid 10 to 20 minutes."),
    FIELD(struct code, qr, TEXT, .see = POSTER | DESK, .put = NOBODY, .doc = "What a worker scans, as the d of an SVG path."), {0}};
static const struct record code_record = {"shift_code", sizeof(struct code), code_fields, "The code of a shift."};

struct back {
    int64_t days, after;
};
static const struct field back_fields[] = {
    FIELD(struct back, days, INT, .min = 0, .max = 31, .see = NOBODY, .put = POSTER, .doc = "From how many days ago; 1 when left out. What is not paid yet is there however old."),
    FIELD(struct back, after, ID, .see = NOBODY, .put = POSTER, .doc = "The `next` of the page before."), {0}};
static const struct record back_query = {"days_back", sizeof(struct back), back_fields, "How far back, and which page."};
struct my_query {
    int64_t after;
};
static const struct field my_fields[] = {
    FIELD(struct my_query, after, ID, .see = NOBODY, .put = SEEKER | DESK, .doc = "The `next` of the page before."), {0}};
static const struct field unpaid_fields[] = {
    FIELD(struct my_query, after, ID, .see = NOBODY, .put = DESK | MEDIATOR | ADMIN, .doc = "The `next` of the page before."), {0}};
static const struct record unpaid_query = {"hires_unpaid_query", sizeof(struct my_query), unpaid_fields, "Which page of unpaid wages."};
static const struct record my_query = {"my_hires_query", sizeof(struct my_query), my_fields, "Which page of days."};

static enum err load_hire(struct request *rq);
static enum err load_shift(struct request *rq);
static enum err my_hires(struct request *rq);
static enum err employer_hires(struct request *rq);
static enum err person_hires(struct request *rq);
static enum err unpaid_hires(struct request *rq);
static enum err stopped_hires(struct request *rq);
static enum err show(struct request *rq);
static enum err show_code(struct request *rq);
static enum err cancel(struct request *rq);
static enum err check_in(struct request *rq);
static enum err arrived(struct request *rq);
static enum err check_out(struct request *rq);
static enum err confirm(struct request *rq);
static enum err decide(struct request *rq);
static enum err paid(struct request *rq);
static enum err received(struct request *rq);
static enum err no_show(struct request *rq);

static const struct sheet_column pay_columns[] = {
    {"start_ms", "app.pay.date"}, {"who", "app.col.who"}, {"title", "app.col.work"}, {"minutes", "app.emp.minutes"}, {"pieces", "app.emp.pieces"},
    {"wage_fen", "app.pay.wage"}, {"state", "app.col.state"}, {"paid_how", "app.pay.how"}, {0}};
enum { BOTH = SEEKER | POSTER | DESK };
static const struct route routes[] = {
    ROUTE(POST, "/api/v1/shifts/:shift/take", SEEKER | DESK, take_shift, .in = &take_form, .out = &hire_record, .doc = "Takes a place; the contract moment."),
    ROUTE(POST, "/api/v1/shifts/:shift/take-with/:second", SEEKER | DESK, take_two_shifts, .in = &take_form, .out = &hire_record, .list = true, .form = match_pair_page, .doc = "Takes two shifts in one act, both or neither: two of one day for one person, or with `both` one for each of a couple that goes only together, the second for the other."),
    ROUTE(GET, "/jobs/:shift/join", ANYONE, page_join, .doc = "Page: name and phone, to take a place for the first time."),
    ROUTE(GET, "/jobs/:shift/join/code", ANYONE, page_join_code, .doc = "Page: the six digits for it."),
    ROUTE(POST, "/api/v1/shifts/:shift/join-ask", ANYONE, ask_join, .in = &ask_form, .form = page_join, .rate = PER_HOUR_AND_ADDRESS(600), .doc = "Sends the six digits for it."),
    ROUTE(POST, "/api/v1/shifts/:shift/join", ANYONE, join_shift, .in = &join_form, .out = &hire_record, .form = page_join_code, .rate = PER_HOUR_AND_ADDRESS(1200), .doc = "Registers, signs in and takes the place."),
    ROUTE(GET, "/api/v1/shifts/:shift/code", POSTER | DESK, show_code, .out = &code_record, .owns = load_shift, .doc = "The code to read out at the door."),
    ROUTE(GET, "/api/v1/my/hires", SEEKER, my_hires, .in = &my_query, .out = &hire_record, .list = true, .doc = "My days, latest start first, 100 at a time."),
    ROUTE(GET, "/api/v1/employer/hires", POSTER, employer_hires, .in = &back_query, .out = &hire_record, .list = true, .sheet = pay_columns, .doc = "Who comes and came, soonest first, 500 at a time; all of it as a workbook, the pay list: what is owed or paid."),
    ROUTE(GET, "/api/v1/people/:person/hires", DESK, person_hires, .in = &my_query, .out = &hire_record, .list = true, .owns = person_load,
          .doc = "The days of somebody at the desk, latest start first, 100 at a time."),
    ROUTE(GET, "/api/v1/hires-unpaid", DESK | MEDIATOR | ADMIN, unpaid_hires, .in = &unpaid_query, .out = &hire_record, .list = true, .doc = "Wages that did not come, as the workers say, oldest first, 200 at a time."),
    ROUTE(GET, "/api/v1/hires-stopped", DESK | MEDIATOR | ADMIN, stopped_hires, .out = &hire_record, .list = true, .doc = "Whom the market called off since three days, or who was there when it stopped the post or the firm: to be phoned, until paid; soonest first, at most 500."),
    ROUTE(GET, "/api/v1/hires/:hire", BOTH, show, .out = &hire_record, .owns = load_hire, .doc = "One hire."),
    ROUTE(POST, "/api/v1/hires/:hire/cancel", BOTH | SPEAKERS, cancel, .in = &ending_form, .out = &hire_record, .owns = load_hire, .doc = "Gives the place back."),
    ROUTE(POST, "/api/v1/hires/:hire/check-in", SEEKER | DESK, check_in, .in = &in_form, .out = &hire_record, .owns = load_hire, .form = page_day, .rate = PER_MINUTE(10), .doc = "With the code of the shift."),
    ROUTE(POST, "/api/v1/hires/:hire/arrived", POSTER | DESK, arrived, .out = &hire_record, .owns = load_scanned, .form = page_day, .doc = "The employer, or the desk, sees that the worker is there: checked in without a code."),
    ROUTE(POST, "/api/v1/hires/:hire/check-out", BOTH, check_out, .out = &hire_record, .owns = load_hire, .doc = "The work has ended."),
    ROUTE(POST, "/api/v1/hires/:hire/confirm", BOTH | SPEAKERS, confirm, .in = &numbers_form, .out = &hire_record, .owns = load_hire, .form = page_numbers, .doc = "Minutes and pieces; agreed when both say the same. Corrected in the same way until the wage has come."),
    ROUTE(POST, "/api/v1/hires/:hire/decide", DESK | MEDIATOR, decide, .in = &decision_form, .out = &hire_record, .owns = load_office, .doc = "What was worked, where the two sides do not agree; with a reason, audited."),
    ROUTE(POST, "/api/v1/hires/:hire/open", DESK | MEDIATOR, open_side, .in = &side_call_form, .out = &side_call_form, .owns = load_office, .rate = PER_HOUR(120), .doc = "Opens the number of one side of a wage that did not come or of numbers that stay apart, with a reason, audited."),
    ROUTE(GET, "/api/v1/hires-apart", DESK | MEDIATOR | ADMIN, apart_hires, .out = &hire_record, .list = true, .doc = "Numbers on which two sides have not agreed for a day, and marks as missing that were answered."),
    ROUTE(POST, "/api/v1/hires/:hire/paid", POSTER | SPEAKERS, paid, .in = &pay_form, .out = &hire_record, .owns = load_hire, .doc = "The employer has paid."),
    ROUTE(POST, "/api/v1/hires/:hire/received", SEEKER | DESK, received, .in = &receipt_form, .out = &hire_record, .owns = load_hire, .doc = "The worker says yes or no; no also before anybody said paid, once it is due."),
    ROUTE(POST, "/api/v1/hires/:hire/no-show", POSTER | SPEAKERS, no_show, .in = &ending_form, .out = &hire_record, .owns = load_hire, .doc = "Did not come; the place is free again."),
    ROUTE(GET, "/my", SEEKER, page_my, .doc = "Page: my days, 100 at a time; ?after= is the last of the page before."),
    ROUTE(GET, "/my/:hire", BOTH, page_day, .owns = load_scanned, .doc = "Page: one day; for the employer and the desk, who scan the slip, who it is and whether he is there."),
    ROUTE(GET, "/my/:hire/slip", BOTH, page_slip, .owns = load_hire, .doc = "Page: the slip to print."),
    ROUTE(GET, "/check-in/:shift", SEEKER, page_check_in, .doc = "Page: behind the QR code at the door; my day with the code filled in."),
    {0}};

static enum err load_hire(struct request *rq)
{
    struct my_hire *m = NEW(rq->a, struct my_hire);
    enum err e = hire_get(rq, param_id(rq, "hire"), &m->h);
    rq->object = m;
    return e ? e : hire_stand(rq, m);
}

static enum err load_shift(struct request *rq)
{
    struct job *j = NEW(rq->a, struct job);
    enum err e = job_of_shift(rq, param_id(rq, "shift"), j);
    if (e)
        return e;
    rq->object = j;
    bool mine = rq->who->employer_id && j->employer_id == rq->who->employer_id;
    return mine || staff_covers(rq, j->city, j->district, 0) ? OK : ERR_NONE;
}

/* The 6 characters of a shift in the 10-minute window of `at_ms`. */
static void shift_code(struct request *rq, int64_t shift_id, int64_t at_ms, char out[7])
{
    struct str what = str_fmt(rq->a, "%lld %lld", (long long)shift_id, (long long)(at_ms / (10 * MIN_MS)));
    struct str mac = seal_mac(rq->app->seal, rq->a, "shift-code", what);
    uint64_t seed;
    memcpy(&seed, mac.p, sizeof seed);
    code6(seed, out);
}

static enum err show_code(struct request *rq)
{
    char z[7];
    enum hire_off why;
    enum err e = stop_of_job(rq, rq->object, &why);
    if (e || why)
        return e ? e : refuse(rq, &shift_gone);
    shift_code(rq, ((struct job *)rq->object)->shift_id, rq->now_ms, z);
    struct str url = show_url(rq, str_fmt(rq->a, "/check-in/%lld?code=%s", (long long)param_id(rq, "shift"), z));
    struct code c = {str_dup(rq->a, str_c(z)), show_qr(rq->a, url)};
    return reply_record(rq, 200, &code_record, &c);
}

enum err days_page(struct request *rq, int64_t person_id, int64_t after, struct days *ret)
{
    struct hire behind = {.person_id = person_id, .start_ms = INT64_MAX};
    enum err e = after ? hire_get(rq, after, &behind) : OK;
    if (!e && behind.person_id != person_id)
        e = ERR_NONE;
    if (!e)
        e = hire_of_person_after(rq, &behind, &ret->v, &ret->n);
    if (!e)
        ret->next = ret->n == HIRE_PERSON_PAGE ? ret->v[ret->n - 1].id : 0;
    return e;
}

static enum err reply_hires(struct request *rq, struct hire *v, size_t n, int64_t next)
{
    for (size_t i = 0; i < n; i++)
        v[i].missing_ms = v[i].state == HIRE_TAKEN ? hire_missing_ms(&v[i]) : 0;
    return reply_items(rq, &hire_record, v, n, next);
}

static enum err reply_days(struct request *rq, int64_t person_id)
{
    struct days d;
    enum err e = days_page(rq, person_id, ((struct my_query *)rq->in)->after, &d);
    return e ? e : reply_hires(rq, d.v, d.n, d.next);
}

static enum err my_hires(struct request *rq)
{
    return reply_days(rq, rq->who->person_id);
}

/* A page of them is shown, all that is owed of all pages is a workbook. */
static enum err employer_page(struct request *rq, struct hire *behind, struct hire **ret, size_t *ret_n)
{
    size_t n;
    int64_t days = ((struct back *)rq->in)->days;
    enum err e = hire_of_employer(rq, behind, rq->now_ms - (days ? days : 1) * DAY_MS, ret, &n);
    *ret_n = 0;
    if (!e && n)
        *behind = n == HIRE_EMPLOYER_PAGE ? (*ret)[n - 1] : (struct hire){.id = 0};
    else
        behind->id = 0;
    for (size_t i = 0; !e && i < n; i++) {
        struct hire *h = &(*ret)[*ret_n];
        if (rq->sheet && !hire_owed(&(*ret)[i]))
            continue;
        *h = (*ret)[i];
        *ret_n += 1;
        e = person_who(rq, h->person_id, &h->who);
    }
    return e;
}

static enum err employer_book(struct request *rq, struct hire *behind, struct hire **ret, size_t *ret_n)
{
    struct hire *page, *all = NULL;
    size_t n, n_all = 0, cap = 0;
    enum err e = OK;
    for (bool more = true; more && !e; more = behind->id && !arena_over(rq->a)) {
        e = employer_page(rq, behind, &page, &n);
        if (n_all + n > cap) {
            cap = 2 * cap + HIRE_EMPLOYER_PAGE;
            struct hire *wider = NEW_N(rq->a, cap, struct hire);
            for (size_t i = 0; i < n_all; i++)
                wider[i] = all[i];
            all = wider;
        }
        for (size_t i = 0; i < n; i++)
            all[n_all++] = page[i];
    }
    *ret = all;
    *ret_n = n_all;
    return e;
}

static enum err employer_hires(struct request *rq)
{
    const struct back *in = rq->in;
    struct hire *v, behind = {.employer_id = rq->who->employer_id};
    size_t n;
    enum err e = in->after ? hire_get(rq, in->after, &behind) : OK;
    if (!e && behind.employer_id != rq->who->employer_id)
        e = ERR_NONE;
    if (!e)
        e = rq->sheet ? employer_book(rq, &behind, &v, &n) : employer_page(rq, &behind, &v, &n);
    return e ? e : reply_hires(rq, v, n, behind.id);
}

static enum err person_hires(struct request *rq)
{
    return reply_days(rq, ((struct person *)rq->object)->id);
}

/* Of v[0..n) those whose worker the caller may help, with his name masked. */
static enum err reply_theirs(struct request *rq, struct hire *v, size_t n, int64_t next, enum err e)
{
    struct person p;
    size_t kept = 0;
    for (size_t i = 0; !e && i < n; i++) {
        e = person_get(rq, v[i].person_id, &p);
        if (e || !staff_covers(rq, p.city, p.district, 0))
            continue;
        v[i].who = person_masked(rq, &p);
        v[kept++] = v[i];
    }
    return e ? e : reply_hires(rq, v, kept, next);
}

static enum err unpaid_hires(struct request *rq)
{
    struct hire *v = NULL, behind = {.id = 0};
    size_t n = 0;
    int64_t after = ((struct my_query *)rq->in)->after;
    enum err e = after ? hire_get(rq, after, &behind) : OK;
    if (!e)
        e = hire_disputed(rq, &behind, staff_reach(rq), &v, &n);
    return reply_theirs(rq, v, n, n == HIRE_DISPUTED_PAGE ? v[n - 1].id : 0, e);
}

static enum err stopped_hires(struct request *rq)
{
    struct hire *v;
    size_t n;
    enum err e = hire_stopped_list(rq, rq->now_ms - 3 * DAY_MS, staff_reach(rq), &v, &n);
    return reply_theirs(rq, v, n, 0, e);
}

static enum err show(struct request *rq)
{
    return reply_record(rq, 200, &hire_record, &((struct my_hire *)rq->object)->h);
}

/* One step along the state table; what the caller changed in m->h goes with it. */
static enum err step(struct request *rq, enum hire_event event)
{
    struct my_hire *m = rq->object;
    enum hire_state from = (enum hire_state)m->h.state, to;
    const struct rule *broken = hire_next(from, event, m->side, &to);
    if (broken)
        return refuse(rq, broken);
    m->h.state = (int32_t)to;
    m->h.ended_ms = hire_active(&m->h) ? 0 : rq->now_ms;
    audit_about(rq, &hire_record, m->h.id);
    publish_after(rq, S("hall"));
    enum err e = hire_put(rq, from, &m->h);
    if (!e && m->said.n)
        e = hire_keep_said(rq, m, event);
    return e == ERR_CONFLICT ? refuse(rq, &hire_moved) : e;
}

static enum err done(struct request *rq, enum err e)
{
    struct my_hire *m = rq->object;
    return e ? e : reply_done(rq, 200, &hire_record, &m->h, str_fmt(rq->a, "/my/%lld", (long long)m->h.id));
}

static enum err give_back(struct request *rq, int64_t seats, enum err e)
{
    struct my_hire *m = rq->object;
    if (!e)
        e = shift_give_back(rq, m->h.shift_id, seats);
    if (!e)
        e = change_put(rq, "shift", m->h.shift_id);
    return done(rq, e);
}

static enum err tell_worker(struct request *rq, const struct hire *h)
{
    struct person p;
    enum err e = person_get(rq, h->person_id, &p);
    enum lang lang = hire_lang(h);
    struct str what = str_fmt(rq->a, "%.*s %.*s", SV(h->title), SV(show_dated(rq, lang, h->start_ms, h->end_ms)));
    return e ? e : notice_send_in(rq, lang, p.phone, "hire.called_off", what);
}

/* Whoever placed somebody by mistake gives the place back at once; that is no calling off by him who was placed. */
static bool slip(const struct request *rq, const struct hire *h)
{
    return h->by_id && h->by_id == rq->who->account_id && rq->now_ms - h->made_ms <= SLIP_MIN * MIN_MS;
}

static enum err cancel(struct request *rq)
{
    struct my_hire *m = rq->object;
    bool late = rq->now_ms > m->h.start_ms - rule_number(rq, "cancel.free_hours", 2) * HOUR_MS;
    int64_t seats = 1;
    if (rq->now_ms > m->h.end_ms) /* then it is said what was worked, or that nobody came */
        return refuse(rq, &hire_moved);
    enum err e = step(rq, EVENT_CANCEL);
    if (!e && m->side == SIDE_EMPLOYER)
        e = tell_worker(rq, &m->h);
    if (!e && slip(rq, &m->h))
        e = hire_excuse(rq, &m->h, true);
    if (!e)
        e = pair_cancel(rq, &m->h, &seats);
    rq->audit_reason = str_fmt(rq->a, "%s%s%s%.*s", late ? "late" : "in time", seats > 1 ? ", both" : "", m->said.n ? "; " : "",
                               SV(rq->audit_reason));
    return give_back(rq, seats, e);
}

static enum err no_show(struct request *rq)
{
    struct my_hire *m = rq->object;
    if (rq->now_ms < hire_missing_ms(&m->h))
        return refuse(rq, &not_yet_missing);
    enum err e = step(rq, EVENT_NO_SHOW);
    return give_back(rq, 1, e ? e : pair_alone(rq, &m->h));
}

static bool code_of(struct request *rq, int64_t at_ms, const char *typed)
{
    const struct my_hire *m = rq->object;
    char code[7];
    shift_code(rq, m->h.shift_id, at_ms, code);
    return strcmp(typed, code) == 0;
}

static enum err check_in(struct request *rq)
{
    struct my_hire *m = rq->object;
    char typed[7];
    if (m->h.state == HIRE_CALLED_OFF)
        return refuse(rq, &off_by_market);
    const struct rule *broken = check_in_time(m->h.start_ms, m->h.end_ms, rq->now_ms);
    if (broken)
        return refuse(rq, broken);
    bool six = code6_fold(((struct check_in *)rq->in)->code, typed);
    if (!six || (!code_of(rq, rq->now_ms, typed) && !code_of(rq, rq->now_ms - 10 * MIN_MS, typed)))
        return refuse(rq, &code_not_right);
    m->h.in_ms = rq->now_ms;
    return done(rq, step(rq, EVENT_CHECK_IN));
}

static enum err arrived(struct request *rq)
{
    struct my_hire *m = rq->object;
    const struct rule *broken = check_in_time(m->h.start_ms, m->h.end_ms, rq->now_ms);
    if (broken)
        return refuse(rq, broken);
    enum err e = account_not_own(rq, m->h.person_id, 0);
    m->h.in_ms = rq->now_ms;
    return done(rq, e ? e : step(rq, EVENT_CHECK_IN));
}

static enum err check_out(struct request *rq)
{
    struct my_hire *m = rq->object;
    m->h.out_ms = rq->now_ms;
    int64_t there = hire_clock_min(&m->h), planned = hire_shift_min(&m->h);
    m->h.minutes = there > planned ? planned : there; /* a proposal; both confirm */
    return done(rq, step(rq, EVENT_CHECK_OUT));
}

/* Whoever was marked as missing and was there has his place again: he may have no other work at that time by now. */
static enum err take_up(struct request *rq, const struct hire *h)
{
    struct calendar held;
    enum err e = hire_near(rq, h->person_id, h->start_ms, h->end_ms, &held);
    if (!e && held.n)
        return refuse(rq, &overlap);
    if (!e)
        e = shift_worked(rq, h->shift_id);
    return e ? e : change_put(rq, "shift", h->shift_id);
}

/* The wage of these numbers is due, once; one that was due before is taken back, by rows that are added. */
static enum err settle(struct request *rq, enum hire_event event, const struct worked *w)
{
    struct my_hire *m = rq->object;
    const struct hire before = m->h;
    const struct work work = {(enum pay_unit)before.pay_unit, before.pay_fen, w->minutes, w->pieces, hire_shift_min(&before)};
    if (hire_owed(&before) && !rq->audit_reason.n)
        rq->audit_reason = str_fmt(rq->a, "%lld min, %lld pieces; before: %lld, %lld", (long long)w->minutes, (long long)w->pieces,
                                   (long long)before.minutes, (long long)before.pieces);
    m->h.minutes = w->minutes;
    m->h.pieces = w->pieces;
    m->h.wage_fen = wage_of(&work);
    m->h.apart_ms = 0;
    m->h.decided = event == EVENT_DECIDE;
    if (!before.agreed_ms || before.state == HIRE_PAID) /* what was said to be paid was another wage */
        m->h.agreed_ms = rq->now_ms;
    enum err e = before.state == HIRE_NO_SHOW ? take_up(rq, &before) : OK;
    if (!e)
        e = step(rq, event);
    if (!e && hire_owed(&before))
        e = wage_undo(rq, before.id, before.wage_fen);
    return e ? e : wage_due(rq, m->h.id, m->h.wage_fen);
}

static enum err confirm(struct request *rq)
{
    struct my_hire *m = rq->object;
    struct worked w;
    enum err e = numbers_said(rq, &w);
    if (e)
        return e;
    const struct rule *broken = numbers_time(&m->h, rq->now_ms);
    if (!broken && numbers_far(&m->h, &w) && !((struct numbers *)rq->in)->sure)
        broken = &far_from_clock;
    if (broken)
        return refuse(rq, broken);
    hire_say(&m->h, m->side, &w);
    bool same = hire_said_same(&m->h);
    if (same && !(hire_owed(&m->h) && hire_stands(&m->h, &w)))
        return done(rq, settle(rq, EVENT_AGREE, &w));
    m->h.apart_ms = same ? 0 : m->h.apart_ms ? m->h.apart_ms : rq->now_ms;
    return done(rq, step(rq, EVENT_CONFIRM));
}

static enum err decide(struct request *rq)
{
    struct my_hire *m = rq->object;
    const struct numbers *in = rq->in;
    struct worked w;
    rq->audit_reason = in->reason;
    enum err e = in->keep ? OK : numbers_said(rq, &w);
    if (!e && !in->keep && m->h.state == HIRE_TAKEN && rq->now_ms <= m->h.end_ms)
        return refuse(rq, &not_over);
    if (in->keep) {
        m->h.apart_ms = 0;
        m->h.decided = true;
        e = step(rq, EVENT_KEEP);
    } else if (!e) {
        e = settle(rq, EVENT_DECIDE, &w);
    }
    return done(rq, e ? e : decided_tell(rq, &m->h));
}

static enum err paid(struct request *rq)
{
    struct my_hire *m = rq->object;
    m->h.paid_how = ((struct pay *)rq->in)->how + 1;
    m->h.paid_ms = rq->now_ms;
    return done(rq, step(rq, EVENT_PAID));
}

/* Before anybody said paid: only once it is due. */
static enum err may_miss(struct request *rq, const struct hire *h)
{
    int32_t day = 0;
    enum err e = h->state == HIRE_AGREED ? hire_due_day(rq, h, &day) : OK;
    return e || cal_day(rq->now_ms) >= day ? e : refuse_arg(rq, &wage_not_due, show_day(rq, day));
}

static enum err received(struct request *rq)
{
    struct my_hire *m = rq->object;
    bool yes = ((struct receipt *)rq->in)->yes;
    m->h.apart_ms = yes ? 0 : m->h.apart_ms;
    enum err e = yes ? OK : may_miss(rq, &m->h);
    if (!e)
        e = step(rq, yes ? EVENT_YES : EVENT_NO);
    if (!e && yes)
        e = wage_paid(rq, m->h.id, m->h.wage_fen, str_c(hire_hows[m->h.paid_how].key));
    return done(rq, e);
}

static const struct timer timers[] = {{.name = "hire.stop_rest", .every_s = 2, .run = stop_rest}, {0}};
static const struct record *const records[] = {&hire_record, &take_form, &ask_form, &join_form,    &in_form,     &numbers_form, &decision_form, &side_call_form,
                                               &pay_form,    &ending_form, &receipt_form, &code_record, NULL};
const struct feature hire_feature = {.name = "hire", .routes = routes, .queries = hire_queries, .records = records, .timers = timers, .within = stop_within};
