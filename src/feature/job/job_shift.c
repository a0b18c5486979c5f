/* job_shift.c - shifts of a post: what one may be, adding one, and taking back what was stated wrongly. What is added to a verified post is live at once only
 * where it is like what was looked at. */
#include "base/cal.h"
#include "feature/job/job_rules.h"
#include "feature/job/job_store.h"
#include "http/page.h"
#include "http/route.h"

static const struct rule shift_backwards = {"shift_backwards", "end after begin, at most 16 hours"};
static const struct rule shift_long = {"shift_long", "劳动法 Art. 36, 41: day.max_hours"};
static const struct rule post_expired = {"post_expired", "P02"};
static const struct rule shift_held = {"shift_held", "I1: nobody with a place loses it unsaid"};
static const struct rule shift_twice = {"shift_twice", "a repeated call is no second shift"};
static const struct rule post_over = {"post_over", "a closed or refused post is shown to nobody"};

static enum err refuse_at(struct request *rq, const struct rule *rule, const char *field, const char *key)
{
    errors_add(&rq->problem.fields, field, "input.rule", text(rq, key));
    return refuse(rq, rule);
}

/* Nobody could take a shift longer than a day of work may be. */
enum err job_shift_wrong(struct request *rq, const struct job *j)
{
    int64_t day_max_h = rule_number(rq, "day.max_hours", 11), length_ms = j->end_ms - j->start_ms;
    if (length_ms > 0 && j->break_min * MIN_MS >= length_ms)
        return fail_field(rq, "break_min", "input.break", str_fmt(rq->a, "%lld", (long long)(length_ms / MIN_MS)));
    if (length_ms <= 0 || length_ms > 16 * HOUR_MS)
        return refuse_at(rq, &shift_backwards, "end_ms", "rule.shift_backwards");
    if (day_max_h && length_ms - j->break_min * MIN_MS > day_max_h * HOUR_MS)
        return refuse_at(rq, &shift_long, "end_ms", "rule.shift_long");
    if (j->start_ms < rq->now_ms - HOUR_MS)
        return refuse_at(rq, &post_expired, "start_ms", "rule.post_expired");
    return cal_day(j->start_ms) > j->valid_to ? fail_field(rq, "start_ms", "input.last_day", cal_day_text(rq->a, j->valid_to)) : OK;
}

enum err job_shift_list(struct request *rq)
{
    struct shift *v;
    size_t n;
    enum err e = job_shifts(rq, ((struct job *)rq->object)->id, &v, &n);
    return e ? e : reply_items(rq, &shift_record, v, n, 0);
}

/* Of `all` what stops it and nobody saw when the post was verified. */
static void find_new(const struct findings *all, struct str seen, struct findings *ret)
{
    ret->n = 0;
    for (size_t i = 0; i < all->n; i++) {
        const struct finding *f = &all->v[i];
        bool known = false;
        for (struct str rest = seen; rest.n && !known;) {
            struct str line = str_cut(&rest, '\n');
            known = str_starts(line, f->code) && line.n > f->code.n && (line.p[f->code.n] == ':' || line.p[f->code.n] == ' ');
        }
        if (f->effect >= EFFECT_HOLD && !known)
            ret->v[ret->n++] = *f;
    }
}

/* Against the shifts that were there when the post was verified; those of a post that was verified before it had one, all. */
static enum err news_of(struct request *rq, const struct job *j, const struct shift *s, enum shift_news *ret)
{
    const struct shift_limits most = {rule_number(rq, "shift.heads_times", 2), rule_number(rq, "shift.heads_more", 2),
                                      rule_number(rq, "shift.apart_min", 60)};
    struct shift *v;
    size_t n, old = 0;
    enum err e = job_shifts(rq, j->id, &v, &n);
    if (e)
        return e;
    struct shift *then = NEW_N(rq->a, n + 1, struct shift);
    for (size_t i = 0; i < n; i++)
        if (v[i].id < id_from(j->verified_ms + 1))
            then[old++] = v[i];
    *ret = shift_news(s, &(struct seen_shifts){old ? then : v, old ? old : n}, &most);
    return OK;
}

/* What the poster adds to a verified post is held where it is not like what was seen. Staff look at what they add. */
static enum err find_news(struct request *rq, const struct job *j, const struct shift *s, struct findings *fresh)
{
    static const char *const keys[] = {[SHIFT_MORE_HEADS] = "job.more_heads", [SHIFT_OTHER_HOURS] = "job.other_hours"};
    bool own = rq->who->employer_id && rq->who->employer_id == j->employer_id;
    enum shift_news news = SHIFT_KNOWN;
    if (j->state != JOB_OPEN || (!own && staff_covers(rq, j->city, j->district, 0)))
        return OK;
    enum err e = news_of(rq, j, s, &news);
    if (e || news == SHIFT_KNOWN)
        return e;
    struct str words = text(rq, keys[news]);
    findings_add(fresh, (struct finding){.effect = EFFECT_HOLD, .text_zh = words, .text_en = words, .field = "start_ms"});
    return OK;
}

/* It is no part of what was verified: a post of its own, that waits. */
static enum err add_post(struct request *rq, struct job *j, struct shift *s)
{
    j->id = s->job_id = new_id(rq);
    j->source = S("self");
    j->source_id = str_fmt(rq->a, "%lld", (long long)j->id);
    j->made_ms = rq->now_ms;
    j->heads = s->cap;
    j->verified_by = j->verified_ms = 0;
    j->level = LEVEL_NONE;
    j->state = JOB_HELD;
    return job_add(rq, j);
}

/* `then` is the post with this shift alone, `fresh` what stops that. */
static enum err place(struct request *rq, struct job *then, struct shift *s, const struct findings *fresh)
{
    const struct job *j = rq->object;
    bool night = shift_is_night(s->start_ms, s->end_ms) && !(j->needs >> NEED_NIGHT & 1);
    struct str words = job_findings_text(rq, fresh);
    then->findings = j->findings.n && words.n ? str_fmt(rq->a, "%.*s\n%.*s", SV(j->findings), SV(words)) : words;
    then->needs |= night ? 1u << NEED_NIGHT : 0;
    if (fresh->n) {
        publish_after(rq, S("desk"));
        return j->state == JOB_OPEN ? add_post(rq, then, s) : job_note(rq, j->id, then->findings);
    }
    return night ? job_set_needs(rq, j->id, then->needs) : OK;
}

/* Sent again without its key it would be as many places again; also where it waits as a post of its own. With another number
 * of people it is meant. */
static enum err not_twice(struct request *rq, const struct job *j, const struct shift *s)
{
    struct job *alike;
    size_t n = 0;
    enum err e = job_alike(rq, j, &alike, &n);
    for (size_t i = 0; !e && i < n; i++) {
        struct shift *v;
        size_t k = 0;
        if (alike[i].id == j->id || (alike[i].state == JOB_HELD && str_eq(alike[i].text, j->text)))
            e = job_shifts(rq, alike[i].id, &v, &k);
        while (!e && k--)
            if (v[k].start_ms == s->start_ms && v[k].end_ms == s->end_ms && v[k].break_min == s->break_min && v[k].cap == s->cap)
                return refuse(rq, &shift_twice);
    }
    return e;
}

enum err job_shift_add(struct request *rq)
{
    struct shift *s = rq->in;
    const struct job *j = rq->object;
    struct job then = *j;
    struct findings all, fresh;
    if (j->state == JOB_CLOSED || j->state == JOB_REFUSED)
        return refuse(rq, &post_over);
    then.start_ms = s->start_ms;
    then.end_ms = s->end_ms;
    then.break_min = s->break_min;
    then.cap = s->cap;
    enum err e = job_shift_wrong(rq, &then);
    if (e)
        return e;
    if (job_underpaid(rq, &then))
        return refuse(rq, &underpaid);
    if (job_screen(rq, &then, &all, &then.findings) == EFFECT_BLOCK && all.n)
        return refuse_arg(rq, &job_blocked, job_findings_plain(rq, then.findings));
    s->id = new_id(rq);
    s->city = rq->city;
    s->job_id = j->id;
    s->taken = 0;
    find_new(&all, j->findings, &fresh);
    e = not_twice(rq, j, s);
    if (!e)
        e = find_news(rq, j, s, &fresh);
    if (!e)
        e = place(rq, &then, s, &fresh);
    if (!e)
        e = shift_add(rq, s);
    if (!e)
        e = change_put(rq, "job", s->job_id);
    audit_about(rq, &shift_record, s->id);
    publish_after(rq, S("hall"));
    return e ? e : reply_record(rq, 201, &shift_record, s);
}

enum err job_shift_drop(struct request *rq)
{
    int64_t id = param_id(rq, "shift");
    audit_about(rq, &shift_record, id);
    enum err e = shift_take_back(rq, ((struct job *)rq->object)->id, id);
    publish_after(rq, S("hall"));
    if (e == ERR_CONFLICT)
        return refuse(rq, &shift_held);
    return e ? e : reply_none(rq);
}
