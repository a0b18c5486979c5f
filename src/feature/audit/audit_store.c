/* audit_store.c - audit lines by person, thing and day. */
#include "feature/audit/audit_store.h"

#include "base/cal.h"
#include "http/router.h"

enum { READERS = AUDITOR | CITY_ADMIN };
static const struct field fields[] = {
    FIELD(struct audit_item, chain, INT, .see = READERS, .put = NOBODY,
          .doc = "Which chain: one a writer."),
    FIELD(struct audit_item, n, ID, .see = READERS, .put = NOBODY, .doc = "Number in the chain."),
    FIELD(struct audit_item, at_ms, MS, .see = READERS, .put = NOBODY, .doc = "When."),
    FIELD(struct audit_item, actor_id, ID, .see = READERS, .put = NOBODY,
          .doc = "Account; none = the program itself, or a stranger."),
    FIELD(struct audit_item, actor, TEXT, .see = READERS, .put = NOBODY,
          .doc = "Its name, for members of staff."),
    FIELD(struct audit_item, roles, MASK, .choices = role_choices, .see = READERS, .put = NOBODY,
          .doc = "Roles held then."),
    FIELD(struct audit_item, action, TEXT, .see = READERS, .put = NOBODY,
          .doc = "Method and route."),
    FIELD(struct audit_item, object, TEXT, .see = READERS, .put = NOBODY, .doc = "Kind of thing."),
    FIELD(struct audit_item, object_id, ID, .see = READERS, .put = NOBODY, .doc = "Which one."),
    FIELD(struct audit_item, reason, TEXT, .see = READERS, .put = NOBODY,
          .doc = "Why, where one was asked for."),
    {0}};
const struct record audit_record = {"audit_line", sizeof(struct audit_item), fields,
                                    "Somebody did something."};

static const struct query lines = {
    "audit.lines",
    "SELECT chain, n, at_ms, actor_id, roles, action, object, object_id, reason FROM audit"
    " WHERE city = $1 AND at_ms >= $2 AND at_ms <= $3 AND (at_ms < $3 OR chain < $4 OR (chain = $4 "
    "AND n < $5))"
    " AND ($6 = 0 OR actor_id = $6) AND ($7 = 0 OR object_id = $7) AND ($8 = '' OR object = $8)"
    " ORDER BY at_ms DESC, chain DESC, n DESC LIMIT $9"};
static const struct query line_at = {
    "audit.line_at", "SELECT at_ms FROM audit WHERE city = $1 AND chain = $2 AND n = $3"};
const struct query *const audit_queries[] = {&lines, &line_at, NULL};

/* Where the page ends: at the end of the last day, or before the line that is named. */
static enum err page_end(struct request *rq, const struct audit_wish *w, int64_t *ret_ms)
{
    const struct val *v;
    *ret_ms = w->to_day ? cal_ms(w->to_day + 1, 0) : rq->now_ms + 1;
    enum err e =
        w->n ? db_row(rq->tx, rq->a, &line_at, ARGS(I(rq->city), I(w->chain), I(w->n)), &v) : OK;
    if (!e && w->n)
        *ret_ms = val_i64(v);
    return e;
}

enum err audit_lines(struct request *rq, const struct audit_wish *w, struct audit_item **ret,
                     size_t *ret_n)
{
    struct rows rows = {0};
    int64_t end_ms;
    enum err e = page_end(rq, w, &end_ms);
    if (!e)
        e = db_rows(rq->tx, rq->a, &lines,
                    ARGS(I(rq->city), I(w->from_day ? cal_ms(w->from_day, 0) : 0), I(end_ms),
                         I(w->chain), I(w->n), I(w->actor), I(w->id), T(w->object), I(AUDIT_PAGE)),
                    &rows);
    struct audit_item *v = *ret = NEW_N(rq->a, rows.n + 1, struct audit_item);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *x = row_at(&rows, i);
        v[i] = (struct audit_item){.chain = val_i64(x),
                                   .n = val_i64(x + 1),
                                   .at_ms = val_i64(x + 2),
                                   .actor_id = val_i64(x + 3),
                                   .roles = (uint32_t)val_i64(x + 4),
                                   .action = val_str(x + 5),
                                   .object = val_str(x + 6),
                                   .object_id = val_i64(x + 7),
                                   .reason = val_str(x + 8)};
    }
    *ret_n = e ? 0 : rows.n;
    return e;
}
