/* account_rules.h - pure decisions of signing in: no database, no clock, no randomness. */
#pragma once
#include "base/rule.h"
#include "base/str.h"
#include "record/field.h"

/* A number is asked about strictly, an address generously: a whole hall may stand behind one. */
/* notice.code says how long CODE_MS is. */
enum { CODE_MS = 5 * 60 * 1000, CODE_AGAIN_MS = 60 * 1000, CODES_AN_HOUR = 5, CODE_TRIES = 5, PASSWORD_MIN = 12 };

extern const struct rule code_wrong, code_too_soon, codes_too_many, sign_in_wrong, sign_in_wait,
    password_weak, own_case, slip_for_seekers, last_admin, admin_gap, not_your_role, grant_backwards;

/* Whether a grantor (of the whole city, or of this district) may give or take a role (a bit of enum
 * role): the city everything, a district what is below it within itself. */
struct grantor {
    bool city, district;
};
bool may_grant(struct grantor by, uint32_t role, int64_t district);
/* What is broken when these are all the grants of the city's administrators: nobody is one now, or nobody for a while
 * before another begins. That all of them end is none. v[0..n) ascends by from_ms; to_ms 0 = open. */
struct held {
    int64_t from_ms, to_ms;
};
const struct rule *admins_broken(const struct held *v, size_t n, int64_t now_ms);
/* Milliseconds to wait after the n-th failure in a row: 0 for the first two, then 1, 2, 4 .. 300 s. */
int64_t sign_in_delay_ms(int64_t fails);
/* NULL when it may be used: at least 12 characters, not one letter repeated, not among the best
 * known ones. */
const struct rule *password_broken(struct str password);
/* A token serves a browser so long, and requests under way so much longer; the last use is kept to the hour. */
enum { ROTATE_MS = 12 * 60 * 60 * 1000, UNDER_WAY_MS = 60 * 1000, USE_MS = 60 * 60 * 1000 };
/* Index into session_devices, from what a browser calls itself. */
int32_t device_of(struct str agent);
/* RFC 6238 with HMAC-SHA-1 given as 20 bytes `mac` of the counter: the 6 digits. */
int totp_digits(const unsigned char mac[20]);
