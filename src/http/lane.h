/* lane.h - how requests meet the database. SQLite: reads side by side on their own connections,
 * writes one after the other in group commits (commit when the line is empty, after 256, or after
 * 5 ms; a savepoint each only where somebody failed half-way). PostgreSQL: a pool, one serializable transaction each, retried on
 * conflict. Replies leave after the commit. Every line is bounded. */
#pragma once
#include "http/request.h"

struct task {
    struct request *rq;
    enum err (*work)(struct request *rq);
    void (*failed)(struct request *rq, enum err e); /* in a read transaction; may be NULL */
    void (*done)(struct task *job);                  /* on the lane's thread, after the commit */
    enum err result;
    int64_t since_ms; /* monotonic; older than 8 s is not begun */
    struct task *next;
};

struct lanes *lanes_new(struct arena *a, struct app *app);
/* Finishes what waits, then stops the threads: nothing more can be submitted, lanes_read goes on. */
void lanes_stop(struct lanes *l);
void lanes_free(struct lanes *l);

enum lane { LANE_WRITE, LANE_READ, LANE_SLOW };
/* False when the line is full: answer 503. LANE_SLOW: work runs with a read transaction on a helper
 * thread (at most two at once). */
bool lanes_submit(struct lanes *l, enum lane lane, struct task *job);
/* Runs work here and now in a read transaction on a pooled connection. */
MUST_USE enum err lanes_read(struct lanes *l, struct request *rq, enum err (*work)(struct request *rq),
                             void (*failed)(struct request *rq, enum err e));
/* Submits to the write lane and waits. */
MUST_USE enum err lanes_write(struct lanes *l, struct request *rq, enum err (*work)(struct request *rq));
bool lanes_read_here(const struct lanes *l); /* SQLite: the caller's thread may call lanes_read */
size_t lanes_waiting(struct lanes *l);
