/* queue.h - numbers taken and called (排队/叫号): whose turn it is, at which counter, and how long
 * people waited. Numbers begin at 1 every day at every site. A number belongs to nobody: no name. */
#pragma once
#include "feature/site/site.h"

enum ticket_state { TICKET_WAITING, TICKET_CALLED, TICKET_DONE, TICKET_SKIPPED };
struct ticket {
    int64_t id, city, site_id;
    int32_t day, state; /* enum ticket_state; changes only along the table of queue_rules.c */
    int64_t n;
    struct str counter;                           /* where to, once called */
    int64_t made_ms, called_ms, last_ms, done_ms; /* called_ms: the first call, last_ms: the latest; 0 = not yet */
    int64_t by_id;                                /* who called */
    int64_t ahead, wait_min;                      /* at taking: who waits before it, and about how long */
};

extern const struct feature queue_feature;
extern const struct record ticket_record;
/* The next number of the site, and its slip on the printer of the hall if there is one. */
MUST_USE enum err queue_take(struct request *rq, const struct site *at, struct ticket *ret);
/* The slip as a page shows it: number, ahead, wait, printed. */
struct view;
void queue_view_slip(struct request *rq, struct view *v, const struct ticket *k);
/* For the board: list "called" of {number, counter, now}, latest first, and n_line who still wait. */
MUST_USE enum err queue_view_board(struct request *rq, struct view *v, int64_t site_id);
/* All numbers of one day in the city, in order of calling, those never called last; at most 5000. */
MUST_USE enum err queue_of_day(struct request *rq, int32_t day, struct ticket **ret, size_t *ret_n);
