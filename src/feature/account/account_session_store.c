/* account_session_store.c - sessions: a row for each token. A new token is a new row of the same session; the row
 * before it ends a minute later. */
#include <stdio.h>

#include "base/cal.h"
#include "feature/account/account_rules.h"
#include "feature/account/account_store.h"
#include "http/router.h"
#include "http/rows.h"
#include "record/seal.h"

const struct choice session_devices[] = {{"other"}, {"iphone"}, {"ipad"}, {"android"}, {"windows"}, {"mac"}, {"linux"}, {"harmony"}, {0}};

/* A row for each role in force; one without a role when there is none. */
const struct query load_session_query = {
    "account.load_session",
    "SELECT s.id, s.account_id, s.csrf, s.expires_ms, a.person_id, a.employer_id, s.made_ms, s.used_ms, s.token_ms, a.lang, g.role, g.district, g.site_id"
    " FROM session s JOIN account a ON a.city = s.city AND a.id = s.account_id LEFT JOIN role_grant g ON"
    " g.city = s.city AND g.account_id = s.account_id AND g.from_ms <= $3 AND (g.to_ms = 0 OR g.to_ms > $3)"
    " WHERE s.city = $1 AND s.hash = $2 AND s.expires_ms > $3"};
const struct query add_session_query = {
    "account.add_session", "INSERT INTO session (city, hash, id, account_id, csrf, made_ms, expires_ms, device, used_ms, token_ms)"
                           " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)"};
const struct query use_session_query = {
    "account.use_session", "UPDATE session SET used_ms = $3 WHERE city = $1 AND hash = $2 AND used_ms < $3"};
/* No row: somebody was faster, or it was ended. */
const struct query retire_token_query = {
    "account.retire_token", "UPDATE session SET expires_ms = $4 WHERE city = $1 AND hash = $2 AND expires_ms = $3"};
/* Of several tokens of a session the newest. */
const struct query list_sessions_query = {
    "account.list_sessions",
    "SELECT s.id, s.device, s.made_ms, s.used_ms, s.expires_ms, CASE WHEN s.id = $4 THEN 1 ELSE 0 END FROM session s WHERE s.city = $1 AND s.account_id = $2"
    " AND s.expires_ms > $3 AND NOT EXISTS (SELECT 1 FROM session y WHERE y.city = s.city AND y.account_id = s.account_id AND"
    " y.id = s.id AND y.token_ms > s.token_ms) ORDER BY s.used_ms DESC, s.id LIMIT 200"};

const struct query keep_lang_query = {"account.keep_lang", "UPDATE account SET lang = $3 WHERE city = $1 AND id = $2 AND lang <> $3"};
const struct query lang_of_query = {"account.lang_of", "SELECT lang FROM account WHERE city = $1 AND phone_idx = $2"};

static uint32_t role_bit(struct str name)
{
    for (int bit = 0; bit < 13; bit++)
        if (str_eq(str_c(role_name(bit)), name))
            return 1u << bit;
    return 0;
}

/* A browser says what its reader chose; a program whatever its maker wrote. */
static bool speaks_anew(const struct request *rq, const struct session *s)
{
    return !rq->bearer && s->lang != (int64_t)rq->lang;
}

/* Browsers get a new token after hours of use; a bearer keeps the one it was handed. */
static bool rotates(const struct request *rq, const struct session *s)
{
    return !rq->bearer && s->token_ms + ROTATE_MS <= rq->now_ms;
}

static enum err load(struct request *rq, struct str hash, struct session *ret)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, &load_session_query, ARGS(I(rq->city), B(hash), I(rq->now_ms)), &rows);
    if (e || !rows.n)
        return e ? e : ERR_NONE;
    const struct val *v = row_at(&rows, 0);
    *ret = (struct session){.id = val_i64(v), .account_id = val_i64(v + 1), .city = rq->city,
                            .roles = PUBLIC | MEMBER, .expires_ms = val_i64(v + 3),
                            .person_id = val_i64(v + 4), .employer_id = val_i64(v + 5),
                            .made_ms = val_i64(v + 6), .used_ms = val_i64(v + 7), .token_ms = val_i64(v + 8), .lang = val_i64(v + 9)};
    snprintf(ret->csrf, sizeof ret->csrf, "%.*s", SV(val_str(v + 2)));
    struct scope *scopes = NEW_N(rq->a, rows.n, struct scope);
    for (size_t i = 0; i < rows.n; i++) {
        const struct val *g = row_at(&rows, i) + 10;
        struct scope s = {rq->city, val_i64(g + 1), val_i64(g + 2), role_bit(val_str(g))};
        if (s.roles)
            scopes[ret->n_scopes++] = s;
        ret->roles |= s.roles;
    }
    ret->scopes = scopes;
    if (ret->roles & STAFF && ret->used_ms <= session_idle_since(rq))
        return ERR_NONE;
    bool use = ret->used_ms + USE_MS <= rq->now_ms, last_minute = ret->expires_ms <= rq->now_ms + UNDER_WAY_MS;
    ret->due = !last_minute && !rq->unattended && (use || rotates(rq, ret) || speaks_anew(rq, ret));
    return e;
}

/* The token of a row with the rest of the session as it is. */
static enum err add(struct request *rq, const struct session *s, struct str *ret_token)
{
    struct str token = seal_token(rq->a, 32), hash = seal_mac(rq->app->seal, rq->a, "session", token);
    *ret_token = token;
    return db_run(rq->tx, &add_session_query,
                  ARGS(I(rq->city), B(hash), I(s->id), I(s->account_id), T(str_c(s->csrf)), I(s->made_ms), I(s->expires_ms),
                       T(str_c(session_devices[device_of(rq->agent)].key)), I(rq->now_ms)),
                  NULL);
}

enum err account_keep_lang(struct request *rq, int64_t account_id)
{
    return db_run(rq->tx, &keep_lang_query, ARGS(I(rq->city), I(account_id), I(rq->lang)), NULL);
}

enum err account_lang(struct request *rq, struct str phone, enum lang *ret)
{
    const struct val *v;
    struct str idx = account_phone_idx(rq, account_phone(rq->a, phone));
    enum err e = db_row(rq->tx, rq->a, &lang_of_query, ARGS(I(rq->city), B(idx)), &v);
    if (e && e != ERR_NONE)
        return e;
    *ret = !e && val_i64(v) == LANG_EN ? LANG_EN : LANG_ZH;
    return OK;
}

enum err account_open_session(struct request *rq, int64_t account_id, int days, struct str *ret_token)
{
    struct session s = {.id = new_id(rq), .account_id = account_id, .made_ms = rq->now_ms, .expires_ms = rq->now_ms + (int64_t)days * DAY_MS};
    snprintf(s.csrf, sizeof s.csrf, "%.*s", SV(seal_token(rq->a, 16)));
    return add(rq, &s, ret_token);
}

static enum err renew(struct request *rq)
{
    const struct session *s = rq->who;
    int64_t n = 0;
    struct str token;
    enum err e = speaks_anew(rq, s) ? account_keep_lang(rq, s->account_id) : OK;
    if (e || !rotates(rq, s))
        return e ? e : db_run(rq->tx, &use_session_query, ARGS(I(rq->city), B(rq->token_mac), I(rq->now_ms)), NULL);
    e = db_run(rq->tx, &retire_token_query, ARGS(I(rq->city), B(rq->token_mac), I(s->expires_ms), I(rq->now_ms + UNDER_WAY_MS)), &n);
    if (e || !n)
        return e;
    e = add(rq, s, &token);
    if (!e)
        rq->renewed = account_cookie(rq, token, (s->expires_ms - rq->now_ms) / 1000);
    return e;
}

const struct session_source account_sessions = {load, renew};

enum err session_list(struct request *rq, struct session_line **ret, size_t *ret_n)
{
    return rows_to_records(rq, &list_sessions_query, ARGS(I(rq->city), I(rq->who->account_id), I(rq->now_ms), I(rq->who->id)), &session_record,
                           (void **)ret, ret_n);
}
