/* account_rules.c - see the header. */
#include "feature/account/account_rules.h"

const struct rule code_wrong = {"code_wrong", "ASVS 5.0 6.6"};
const struct rule code_too_soon = {"code_too_soon", "ASVS 5.0 6.6.3"};
const struct rule codes_too_many = {"codes_too_many", "ASVS 5.0 6.6.3"};
const struct rule sign_in_wrong = {"sign_in_wrong", "ASVS 5.0 6.3"};
const struct rule sign_in_wait = {"sign_in_wait", "ASVS 5.0 6.3.1"};
const struct rule last_admin = {"last_admin", "somebody must be able to give roles"};
const struct rule admin_gap = {"admin_gap", "somebody must be able to give roles"};
const struct rule not_your_role = {"not_your_role", "a district gives roles below its own"};
const struct rule grant_backwards = {"grant_backwards", "end after begin"};
const struct rule password_weak = {"password_weak", "ASVS 5.0 6.2.1"};
const struct rule own_case = {"own_case", "nobody decides about himself"};
const struct rule slip_for_seekers = {"slip_for_seekers", "no role by paper"};

int64_t sign_in_delay_ms(int64_t fails)
{
    if (fails < 3)
        return 0;
    int64_t s = fails > 11 ? 300 : (int64_t)1 << (fails - 3);
    return (s > 300 ? 300 : s) * 1000;
}

const struct rule *password_broken(struct str p)
{
    static const char *const known[] = {"123456789012", "passwordpassword", "password1234",
                                        "qwertyuiop12", "admin1234567", "lingjilingji"};
    bool same = true;
    if (utf8_count(p) < PASSWORD_MIN)
        return &password_weak;
    for (size_t i = 1; i < p.n; i++)
        same &= p.p[i] == p.p[0];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq_nocase(p, str_c(known[i])))
            return &password_weak;
    return same ? &password_weak : NULL;
}

int totp_digits(const unsigned char mac[20])
{
    int at = mac[19] & 15;
    uint32_t v = (uint32_t)(mac[at] & 127) << 24 | (uint32_t)mac[at + 1] << 16 |
                 (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    return (int)(v % 1000000);
}

bool may_grant(struct grantor by, uint32_t role, int64_t district)
{
    uint32_t below = STAFF & ~(uint32_t)(ADMIN | AUDITOR);
    return (role & STAFF) && (by.city || (by.district && district && (role & below)));
}

const struct rule *admins_broken(const struct held *v, size_t n, int64_t now_ms)
{
    int64_t until_ms = now_ms;
    size_t i = 0;
    for (; i < n && v[i].from_ms <= until_ms; i++) {
        if (!v[i].to_ms)
            return NULL;
        until_ms = v[i].to_ms > until_ms ? v[i].to_ms : until_ms;
    }
    return until_ms == now_ms ? &last_admin : i < n ? &admin_gap : NULL;
}

int32_t device_of(struct str agent)
{
    static const struct {
        struct str word;
        int32_t device;
    } table[] = {{S("HarmonyOS"), 7}, {S("OpenHarmony"), 7}, /* before Android, which the older ones say too */
                 {S("iPhone"), 1}, {S("iPad"), 2}, {S("Android"), 3}, {S("Windows"), 4}, {S("Macintosh"), 5}, {S("Linux"), 6}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_find(agent, table[i].word) >= 0)
            return table[i].device;
    return 0;
}
