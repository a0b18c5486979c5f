/* plaza_api.c - screens as staff keep them, and the board on the wall. */
#include "feature/match/match.h"
#include "feature/person/person.h"
#include "feature/plaza/plaza_store.h"
#include "feature/queue/queue.h"
#include "http/page.h"
#include "http/route.h"
#include "record/seal.h"

enum { KEEPERS = SITE_MANAGER | ADMIN, HEARERS = DESK | ADMIN };
struct made_screen {
    int64_t id;
    struct str url, qr;
};
static const struct field made_fields[] = {
    FIELD(struct made_screen, id, ID, .see = KEEPERS, .put = NOBODY, .doc = "Screen."),
    FIELD(struct made_screen, url, TEXT, .see = KEEPERS, .put = NOBODY, .doc = "Its address with the token; shown only here."),
    FIELD(struct made_screen, qr, TEXT, .see = KEEPERS, .put = NOBODY, .doc = "The same as a QR code: the d of an SVG path."),
    {0}};
static const struct record made_record = {"screen_made", sizeof(struct made_screen), made_fields, "A new screen and its address."};

static enum err load_hall(struct request *rq);
static enum err load_kiosk(struct request *rq);
static enum err load_screen(struct request *rq);
static enum err list(struct request *rq);
static enum err create(struct request *rq);
static enum err take_back(struct request *rq);
static enum err answer(struct request *rq);
static enum err hall(struct request *rq);
static enum err kiosk_where(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/screens", HEARERS, list, .out = &screen_record, .list = true, .doc = "Boards and kiosks; those that call come first."),
    ROUTE(POST, "/api/v1/screens", KEEPERS, create, .in = &screen_record, .out = &made_record, .doc = "Makes the address of a board or kiosk."),
    ROUTE(POST, "/api/v1/screens/:screen/remove", KEEPERS, take_back, .owns = load_screen, .doc = "The address no longer opens anything."),
    ROUTE(POST, "/api/v1/screens/:screen/answer", HEARERS, answer, .owns = load_screen, .doc = "Somebody of the staff went there."),
    ROUTE(GET, "/hall/:token", ANYONE, hall, .cached = true, .owns = load_hall, .doc = "Page: the board on the wall of one site."),
    ROUTE(GET, "/kiosk", ANYONE, kiosk_where, .doc = "Page: how a kiosk is set up."),
    ROUTE(GET, "/kiosk/:token", ANYONE, kiosk_home, .owns = load_kiosk, .doc = "Page: six buttons."),
    ROUTE(GET, "/kiosk/:token/jobs", ANYONE, kiosk_jobs, .owns = load_kiosk, .doc = "Page: ?pick=today|near|day_pay|older."),
    ROUTE(GET, "/kiosk/:token/jobs/:shift", ANYONE, kiosk_job, .owns = load_kiosk, .doc = "Page: one job at the kiosk."),
    ROUTE(GET, "/kiosk/:token/join", ANYONE, kiosk_join_page, .owns = load_kiosk, .doc = "Page: a name, and a slip comes out."),
    ROUTE(POST, "/kiosk/:token/join", ANYONE, kiosk_join, .in = &kiosk_form, .owns = load_kiosk, .form = kiosk_join_page,
          .rate = PER_HOUR(600), .doc = "Registers by paper, takes ?shift, prints the slip."),
    ROUTE(POST, "/kiosk/:token/number", ANYONE, kiosk_number, .owns = load_kiosk, .rate = PER_HOUR(600), .doc = "Takes a number in the queue of the site, prints the slip."),
    ROUTE(POST, "/kiosk/:token/call", ANYONE, kiosk_call, .owns = load_kiosk, .rate = PER_HOUR(120), .doc = "Calls staff."),
    ROUTE(GET, "/kiosk/:token/reset", ANYONE, kiosk_reset, .owns = load_kiosk, .doc = "Forgets the look the last person chose."),
    ROUTE(POST, "/api/v1/people/:person/slip", DESK, desk_slip, .out = &slip_record, .owns = person_load, .rate = PER_HOUR(600),
          .doc = "A slip whose code opens this person's pages once, within 30 minutes."),
    {0}};

/* The screen of this kind and its site; ERR_NONE when there is none. */
static enum err load_kind(struct request *rq, enum screen_kind kind)
{
    struct my_screen *m = NEW(rq->a, struct my_screen);
    enum err e = screen_by_token(rq, param(rq, "token"), &m->screen);
    if (!e && m->screen.kind != (int32_t)kind)
        e = ERR_NONE;
    rq->object = m;
    return e ? e : site_get(rq, m->screen.site_id, &m->site);
}

static enum err load_hall(struct request *rq)
{
    return load_kind(rq, SCREEN_HALL);
}

static enum err load_kiosk(struct request *rq)
{
    return load_kind(rq, SCREEN_KIOSK);
}

static enum err load_screen(struct request *rq)
{
    struct my_screen *m = NEW(rq->a, struct my_screen);
    enum err e = screen_get(rq, param_id(rq, "screen"), &m->screen);
    if (!e)
        e = site_get(rq, m->screen.site_id, &m->site);
    rq->object = m;
    return e ? e : staff_covers(rq, m->site.city, m->site.district, m->site.id) ? OK : ERR_NONE;
}

/* Of the caller's sites only. */
static enum err mine(struct request *rq, struct screen **ret, size_t *ret_n)
{
    struct site s;
    size_t n, kept = 0;
    enum err e = screen_all(rq, ret, &n);
    for (size_t i = 0; !e && i < n; i++) {
        e = site_get(rq, (*ret)[i].site_id, &s);
        if (!e && staff_covers(rq, s.city, s.district, s.id))
            (*ret)[kept++] = (*ret)[i];
    }
    *ret_n = kept;
    return e;
}

static enum err list(struct request *rq)
{
    struct screen *v;
    size_t n;
    enum err e = mine(rq, &v, &n);
    return e ? e : reply_items(rq, &screen_record, v, n, 0);
}

static enum err create(struct request *rq)
{
    struct screen *s = rq->in;
    struct site site;
    enum err e = site_get(rq, s->site_id, &site);
    if (e == ERR_NONE || (!e && !staff_covers(rq, site.city, site.district, site.id)))
        return fail_field(rq, "site_id", "input.choice", S(""));
    struct str token = seal_token(rq->a, 10);
    if (!e)
        e = plaza_add_screen(rq, s, token);
    if (e)
        return e;
    audit_about(rq, &screen_record, s->id);
    rq->idem_key = S(""); /* a token is never kept for a replay */
    struct str url = show_url(rq, str_fmt(rq->a, "/%s/%.*s", s->kind == SCREEN_HALL ? "hall" : "kiosk", SV(token)));
    struct made_screen made = {s->id, url, show_qr(rq->a, url)};
    return reply_record(rq, 201, &made_record, &made);
}

static enum err done(struct request *rq, enum err e)
{
    audit_about(rq, &screen_record, ((struct my_screen *)rq->object)->screen.id);
    publish_after(rq, S("hall"));
    return e ? e : reply_none(rq);
}

static enum err take_back(struct request *rq)
{
    return done(rq, screen_drop(rq, ((struct my_screen *)rq->object)->screen.id));
}

static enum err answer(struct request *rq)
{
    return done(rq, screen_called(rq, ((struct my_screen *)rq->object)->screen.id, 0));
}

static enum err hall(struct request *rq)
{
    const struct my_screen *m = rq->object;
    struct view *v = view_new(rq->a);
    enum err e = match_board(rq, v, m->site.place);
    if (!e)
        e = queue_view_board(rq, v, m->site.id);
    view_str(v, "title", m->site.name);
    view_qr(v, "qr", show_url(rq, S("/")));
    return e ? e : reply_page(rq, "plaza/hall", v);
}

static enum err kiosk_where(struct request *rq)
{
    return reply_page(rq, "plaza/kiosk_where", view_new(rq->a));
}

static const struct record *const records[] = {&screen_record, &made_record, &kiosk_form, &slip_record, NULL};
const struct feature plaza_feature = {.name = "plaza", .routes = routes, .queries = plaza_queries, .records = records};
