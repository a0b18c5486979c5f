/* workers.c - N people who each hold a place on a shift that begins now and are signed in: what
 * check-ins are measured with. Prints the id of the shift, then "HIRE TOKEN" a line.
 * Usage: workers N, with LINGJI_DATA naming the folder. */
#include <stdio.h>
#include <stdlib.h>

#include "base/cal.h"
#include "cmd/cmd.h"
#include "feature/account/account.h"
#include "feature/hire/hire_store.h"
#include "feature/job/job.h"
#include "feature/person/person.h"

extern char **environ;
enum { GROUP = 500 };

struct crew {
    struct job job;
    int64_t from, to, n;
};

static enum err open_shift(struct request *rq)
{
    struct crew *c = rq->object;
    c->job = (struct job){.id = new_id(rq), .city = rq->city, .district = 440105, .employer_id = new_id(rq),
                          .employer_name = S("锦裳制衣厂"), .title = S("成衣查衫包装"), .address = S("海珠区凤阳街"),
                          .text = S("剪线头、查次品、折叠入袋,有人教"), .pay_unit = PAY_HOUR, .pay_fen = 2600,
                          .valid_to = cal_day(rq->now_ms) + 3, .source = S("bench"), .source_id = S("1"),
                          .made_ms = rq->now_ms};
    struct shift s = {.id = new_id(rq), .city = rq->city, .job_id = c->job.id, .start_ms = rq->now_ms,
                      .end_ms = rq->now_ms + 8 * HOUR_MS, .cap = c->n, .taken = c->n};
    c->job.shift_id = s.id;
    c->job.start_ms = s.start_ms;
    c->job.end_ms = s.end_ms;
    enum err e = job_add(rq, &c->job);
    printf("%lld\n", (long long)s.id);
    return e ? e : shift_add(rq, &s);
}

static enum err add_worker(struct request *rq, const struct job *j, int64_t i)
{
    int64_t account;
    struct str token;
    struct person p = {.id = new_id(rq), .city = rq->city, .district = j->district, .name = S("王某"),
                       .phone = str_fmt(rq->a, "19%09lld", (long long)i), .made_ms = rq->now_ms};
    struct hire h = {.id = new_id(rq), .city = rq->city, .shift_id = j->shift_id, .job_id = j->id,
                     .employer_id = j->employer_id, .person_id = p.id, .title = j->title,
                     .employer_name = j->employer_name, .address = j->address,
                     .terms = S("工作:成衣查衫包装\n地点:海珠区凤阳街\n时间:今天 09:00-17:00\n每小时 26 元\n干完当天结"),
                     .pay_unit = j->pay_unit, .pay_fen = j->pay_fen, .start_ms = j->start_ms, .end_ms = j->end_ms,
                     .break_min = 30, .made_ms = rq->now_ms};
    enum err e = person_add(rq, &p);
    if (!e)
        e = hire_add(rq, &h);
    if (!e)
        e = account_for_phone(rq, p.phone, &account);
    if (!e)
        e = account_tie_person(rq, account, p.id);
    if (!e)
        e = account_open_session(rq, account, 1, &token);
    if (!e)
        printf("%lld %.*s\n", (long long)h.id, SV(token));
    return e;
}

static enum err add_group(struct request *rq)
{
    struct crew *c = rq->object;
    enum err e = OK;
    for (int64_t i = c->from; !e && i < c->to; i++)
        e = add_worker(rq, &c->job, i);
    return e;
}

int main(int argc, char **argv)
{
    struct arena a;
    struct config config;
    struct app app = {.demo = true};
    struct str why = S("");
    struct crew c = {.n = argc > 1 ? strtoll(argv[1], NULL, 10) : 1000};
    arena_init(&a, 0);
    if (config_load(&a, S(""), (const char *const *)environ, &config, &why) || app_open(&a, &app, &config, &why))
        return cmd_fail("%.*s", SV(why));
    BUG_ON(app_write(&app, data_claim, NULL));
    BUG_ON(app_write(&app, open_shift, &c));
    for (c.from = 0; c.from < c.n; c.from = c.to) {
        c.to = c.from + GROUP < c.n ? c.from + GROUP : c.n;
        BUG_ON(app_write(&app, add_group, &c));
    }
    app_close(&app);
    arena_done(&a);
    return 0;
}
