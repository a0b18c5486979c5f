/* hire_api.h - what the three parts of the feature share: taking, the life of a hire, pages. */
#pragma once
#include "feature/hire/hire_rules.h"
#include "feature/hire/hire_store.h"
#include "feature/job/job.h"

struct person;
/* What load_hire left in rq->object: the hire and whose side the caller stands on. */
struct my_hire {
    struct hire h;
    enum side side;
    struct str said; /* for an employer: how staff know what he wants; else empty */
};
/* hire_side.c */
enum { SPEAKERS = DESK | MEDIATOR };
extern const struct choice hire_sides[]; /* worker, employer: enum side less 1 */
/* In a form of what either side may do: for which side a member of staff speaks. */
#define SPEAKS(type)                                                                               \
    FIELD(type, side, ENUM, .choices = hire_sides, .see = NOBODY, .put = SPEAKERS,                  \
          .doc = "Staff speak for the worker, or as told by the employer."),    \
    FIELD(type, reason, TEXT, .min = 2, .max = 200, .see = NOBODY, .put = SPEAKERS,                \
          .doc = "How they know what the employer wants; kept, and shown to the worker.")
/* The side of the caller, ERR_NONE when it is no business of his. */
MUST_USE enum err hire_stand(struct request *rq, struct my_hire *m);
/* Keeps what was just said for the employer; one that has an account is told. */
MUST_USE enum err hire_keep_said(struct request *rq, const struct my_hire *m, enum hire_event event);
enum err take_shift(struct request *rq);
enum err take_two_shifts(struct request *rq);
/* What the law has against this work for this age; NULL: nothing. */
const struct rule *age_rule(struct request *rq, const struct person *p, const struct job *j);

/* hire_said.c: what was worked, as it comes in */
extern const struct record numbers_form, decision_form;
struct numbers {
    int64_t minutes, pieces, hours;
    bool sure; /* asked once more, said again */
    bool keep;
    int32_t side;
    struct str reason;
};
/* ERR_INPUT when what pay hangs on was not said. */
MUST_USE enum err numbers_said(struct request *rq, struct worked *ret);
extern const char *const hire_act_words[]; /* text keys by enum hire_act */
/* "3 h 20 min", or pieces. */
struct str show_worked(struct request *rq, const struct hire *h, const struct worked *w);
/* What each side says beside what the clock says, as `side` sees it. */
void view_said(struct request *rq, struct view *v, const struct hire *h, enum side side);
/* Both sides hear what a mediator or the desk has decided; the employer of whom, masked. */
MUST_USE enum err decided_tell(struct request *rq, const struct hire *h);
enum err apart_hires(struct request *rq);
enum err load_office(struct request *rq); /* .owns of what a mediator or the desk does in its own name */
extern const struct record side_call_form;
enum err open_side(struct request *rq); /* the number of one side, of a day that is hire_to_settle */
extern const struct record take_form;
struct take {
    int64_t person_id;
    bool both;
    int32_t age_said; /* enum age_said of person.h */
    int32_t born;
    struct str reason;
};
struct check_in {
    struct str code;
};

/* hire_due.c: the first day on which the worker may say that an agreed wage has not come. */
MUST_USE enum err hire_due_day(struct request *rq, const struct hire *h, int32_t *ret);

/* hire_join.c */
extern const struct record ask_form, join_form;
enum err page_join(struct request *rq);
enum err page_join_code(struct request *rq);
enum err ask_join(struct request *rq);
enum err join_shift(struct request *rq);

/* One page of somebody's days, latest start first. */
struct days {
    struct hire *v;
    size_t n;
    int64_t next; /* what stands behind it: the last of this page, 0 = nothing */
};
/* The page behind `after`, 0 = the first. ERR_NONE when that is no day of his. */
MUST_USE enum err days_page(struct request *rq, int64_t person_id, int64_t after, struct days *ret);
/* hire_stop.c: what becomes of hires when a post or its firm is stopped (hire_rules.h says when that is). */
MUST_USE enum err stop_of_job(struct request *rq, const struct job *j, enum hire_off *ret);
/* In the transaction that stopped it: the first STOP_PAGE people, those of soonest; the timer goes on with the others. */
MUST_USE enum err stop_within(struct request *rq, struct str what, int64_t id);
MUST_USE enum err stop_rest(struct request *rq);
struct view;
/* As "off" of the page: what happened, whom to ask; none where nothing was stopped. */
MUST_USE enum err stop_view(struct request *rq, struct view *v, const struct hire *h);

enum err page_my(struct request *rq);
enum err page_day(struct request *rq);
enum err page_numbers(struct request *rq); /* the same, after numbers that were not taken */
enum err load_scanned(struct request *rq); /* .owns of what the QR code of a slip opens */
enum err page_slip(struct request *rq);
enum err page_check_in(struct request *rq);
