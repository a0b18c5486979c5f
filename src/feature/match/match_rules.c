/* match_rules.c - from posts and people to what score.h reads, and the words of a reason. Pure. */
#include <string.h>

#include "feature/match/match_market.h"
#include "feature/trust/trust.h"

/* Worth of what comes with a shift, for comparing pay (matching.md 3.2). */
enum { MEALS_FEN = 1500, LODGING_FEN = 2000, OUTSIDE = 35000, DAYS_MOST = 255, NEAR_DAYS = 6 };

static int16_t short_of(int64_t v, int64_t most)
{
    return (int16_t)(v < 0 ? 0 : v > most ? most : v);
}

/* Two bits a skill: 1 = known, 2 = practised. */
static uint64_t skill_levels(uint32_t known, uint32_t practised)
{
    uint64_t all = 0;
    for (int k = 0; k < SKILLS; k++)
        all |= (uint64_t)(practised >> k & 1 ? 2 : known >> k & 1) << 2 * k;
    return all;
}

struct slot match_slot(const struct job *j)
{
    return (struct slot){
        .id = j->shift_id, .employer_id = j->employer_id, .trade = (uint8_t)j->trade, .place = point_of(j->place),
        .start_min = cal_market_min(j->start_ms), .end_min = cal_market_min(j->end_ms), .valid_to_day = j->valid_to,
        .break_min = short_of(j->break_min, 1440), .left = short_of(j->left, INT16_MAX), .cap = short_of(j->cap, INT16_MAX),
        .shift_fen = (int32_t)job_shift_fen(j), .hour_fen = (int32_t)job_hour_fen(j),
        .extra_fen = (j->offers >> OFFER_MEALS & 1 ? MEALS_FEN : 0) + (j->offers >> OFFER_LODGING & 1 ? LODGING_FEN : 0),
        .needs = j->needs, .offers = j->offers, .papers = (uint8_t)j->papers,
        .skills = skill_levels(j->skills, 0), .skills_wanted = skill_levels(j->skills_wanted, j->skills_wanted), .verified = j->state == JOB_OPEN, .risk = short_of(j->risk, 100)};
}

/* The first day at that age; 0 when it has come. Born on 29 February: 1 March. */
static int32_t day_of_age(int32_t born, int32_t years, int32_t today)
{
    struct ymd x = cal_date_ymd(born);
    x.y += years;
    if (!cal_valid(x))
        x = (struct ymd){x.y, 3, 1};
    int32_t day = cal_from_ymd(x);
    return day <= today ? 0 : day;
}

/* The engine holds MAX_BUSY of the calendar, more than three days can have: those from two days before the shift in
 * question until nothing can be near it any more, or the next ones. */
static void add_works(struct seeker *s, const struct match_person *m, int64_t now_ms, int64_t *last_ms)
{
    bool about = m->about_ms > now_ms;
    int64_t since_ms = about ? m->about_ms - 2 * DAY_MS : now_ms - DAY_MS, until_ms = about ? m->about_ms + NEAR_DAYS * (int64_t)DAY_MS : INT64_MAX;
    const struct match_work *w = m->works;
    for (size_t i = m->n_works; i-- > 0;) { /* soonest first */
        const struct hire *h = &w[i].h;
        bool ahead = hire_active(h) && h->end_ms > since_ms && h->start_ms < until_ms;
        int32_t from = cal_market_min(h->start_ms), to = cal_market_min(h->end_ms), work = to - from - (int32_t)h->break_min;
        if (ahead && s->n_busy < MAX_BUSY)
            s->busy[s->n_busy++] = (struct busy){from, to, work > 0 ? work : 1, point_of(w[i].place)};
        if (!h->out_ms)
            continue;
        uint8_t *days = &s->days_in[w[i].trade % TRADES_MAX];
        *days = *days < DAYS_MOST ? *days + 1 : DAYS_MOST;
        s->done = short_of(s->done + 1, INT16_MAX);
        *last_ms = h->out_ms > *last_ms ? h->out_ms : *last_ms;
    }
}

/* After the shifts, so that for these nothing that was taken is forgotten. */
static void add_away(struct seeker *s, const struct match_person *m, int64_t now_ms)
{
    for (size_t i = 0; i < m->n_away && s->n_busy < MAX_BUSY; i++)
        if (m->away[i].to_ms > (m->about_ms > now_ms ? m->about_ms : now_ms))
            s->busy[s->n_busy++] = (struct busy){.from_min = cal_market_min(m->away[i].from_ms), .to_min = cal_market_min(m->away[i].to_ms)};
}

/* Where the other of a couple works next, for those who would rather be near. */
static void add_partner(struct seeker *s, const struct match_person *m, int64_t now_ms)
{
    bool must = m->p.together == TOGETHER_MUST || m->partner_together == TOGETHER_MUST;
    bool near = m->p.together == TOGETHER_PREFER || m->partner_together == TOGETHER_PREFER;
    s->seats = m->p.partner_id && must ? 2 : 1;
    for (size_t i = 0; m->p.partner_id && near && i < m->n_partner_works; i++) {
        const struct match_work *w = &m->partner_works[i];
        if (!hire_active(&w->h) || w->h.end_ms <= now_ms)
            continue;
        s->with = point_of(w->place);
        s->with_from_min = cal_market_min(w->h.start_ms);
        s->with_to_min = cal_market_min(w->h.end_ms);
    }
}

/* Whether work i is the latest one with its employer. */
static bool latest_there(const struct match_person *m, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (m->works[k].h.employer_id == m->works[i].h.employer_id)
            return false;
    return true;
}

static bool tied(const struct seeker *s, int64_t employer_id)
{
    for (int i = 0; i < s->n_ties; i++)
        if (s->ties[i].employer_id == employer_id)
            return true;
    return false;
}

/* What the days with one employer say, as far as they still count. */
static struct met met_with(const struct match_person *m, int64_t employer_id, struct match_law law, int64_t now_ms)
{
    struct met met = {.employer_id = employer_id};
    for (size_t i = 0; i < m->n_works; i++) {
        const struct hire *h = &m->works[i].h;
        enum mark k = attendance_mark(h, law.cancel_free_h);
        bool recent = h->start_ms > now_ms - MEMORY_DAYS * (int64_t)DAY_MS;
        if (h->employer_id != employer_id)
            continue;
        met.kept += h->out_ms > 0;
        met.missed += k == MARK_MISSED && recent;
        met.unpaid += h->state == HIRE_DISPUTED && recent;
    }
    return met;
}

/* Who does not meet comes first, then the employers of the latest days: the places are few. */
static void add_ties(struct seeker *s, const struct match_person *m, struct match_law law, int64_t now_ms)
{
    for (size_t i = 0; i < m->n_apart && s->n_ties < MAX_TIES; i++)
        if (!tied(s, m->apart[i]))
            s->ties[s->n_ties++] = (struct tie){.employer_id = m->apart[i], .blocked = true};
    for (size_t i = 0; i < m->n_works && s->n_ties < MAX_TIES; i++) {
        if (!latest_there(m, i))
            continue;
        struct met met = met_with(m, m->works[i].h.employer_id, law, now_ms);
        struct tie t = {.employer_id = met.employer_id, .liked = met_liked(&met), .rated = met_rated(&met)};
        if ((t.liked || t.rated) && !tied(s, t.employer_id))
            s->ties[s->n_ties++] = t;
    }
}

static int32_t attendance(const struct match_person *m, struct match_law law, int64_t now_ms)
{
    struct tally t = {.n = 0};
    for (size_t i = 0; i < m->n_works; i++)
        tally_add(&t, attendance_mark(&m->works[i].h, law.cancel_free_h), m->works[i].h.start_ms, now_ms);
    return reliability(&t);
}

struct seeker match_seeker(const struct match_person *m, struct match_law law, int64_t now_ms)
{
    const struct person *p = &m->p;
    int32_t today = cal_day(now_ms);
    struct seeker s = {
        .id = p->id, .partner_id = p->partner_id, .trade = (uint8_t)p->trade, .home = point_of(p->home),
        .care = point_of(p->care), .from_min = short_of(p->from_min, 1440), .to_min = short_of(p->to_min, 1440),
        .drop_min = short_of(p->drop_min, 1440), .pick_min = short_of(p->pick_min, 1440), .care_days = (uint8_t)(p->school_days & CARE_DAYS),
        .travel_max_min = short_of(p->travel_max_min, REACH_MOST_MIN), .floor_fen = (int32_t)p->floor_fen, .limits = p->limits,
        .wishes = p->wishes, .outside = OUTSIDE, .skills = skill_levels(p->skills, p->skilled),
        .work_from_day = p->born ? day_of_age(p->born, law.age_min, today) : 0,
        .night_from_day = p->born ? day_of_age(p->born, law.night_age_min, today) : FOREVER - (p->age_said == AGE_MINOR)};
    int64_t last_ms = p->made_ms ? p->made_ms : now_ms;
    memcpy(s.paper_to_day, m->paper_to_day, sizeof s.paper_to_day);
    add_works(&s, m, now_ms, &last_ms);
    add_away(&s, m, now_ms);
    add_partner(&s, m, now_ms);
    add_ties(&s, m, law, now_ms);
    s.reliable = attendance(m, law, now_ms);
    s.support = m->support;
    s.idle_since_min = cal_market_min(last_ms);
    return s;
}

struct seeker match_stranger(struct geo from)
{
    struct seeker s = {.home = point_of(from), .outside = OUTSIDE, .seats = 1, .skills = UINT64_MAX};
    for (int k = 0; k < PAPERS_MAX; k++)
        s.paper_to_day[k] = FOREVER; /* nothing is held against him */
    return s;
}

const struct choice hards[] = {
#define X(name, key) {key},
    HARD_LIST(X)
#undef X
    {0}};

uint32_t match_said(uint32_t hard)
{
    return hard & (1u << HARD_SKILL | 1u << HARD_HOURS | 1u << HARD_CARE | 1u << HARD_REACH | 1u << HARD_PAY | 1u << HARD_BODY);
}

int32_t match_crowd(const struct slot *t)
{
    int32_t left = t->left > 0 ? t->left : 1;
    return t->price > 0 && t->suitors >= 2 * left ? (t->suitors + left / 2) / left : 0;
}

bool match_line(const struct slot *t, const struct fit *f, struct match_line *ret)
{
    const int32_t point = SCORE_ONE / 100;
    bool over = f->total >= t->line;
    *ret = (struct match_line){(t->line + (over ? 0 : point - 1)) / point, f->total / point, over};
    return t->price > 0 && t->line > 0;
}

bool match_slim(const struct slot *t, const struct fit *f)
{
    bool over = t->line > 0 && f->total >= t->line; /* couples may hold the price above what single people got in with */
    return f->total < t->price && !over;
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

/* What an hour brings against the work he could have instead; little it is only where it is no more than he wishes. */
static struct why less_paid(const struct fit *f)
{
    return (struct why){f->way_min < 0 ? "match.why.wage.guess_less" : "match.why.wage.less", WHY_NET_HOUR};
}

struct why match_why(int part, bool good, const struct seeker *s, const struct fit *f)
{
    static const struct why table[PARTS][2] = {
        [PART_WAGE] = {{"match.why.wage.bad", WHY_NET_HOUR}, {"match.why.wage.good", WHY_NET_HOUR}},
        [PART_WAY] = {{"match.why.way.bad", WHY_MINUTES}, {"match.why.way.good", WHY_MINUTES}},
        [PART_TIME] = {{"match.why.time.bad", WHY_NOTHING}, {"match.why.time.day", WHY_NOTHING}},
        [PART_TRADE] = {{"match.why.trade.bad", WHY_TRADE}, {"match.why.trade.near", WHY_TRADE}},
        [PART_WISHES] = {{"match.why.wishes.bad", WHY_MISSING}, {"match.why.wishes.good", WHY_OFFERS}},
        [PART_AGAIN] = {{"match.why.again.bad", WHY_NOTHING}, {"match.why.again.good", WHY_NOTHING}},
        [PART_SKILL] = {{"match.why.skill.bad", WHY_NOTHING}, {"match.why.skill.good", WHY_NOTHING}},
        [PART_EXPERIENCE] = {{"match.why.experience.bad", WHY_TRADE}, {"match.why.experience.good", WHY_TRADE}},
        [PART_KNOWN] = {{"match.why.known.bad", WHY_NOTHING}, {"match.why.known.good", WHY_NOTHING}}};
    if (part < 0 || part >= PARTS)
        return (struct why){NULL, WHY_NOTHING};
    if (part == PART_WAGE && !good && !wage_under(s, f))
        return less_paid(f);
    if (part == PART_WAGE && f->way_min < 0) /* then the minutes are a guess */
        return (struct why){good ? "match.why.wage.guess_good" : "match.why.wage.guess_bad", WHY_NET_HOUR};
    if (good && part == PART_TIME && f->part[PART_TIME] < SCORE_ONE)
        return (struct why){"match.why.time.night", WHY_NOTHING};
    if (good && part == PART_TRADE && f->part[PART_TRADE] >= SCORE_ONE * 9 / 10)
        return (struct why){f->part[PART_TRADE] == SCORE_ONE ? "match.why.trade.same" : "match.why.trade.done", WHY_TRADE};
    return table[part][good];
}

struct why match_who(int part, bool good)
{
    static const struct why table[PARTS][2] = {
        [PART_WAY] = {{"match.who.way.bad", WHY_MINUTES}, {"match.who.way.good", WHY_MINUTES}},
        [PART_SKILL] = {{"match.who.skill.bad", WHY_NOTHING}, {"match.who.skill.good", WHY_NOTHING}},
        [PART_EXPERIENCE] = {{"match.who.experience.bad", WHY_TRADE}, {"match.who.experience.good", WHY_TRADE}},
        [PART_RELIABLE] = {{NULL, WHY_NOTHING}, {"match.who.reliable.good", WHY_NOTHING}}, /* never below one half */
        [PART_KNOWN] = {{"match.who.known.bad", WHY_NOTHING}, {"match.who.known.good", WHY_NOTHING}}};
    return part < 0 || part >= PARTS ? (struct why){NULL, WHY_NOTHING} : table[part][good];
}

const char *match_near_key(enum hard h)
{
    static const char *const keys[HARD_COUNT] = {
        [HARD_HOURS] = "match.near.hours", [HARD_CARE] = "match.near.care", [HARD_REACH] = "match.near.reach",
        [HARD_PAY] = "match.near.pay",     [HARD_BODY] = "match.near.body", [HARD_PAPERS] = "match.near.papers",
        [HARD_BORN] = "match.near.born",   [HARD_SKILL] = "match.near.skill"};
    return h < HARD_COUNT && keys[h] ? keys[h] : "match.near.none";
}

const char *match_near_which_key(enum hard h)
{
    static const char *const keys[HARD_COUNT] = {
        [HARD_PAPERS] = "match.near.which.papers", [HARD_SKILL] = "match.near.which.skill", [HARD_BODY] = "match.near.which.body"};
    return h < HARD_COUNT ? keys[h] : NULL;
}

bool match_of_change(const struct near_change *c, const struct what_if *w)
{
    static const struct {
        enum hard hard;
        int32_t per; /* of w->to per number of a limit, a certificate or a skill; 0 = there is one change alone */
    } of[EDITS] = {[EDIT_FROM] = {HARD_HOURS, 0}, [EDIT_TO] = {HARD_HOURS, 0},   [EDIT_DROP] = {HARD_CARE, 0},
                   [EDIT_PICK] = {HARD_CARE, 0},  [EDIT_REACH] = {HARD_REACH, 0}, [EDIT_FLOOR] = {HARD_PAY, 0},
                   [EDIT_LIMITS] = {HARD_BODY, 1}, [EDIT_PAPERS] = {HARD_PAPERS, 1}, [EDIT_SKILLS] = {HARD_SKILL, 4}};
    int32_t per = of[w->edit].per;
    return of[w->edit].hard == c->hard && (!per || w->to / per == c->which);
}
