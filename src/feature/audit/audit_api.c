/* audit_api.c - reading the audit lines, the latest first, and asking whether the chain is whole. */
#include "base/cal.h"
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
    int64_t lines, chain, n;
};
static const struct field state_fields[] = {
    FIELD(struct audit_state, sound, BOOL, .see = READERS, .put = NOBODY, .doc = "Every line follows from the one before it."),
    FIELD(struct audit_state, lines, INT, .see = READERS, .put = NOBODY, .doc = "How many lines there are."),
    FIELD(struct audit_state, chain, INT, .see = READERS, .put = NOBODY, .doc = "Where it breaks: the chain ..."),
    FIELD(struct audit_state, n, INT, .see = READERS, .put = NOBODY, .doc = "... and the line."),
    {0}};
static const struct record state_record = {"audit_state", sizeof(struct audit_state), state_fields, "Whether the audit chain is whole."};

static enum err list(struct request *rq);
static enum err state(struct request *rq);
static enum err whole_city(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/audit", READERS, list, .in = &query_form, .out = &audit_record, .list = true, .owns = whole_city,
          .doc = "Who did what, the latest first, 50 at a time."),
    ROUTE(GET, "/api/v1/audit/state", READERS, state, .out = &state_record, .owns = whole_city, .rate = PER_HOUR(60),
          .doc = "Reads the whole chain and says whether it holds."),
    {0}};

/* Lines name no district: only who is in charge of all of them may read. */
static enum err whole_city(struct request *rq)
{
    return staff_covers(rq, rq->city, 0, 0) ? OK : ERR_DENIED;
}

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

static enum err state(struct request *rq)
{
    struct audit_state s = {0};
    enum err e = audit_verify(rq, &s.lines, &s.chain, &s.n);
    if (e && e != ERR_RULE)
        return e;
    s.sound = !e;
    if (s.sound)
        s.chain = s.n = 0;
    return reply_record(rq, 200, &state_record, &s);
}

static const struct record *const records[] = {&audit_record, &query_form, &state_record, NULL};
const struct feature audit_feature = {.name = "audit", .routes = routes, .queries = audit_queries, .records = records};
