/* feed.h - rows of `change` on their way to the features, after the commit that wrote them. The lane
 * leaves them here; whoever needs the facts takes them over first, in a read transaction begun
 * afterwards, so that nobody sees less than what was committed before he asked. Only in a burst, as
 * of an import, nobody waits for all of it. A change says only that an object is to be read again:
 * neither the order nor one delivered twice matters. */
#pragma once
#include "http/request.h"

struct feed;
struct feed *feed_new(void);
void feed_free(struct feed *f); /* NULL is fine */
/* Before the features read what lives in RAM: from here on nothing is missed. */
MUST_USE enum err feed_begin(struct request *rq);
/* What this request changed; after its commit. */
void feed_leave(struct feed *f, const struct request *rq);
/* Gives what waits to every feature; returns when all that was left before the call is delivered. */
MUST_USE enum err feed_drain(struct app *app);
/* The same for a list that somebody waits for; but of more than 64 changes it leaves all to the timer,
 * and lacks what is new for about 2 s. What a list shows is asked again in the database in any case. */
MUST_USE enum err feed_catch_up(struct app *app);
/* Rows are numbered by the clock of the process that wrote them: no process starts whose clock is further from the database's. */
enum { CLOCKS_APART_MS = 5000 };
/* Timer, every 2 s: rows that other processes committed since; those of the last 5 s are looked for again,
 * because rows can become visible out of order, and of as many more as two clocks may be apart. */
MUST_USE enum err feed_follow(struct app *app);
