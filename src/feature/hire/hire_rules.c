/* hire_rules.c - the state table of a hire. */
#include "feature/hire/hire_rules.h"

#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job.h"
#include "feature/wage/wage.h"

const struct rule hire_moved = {"hire_moved", "state table of hire_rules.c"};
const struct rule shift_full = {"shift_full", "I1"};
const struct rule shift_gone = {"shift_gone", "I2"};
const struct rule shift_begun = {"shift_begun", "shift_open of job.h"};
const struct rule overlap = {"overlap", "I3"};
const struct rule papers_missing = {"papers_missing", "H1"};
const struct rule night_age = {"night_age", "未成年人保护法 Art. 61; 劳动法 Art. 64"};
const struct rule birth_missing = {"birth_missing", "未成年人保护法 Art. 61"};
const struct rule minor_work = {"minor_work", "劳动法 Art. 64; 未成年工特殊保护规定 Art. 3"};
const struct rule code_not_right = {"code_not_right", "I18"};
const struct rule too_early = {"too_early", "an hour before the start"};
const struct rule not_yet_missing = {"not_yet_missing", "30 minutes after the start"};
const struct rule wage_not_due = {"wage_not_due", "hire_due.c"};
const struct rule between_short = {"between_short", "H2"};
const struct rule rest_short = {"rest_short", "H1: rest.hours"};
const struct rule day_long = {"day_long", "劳动法 Art. 36, 41: day.max_hours"};
const struct rule not_on_list = {"not_on_list", "I18"};
const struct rule both_sides = {"both_sides", "a contract has two sides"};
const struct rule off_by_market = {"off_by_market", "the market called it off"};
const struct rule not_over = {"not_over", "the end of the shift"};
const struct rule far_from_clock = {"far_from_clock", "numbers_far of hire_rules.c"};
const struct rule nothing_to_settle = {"nothing_to_settle", "hire_to_settle of hire_rules.c"};
const struct rule leave_day = {"leave_day", "whoever is expected calls off first"};
const struct rule leave_numbers = {"leave_numbers", "保障农民工工资支付条例 Art. 15"};
const struct rule leave_wage = {"leave_wage", "保障农民工工资支付条例 Art. 3"};
const struct rule leave_receipt = {"leave_receipt", "保障农民工工资支付条例 Art. 3"};
const struct rule leave_dispute = {"leave_dispute", "保障农民工工资支付条例 Art. 3"};
const struct rule partner_needed = {"partner_needed", "S01: all or none"};

enum { BOTH_SIDES = SIDE_WORKER | SIDE_EMPLOYER, ANY_SIDE = BOTH_SIDES | SIDE_OFFICE };
static const struct {
    enum hire_state from;
    enum hire_event event;
    enum hire_state to;
    int who;
} table[] = {
    {HIRE_TAKEN, EVENT_CHECK_IN, HIRE_WORKING, ANY_SIDE},
    {HIRE_TAKEN, EVENT_CONFIRM, HIRE_DONE, BOTH_SIDES},
    {HIRE_TAKEN, EVENT_CANCEL, HIRE_CANCELLED_WORKER, SIDE_WORKER},
    {HIRE_TAKEN, EVENT_CANCEL, HIRE_CANCELLED_EMPLOYER, SIDE_EMPLOYER},
    {HIRE_TAKEN, EVENT_NO_SHOW, HIRE_NO_SHOW, SIDE_EMPLOYER},
    {HIRE_WORKING, EVENT_CHECK_OUT, HIRE_DONE, BOTH_SIDES},
    {HIRE_DONE, EVENT_CONFIRM, HIRE_DONE, BOTH_SIDES},
    {HIRE_DONE, EVENT_AGREE, HIRE_AGREED, BOTH_SIDES},
    /* agreed wrongly: corrected until the wage has come; what was said to be paid was another wage */
    {HIRE_AGREED, EVENT_CONFIRM, HIRE_AGREED, BOTH_SIDES},
    {HIRE_AGREED, EVENT_AGREE, HIRE_AGREED, BOTH_SIDES},
    {HIRE_PAID, EVENT_CONFIRM, HIRE_PAID, BOTH_SIDES},
    {HIRE_PAID, EVENT_AGREE, HIRE_AGREED, BOTH_SIDES},
    {HIRE_DISPUTED, EVENT_CONFIRM, HIRE_DISPUTED, BOTH_SIDES},
    {HIRE_DISPUTED, EVENT_AGREE, HIRE_DISPUTED, BOTH_SIDES},
    /* "I was there" */
    {HIRE_NO_SHOW, EVENT_CONFIRM, HIRE_NO_SHOW, BOTH_SIDES},
    {HIRE_NO_SHOW, EVENT_AGREE, HIRE_AGREED, BOTH_SIDES},
    {HIRE_TAKEN, EVENT_DECIDE, HIRE_AGREED, SIDE_OFFICE},
    {HIRE_DONE, EVENT_DECIDE, HIRE_AGREED, SIDE_OFFICE},
    {HIRE_AGREED, EVENT_DECIDE, HIRE_AGREED, SIDE_OFFICE},
    {HIRE_PAID, EVENT_DECIDE, HIRE_AGREED, SIDE_OFFICE},
    {HIRE_DISPUTED, EVENT_DECIDE, HIRE_DISPUTED, SIDE_OFFICE},
    {HIRE_NO_SHOW, EVENT_DECIDE, HIRE_AGREED, SIDE_OFFICE},
    {HIRE_AGREED, EVENT_KEEP, HIRE_AGREED, SIDE_OFFICE},
    {HIRE_PAID, EVENT_KEEP, HIRE_PAID, SIDE_OFFICE},
    {HIRE_DISPUTED, EVENT_KEEP, HIRE_DISPUTED, SIDE_OFFICE},
    {HIRE_NO_SHOW, EVENT_KEEP, HIRE_NO_SHOW, SIDE_OFFICE},
    {HIRE_AGREED, EVENT_PAID, HIRE_PAID, SIDE_EMPLOYER},
    {HIRE_AGREED, EVENT_NO, HIRE_DISPUTED, SIDE_WORKER},
    {HIRE_DISPUTED, EVENT_PAID, HIRE_PAID, SIDE_EMPLOYER},
    {HIRE_PAID, EVENT_YES, HIRE_SETTLED, SIDE_WORKER},
    {HIRE_PAID, EVENT_NO, HIRE_DISPUTED, SIDE_WORKER},
    {HIRE_DISPUTED, EVENT_YES, HIRE_SETTLED, SIDE_WORKER},
    {HIRE_TAKEN, EVENT_CALL_OFF, HIRE_CALLED_OFF, SIDE_MARKET},
    {HIRE_WORKING, EVENT_CALL_OFF, HIRE_WORKING, SIDE_MARKET}, /* keeps the right to his wage */
};

const struct rule *hire_next(enum hire_state state, enum hire_event event, enum side side, enum hire_state *ret)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].from == state && table[i].event == event && table[i].who & (int)side) {
            *ret = table[i].to;
            return NULL;
        }
    return state == HIRE_CALLED_OFF ? &off_by_market : &hire_moved;
}

/* Every way a post or a firm stops, by where it ends. Paused is not over: somebody looks first, and whoever has a place comes
 * unless he is told otherwise. */
enum hire_off off_by_job(int32_t state)
{
    static const enum hire_off why[] = {
        [JOB_SUBMITTED] = OFF_NONE, /* nobody has looked yet */
        [JOB_HELD] = OFF_NONE,      /* a visit found what can be mended, a worker complained, the lowest wage rose */
        [JOB_OPEN] = OFF_NONE,
        [JOB_CLOSED] = OFF_NONE,  /* by its employer, who has enough, or valid no longer */
        [JOB_REFUSED] = OFF_POST, /* a desk or an inspector: it is not what it says; a visit that ends in a ban */
    };
    return why[state];
}

enum hire_off off_by_employer(int32_t state)
{
    static const enum hire_off why[] = {
        [EMPLOYER_NEW] = OFF_NONE,
        [EMPLOYER_VERIFIED] = OFF_NONE,
        [EMPLOYER_SUSPENDED] = OFF_EMPLOYER, /* a desk, or a visit that ends in a ban: all its posts */
        [EMPLOYER_MERGED] = OFF_NONE,        /* it never hired anybody */
    };
    return why[state];
}

/* A place that was never answered holds nobody once nothing can be said of it any more. */
const struct rule *hire_holds(const struct hire *h, int64_t now_ms)
{
    static const struct rule *const by_state[] = {
        [HIRE_TAKEN] = &leave_day, [HIRE_WORKING] = &leave_day, [HIRE_DONE] = &leave_numbers, [HIRE_AGREED] = &leave_wage,
        [HIRE_PAID] = &leave_receipt, [HIRE_DISPUTED] = &leave_dispute, [HIRE_CALLED_OFF] = NULL};
    bool over = h->state == HIRE_TAKEN && now_ms > h->end_ms;
    if (over && numbers_time(h, now_ms))
        return NULL;
    return h->apart_ms || over ? &leave_numbers : by_state[h->state];
}

const struct rule *check_in_time(int64_t start_ms, int64_t end_ms, int64_t now_ms)
{
    if (now_ms < start_ms - HOUR_MS)
        return &too_early;
    return now_ms > end_ms ? &hire_moved : NULL;
}

int64_t hire_expected_ms(const struct hire *h)
{
    return h->made_ms > h->start_ms - SHORT_NOTICE_MIN * MIN_MS ? h->made_ms + COME_MIN * MIN_MS : h->start_ms;
}

int64_t hire_missing_ms(const struct hire *h)
{
    return hire_expected_ms(h) + MISSING_MIN * MIN_MS;
}

const struct rule *numbers_time(const struct hire *h, int64_t now_ms)
{
    if (h->state != HIRE_TAKEN && h->state != HIRE_NO_SHOW)
        return NULL;
    if (now_ms <= h->end_ms)
        return &not_over;
    return h->decided || now_ms > h->end_ms + HIRE_LATE_DAYS * (int64_t)DAY_MS ? &hire_moved : NULL;
}

int64_t hire_clock_min(const struct hire *h)
{
    int64_t from_ms = h->in_ms > h->start_ms ? h->in_ms : h->start_ms;
    int64_t there = (h->out_ms - from_ms) / MIN_MS - h->break_min;
    if (!h->in_ms || !h->out_ms)
        return -1;
    return there > 0 ? there : 0;
}

bool numbers_far(const struct hire *h, const struct worked *w)
{
    int64_t shift = hire_shift_min(h), clock = hire_clock_min(h), there = clock < 0 || clock > shift ? shift : clock;
    if (h->pay_unit == PAY_PIECE)
        return !w->pieces;
    return !w->minutes || 2 * w->minutes < there || w->minutes > shift;
}

bool hire_to_settle(const struct hire *h, int64_t now_ms)
{
    bool waited = h->state == HIRE_NO_SHOW || now_ms - h->apart_ms >= APART_HOURS * (int64_t)HOUR_MS;
    return h->state == HIRE_DISPUTED || (h->apart_ms && waited);
}

void hire_say(struct hire *h, enum side side, const struct worked *w)
{
    bool worker = side == SIDE_WORKER;
    *(worker ? &h->worker_ok : &h->employer_ok) = true;
    *(worker ? &h->worker_minutes : &h->employer_minutes) = w->minutes;
    *(worker ? &h->worker_pieces : &h->employer_pieces) = w->pieces;
}

bool hire_stands(const struct hire *h, const struct worked *w)
{
    return h->pay_unit == PAY_PIECE ? w->pieces == h->pieces : w->minutes == h->minutes;
}

bool hire_said_same(const struct hire *h)
{
    bool same = h->pay_unit == PAY_PIECE ? h->worker_pieces == h->employer_pieces : h->worker_minutes == h->employer_minutes;
    return h->worker_ok && h->employer_ok && same;
}

static int64_t work_min(const struct span *s)
{
    return (s->end_ms - s->start_ms) / MIN_MS - s->break_min;
}

/* With a day between one gets anywhere. */
static bool too_far(const struct span *a, const struct span *b, int64_t gap_ms)
{
    bool known = point_known(a->place) && point_known(b->place);
    return gap_ms < DAY_MS && known && gap_ms < geo_travel_min(point_m(a->place, b->place)) * MIN_MS;
}

const struct rule *calendar_broken(const struct calendar *c, const struct span *shift, int64_t rest_h, int64_t day_max_h)
{
    int64_t day_min = work_min(shift);
    for (size_t i = 0; i < c->n; i++) {
        const struct span *s = &c->v[i];
        bool same_day = cal_day(s->start_ms) == cal_day(shift->start_ms);
        int64_t gap_ms = s->end_ms <= shift->start_ms ? shift->start_ms - s->end_ms : s->start_ms - shift->end_ms;
        if (gap_ms < 0)
            return &overlap;
        if (too_far(s, shift, gap_ms))
            return &between_short;
        if (!same_day && gap_ms < rest_h * HOUR_MS)
            return &rest_short;
        day_min += same_day ? work_min(s) : 0;
    }
    return day_max_h && day_min > day_max_h * 60 ? &day_long : NULL;
}

bool hire_active(const struct hire *h)
{
    return h->state <= HIRE_DISPUTED;
}

bool hire_owed(const struct hire *h)
{
    return h->state >= HIRE_AGREED && h->state <= HIRE_DISPUTED;
}

int64_t hire_shift_min(const struct hire *h)
{
    return (h->end_ms - h->start_ms) / MIN_MS - h->break_min;
}

bool hire_books_true(const struct hire *h, const struct books *b)
{
    bool owed = hire_owed(h), settled = h->state == HIRE_SETTLED;
    const struct work w = {(enum pay_unit)h->pay_unit, h->pay_fen, h->minutes, h->pieces, hire_shift_min(h)};
    int64_t wage = owed ? wage_of(&w) : 0;
    return (!owed || h->wage_fen == wage) && b->cost_fen == wage && b->due_fen == (settled ? 0 : -wage) &&
           b->paid_fen == (settled ? -wage : 0);
}
