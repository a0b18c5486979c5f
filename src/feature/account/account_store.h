/* account_store.h - the SQL of accounts, for account_api.c only. */
#pragma once
#include "feature/account/account.h"

struct account {
    int64_t id, person_id, employer_id, fails, wait_until_ms, totp_step;
    struct str login, name, pass_hash, totp;
};

MUST_USE enum err account_get(struct request *rq, int64_t id, struct account *ret);
MUST_USE enum err account_by_login(struct request *rq, struct str login, struct account *ret);
MUST_USE enum err account_failed(struct request *rq, int64_t id, int64_t fails, int64_t wait_until_ms);
MUST_USE enum err account_passed(struct request *rq, int64_t id, int64_t totp_step);

struct login_code {
    struct str mac;
    int64_t tries, made_ms, expires_ms;
};
MUST_USE enum err code_get(struct request *rq, struct str phone_idx, struct login_code *ret);
MUST_USE enum err code_put(struct request *rq, struct str phone_idx, const struct login_code *c);
MUST_USE enum err code_tried(struct request *rq, struct str phone_idx);
MUST_USE enum err code_drop(struct request *rq, struct str phone_idx);

MUST_USE enum err setting_put(struct request *rq, struct str name, struct str value, int64_t until_ms);
/* Reads and removes; ERR_NONE when there is none or it is too old. */
MUST_USE enum err setting_take(struct request *rq, struct str name, struct str *ret);

MUST_USE enum err session_end(struct request *rq, int64_t session_id);
MUST_USE enum err session_end_others(struct request *rq);
MUST_USE enum err session_expire(struct request *rq);
struct session_line {
    int64_t id, made_ms, expires_ms;
};
MUST_USE enum err session_list(struct request *rq, struct session_line **ret, size_t *ret_n);
MUST_USE enum err account_take_slip(struct request *rq, struct str token, int64_t *ret_account);
/* The set-up link is spent by the first try, right or wrong. */
MUST_USE enum err account_take_setup(struct request *rq, struct str token);
extern const struct query *const account_queries[];
