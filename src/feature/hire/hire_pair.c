/* hire_pair.c - what becomes of the day of one when the other of a couple does not come. Who must stay together
 * (matching.md 5.3) is called off together before the work begins, and the call of one never counts against the other. */
#include "feature/hire/hire_pair.h"

#include "feature/job/job.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/trust/trust.h"

/* Taken in one act: the same shift by both, or each names that of the other. */
static bool together(const struct hire *a, const struct hire *b)
{
    bool same = a->shift_id == b->shift_id && !a->with_shift_id && !b->with_shift_id;
    return a->made_ms == b->made_ms && (same || (a->with_shift_id == b->shift_id && b->with_shift_id == a->shift_id));
}

enum err pair_day(struct request *rq, const struct hire *h, struct person *ret_q, struct hire *ret)
{
    struct person p;
    struct hire *v;
    size_t n = 0;
    *ret = (struct hire){.id = 0};
    enum err e = person_get(rq, h->person_id, &p);
    if (!e)
        e = person_partner(rq, &p, ret_q);
    if (!e && couple_must(&p, ret_q))
        e = hire_of_person(rq, ret_q->id, &v, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (together(&v[i], h))
            *ret = v[i];
    return e == ERR_NONE ? OK : e;
}

static bool counts(const struct request *rq, const struct hire *h)
{
    return mark_is_bad(attendance_mark(h, rule_number(rq, "cancel.free_hours", 2)));
}

/* An employer who called nobody off is not said to have. */
static int32_t state_after(const struct hire *h, const struct hire *other)
{
    return h->employer_id == other->employer_id ? h->state : HIRE_CANCELLED_WORKER;
}

static enum err free_place(struct request *rq, int64_t shift_id)
{
    enum err e = shift_give_back(rq, shift_id, 1);
    return e ? e : change_put(rq, "shift", shift_id);
}

enum err pair_cancel(struct request *rq, const struct hire *h, int64_t *ret_seats)
{
    struct person q;
    struct hire other;
    enum err e = pair_day(rq, h, &q, &other);
    *ret_seats = 1;
    if (e || !other.id)
        return e;
    if (!hire_active(&other)) /* he was left alone before */
        return counts(rq, h) ? hire_excuse(rq, h, true) : OK;
    if (other.state != HIRE_TAKEN)
        return OK;
    bool same = other.shift_id == h->shift_id;
    other.state = state_after(h, &other);
    other.ended_ms = h->ended_ms;
    *ret_seats = 1 + same;
    e = hire_put(rq, HIRE_TAKEN, &other);
    if (!e && !same)
        e = free_place(rq, other.shift_id);
    if (!e && counts(rq, &other))
        e = hire_excuse(rq, &other, true);
    return e ? e : notice_send_in(rq, hire_lang(&other), q.phone, "hire.both_off", other.title);
}

enum err pair_alone(struct request *rq, const struct hire *h)
{
    struct person q;
    struct hire other;
    enum err e = pair_day(rq, h, &q, &other);
    return e || !other.id || other.state != HIRE_TAKEN ? e : notice_send_in(rq, hire_lang(&other), q.phone, "hire.alone", other.title);
}
