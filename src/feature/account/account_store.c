/* account_store.c - accounts, grants, sessions, codes. */
#include "feature/account/account_store.h"
#include "feature/account/account_rules.h"

#include <stdio.h>

#include "base/cal.h"
#include "http/config.h"
#include "http/router.h"
#include "http/rows.h"
#include "record/seal.h"

static const struct query end_session = {
    "account.end_session", "DELETE FROM session WHERE city = $1 AND id = $2 AND account_id = $3"};
static const struct query end_others = {
    "account.end_others", "DELETE FROM session WHERE city = $1 AND account_id = $2 AND id <> $3"};
static const struct query expire_sessions = {"account.expire_sessions",
                                             "DELETE FROM session WHERE city = $1 AND expires_ms < $2"};
static const struct query expire_idle = {
    "account.expire_idle", "DELETE FROM session WHERE city = $1 AND used_ms <= $2 AND account_id IN (SELECT account_id FROM role_grant"
                           " WHERE city = $1 AND role NOT IN ('seeker', 'employer', 'agency') AND from_ms <= $3 AND (to_ms = 0 OR to_ms > $3))"};
#define ACCOUNT_COLUMNS                                                                            \
    "id, person_id, employer_id, totp_step, login, name, pass_hash, totp"
static const struct query get = {"account.get", "SELECT " ACCOUNT_COLUMNS
                                                " FROM account WHERE city = $1 AND id = $2"};
static const struct query by_login = {
    "account.by_login", "SELECT " ACCOUNT_COLUMNS " FROM account WHERE city = $1 AND login = $2"};
static const struct query by_phone = {"account.by_phone",
                                      "SELECT id FROM account WHERE city = $1 AND phone_idx = $2"};
static const struct query by_person = {"account.by_person",
                                       "SELECT id FROM account WHERE city = $1 AND person_id = $2"};
static const struct query add = {
    "account.add",
    "INSERT INTO account (city, id, phone, phone_idx, login, name, pass_hash, totp, person_id,"
    " employer_id, totp_step, made_ms)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0, 0, $9)"};
static const struct query tie_person = {
    "account.tie_person", "UPDATE account SET person_id = $3 WHERE city = $1 AND id = $2 AND person_id IN (0, $3)"};
static const struct query number = {"account.number", "SELECT phone FROM account WHERE city = $1 AND id = $2"};
static const struct query add_grant = {
    "account.grant",
    "INSERT INTO role_grant (city, account_id, role, district, site_id, from_ms, to_ms, by_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, 0, $7) ON CONFLICT (city, account_id, role, district, site_id)"
    " DO UPDATE SET to_ms = 0"};
static const struct query rename_one = {"account.rename",
                                        "UPDATE account SET name = $3 WHERE city = $1 AND id = $2"};
static const struct query other_roles = {"account.other_roles",
                                         "SELECT role FROM role_grant WHERE city = $1 AND account_id = $2"
                                         " AND role <> 'seeker' LIMIT 1"};
static const struct query put_grant = {
    "account.put_grant",
    "INSERT INTO role_grant (city, account_id, role, district, site_id, from_ms, to_ms, by_id)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (city, account_id, role, district, site_id)"
    " DO UPDATE SET from_ms = $6, to_ms = $7, by_id = $8"};
static const struct query end_grant = {
    "account.end_grant", "UPDATE role_grant SET to_ms = $6 WHERE city = $1 AND account_id = $2 AND role = $3"
                         " AND district = $4 AND site_id = $5 AND (to_ms = 0 OR to_ms > $6)"};
static const struct query list_grants = {
    "account.list_grants",
    "SELECT account_id, role, district, site_id, from_ms, to_ms FROM role_grant WHERE city = $1 AND account_id >= $2 AND account_id <= $3"
    " AND (to_ms = 0 OR to_ms > $4) AND role NOT IN ('seeker', 'employer', 'agency')"
    " ORDER BY account_id, role, district, site_id LIMIT 5000"};
/* The few first, then their rows: nearly every account is a seeker's. */
static const struct query staff_list = {
    "account.staff_list",
    "SELECT a.id, COALESCE(a.login, ''), a.name, a.made_ms, CASE WHEN a.login IS NOT NULL AND a.pass_hash = '' THEN 1 ELSE 0 END"
    " FROM account a WHERE a.city = $1 AND a.id IN (SELECT id FROM account WHERE city = $1 AND login IS NOT NULL UNION SELECT account_id"
    " FROM role_grant WHERE city = $1 AND role NOT IN ('seeker', 'employer', 'agency') AND (to_ms = 0 OR to_ms > $2))"
    " ORDER BY a.name, a.id LIMIT 1000"};
static const struct query city_admins = {
    "account.city_admins", "SELECT from_ms, to_ms FROM role_grant WHERE city = $1 AND role = 'city_admin' AND district = 0 AND site_id = 0"
                           " AND (to_ms = 0 OR to_ms > $2) ORDER BY from_ms, account_id"};
static const struct query set_secrets = {
    "account.set_secrets", "UPDATE account SET pass_hash = $3, totp = $4, totp_step = 0"
                           " WHERE city = $1 AND id = $2"};
static const struct query end_all = {"account.end_all", "DELETE FROM session WHERE city = $1 AND account_id = $2"};
static const struct query end_of_person = {
    "account.end_of_person", "DELETE FROM session WHERE city = $1 AND account_id IN (SELECT id FROM account WHERE city = $1 AND person_id = $2)"};
static const struct query passed = {
    "account.passed", "UPDATE account SET totp_step = $3 WHERE city = $1 AND id = $2"};
static const struct query get_code = {
    "account.get_code",
    "SELECT code_mac, tries, made_ms, expires_ms FROM login_code WHERE city = $1 AND phone_idx = $2"};
static const struct query put_code = {
    "account.put_code",
    "INSERT INTO login_code (city, phone_idx, code_mac, tries, made_ms, expires_ms)"
    " VALUES ($1, $2, $3, 0, $4, $5) ON CONFLICT (city, phone_idx)"
    " DO UPDATE SET code_mac = $3, tries = 0, made_ms = $4, expires_ms = $5"};
static const struct query tried_code = {
    "account.tried_code", "UPDATE login_code SET tries = tries + 1 WHERE city = $1 AND phone_idx = $2"};
static const struct query drop_code = {"account.drop_code",
                                       "DELETE FROM login_code WHERE city = $1 AND phone_idx = $2"};
static const struct query put_setting = {
    "account.put_setting",
    "INSERT INTO setting (city, name, value, until_ms) VALUES ($1, $2, $3, $4)"
    " ON CONFLICT (city, name) DO UPDATE SET value = $3, until_ms = $4"};
static const struct query take_setting = {
    "account.take_setting",
    "DELETE FROM setting WHERE city = $1 AND name = $2 AND until_ms > $3 RETURNING value"};
static const struct query get_setting = {
    "account.get_setting", "SELECT value, until_ms FROM setting WHERE city = $1 AND name = $2 AND until_ms > $3"};
/* Names are a kind, a point and digits; behind the point comes the stroke. */
const struct query drop_links_query = {
    "account.drop_links", "DELETE FROM setting WHERE city = $1 AND name > $2 || '.' AND name < $2 || '/' AND value = $3"};
static const struct query any = {"account.any", "SELECT id FROM account WHERE city = $1 LIMIT 1"};
static const struct query old_settings = {"account.old_settings", "DELETE FROM setting WHERE city = $1 AND until_ms < $2"};

const struct query *const account_queries[] = {&put_grant, &end_grant, &list_grants, &staff_list, &city_admins, &set_secrets, &end_all,
                                                &load_session_query, &add_session_query, &use_session_query, &retire_token_query, &end_session,  &end_others, &expire_sessions, &expire_idle,
    &list_sessions_query, &keep_lang_query, &lang_of_query, &get,        &by_login,    &by_phone, &by_person, &add,        &tie_person, &untie_person_query, &number, &employs_query, &by_employer_query, &tie_employer_query, &untie_employer_query, &end_poster_query,
    &rename_one, &other_roles, &add_grant,   &passed,       &get_code,   &put_code,
    &tried_code,   &drop_code,   &put_setting, &take_setting, &get_setting, &unused_query, &theirs_query, &untie_one_query, &drop_seeker_query, &drop_grants_query, &drop_account_query, &drop_codes_query, &drop_links_query, &end_of_person, &any, &old_settings, NULL};

static void fill(struct account *ret, const struct val *v)
{
    *ret = (struct account){val_i64(v),     val_i64(v + 1), val_i64(v + 2), val_i64(v + 3),
                            val_str(v + 4), val_str(v + 5), val_str(v + 6), val_str(v + 7)};
}

enum err account_get(struct request *rq, int64_t id, struct account *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &get, ARGS(I(rq->city), I(id)), &v);
    if (!e)
        fill(ret, v);
    return e;
}

enum err account_person(struct request *rq, int64_t id, int64_t *ret)
{
    struct account a;
    enum err e = account_get(rq, id, &a);
    if (!e)
        *ret = a.person_id;
    return e;
}

enum err account_of_person(struct request *rq, int64_t person_id, int64_t *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &by_person, ARGS(I(rq->city), I(person_id)), &v);
    if (!e)
        *ret = val_i64(v);
    return e;
}

enum err account_not_own(struct request *rq, int64_t person_id, int64_t employer_id)
{
    const struct session *s = rq->who;
    bool own = (s->person_id && s->person_id == person_id) || (s->employer_id && s->employer_id == employer_id);
    return own ? refuse(rq, &own_case) : OK;
}

enum err account_name(struct request *rq, int64_t id, struct str *ret)
{
    struct account a = {.name = S("")};
    enum err e = account_get(rq, id, &a);
    *ret = a.name;
    return e;
}

enum err account_rename(struct request *rq, int64_t id, struct str name)
{
    return db_run(rq->tx, &rename_one, ARGS(I(rq->city), I(id), T(name)), NULL);
}

/* As logins are kept. */
static struct str folded(struct request *rq, struct str login)
{
    return str_lower(rq->a, str_trim(login));
}

/* One that stands exactly so goes first: older data have some that differ by their case alone. */
enum err account_by_login(struct request *rq, struct str login, struct account *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &by_login, ARGS(I(rq->city), T(login)), &v);
    if (e == ERR_NONE)
        e = db_row(rq->tx, rq->a, &by_login, ARGS(I(rq->city), T(folded(rq, login))), &v);
    if (!e)
        fill(ret, v);
    return e;
}

struct str account_phone_idx(struct request *rq, struct str phone)
{
    return seal_blind(rq->app->seal, rq->a, "phone", rq->city, phone);
}

enum err account_for_phone(struct request *rq, struct str phone, int64_t *ret_id)
{
    const struct val *v;
    struct str idx = account_phone_idx(rq, phone);
    enum err e = db_row(rq->tx, rq->a, &by_phone, ARGS(I(rq->city), B(idx)), &v);
    if (e != ERR_NONE) {
        *ret_id = e ? 0 : val_i64(v);
        return e;
    }
    *ret_id = new_id(rq);
    struct str sealed = seal_put(rq->app->seal, rq->a,
                                 (struct seal_where){"account", "phone", rq->city, *ret_id}, phone);
    return db_run(rq->tx, &add,
                  ARGS(I(rq->city), I(*ret_id), B(sealed), B(idx), NUL, T(S("")), T(S("")), NUL, I(rq->now_ms)),
                  NULL);
}

enum err account_without_phone(struct request *rq, int64_t *ret_id)
{
    *ret_id = new_id(rq);
    return db_run(rq->tx, &add,
                  ARGS(I(rq->city), I(*ret_id), NUL, NUL, T(S("")), T(S("")), T(S("")), NUL, I(rq->now_ms)), NULL);
}

enum err account_staff(struct request *rq, struct str login, struct str name, struct str pass_hash,
                       struct str totp, int64_t *ret_id)
{
    *ret_id = new_id(rq);
    struct str sealed = seal_put(rq->app->seal, rq->a,
                                 (struct seal_where){"account", "totp", rq->city, *ret_id}, totp);
    return db_run(rq->tx, &add,
                  ARGS(I(rq->city), I(*ret_id), NUL, NUL, T(folded(rq, login)), T(name), T(pass_hash), B(sealed),
                       I(rq->now_ms)),
                  NULL);
}

enum err account_grant(struct request *rq, int64_t account_id, enum role role, int64_t district,
                       int64_t site_id)
{
    const char *name = role_name(__builtin_ctz((unsigned)role));
    return db_run(rq->tx, &add_grant,
                  ARGS(I(rq->city), I(account_id), T(str_c(name)), I(district), I(site_id), I(rq->now_ms - 1),
                       I(rq->who->account_id)),
                  NULL);
}

enum err account_tie_person(struct request *rq, int64_t account_id, int64_t person_id)
{
    int64_t n = 0;
    enum err e = db_run(rq->tx, &tie_person, ARGS(I(rq->city), I(account_id), I(person_id)), &n);
    if (!e && !n)
        return ERR_CONFLICT;
    return e ? e : account_grant(rq, account_id, SEEKER, 0, 0);
}

enum err account_number(struct request *rq, int64_t account_id, struct str *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &number, ARGS(I(rq->city), I(account_id)), &v);
    struct seal_where w = {"account", "phone", rq->city, account_id};
    *ret = S("");
    return e ? e : !val_str(v).n || seal_get(rq->app->seal, rq->a, w, val_str(v), ret) ? OK : ERR_DB;
}

enum err session_end(struct request *rq, int64_t session_id)
{
    return db_run(rq->tx, &end_session, ARGS(I(rq->city), I(session_id), I(rq->who->account_id)), NULL);
}

enum err session_end_others(struct request *rq)
{
    return db_run(rq->tx, &end_others, ARGS(I(rq->city), I(rq->who->account_id), I(rq->who->id)), NULL);
}

/* The last use is kept to the hour; the doubt is the user's. */
int64_t session_idle_since(const struct request *rq)
{
    return rq->now_ms - rq->app->config->staff_idle_h * HOUR_MS - USE_MS;
}

enum err session_expire(struct request *rq)
{
    enum err e = db_run(rq->tx, &expire_sessions, ARGS(I(rq->city), I(rq->now_ms)), NULL);
    if (!e)
        e = db_run(rq->tx, &expire_idle, ARGS(I(rq->city), I(session_idle_since(rq)), I(rq->now_ms)), NULL);
    return e ? e : db_run(rq->tx, &old_settings, ARGS(I(rq->city), I(rq->now_ms)), NULL); /* links and tries */
}

enum err account_passed(struct request *rq, int64_t id, int64_t totp_step)
{
    return db_run(rq->tx, &passed, ARGS(I(rq->city), I(id), I(totp_step)), NULL);
}

enum err code_get(struct request *rq, struct str idx, struct login_code *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &get_code, ARGS(I(rq->city), B(idx)), &v);
    if (!e)
        *ret = (struct login_code){val_str(v), val_i64(v + 1), val_i64(v + 2), val_i64(v + 3)};
    return e;
}

enum err code_put(struct request *rq, struct str idx, const struct login_code *c)
{
    return db_run(rq->tx, &put_code,
                  ARGS(I(rq->city), B(idx), B(c->mac), I(c->made_ms), I(c->expires_ms)), NULL);
}

enum err code_tried(struct request *rq, struct str idx)
{
    rq->keep = true;
    return db_run(rq->tx, &tried_code, ARGS(I(rq->city), B(idx)), NULL);
}

enum err code_drop(struct request *rq, struct str idx)
{
    return db_run(rq->tx, &drop_code, ARGS(I(rq->city), B(idx)), NULL);
}

static enum err setting_put(struct request *rq, struct str name, struct str value, int64_t until_ms)
{
    return db_run(rq->tx, &put_setting, ARGS(I(rq->city), T(name), T(value), I(until_ms)), NULL);
}

/* Reads and removes; ERR_NONE when there is none or it is too old. */
static enum err setting_take(struct request *rq, struct str name, struct str *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &take_setting, ARGS(I(rq->city), T(name), I(rq->now_ms)), &v);
    if (!e)
        *ret = val_str(v);
    return e;
}

static struct str mac_name(struct request *rq, const char *kind, struct str token)
{
    struct str mac = seal_mac(rq->app->seal, rq->a, kind, token);
    return str_fmt(rq->a, "%s.%.*s", kind, SV(seal_hex(rq->a, str_sub(mac, 0, 16))));
}

enum err codes_count(struct request *rq, struct str idx, int64_t *ret_n)
{
    const struct val *v;
    struct str name = mac_name(rq, "codes", idx);
    int64_t until_ms = rq->now_ms + HOUR_MS;
    enum err e = db_row(rq->tx, rq->a, &get_setting, ARGS(I(rq->city), T(name), I(rq->now_ms)), &v);
    *ret_n = 1;
    if (e && e != ERR_NONE)
        return e;
    if (!e && !str_i64(val_str(v), ret_n))
        return ERR_DB;
    if (!e) {
        ++*ret_n;
        until_ms = val_i64(v + 1);
    }
    return setting_put(rq, name, str_fmt(rq->a, "%lld", (long long)*ret_n), until_ms);
}

static struct str from_here(struct request *rq, struct str login)
{
    return str_fmt(rq->a, "%.*s %.*s", SV(folded(rq, login)), SV(rq->ip));
}

/* Where he signed in lately his failures are counted apart, so that nobody elsewhere keeps him out; of all other addresses
 * together, so that many of them guess no faster than one. */
static enum err tries_name(struct request *rq, struct str login, struct str *ret)
{
    const struct val *v;
    struct str here = from_here(rq, login);
    enum err e = db_row(rq->tx, rq->a, &get_setting, ARGS(I(rq->city), T(mac_name(rq, "passed", here)), I(rq->now_ms)), &v);
    *ret = mac_name(rq, "tries", e ? folded(rq, login) : here);
    return e == ERR_NONE ? OK : e;
}

enum err tries_get(struct request *rq, struct str login, struct tries *ret)
{
    const struct val *v;
    struct str name;
    *ret = (struct tries){0};
    enum err e = tries_name(rq, login, &name);
    if (!e)
        e = db_row(rq->tx, rq->a, &get_setting, ARGS(I(rq->city), T(name), I(rq->now_ms)), &v);
    struct str value = e ? S("") : val_str(v);
    if (!e && (!str_i64(str_cut(&value, ' '), &ret->fails) || !str_i64(value, &ret->wait_until_ms)))
        e = ERR_DB;
    return e == ERR_NONE ? OK : e;
}

enum err tries_put(struct request *rq, struct str login, const struct tries *t)
{
    struct str name;
    enum err e = tries_name(rq, login, &name);
    rq->keep = true;
    return e ? e : setting_put(rq, name, str_fmt(rq->a, "%lld %lld", (long long)t->fails, (long long)t->wait_until_ms), rq->now_ms + TRIES_MS);
}

enum err tries_forget(struct request *rq, struct str login)
{
    struct str name, value;
    enum err e = tries_name(rq, login, &name);
    if (!e)
        e = setting_take(rq, name, &value);
    return e == ERR_NONE ? OK : e;
}

enum err tries_passed(struct request *rq, struct str login)
{
    enum err e = tries_forget(rq, login);
    return e ? e : setting_put(rq, mac_name(rq, "passed", from_here(rq, login)), S(""), rq->now_ms + PASSED_DAYS * (int64_t)DAY_MS);
}

enum err account_data_of(struct request *rq, struct str *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &get_setting, ARGS(I(rq->city), T(S("made_by")), I(rq->now_ms)), &v);
    *ret = e ? S("") : val_str(v);
    if (e != ERR_NONE)
        return e;
    e = db_row(rq->tx, rq->a, &any, ARGS(I(rq->city)), &v);
    *ret = e ? S("") : S("serve");
    return e == ERR_NONE ? OK : e;
}

enum err account_data_mark(struct request *rq, struct str by)
{
    return setting_put(rq, S("made_by"), by, INT64_MAX);
}

enum err account_administered(struct request *rq, bool *ret)
{
    struct held *v;
    size_t n;
    enum err e = city_admin_held(rq, &v, &n);
    *ret = admins_broken(v, n, rq->now_ms) != &last_admin;
    return e;
}

enum err account_setup_link(struct request *rq, struct str *ret_path)
{
    struct str token = seal_token(rq->a, 16);
    struct str mac = mac_name(rq, "setup", token);
    *ret_path = str_fmt(rq->a, "/setup/%.*s", SV(token));
    return setting_put(rq, S("setup"), mac, rq->now_ms + 30 * 60 * 1000);
}

/* A path under `head` that stands for this account once, for `ms`; one that was given before stands for nobody. */
static enum err token_give(struct request *rq, const char *kind, const char *head, int64_t account_id, int64_t ms,
                           struct str *ret_path)
{
    struct str token = seal_token(rq->a, 16);
    struct str whose = str_fmt(rq->a, "%lld", (long long)account_id);
    *ret_path = str_fmt(rq->a, "%s%.*s", head, SV(token));
    enum err e = db_run(rq->tx, &drop_links_query, ARGS(I(rq->city), T(str_c(kind)), T(whose)), NULL);
    return e ? e : setting_put(rq, mac_name(rq, kind, token), whose, rq->now_ms + ms);
}

static enum err token_take(struct request *rq, const char *kind, struct str token, int64_t *ret_account)
{
    struct str value;
    enum err e = setting_take(rq, mac_name(rq, kind, token), &value);
    return e ? e : str_i64(value, ret_account) ? OK : ERR_DB;
}

enum err account_slip_token(struct request *rq, int64_t account_id, struct str *ret_path)
{
    const struct val *other;
    enum err e = db_row(rq->tx, rq->a, &other_roles, ARGS(I(rq->city), I(account_id)), &other);
    if (e != ERR_NONE)
        return e ? e : refuse(rq, &slip_for_seekers);
    return token_give(rq, "slip", "/c/", account_id, SLIP_MS, ret_path);
}

enum err account_take_slip(struct request *rq, struct str token, int64_t *ret_account)
{
    return token_take(rq, "slip", token, ret_account);
}

enum err account_invite(struct request *rq, int64_t account_id, struct str *ret_path)
{
    return token_give(rq, "invite", "/invite/", account_id, INVITE_MS, ret_path);
}

enum err account_invite_known(struct request *rq, struct str token)
{
    const struct val *v;
    return db_row(rq->tx, rq->a, &get_setting, ARGS(I(rq->city), T(mac_name(rq, "invite", token)), I(rq->now_ms)), &v);
}

enum err account_take_invite(struct request *rq, struct str token, int64_t *ret_account)
{
    return token_take(rq, "invite", token, ret_account);
}

enum err account_setup_known(struct request *rq, struct str token)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &get_setting, ARGS(I(rq->city), T(S("setup")), I(rq->now_ms)), &v);
    return e ? e : str_eq(val_str(v), mac_name(rq, "setup", token)) ? OK : ERR_NONE;
}

enum err account_spend_setup(struct request *rq)
{
    struct str value;
    return setting_take(rq, S("setup"), &value);
}

enum err account_set_secrets(struct request *rq, int64_t id, struct str pass_hash, struct str totp)
{
    struct str sealed = seal_put(rq->app->seal, rq->a, (struct seal_where){"account", "totp", rq->city, id}, totp);
    enum err e = db_run(rq->tx, &set_secrets, ARGS(I(rq->city), I(id), T(pass_hash), B(sealed)), NULL);
    return e ? e : session_end_all(rq, id);
}

enum err session_end_all(struct request *rq, int64_t account_id)
{
    return db_run(rq->tx, &end_all, ARGS(I(rq->city), I(account_id)), NULL);
}

enum err session_end_of_person(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &end_of_person, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err staff_all(struct request *rq, struct staff **ret, size_t *ret_n)
{
    return rows_to_records(rq, &staff_list, ARGS(I(rq->city), I(rq->now_ms)), &staff_record, (void **)ret, ret_n);
}

enum err grants_of(struct request *rq, int64_t account_id, struct grant **ret, size_t *ret_n)
{
    struct rows rows = {0};
    int64_t last_id = account_id ? account_id : INT64_MAX;
    enum err e = db_rows(rq->tx, rq->a, &list_grants, ARGS(I(rq->city), I(account_id), I(last_id), I(rq->now_ms)), &rows);
    struct grant *g = *ret = NEW_N(rq->a, rows.n + 1, struct grant);
    for (size_t i = 0; !e && i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        int64_t to_ms = val_i64(v + 5);
        g[i] = (struct grant){val_i64(v), choice_find(staff_roles, val_str(v + 1)), val_i64(v + 2), val_i64(v + 3),
                              cal_day(val_i64(v + 4)), to_ms ? cal_day(to_ms - 1) : 0};
    }
    *ret_n = e ? 0 : rows.n;
    return e;
}

enum err grant_put(struct request *rq, const struct grant *g)
{
    int64_t from_ms = g->from_day ? cal_ms(g->from_day, 0) : rq->now_ms - 1, to_ms = g->to_day ? cal_ms(g->to_day + 1, 0) : 0;
    return db_run(rq->tx, &put_grant,
                  ARGS(I(rq->city), I(g->account_id), T(str_c(staff_roles[g->role].key)), I(g->district), I(g->site_id),
                       I(from_ms), I(to_ms), I(rq->who->account_id)),
                  NULL);
}

enum err grant_end(struct request *rq, const struct grant *g)
{
    int64_t n = 0;
    enum err e = db_run(rq->tx, &end_grant,
                        ARGS(I(rq->city), I(g->account_id), T(str_c(staff_roles[g->role].key)), I(g->district),
                             I(g->site_id), I(rq->now_ms)),
                        &n);
    return e ? e : n ? OK : ERR_NONE;
}

enum err city_admin_held(struct request *rq, struct held **ret, size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &city_admins, ARGS(I(rq->city), I(rq->now_ms)), &rows);
    *ret = NEW_N(rq->a, rows.n + 1, struct held);
    *ret_n = e ? 0 : rows.n;
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = (struct held){val_i64(row_at(&rows, i)), val_i64(row_at(&rows, i) + 1)};
    return e;
}
