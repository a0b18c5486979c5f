/* hire_rules.h - how a hire may go on, and who may say so. Pure. */
#pragma once
#include "base/geo.h"
#include "base/rule.h"
#include "feature/hire/hire.h"

enum hire_event { EVENT_CHECK_IN, EVENT_CHECK_OUT, EVENT_CONFIRM, EVENT_AGREE, EVENT_PAID, EVENT_YES, EVENT_NO,
                  EVENT_CANCEL, EVENT_NO_SHOW, EVENT_CALL_OFF, EVENT_DECIDE, EVENT_KEEP };
enum side { SIDE_WORKER = 1, SIDE_EMPLOYER = 2, SIDE_MARKET = 4, SIDE_OFFICE = 8 }; /* the last: a mediator, or the desk in its own name */

extern const struct rule hire_moved, shift_full, shift_gone, shift_begun, overlap, papers_missing, night_age, code_not_right,
    too_early, birth_missing, minor_work, not_yet_missing, wage_not_due, partner_needed, between_short, rest_short, day_long, not_on_list, both_sides, off_by_market,
    not_over, far_from_clock, nothing_to_settle, leave_day, leave_numbers, leave_wage, leave_receipt, leave_dispute;

/* NULL and the next state, or the rule that says no. */
const struct rule *hire_next(enum hire_state state, enum hire_event event, enum side side, enum hire_state *ret);
/* What becomes of whoever has a place or is asked, by where a post (enum job_state) or a firm (enum employer_state) has come
 * to; OFF_NONE: the places stand. */
enum hire_off off_by_job(int32_t state);
enum hire_off off_by_employer(int32_t state);
/* Check-in is open from an hour before the start to the end of the shift. */
const struct rule *check_in_time(int64_t start_ms, int64_t end_ms, int64_t now_ms);
/* From when on it may be said that he has not come: so long after he was expected. */
enum { MISSING_MIN = 30 };
int64_t hire_missing_ms(const struct hire *h);
/* So long after a desk placed somebody it may give the place back as its own mistake. */
enum { SLIP_MIN = 30 };
/* What was worked, as somebody says it. */
struct worked {
    int64_t minutes, pieces;
};
/* So long after the end of a shift both may still say what was worked where nobody was checked in. */
enum { HIRE_LATE_DAYS = 7 };
/* What was worked is said when somebody was checked out; of one who was not checked in, or was marked as missing,
 * from the end of the shift on, for HIRE_LATE_DAYS; and no more once somebody has decided that he was missing. */
const struct rule *numbers_time(const struct hire *h, int64_t now_ms);
/* Minutes between check-in, or the beginning of the shift if that is later, and check-out, without the break, >= 0;
 * -1 when one of the two is not known. */
int64_t hire_clock_min(const struct hire *h);
/* Nothing at all, less than half of what the clock (or, without it, the shift) says, or more than the shift: asked once more. */
bool numbers_far(const struct hire *h, const struct worked *w);
/* One side says its own number; what the other has said stays. */
void hire_say(struct hire *h, enum side side, const struct worked *w);
/* A case for a mediator: the wage did not come, as the worker says, or the two sides have not agreed on the numbers for so long;
 * a mark as missing that was answered waits for nobody. As the queries hire.disputed and hire.apart. */
enum { APART_HOURS = 24 };
bool hire_to_settle(const struct hire *h, int64_t now_ms);
/* These are the numbers that stand, in what pay hangs on. */
bool hire_stands(const struct hire *h, const struct worked *w);
/* Both have said the same of what pay hangs on: pieces, or else minutes. */
bool hire_said_same(const struct hire *h);
/* What a person holds around a shift. */
enum { CALENDAR_MAX = 16 };
struct span {
    int64_t start_ms, end_ms, break_min;
    struct point place; /* unknown = no way to or from it */
};
struct calendar {
    struct span v[CALENDAR_MAX];
    size_t n;
};
/* NULL when the shift fits, by what the engine asks (hard.c): nothing at the same time, time for the way from
 * one place to the other, `rest_h` hours between the work of two days, and
 * with the other shifts of its day at most `day_max_h` hours of work (0 = any number). */
const struct rule *calendar_broken(const struct calendar *c, const struct span *shift, int64_t rest_h, int64_t day_max_h);
/* Paid minutes of the whole shift. */
int64_t hire_shift_min(const struct hire *h);
/* What the ledger holds of a hire: sums of its accounts. */
struct books {
    int64_t cost_fen, due_fen, paid_fen; /* employer.cost, worker.due, employer.paid */
};
/* I6: nothing before both agreed; then the wage is owed, from its receipt on paid; and it is the wage of the agreed numbers. */
bool hire_books_true(const struct hire *h, const struct books *b);
