/* picture_store.c - the table of pictures, films and sounds. A part is one of them by its number. */
#include "feature/picture/picture.h"
#include "http/page.h"
#include "http/reply.h"

const struct rule pictures_many = {"pictures_many", "at most PICTURES_MAX"};

static const struct query add = {
    "picture.add", "INSERT INTO picture (city, id, about, about_id, n, body, by_id, made_ms)"
                   " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city, about, about_id, n) DO NOTHING"};
static const struct query list = {
    "picture.list", "SELECT id FROM picture WHERE city = $1 AND about = $2 AND about_id = $3 ORDER BY id + 0 LIMIT $4"}; /* + 0: by the index of what it is about */
static const struct query get = {
    "picture.get", "SELECT body FROM picture WHERE city = $1 AND id = $2 AND about = $3 AND about_id = $4"};
static const struct query drop = {
    "picture.drop", "DELETE FROM picture WHERE city = $1 AND id = $2 AND about = $3 AND about_id = $4"};
static const struct query part = {
    "picture.part", "SELECT body FROM picture WHERE city = $1 AND about = $2 AND about_id = $3 AND n = $4"};
static const struct query drop_part = {
    "picture.drop_part", "DELETE FROM picture WHERE city = $1 AND about = $2 AND about_id = $3 AND n = $4"};
static const struct query drop_old = {
    "picture.drop_old", "DELETE FROM picture WHERE city = $1 AND about = $2 AND n = $3 AND made_ms < $4"};
static const struct query numbers = {
    "picture.numbers", "SELECT about_id, n FROM picture WHERE city = $1 AND about = $2 AND about_id BETWEEN $3 AND $4"
                       " ORDER BY about_id, n LIMIT $5"};
static const struct query move = {
    "picture.move", "UPDATE picture SET about = $5 WHERE city = $1 AND about = $2 AND about_id = $3 AND n = $4"};
static const struct query *const queries[] = {&add, &list, &get, &drop, &move, &part, &drop_part, &drop_old, &numbers, NULL};
const struct feature picture_feature = {.name = "picture", .queries = queries};

static enum err put(struct request *rq, int64_t id, struct piece p, struct str body)
{
    return db_run(rq->tx, &add,
                  ARGS(I(rq->city), I(id), T(str_c(p.about)), I(p.about_id), I(p.n), B(body), I(rq->who->account_id), I(rq->now_ms)),
                  NULL);
}

enum err piece_keep(struct request *rq, struct piece p, struct str body)
{
    return put(rq, new_id(rq), p, body);
}

enum err piece_get(struct request *rq, struct piece p, struct str *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &part, ARGS(I(rq->city), T(str_c(p.about)), I(p.about_id), I(p.n)), &v);
    if (!e)
        *ret = val_str(v);
    return e;
}

enum err piece_drop(struct request *rq, struct piece p)
{
    int64_t n = 0;
    enum err e = db_run(rq->tx, &drop_part, ARGS(I(rq->city), T(str_c(p.about)), I(p.about_id), I(p.n)), &n);
    return e ? e : n ? OK : ERR_NONE;
}

enum err piece_drop_old(struct request *rq, const char *about, int64_t n, int64_t before_ms)
{
    return db_run(rq->tx, &drop_old, ARGS(I(rq->city), T(str_c(about)), I(n), I(before_ms)), NULL);
}

enum err piece_numbers(struct request *rq, struct piece from, int64_t to_id, struct piece **ret, size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &numbers, ARGS(I(rq->city), T(str_c(from.about)), I(from.about_id), I(to_id), I(PARTS_MAX)), &rows);
    *ret = NEW_N(rq->a, rows.n + 1, struct piece);
    for (size_t i = 0; !e && i < rows.n; i++)
        (*ret)[i] = (struct piece){from.about, val_i64(row_at(&rows, i)), val_i64(row_at(&rows, i) + 1)};
    *ret_n = e ? 0 : rows.n;
    return e;
}

enum err picture_list(struct request *rq, const char *about, int64_t about_id, int64_t ids[PICTURES_MAX], size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &list, ARGS(I(rq->city), T(str_c(about)), I(about_id), I(PICTURES_MAX)), &rows);
    for (size_t i = 0; !e && i < rows.n; i++)
        ids[i] = val_i64(row_at(&rows, i));
    *ret_n = e ? 0 : rows.n;
    return e;
}

enum err picture_add(struct request *rq, const char *about, int64_t about_id, int64_t *ret_id)
{
    int64_t ids[PICTURES_MAX];
    size_t n;
    enum err e = picture_list(rq, about, about_id, ids, &n);
    if (!e && n == PICTURES_MAX)
        return refuse(rq, &pictures_many);
    *ret_id = new_id(rq); /* its number too: a post has any number of them, one after the other */
    return e ? e : put(rq, *ret_id, (struct piece){about, about_id, *ret_id}, *(struct str *)rq->before);
}

enum err picture_reply(struct request *rq, const char *about, int64_t about_id, int64_t id)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &get, ARGS(I(rq->city), I(id), T(str_c(about)), I(about_id)), &v);
    return e ? e : reply_text(rq, 200, "image/jpeg", str_dup(rq->a, val_str(v)));
}

enum err picture_drop(struct request *rq, const char *about, int64_t about_id, int64_t id)
{
    int64_t n = 0;
    enum err e = db_run(rq->tx, &drop, ARGS(I(rq->city), I(id), T(str_c(about)), I(about_id)), &n);
    return e ? e : n ? OK : ERR_NONE;
}

enum err picture_move(struct request *rq, const struct piece *p, const char *to)
{
    int64_t n = 0;
    enum err e = db_run(rq->tx, &move, ARGS(I(rq->city), T(str_c(p->about)), I(p->about_id), I(p->n), T(str_c(to))), &n);
    return e ? e : n ? OK : ERR_NONE;
}
