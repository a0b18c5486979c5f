/* account_api.c - signing in and out. The answers for a known and an unknown phone or login are the
 * same in body, status and work done. The number goes from page to page in a sealed cookie, then in a hidden field,
 * so that it stands in no address or log. */
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>

#include "base/buf.h"
#include "base/log.h"
#include "feature/account/account_rules.h"
#include "feature/account/account_store.h"
#include "feature/notice/notice.h"
#include "feature/picture/picture.h"
#include "http/config.h"
#include "http/page.h"
#include "http/route.h"
#include "http/router.h"
#include "record/seal.h"

struct sign_in {
    struct str phone, code, next;
};
static const struct field phone_fields[] = {
    FIELD(struct sign_in, phone, TEXT, .max = 20, .see = NOBODY, .put = ANYONE, .seal = SEAL_PHONE,
          .required = true, .doc = "Mobile number, +86 and blanks allowed."),
    FIELD(struct sign_in, next, TEXT, .max = 200, .see = NOBODY, .put = ANYONE, .doc = "Page to go on with."),
    {0}};
static const struct field code_fields[] = {
    FIELD(struct sign_in, phone, TEXT, .max = 20, .see = NOBODY, .put = ANYONE, .seal = SEAL_PHONE,
          .required = true, .doc = "The number the code was sent to."),
    FIELD(struct sign_in, code, TEXT, .min = 6, .max = 6, .see = NOBODY, .put = ANYONE, .required = true,
          .doc = "The six digits."),
    FIELD(struct sign_in, next, TEXT, .max = 200, .see = NOBODY, .put = ANYONE, .doc = "Page to go on with."),
    {0}};
static const struct record phone_form = {"sign_in", sizeof(struct sign_in), phone_fields, "Asking for a code."};
static const struct record code_form = {"sign_in_code", sizeof(struct sign_in), code_fields, "Signing in with a code."};

struct staff_sign_in {
    struct str login, password, totp;
};
static const struct field staff_fields[] = {
    FIELD(struct staff_sign_in, login, TEXT, .max = 40, .see = NOBODY, .put = ANYONE, .required = true, .doc = "Login name."),
    FIELD(struct staff_sign_in, password, TEXT, .max = 200, .see = NOBODY, .put = ANYONE, .required = true, .doc = "Password."),
    FIELD(struct staff_sign_in, totp, TEXT, .min = 6, .max = 6, .see = NOBODY, .put = ANYONE, .required = true,
          .doc = "Six digits of the authenticator app."),
    {0}};
static const struct record staff_form = {"staff_sign_in", sizeof(struct staff_sign_in), staff_fields, "Staff sign-in."};

struct setup {
    struct str name, login, password;
};
static const struct field setup_fields[] = {
    FIELD(struct setup, name, TEXT, .min = 1, .max = 40, .see = NOBODY, .put = ANYONE, .required = true, .doc = "Your name."),
    FIELD(struct setup, login, TEXT, .min = 3, .max = 40, .see = NOBODY, .put = ANYONE, .required = true, .doc = "Login name."),
    FIELD(struct setup, password, TEXT, .min = 12, .max = 200, .see = NOBODY, .put = ANYONE, .required = true,
          .doc = "At least 12 characters."),
    {0}};
static const struct record setup_form = {"setup", sizeof(struct setup), setup_fields, "First administrator."};

struct account_me {
    int64_t account_id, person_id, employer_id;
    struct str token, csrf;
    uint32_t roles, city_roles;
    bool demo, films;
    int64_t now_ms;
};
static const struct field me_fields[] = {
    FIELD(struct account_me, account_id, ID, .see = ANYONE, .put = NOBODY, .doc = "Account."),
    FIELD(struct account_me, person_id, ID, .see = ANYONE, .put = NOBODY, .doc = "The seeker behind it."),
    FIELD(struct account_me, employer_id, ID, .see = ANYONE, .put = NOBODY, .doc = "The employer behind it."),
    FIELD(struct account_me, roles, MASK, .choices = role_choices, .see = ANYONE, .put = NOBODY, .doc = "Roles held now, anywhere."),
    FIELD(struct account_me, city_roles, MASK, .choices = role_choices, .see = ANYONE, .put = NOBODY, .doc = "Of them, those held over the whole city."),
    FIELD(struct account_me, demo, BOOL, .see = ANYONE, .put = NOBODY, .doc = "All people and jobs here are made up."),
    FIELD(struct account_me, films, BOOL, .see = ANYONE, .put = NOBODY, .doc = "Films and voice notes are taken here."),
    FIELD(struct account_me, now_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "The clock that counts here."),
    FIELD(struct account_me, token, TEXT, .see = ANYONE, .put = NOBODY, .doc = "Bearer token, only at sign-in."),
    FIELD(struct account_me, csrf, TEXT, .see = ANYONE, .put = NOBODY, .doc = "For the header X-CSRF-Token."),
    {0}};
static const struct record me_record = {"me", sizeof(struct account_me), me_fields, "Who is signed in."};

static enum err show_sign_in(struct request *rq);
static enum err show_code(struct request *rq);
static enum err ask_code(struct request *rq);
static enum err use_code(struct request *rq);
static enum err check_password(struct request *rq);
static enum err staff_sign_in(struct request *rq);
static enum err setup_known(struct request *rq);
static enum err show_setup(struct request *rq);
static enum err hash_setup(struct request *rq);
static enum err do_setup(struct request *rq);
static enum err sign_out(struct request *rq);
static enum err slip_sign_in(struct request *rq);
static enum err me(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/sign-in", ANYONE, show_sign_in, .doc = "Page: phone number."),
    ROUTE(GET, "/sign-in/code", ANYONE, show_code, .doc = "Page: six digits."),
    ROUTE(POST, "/api/v1/sign-in", ANYONE, ask_code, .in = &phone_form, .form = show_sign_in, .rate = PER_HOUR_AND_ADDRESS(600),
          .doc = "Sends a six-digit code to a phone."),
    ROUTE(POST, "/api/v1/sign-in/code", ANYONE, use_code, .in = &code_form, .out = &me_record, .form = show_code,
          .rate = PER_HOUR_AND_ADDRESS(1200), .doc = "Signs in with the code."),
    ROUTE(POST, "/api/v1/staff/sign-in", ANYONE, staff_sign_in, .in = &staff_form, .out = &me_record,
          .before = check_password, .rate = PER_HOUR_AND_ADDRESS(240), .doc = "Password and TOTP."),
    ROUTE(GET, "/setup/:token", ANYONE, show_setup, .owns = setup_known, .doc = "Page: first administrator."),
    ROUTE(POST, "/setup/:token", ANYONE, do_setup, .in = &setup_form, .owns = setup_known, .form = show_setup, .before = hash_setup,
          .rate = PER_HOUR_AND_ADDRESS(30), .doc = "Makes the first administrator."),
    ROUTE(GET, "/api/v1/staff", ADMIN, staff_list_api, .out = &staff_record, .list = true, .doc = "Who works here, as far as the caller is in charge."),
    ROUTE(POST, "/api/v1/staff", ADMIN, staff_create, .in = &staff_new_form, .out = &link_record,
          .doc = "Adds a member of staff; answers with the link to hand over."),
    ROUTE(POST, "/api/v1/staff/:account/link", ADMIN, staff_link, .out = &link_record, .owns = staff_load,
          .doc = "A new link; the old password, TOTP and sessions end."),
    ROUTE(POST, "/api/v1/staff/:account/sign-out", ADMIN, staff_sign_out, .owns = staff_load, .doc = "Ends every session of a member; his password stays."),
    ROUTE(GET, "/api/v1/grants", ADMIN, staff_all_grants, .out = &grant_record, .list = true, .doc = "Roles in force or to come of everybody the caller is in charge of."),
    ROUTE(GET, "/api/v1/staff/:account/grants", ADMIN, staff_grants, .out = &grant_record, .list = true, .owns = staff_load, .doc = "Roles in force or to come."),
    ROUTE(POST, "/api/v1/staff/:account/grants", ADMIN, staff_grant, .in = &grant_record, .owns = staff_load,
          .doc = "Gives a role, or changes its days."),
    ROUTE(POST, "/api/v1/staff/:account/grants/end", ADMIN, staff_end_grant, .in = &grant_end_form, .owns = staff_load,
          .doc = "Ends a role now."),
    ROUTE(GET, "/invite/:token", ANYONE, invite_page, .owns = invite_known, .doc = "Page: a new member sets a password."),
    ROUTE(POST, "/invite/:token", ANYONE, invite_take, .in = &invite_form, .owns = invite_known, .form = invite_page, .before = invite_hash,
          .rate = PER_HOUR_AND_ADDRESS(30), .doc = "Sets the password; shows the TOTP code."),
    ROUTE(POST, "/api/v1/sign-out", SIGNED_IN, sign_out, .doc = "Signs out here."),
    ROUTE(POST, "/c/:token", ANYONE, slip_sign_in, .doc = "Signs in by the code on a slip, once."),
    ROUTE(GET, "/c/:token", ANYONE, slip_sign_in, .doc = "Page: the code of a slip."),
    ROUTE(GET, "/api/v1/me", SIGNED_IN, me, .out = &me_record, .doc = "Who is signed in."),
    ROUTE(GET, "/api/v1/sessions", SIGNED_IN, sessions_list, .out = &session_record, .list = true,
          .doc = "Where this account is signed in."),
    ROUTE(DELETE, "/api/v1/sessions/:session", SIGNED_IN, sessions_end, .doc = "Ends one session."),
    ROUTE(POST, "/api/v1/sessions/:session/end", SIGNED_IN, sessions_end, .doc = "The same for a form."),
    ROUTE(POST, "/api/v1/sessions/end-others", SIGNED_IN, sessions_end_others, .doc = "Ends all other sessions."),
    ROUTE(GET, "/me/devices", SIGNED_IN, sessions_page, .doc = "Page: where one is signed in."),
    {0}};

struct str account_phone(struct arena *a, struct str typed)
{
    char *p = arena_alloc(a, typed.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < typed.n; i++)
        if (typed.p[i] != ' ' && typed.p[i] != '-')
            p[n++] = typed.p[i];
    struct str s = {p, n};
    int64_t digits;
    if (str_starts(s, S("+86")))
        s = str_sub(s, 3, s.n);
    bool good = s.n == 11 && s.p[0] == '1' && s.p[1] >= '3' && str_i64(s, &digits);
    return good ? s : S("");
}

/* Anything else goes to the first page. */
static struct str safe_next(struct str next)
{
    return own_page(next) ? next : S("/");
}

static enum err show(struct request *rq, const char *page, const struct record *form, const void *in)
{
    struct view *v = view_new(rq->a);
    view_form(rq, v, form, in);
    return reply_page(rq, page, v);
}

static enum err show_sign_in(struct request *rq)
{
    struct sign_in in = {.next = query_get(rq, rq->a, "next")};
    if (rq->in)
        in = *(struct sign_in *)rq->in;
    struct view *v = view_new(rq->a);
    view_form(rq, v, &phone_form, &in);
    view_str(v, "next", in.next);
    return reply_page(rq, "account/sign_in", v);
}

static struct str url_of(struct request *rq, struct str s)
{
    struct buf b;
    buf_init(&b, rq->a, 4096);
    buf_url(&b, s);
    return buf_str(&b);
}

static struct str code_page(struct request *rq, struct str next, const char *more)
{
    return str_fmt(rq->a, "/sign-in/code?next=%.*s%s", SV(url_of(rq, next)), more);
}

bool account_code_again(struct request *rq)
{
    if (rq->method == GET && query_get(rq, rq->a, "wrong").n)
        refuse(rq, &code_wrong);
    return rq->method == POST && rq->cookie_typed.n && rq->problem.rule == &code_wrong;
}

static enum err show_code(struct request *rq)
{
    struct sign_in in = {0};
    if (rq->in)
        in = *(struct sign_in *)rq->in;
    if (account_code_again(rq))
        return reply_see(rq, code_page(rq, in.next, "&wrong=1"));
    if (!rq->in && !typed_before(rq, &phone_form, &in)) {
        in.next = query_get(rq, rq->a, "next");
        if (rq->who->account_id) /* gone back to */
            return reply_see(rq, safe_next(in.next));
    }
    struct view *v = view_new(rq->a);
    view_str(v, "phone", in.phone);
    view_str(v, "next", in.next);
    view_str(v, "next_url", url_of(rq, in.next));
    view_str(v, "path", S("/sign-in/code"));
    return reply_page(rq, "account/code", v);
}

static struct str make_code(struct request *rq)
{
    uint32_t r;
    if (rq->app->demo)
        return S("123456"); /* shown on the page of the demonstration */
    seal_random(&r, sizeof r);
    return str_fmt(rq->a, "%06u", r % 1000000);
}

enum err account_send_code(struct request *rq, struct str typed)
{
    struct login_code old, c = {.made_ms = rq->now_ms, .expires_ms = rq->now_ms + CODE_MS};
    int64_t sent;
    struct str phone = account_phone(rq->a, typed), code = make_code(rq);
    if (!phone.n)
        return fail_field(rq, "phone", "input.phone", S(""));
    struct str idx = account_phone_idx(rq, phone);
    enum err e = code_get(rq, idx, &old);
    if (!e && old.made_ms + CODE_AGAIN_MS > rq->now_ms && !rq->app->demo)
        return refuse(rq, &code_too_soon);
    if (e && e != ERR_NONE)
        return e;
    e = codes_count(rq, idx, &sent);
    if (!e && sent > CODES_AN_HOUR && !rq->app->demo)
        return refuse(rq, &codes_too_many);
    c.mac = seal_mac(rq->app->seal, rq->a, "code", str_cat(rq->a, idx, code));
    if (!e)
        e = code_put(rq, idx, &c);
    return e ? e : notice_code(rq, phone, code, c.expires_ms);
}

static enum err ask_code(struct request *rq)
{
    struct sign_in *in = rq->in;
    enum err e = account_send_code(rq, in->phone);
    if (e)
        return e;
    rq->idem_key = S(""); /* what was typed is not kept */
    return rq->html ? reply_next(rq, code_page(rq, in->next, "")) : reply_none(rq);
}

struct str account_cookie(struct request *rq, struct str token, int64_t seconds)
{
    bool tls = rq->app->config->tls;
    return str_fmt(rq->a, "%s=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%lld%s", tls ? "__Host-lingji" : "lingji",
                   SV(token), (long long)seconds, tls ? "; Secure" : "");
}

enum err account_enter(struct request *rq, int64_t account_id, int days, struct str *ret_token)
{
    bool other = rq->who->id && !rq->bearer; /* its cookie is gone from the browser, and must open nothing any more */
    enum err e = other ? session_end(rq, rq->who->id) : OK;
    if (!e)
        e = account_keep_lang(rq, account_id);
    if (!e)
        e = account_open_session(rq, account_id, days, ret_token);
    if (!e)
        reply_cookie(rq, account_cookie(rq, *ret_token, (int64_t)days * 86400));
    typed_forget(rq);
    rq->idem_key = S(""); /* a token is never kept for a replay */
    return e;
}

void account_about(struct request *rq, int64_t account_id)
{
    rq->audit_object = "account";
    rq->audit_id = account_id;
}

static enum err welcome(struct request *rq, int64_t account_id, int days, struct str next)
{
    struct account acc;
    struct account_me m = {.account_id = account_id};
    enum err e = account_enter(rq, account_id, days, &m.token);
    if (!e)
        e = account_get(rq, account_id, &acc);
    if (e)
        return e;
    m.person_id = acc.person_id;
    m.employer_id = acc.employer_id;
    account_about(rq, account_id);
    return reply_done(rq, 200, &me_record, &m, next);
}

enum err account_use_code(struct request *rq, struct str typed, struct str code, int64_t *ret_account)
{
    struct login_code c = {0};
    struct str phone = account_phone(rq->a, typed);
    if (!phone.n)
        return fail_field(rq, "phone", "input.phone", S(""));
    struct str idx = account_phone_idx(rq, phone);
    struct str mac = seal_mac(rq->app->seal, rq->a, "code", str_cat(rq->a, idx, code));
    enum err e = code_get(rq, idx, &c);
    bool right = !e && c.tries < CODE_TRIES && c.expires_ms > rq->now_ms && mac.n == c.mac.n &&
                 sodium_memcmp(mac.p, c.mac.p, mac.n) == 0;
    if (e && e != ERR_NONE)
        return e;
    if (!right) {
        enum err tried = code_tried(rq, idx);
        return tried ? tried : refuse(rq, &code_wrong);
    }
    e = code_drop(rq, idx);
    return e ? e : account_for_phone(rq, phone, ret_account);
}

static enum err use_code(struct request *rq)
{
    struct sign_in *in = rq->in;
    int64_t account_id;
    enum err e = account_use_code(rq, in->phone, in->code, &account_id);
    return e ? e : welcome(rq, account_id, 90, safe_next(in->next));
}

/* ---- staff ---- */

static struct str hash_password(struct arena *a, struct str password)
{
    char out[crypto_pwhash_STRBYTES];
    BUG_ON(crypto_pwhash_str_alg(out, str_z(a, password), password.n, 2, 19u << 20, crypto_pwhash_ALG_ARGON2ID13));
    return str_dup(a, str_c(out));
}

struct verdict {
    struct account account;
    bool known, password_right;
};

/* What was typed, read before its turn so that no writer waits for a hash. False when it is not whole:
 * there is nothing to hash, and reading it once more names the field. */
static bool typed(struct request *rq, const struct record *form, void *in)
{
    struct errors err = {0};
    bool page = str_starts(rq->body_type, S("application/x-www-form-urlencoded"));
    return page ? record_from_form(rq->a, form, ANYONE, router_fields(rq->a, rq->body), in, NULL, &err)
                : record_from_json(rq->a, form, ANYONE, rq->body, in, NULL, &err);
}

/* On a helper thread, at most two at once: 60 ms of Argon2id, for known and unknown logins alike. */
static enum err check_password(struct request *rq)
{
    static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$"
                                 "H0bTNsPPNwVmkG9xtZTBLGHDSQGgPIhGuXtWj2m0GcA";
    struct verdict *v = NEW(rq->a, struct verdict);
    struct staff_sign_in in = {0};
    if (!typed(rq, &staff_form, &in))
        return OK;
    enum err e = account_by_login(rq, in.login, &v->account);
    if (e && e != ERR_NONE)
        return e;
    v->known = !e;
    const char *hash = v->known && v->account.pass_hash.n ? str_z(rq->a, v->account.pass_hash) : nobody;
    const char *password = str_z(rq->a, in.password);
    v->password_right = crypto_pwhash_str_verify(hash, password, in.password.n) == 0 && v->known;
    rq->before = v;
    return OK;
}

static int totp_at(struct str secret, int64_t step)
{
    unsigned char counter[8], mac[20];
    unsigned n = sizeof mac;
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)(step >> (56 - 8 * i));
    BUG_ON(!HMAC(EVP_sha1(), secret.p, (int)secret.n, counter, 8, mac, &n));
    return totp_digits(mac);
}

/* The step whose digits were given, within one step of now and later than the last used; 0 = none. */
static int64_t totp_step(struct request *rq, const struct account *acc, struct str given)
{
    struct str secret;
    int64_t digits, now = rq->now_ms / 30000;
    struct seal_where w = {"account", "totp", rq->city, acc->id};
    if (!seal_get(rq->app->seal, rq->a, w, acc->totp, &secret) || !str_i64(given, &digits))
        return 0;
    for (int64_t step = now - 1; step <= now + 1; step++)
        if (step > acc->totp_step && totp_at(secret, step) == digits)
            return step;
    return 0;
}

static enum err staff_sign_in(struct request *rq)
{
    struct staff_sign_in *in = rq->in;
    struct verdict *v = rq->before;
    struct account acc;
    struct tries t;
    enum err e = tries_get(rq, in->login, &t);
    if (!e && v->known)
        e = account_get(rq, v->account.id, &acc); /* again, now inside the write */
    if (e)
        return e;
    if (t.wait_until_ms > rq->now_ms)
        return refuse(rq, &sign_in_wait);
    int64_t step = v->known ? totp_step(rq, &acc, in->totp) : 0;
    if (!v->password_right || !step) {
        t.fails++;
        t.wait_until_ms = rq->now_ms + sign_in_delay_ms(t.fails);
        e = tries_put(rq, in->login, &t);
        return e ? e : refuse(rq, &sign_in_wrong);
    }
    e = account_passed(rq, acc.id, step);
    if (!e)
        e = tries_passed(rq, in->login);
    return e ? e : welcome(rq, acc.id, 1, S("/app"));
}

/* ---- the first administrator ---- */

/* Nobody fills in a form for nothing, and no guess spends the link. */
static enum err setup_known(struct request *rq)
{
    enum err e = account_setup_known(rq, param(rq, "token"));
    return e == ERR_NONE ? fail(rq, ERR_NONE, "account.setup_gone") : e;
}

static enum err show_setup(struct request *rq)
{
    struct setup in = {0};
    if (rq->in)
        in = *(struct setup *)rq->in;
    in.password = S("");
    return show(rq, "account/setup", &setup_form, &in);
}

enum err hash_typed(struct request *rq, const struct record *form, void *in, const struct str *password)
{
    struct str *hash = rq->before = NEW(rq->a, struct str);
    if (typed(rq, form, in))
        *hash = hash_password(rq->a, *password);
    return OK;
}

static enum err hash_setup(struct request *rq)
{
    struct setup in = {0};
    return hash_typed(rq, &setup_form, &in, &in.password);
}

static struct str base32(struct arena *a, struct str raw)
{
    static const char abc[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    char *out = arena_alloc(a, raw.n * 8 / 5 + 2);
    size_t n = 0;
    unsigned bits = 0, have = 0;
    for (size_t i = 0; i < raw.n; i++) {
        bits = bits << 8 | (unsigned char)raw.p[i];
        for (have += 8; have >= 5; have -= 5)
            out[n++] = abc[bits >> (have - 5) & 31];
    }
    return (struct str){out, n};
}

enum err account_page_totp(struct request *rq, int64_t id, struct str login, struct str secret)
{
    struct view *v = view_new(rq->a);
    struct str b32 = base32(rq->a, secret);
    view_str(v, "secret", b32);
    view_str(v, "login", login);
    view_qr(v, "qr", str_fmt(rq->a, "otpauth://totp/Lingji:%.*s?secret=%.*s&issuer=Lingji", SV(login), SV(b32)));
    account_about(rq, id);
    rq->idem_key = S("");
    return reply_page(rq, "account/setup_done", v);
}

static enum err do_setup(struct request *rq)
{
    struct setup *in = rq->in;
    const struct rule *weak = password_broken(in->password);
    char secret[20];
    int64_t id;
    if (weak)
        return refuse(rq, weak);
    enum err e = account_spend_setup(rq);
    seal_random(secret, sizeof secret);
    struct str raw = {secret, sizeof secret};
    if (!e)
        e = account_staff(rq, in->login, in->name, *(struct str *)rq->before, raw, &id);
    static const enum role roles[] = {CITY_ADMIN, CONSULTANT, INSPECTOR};
    for (size_t i = 0; !e && i < 3; i++)
        e = account_grant(rq, id, roles[i], 0, 0);
    return e ? e : account_page_totp(rq, id, in->login, raw);
}

/* ---- sessions ---- */

static enum err sign_out(struct request *rq)
{
    enum err e = session_end(rq, rq->who->id);
    reply_cookie(rq, account_cookie(rq, S(""), 0));
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/"));
}

static enum err slip_sign_in(struct request *rq)
{
    int64_t account_id;
    if (rq->method == GET) { /* a page with one button: link previews must not spend the code */
        struct view *v = view_new(rq->a);
        view_str(v, "token", param(rq, "token"));
        return reply_page(rq, "account/slip", v);
    }
    enum err e = account_take_slip(rq, param(rq, "token"), &account_id);
    if (e == ERR_NONE)
        return refuse(rq, &code_wrong);
    return e ? e : welcome(rq, account_id, 30, S("/my"));
}

static uint32_t city_roles(const struct session *s)
{
    uint32_t roles = 0;
    for (size_t i = 0; i < s->n_scopes; i++)
        roles |= s->scopes[i].district || s->scopes[i].site_id ? 0 : s->scopes[i].roles;
    return roles;
}

static enum err me(struct request *rq)
{
    struct account_me m = {.account_id = rq->who->account_id, .person_id = rq->who->person_id,
                           .employer_id = rq->who->employer_id, .csrf = str_c(rq->who->csrf),
                           .roles = rq->who->roles, .city_roles = city_roles(rq->who), .demo = rq->app->demo, .films = media_taken(rq), .now_ms = rq->now_ms};
    return reply_record(rq, 200, &me_record, &m);
}

static enum err expire(struct request *rq)
{
    return session_expire(rq);
}

static const struct timer timers[] = {{.name = "account.expire", .every_s = 3600, .run = expire}, {0}};
static const struct record *const records[] = {&phone_form, &code_form, &staff_form, &setup_form,
                                               &me_record,  &session_record, &staff_record, &grant_record, &grant_end_form,
                                               &staff_new_form, &link_record, &invite_form, NULL};
const struct feature account_feature = {.name = "account", .routes = routes, .queries = account_queries,
                                        .records = records, .timers = timers};
