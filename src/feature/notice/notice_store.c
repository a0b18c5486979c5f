/* notice_store.c - the outbox table, and its drivers at the end of a timer. */
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "base/log.h"
#include "feature/notice/notice.h"
#include "http/config.h"
#include "http/texts.h"
#include "record/seal.h"

enum { BATCH = 50, MAX_TRIES = 6 };

static const struct query add = {
    "notice.add", "INSERT INTO outbox (city, id, phone, message, state, tries, next_ms)"
                  " VALUES ($1, $2, $3, $4, 'waiting', 0, $5)"};
static const struct query due = {
    "notice.due", "SELECT id, phone, message, tries FROM outbox WHERE city = $1 AND state = 'waiting'"
                  " AND next_ms <= $2 ORDER BY next_ms LIMIT $3"};
static const struct query sent = {"notice.sent", "DELETE FROM outbox WHERE city = $1 AND id = $2"};
static const struct query later = {
    "notice.later", "UPDATE outbox SET tries = tries + 1, next_ms = $3, state = $4 WHERE city = $1"
                    " AND id = $2 AND state = 'waiting'"};
static const struct query *const queries[] = {&add, &due, &sent, &later, NULL};

static enum err put(struct request *rq, struct str phone, struct str message)
{
    int64_t id = new_id(rq);
    struct seal_where w = {"outbox", "phone", rq->city, id}, m = {"outbox", "message", rq->city, id};
    return db_run(rq->tx, &add,
                  ARGS(I(rq->city), I(id), B(seal_put(rq->app->seal, rq->a, w, phone)),
                       B(seal_put(rq->app->seal, rq->a, m, message)), I(rq->now_ms)),
                  NULL);
}

enum err notice_send(struct request *rq, struct str phone, const char *key, struct str arg)
{
    return phone.n ? put(rq, phone, texts_fill(rq->app->texts, rq->a, LANG_ZH, str_c(key), arg)) : OK;
}

enum err notice_code(struct request *rq, struct str phone, struct str code)
{
    return notice_send(rq, phone, "notice.code", code);
}

static bool to_file(struct request *rq, struct str phone, struct str message)
{
    struct str path = rq->app->config->code_file;
    if (!path.n)
        path = str_fmt(rq->a, "%.*s/outbox.txt", SV(rq->app->config->data));
    struct str line = str_fmt(rq->a, "%.*s\t%.*s\n", SV(phone), SV(message));
    int fd = open(str_z(rq->a, path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, line.p, line.n) == (ssize_t)line.n;
    if (fd >= 0)
        close(fd);
    return good;
}

static bool deliver(struct request *rq, int64_t id, struct str phone, struct str message)
{
    struct str driver = rq->app->config->code_driver;
    if (str_eq(driver, S("file")))
        return to_file(rq, phone, message);
    if (str_eq(driver, S("log")) && rq->app->demo)
        log_at(LOG_INFO, "notice id=%lld demo=yes", (long long)id);
    return rq->app->demo;
}

/* At least once: a row goes only after its driver said yes. */
static enum err send_due(struct request *rq)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, &due, ARGS(I(rq->city), I(rq->now_ms), I(BATCH)), &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        int64_t id = val_i64(v), tries = val_i64(v + 3) + 1;
        struct str phone, message;
        bool open = seal_get(rq->app->seal, rq->a, (struct seal_where){"outbox", "phone", rq->city, id}, val_str(v + 1), &phone) &&
                    seal_get(rq->app->seal, rq->a, (struct seal_where){"outbox", "message", rq->city, id}, val_str(v + 2), &message);
        if (open && deliver(rq, id, phone, message))
            e = db_run(rq->tx, &sent, ARGS(I(rq->city), I(id)), NULL);
        else
            e = db_run(rq->tx, &later,
                       ARGS(I(rq->city), I(id), I(rq->now_ms + (1000ll << tries) * 10),
                            T(tries >= MAX_TRIES ? S("failed") : S("waiting"))),
                       NULL);
    }
    return e;
}

static const struct timer timers[] = {{"notice.send", 2, send_due}, {0}};
const struct feature notice_feature = {.name = "notice", .queries = queries, .timers = timers};
