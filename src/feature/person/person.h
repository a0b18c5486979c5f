/* person.h - seekers: three facts are enough, everything else may follow. Name, phone, ID number and
 * notes are sealed; lists show them masked. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct person {
    int64_t id, city, district;
    struct str name, phone, id_number;
    int32_t born;           /* cal_date, 0 = not stated */
    int32_t age_said;       /* enum age_said, the answer to one question; counts while born is not stated */
    int32_t trade;          /* index into trades: what work is wanted first */
    struct str home_text;   /* village or street as people say it */
    struct geo home;
    int64_t from_min, to_min; /* hours of the day that are possible; 0..1440, to 0 = all day */
    int64_t drop_min, pick_min; /* school run: free after drop_min, back by pick_min; 0 = none */
    uint32_t school_days;       /* on which weekdays, bit 0 = Monday; some day where there is a run */
    struct geo care;            /* where the school is */
    int64_t floor_fen;      /* least pay an hour, 0 = none */
    int64_t travel_max_min; /* 0 = 45, soft */
    uint32_t limits;        /* what the body does not do: enum need bits of job.h */
    uint32_t wishes;        /* enum offer bits of job.h */
    uint32_t papers;        /* certificates as the person says; what counts is in certificate.h */
    uint32_t skills, skilled; /* known, and practised: bits of `skills` in job.h */
    int32_t need_by;        /* day by which work is needed, 0 = none */
    struct str note;        /* family notes, only for the desk */
    bool voice;             /* there is a voice note, sealed like them */
    int64_t partner_id;     /* the other of a couple */
    int32_t together;       /* enum together */
    int64_t consent_ms;
    int64_t by_id;          /* the member of staff who registered, 0 = self */
    int64_t made_ms;
};
enum age_said { AGE_UNASKED, AGE_ADULT, AGE_MINOR, AGE_CHILD }; /* 18 or older, 16 or 17, under 16 */
enum together { TOGETHER_APART, TOGETHER_PREFER, TOGETHER_MUST };

extern const struct feature person_feature;
extern const struct choice weekdays[]; /* from Monday */
extern const struct choice togethers[]; /* enum together */
extern const struct choice ages_said[]; /* enum age_said */
extern const struct record person_record;
MUST_USE enum err person_get(struct request *rq, int64_t id, struct person *ret);
/* By the staff roles of the route in his district; by any of the city for who has no district yet: he registered himself,
 * and his first desk must find him. */
bool person_covered(const struct request *rq, const struct person *p);
/* .owns of routes with :person for the desk: rq->object is the person; ERR_NONE outside of its district. */
enum err person_load(struct request *rq);
MUST_USE enum err person_add(struct request *rq, struct person *p);
/* Checks what was said (age, numbers, hours) and adds; says what was wrong. */
MUST_USE enum err person_register(struct request *rq, struct person *p);
/* Nothing is known of the age, neither day nor answer: before work is taken it is asked. */
bool person_age_unknown(const struct person *p);
/* Keeps the answer where nothing is known, in *p too; the law refuses a child. AGE_UNASKED changes nothing. */
MUST_USE enum err person_say_age(struct request *rq, struct person *p, int32_t said);
/* Keeps the date of birth where none is known, in the same way; 0 changes nothing. */
MUST_USE enum err person_say_born(struct request *rq, struct person *p, int32_t born);
/* Of a request that wrote nothing but such an answer and is refused with `e`: the answer is kept all the same, and stands in
 * the audit. Returns `e`. */
MUST_USE enum err person_keep_age(struct request *rq, const struct person *p, enum err e);
extern const struct rule too_young, age_unasked; /* the latter: work is taken before it was asked */
/* The seeker behind an account (or behind its phone number); registered from *p when there is none. */
MUST_USE enum err person_for_account(struct request *rq, int64_t account_id, struct person *p);
MUST_USE enum err person_put(struct request *rq, const struct person *p);
/* Registered within [from_ms, to_ms), oldest first, at most 20,000. */
MUST_USE enum err person_made(struct request *rq, int64_t from_ms, int64_t to_ms, struct person **ret, size_t *ret_n);
/* By phone number, its last four digits, identity number, or part of the name: of the caller's districts, newest
 * first, at most 20, registered before `after` unless 0. *ret_next: where the next page begins after, 0 = no more;
 * a name is looked for among 2000 at a time, so a page may be empty and have a next one. */
struct person_wanted {
    struct str q;
    int64_t after;
};
MUST_USE enum err person_find(struct request *rq, const struct person_wanted *w, struct person **ret, size_t *ret_n, int64_t *ret_next);
/* The other of a couple; all zero when there is none. */
MUST_USE enum err person_partner(struct request *rq, const struct person *p, struct person *ret);
/* A couple goes together or not at all when either of the two says so. */
bool couple_must(const struct person *p, const struct person *q);
/* An identity number as indexes have it, a small x made large; "" when it is none. */
struct str person_idnum(struct arena *a, struct str s);
/* "陈**" for lists. */
struct str person_masked(struct request *rq, const struct person *p);
/* The same by id, in the language of who reads; of somebody who has left or was taken back that he has left. */
MUST_USE enum err person_who(struct request *rq, int64_t id, struct str *ret);
/* Schema step 37: `home_text_open` into `home_text`, sealed. */
MUST_USE enum err person_seal_old(struct tx *t, struct seal *seal);
/* Schema step 50: who registered himself and was kept without a number has that of his account. */
MUST_USE enum err person_number_old(struct tx *t, struct seal *seal);
/* Schema step 111: `born` from a day into a date; where it was lost, that of the identity number. */
MUST_USE enum err person_born_old(struct tx *t, struct seal *seal);
/* Two records with one identity number, which older programs allowed: the one made first stands first. At most
 * 1,000 pairs. O(people) */
struct person_double {
    int64_t id, other_id;
};
MUST_USE enum err person_doubles(struct request *rq, struct person_double **ret, size_t *ret_n);
