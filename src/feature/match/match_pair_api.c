/* match_pair_api.c - pairs of shifts under the list of a person, and for programs. */
#include "feature/match/match_page.h"
#include "feature/match/match_pair.h"
#include "http/page.h"
#include "http/route.h"

struct half {
    int64_t shift_id, job_id;
    struct str title, employer_name, address;
    int64_t start_ms, end_ms, shift_fen, left;
    struct str why_good1, why_good2, why_bad;
};
struct shift_pair {
    struct half first, second;
    bool both;
    int64_t pay_fen, between_min;
};
#define OF_HALF(half, member, fkind, ...)                                                                                  \
    {                                                                                                                      \
        .name = #half "_" #member, .kind = FIELD_##fkind, .off = offsetof(struct shift_pair, half.member), .see = ANYONE, \
        .put = NOBODY, __VA_ARGS__                                                                                         \
    }
#define HALF(half, which)                                                                                                  \
    OF_HALF(half, shift_id, ID, .doc = "Shift " which "."), OF_HALF(half, job_id, ID, .doc = "Its post."),                   \
        OF_HALF(half, title, TEXT, .doc = "What work."), OF_HALF(half, employer_name, TEXT, .doc = "Whose."),               \
        OF_HALF(half, address, TEXT, .doc = "Where."), OF_HALF(half, start_ms, MS, .doc = "Begins."),                       \
        OF_HALF(half, end_ms, MS, .doc = "Ends."), OF_HALF(half, shift_fen, FEN, .doc = "Gross pay of this shift."),        \
        OF_HALF(half, left, INT, .doc = "Places left."), OF_HALF(half, why_good1, TEXT, .doc = "What speaks for it most."), \
        OF_HALF(half, why_good2, TEXT, .doc = "And second."), OF_HALF(half, why_bad, TEXT, .doc = "What speaks against it.")
static const struct field fields[] = {
    HALF(first, "of the morning, or for the person"), HALF(second, "after it, or for the other of the two, then without reasons"),
    FIELD(struct shift_pair, both, BOOL, .see = ANYONE, .put = NOBODY, .doc = "One for each of a couple that goes only together; else both for one person."),
    FIELD(struct shift_pair, pay_fen, FEN, .see = ANYONE, .put = NOBODY, .doc = "Gross pay of both."),
    FIELD(struct shift_pair, between_min, INT, .see = ANYONE, .put = NOBODY, .doc = "Minutes from one place to the other, -1 = unknown."),
    {0}};
const struct record shift_pair_record = {"shift_pair", sizeof(struct shift_pair), fields, "Two shifts that belong together."};

struct query_of {
    int64_t person_id;
};
static const struct field query_fields[] = {
    {.name = "person", .kind = FIELD_ID, .off = offsetof(struct query_of, person_id), .see = NOBODY, .put = SEEKER | DESK, .doc = "Whom, at the desk; oneself when left out."},
    {0}};
const struct record pairs_query = {"pairs_query", sizeof(struct query_of), query_fields, "Whose pairs."};

enum err match_load_for_pairs(struct request *rq)
{
    return match_load_seeker(rq, ((struct query_of *)rq->in)->person_id);
}

static struct half half_of(struct request *rq, const struct match *m, size_t i, bool reasons)
{
    const struct job *j = &m->jobs[i];
    struct match_words t = reasons ? match_reasons(rq, m, i) : (struct match_words){.bad = S("")};
    return (struct half){j->shift_id, j->id, j->title, j->employer_name, j->address, j->start_ms, j->end_ms,
                         job_shift_fen(j), j->left, t.good[0], t.good[1], t.bad};
}

enum err match_pair_list(struct request *rq)
{
    struct match_wish w = {.person_id = ((struct person *)rq->object)->id, .trade = -1, .day = -1, .order = ORDER_FIT};
    struct match_twos x;
    struct shift_pair out[PAIRS_MOST];
    enum err e = match_twos_for(rq, &w, &x);
    for (size_t k = 0; !e && k < x.m.n / 2; k++) {
        out[k] = (struct shift_pair){half_of(rq, &x.m, 2 * k, true), half_of(rq, &x.m, 2 * k + 1, !x.m.both), x.m.both, 0, x.between_min[k]};
        out[k].pay_fen = out[k].first.shift_fen + out[k].second.shift_fen;
    }
    return e ? e : reply_items(rq, &shift_pair_record, out, x.m.n / 2, 0);
}

enum err match_view_pairs(struct request *rq, struct view *v, const struct match_wish *w, const struct match *m)
{
    struct match_twos x;
    enum err e = match_twos(rq, w, m, &x);
    for (size_t k = 0; !e && k < x.m.n / 2; k++)
        match_pair_card(rq, view_item(v, "pairs"), &x, k);
    view_bool(v, "has_pairs", !e && x.m.n);
    return e;
}

/* ---- the page of one ---- */

/* One of the two as it stands now. ERR_NONE: never shown to anybody. *ret_open: it can be taken. */
static enum err load_half(struct request *rq, int64_t shift_id, struct job *ret, bool *ret_open)
{
    enum err e = job_shown_one(rq, shift_id, ret);
    *ret_open = !e && ret->left > 0 && shift_open(ret, false, rq->now_ms);
    if (e == ERR_NONE)
        e = job_of_shift(rq, shift_id, ret);
    return !e && !ret->verified_ms ? ERR_NONE : e;
}

static void view_gone(struct request *rq, struct view *v, const struct job *j)
{
    view_str(v, "title", j->title);
    view_str(v, "span", show_span(rq, j->start_ms, j->end_ms));
}

/* Of one that is left alone an ordinary card, without reasons: it was shown for the sake of the other. */
static void view_apart(struct request *rq, struct view *v, const struct job two[2], const bool open[2])
{
    for (size_t i = 0; i < 2; i++) {
        if (open[i])
            job_view(rq, view_child(v, "left_one"), &two[i], (struct geo){0, 0});
        else
            view_gone(rq, view_item(v, "gone"), &two[i]);
    }
}

/* What stands before either: his own in words, of the other of a couple only that there is something. */
static void view_hard(struct request *rq, struct view *v, const struct match *m)
{
    uint32_t own = m->fits[0].hard_all | (m->both ? 0 : m->fits[1].hard_all);
    for (size_t i = 0; i < 2 - (size_t)m->both; i++)
        if (m->fits[i].hard)
            view_str(view_item(v, "hards"), "text", match_hard_text(rq, m, i, m->fits[i].hard));
    if (m->other_hard)
        view_str(view_item(v, "hards"), "text", text(rq, m->other_hard == match_said(m->other_hard) ? "match.other.said" : "match.other.firm"));
    view_bool(v, "can_take", own == match_said(own) && !m->other_hard);
}

static enum err view_together(struct request *rq, struct view *v, const struct job two[2])
{
    struct match_twos x;
    struct person p;
    enum err e = match_pair_one(rq, rq->who->person_id, two, &x);
    if (!e)
        e = person_get(rq, rq->who->person_id, &p);
    if (e)
        return e;
    match_pair_card(rq, view_child(v, "pair"), &x, 0);
    view_hard(rq, v, &x.m);
    view_bool(v, "ask_age", person_age_unknown(&p));
    view_bool(v, "both", x.m.both);
    return OK;
}

enum err match_pair_page(struct request *rq)
{
    const int64_t id[2] = {param_id(rq, "shift"), param_id(rq, "second")};
    struct job *two = NEW_N(rq->a, 2, struct job);
    struct view *v = view_new(rq->a);
    bool open[2];
    enum err e = OK;
    for (size_t i = 0; !e && i < 2; i++)
        e = load_half(rq, id[i], &two[i], &open[i]);
    if (e)
        return e;
    view_str(v, "path", str_fmt(rq->a, "/jobs/%lld/with/%lld", (long long)id[0], (long long)id[1]));
    view_str(v, "title", text(rq, "page.match/pair"));
    view_i64(v, "first_id", id[0]);
    view_i64(v, "second_id", id[1]);
    view_bool(v, "own_dock", true);
    if (open[0] && open[1])
        e = view_together(rq, v, two);
    else
        view_apart(rq, v, two, open);
    return e ? e : reply_page(rq, "match/pair", v);
}
