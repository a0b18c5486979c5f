/* plaza_store.c - screens and their table of fields. */
#include "feature/plaza/plaza_store.h"

#include "http/rows.h"
#include "record/seal.h"

static const struct choice kinds[] = {{"hall"}, {"kiosk"}, {0}};
enum { KEEPERS = SITE_MANAGER | ADMIN };
static const struct field fields[] = {
    FIELD(struct screen, id, ID, .see = STAFF, .put = NOBODY, .doc = "Screen."),
    FIELD(struct screen, city, INT, .see = STAFF, .put = NOBODY, .doc = "City code."),
    FIELD(struct screen, site_id, ID, .see = STAFF, .put = KEEPERS, .required = true, .doc = "Where it stands."),
    FIELD(struct screen, kind, ENUM, .choices = kinds, .see = STAFF, .put = KEEPERS, .required = true, .doc = "Board or kiosk."),
    FIELD(struct screen, name, TEXT, .min = 1, .max = 40, .see = STAFF, .put = KEEPERS, .required = true, .doc = "What staff call it."),
    FIELD(struct screen, token_mac, TEXT, .see = NOBODY, .put = NOBODY, .doc = "MAC of its token."),
    FIELD(struct screen, called_ms, MS, .see = STAFF, .put = NOBODY, .doc = "Somebody there calls for staff since."),
    FIELD(struct screen, made_ms, MS, .see = STAFF, .put = NOBODY, .doc = "Made."),
    FIELD(struct screen, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "By."),
    {0}};
const struct record screen_record = {"screen", sizeof(struct screen), fields, "A board or kiosk in a hall."};

#define COLUMNS "id, city, site_id, kind, name, token_mac, called_ms, made_ms, by_id"
static const struct query add = {"plaza.add", "INSERT INTO screen (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
static const struct query by_token = {"plaza.by_token", "SELECT " COLUMNS " FROM screen WHERE city = $1 AND token_mac = $2"};
static const struct query get = {"plaza.get", "SELECT " COLUMNS " FROM screen WHERE city = $1 AND id = $2"};
static const struct query all = {"plaza.all", "SELECT " COLUMNS " FROM screen WHERE city = $1 ORDER BY called_ms DESC, name, id LIMIT 500"};
static const struct query drop = {"plaza.drop", "DELETE FROM screen WHERE city = $1 AND id = $2"};
static const struct query called = {"plaza.called", "UPDATE screen SET called_ms = $3 WHERE city = $1 AND id = $2"};
const struct query *const plaza_queries[] = {&add, &by_token, &get, &all, &drop, &called, NULL};

static struct str mac_of(struct request *rq, struct str token)
{
    return seal_hex(rq->a, str_sub(seal_mac(rq->app->seal, rq->a, "screen", token), 0, 16));
}

enum err plaza_add_screen(struct request *rq, struct screen *s, struct str token)
{
    s->id = new_id(rq);
    s->city = rq->city;
    s->token_mac = mac_of(rq, token);
    s->made_ms = rq->now_ms;
    s->by_id = rq->who->account_id;
    s->called_ms = 0;
    return record_insert(rq, &add, &screen_record, s);
}

enum err screen_by_token(struct request *rq, struct str token, struct screen *ret)
{
    return row_to_record(rq, &by_token, ARGS(I(rq->city), T(mac_of(rq, token))), &screen_record, ret);
}

enum err screen_get(struct request *rq, int64_t id, struct screen *ret)
{
    return row_to_record(rq, &get, ARGS(I(rq->city), I(id)), &screen_record, ret);
}

enum err screen_all(struct request *rq, struct screen **ret, size_t *ret_n)
{
    return rows_to_records(rq, &all, ARGS(I(rq->city)), &screen_record, (void **)ret, ret_n);
}

enum err screen_drop(struct request *rq, int64_t id)
{
    return db_run(rq->tx, &drop, ARGS(I(rq->city), I(id)), NULL);
}

enum err screen_called(struct request *rq, int64_t id, int64_t called_ms)
{
    return db_run(rq->tx, &called, ARGS(I(rq->city), I(id), I(called_ms)), NULL);
}
