/* inspect_next.c - what to see next, the most pressing first. The way between them is the phone's business:
 * it knows where it is. */
#include <stdlib.h>

#include "feature/inspect/inspect_rules.h"
#include "feature/inspect/inspect_store.h"
#include "feature/job/job.h"
#include "http/page.h"
#include "http/route.h"

enum { EYES = DESK | INSPECTOR | ADMIN };
static const struct choice states[] = {{"submitted"}, {"held"}, {"open"}, {0}};
static const struct choice whys[] = {{"stopped"}, {"complaint"}, {"new"}, {"waiting"}, {"soon"}, {"old"}, {0}};
static const struct field fields[] = {
    FIELD(struct visit_next, id, ID, .see = EYES, .put = NOBODY, .doc = "Post."),
    FIELD(struct visit_next, city, INT, .see = EYES, .put = NOBODY, .doc = "City code."),
    FIELD(struct visit_next, district, INT, .district = true, .see = EYES, .put = NOBODY, .doc = "District code."),
    FIELD(struct visit_next, employer_id, ID, .see = EYES, .put = NOBODY, .doc = "Employer."),
    FIELD(struct visit_next, employer_name, TEXT, .see = EYES, .put = NOBODY, .doc = "Its name."),
    FIELD(struct visit_next, title, TEXT, .see = EYES, .put = NOBODY, .doc = "Title."),
    FIELD(struct visit_next, text, TEXT, .see = EYES, .put = NOBODY, .doc = "What the post says."),
    FIELD(struct visit_next, address, TEXT, .see = EYES, .put = NOBODY, .doc = "Where."),
    FIELD(struct visit_next, place, GEO, .see = EYES, .put = NOBODY, .doc = "The same, WGS-84."),
    FIELD(struct visit_next, pay_unit, ENUM, .choices = pay_units, .see = EYES, .put = NOBODY, .doc = "Paid by."),
    FIELD(struct visit_next, pay_fen, FEN, .see = EYES, .put = NOBODY, .doc = "Pay as posted."),
    FIELD(struct visit_next, rhythm, ENUM, .choices = rhythms, .see = EYES, .put = NOBODY, .doc = "When it is paid."),
    FIELD(struct visit_next, needs, MASK, .choices = needs, .words = "needs", .see = EYES, .put = NOBODY, .doc = "What it asks of the body, as posted."),
    FIELD(struct visit_next, heads, INT, .see = EYES, .put = NOBODY, .doc = "People wanted, as posted."),
    FIELD(struct visit_next, state, ENUM, .choices = states, .see = EYES, .put = NOBODY, .doc = "State of the post."),
    FIELD(struct visit_next, findings, TEXT, .see = EYES, .put = NOBODY, .doc = "What screening found."),
    FIELD(struct visit_next, start_ms, MS, .see = EYES, .put = NOBODY, .doc = "Its next shift."),
    FIELD(struct visit_next, end_ms, MS, .see = EYES, .put = NOBODY, .doc = "Its end."),
    FIELD(struct visit_next, seen_ms, MS, .see = EYES, .put = NOBODY, .doc = "Last visit."),
    FIELD(struct visit_next, risk, INT, .see = EYES, .put = NOBODY, .virt = true, .doc = "Points: more, sooner."),
    FIELD(struct visit_next, why, MASK, .choices = whys, .see = EYES, .put = NOBODY, .virt = true, .doc = "What the points stand for."),
    {0}};
const struct record visit_next_record = {"visit_next", sizeof(struct visit_next), fields, "A workplace to see."};

static int by_risk(const void *x, const void *y)
{
    const struct visit_next *a = x, *b = y;
    if (a->risk != b->risk)
        return a->risk > b->risk ? -1 : 1;
    return a->id < b->id ? -1 : a->id > b->id;
}

enum err visit_next(struct request *rq)
{
    struct visit_next *v;
    size_t n, kept = 0;
    enum err e = visit_next_list(rq, staff_reach(rq), &v, &n);
    for (size_t i = 0; !e && i < n; i++) {
        if (!staff_covers(rq, v[i].city, v[i].district, 0))
            continue;
        bool stopped = v[i].state == JOB_HELD;
        v[i].risk = visit_risk(&(struct risk_facts){.stopped = stopped, .complaints = v[i].complaints, .visits = v[i].visits,
                                                    .waiting = stopped || v[i].state == JOB_SUBMITTED, .start_ms = v[i].start_ms,
                                                    .now_ms = rq->now_ms},
                               &v[i].why);
        v[kept++] = v[i];
    }
    if (!e && kept)
        qsort(v, kept, sizeof *v, by_risk);
    return e ? e : reply_items(rq, &visit_next_record, v, kept, 0);
}
