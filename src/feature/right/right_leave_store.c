/* right_leave_store.c - what somebody who leaves has complained of: it stays, without his name and number. */
#include "base/buf.h"
#include "feature/person/person.h"
#include "feature/right/right_store.h"
#include "record/seal.h"

/* Whoever was signed in is known; of the others the number decides, which is sealed. */
const struct query told_query = {"right.told", "SELECT id, person_id, phone FROM complaint WHERE city = $1 AND person_id IN (0, $2) AND id > $3 ORDER BY id LIMIT 500"};
const struct query unname_query = {"right.unname", "UPDATE complaint SET about = $3, phone = $4, reason = $5 WHERE city = $1 AND id = $2"};

struct walk {
    const struct person *p;
    bool unname;
    int64_t open; /* how many nobody has closed */
};

/* A name of one character stands in too many words. */
enum { NAME_MIN = 4 };

static struct str without(struct arena *a, struct str text, struct str word)
{
    struct buf b;
    ptrdiff_t at;
    if (word.n < NAME_MIN)
        return text;
    buf_init(&b, a, 1 << 16);
    while ((at = str_find(text, word)) >= 0) {
        buf_fmt(&b, "%.*s***", SV(str_sub(text, 0, (size_t)at)));
        text = str_sub(text, (size_t)at + word.n, text.n);
    }
    buf_fmt(&b, "%.*s", SV(text));
    return buf_str(&b);
}

static struct val sealed(struct request *rq, const struct walk *w, const char *column, int64_t id, struct str text)
{
    struct str rest = without(rq->a, without(rq->a, text, w->p->name), w->p->phone);
    return B(rest.n ? seal_put(rq->app->seal, rq->a, (struct seal_where){"complaint", column, rq->city, id}, rest) : rest);
}

static enum err one(struct request *rq, struct walk *w, int64_t id)
{
    struct complaint c;
    enum err e = complaint_get(rq, id, &c);
    w->open += !e && c.state == COMPLAINT_OPEN;
    if (e || !w->unname)
        return e;
    return db_run(rq->tx, &unname_query,
                  ARGS(I(rq->city), I(id), sealed(rq, w, "about", id, c.about), B(S("")), sealed(rq, w, "reason", id, c.reason)), NULL);
}

static bool his(struct request *rq, struct arena *a, const struct person *p, const struct val *v)
{
    struct str phone;
    const struct seal_where w = {"complaint", "phone", rq->city, val_i64(v)};
    if (val_i64(v + 1) == p->id)
        return true;
    return p->phone.n && val_str(v + 2).n && seal_get(rq->app->seal, a, w, val_str(v + 2), &phone) && str_eq(phone, p->phone);
}

static enum err walk(struct request *rq, struct walk *w)
{
    struct arena page;
    struct rows rows = {.n = 1};
    enum err e = OK;
    arena_init(&page, 0);
    for (int64_t after = 0; !e && rows.n; arena_reset(&page)) {
        e = db_rows(rq->tx, &page, &told_query, ARGS(I(rq->city), I(w->p->id), I(after)), &rows);
        for (size_t i = 0; !e && i < rows.n; i++) {
            after = val_i64(row_at(&rows, i));
            if (his(rq, &page, w->p, row_at(&rows, i)))
                e = one(rq, w, after);
        }
    }
    arena_done(&page);
    return e;
}

enum err complaints_open(struct request *rq, const struct person *p, int64_t *ret)
{
    struct walk w = {.p = p};
    enum err e = walk(rq, &w);
    *ret = w.open;
    return e;
}

enum err complaints_forget(struct request *rq, const struct person *p)
{
    struct walk w = {.p = p, .unname = true};
    return walk(rq, &w);
}
