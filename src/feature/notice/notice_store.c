/* notice_store.c - the outbox table: written with what it tells of, claimed and settled by the timer. */
#include "feature/notice/notice_store.h"

#include "feature/account/account.h"
#include "feature/notice/notice.h"
#include "http/texts.h"
#include "record/seal.h"

static const struct query add = {
    "notice.add", "INSERT INTO outbox (city, id, phone, message, state, tries, next_ms, rank, until_ms)"
                  " VALUES ($1, $2, $3, $4, 'waiting', 0, $5, $6, $7)"};
static const struct query too_late = {
    "notice.too_late", "DELETE FROM outbox WHERE city = $1 AND state = 'waiting' AND rank = 0 AND until_ms <= $2"};
static const struct query due = {
    "notice.due", "SELECT id, phone, message, tries FROM outbox WHERE city = $1 AND state = 'waiting'"
                  " AND next_ms <= $2 ORDER BY rank, next_ms LIMIT $3"};
static const struct query sent = {"notice.sent", "DELETE FROM outbox WHERE city = $1 AND id = $2"};
static const struct query later = {
    "notice.later", "UPDATE outbox SET tries = $3, next_ms = $4, state = $5 WHERE city = $1 AND id = $2"};
/* Sealed, so that every letter is opened to know whose it is. */
static const struct query waiting = {"notice.waiting", "SELECT id, phone FROM outbox WHERE city = $1 AND id > $2 ORDER BY id LIMIT 500"};
static const struct query lost = {"notice.lost", "SELECT COUNT(*), COALESCE(MAX(next_ms), 0) FROM outbox WHERE city = $1 AND state = 'failed'"};
static const struct query end_lost = {"notice.end_lost", "DELETE FROM outbox WHERE city = $1 AND state = 'failed' AND next_ms <= $2"};
const struct query *const notice_queries[] = {&add, &waiting, &too_late, &due, &sent, &later, &lost, &end_lost, NULL};

/* After the n-th try. */
static int64_t next_in_ms(int64_t tries)
{
    return 20000ll << tries;
}

/* until_ms: of a code, after which it is of no use to anybody; else 0. */
static enum err put(struct request *rq, struct str phone, struct str message, int64_t until_ms)
{
    int64_t id = new_id(rq);
    struct seal_where w = {"outbox", "phone", rq->city, id}, m = {"outbox", "message", rq->city, id};
    return db_run(rq->tx, &add,
                  ARGS(I(rq->city), I(id), B(seal_put(rq->app->seal, rq->a, w, phone)),
                       B(seal_put(rq->app->seal, rq->a, m, message)), I(rq->now_ms), I(until_ms ? 0 : 1), I(until_ms)),
                  NULL);
}

enum err notice_send_in(struct request *rq, enum lang lang, struct str phone, const char *key, struct str arg)
{
    return phone.n ? put(rq, phone, texts_fill(rq->app->texts, rq->a, lang, str_c(key), arg), 0) : OK;
}

enum err notice_send(struct request *rq, struct str phone, const char *key, struct str arg)
{
    enum lang lang = LANG_ZH;
    enum err e = account_lang(rq, phone, &lang);
    return e ? e : notice_send_in(rq, lang, phone, key, arg);
}

enum err notice_code(struct request *rq, struct str phone, struct str code, int64_t until_ms)
{
    return put(rq, phone, text_with(rq, "notice.code", code), until_ms);
}

static struct str open_field(struct request *rq, struct arena *a, const char *field, int64_t id, const struct val *v)
{
    struct str s;
    return seal_get(rq->app->seal, a, (struct seal_where){"outbox", field, rq->city, id}, val_str(v), &s) ? s : S("");
}

enum err notice_forget(struct request *rq, struct str phone)
{
    struct arena page;
    struct rows rows = {.n = 1};
    enum err e = OK;
    arena_init(&page, 0);
    for (int64_t after = 0; !e && phone.n && rows.n; arena_reset(&page)) {
        e = db_rows(rq->tx, &page, &waiting, ARGS(I(rq->city), I(after)), &rows);
        for (size_t i = 0; !e && i < rows.n; i++) {
            after = val_i64(row_at(&rows, i));
            if (str_eq(open_field(rq, &page, "phone", after, row_at(&rows, i) + 1), phone))
                e = db_run(rq->tx, &sent, ARGS(I(rq->city), I(after)), NULL);
        }
    }
    arena_done(&page);
    return e;
}

/* Two processes never hold the same row: whoever claims it moves it out of the other's sight. */
enum err notice_claim(struct request *rq)
{
    struct letters *l = rq->object;
    struct rows rows;
    enum err e = db_run(rq->tx, &too_late, ARGS(I(rq->city), I(rq->now_ms)), NULL);
    if (!e)
        e = db_rows(rq->tx, rq->a, &due, ARGS(I(rq->city), I(rq->now_ms), I(LETTERS)), &rows);
    l->n = 0;
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        struct letter *one = &l->v[l->n++];
        *one = (struct letter){.id = val_i64(v), .tries = val_i64(v + 3) + 1};
        one->phone = open_field(rq, l->a, "phone", one->id, v + 1);
        one->text = open_field(rq, l->a, "message", one->id, v + 2);
        e = db_run(rq->tx, &later,
                   ARGS(I(rq->city), I(one->id), I(one->tries), I(rq->now_ms + next_in_ms(one->tries)),
                        T(one->tries == MAX_TRIES ? S("failed") : S("waiting"))),
                   NULL);
    }
    return e;
}

enum err notice_settle(struct request *rq)
{
    const struct letters *l = rq->object;
    enum err e = OK;
    for (size_t i = 0; !e && i < l->n; i++)
        if (l->v[i].sent)
            e = db_run(rq->tx, &sent, ARGS(I(rq->city), I(l->v[i].id)), NULL);
    return e;
}

enum err notice_lost(struct request *rq, struct letters_lost *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &lost, ARGS(I(rq->city)), &v);
    if (!e)
        *ret = (struct letters_lost){val_i64(v), val_i64(v) ? val_i64(v + 1) - next_in_ms(MAX_TRIES) : 0};
    return e;
}

enum err notice_end_lost(struct request *rq, int64_t *ret_n)
{
    return db_run(rq->tx, &end_lost, ARGS(I(rq->city), I(rq->now_ms - LOST_MS)), ret_n);
}
