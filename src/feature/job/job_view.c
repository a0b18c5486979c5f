/* job_view.c - a post as people read it, and screening it. */
#include "base/cal.h"
#include "feature/job/job.h"
#include "http/page.h"

static int64_t paid_minutes(const struct job *j)
{
    int64_t m = (j->end_ms - j->start_ms) / MIN_MS - j->break_min;
    return m > 0 ? m : 480;
}

int64_t job_hour_fen(const struct job *j)
{
    return pay_hour_fen((enum pay_unit)j->pay_unit, j->pay_fen, j->piece_norm, (int32_t)paid_minutes(j));
}

int64_t job_shift_fen(const struct job *j)
{
    if (j->pay_unit == PAY_DAY)
        return j->pay_fen;
    return job_hour_fen(j) * paid_minutes(j) / 60;
}

static void view_checked(struct request *rq, struct view *v, const struct job *j)
{
    int32_t days = cal_day(rq->now_ms) - cal_day(j->verified_ms);
    static const char *const keys[][3] = {{"checked.today", "checked.yesterday", "checked.days"},
                                          {"visited.today", "visited.yesterday", "visited.days"}};
    const char *key = keys[j->level == LEVEL_VISITED][days <= 0 ? 0 : days == 1 ? 1 : 2];
    struct str when = text_n(rq, key, days);
    view_bool(v, "visited", j->level == LEVEL_VISITED);
    view_str(v, "checked", when);
}

static void view_pay(struct request *rq, struct view *v, const struct job *j)
{
    int64_t shift = job_shift_fen(j), hour = job_hour_fen(j);
    bool day = shift > 0 && j->pay_unit != PAY_MONTH;
    view_str(v, "pay_big", show_yuan(rq, day ? (shift + 50) / 100 * 100 : j->pay_fen));
    view_str(v, "pay_big_unit", text(rq, day ? "pay.a_day" : j->pay_unit == PAY_PIECE ? "pay.a_piece" : "pay.a_month"));
    view_str(v, "pay_hour", hour ? show_yuan(rq, (hour + 5) / 10 * 10) : S(""));
    view_bool(v, "by_piece", j->pay_unit == PAY_PIECE);
    view_bool(v, "by_hour", j->pay_unit == PAY_HOUR);
    view_bool(v, "by_month", j->pay_unit == PAY_MONTH);
}

/* Meals and lodging stand on the card; everything else that is offered on the page. */
static void view_perks(struct request *rq, struct view *v, const struct job *j)
{
    static const enum offer shown[] = {OFFER_MEALS, OFFER_LODGING};
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (j->offers >> shown[i] & 1)
            view_str(view_item(v, "perks"), "text", text_of(rq, "offers", offers[shown[i]].key));
}

static void view_end(struct request *rq, struct view *v, const struct job *j)
{
    bool same = cal_day(j->start_ms) == cal_day(j->end_ms);
    view_str(v, "end_clock", same ? cal_clock_text(rq->a, cal_minute(j->end_ms)) : show_when(rq, j->end_ms));
}

void job_view(struct request *rq, struct view *v, const struct job *j, struct geo home)
{
    view_record(rq, v, &job_record, j);
    view_pay(rq, v, j);
    view_checked(rq, v, j);
    view_str(v, "span", j->start_ms ? show_span(rq, j->start_ms, j->end_ms) : S(""));
    view_str(v, "job_href", str_fmt(rq->a, "/jobs/%lld", (long long)j->shift_id));
    view_perks(rq, v, j);
    view_end(rq, v, j);
    view_bool(v, "open", j->state == JOB_OPEN && j->left > 0);
    if (geo_known(home) && geo_known(j->place)) {
        int32_t m = point_m(point_of(home), point_of(j->place));
        bool walk = geo_walk_min(m) <= WALK_MOST_MIN;
        view_str(v, "way", text_with(rq, walk ? "way.walk" : "way.ride", show_way(rq, geo_travel_min(m))));
    }
}

enum rule_effect job_screen(struct request *rq, const struct job *j, struct findings *f, struct str *ret_text)
{
    struct ad ad = {.title = j->title, .employer = j->employer_name, .text = j->text, .place = j->address,
                    .pay_unit = (enum pay_unit)j->pay_unit, .pay_min_fen = j->pay_fen, .pay_max_fen = j->pay_max_fen,
                    .piece_norm = j->piece_norm, .minutes_a_day = (int32_t)paid_minutes(j),
                    .headcount = (int32_t)j->cap, .valid_to = j->valid_to, .day = cal_day(rq->now_ms), .work_day = cal_day(j->start_ms),
                    .city = j->district ? j->district : rq->city};
    rules_screen(rq->app->rules, &ad, f);
    *ret_text = job_findings_text(rq, f);
    return findings_worst(f);
}

uint32_t job_said_needs(const struct request *rq, const struct job *j)
{
    static const struct str head = S("need.");
    struct findings f;
    uint32_t set = 0;
    rules_needs(rq->app->rules, &(struct ad){.title = j->title, .text = j->text, .day = cal_day(rq->now_ms)}, &f);
    for (size_t i = 0; i < f.n; i++) {
        int32_t bit = str_starts(f.v[i].code, head) ? choice_find(needs, str_sub(f.v[i].code, head.n, f.v[i].code.n)) : -1;
        set |= bit >= 0 ? 1u << bit : 0;
    }
    return set;
}

bool job_underpaid(const struct request *rq, const struct job *j)
{
    struct wage_floor law;
    return rules_wage_law(rq->app->rules, j->district ? j->district : rq->city, cal_day(j->start_ms), &law) &&
           pay_under(&law, (enum pay_unit)j->pay_unit, j->pay_fen, j->piece_norm, (int32_t)paid_minutes(j));
}

struct str job_findings_text(struct request *rq, const struct findings *f)
{
    struct str all = S("");
    for (size_t i = 0; i < f->n; i++) {
        const struct finding *x = &f->v[i];
        struct str words = rq->lang == LANG_EN ? x->text_en : x->text_zh;
        struct str span = x->span.n ? str_fmt(rq->a, "%s「%.*s」", x->code.n ? " " : "", SV(x->span)) : S("");
        all = str_fmt(rq->a, "%.*s%s%.*s%.*s%s%.*s", SV(all), i ? "\n" : "", SV(x->code), SV(span),
                      x->code.n || span.n ? ": " : "", SV(words));
    }
    return all;
}

struct str job_findings_plain(struct request *rq, struct str findings)
{
    struct str all = S("");
    while (findings.n) {
        struct str line = str_cut(&findings, '\n'), rest = line;
        struct str code = str_cut(&rest, str_find(line, S(" 「")) < 0 ? ':' : ' ');
        bool known = rules_have(rq->app->rules, code);
        all = str_fmt(rq->a, "%.*s%s%.*s", SV(all), all.n ? "\n" : "", SV(str_trim(known ? rest : line)));
    }
    return all;
}
