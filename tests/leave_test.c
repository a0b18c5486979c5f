/* leave_test.c - invariant I17: of somebody who has left nothing stands anywhere, whatever table it went through; the books,
 * the audit and what others did with him stay whole. The walk finds tables and sealed fields by itself. */
#include <string.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/hire/hire.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "http/store.h"
#include "record/seal.h"
#include "test.h"

/* What is known of him and of him alone. The last two stand in a letter and in an answer kept for a replay alone. */
static const char *const canaries[] = {"金木水火", "13876543210", "440102199003072976", "老父偏瘫在家", "河边老屋二楼", "孩子没人接送", "下周带简历来", "健字七七八九",
                                       "街道认定第七号", "工头借酒骂人", "老板娘说他手慢", "执照在老家", "木水火有信来", "答复里写着他"};
enum { CANARIES = sizeof canaries / sizeof *canaries };

/* ---- every value of every table ---- */

struct walk {
    struct town *t;
    int64_t id; /* his number */
    bool seen[CANARIES];
    int64_t tables, with_id, elsewhere; /* with_id: rows with his number; of these in tables that should not have it */
};

/* What stays is bound to his number here, and nowhere else. */
static const char *const bound[] = {"hire", "complaint", "offer", "hall_log", "audit", "change"};

static void look_for(struct walk *w, struct str text)
{
    for (size_t i = 0; i < CANARIES; i++)
        w->seen[i] |= str_find(text, str_c(canaries[i])) >= 0;
}

/* Sealed without a record that says so. */
static const struct {
    const char *table, *where, *column;
} also_sealed[] = {{"account", "account", "phone"}, {"account", "account", "totp"}, {"outbox", "outbox", "phone"}, {"outbox", "outbox", "message"},
                   {"print_job", "print_job", "bytes"}, {"hire_said", "hire_said", "reason"}, {"picture", "picture", "voice"}};

/* With any number of the row as its id, since columns have no names here. */
static bool opens(struct walk *w, struct arena *a, const struct val *row, size_t cols, struct str sealed, struct seal_where at_first)
{
    struct str text;
    for (size_t i = 0; i < cols; i++) {
        at_first.id = row[i].kind == VAL_INT ? row[i].i : 0;
        if (!seal_get(w->t->app.seal, a, at_first, sealed, &text))
            continue;
        look_for(w, text);
        return true;
    }
    return false;
}

static bool open_by_record(struct walk *w, struct arena *a, const char *table, const struct val *row, size_t cols, struct str sealed)
{
    for (size_t i = 0; features[i]; i++)
        for (const struct record *const *r = features[i]->records; r && *r; r++)
            for (const struct field *f = (*r)->fields; f->name && !strcmp((*r)->name, table); f++)
                if (f->seal != OPEN && opens(w, a, row, cols, sealed, (struct seal_where){table, f->name, w->t->app.city, 0}))
                    return true;
    for (size_t i = 0; i < sizeof also_sealed / sizeof *also_sealed; i++)
        if (!strcmp(also_sealed[i].table, table) &&
            opens(w, a, row, cols, sealed, (struct seal_where){also_sealed[i].where, also_sealed[i].column, w->t->app.city, 0}))
            return true;
    return false;
}

/* An answer kept for a replay is sealed to its key and its caller. */
static bool open_answer(struct walk *w, struct arena *a, const struct val *row, size_t cols, struct str sealed)
{
    struct str key = cols > 2 && row[1].kind == VAL_TEXT ? row[1].s : S(""), who = cols > 2 && row[2].kind == VAL_TEXT ? row[2].s : S("");
    return opens(w, a, row, cols, sealed, (struct seal_where){"idem", str_z(a, str_fmt(a, "%.*s of %.*s", SV(key), SV(who))), w->t->app.city, 0});
}

/* Look-up keys and digests are shorter than anything sealed. */
enum { DIGEST = 32 };

static void read_row(struct walk *w, struct arena *a, const char *table, const struct val *row, size_t cols)
{
    bool kept = false, has = false;
    for (size_t i = 0; i < sizeof bound / sizeof *bound; i++)
        kept |= !strcmp(bound[i], table);
    for (size_t c = 0; c < cols; c++)
        has |= row[c].kind == VAL_INT && row[c].i == w->id;
    w->with_id += has;
    w->elsewhere += has && !kept;
    for (size_t c = 0; c < cols; c++) {
        if (row[c].kind == VAL_TEXT)
            look_for(w, row[c].s);
        if (row[c].kind != VAL_BLOB || row[c].s.n <= DIGEST)
            continue;
        look_for(w, row[c].s);
        if (!open_by_record(w, a, table, row, cols, row[c].s) && !(!strcmp(table, "idem") && open_answer(w, a, row, cols, row[c].s)))
            test_fail(__FILE__, __LINE__, table); /* sealed by a name that this walk does not know */
    }
}

static enum err read_tables(struct request *rq)
{
    static const char head[] = "CREATE TABLE ";
    static struct query all[64]; /* a connection knows a statement by where its query lies */
    struct walk *w = rq->object;
    size_t n;
    const struct migration *m = app_migrations(rq->a, &n);
    for (size_t i = 0; i < n; i++)
        for (struct str sql = m[i].sql; str_find(sql, str_c(head)) >= 0;) {
            sql = str_sub(sql, (size_t)str_find(sql, str_c(head)) + sizeof head - 1, sql.n);
            struct str rest = sql, name = str_cut(&rest, ' ');
            struct rows rows;
            struct query *q = &all[w->tables];
            *q = (struct query){str_z(&w->t->a, str_fmt(rq->a, "t.walk_%.*s", SV(name))), str_z(&w->t->a, str_fmt(rq->a, "SELECT * FROM %.*s", SV(name)))};
            CHECK_EQ(db_rows(rq->tx, rq->a, q, NO_ARGS, &rows), OK);
            for (size_t r = 0; r < rows.n; r++)
                read_row(w, rq->a, str_z(rq->a, name), row_at(&rows, r), rows.cols);
            w->tables++;
        }
    return OK;
}

static struct walk walk(struct town *t, int64_t id)
{
    struct walk w = {.t = t, .id = id};
    CHECK(app_read(&t->app, read_tables, &w) == OK);
    CHECK(w.tables >= 36);
    return w;
}

/* ---- one of each kind, through the routes that take them ---- */

struct life {
    struct str desk, boss, worker, other;
    int64_t person, mate, employer;
    struct str id, hire, shift, next, asked; /* three days: worked, called off, asked for */
    const char *self;
};

static void post_day(struct town *t, struct life *l, int day, struct str *ret_shift)
{
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"明处的车位 %d\",\"trade\":\"sewing\",\"text\":\"会平车和锁边\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"start_ms\":"
        "\"2026-11-%dT08:30:00+08:00\",\"end_ms\":\"2026-11-%dT17:30:00+08:00\",\"break_min\":60,\"cap\":2,\"valid_to\":\"2026-11-30\"}", day, day, day)), l->boss);
    CHECK_EQ(a.status, 201);
    *ret_shift = json_value(t, a.body, "shift_id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", l->desk).status, 204);
}

static struct str take(struct town *t, struct life *l, struct str shift)
{
    return town_made(t, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", l->worker);
}

static struct life life_of(struct town *t)
{
    struct life l;
    t->app.demo = true; /* the code of a sign-in is known */
    l.desk = town_staff(t, CONSULTANT, 440105);
    l.boss = town_employer(t, "锦裳制衣厂", &l.employer);
    l.worker = town_seeker(t, "13876543210", &l.person);
    l.other = town_seeker(t, "13611122233", &l.mate);
    l.id = str_fmt(&t->a, "%lld", (long long)l.person);
    l.self = town_at(t, "/api/v1/people/", l.id, "");
    post_day(t, &l, 25, &l.shift);
    post_day(t, &l, 26, &l.next);
    post_day(t, &l, 28, &l.asked);
    return l;
}

/* As the router keeps what a desk was answered. */
static enum err keep_answer(struct request *rq, const char *key, struct str body)
{
    rq->idem_key = str_c(key);
    rq->reply = (struct reply){.kind = REPLY_BYTES, .status = 201, .type = "application/json", .body = body};
    return idem_keep(rq, S("h"));
}

static enum err kept_answers(struct request *rq)
{
    rq->idem_key = S("his");
    CHECK_EQ(idem_find(rq, S("h")), ERR_NONE);
    rq->idem_key = S("another's");
    CHECK_EQ(idem_find(rq, S("h")), OK);
    rq->idem_key = S("");
    return OK;
}

/* What went to others is with them; one letter waits for him, and he was placed in the night. */
static enum err write_letters(struct request *rq)
{
    static const struct query placed = {"t.placed", "INSERT INTO proposal (city, person_id, shift_id, day) VALUES ($1, $2, 1, 1)"};
    CHECK_EQ(db_run(rq->tx, &placed, ARGS(I(rq->city), I(*(int64_t *)rq->object)), NULL), OK);
    static const struct query sent = {"t.sent", "DELETE FROM outbox WHERE city = $1"};
    CHECK_EQ(db_run(rq->tx, &sent, ARGS(I(rq->city)), NULL), OK);
    CHECK_EQ(keep_answer(rq, "his", str_fmt(rq->a, "{\"person_id\":\"%lld\",\"step\":\"答复里写着他\"}", (long long)*(int64_t *)rq->object)), OK);
    CHECK_EQ(keep_answer(rq, "another's", S("{\"person_id\":\"1\"}")), OK);
    rq->idem_key = S("");
    return notice_send(rq, S("13876543210"), "offer.seated", S("木水火有信来"));
}

static const char other_firm[] = "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726XG\",\"district\":440105,\"address\":\"凤阳街1号\",\"contact\":\"诸葛掌柜\","
                                 "\"phone\":\"13655556666\"}";

static void tell(struct town *t, struct life *l)
{
    const char *with = str_z(&t->a, str_fmt(&t->a, "{\"name\":\"金木水火\",\"id_number\":\"440102199003072976\",\"note\":\"老父偏瘫在家\","
        "\"home_text\":\"河边老屋二楼\",\"partner_id\":\"%lld\",\"together\":\"prefer\"}", (long long)l->mate));
    CHECK_EQ(town_call(t, POST, l->self, with, l->desk).status, 200);
    town_made(t, town_at(t, l->self, S("/talks"), ""), "{\"note\":\"孩子没人接送\",\"step\":\"下周带简历来\"}", l->desk);
    town_made(t, town_at(t, l->self, S("/support"), ""), "{\"what\":\"landless\",\"reason\":\"街道认定第七号\"}", l->desk);
    town_made(t, town_at(t, l->self, S("/certificates"), ""), "{\"paper\":\"health\",\"to_day\":\"2027-01-01\",\"number\":\"健字七七八九\"}", l->desk);
    town_made(t, town_at(t, l->self, S("/away"), ""), "{\"from_day\":\"2026-12-24\"}", l->worker);
    CHECK_EQ(town_call(t, POST, town_at(t, l->self, S("/slip"), ""), "{}", l->desk).status / 100, 2);
    struct str firm = town_made(t, "/api/v1/employers", other_firm, l->desk);
    town_made(t, "/api/v1/employer-claims", town_at(t, "{\"employer_id\":\"", firm, "\",\"contact\":\"执照在老家\"}"), l->worker);
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13876543210\"}", S("")).status, 204);
    CHECK_EQ(town_call(t, POST, "/api/v1/hall/say", town_at(t, "{\"person_id\":\"", l->id, "\"}"), l->desk).status, 204);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", l->asked, "/invite"), town_at(t, "{\"person_id\":\"", l->id, "\"}"), l->desk).status / 100, 2);
}

/* Worked, agreed, paid and come; the employer called another day off through the desk. */
static void work(struct town *t, struct life *l)
{
    struct str off = take(t, l, l->next);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", off, "/cancel"), "{\"side\":\"employer\",\"reason\":\"老板娘说他手慢\"}", l->desk).status, 200);
    l->hire = take(t, l, l->shift);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 18 * 60);
    const char *confirm = town_at(t, "/api/v1/hires/", l->hire, "/confirm");
    CHECK_EQ(town_call(t, POST, confirm, "{\"minutes\":480}", l->worker).status, 200);
    CHECK_EQ(town_call(t, POST, confirm, "{\"minutes\":480}", l->boss).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", l->hire, "/paid"), "{\"how\":\"cash\"}", l->boss).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", l->hire, "/received"), "{\"yes\":true}", l->worker).status, 200);
    town_made(t, town_at(t, "/api/v1/hires/", l->hire, "/block"), "{\"reason\":\"工头借酒骂人\"}", l->worker);
}

/* Two complaints, one of them before he signed in; both are closed. */
static void complain(struct town *t, struct life *l)
{
    struct str c[2] = {town_made(t, "/api/v1/complaints", town_at(t, "{\"what\":\"rude\",\"about\":\"我叫金木水火,工头骂人\",\"hire_id\":\"", l->hire, "\"}"), l->worker),
                       town_made(t, "/api/v1/complaints", "{\"what\":\"other\",\"about\":\"打我 13876543210\",\"phone\":\"138 7654 3210\"}", S(""))};
    struct str mediator = town_staff(t, MEDIATOR, 0);
    for (int i = 0; i < 2; i++) {
        struct answer a = town_call(t, POST, town_at(t, l->self, S("/leave"), ""), "{\"sure\":true}", l->worker);
        CHECK_EQ(a.status, 409);
        CHECK(str_find(a.body, S("leave_complaint")) > 0);
        CHECK(str_find(town_call(t, GET, "/me/leave", "", l->worker).body, S("您的投诉还没有办完")) > 0);
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/complaints/", c[i], "/close"), "{\"result\":\"upheld\",\"reason\":\"跟金木水火说清楚了\"}", mediator).status, 204);
    }
}

static int64_t count(struct town *t, const char *path, const char *what, struct str token)
{
    struct str body = town_call(t, GET, path, "", token).body;
    int64_t n = 0;
    for (ptrdiff_t i; (i = str_find(body, str_c(what))) >= 0; n++)
        body = str_sub(body, (size_t)i + 1, body.n);
    return n;
}

/* What others did with him is there, and says so in both languages. */
static void stays(struct town *t, struct life *l)
{
    const char *slip = town_at(t, "/my/", l->hire, "/slip"), *day = town_at(t, "/my/", l->hire, ""), *hires = "/api/v1/employer/hires?days=31";
    CHECK(count(t, hires, "已注销的人", l->boss) >= 1);
    CHECK_EQ(count(t, hires, "\"wage_fen\":20800", l->boss), 1);
    CHECK_EQ(count(t, slip, "已注销的人", l->boss), 1);
    CHECK_EQ(count(t, slip, "已注销的人", l->desk), 1);
    CHECK_EQ(count(t, day, "已注销的人", l->boss), 1);
    t->lang = LANG_EN;
    CHECK_EQ(count(t, slip, "a person who has left", l->boss), 1);
    CHECK(count(t, hires, "a person who has left", l->boss) >= 1);
    t->lang = LANG_ZH;
    struct str mediator = town_staff(t, MEDIATOR, 0);
    CHECK_EQ(count(t, "/api/v1/complaints", "我叫***,工头骂人", mediator), 1);
    CHECK_EQ(count(t, "/api/v1/complaints", "跟***说清楚了", mediator), 2);
    CHECK_EQ(town_call(t, GET, l->self, "", l->desk).status, 404);
    CHECK_EQ(count(t, town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)l->mate), ""), str_z(&t->a, l->id), l->desk), 0); /* alone again */
}

/* The number is free: whoever has it now begins anew. */
static void comes_again(struct town *t, struct life *l)
{
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13876543210\"}", S("")).status, 204);
    struct str again = town_call(t, POST, "/api/v1/sign-in/code", "{\"phone\":\"13876543210\",\"code\":\"123456\"}", S("")).token;
    struct str id = town_made(t, "/api/v1/people", "{\"name\":\"新人\",\"age_said\":\"adult\"}", again);
    CHECK(id.n && !str_eq(id, l->id));
    CHECK_EQ(count(t, "/api/v1/my/hires", "\"id\"", again), 0);
    CHECK_EQ(count(t, "/my", "明处的车位", again), 0);
    CHECK_EQ(count(t, "/api/v1/my/offers", "\"id\"", again), 0);
    CHECK_EQ(count(t, "/api/v1/employer-claims/mine", "\"id\"", again), 0);
    CHECK_EQ(town_call(t, GET, town_at(t, "/my/", l->hire, ""), "", again).status, 404);
    CHECK_EQ(town_call(t, GET, "/my", "", l->worker).status / 100, 3); /* the old session is nobody's */
}

static void nothing_left(struct town *t, int64_t id)
{
    struct walk w = walk(t, id);
    CHECK(w.with_id > 0);
    CHECK_EQ(w.elsewhere, 0);
    for (size_t i = 0; i < CANARIES; i++)
        if (w.seen[i])
            test_fail(__FILE__, __LINE__, canaries[i]);
}

/* ---- a day to think better of it ---- */

static void pass(struct town *t, int64_t ms)
{
    t->now_ms += ms;
    CHECK(person_feature.timers->outside(&t->app) == OK);
}

static void asks(struct town *t, struct life *l)
{
    CHECK_EQ(town_call(t, POST, town_at(t, l->self, S("/leave"), ""), "{\"sure\":true}", l->worker).status, 204);
}

/* Who has asked is there, and gone a day later. */
static void goes(struct town *t, struct life *l)
{
    asks(t, l);
    CHECK_EQ(town_call(t, GET, l->self, "", l->desk).status, 200);
    pass(t, DAY_MS);
    CHECK_EQ(town_call(t, GET, l->self, "", l->desk).status, 404);
}

static enum err letters(struct request *rq)
{
    static const struct query q = {"t.letters", "SELECT id, message FROM outbox WHERE city = $1 ORDER BY id"};
    struct rows rows;
    struct str text;
    CHECK_EQ(db_rows(rq->tx, rq->a, &q, ARGS(I(rq->city)), &rows), OK);
    for (size_t i = 0; i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        CHECK(seal_get(rq->app->seal, rq->a, (struct seal_where){"outbox", "message", rq->city, val_i64(v)}, val_str(v + 1), &text));
        *(int64_t *)rq->object += str_find(text, S("注销")) >= 0;
    }
    return OK;
}

static int64_t told(struct town *t)
{
    int64_t n = 0;
    CHECK(app_read(&t->app, letters, &n) == OK);
    return n;
}

static void thinks_again(struct town *t)
{
    struct life l = life_of(t);
    const char *stay = town_at(t, l.self, S("/stay"), "");
    asks(t, &l);
    CHECK_EQ(told(t), 1); /* the number knows */
    CHECK(str_find(town_call(t, GET, "/me/leave", "", l.worker).body, S("明天 09:00")) > 0);
    pass(t, DAY_MS / 2);
    asks(t, &l); /* twice is once */
    CHECK_EQ(told(t), 1);
    CHECK_EQ(town_call(t, POST, stay, "{}", l.other).status / 100, 4);
    struct answer a = town_browse(t, POST, stay, "x=", l.worker);
    CHECK_EQ(a.status, 303);
    l.worker = a.token; /* a browser's is new after hours */
    CHECK_EQ(count(t, "/me/leave", "我要注销", l.worker), 1);
    pass(t, DAY_MS);
    CHECK_EQ(town_call(t, GET, l.self, "", l.worker).status, 200);
    asks(t, &l);
    pass(t, DAY_MS - 1);
    CHECK_EQ(town_call(t, GET, l.self, "", l.worker).status, 200);
    pass(t, 1);
    CHECK_EQ(town_call(t, GET, l.self, "", l.desk).status, 404);
    CHECK_EQ(count(t, "/api/v1/audit?object=person", "\"person gone\"", town_staff(t, AUDITOR, 0)), 1);
    CHECK_EQ(town_call(t, GET, "/my", "", l.worker).status / 100, 3);
}

TEST(who_asks_to_leave_has_a_day_to_think_better_of_it_and_his_number_is_told)
{
    each_town(thinks_again);
}

/* Whoever has the phone may ask; the desk that hears of it ends that too. */
static void stolen(struct town *t)
{
    struct life l = life_of(t);
    asks(t, &l);
    CHECK_EQ(town_call(t, POST, town_at(t, l.self, S("/sign-out"), ""), "{\"reason\":\"手机丢了,看过证件\"}", l.desk).status, 204);
    pass(t, DAY_MS);
    CHECK_EQ(town_call(t, GET, l.self, "", l.desk).status, 200);
}

TEST(a_phone_that_a_desk_was_told_is_lost_lets_nobody_leave)
{
    each_town(stolen);
}

static void works_again(struct town *t)
{
    struct life l = life_of(t);
    asks(t, &l);
    take(t, &l, l.next);
    pass(t, DAY_MS);
    CHECK_EQ(town_call(t, GET, l.self, "", l.worker).status, 200);
    CHECK_EQ(told(t), 2); /* and that nothing came of it */
    pass(t, 9 * (int64_t)DAY_MS); /* it is not remembered */
    CHECK_EQ(town_call(t, GET, l.self, "", l.worker).status, 200);
}

TEST(who_takes_work_after_he_asked_to_leave_stays)
{
    each_town(works_again);
}

/* ---- and goes ---- */

static void leaves(struct town *t)
{
    struct life l = life_of(t);
    tell(t, &l);
    work(t, &l);
    complain(t, &l);
    CHECK(app_write(&t->app, write_letters, &l.person) == OK);
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13876543210\"}", S("")).status, 204);
    struct walk before = walk(t, l.person);
    CHECK(before.elsewhere > 0);
    for (size_t i = 0; i < CANARIES; i++)
        if (!before.seen[i])
            test_fail(__FILE__, __LINE__, canaries[i]); /* else the walk proves nothing */
    const char *leave = town_at(t, l.self, S("/leave"), ""), *offers = town_at(t, "/api/v1/shifts/", l.asked, "/offers");
    CHECK_EQ(count(t, offers, "\"state\":\"offered\"", l.desk), 1);
    CHECK(str_find(town_call(t, GET, "/me/leave", "", l.worker).body, S("我要注销")) > 0);
    CHECK_EQ(count(t, "/me/leave", "name=\"sure\"", l.worker), 0);
    CHECK_EQ(count(t, "/me/leave?ask=1", "name=\"sure\" value=\"on\"", l.worker), 1); /* asked once more */
    struct answer a = town_browse(t, POST, leave, "sure=", l.worker);
    CHECK_EQ(a.status, 409);
    CHECK_EQ(town_call(t, GET, l.self, "", l.worker).status, 200);
    a = town_browse(t, POST, leave, "sure=on", l.worker);
    CHECK_EQ(a.status, 303);
    CHECK_STR(a.location, S("/me/leave"));
    pass(t, DAY_MS);
    nothing_left(t, l.person);
    CHECK(app_read(&t->app, kept_answers, NULL) == OK);
    CHECK_EQ(count(t, offers, "\"state\":\"offered\"", l.desk), 0);
    CHECK(town_sound(t));
    stays(t, &l);
    comes_again(t, &l);
}

TEST(of_somebody_who_has_left_nothing_stands_in_any_table_and_the_books_stay_whole)
{
    each_town(leaves);
}

/* ---- what is to be done first ---- */

static void held(struct town *t, struct life *l, const char *rule)
{
    struct answer a = town_call(t, POST, town_at(t, l->self, S("/leave"), ""), "{\"sure\":true}", l->worker);
    CHECK_EQ(a.status, 409);
    if (str_find(a.body, str_c(rule)) < 0)
        test_fail(__FILE__, __LINE__, rule);
    CHECK_EQ(count(t, "/me/leave", "我要注销", l->worker), 0);
    CHECK_EQ(count(t, "/me/leave?ask=1", "name=\"sure\"", l->worker), 0);
    CHECK_EQ(count(t, "/me/leave", town_at(t, "href=\"/my/", l->hire, "\""), l->worker), 1);
}

static void holds(struct town *t)
{
    struct life l = life_of(t);
    l.hire = take(t, &l, l.shift);
    const char *confirm = town_at(t, "/api/v1/hires/", l.hire, "/confirm"), *received = town_at(t, "/api/v1/hires/", l.hire, "/received");
    held(t, &l, "leave_day");
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 18 * 60);
    held(t, &l, "leave_numbers"); /* nobody has said anything yet */
    CHECK_EQ(town_call(t, POST, confirm, "{\"minutes\":480}", l.worker).status, 200);
    held(t, &l, "leave_numbers");
    CHECK_EQ(town_call(t, POST, confirm, "{\"minutes\":480}", l.boss).status, 200);
    held(t, &l, "leave_wage");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", l.hire, "/paid"), "{\"how\":\"cash\"}", l.boss).status, 200);
    held(t, &l, "leave_receipt");
    CHECK_EQ(town_call(t, POST, received, "{\"yes\":false}", l.worker).status, 200);
    held(t, &l, "leave_dispute");
    CHECK_EQ(town_call(t, POST, received, "{\"yes\":true}", l.worker).status, 200);
    goes(t, &l);
}

TEST(nobody_leaves_before_his_days_and_wages_are_settled)
{
    each_town(holds);
}

/* A place that nobody ever answered for does not hold him for ever. */
static void forgotten(struct town *t)
{
    struct life l = life_of(t);
    l.hire = take(t, &l, l.shift);
    t->now_ms += 20 * (int64_t)DAY_MS;
    asks(t, &l);
    pass(t, DAY_MS);
    CHECK_EQ(town_call(t, GET, "/my", "", l.worker).status / 100, 3);
}

TEST(a_day_that_nobody_answered_for_holds_nobody_after_its_week)
{
    each_town(forgotten);
}

/* ---- at the desk ---- */

static void at_desk(struct town *t)
{
    struct life l = life_of(t);
    const char *leave = town_at(t, l.self, S("/leave"), ""), *people = town_at(t, "/api/v1/shifts/", l.asked, "/people");
    CHECK_EQ(count(t, people, str_z(&t->a, l.id), l.desk), 1);
    CHECK_EQ(town_call(t, POST, leave, "{\"sure\":true}", l.desk).status, 422); /* with a reason */
    CHECK_EQ(town_call(t, POST, leave, "{\"sure\":true,\"reason\":\"本人来了,看过证件\"}", l.other).status / 100, 4);
    CHECK_EQ(town_call(t, POST, leave, "{\"sure\":true,\"reason\":\"本人来了,看过证件\"}", town_staff(t, CONSULTANT, 440106)).status, 404);
    CHECK_EQ(town_call(t, POST, leave, "{\"reason\":\"本人来了,看过证件\"}", l.desk).status, 409);
    CHECK_EQ(town_call(t, POST, leave, "{\"sure\":true,\"reason\":\"本人来了,看过证件\"}", l.desk).status, 204);
    CHECK_EQ(town_call(t, GET, l.self, "", l.desk).status, 404);
    CHECK_EQ(count(t, people, str_z(&t->a, l.id), l.desk), 0); /* the engine knows him no longer */
    CHECK_EQ(town_call(t, GET, "/my", "", l.worker).status / 100, 3);
    CHECK(count(t, "/api/v1/audit", "本人来了,看过证件", town_staff(t, AUDITOR, 0)) == 1);
}

TEST(a_desk_lets_somebody_leave_who_has_asked_for_it_and_says_how_it_knew)
{
    each_town(at_desk);
}

/* Whoever also hires keeps the account that hires. */
static void hires_too(struct town *t)
{
    struct life l = life_of(t);
    town_made(t, "/api/v1/employers", other_firm, l.worker);
    goes(t, &l);
    CHECK_EQ(town_call(t, GET, "/api/v1/employer/hires", "", l.worker).status, 200);
    CHECK_EQ(town_call(t, GET, "/api/v1/my/hires", "", l.worker).status / 100, 4);
}

TEST(who_also_hires_leaves_as_a_worker_alone)
{
    each_town(hires_too);
}
