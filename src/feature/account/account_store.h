/* account_store.h - the SQL of accounts, for account_api.c only. */
#pragma once
#include "feature/account/account.h"

struct account {
    int64_t id, person_id, employer_id, totp_step;
    struct str login, name, pass_hash, totp;
};

MUST_USE enum err account_get(struct request *rq, int64_t id, struct account *ret);
/* Whatever its case. */
MUST_USE enum err account_by_login(struct request *rq, struct str login, struct account *ret);
/* Failures in a row of a login, whatever its case, known or not, so that waiting tells nobody which exist; a day long.
 * Kept although the request fails. */
enum { TRIES_MS = 24 * 60 * 60 * 1000, PASSED_DAYS = 30 };
struct tries {
    int64_t fails, wait_until_ms;
};
MUST_USE enum err tries_get(struct request *rq, struct str login, struct tries *ret);
MUST_USE enum err tries_put(struct request *rq, struct str login, const struct tries *t);
MUST_USE enum err tries_forget(struct request *rq, struct str login);
/* He signed in from here. */
MUST_USE enum err tries_passed(struct request *rq, struct str login);
MUST_USE enum err account_passed(struct request *rq, int64_t id, int64_t totp_step);

struct login_code {
    struct str mac;
    int64_t tries, made_ms, expires_ms;
};
MUST_USE enum err code_get(struct request *rq, struct str phone_idx, struct login_code *ret);
MUST_USE enum err code_put(struct request *rq, struct str phone_idx, const struct login_code *c);
MUST_USE enum err code_tried(struct request *rq, struct str phone_idx);
/* Counts one more code for this number; *ret_n: how many since the first of the hour. */
MUST_USE enum err codes_count(struct request *rq, struct str phone_idx, int64_t *ret_n);
MUST_USE enum err code_drop(struct request *rq, struct str phone_idx);

MUST_USE enum err session_end(struct request *rq, int64_t session_id);
MUST_USE enum err session_end_others(struct request *rq);
MUST_USE enum err session_expire(struct request *rq); /* those that ended, and those of staff that nobody used */
int64_t session_idle_since(const struct request *rq); /* a staff session last used then or before, as it was noted, has ended */
struct session_line {
    int64_t id;
    int32_t device; /* index into session_devices */
    int64_t made_ms, used_ms, expires_ms;
    bool here;
};
extern const struct choice session_devices[];
extern const struct record session_record;
extern const struct query load_session_query, add_session_query, use_session_query, retire_token_query, list_sessions_query, keep_lang_query, lang_of_query;
MUST_USE enum err account_keep_lang(struct request *rq, int64_t account_id); /* that of the request */
/* The audit line of the request is about this account. */
void account_about(struct request *rq, int64_t account_id);
/* A whole Set-Cookie value. */
struct str account_cookie(struct request *rq, struct str token, int64_t seconds);
MUST_USE enum err session_list(struct request *rq, struct session_line **ret, size_t *ret_n);
MUST_USE enum err account_take_slip(struct request *rq, struct str token, int64_t *ret_account);
/* ERR_NONE for a token that is not that of the set-up link; it changes nothing. */
MUST_USE enum err account_setup_known(struct request *rq, struct str token);
MUST_USE enum err account_spend_setup(struct request *rq);
extern const struct query *const account_queries[];

/* A member of staff, and what he may do where: one row of role_grant with its last day, 0 = open. */
struct staff {
    int64_t id;
    struct str login, name;
    int64_t made_ms;
    bool waits;
};
struct grant {
    int64_t account_id;
    int32_t role; /* index into staff_roles */
    int64_t district, site_id;
    int32_t from_day, to_day;
};
extern const struct choice staff_roles[];
extern const struct record staff_record;
MUST_USE enum err staff_all(struct request *rq, struct staff **ret, size_t *ret_n);
/* In force or to come; of everybody when the id is 0. */
MUST_USE enum err grants_of(struct request *rq, int64_t account_id, struct grant **ret, size_t *ret_n);
MUST_USE enum err grant_put(struct request *rq, const struct grant *g);
/* From now on; ERR_NONE when there is none. */
MUST_USE enum err grant_end(struct request *rq, const struct grant *g);
/* Of the whole city's administrators, now or later: by begin. */
struct held;
MUST_USE enum err city_admin_held(struct request *rq, struct held **ret, size_t *ret_n);
/* A link of three days, used once, by which somebody sets his own password and TOTP. */
enum { INVITE_MS = 3 * 86400 * 1000, SLIP_MS = 30 * 60 * 1000 };
MUST_USE enum err account_invite(struct request *rq, int64_t account_id, struct str *ret_path);
MUST_USE enum err account_invite_known(struct request *rq, struct str token);
MUST_USE enum err account_take_invite(struct request *rq, struct str token, int64_t *ret_account);
/* New password and TOTP; ends every session of the account. */
MUST_USE enum err account_set_secrets(struct request *rq, int64_t id, struct str pass_hash, struct str totp);
/* The page with the TOTP secret as QR code and letters. */
MUST_USE enum err account_page_totp(struct request *rq, int64_t id, struct str login, struct str secret);

/* For .before: reads the body into `in` and leaves the hash of *password (a member of `in`) in
 * rq->before. What is wrong with the body is said when it is read again. */
MUST_USE enum err hash_typed(struct request *rq, const struct record *form, void *in, const struct str *password);

/* Routes of account_session.c. */
enum err sessions_list(struct request *rq);
enum err sessions_page(struct request *rq);
enum err sessions_end(struct request *rq);
enum err sessions_end_others(struct request *rq);
/* Routes of account_staff.c. */
enum err staff_list_api(struct request *rq);
enum err staff_create(struct request *rq);
enum err staff_link(struct request *rq);
enum err staff_grants(struct request *rq);
enum err staff_all_grants(struct request *rq);
enum err staff_sign_out(struct request *rq);
enum err staff_grant(struct request *rq);
enum err staff_end_grant(struct request *rq);
enum err staff_load(struct request *rq);
enum err invite_known(struct request *rq);
enum err invite_page(struct request *rq);
enum err invite_hash(struct request *rq);
enum err invite_take(struct request *rq);
/* Of account_firm_store.c. */
extern const struct query employs_query, tie_employer_query, by_employer_query, untie_employer_query, end_poster_query;
/* Of account_leave_store.c. */
extern const struct query untie_person_query, unused_query, theirs_query, untie_one_query, drop_seeker_query, drop_grants_query, drop_account_query, drop_codes_query;
extern const struct query drop_links_query; /* of a kind ("slip") that open this account */
extern const struct record staff_new_form, grant_record, grant_end_form, link_record, invite_form;
