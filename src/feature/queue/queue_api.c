/* queue_api.c - taking a number, calling it, and what the board shows of it. */
#include "base/cal.h"
#include "feature/print/print.h"
#include "feature/queue/queue_store.h"
#include "http/page.h"
#include "http/route.h"

struct queue {
    int64_t site_id, waiting, wait_min;
    struct str site_name;
};
static const struct field queue_fields[] = {
    FIELD(struct queue, site_id, ID, .see = DESK, .put = NOBODY, .doc = "Site."),
    FIELD(struct queue, site_name, TEXT, .see = DESK, .put = NOBODY, .doc = "Its name."),
    FIELD(struct queue, waiting, INT, .see = DESK, .put = NOBODY, .doc = "How many wait now."),
    FIELD(struct queue, wait_min, INT, .see = DESK, .put = NOBODY, .doc = "About how many minutes the next one will wait."),
    {0}};
static const struct record queue_record = {"queue", sizeof(struct queue), queue_fields, "The queue of a site today."};

struct at_counter {
    struct str counter;
};
static const struct field counter_fields[] = {
    FIELD(struct at_counter, counter, TEXT, .min = 1, .max = 8, .see = NOBODY, .put = DESK, .required = true, .doc = "The counter as people read it: 3."),
    {0}};
static const struct record counter_form = {"at_counter", sizeof(struct at_counter), counter_fields, "Which counter calls."};

static enum err load_site(struct request *rq);
static enum err load_ticket(struct request *rq);
static enum err queues(struct request *rq);
static enum err list(struct request *rq);
static enum err take(struct request *rq);
static enum err slip(struct request *rq);
static enum err call_next(struct request *rq);
static enum err call_one(struct request *rq);
static enum err skip(struct request *rq);
static enum err finish(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/api/v1/queues", DESK, queues, .out = &queue_record, .list = true, .doc = "The queues of one's own sites today."),
    ROUTE(GET, "/api/v1/sites/:site/tickets", DESK, list, .out = &ticket_record, .list = true, .owns = load_site,
          .doc = "Numbers of today that wait, were called or passed over."),
    ROUTE(POST, "/api/v1/sites/:site/tickets", DESK, take, .out = &ticket_record, .owns = load_site, .doc = "Takes a number for somebody; the slip is printed."),
    ROUTE(GET, "/tickets/:ticket/slip", DESK, slip, .owns = load_ticket, .doc = "Page: the slip of a number, to be printed."),
    ROUTE(POST, "/api/v1/sites/:site/next", DESK, call_next, .in = &counter_form, .out = &ticket_record, .owns = load_site,
          .doc = "The one at this counter is done; the next number is called to it. 204 when nobody waits."),
    ROUTE(POST, "/api/v1/tickets/:ticket/call", DESK, call_one, .in = &counter_form, .out = &ticket_record, .owns = load_ticket,
          .doc = "Calls this number: again, out of turn, or after it was passed over."),
    ROUTE(POST, "/api/v1/tickets/:ticket/skip", DESK, skip, .out = &ticket_record, .owns = load_ticket, .doc = "Called and nobody came."),
    ROUTE(POST, "/api/v1/tickets/:ticket/done", DESK, finish, .out = &ticket_record, .owns = load_ticket, .doc = "Done at the counter."),
    {0}};

static enum err load_at(struct request *rq, int64_t site_id, struct site *s)
{
    enum err e = site_get(rq, site_id, s);
    return e ? e : staff_covers(rq, s->city, s->district, s->id) ? OK : ERR_NONE;
}

static enum err load_site(struct request *rq)
{
    rq->object = NEW(rq->a, struct site);
    return load_at(rq, param_id(rq, "site"), rq->object);
}

static enum err load_ticket(struct request *rq)
{
    struct site s;
    struct ticket *k = NEW(rq->a, struct ticket);
    enum err e = ticket_get(rq, param_id(rq, "ticket"), k);
    rq->object = k;
    return e ? e : load_at(rq, k->site_id, &s);
}

static enum err queues(struct request *rq)
{
    struct site *s;
    struct pace p;
    size_t n, kept = 0;
    enum err e = site_all(rq, &s, &n);
    struct queue *out = NEW_N(rq->a, e || !n ? 1 : n, struct queue);
    for (size_t i = 0; !e && i < n; i++) {
        if (!staff_covers(rq, s[i].city, s[i].district, s[i].id))
            continue;
        e = ticket_pace(rq, s[i].id, cal_day(rq->now_ms), INT64_MAX, &p);
        out[kept++] = (struct queue){s[i].id, p.ahead, queue_wait_min(&p), s[i].name};
    }
    return e ? e : reply_items(rq, &queue_record, out, kept, 0);
}

static enum err list(struct request *rq)
{
    const struct site *s = rq->object;
    struct ticket *v;
    size_t n;
    enum err e = ticket_open(rq, s->id, cal_day(rq->now_ms), &v, &n);
    return e ? e : reply_items(rq, &ticket_record, v, n, 0);
}

/* ---- taking ---- */

static struct str number_text(struct request *rq, const struct ticket *k)
{
    return str_fmt(rq->a, "%03lld", (long long)k->n);
}

/* "3 people before you, about 10 minutes." */
static struct str wait_text(struct request *rq, const struct ticket *k)
{
    if (!k->ahead)
        return text(rq, "queue.next_you");
    return str_fmt(rq->a, "%.*s%.*s", SV(text_n(rq, "queue.ahead", k->ahead)), SV(text_n(rq, "queue.wait", k->wait_min)));
}

static enum err print(struct request *rq, const struct site *at, const struct ticket *k)
{
    const struct paper paper = {
        .head = number_text(rq, k),
        .lines = str_fmt(rq->a, "%.*s\n%.*s\n%.*s %.*s", SV(wait_text(rq, k)), SV(text(rq, "queue.watch")), SV(at->name), SV(show_when(rq, k->made_ms))),
        .foot = text(rq, "queue.today_only")};
    return print_slip(rq, &paper);
}

static enum err line_before(struct request *rq, struct ticket *k)
{
    struct pace p;
    enum err e = ticket_pace(rq, k->site_id, k->day, k->n, &p);
    if (!e) {
        k->ahead = p.ahead;
        k->wait_min = queue_wait_min(&p);
    }
    return e;
}

enum err queue_take(struct request *rq, const struct site *at, struct ticket *k)
{
    *k = (struct ticket){.site_id = at->id, .day = cal_day(rq->now_ms), .counter = S("")};
    enum err e = ticket_add(rq, k);
    if (!e)
        e = line_before(rq, k);
    audit_about(rq, &ticket_record, k->id);
    publish_after(rq, S("hall"));
    return e ? e : print(rq, at, k);
}

void queue_view_slip(struct request *rq, struct view *v, const struct ticket *k)
{
    view_str(v, "number", number_text(rq, k));
    view_str(v, "wait", wait_text(rq, k));
    view_str(v, "printed", show_when(rq, k->made_ms));
    view_bool(v, "printing", print_ready(rq));
}

static enum err slip(struct request *rq)
{
    struct ticket *k = rq->object;
    struct view *v = view_new(rq->a);
    struct site s;
    enum err e = line_before(rq, k);
    if (!e)
        e = site_get(rq, k->site_id, &s);
    if (e)
        return e;
    queue_view_slip(rq, v, k);
    view_str(v, "site_name", s.name);
    return reply_page(rq, "queue/slip", v);
}

static enum err take(struct request *rq)
{
    struct ticket k;
    enum err e = queue_take(rq, rq->object, &k);
    return e ? e : reply_record(rq, 201, &ticket_record, &k);
}

/* ---- calling ---- */

static enum err said(struct request *rq, const struct ticket *k)
{
    audit_about(rq, &ticket_record, k->id);
    publish_after(rq, S("hall"));
    return reply_record(rq, 200, &ticket_record, k);
}

static enum err call_next(struct request *rq)
{
    const struct site *s = rq->object;
    struct str counter = ((const struct at_counter *)rq->in)->counter;
    int32_t day = cal_day(rq->now_ms);
    struct ticket k;
    enum err e = ticket_leave(rq, s->id, day, counter);
    if (!e)
        e = ticket_next(rq, s->id, day, counter, &k);
    if (e != ERR_NONE)
        return e ? e : said(rq, &k);
    audit_about(rq, &site_record, s->id);
    publish_after(rq, S("hall"));
    return reply_none(rq);
}

static enum err move(struct request *rq, struct ticket *k, enum ticket_event event)
{
    enum ticket_state from = (enum ticket_state)k->state, to;
    if (k->day != cal_day(rq->now_ms) || !ticket_step(from, event, &to))
        return refuse(rq, &ticket_moved);
    k->state = (int32_t)to;
    enum err e = ticket_put(rq, k, from);
    return e == ERR_CONFLICT ? refuse(rq, &ticket_moved) : e ? e : said(rq, k);
}

static enum err call_one(struct request *rq)
{
    struct ticket *k = rq->object;
    struct str counter = ((const struct at_counter *)rq->in)->counter;
    bool again = k->state == TICKET_CALLED && str_eq(k->counter, counter);
    enum err e = again ? OK : ticket_leave(rq, k->site_id, k->day, counter);
    k->counter = counter;
    k->last_ms = rq->now_ms;
    k->called_ms = k->called_ms ? k->called_ms : rq->now_ms;
    k->by_id = rq->who->account_id;
    return e ? e : move(rq, k, TICKET_CALL);
}

static enum err skip(struct request *rq)
{
    return move(rq, rq->object, TICKET_SKIP);
}

static enum err finish(struct request *rq)
{
    struct ticket *k = rq->object;
    k->done_ms = rq->now_ms;
    return move(rq, k, TICKET_FINISH);
}

/* ---- the board ---- */

enum err queue_view_board(struct request *rq, struct view *v, int64_t site_id)
{
    struct ticket *k;
    struct pace p;
    size_t n;
    int32_t day = cal_day(rq->now_ms);
    enum err e = ticket_called(rq, site_id, day, &k, &n);
    if (!e)
        e = ticket_pace(rq, site_id, day, INT64_MAX, &p);
    for (size_t i = 0; !e && i < n; i++) {
        struct view *one = view_item(v, "called");
        view_str(one, "number", number_text(rq, &k[i]));
        view_str(one, "counter", k[i].counter);
        view_bool(one, "now_called", !i && k[i].state == TICKET_CALLED);
    }
    view_bool(v, "any_called", !e && n);
    if (!e && p.ahead)
        view_i64(v, "n_line", p.ahead);
    return e;
}

static const struct record *const records[] = {&ticket_record, &queue_record, &counter_form, NULL};
const struct feature queue_feature = {.name = "queue", .routes = routes, .queries = queue_queries, .records = records};
