/* offer_store.h - the SQL of offers, and what the files of the feature share. */
#pragma once
#include "feature/job/job.h"
#include "feature/offer/offer.h"
#include "market/offer.h"

/* One shift for which people are asked. */
struct ask {
    int64_t city, shift_id, waves;
    bool going;      /* the timer looks after it, until shortly before the shift */
    int64_t next_ms; /* the next wave goes not before; stopped: when the shift begins */
    int64_t by_id, made_ms;
    int64_t standby; /* so many are to stand by when the places are taken */
};
extern const struct record ask_record;
extern const struct choice offer_states[]; /* enum offer_state */
extern const struct query *const offer_queries[];
MUST_USE enum err ask_get(struct request *rq, int64_t shift_id, struct ask *ret);
MUST_USE enum err ask_put(struct request *rq, const struct ask *k);
enum { GOING_PAGE = 100 };
/* Those going on, oldest first: the next GOING_PAGE behind one (made_ms and shift_id of it; zeros to begin with). */
MUST_USE enum err ask_going(struct request *rq, const struct ask *after, struct ask **ret, size_t *ret_n);

MUST_USE enum err offer_add(struct request *rq, struct sent_offer *o);
MUST_USE enum err offer_get(struct request *rq, int64_t id, struct sent_offer *ret);
MUST_USE enum err offer_of_shift(struct request *rq, int64_t shift_id, struct sent_offer **ret, size_t *ret_n);
/* Fills `held` of offers of the shift, ascending by id. O(n + hires of the shift) */
MUST_USE enum err offer_held(struct request *rq, int64_t shift_id, struct sent_offer *o, size_t n);
/* That there is none yet is no failure: *ret is one without waves of its own, not yet in the database. */
MUST_USE enum err ask_or_new(struct request *rq, const struct job *j, struct ask *ret);
/* Offered, willing and stand-by, also to both of a couple in the other's name; soonest deadline first. */
MUST_USE enum err offer_of_person(struct request *rq, int64_t person_id, struct sent_offer **ret, size_t *ret_n);
/* The same of everybody, for the shifts ahead of a post or of an employer, whose id it is, that may not be shown. */
MUST_USE enum err offer_of_hidden(struct request *rq, int64_t id, struct sent_offer **ret, size_t *ret_n);
/* Asks anew, in the row o->id, whose place or offer ended otherwise than by a no to it; ERR_CONFLICT when it did not. */
MUST_USE enum err offer_add_again(struct request *rq, const struct sent_offer *o);
/* ERR_CONFLICT when the state was no longer `from`. */
MUST_USE enum err offer_move(struct request *rq, const struct sent_offer *o, enum offer_state from);
/* Asks anew who stands by; ERR_CONFLICT when he no longer does. */
MUST_USE enum err offer_call_in(struct request *rq, struct sent_offer *o, int64_t until_ms);
/* Who was called in since `from_ms` where the caller works, latest first; at most 100. */
MUST_USE enum err offer_calls(struct request *rq, int64_t from_ms, struct sent_offer **ret, size_t *ret_n);
struct asked offer_asked_as(const struct sent_offer *o); /* as the engine sees it */
/* How often people were asked since `week_ms`; rows ascend by person. `pair_`: of these, for a couple, so that they
 * count for the other as well. */
struct offer_load {
    int64_t person_id, open, today, pair_open, pair_today;
};
MUST_USE enum err offer_loads(struct request *rq, int64_t week_ms, int64_t today_ms, struct offer_load **ret, size_t *ret_n);
/* Of who was asked today, or has been asked since this time yesterday: what is open may be older than midnight. */
MUST_USE enum err offer_loads_now(struct request *rq, struct offer_load **ret, size_t *ret_n);
/* What a wave may be: its people are asked for other things, or are other people, and say yes so much oftener or less often. */
enum wave_kind { WAVE_FIRST, WAVE_LATER, WAVE_STANDBY, WAVE_KINDS };
/* How the city's people answered to waves of each kind whose time to answer ended in the last 30 days, the latest 5000 asked;
 * not to invitations, nor in the hall. Who was asked no longer before he answered is left out. By an index; 4 ms. */
MUST_USE enum err offer_yes_shares(struct request *rq, struct yes_share ret[WAVE_KINDS]);
bool offer_asked(const struct sent_offer *o, size_t n, int64_t person_id); /* among these */
const struct sent_offer *offer_to(const struct sent_offer *o, size_t n, int64_t person_id); /* NULL: he was not asked */
/* That of a person in what offer_loads gave; person_id is 0 when nobody asked. Of a couple (else partner_id 0), which is
 * asked in the name of person_id, the heavier of the two. O(log n) */
struct offer_load offer_load_of(const struct offer_load *v, size_t n, int64_t person_id, int64_t partner_id);

/* ---- the log of the hall ---- */
enum hall_entry_what { ENTRY_ARRIVE, ENTRY_LEAVE, ENTRY_NOW, ENTRY_OPEN, ENTRY_WAIT, ENTRY_SEEN };
struct hall_entry {
    int64_t id, city;
    int32_t day;
    int64_t at_ms;
    int32_t what;       /* enum hall_entry_what */
    int64_t subject_id; /* person; for OPEN the shift */
    int64_t until_ms;   /* ARRIVE: has time until, 0 = not said; OPEN: when it begins; WAIT: when better usually comes */
};
extern const struct record hall_entry_record;
MUST_USE enum err hall_log_add(struct request *rq, enum hall_entry_what what, int64_t subject_id, int64_t until_ms);
/* What of today still matters, in order: the last arrival of everybody who has not left and still has time, what came
 * after the last arrival, and the shifts yet to begin; of the evening before, while it is less than HALL_STAY_H hours ago,
 * the same of who said that he has time beyond midnight. O(n log n) for the n entries of the day: after 100,000 of them 0.2 s on SQLite, 0.07 s on
 * PostgreSQL. The answer grows only with who is there. */
enum { HALL_STAY_H = 12 };
MUST_USE enum err hall_log_now(struct request *rq, struct hall_entry **ret, size_t *ret_n);
/* Who came and what opened that day within `before_ms` before and `after_ms` after an instant of it, in order; the first
 * HALL_GHOSTS_MAX. */
enum { HALL_GHOSTS_MAX = 60000 };
struct hall_span {
    int64_t at_ms, before_ms, after_ms;
};
MUST_USE enum err hall_log_around(struct request *rq, const struct hall_span *s, struct hall_entry **ret, size_t *ret_n);
/* How many different people came and orders opened in such a span, wherever they are now: whoever came twice counts
 * once, an order also when it is full. O(entries of the span). */
struct hall_hour;
MUST_USE enum err hall_hour_of(struct request *rq, const struct hall_span *s, struct hall_hour *ret);
/* Of one person today, and in the evening before as above, in order. */
MUST_USE enum err hall_log_of(struct request *rq, int64_t person_id, struct hall_entry **ret, size_t *ret_n);
/* *ret: this shift, or one of this job, begins within (from_ms, to_ms] and is not yet in the log of today. */
MUST_USE enum err hall_log_lacks(struct request *rq, int64_t id, int64_t from_ms, int64_t to_ms, bool *ret);

/* ---- offer_wave.c ---- */
enum { OFFER_LEAD_MIN = 30 }; /* nobody is asked later than this before the shift */
/* Refuses with what stands against giving *p, and the other of two who were asked as one, the place. */
struct person;
MUST_USE enum err wave_may(struct request *rq, const struct sent_offer *o, const struct person *p);
/* Settles the offers of a shift and asks the next wave if one is due. A person who may not have the
 * seat any more is cancelled. */
MUST_USE enum err wave_go(struct request *rq, struct ask *k, const struct job *j);
/* Whether nobody can be asked for it any more: letters go by day, until OFFER_LEAD_MIN before. */
bool wave_too_late(int64_t now_ms, const struct job *j);
extern const struct rule offer_late;
enum { NO_WAVE = -1 }; /* in the place of the wave: asked alone, by an invitation or in the hall */
/* The same of a shift for which people are asked; where its post is no longer shown (I2), all that is open is withdrawn. */
MUST_USE enum err wave_settle(struct request *rq, int64_t shift_id);
/* Asks o->person_id (and the partner of a couple that goes only together, else 0) with its points, wave and deadline (0:
 * as by phone), and tells them; fills the rest. With o->id: anew (offer_add_again). */
MUST_USE enum err offer_send(struct request *rq, const struct job *j, struct sent_offer *o, int64_t partner_id);
/* Tells one person of an offer, by a text that names the work. */
MUST_USE enum err offer_tell(struct request *rq, int64_t person_id, const char *key, const struct job *j);
/* Takes back what is offered, willing or standing by. Whose answer kept a seat gives it back: the hall is due in seconds. */
MUST_USE enum err offer_withdraw(struct request *rq, struct sent_offer *o);
/* Within the transaction of a hire, however it came about: whoever has a place is asked for nothing else at that time,
 * nor is a second one kept for him in the same shift. And of a post or an employer: what is no longer shown is offered to nobody. */
MUST_USE enum err wave_within(struct request *rq, struct str what, int64_t id);
/* The timer: each shift in a write of its own, so that ranking a city's people holds up no other write for
 * long, and a shift that fails no other shift. */
MUST_USE enum err wave_go_all(struct app *app);
