/* audit_api.c - reading the audit lines, the latest first, and asking whether the chain is whole. */
#include <pthread.h>

#include "base/cal.h"
#include "base/log.h"
#include "feature/account/account.h"
#include "feature/audit/audit_store.h"
#include "http/page.h"
#include "http/route.h"
#include "http/store.h"

enum { READERS = AUDITOR | CITY_ADMIN };
static const struct field query_fields[] = {
    FIELD(struct audit_wish, actor, ID, .see = NOBODY, .put = READERS, .doc = "Only what this account did."),
    FIELD(struct audit_wish, object, TEXT, .max = 40, .see = NOBODY, .put = READERS, .doc = "Only about this kind of thing: job, person, account ..."),
    FIELD(struct audit_wish, id, ID, .see = NOBODY, .put = READERS, .doc = "Only about this one thing."),
    FIELD(struct audit_wish, from_day, DAY, .see = NOBODY, .put = READERS, .doc = "First day."),
    FIELD(struct audit_wish, to_day, DAY, .see = NOBODY, .put = READERS, .doc = "Last day."),
    FIELD(struct audit_wish, chain, INT, .min = 0, .max = 32768, .see = NOBODY, .put = READERS, .doc = "Next page: chain of the last line ..."),
    FIELD(struct audit_wish, n, ID, .see = NOBODY, .put = READERS, .doc = "... and its number."),
    {0}};
static const struct record query_form = {"audit_query", sizeof(struct audit_wish), query_fields, "Which lines."};

struct audit_state {
    bool sound;
    int64_t lines, chain, n, checked_ms;
};
/* Found by the timer, read by requests. */
struct audit_found {
    pthread_mutex_t lock;
    struct audit_state state;
};
static const struct field state_fields[] = {
    FIELD(struct audit_state, sound, BOOL, .see = READERS, .put = NOBODY, .doc = "Every line that was checked follows from the one before it."),
    FIELD(struct audit_state, lines, INT, .see = READERS, .put = NOBODY, .doc = "How many lines there were."),
    FIELD(struct audit_state, chain, INT, .see = READERS, .put = NOBODY, .doc = "Where it breaks: the chain ..."),
    FIELD(struct audit_state, n, INT, .see = READERS, .put = NOBODY, .doc = "... and the line."),
    FIELD(struct audit_state, checked_ms, MS, .see = READERS, .put = NOBODY, .doc = "When that was found; none: not yet since the start."),
    {0}};
static const struct record state_record = {"audit_state", sizeof(struct audit_state), state_fields, "Whether the audit chain is whole."};

static enum err list(struct request *rq);
static enum err state(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/audit", READERS, list, .in = &query_form, .out = &audit_record, .list = true, .owns = staff_of_city,
          .doc = "Who did what, the latest first, 50 at a time."),
    ROUTE(GET, "/api/v1/audit/state", READERS, state, .out = &state_record, .owns = staff_of_city, .rate = PER_HOUR(60),
          .doc = "Whether the chain held when it was last checked, which is done every ten minutes."),
    {0}};

static enum err list(struct request *rq)
{
    struct audit_item *v;
    size_t n;
    enum err e = audit_lines(rq, rq->in, &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = account_name(rq, v[i].actor_id, &v[i].actor);
        e = e == ERR_NONE ? OK : e;
    }
    return e ? e : reply_items(rq, &audit_record, v, n, 0);
}

static enum err verify(struct request *rq)
{
    struct audit_state *s = rq->object;
    enum err e = audit_verify(rq, &s->lines, &s->chain, &s->n);
    s->sound = !e;
    s->checked_ms = rq->now_ms;
    if (s->sound)
        s->chain = s->n = 0;
    return e == ERR_RULE ? OK : e;
}

enum err audit_check(struct app *app)
{
    struct audit_state s = {0};
    enum err e = app_read(app, verify, &s);
    if (e)
        return e;
    if (!s.sound)
        log_at(LOG_ERROR, "audit chain=%lld breaks at n=%lld", (long long)s.chain, (long long)s.n);
    pthread_mutex_lock(&app->audit->lock);
    app->audit->state = s;
    pthread_mutex_unlock(&app->audit->lock);
    return OK;
}

static enum err state(struct request *rq)
{
    struct audit_found *f = rq->app->audit;
    pthread_mutex_lock(&f->lock);
    struct audit_state s = f->state;
    pthread_mutex_unlock(&f->lock);
    return reply_record(rq, 200, &state_record, &s);
}

static enum err start(struct request *rq)
{
    struct audit_found *f = rq->app->audit = xcalloc(1, sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    return OK;
}

static void stop(struct app *app)
{
    xfree(app->audit);
    app->audit = NULL;
}

static const struct record *const records[] = {&audit_record, &query_form, &state_record, NULL};
static const struct timer timers[] = {{.name = "audit.check", .every_s = 600, .heavy = true, .outside = audit_check}, {0}};
const struct feature audit_feature = {.name = "audit", .routes = routes, .queries = audit_queries, .records = records, .timers = timers, .start = start, .stop = stop};
