/* hire_pair.c - what becomes of the day of one when the other of a couple does not come. Who must stay together
 * (matching.md 5.3) is called off together before the work begins, and the call of one never counts against the other. */
#include "feature/hire/hire_pair.h"

#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/trust/trust.h"

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
        if (v[i].shift_id == h->shift_id && v[i].made_ms == h->made_ms) /* taken together */
            *ret = v[i];
    return e == ERR_NONE ? OK : e;
}

static bool counts(const struct request *rq, const struct hire *h)
{
    return mark_is_bad(attendance_mark(h, rule_number(rq, "cancel.free_hours", 2)));
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
    other.state = h->state;
    other.ended_ms = h->ended_ms;
    *ret_seats = 2;
    e = hire_put(rq, HIRE_TAKEN, &other);
    if (!e && counts(rq, &other))
        e = hire_excuse(rq, &other, true);
    return e ? e : notice_send(rq, q.phone, "hire.both_off", h->title);
}

enum err pair_alone(struct request *rq, const struct hire *h)
{
    struct person q;
    struct hire other;
    enum err e = pair_day(rq, h, &q, &other);
    return e || !other.id || other.state != HIRE_TAKEN ? e : notice_send(rq, q.phone, "hire.alone", h->title);
}
