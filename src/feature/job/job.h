/* job.h - posts and their shifts. Invariant I2: a post is shown, matched or taken only while it is
 * open, verified, valid, and its employer is verified; job_shown asks exactly that. */
#pragma once
#include "http/app.h"
#include "http/reach.h"
#include "rules/rules.h"

/* One vocabulary of trades for posts, wishes and the hall; keys are stable, texts "trade.<key>". */
extern const struct choice trades[];
enum need { NEED_STANDING, NEED_LIFTING, NEED_NIGHT, NEED_HEAT, NEED_HEIGHT, NEEDS };
/* What nobody under 18 may be given: 未成年工特殊保护规定 Art. 3. A post does not say how heavy or how hot. */
enum { MINORS_NEVER = 1 << NEED_LIFTING | 1 << NEED_NIGHT | 1 << NEED_HEAT | 1 << NEED_HEIGHT };
extern const struct choice needs[];
enum offer { OFFER_DAY_PAY, OFFER_MEALS, OFFER_LODGING, OFFER_SEATED, OFFER_INDOOR, OFFER_OLDER, OFFERS };
extern const struct choice offers[];
extern const struct choice pay_units[], check_levels[], rhythms[], job_states[]; /* enum pay_unit, level, rhythm, job_state */
extern const struct choice papers[]; /* certificates required by law for some work */
enum { PAPERS = 5, SKILLS = 16 };
extern const struct choice skills[]; /* what hands can do; who wants one writes it down as known or practised */

struct job {
    int64_t id, city, district, employer_id;
    struct str employer_name, title;
    int32_t trade;
    struct str occupation; /* code of the classification of 2022, or empty */
    struct str text, address;
    struct geo place;
    int32_t pay_unit; /* enum pay_unit of rules.h */
    int64_t pay_fen, pay_max_fen, piece_norm;
    int32_t rhythm, valid_to; /* enum rhythm; last day it is shown */
    uint32_t needs, offers, papers;
    uint32_t skills, skills_wanted; /* must be known; welcome: practised */
    struct str source, source_id;
    int32_t state; /* enum job_state */
    struct str findings;
    int64_t verified_by, verified_ms;
    int32_t level; /* enum level */
    int64_t made_ms, heads; /* the last: people wanted as posted; the shifts say how many there are places */
    int64_t risk; /* of the employer, percent; only for the engine */
    bool look;    /* on its way in: a person is to look where screening is not sure */
    /* of one shift, for lists */
    int64_t shift_id, start_ms, end_ms, break_min, cap, taken, left;
    /* for whoever verifies: shifts ahead, and what the words say of body and hours; minutes, 0 to 0 = nothing */
    int64_t shifts, said_from_min, said_to_min, said_break_min;
    uint32_t said_needs;
};
enum rhythm { RHYTHM_DAY, RHYTHM_WEEK, RHYTHM_HALF_MONTH, RHYTHM_MONTH };
enum job_state { JOB_SUBMITTED, JOB_HELD, JOB_OPEN, JOB_CLOSED, JOB_REFUSED };
enum level { LEVEL_NONE, LEVEL_PAPERS, LEVEL_PHONED, LEVEL_VISITED };

struct shift {
    int64_t id, city, job_id, start_ms, end_ms, break_min, cap, taken;
};

extern const struct feature job_feature;
extern const struct record job_record, shift_record;

MUST_USE enum err job_get(struct request *rq, int64_t id, struct job *ret);
/* With the members of the shift filled in. */
MUST_USE enum err job_of_shift(struct request *rq, int64_t shift_id, struct job *ret);
/* All shifts that may be shown and begin within [from_ms, to_ms), soonest first, at most limit. */
MUST_USE enum err job_shown(struct request *rq, int64_t from_ms, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n);
/* Those from `after` on, by start and id, itself not among them; one that has begun, or all zero: from now on. */
MUST_USE enum err job_shown_after(struct request *rq, const struct job *after, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n);
/* From now on: those of one employer, at most 200; within m metres of a place (flat earth: 0.2 % off); latest verified first. The last
 * two look at every shift that begins before to_ms, the second until it has found enough. */
MUST_USE enum err job_shown_of(struct request *rq, int64_t employer_id, int64_t to_ms, struct job **ret, size_t *ret_n);
struct circle {
    struct geo place;
    int32_t m;
};
MUST_USE enum err job_shown_near(struct request *rq, struct circle c, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n);
MUST_USE enum err job_shown_latest(struct request *rq, int64_t to_ms, int64_t limit, struct job **ret, size_t *ret_n);
/* Of all of these, however many, trade by trade: free places, those of which the pay of a shift is known (job_shift_fen; not by the
 * month), and what such a shift pays at least and at most; 0 where none has. The most of the second first. O(these shifts), n <= trades. */
struct trade_pay {
    int32_t trade;
    int64_t left, paid_left, min_fen, max_fen;
};
MUST_USE enum err job_pays(struct request *rq, int64_t from_ms, int64_t to_ms, struct trade_pay **ret, size_t *ret_n);
/* All shifts that begin within [from_ms, to_ms) and count that day: of open posts, and any that somebody took; full ones too.
 * Soonest first, at most 5000. */
MUST_USE enum err job_of_day(struct request *rq, int64_t from_ms, int64_t to_ms, struct job **ret, size_t *ret_n);
/* Whether a stranger may see the post, I2: OK or ERR_NONE. */
MUST_USE enum err job_seen(struct request *rq, const struct job *j);
/* The same question for one shift: may it be taken now? */
MUST_USE enum err job_shown_one(struct request *rq, int64_t shift_id, struct job *ret);
/* The same for n shifts: ret[i] filled and ret_shown[i] true where ids[i] may be shown and has room. A query for each 20. */
MUST_USE enum err job_shown_these(struct request *rq, const int64_t *ids, size_t n, struct job *ret, bool *ret_shown);
/* By shift, latest first; before them those that are not over and have none. At most 200. */
MUST_USE enum err job_of_employer(struct request *rq, int64_t employer_id, struct job **ret, size_t *ret_n);
/* Of the state of `behind` (of open ones, those from elsewhere without a shift ahead), those that were posted after it (id 0:
 * all), oldest first, at most JOB_PAGE; each with its next shift and the number of those ahead. */
enum { JOB_PAGE = 200 };
MUST_USE enum err job_in_state(struct request *rq, const struct job *behind, struct reach r, struct job **ret, size_t *ret_n);
/* Every post in every state, once for each of its shifts, one without any once: those behind `after` (all zero to begin
 * with) by post and shift, at most limit. */
MUST_USE enum err job_every(struct request *rq, const struct job *after, int64_t limit, struct job **ret, size_t *ret_n);
MUST_USE enum err job_shifts(struct request *rq, int64_t job_id, struct shift **ret, size_t *ret_n);
/* Sets the offer of pay on the day as its rhythm has it. */
MUST_USE enum err job_add(struct request *rq, struct job *j);
/* All posts of a firm that never hired anybody are the other one's. */
struct employer;
MUST_USE enum err job_give_all(struct request *rq, int64_t from_id, const struct employer *to);
MUST_USE enum err shift_add(struct request *rq, const struct shift *s);
/* ERR_CONFLICT when the state was another. Tells every feature of "job": one that is refused calls off who was to come. */
MUST_USE enum err job_move(struct request *rq, int64_t id, enum job_state from, enum job_state to);
/* What its poster reads of one that was refused, before what screening found. */
MUST_USE enum err job_say(struct request *rq, const struct job *j, struct str why);
MUST_USE enum err job_verify(struct request *rq, int64_t id, enum level level);
/* taken += n where it fits under cap; ERR_CONFLICT when it does not (never count, then insert). */
MUST_USE enum err shift_take(struct request *rq, int64_t shift_id, int64_t n);
/* One more has worked there than was known, after the end; where all places were taken, there was one more of them. */
MUST_USE enum err shift_worked(struct request *rq, int64_t shift_id);
MUST_USE enum err shift_give_back(struct request *rq, int64_t shift_id, int64_t n);
/* Open posts that nobody verified or whose employer nobody ever did (I2); 0 = sound. O(open posts). */
MUST_USE enum err job_check(struct request *rq, int64_t *ret_bad);
/* Screens a post as the rules stand today; codes and words into *ret_text. */
enum rule_effect job_screen(struct request *rq, const struct job *j, struct findings *ret, struct str *ret_text);
/* What the work asks of the body by what title and text say: rules/needs.rule. */
uint32_t job_said_needs(const struct request *rq, const struct job *j);
/* Works between 22:00 and 6:00 somewhere. */
bool shift_is_night(int64_t start_ms, int64_t end_ms);
/* It may still be taken, places apart: by who finds it himself before it begins, by who is sent or called in
 * while half of it is ahead. */
bool shift_open(const struct job *j, bool sent, int64_t now_ms);
/* As stated by whoever verifies, or NULL: what the post says, or else its words. Night where a shift ahead is at night. */
MUST_USE enum err job_settle_needs(struct request *rq, const struct job *j, const uint32_t *stated);
/* As stated by whoever verifies; ERR_CONFLICT once it was verified: what is promised then stands. */
MUST_USE enum err job_settle_rhythm(struct request *rq, const struct job *j, enum rhythm stated);
extern const struct rule shift_missing; /* when nobody said when the work is */
/* Refuses when no shift is ahead. */
MUST_USE enum err job_has_shift(struct request *rq, int64_t job_id);
extern const struct rule underpaid; /* when job_underpaid */
/* The pay of this shift is below the lowest lawful one of its place and day. */
bool job_underpaid(const struct request *rq, const struct job *j);
/* Refuses when that is so for one of its shifts ahead. */
MUST_USE enum err job_pay_lawful(struct request *rq, int64_t job_id);
/* Values of a card as people read it: pay a day and an hour, span, walking time from `home`. */
struct view;
void job_view(struct request *rq, struct view *v, const struct job *j, struct geo home);
/* Gross pay of one shift and per hour of paid time, in fen; 0 when it cannot be known. */
int64_t job_shift_fen(const struct job *j);
int64_t job_hour_fen(const struct job *j);
/* Its sample pictures as list "pictures" of {src}. */
MUST_USE enum err job_view_pictures(struct request *rq, struct view *v, int64_t job_id);
/* One line a finding: its code if it is a rule, the words that fired, what is wrong and what to do. */
struct str job_findings_text(struct request *rq, const struct findings *f);
/* The same for whoever posts: without the codes, which are for staff. */
struct str job_findings_plain(struct request *rq, struct str findings);
