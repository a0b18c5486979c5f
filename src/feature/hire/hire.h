/* hire.h - the contract moment and the day that follows: who works on which shift under which
 * frozen terms. Invariants: taken = count of active hires <= cap (I1); nobody holds two overlapping
 * shifts (I3). */
#pragma once
#include "http/app.h"
#include "http/reach.h"

/* Active: TAKEN .. DISPUTED. Changes only along the table in hire_rules.c. */
enum hire_state {
    HIRE_TAKEN,
    HIRE_WORKING,
    HIRE_DONE,   /* checked out, or over and one has said so: hours or pieces to be said by both */
    HIRE_AGREED, /* both confirmed; the wage is owed, and due by the rhythm of the terms */
    HIRE_PAID,   /* the employer says paid */
    HIRE_SETTLED,
    HIRE_DISPUTED,
    HIRE_CANCELLED_WORKER,
    HIRE_CANCELLED_EMPLOYER,
    HIRE_NO_SHOW,
    HIRE_CALLED_OFF /* by the market: nobody's fault who was to come */
};
/* Why the market stepped in: the post is not what it says, or its firm may not employ. */
enum hire_off { OFF_NONE, OFF_POST, OFF_EMPLOYER };

struct hire {
    int64_t id, city, shift_id, job_id, employer_id, person_id;
    struct str title, employer_name, address, terms; /* frozen at the contract moment */
    struct str terms_en; /* the same in English; empty = taken before there were any */
    int64_t lang; /* enum lang in which the worker took it, or that of his account where another did: letters about it are in that */
    int32_t pay_unit;                                /* enum pay_unit of rules.h */
    int64_t pay_fen;
    int32_t state;
    int64_t start_ms, end_ms, break_min;
    int64_t in_ms, out_ms;
    int64_t minutes, pieces; /* as agreed or decided; before that, what the clock proposes */
    bool worker_ok, employer_ok; /* who has said a number of his own: */
    int64_t worker_minutes, worker_pieces, employer_minutes, employer_pieces;
    int64_t apart_ms; /* since when one has said a number that the other has not; 0 = no such thing */
    bool decided; /* by a mediator or the desk, not by both sides; why stands in the audit */
    int64_t wage_fen;
    int32_t paid_how; /* index into hire_hows, 0 = unknown */
    int64_t agreed_ms, paid_ms, ended_ms; /* both confirmed; said to be paid; called off or found missing */
    int32_t off_why; /* enum hire_off; of whoever was to come, and of whoever was there */
    bool excused; /* a desk heard why, or the other of a couple called off: it counts against nobody */
    int64_t by_id; /* the member of staff who took it for him, 0 = self */
    int64_t made_ms;
    int64_t with_shift_id; /* of two who go only together: what the other took in the same act, where it is another shift; else 0 */
    struct str who; /* the worker's name, masked; only in lists for others than himself */
    int64_t missing_ms; /* of who holds his place: hire_missing_ms; only in lists */
};

extern const struct feature hire_feature;
extern const struct record hire_record;
/* The contract moment: takes a place for `p` (both of a couple that goes only together, or neither) and freezes the terms.
 * `asked`: it was offered to him: of such a couple it is not known who of the two said yes, so that what either has said must
 * hold; and he may be called in after it has begun.
 * Refuses with the rule that stands against it. */
struct person;
MUST_USE enum err hire_take(struct request *rq, const struct person *p, bool asked, int64_t shift_id, struct hire *ret);
/* The same questions without taking: refuses with what stands against it. Places are not counted. */
MUST_USE enum err hire_may(struct request *rq, const struct person *p, bool asked, int64_t shift_id);
/* Of a couple that goes only together: that the other has yet to answer the question of age, in words; else empty. */
MUST_USE enum err hire_age_of_other(struct request *rq, const struct person *p, struct str *ret);
extern const struct choice hire_states[]; /* enum hire_state */
extern const struct choice hire_hows[]; /* unknown, cash, bank, wechat, alipay */
MUST_USE enum err hire_get(struct request *rq, int64_t id, struct hire *ret);
/* What keeps a person from leaving: a day ahead, numbers that are not agreed, a wage that has not come; NULL: nothing. */
const struct rule *hire_holds(const struct hire *h, int64_t now_ms);
/* Those of a person that do, soonest first, at most HIRE_HOLDING_MOST. O(his hires) */
enum { HIRE_HOLDING_MOST = 20 };
MUST_USE enum err hire_holding(struct request *rq, int64_t person_id, struct hire **ret, size_t *ret_n);
/* He leaves: his hires stay, bound to a number; how staff knew what was said of them goes. */
MUST_USE enum err hires_forget(struct request *rq, int64_t person_id);
/* Of one person, latest start first, ended and cancelled ones too; at most 100. */
MUST_USE enum err hire_of_person(struct request *rq, int64_t person_id, struct hire **ret, size_t *ret_n);
/* Those of the person of `behind` that stand behind it there, by start and id; at most HIRE_PERSON_PAGE. */
MUST_USE enum err hire_of_person_after(struct request *rq, const struct hire *behind, struct hire **ret, size_t *ret_n);
/* Those of the employer of `behind` from its start and id on that begin at `from_ms` or later, and earlier ones whose wage is
 * not paid yet; soonest first, at most HIRE_EMPLOYER_PAGE. */
MUST_USE enum err hire_of_employer(struct request *rq, const struct hire *behind, int64_t from_ms, struct hire **ret, size_t *ret_n);
enum { HIRE_PERSON_PAGE = 100, HIRE_EMPLOYER_PAGE = 500 };
bool hire_active(const struct hire *h);
/* When he is to be there: at the start; of who took it in the last SHORT_NOTICE_MIN or later, COME_MIN after he did. */
enum { SHORT_NOTICE_MIN = 30, COME_MIN = 60 };
int64_t hire_expected_ms(const struct hire *h);
/* A row as it stands, places not counted. ERR_CONFLICT when the person already holds this shift. */
MUST_USE enum err hire_add(struct request *rq, const struct hire *h);
/* How many hold a place of the shift and have not come, since so long that they may be said to be missing (hire_missing_ms). */
MUST_USE enum err hire_missing(struct request *rq, int64_t shift_id, int64_t *ret);
/* From now on it counts, or no longer, in what is known of the worker. */
MUST_USE enum err hire_excuse(struct request *rq, const struct hire *h, bool excused);
bool hire_owed(const struct hire *h); /* both agreed on the numbers: the wage is due, or was paid */
/* Wages that the worker says did not come, oldest first, behind the start and id of `behind`; at most HIRE_DISPUTED_PAGE. */
enum { HIRE_DISPUTED_PAGE = 200 };
MUST_USE enum err hire_disputed(struct request *rq, const struct hire *behind, struct reach r, struct hire **ret, size_t *ret_n);
/* Whose work begins within [from_ms, to_ms), in every state; and those made within it that still hold.
 * Soonest first, at most 20,000. */
MUST_USE enum err hire_begun(struct request *rq, int64_t from_ms, int64_t to_ms, struct hire **ret, size_t *ret_n);
MUST_USE enum err hire_made(struct request *rq, int64_t from_ms, int64_t to_ms, struct hire **ret, size_t *ret_n);
/* Of the last TURNOUT_MOST hires of the city whose work began since `from_ms` and of which it is known: who came, and who
 * did not without calling off; excused ones left out. O(TURNOUT_MOST) */
enum { TURNOUT_MOST = 5000 };
struct hire_turnout {
    int64_t came, missing;
};
MUST_USE enum err hire_turnout(struct request *rq, int64_t from_ms, struct hire_turnout *ret);
/* How many hires were made and how many people checked in since `from_ms`, for hall and desk. */
struct hire_counts {
    int64_t made, in, paid;
};
MUST_USE enum err hire_count(struct request *rq, int64_t from_ms, struct hire_counts *ret);
/* What the market stopped and is not settled, of work that begins or began since `from_ms`: soonest first, at most 500. */
MUST_USE enum err hire_stopped_list(struct request *rq, int64_t from_ms, struct reach r, struct hire **ret, size_t *ret_n);
/* Counts what breaks I4 (terms other than the audit chain has them; a hire of an older program has none there) or I6
 * (a wage other than agreed, or other than in the ledger); 0 = sound. O(hires). */
MUST_USE enum err hire_check_agreed(struct request *rq, int64_t *ret_bad);
/* Counts what breaks I1 (places) or I3 (overlaps); 0 = sound. O(hires). */
MUST_USE enum err hire_check(struct request *rq, int64_t *ret_bad);
