/* plaza_kiosk.c - the kiosk: six buttons, a few jobs, a name, and a slip of paper. Registration by
 * paper, no phone needed: the code on the slip opens this person's pages once. A kiosk never opens
 * the account behind a phone number: whoever stands there has proved nothing. */
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/match/match.h"
#include "feature/plaza/plaza_store.h"
#include "feature/print/print.h"
#include "feature/queue/queue.h"
#include "http/page.h"
#include "http/route.h"

enum { SHOWN = 12, WALK_MIN = 15 };
struct kiosk_join {
    struct str name, id_number;
    int64_t shift_id;
    int32_t age_said;
};
static const struct field kiosk_fields[] = {
    FIELD(struct kiosk_join, name, TEXT, .min = 1, .max = 40, .see = NOBODY, .put = ANYONE, .seal = SEAL_NAME, .required = true, .doc = "Name."),
    FIELD(struct kiosk_join, id_number, TEXT, .max = 18, .see = NOBODY, .put = ANYONE, .seal = SEAL_IDNUM, .doc = "From a card reader, or empty."),
    FIELD(struct kiosk_join, age_said, ENUM, .choices = ages_said, .see = NOBODY, .put = ANYONE, .doc = "Whether one is 18; a card says it."),
    FIELD(struct kiosk_join, shift_id, ID, .see = NOBODY, .put = ANYONE, .doc = "Shift to take, or none."),
    {0}};
const struct record kiosk_form = {"kiosk_join", sizeof(struct kiosk_join), kiosk_fields, "Registering at a kiosk."};
struct slip {
    struct str url;
};
static const struct field slip_fields[] = {
    FIELD(struct slip, url, TEXT, .see = DESK, .put = NOBODY, .doc = "What the code on the slip says."), {0}};
const struct record slip_record = {"slip", sizeof(struct slip), slip_fields, "A slip that opens one person's pages."};

static const char *under(struct request *rq, const char *rest)
{
    return str_z(rq->a, str_fmt(rq->a, "/kiosk/%.*s%s", SV(param(rq, "token")), rest));
}

static enum err kiosk_page(struct request *rq, const char *name, struct view *v)
{
    view_bool(v, "kiosk", true);
    view_str(v, "home", str_c(under(rq, "")));
    view_str(v, "reset", str_c(under(rq, "/reset")));
    view_str(v, "join_href", str_c(under(rq, "/join")));
    view_bool(v, "called", ((struct my_screen *)rq->object)->screen.called_ms);
    view_str(v, "site_name", ((struct my_screen *)rq->object)->site.name);
    return reply_page(rq, name, v);
}

enum err kiosk_home(struct request *rq)
{
    struct view *v = view_new(rq->a);
    view_bool(v, "at_home", true);
    return kiosk_page(rq, "plaza/kiosk", v);
}

/* ---- a few jobs ---- */

static bool pick_today(const struct request *rq, const struct job *j)
{
    struct geo here = ((const struct my_screen *)rq->object)->site.place;
    int64_t way_min = geo_known(here) && geo_known(j->place) ? geo_travel_min(point_m(point_of(here), point_of(j->place))) : 0;
    return cal_day(j->start_ms) == cal_day(rq->now_ms) && rq->now_ms + way_min * MIN_MS <= j->start_ms;
}

static bool pick_near(const struct request *rq, const struct job *j)
{
    const struct my_screen *m = rq->object;
    return geo_known(m->site.place) && geo_walk_min(point_m(point_of(m->site.place), point_of(j->place))) <= WALK_MIN;
}

static bool pick_day_pay(const struct request *rq, const struct job *j)
{
    (void)rq;
    return j->rhythm == RHYTHM_DAY;
}

static bool pick_older(const struct request *rq, const struct job *j)
{
    (void)rq;
    return j->offers >> OFFER_OLDER & 1;
}

static const struct pick {
    const char *name, *title;
    bool (*fits)(const struct request *rq, const struct job *j);
} picks[] = {{"today", "kiosk.today", pick_today},
             {"near", "kiosk.near", pick_near},
             {"day_pay", "kiosk.day_pay", pick_day_pay},
             {"older", "kiosk.older", pick_older}};

static const struct pick *pick_asked(struct request *rq)
{
    struct str name = query_get(rq, rq->a, "pick");
    for (size_t i = 0; i < sizeof picks / sizeof *picks; i++)
        if (str_eq(name, str_c(picks[i].name)))
            return &picks[i];
    return &picks[0];
}

enum err kiosk_jobs(struct request *rq)
{
    const struct my_screen *s = rq->object;
    const struct pick *pick = pick_asked(rq);
    struct view *v = view_new(rq->a);
    struct match m;
    struct match_wish w = {.from = s->site.place, .trade = -1, .day = -1, .order = ORDER_SOON, .want = MATCH_TOP};
    size_t shown = 0;
    enum err e = match_find(rq, &w, &m);
    for (size_t i = 0; !e && i < m.n && shown < SHOWN; i++) {
        const struct job *j = &m.jobs[i];
        if (!pick->fits(rq, j))
            continue;
        struct view *card = view_item(v, "jobs");
        match_card(rq, card, &m, i);
        view_str(card, "job_href", str_fmt(rq->a, "%s/%lld", under(rq, "/jobs"), (long long)j->shift_id));
        shown++;
    }
    view_bool(v, "none", !shown);
    view_str(v, "title", text(rq, pick->title));
    return e ? e : kiosk_page(rq, "plaza/kiosk_jobs", v);
}

static enum err view_job(struct request *rq, struct view *v, int64_t shift_id)
{
    struct job *j = NEW(rq->a, struct job);
    enum err e = job_shown_one(rq, shift_id, j);
    if (!e)
        job_view(rq, view_child(v, "job"), j, ((struct my_screen *)rq->object)->site.place);
    return e;
}

enum err kiosk_job(struct request *rq)
{
    struct view *v = view_new(rq->a);
    int64_t shift_id = param_id(rq, "shift");
    enum err e = view_job(rq, v, shift_id);
    view_str(v, "title", text(rq, "kiosk.job"));
    view_str(v, "take_href", str_fmt(rq->a, "%s?shift=%lld", under(rq, "/join"), (long long)shift_id));
    return e ? e : kiosk_page(rq, "plaza/kiosk_job", v);
}

/* ---- a name, a slip ---- */

enum err kiosk_join_page(struct request *rq)
{
    struct view *v = view_new(rq->a);
    const struct kiosk_join *in = rq->in;
    int64_t shift_id = in ? in->shift_id : 0;
    if (!in)
        (void)str_i64(query_get(rq, rq->a, "shift"), &shift_id);
    enum err e = shift_id ? view_job(rq, v, shift_id) : OK;
    if (e && e != ERR_NONE)
        return e;
    if (in)
        view_str(v, "name", in->name);
    if (shift_id)
        view_i64(v, "shift_id", shift_id);
    return kiosk_page(rq, "plaza/kiosk_join", v);
}

/* The paper: what was agreed, if anything, and the code; on the page, and on the printer of the hall. */
static enum err give_paper(struct request *rq, struct view *v, struct str name, const struct hire *h, struct str url)
{
    struct str terms = h ? h->terms : S("");
    const struct paper paper = {name, terms, url, text(rq, "kiosk.scan")};
    while (terms.n)
        view_str(view_item(v, "lines"), "text", show_unbroken(rq, str_cut(&terms, '\n')));
    view_str(v, "printed", show_when(rq, rq->now_ms));
    view_qr(v, "qr", url);
    view_bool(v, "printing", print_ready(rq));
    rq->idem_key = S(""); /* a token is never kept for a replay */
    return print_slip(rq, &paper);
}

enum err kiosk_join(struct request *rq)
{
    const struct kiosk_join *in = rq->in;
    const struct site *at = &((struct my_screen *)rq->object)->site;
    struct person p = {.name = in->name, .id_number = in->id_number, .age_said = in->age_said, .district = at->district, .home = at->place, .home_text = at->name};
    struct hire h;
    struct str path;
    int64_t account_id;
    enum err e = person_register(rq, &p);
    if (!e)
        e = account_without_phone(rq, &account_id);
    if (!e)
        e = account_tie_person(rq, account_id, p.id);
    if (!e && in->shift_id)
        e = hire_take(rq, &p, false, in->shift_id, &h);
    if (!e)
        e = account_slip_token(rq, account_id, &path);
    if (e)
        return e;
    audit_about(rq, &person_record, p.id);
    struct view *v = view_new(rq->a);
    view_str(v, "name", p.name);
    e = give_paper(rq, v, p.name, in->shift_id ? &h : NULL, show_url(rq, path));
    return e ? e : kiosk_page(rq, "plaza/kiosk_slip", v);
}

enum err kiosk_number(struct request *rq)
{
    struct view *v = view_new(rq->a);
    struct ticket k;
    enum err e = queue_take(rq, &((struct my_screen *)rq->object)->site, &k);
    queue_view_slip(rq, v, &k);
    return e ? e : kiosk_page(rq, "plaza/kiosk_number", v);
}

enum err kiosk_call(struct request *rq)
{
    const struct my_screen *m = rq->object;
    audit_about(rq, &screen_record, m->screen.id);
    publish_after(rq, S("hall"));
    enum err e = screen_called(rq, m->screen.id, rq->now_ms);
    return e ? e : reply_done(rq, 204, NULL, NULL, str_c(under(rq, "")));
}

enum err kiosk_reset(struct request *rq)
{
    static const char *const names[] = {"size", "contrast", "lang"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        reply_cookie(rq, str_fmt(rq->a, "%s=; Path=/; Max-Age=0; SameSite=Lax", names[i]));
    typed_forget(rq);
    return reply_see(rq, str_c(under(rq, "")));
}

/* ---- the same slip from the desk ---- */

static enum err account_for(struct request *rq, const struct person *p, int64_t *ret)
{
    enum err e = account_of_person(rq, p->id, ret);
    if (e != ERR_NONE)
        return e;
    e = account_without_phone(rq, ret);
    return e ? e : account_tie_person(rq, *ret, p->id);
}

enum err desk_slip(struct request *rq)
{
    const struct person *p = rq->object;
    struct hire *all;
    size_t n, at;
    struct str path;
    int64_t account_id;
    enum err e = account_for(rq, p, &account_id);
    if (!e)
        e = account_slip_token(rq, account_id, &path);
    if (!e)
        e = hire_of_person(rq, p->id, &all, &n);
    if (e)
        return e;
    audit_about(rq, &person_record, p->id);
    struct slip slip = {show_url(rq, path)};
    struct view *v = view_new(rq->a);
    for (at = 0; at < n && all[at].state != HIRE_TAKEN;)
        at++;
    view_str(v, "name", person_masked(rq, p));
    e = give_paper(rq, v, person_masked(rq, p), at < n ? &all[at] : NULL, slip.url);
    if (e)
        return e;
    return rq->html ? reply_page(rq, "plaza/desk_slip", v) : reply_record(rq, 201, &slip_record, &slip);
}
