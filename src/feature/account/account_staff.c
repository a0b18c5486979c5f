/* account_staff.c - who works here: administrators add members of staff by a link, give and end roles.
 * Nobody but the member ever knows his password or TOTP secret. */
#include "base/cal.h"
#include "feature/account/account_rules.h"
#include "feature/account/account_store.h"
#include "feature/site/site.h"
#include "http/page.h"
#include "http/route.h"
#include "record/seal.h"

const struct choice staff_roles[] = {{"consultant"}, {"inspector"}, {"grid"}, {"trainer"}, {"mediator"}, {"site_manager"},
                                     {"district_admin"}, {"city_admin"}, {"auditor"}, {0}}; /* from CONSULTANT on */
static uint32_t role_bit(int32_t role)
{
    return (uint32_t)CONSULTANT << role;
}

static const struct field staff_fields[] = {
    FIELD(struct staff, id, ID, .see = ADMIN, .put = NOBODY, .doc = "Account."),
    FIELD(struct staff, login, TEXT, .see = ADMIN, .put = NOBODY, .doc = "Login name; none for who signs in by phone."),
    FIELD(struct staff, name, TEXT, .see = ADMIN, .put = NOBODY, .doc = "Name."),
    FIELD(struct staff, made_ms, MS, .see = ADMIN, .put = NOBODY, .doc = "Since."),
    FIELD(struct staff, waits, BOOL, .see = ADMIN, .put = NOBODY, .doc = "Has a link, but no password yet."),
    {0}};
const struct record staff_record = {"staff", sizeof(struct staff), staff_fields, "A member of staff."};

#define SCOPE_FIELDS(type)                                                                                              \
    FIELD(type, role, ENUM, .choices = staff_roles, .see = ADMIN, .put = ADMIN, .required = true, .doc = "Role."),      \
        FIELD(type, district, INT, .district = true, .see = ADMIN, .put = ADMIN, .doc = "Only in this district; 0 = whole city."), \
        FIELD(type, site_id, ID, .see = ADMIN, .put = ADMIN, .doc = "Only at this site.")
static const struct field grant_fields[] = {
    SCOPE_FIELDS(struct grant),
    FIELD(struct grant, from_day, DAY, .see = ADMIN, .put = ADMIN, .doc = "First day; today when left out."),
    FIELD(struct grant, to_day, DAY, .see = ADMIN, .put = ADMIN, .doc = "Last day; open when left out."),
    FIELD(struct grant, account_id, ID, .see = ADMIN, .put = NOBODY, .doc = "Whose."),
    {0}};
/* District as it stands there: also one that the city does not have. */
static const struct field end_fields[] = {
    FIELD(struct grant, role, ENUM, .choices = staff_roles, .see = NOBODY, .put = ADMIN, .required = true, .doc = "Role."),
    FIELD(struct grant, district, INT, .see = NOBODY, .put = ADMIN, .doc = "Its district; 0 = whole city."),
    FIELD(struct grant, site_id, ID, .see = NOBODY, .put = ADMIN, .doc = "Its site."), {0}};
const struct record grant_end_form = {"grant_end", sizeof(struct grant), end_fields, "Ending a role."};
const struct record grant_record = {"grant", sizeof(struct grant), grant_fields, "A role with its place and days."};

struct staff_new {
    struct str name, login;
    int32_t role;
    int64_t district, site_id;
};
static const struct field new_fields[] = {
    FIELD(struct staff_new, name, TEXT, .min = 1, .max = 40, .see = NOBODY, .put = ADMIN, .required = true, .doc = "Name."),
    FIELD(struct staff_new, login, TEXT, .min = 3, .max = 40, .see = NOBODY, .put = ADMIN, .required = true, .doc = "Login name."),
    SCOPE_FIELDS(struct staff_new), {0}};
const struct record staff_new_form = {"staff_new", sizeof(struct staff_new), new_fields, "Adding a member of staff."};

struct link {
    int64_t id;
    struct str link, qr;
};
static const struct field link_fields[] = {
    FIELD(struct link, id, ID, .see = ADMIN, .put = NOBODY, .doc = "Account."),
    FIELD(struct link, link, TEXT, .see = ADMIN, .put = NOBODY, .doc = "Address for the member; three days, once."),
    FIELD(struct link, qr, TEXT, .see = ADMIN, .put = NOBODY, .doc = "The same as a QR code: the d of an SVG path."), {0}};
const struct record link_record = {"staff_link", sizeof(struct link), link_fields, "A link by which a password is set."};

struct invite {
    struct str password;
};
static const struct field invite_fields[] = {
    FIELD(struct invite, password, TEXT, .min = 12, .max = 200, .see = NOBODY, .put = ANYONE, .required = true, .doc = "At least 12 characters."),
    {0}};
const struct record invite_form = {"invite", sizeof(struct invite), invite_fields, "Setting one's password."};

static struct grantor grantor_in(const struct request *rq, int64_t district)
{
    return (struct grantor){session_covers_all(rq->who, CITY_ADMIN, rq->city, 0),
                            session_covers_all(rq->who, DISTRICT_ADMIN, rq->city, district)};
}

/* All that he holds must be the caller's to give. */
static bool in_charge_of(const struct request *rq, int64_t account_id, const struct grant *g, size_t n)
{
    bool all = true, any = false;
    for (size_t i = 0; i < n; i++) {
        if (g[i].account_id != account_id)
            continue;
        any = true;
        all = all && may_grant(grantor_in(rq, g[i].district), role_bit(g[i].role), g[i].district);
    }
    return all && (any || grantor_in(rq, 0).city);
}

enum err staff_load(struct request *rq)
{
    struct account *acc = NEW(rq->a, struct account);
    struct grant *g;
    size_t n;
    enum err e = account_get(rq, param_id(rq, "account"), acc);
    if (!e)
        e = grants_of(rq, acc->id, &g, &n);
    if (e)
        return e;
    rq->object = acc;
    return (acc->login.n || n) && in_charge_of(rq, acc->id, g, n) ? OK : ERR_NONE;
}

/* Those the caller is in charge of, at the front of *ret. */
static enum err mine(struct request *rq, struct staff **ret, size_t *ret_n, struct grant **ret_g, size_t *ret_grants)
{
    size_t n, kept = 0;
    enum err e = staff_all(rq, ret, &n);
    if (!e)
        e = grants_of(rq, 0, ret_g, ret_grants);
    for (size_t i = 0; !e && i < n; i++)
        if (in_charge_of(rq, (*ret)[i].id, *ret_g, *ret_grants))
            (*ret)[kept++] = (*ret)[i];
    *ret_n = kept;
    return e;
}

enum err staff_list_api(struct request *rq)
{
    struct staff *v;
    struct grant *g;
    size_t n, grants;
    enum err e = mine(rq, &v, &n, &g, &grants);
    return e ? e : reply_items(rq, &staff_record, v, n, 0);
}

enum err staff_grants(struct request *rq)
{
    struct grant *g;
    size_t n;
    enum err e = grants_of(rq, ((struct account *)rq->object)->id, &g, &n);
    return e ? e : reply_items(rq, &grant_record, g, n, 0);
}

enum err staff_all_grants(struct request *rq)
{
    struct staff *v;
    struct grant *g;
    size_t n, grants, kept = 0;
    enum err e = mine(rq, &v, &n, &g, &grants);
    for (size_t i = 0; !e && i < grants; i++)
        for (size_t k = 0; k < n; k++)
            if (v[k].id == g[i].account_id)
                g[kept++] = g[i];
    return e ? e : reply_items(rq, &grant_record, g, kept, 0);
}

enum err staff_sign_out(struct request *rq)
{
    const struct account *acc = rq->object;
    account_about(rq, acc->id);
    enum err e = session_end_all(rq, acc->id);
    return e ? e : reply_none(rq);
}

static enum err reply_link(struct request *rq, int64_t id)
{
    struct str path = S("");
    enum err e = account_invite(rq, id, &path);
    struct link l = {id, show_url(rq, path), show_qr(rq->a, show_url(rq, path))};
    account_about(rq, id);
    rq->idem_key = S(""); /* a link is never kept for a replay */
    return e ? e : reply_record(rq, 201, &link_record, &l);
}

/* A site lies in its district, said or not. */
static enum err settle_site(struct request *rq, struct grant *g)
{
    struct site s;
    enum err e = g->site_id ? site_get(rq, g->site_id, &s) : OK;
    if (e == ERR_NONE || (!e && g->site_id && g->district && g->district != s.district))
        return fail_field(rq, "site_id", "input.choice", S(""));
    if (!e && g->site_id)
        g->district = s.district;
    return e;
}

static enum err check_grant(struct request *rq, struct grant *g)
{
    enum err e = settle_site(rq, g);
    if (e)
        return e;
    if (!may_grant(grantor_in(rq, g->district), role_bit(g->role), g->district))
        return refuse(rq, &not_your_role);
    return g->to_day && g->to_day < (g->from_day ? g->from_day : cal_day(rq->now_ms)) ? refuse(rq, &grant_backwards) : OK;
}

enum err staff_create(struct request *rq)
{
    struct staff_new *in = rq->in;
    struct account taken;
    struct grant g = {.role = in->role, .district = in->district, .site_id = in->site_id};
    char secret[20];
    enum err e = check_grant(rq, &g);
    if (e)
        return e;
    e = account_by_login(rq, in->login, &taken);
    if (e != ERR_NONE)
        return e ? e : fail_field(rq, "login", "input.login_taken", S(""));
    seal_random(secret, sizeof secret); /* until the member makes his own */
    e = account_staff(rq, in->login, in->name, S(""), (struct str){secret, sizeof secret}, &g.account_id);
    if (!e)
        e = grant_put(rq, &g);
    return e ? e : reply_link(rq, g.account_id);
}

enum err staff_link(struct request *rq)
{
    const struct account *acc = rq->object;
    char secret[20];
    seal_random(secret, sizeof secret);
    enum err e = account_set_secrets(rq, acc->id, S(""), (struct str){secret, sizeof secret}); /* the old ones end now */
    return e ? e : reply_link(rq, acc->id);
}

static enum err granted(struct request *rq, enum err e)
{
    account_about(rq, ((struct account *)rq->object)->id);
    return e ? e : reply_none(rq);
}

/* After the grant changed: nobody leaves the city without an administrator. */
static enum err check_admins(struct request *rq, const struct grant *g)
{
    struct held *v;
    size_t n;
    if (role_bit(g->role) != CITY_ADMIN)
        return OK;
    enum err e = city_admin_held(rq, &v, &n);
    const struct rule *broken = e ? NULL : admins_broken(v, n, rq->now_ms);
    return broken ? refuse(rq, broken) : e;
}

enum err staff_grant(struct request *rq)
{
    struct grant g = *(struct grant *)rq->in;
    g.account_id = ((struct account *)rq->object)->id;
    enum err e = check_grant(rq, &g);
    rq->audit_reason = str_c(staff_roles[g.role].key);
    if (!e)
        e = grant_put(rq, &g);
    return granted(rq, e ? e : check_admins(rq, &g));
}

enum err staff_end_grant(struct request *rq)
{
    struct grant g = *(struct grant *)rq->in;
    g.account_id = ((struct account *)rq->object)->id;
    rq->audit_reason = str_c(staff_roles[g.role].key);
    enum err e = settle_site(rq, &g);
    if (!e)
        e = grant_end(rq, &g);
    return granted(rq, e ? e : check_admins(rq, &g));
}

/* ---- the link, as the member sees it ---- */

enum err invite_known(struct request *rq)
{
    enum err e = account_invite_known(rq, param(rq, "token"));
    return e == ERR_NONE ? fail(rq, ERR_NONE, "account.invite_gone") : e;
}

enum err invite_page(struct request *rq)
{
    return reply_page(rq, "account/invite", view_new(rq->a));
}

enum err invite_hash(struct request *rq)
{
    struct invite in = {.password = S("")};
    return hash_typed(rq, &invite_form, &in, &in.password);
}

enum err invite_take(struct request *rq)
{
    struct account acc;
    char secret[20];
    int64_t id;
    const struct rule *weak = password_broken(((struct invite *)rq->in)->password);
    if (weak)
        return refuse(rq, weak);
    enum err e = account_take_invite(rq, param(rq, "token"), &id);
    if (!e)
        e = account_get(rq, id, &acc);
    seal_random(secret, sizeof secret);
    struct str raw = {secret, sizeof secret};
    if (!e)
        e = account_set_secrets(rq, id, *(struct str *)rq->before, raw);
    if (!e)
        e = tries_forget(rq, acc.login);
    return e ? e : account_page_totp(rq, id, acc.login, raw);
}
