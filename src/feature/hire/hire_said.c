/* hire_said.c - what was worked, as each side says it: how it comes in, how it is shown beside the clock, and what the two
 * sides cannot agree on, with their numbers for whoever settles it. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/hire/hire_api.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "http/page.h"
#include "http/route.h"

enum { MINUTES_MAX = 960 };
/* The first three are the same in both: numbers_said. */
#define NUMBERS                                                                                                        \
    FIELD(struct numbers, minutes, INT, .min = 0, .max = MINUTES_MAX, .see = NOBODY, .put = SIGNED_IN,                 \
          .doc = "Paid minutes, besides the hours if those are given; piece work may leave them out: as checked out."), \
        FIELD(struct numbers, pieces, INT, .min = 0, .max = 1000000, .see = NOBODY, .put = SIGNED_IN,                  \
              .doc = "Pieces; piece work must say them, none too."),                                                   \
        FIELD(struct numbers, hours, INT, .min = 0, .max = MINUTES_MAX / 60, .see = NOBODY, .put = SIGNED_IN, .doc = "Whole hours.")
static const struct field numbers_fields[] = {
    NUMBERS, FIELD(struct numbers, sure, BOOL, .see = NOBODY, .put = SIGNED_IN, .doc = "Said again, after `far_from_clock`."),
    SPEAKS(struct numbers), {0}};
const struct record numbers_form = {"numbers", sizeof(struct numbers), numbers_fields, "What was worked."};
static const struct field decision_fields[] = {
    NUMBERS, FIELD(struct numbers, keep, BOOL, .see = NOBODY, .put = STAFF, .doc = "Leaves it as it stands; no numbers then."),
    FIELD(struct numbers, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = STAFF, .required = true, .doc = "What was found."), {0}};
const struct record decision_form = {"decision", sizeof(struct numbers), decision_fields, "What was worked, decided."};

/* What pay hangs on must be said, a zero too: nobody agrees to silence. */
enum err numbers_said(struct request *rq, struct worked *ret)
{
    const struct hire *h = &((struct my_hire *)rq->object)->h;
    const struct numbers *in = rq->in;
    enum { MINUTES = 1 << 0, PIECES = 1 << 1, HOURS = 1 << 2 }; /* as in NUMBERS */
    bool by_piece = h->pay_unit == PAY_PIECE, time = rq->in_seen & (MINUTES | HOURS);
    int64_t minutes = time ? in->hours * 60 + in->minutes : h->minutes;
    if (!(by_piece ? rq->in_seen & PIECES : time))
        return fail_field(rq, by_piece ? "pieces" : "minutes", "input.required", S(""));
    if (minutes > MINUTES_MAX)
        return fail_field(rq, "minutes", "input.max", str_fmt(rq->a, "%d", MINUTES_MAX));
    *ret = (struct worked){minutes, in->pieces};
    return OK;
}

/* ---- as people read it ---- */

/* "3 小时 20 分", to the minute. */
static struct str show_minutes(struct request *rq, int64_t min)
{
    struct str h = text_n(rq, "hire.n_hours", min / 60), m = text_n(rq, "hire.n_minutes", min % 60);
    return min < 60 ? m : min % 60 ? str_fmt(rq->a, "%.*s %.*s", SV(h), SV(m)) : h;
}

struct str show_worked(struct request *rq, const struct hire *h, const struct worked *w)
{
    struct str time = show_minutes(rq, w->minutes);
    if (h->pay_unit != PAY_PIECE)
        return time;
    struct str pieces = text_n(rq, "hire.n_pieces", w->pieces);
    return w->minutes ? str_fmt(rq->a, "%.*s · %.*s", SV(pieces), SV(time)) : pieces;
}

static struct str time_of_day(struct request *rq, int64_t ms)
{
    return cal_clock_text(rq->a, cal_minute(ms));
}

/* "08:25–12:53, counted from 08:30, without the break of 30 minutes: 3 h 53 min" */
static struct str show_clock(struct request *rq, const struct hire *h)
{
    int64_t min = hire_clock_min(h);
    if (min < 0)
        return text(rq, h->in_ms ? "hire.clock_open" : "hire.clock_none");
    struct str from_to = str_fmt(rq->a, "%.*s–%.*s", SV(time_of_day(rq, h->in_ms)), SV(time_of_day(rq, h->out_ms)));
    struct str early = h->in_ms < h->start_ms ? text_with(rq, "hire.clock_from", time_of_day(rq, h->start_ms)) : S("");
    struct str rest = h->break_min ? text_n(rq, "hire.clock_break", h->break_min) : S("");
    struct str time = text_with(rq, "hire.clock_is", show_minutes(rq, min));
    return str_fmt(rq->a, "%.*s%.*s%.*s%.*s", SV(from_to), SV(early), SV(rest), SV(time));
}

/* What stands in the fields: what was just typed, else what was said, else the clock; nothing where nothing is known. */
static void view_fields(struct request *rq, struct view *v, const struct hire *h, const struct worked *said)
{
    const struct numbers *in = rq->route->in == &numbers_form ? rq->in : NULL;
    struct worked w = in ? (struct worked){in->hours * 60 + in->minutes, in->pieces} : said ? *said : (struct worked){h->minutes, h->pieces};
    bool known = in || said, pieces = known || h->pieces;
    view_str(v, "typed_hours", known || w.minutes ? str_fmt(rq->a, "%lld", (long long)w.minutes / 60) : S(""));
    view_i64(v, "typed_minutes", w.minutes % 60);
    view_str(v, "typed_pieces", pieces ? str_fmt(rq->a, "%lld", (long long)w.pieces) : S(""));
    view_bool(v, "ask_sure", in && rq->problem.rule == &far_from_clock);
}

void view_said(struct request *rq, struct view *v, const struct hire *h, enum side side)
{
    const struct worked worker = {h->worker_minutes, h->worker_pieces}, employer = {h->employer_minutes, h->employer_pieces};
    bool mine = side == SIDE_WORKER, own_ok = mine ? h->worker_ok : h->employer_ok, other_ok = mine ? h->employer_ok : h->worker_ok;
    const struct worked *own = mine ? &worker : &employer, *other = mine ? &employer : &worker;
    enum hire_state to;
    bool may = !hire_next((enum hire_state)h->state, EVENT_CONFIRM, side, &to) && !numbers_time(h, rq->now_ms);
    bool open = h->apart_ms > 0; /* not since somebody has decided */
    bool theirs = open && other_ok && !(own_ok && hire_said_same(h));
    view_bool(v, "can_say", may);
    view_bool(v, "by_employer", !mine);
    view_bool(v, "by_piece", h->pay_unit == PAY_PIECE);
    view_bool(v, "say_first", may && !hire_owed(h) && !own_ok); /* else it is a correction, folded away */
    view_str(v, "own_said", own_ok ? show_worked(rq, h, own) : S(""));
    view_str(v, "other_said", other_ok ? show_worked(rq, h, other) : S(""));
    view_str(v, "clock_said", show_clock(rq, h));
    view_bool(v, "is_owed", hire_owed(h));
    view_str(v, "agreed_said", hire_owed(h) ? show_worked(rq, h, &(const struct worked){h->minutes, h->pieces}) : S(""));
    view_bool(v, "theirs", may && theirs);
    view_i64(v, "their_minutes", other->minutes);
    view_i64(v, "their_pieces", other->pieces);
    view_bool(v, "waits", open && own_ok && !other_ok);
    view_bool(v, "apart", open && own_ok && other_ok && !hire_said_same(h));
    view_bool(v, "was_missing", mine && h->state == HIRE_NO_SHOW);
    view_fields(rq, v, h, own_ok ? own : NULL);
}

/* ---- what two sides cannot agree on ---- */

/* In the language of whoever reads it; `who` is for the employer, who knows several people of that day. */
static enum err tell_one(struct request *rq, enum lang lang, struct str phone, struct str who, const struct hire *h)
{
    enum lang mine = rq->lang;
    const struct worked w = {h->minutes, h->pieces};
    rq->lang = lang;
    struct str out = h->state == HIRE_NO_SHOW ? text(rq, "hire.state.no_show")
                                              : str_fmt(rq->a, "%.*s · %.*s %.*s %.*s", SV(show_worked(rq, h, &w)), SV(text(rq, "hire.wage")),
                                                        SV(show_yuan(rq, h->wage_fen)), SV(text(rq, "hire.yuan")));
    struct str what = str_fmt(rq->a, "%.*s%s%.*s %.*s · %.*s", SV(who), who.n ? " · " : "", SV(h->title),
                              SV(show_dated(rq, lang, h->start_ms, h->end_ms)), SV(out));
    rq->lang = mine;
    return notice_send_in(rq, lang, phone, "hire.decided_letter", what);
}

enum err decided_tell(struct request *rq, const struct hire *h)
{
    struct person p = {.id = 0};
    struct employer boss = {.id = 0};
    enum lang lang = LANG_ZH;
    enum err e = person_get(rq, h->person_id, &p);
    if (!e)
        e = tell_one(rq, hire_lang(h), p.phone, S(""), h);
    if (!e)
        e = employer_get(rq, h->employer_id, &boss);
    if (!e)
        e = account_lang(rq, boss.phone, &lang);
    return e ? e : tell_one(rq, lang, boss.phone, person_masked(rq, &p), h);
}

enum err apart_hires(struct request *rq)
{
    struct hire *v;
    struct person p;
    size_t n, kept = 0;
    enum err e = hire_apart(rq, staff_reach(rq), rq->now_ms - APART_HOURS * (int64_t)HOUR_MS, &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = person_get(rq, v[i].person_id, &p);
        if (e || !person_covered(rq, &p))
            continue;
        v[i].who = person_masked(rq, &p);
        v[kept++] = v[i];
    }
    return e ? e : reply_items(rq, &hire_record, v, kept, 0);
}

enum err load_office(struct request *rq)
{
    struct my_hire *m = NEW(rq->a, struct my_hire);
    struct person p;
    enum err e = hire_get(rq, param_id(rq, "hire"), &m->h);
    if (!e)
        e = person_get(rq, m->h.person_id, &p);
    m->side = SIDE_OFFICE;
    rq->object = m;
    if (!e && !person_covered(rq, &p))
        return ERR_NONE;
    return e ? e : account_not_own(rq, p.id, m->h.employer_id);
}

/* ---- the numbers of both sides, for whoever settles it ---- */

static const struct rule number_unknown = {"number_unknown", "nobody wrote one down"};
struct side_call {
    int32_t side; /* index into hire_sides */
    struct str reason, phone;
};
static const struct field side_call_fields[] = {
    FIELD(struct side_call, side, ENUM, .choices = hire_sides, .see = NOBODY, .put = SPEAKERS, .required = true, .doc = "Whose number."),
    FIELD(struct side_call, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = SPEAKERS, .required = true, .doc = "Why it is opened."),
    FIELD(struct side_call, phone, TEXT, .see = SPEAKERS, .put = NOBODY, .doc = "The number."),
    {0}};
const struct record side_call_form = {"side_call", sizeof(struct side_call), side_call_fields, "Opening the number of one side of a hire."};

static enum err side_phone(struct request *rq, const struct hire *h, bool employer, struct str *ret)
{
    struct person p = {.id = 0};
    struct employer boss = {.id = 0};
    enum err e = employer ? employer_get(rq, h->employer_id, &boss) : person_get(rq, h->person_id, &p);
    *ret = employer ? boss.phone : p.phone;
    return e ? e : ret->n ? OK : refuse(rq, &number_unknown);
}

enum err open_side(struct request *rq)
{
    const struct hire *h = &((struct my_hire *)rq->object)->h;
    struct side_call *c = rq->in;
    audit_about(rq, &hire_record, h->id);
    rq->audit_reason = str_fmt(rq->a, "%s: %.*s", hire_sides[c->side].key, SV(c->reason));
    rq->idem_key = S(""); /* the number is never kept for a replay */
    if (!hire_to_settle(h, rq->now_ms))
        return refuse(rq, &nothing_to_settle);
    enum err e = side_phone(rq, h, c->side + SIDE_WORKER == SIDE_EMPLOYER, &c->phone);
    return e ? e : reply_record(rq, 200, &side_call_form, c);
}
