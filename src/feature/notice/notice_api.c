/* notice_api.c - what an administrator hears of letters: those that nobody could be sent. */
#include "base/log.h"
#include "feature/notice/notice.h"
#include "feature/notice/notice_store.h"
#include "http/route.h"

static enum err lost(struct request *rq);

static const struct field lost_fields[] = {
    FIELD(struct letters_lost, n, INT, .see = CITY_ADMIN, .put = NOBODY, .doc = "How many; each is thrown away a week after its last try."),
    FIELD(struct letters_lost, last_ms, MS, .see = CITY_ADMIN, .put = NOBODY, .doc = "When the last of them was tried for the last time."), {0}};
static const struct record lost_record = {"letters_lost", sizeof(struct letters_lost), lost_fields, "Letters that could not be sent."};

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/letters-lost", CITY_ADMIN, lost, .out = &lost_record, .owns = staff_of_city, .doc = "How many letters could not be sent."),
    {0}};

static enum err lost(struct request *rq)
{
    struct letters_lost x;
    enum err e = notice_lost(rq, &x);
    return e ? e : reply_record(rq, 200, &lost_record, &x);
}

static enum err end_lost(struct request *rq)
{
    int64_t n;
    enum err e = notice_end_lost(rq, &n);
    if (!e && n)
        log_at(LOG_WARN, "notice letters=%lld thrown away unsent", (long long)n);
    return e;
}

static const struct timer timers[] = {{.name = "notice.send", .every_s = 2, .outside = notice_send_due},
                                      {.name = "notice.end_lost", .every_s = 3600, .run = end_lost}, {0}};
static const struct record *const records[] = {&lost_record, NULL};
const struct feature notice_feature = {.name = "notice", .routes = routes, .queries = notice_queries, .records = records, .timers = timers};
