/* match_rules.c - from posts and people to what score.h reads. Pure. */
#include <stdlib.h>

#include "feature/match/match.h"

struct slot match_slot(const struct job *j, int32_t today)
{
    return (struct slot){
        .id = j->shift_id, .employer_id = j->employer_id, .trade = j->trade, .place = j->place,
        .start_ms = j->start_ms, .end_ms = j->end_ms, .break_min = (int32_t)j->break_min,
        .left = (int32_t)j->left, .cap = (int32_t)j->cap, .shift_fen = job_shift_fen(j),
        .hour_fen = job_hour_fen(j), .needs = j->needs, .offers = j->offers, .papers = j->papers,
        .verified_days = j->level == LEVEL_VISITED ? today - cal_day(j->verified_ms) : -1};
}

static uint32_t trade_of(int64_t job_id, const struct job *jobs, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (jobs[i].id == job_id && jobs[i].trade > 0 && jobs[i].trade < 32)
            return 1u << jobs[i].trade;
    return 0;
}

static void add_hires(struct seeker *s, const struct hire *h, size_t n, const struct job *jobs, size_t n_jobs,
                      int64_t now_ms, int64_t *last_ms)
{
    for (size_t i = 0; i < n; i++) {
        bool ahead = h[i].end_ms > now_ms - DAY_MS;
        if (hire_active(&h[i]) && ahead && s->n_busy < MAX_BUSY)
            s->busy[s->n_busy++] = (struct interval){h[i].start_ms, h[i].end_ms};
        if (h[i].out_ms) {
            s->past_trades |= trade_of(h[i].job_id, jobs, n_jobs);
            *last_ms = h[i].out_ms > *last_ms ? h[i].out_ms : *last_ms;
        }
    }
}

struct seeker match_seeker(const struct person *p, const struct hire *h, size_t n_hires, const struct job *jobs,
                           size_t n_jobs, int64_t now_ms)
{
    struct seeker s = {
        .trade = p->trade, .home = p->home, .care = p->care,
        .age = p->born ? cal_age(p->born, cal_day(now_ms)) : 0,
        .from_min = (int32_t)p->from_min, .to_min = (int32_t)p->to_min,
        .drop_min = (int32_t)p->drop_min, .pick_min = (int32_t)p->pick_min, .floor_fen = p->floor_fen,
        .travel_max_min = (int32_t)p->travel_max_min, .limits = p->limits, .wishes = p->wishes,
        .papers = p->papers};
    int64_t last_ms = p->made_ms ? p->made_ms : now_ms;
    add_hires(&s, h, n_hires, jobs, n_jobs, now_ms, &last_ms);
    int64_t idle = (now_ms - last_ms) / DAY_MS;
    s.idle_days = idle < 0 ? 0 : idle > 365 ? 365 : (int32_t)idle;
    return s;
}

static int by_value(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

int64_t match_usual_fen(struct arena *a, const struct slot *v, size_t n)
{
    int64_t *fen = NEW_N(a, n ? n : 1, int64_t);
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (v[i].hour_fen > 0)
            fen[kept++] = v[i].hour_fen;
    qsort(fen, kept, sizeof *fen, by_value);
    return kept ? fen[kept / 2] : 0;
}

enum order match_order(struct str sort, enum order otherwise)
{
    static const struct {
        const char *name;
        enum order order;
    } names[] = {{"fit", ORDER_FIT}, {"near", ORDER_NEAR}, {"soon", ORDER_SOON}, {"pay", ORDER_PAY}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(sort, str_c(names[i].name)))
            return names[i].order;
    return otherwise;
}

static struct why why_good(int part, const struct fit *f)
{
    switch (part) {
    case PART_WAGE:
        return (struct why){"match.why.wage.good", WHY_NET_HOUR};
    case PART_WAY:
        return (struct why){"match.why.way.good", WHY_MINUTES};
    case PART_TIME:
        return (struct why){f->part[PART_TIME] == SCORE_ONE ? "match.why.time.day" : "match.why.time.night", WHY_NOTHING};
    case PART_TRADE:
        if (f->part[PART_TRADE] == SCORE_ONE)
            return (struct why){"match.why.trade.same", WHY_TRADE};
        return (struct why){f->part[PART_TRADE] >= SCORE_ONE * 9 / 10 ? "match.why.trade.done" : "match.why.trade.near", WHY_TRADE};
    case PART_WISHES:
        return (struct why){"match.why.wishes.good", WHY_OFFERS};
    default:
        return (struct why){NULL, WHY_NOTHING};
    }
}

struct why match_why(int part, bool good, const struct fit *f)
{
    static const struct why bad[PARTS] = {
        [PART_WAGE] = {"match.why.wage.bad", WHY_NET_HOUR}, [PART_WAY] = {"match.why.way.bad", WHY_MINUTES},
        [PART_TIME] = {"match.why.time.bad", WHY_NOTHING},  [PART_TRADE] = {"match.why.trade.bad", WHY_TRADE},
        [PART_WISHES] = {"match.why.wishes.bad", WHY_MISSING}};
    if (part < 0 || part >= PARTS)
        return (struct why){NULL, WHY_NOTHING};
    return good ? why_good(part, f) : bad[part];
}

const char *match_near_key(enum hard h)
{
    static const char *const keys[HARD_COUNT] = {
        [HARD_HOURS] = "match.near.hours", [HARD_CARE] = "match.near.care", [HARD_REACH] = "match.near.reach",
        [HARD_PAY] = "match.near.pay",     [HARD_BODY] = "match.near.body", [HARD_PAPERS] = "match.near.papers"};
    return h < HARD_COUNT && keys[h] ? keys[h] : "match.near.none";
}
