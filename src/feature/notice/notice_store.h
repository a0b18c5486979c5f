/* notice_store.h - letters on their way out: claimed in one write, sent in none, settled in another.
 * At least once: a process that dies in between leaves the letter to be claimed again. */
#pragma once
#include "http/app.h"
#include "http/request.h"

/* app.machine.letters says how long LOST_MS is. */
enum { LETTERS = 16, MAX_TRIES = 6, LOST_MS = 7 * 24 * 60 * 60 * 1000 };
struct letter {
    int64_t id, tries;
    struct str phone, text; /* "" = cannot be opened */
    bool sent;
};
struct letters {
    struct arena *a; /* of the texts */
    struct letter v[LETTERS];
    size_t n;
};
/* Both as SYSTEM with the letters as rq->object. A claim hides a letter for 40 s, 80 s, ... */
MUST_USE enum err notice_claim(struct request *rq);
MUST_USE enum err notice_settle(struct request *rq);
/* Claims what is due, codes first, sends that by the configured driver, all claimed at once (5 s at most), settles; and so on
 * while there is more, for 2 s. */
MUST_USE enum err notice_send_due(struct app *app);
/* Those that no try could send; kept for LOST_MS, as long as somebody may look for the reason. */
struct letters_lost {
    int64_t n, last_ms;
};
MUST_USE enum err notice_lost(struct request *rq, struct letters_lost *ret);
MUST_USE enum err notice_end_lost(struct request *rq, int64_t *ret_n);
extern const struct query *const notice_queries[];
