/* match_api.c - today's work for everybody, one job, and the same for programs. */
#include "feature/inspect/inspect.h"
#include "feature/match/match_market.h"
#include "feature/match/match_page.h"
#include "feature/match/match_pair.h"
#include "http/page.h"
#include "http/route.h"

struct suggestion {
    int64_t shift_id, job_id;
    struct str title, employer_name, address;
    int64_t start_ms, end_ms, hour_fen, shift_fen, left, total, price, line, way_min, net_hour_fen;
    struct str why_good1, why_good2, why_bad, why_line, against;
    bool proposed;
};
static const struct field suggestion_fields[] = {
    FIELD(struct suggestion, shift_id, ID, .see = ANYONE, .put = NOBODY, .doc = "Shift."),
    FIELD(struct suggestion, job_id, ID, .see = ANYONE, .put = NOBODY, .doc = "Post."),
    FIELD(struct suggestion, title, TEXT, .see = ANYONE, .put = NOBODY, .doc = "What work."),
    FIELD(struct suggestion, employer_name, TEXT, .see = ANYONE, .put = NOBODY, .doc = "Whose."),
    FIELD(struct suggestion, address, TEXT, .see = ANYONE, .put = NOBODY, .doc = "Where."),
    FIELD(struct suggestion, start_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "Begins."),
    FIELD(struct suggestion, end_ms, MS, .see = ANYONE, .put = NOBODY, .doc = "Ends."),
    FIELD(struct suggestion, hour_fen, FEN, .see = ANYONE, .put = NOBODY, .doc = "Gross pay an hour, 0 = unknown."),
    FIELD(struct suggestion, shift_fen, FEN, .see = ANYONE, .put = NOBODY, .doc = "Gross pay of the shift."),
    FIELD(struct suggestion, left, INT, .see = ANYONE, .put = NOBODY, .doc = "Places left."),
    FIELD(struct suggestion, total, INT, .see = ANYONE, .put = NOBODY, .doc = "Score of 100000."),
    FIELD(struct suggestion, price, INT, .see = ANYONE, .put = NOBODY, .doc = "Points of the same that one place more would add; 0 = no competition."),
    FIELD(struct suggestion, line, INT, .see = ANYONE, .put = NOBODY, .doc = "录取线: least score that got in when everybody was placed last; 0 = whoever comes does."),
    FIELD(struct suggestion, way_min, INT, .see = ANYONE, .put = NOBODY, .doc = "Minutes one way, -1 = unknown."),
    FIELD(struct suggestion, net_hour_fen, FEN, .see = ANYONE, .put = NOBODY, .doc = "Pay by working and travelling time."),
    FIELD(struct suggestion, why_good1, TEXT, .see = ANYONE, .put = NOBODY, .doc = "What speaks for it most."),
    FIELD(struct suggestion, why_good2, TEXT, .see = ANYONE, .put = NOBODY, .doc = "And second."),
    FIELD(struct suggestion, why_bad, TEXT, .see = ANYONE, .put = NOBODY, .doc = "What speaks against it."),
    FIELD(struct suggestion, why_line, TEXT, .see = ANYONE, .put = NOBODY, .doc = "The line and where one stands; none where there is no line."),
    FIELD(struct suggestion, proposed, BOOL, .see = ANYONE, .put = NOBODY, .doc = "When everybody was placed last night, this person got this shift; it is not kept free."),
    FIELD(struct suggestion, against, TEXT, .see = DESK, .put = NOBODY, .doc = "What the person, or the other of a couple, has said that stands before it; empty when it fits."),
    {0}};
static const struct record suggestion_record = {"suggestion", sizeof(struct suggestion), suggestion_fields,
                                         "A shift that fits, with reasons."};

static enum err list_page(struct request *rq);
static enum err job_page(struct request *rq);
static enum err no_fit(struct request *rq);
static enum err suggestions(struct request *rq);
static enum err jobs_open(struct request *rq);
static enum err load_seeker(struct request *rq);

/* ---- query strings ---- */
struct suggest_query {
    int64_t person_id;
    int32_t sort;
    bool wide;
};
static const struct choice sort_keys[] = {{"fit"}, {"near"}, {"soon"}, {"pay"}, {"plain"}, {0}};
static const struct field suggest_fields[] = {
    {.name = "person", .kind = FIELD_ID, .off = offsetof(struct suggest_query, person_id), .see = NOBODY, .put = SEEKER | DESK, .doc = "Whom, at the desk; oneself when left out."},
    FIELD(struct suggest_query, sort, ENUM, .choices = sort_keys, .see = NOBODY, .put = SEEKER | DESK, .doc = "Order; plain = without a personal list."),
    FIELD(struct suggest_query, wide, BOOL, .see = NOBODY, .put = DESK, .doc = "Instead, shifts that only what was said stands before; to assign one takes a reason."),
    {0}};
static const struct record suggest_query = {"suggest_query", sizeof(struct suggest_query), suggest_fields, "Which suggestions."};
struct open_query {
    int64_t limit, after;
};
static const struct field open_fields[] = {
    FIELD(struct open_query, limit, INT, .min = 0, .max = 100, .see = NOBODY, .put = ANYONE, .doc = "How many; 50 when left out."),
    FIELD(struct open_query, after, ID, .see = NOBODY, .put = ANYONE, .doc = "The `next` of the page before."),
    {0}};
static const struct record open_query = {"open_query", sizeof(struct open_query), open_fields, "Which page of shifts."};

static const struct route routes[] = {
    ROUTE(GET, "/", ANYONE, list_page, .cached = true, .doc = "Page: today's work; ?day=today|tomorrow, ?sort=fit|near|soon|pay|plain, ?trade=, ?lon=&lat=."),
    ROUTE(GET, "/no-fit", ANYONE, no_fit, .doc = "Page: nothing fits; the nearest miss and whom to call."),
    ROUTE(GET, "/jobs/:shift", ANYONE, job_page, .doc = "Page: one shift and its whole post."),
    ROUTE(GET, "/jobs/:shift/with/:second", SEEKER, match_pair_page, .doc = "Page: two shifts that belong together."),
    ROUTE(GET, "/api/v1/suggestions", SEEKER | DESK, suggestions, .in = &suggest_query, .out = &suggestion_record, .list = true, .owns = load_seeker,
          .doc = "Shifts that fit oneself, or somebody at the desk."),
    ROUTE(GET, "/api/v1/pairs", SEEKER | DESK, match_pair_list, .in = &pairs_query, .out = &shift_pair_record, .list = true, .owns = match_load_for_pairs,
          .doc = "Shifts that belong together: two of one day for one person; of a couple that goes only together, one each at one place."),
    ROUTE(GET, "/api/v1/jobs-open", ANYONE, jobs_open, .in = &open_query, .cached = true, .out = &job_record, .list = true,
          .doc = "Shown shifts, soonest first."),
    ROUTE(GET, "/api/v1/pay-ranges", ANYONE, match_pay_ranges, .cached = true, .out = &pay_range_record, .list = true,
          .doc = "What each trade pays an hour in the shifts shown now."),
    ROUTE(GET, "/api/v1/nights", SITE_MANAGER | ADMIN | AUDITOR, match_nights, .out = &night_record, .list = true,
          .doc = "What placing everybody came to in the last nights, latest first."),
    ROUTE(GET, "/sitemap.xml", ANYONE, match_sitemap, .cached = true, .doc = "Public pages, for search engines."),
    ROUTE(GET, "/jobs.atom", ANYONE, match_atom, .cached = true, .doc = "Shown shifts as an Atom feed, latest verified first."),
    ROUTE(GET, "/hall", ANYONE, match_hall, .cached = true, .doc = "Page: the hall screen."),
    ROUTE(GET, "/hall/events", ANYONE, match_hall_events, .stream = true, .doc = "Something on the hall screen changed."),
    {0}};

/* Signed in, but nobody knows yet what he is looking for. */
static void view_join(struct request *rq, struct view *v)
{
    const struct session *s = rq->who;
    view_bool(v, "join_first", s->account_id && !s->person_id && !(s->roles & (POSTER | STAFF)));
}

/* ---- the list ---- */

static struct geo place_asked(struct request *rq)
{
    struct geo g = {0, 0};
    if (!str_f64(query_get(rq, rq->a, "lon"), &g.lon) || !str_f64(query_get(rq, rq->a, "lat"), &g.lat))
        return (struct geo){0, 0};
    bool ok = g.lon >= -180 && g.lon <= 180 && g.lat >= -90 && g.lat <= 90;
    return ok ? g : (struct geo){0, 0};
}

/* In the order of sort_keys. "plain": no personal list, an equal choice (算法推荐管理规定 Art. 17). */
static const struct {
    const char *name, *key;
    enum order order;
    bool person, place; /* what it needs */
} sorts[] = {{"fit", "match.sort.fit", ORDER_FIT, true, false},
             {"near", "match.sort.near", ORDER_NEAR, false, true},
             {"soon", "match.sort.soon", ORDER_SOON, false, false},
             {"pay", "match.sort.pay", ORDER_PAY, false, false},
             {"plain", "match.sort.plain", ORDER_SOON, true, false}};

static void view_sorts(struct request *rq, struct view *v, const struct match_wish *w, bool place_known)
{
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        if ((sorts[i].person && !w->person_id) || (sorts[i].place && !place_known))
            continue;
        struct view *one = view_item(v, "sorts");
        bool plain = str_eq(str_c(sorts[i].name), S("plain"));
        view_str(one, "key", str_c(sorts[i].name));
        view_str(one, "text", text(rq, sorts[i].key));
        view_bool(one, "on", plain ? w->plain : !w->plain && sorts[i].order == w->order);
    }
}

static void view_trades(struct request *rq, struct view *v, int32_t chosen)
{
    for (int32_t i = 0; trades[i].key; i++) {
        struct view *one = view_item(v, "trades");
        view_str(one, "key", str_c(trades[i].key));
        view_str(one, "text", text_of(rq, "trade", trades[i].key));
        view_bool(one, "on", i == chosen);
    }
}

static const char *day_key(int32_t from_today)
{
    return from_today <= 0 ? "match.day.today" : from_today == 1 ? "match.day.tomorrow" : "match.day.later";
}

static void view_cards(struct request *rq, struct view *v, const struct match *m, bool by_day)
{
    int32_t today = cal_day(rq->now_ms), last = -1;
    for (size_t i = 0; i < m->n; i++) {
        struct view *card = view_item(v, "jobs");
        int32_t day = cal_day(m->jobs[i].start_ms) - today;
        day = day > 2 ? 2 : day;
        view_str(card, "day_head", by_day && day != last ? text(rq, day_key(day)) : S(""));
        last = day;
        match_card(rq, card, m, i);
    }
}

/* -1 = any day. */
static int32_t day_asked(struct request *rq, struct view *v)
{
    struct str day = query_get(rq, rq->a, "day");
    bool today = str_eq(day, S("today")), tomorrow = str_eq(day, S("tomorrow"));
    view_bool(v, "on_today", today);
    view_bool(v, "on_tomorrow", tomorrow);
    return today || tomorrow ? cal_day(rq->now_ms) + tomorrow : -1;
}

static enum err list_page(struct request *rq)
{
    struct view *v = view_new(rq->a);
    int64_t person = rq->who->roles & SEEKER ? rq->who->person_id : 0;
    struct geo from = place_asked(rq);
    struct match_wish w = {.person_id = person, .from = from, .want = person ? 20 : MATCH_TOP};
    w.day = day_asked(rq, v);
    w.trade = choice_find(trades, query_get(rq, rq->a, "trade"));
    w.order = match_order(query_get(rq, rq->a, "sort"), person ? ORDER_FIT : ORDER_SOON);
    w.plain = str_eq(query_get(rq, rq->a, "sort"), S("plain"));
    if (w.order == ORDER_FIT && (!person || w.plain))
        w.order = ORDER_SOON;
    struct match m;
    enum err e = match_find(rq, &w, &m);
    if (e)
        return e;
    view_sorts(rq, v, &w, geo_known(m.home));
    view_trades(rq, v, w.trade);
    view_bool(v, "trade_chosen", w.trade >= 0);
    view_bool(v, "can_near", geo_known(m.home));
    view_bool(v, "on_near", w.order == ORDER_NEAR);
    view_join(rq, v);
    view_cards(rq, v, &m, w.order == ORDER_SOON && w.day < 0);
    view_bool(v, "none", !m.n);
    if (!m.n)
        e = match_view_near(rq, v, &m);
    if (!e)
        e = match_view_pairs(rq, v, &w, &m);
    return e ? e : reply_page(rq, "match/list", v);
}

static enum err no_fit(struct request *rq)
{
    struct view *v = view_new(rq->a);
    struct match m;
    int64_t person = rq->who->roles & SEEKER ? rq->who->person_id : 0;
    struct match_wish w = {.person_id = person, .trade = -1, .day = -1, .order = ORDER_SOON, .want = 1};
    enum err e = match_find(rq, &w, &m);
    if (!e)
        e = match_view_near(rq, v, &m);
    return e ? e : reply_page(rq, "match/no_fit", v);
}

/* ---- one job ---- */

static enum err view_mine(struct request *rq, struct view *v, const struct job *j)
{
    struct hire *h;
    size_t n;
    enum err e = hire_of_person(rq, rq->who->person_id, &h, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (h[i].shift_id == j->shift_id && hire_active(&h[i]))
            view_bool(v, "mine", true);
    return e;
}

/* What the law or his own calendar forbids has no button; the rest he may decide himself, but not for the other of a
 * couple, nor is he told why the other cannot. */
static void view_hard(struct request *rq, struct view *v, const struct match *m)
{
    const struct fit *f = &m->fits[0];
    uint32_t firm = f->hard_all & ~match_said(f->hard_all);
    bool only_born = firm == 1u << HARD_BORN && !m->other_hard; /* which is asked beside the button */
    view_bool(v, "ask_born", only_born);
    view_bool(v, "firm", (firm && !only_born) || m->other_hard);
    if (f->hard)
        view_str(v, "hard", match_hard_text(rq, m, 0, f->hard));
    view_bool(v, "hard_away", f->hard == HARD_AWAY);
    if (m->other_hard)
        view_str(v, "hard_other", text(rq, m->other_hard == match_said(m->other_hard) ? "match.other.said" : "match.other.firm"));
}

static enum err view_fit(struct request *rq, struct view *v, const struct job *j)
{
    struct match m;
    struct what_if w[EDITS];
    enum err e = match_one(rq, rq->who->person_id, j, &m);
    if (e)
        return e;
    match_card(rq, v, &m, 0);
    view_hard(rq, v, &m);
    size_t n = m.fits[0].hard ? match_ifs(&m, w) : 0;
    for (size_t i = 0; i < n; i++)
        view_str(view_item(v, "ifs"), "text", match_if_text(rq, &w[i]));
    view_bool(v, "both", m.both);
    return view_mine(rq, v, j);
}

/* What the two places at the bottom of the page hold. */
static void view_buttons(struct request *rq, struct view *v, const struct job *j, bool seeker)
{
    bool open = j->left > 0 && shift_open(j, false, rq->now_ms);
    bool barred = view_on(v, "mine") || view_on(v, "firm") || view_on(v, "age_waits");
    view_bool(v, "own_dock", true);
    view_bool(v, "can_take", seeker && open && !barred);
    view_bool(v, "can_join", !seeker && open && !(rq->who->roles & (POSTER | STAFF)));
    view_bool(v, "begun", !shift_open(j, false, rq->now_ms));
    view_bool(v, "is_full", j->left <= 0);
}

/* The question of age goes with the button; that of the other of a couple is answered by nobody else. */
static enum err view_age(struct request *rq, struct view *v)
{
    struct person p;
    struct str other = S("");
    enum err e = person_get(rq, rq->who->person_id, &p);
    if (!e)
        e = hire_age_of_other(rq, &p, &other);
    view_bool(v, "ask_age", !e && person_age_unknown(&p) && !view_on(v, "ask_born"));
    view_bool(v, "age_waits", other.n > 0);
    view_str(v, "age_other", other);
    return e;
}

static enum err job_page(struct request *rq)
{
    struct job *j = NEW(rq->a, struct job);
    struct view *v = view_new(rq->a);
    enum err e = job_shown_one(rq, param_id(rq, "shift"), j);
    if (e)
        return e;
    bool seeker = rq->who->roles & SEEKER && rq->who->person_id;
    if (seeker)
        e = view_fit(rq, v, j);
    else
        job_view(rq, v, j, (struct geo){0, 0});
    if (!e && seeker)
        e = view_age(rq, v);
    if (e)
        return e;
    int64_t minutes = (j->end_ms - j->start_ms) / MIN_MS - j->break_min;
    view_fmt(v, "hours", "%.3g", (double)minutes / 60);
    view_bool(v, "has_break", j->break_min > 0);
    match_view_source(rq, v, j);
    view_buttons(rq, v, j, seeker);
    match_view_posting(rq, v, j);
    e = match_view_checker(rq, v, j);
    if (!e)
        e = match_view_pays(rq, v, j);
    if (!e)
        e = match_view_help(rq, v, j->place);
    if (!e)
        e = job_view_pictures(rq, v, j->id);
    if (!e)
        e = inspect_view_seen(rq, v, j->id);
    return e ? e : reply_page(rq, "match/job", v);
}

/* ---- for programs ---- */

enum err match_load_seeker(struct request *rq, int64_t asked_id)
{
    int64_t id = asked_id ? asked_id : rq->who->person_id;
    struct person *p = NEW(rq->a, struct person);
    enum err e = id ? person_get(rq, id, p) : ERR_NONE;
    if (e)
        return e;
    rq->object = p;
    bool self = p->id == rq->who->person_id;
    return self || person_covered(rq, p) ? OK : ERR_NONE;
}

static enum err load_seeker(struct request *rq)
{
    return match_load_seeker(rq, ((struct suggest_query *)rq->in)->person_id);
}

static enum err suggestions(struct request *rq)
{
    const struct person *p = rq->object;
    struct match m;
    struct match_wish w = {.person_id = p->id, .trade = -1, .day = -1, .want = 20};
    int32_t sort = ((struct suggest_query *)rq->in)->sort;
    w.order = sorts[sort].order;
    w.plain = str_eq(str_c(sorts[sort].name), S("plain"));
    w.wide = ((struct suggest_query *)rq->in)->wide;
    enum err e = match_find(rq, &w, &m);
    if (e)
        return e;
    struct suggestion *out = NEW_N(rq->a, m.n + 1, struct suggestion);
    for (size_t i = 0; i < m.n; i++) {
        const struct fit *f = &m.fits[i];
        const struct job *j = &m.jobs[i];
        struct match_words t = match_reasons(rq, &m, i);
        out[i] = (struct suggestion){j->shift_id, j->id, j->title, j->employer_name, j->address, j->start_ms, j->end_ms,
                                     job_hour_fen(j), job_shift_fen(j), j->left, f->total, m.slots[i].price, m.slots[i].line,
                                     f->way_min, f->net_hour_fen, t.good[0], t.good[1], t.bad, match_line_text(rq, &m, i),
                                     w.wide ? match_against(rq, &m, i) : S(""), j->shift_id == m.proposed_id};
    }
    return reply_items(rq, &suggestion_record, out, m.n, 0);
}

/* Behind the cursor by (start, id), so that one that filled up meanwhile does no harm. One more than asked tells of a next page. */
static enum err jobs_open(struct request *rq)
{
    struct job after = {.shift_id = 0}, *v;
    size_t n;
    const struct open_query *q = rq->in;
    size_t limit = q->limit ? (size_t)q->limit : 50;
    enum err e = q->after ? job_of_shift(rq, q->after, &after) : OK;
    if (!e)
        e = job_shown_after(rq, &after, rq->now_ms + 60 * (int64_t)DAY_MS, (int64_t)limit + 1, &v, &n);
    if (e)
        return e;
    size_t count = n < limit ? n : limit;
    return reply_items(rq, &job_record, v, count, n > limit ? v[count - 1].shift_id : 0);
}

static const struct record *const records[] = {&suggestion_record, &shift_pair_record, &pay_range_record, &night_record, NULL};
static const struct timer timers[] = {{.name = "match.sweep", .every_s = 300, .outside = match_sweep},
                                      {.name = "match.prices", .every_s = 600, .heavy = true, .outside = match_prices},
                                      {.name = "match.night", .every_s = 600, .heavy = true, .outside = match_night},
                                      {0}};
const struct feature match_feature = {.name = "match", .routes = routes, .queries = match_queries, .records = records,
                                      .timers = timers, .start = match_start, .feed = match_feed, .stop = match_stop};
