/* notice_test.c - letters leave once their driver said yes, and wait when it did not. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/account/account_rules.h"
#include "feature/notice/notice.h"
#include "feature/notice/notice_store.h"
#include "http/config.h"
#include "test.h"

static struct str outbox(struct town *t)
{
    char *p = arena_alloc(&t->a, 1 << 15);
    int fd = open(str_z(&t->a, str_fmt(&t->a, "%.*s/outbox.txt", SV(t->config.data))), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, p, 1 << 15) : 0;
    if (fd >= 0)
        close(fd);
    return (struct str){p, n > 0 ? (size_t)n : 0};
}

static void ask_for_code(struct town *t)
{
    struct answer r = town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13900000007\"}", S(""));
    CHECK(r.status == 204);
}

static void kept_until_sent(struct town *t)
{
    t->config.code_driver = S("http");
    t->config.code_url = S("http://127.0.0.1:1/send");
    ask_for_code(t);
    CHECK(notice_send_due(&t->app) == OK); /* nobody there */
    t->config.code_driver = S("file");
    CHECK(notice_send_due(&t->app) == OK); /* not yet due again */
    CHECK(outbox(t).n == 0);
    t->now_ms += MIN_MS;
    CHECK(notice_send_due(&t->app) == OK);
    CHECK(str_starts(outbox(t), S("13900000007\t")));
    size_t once = outbox(t).n;
    t->now_ms += 10 * MIN_MS;
    CHECK(notice_send_due(&t->app) == OK);
    CHECK(outbox(t).n == once);
}
TEST(a_message_waits_for_its_driver_and_leaves_once)
{
    each_town(kept_until_sent);
}

static enum err tell_two_lines(struct request *rq)
{
    return notice_send(rq, S("13900000008"), "hire.called_off", S("洗碗工\n13700009999\t【银行】\\请转账"));
}

static void one_line(struct town *t)
{
    t->config.code_driver = S("file");
    CHECK(app_write(&t->app, tell_two_lines, NULL) == OK);
    CHECK(notice_send_due(&t->app) == OK);
    struct str all = outbox(t), line = str_cut(&all, '\n');
    CHECK(str_find(line, S("洗碗工\\n13700009999\\x09【银行】\\x5c请转账")) > 0);
    CHECK_STR(all, S(""));
}
TEST(a_letter_is_one_line_of_the_file_whatever_stands_in_it)
{
    each_town(one_line);
}

static enum err tell_many(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < 3 * LETTERS; i++)
        e = notice_send(rq, str_fmt(rq->a, "138000000%02d", i), "hire.called_off", S("洗碗工"));
    return e;
}

static void codes_first(struct town *t)
{
    CHECK(app_write(&t->app, tell_many, NULL) == OK);
    t->now_ms += 1000;
    ask_for_code(t);
    t->config.code_driver = S("file");
    CHECK(notice_send_due(&t->app) == OK);
    struct str all = outbox(t), line = str_cut(&all, '\n');
    CHECK(str_starts(line, S("13900000007\t")));
    CHECK(str_find(line, str_fmt(&t->a, "%d分钟", CODE_MS / 60000)) > 0);
    size_t lines = 0;
    for (; all.n; lines++)
        str_cut(&all, '\n');
    CHECK_EQ(lines, 3 * LETTERS); /* all of them, not one full hand */
}
TEST(a_code_does_not_wait_behind_other_letters)
{
    each_town(codes_first);
}

static void codes_end(struct town *t)
{
    ask_for_code(t);
    t->now_ms += CODE_MS;
    t->config.code_driver = S("file");
    CHECK(notice_send_due(&t->app) == OK);
    CHECK_STR(outbox(t), S(""));
    t->now_ms -= CODE_MS; /* nor kept for later */
    CHECK(notice_send_due(&t->app) == OK);
    CHECK_STR(outbox(t), S(""));
}
TEST(a_code_that_nobody_can_use_any_more_is_not_sent)
{
    each_town(codes_end);
}

static enum err tell_one(struct request *rq)
{
    return notice_send(rq, S("13911110005"), "offer.full", S("洗碗工"));
}

/* What the next letter says to him. */
static struct str letter(struct town *t)
{
    struct letters *l = NEW(&t->a, struct letters);
    l->a = &t->a;
    CHECK(app_write(&t->app, tell_one, NULL) == OK && app_write(&t->app, notice_claim, l) == OK);
    return l->n ? l->v[0].text : S("");
}

static void own_language(struct town *t)
{
    int64_t person;
    CHECK(str_starts(letter(t), S("零集"))); /* of whom nothing is known */
    struct str seeker = town_seeker(t, "13911110005", &person);
    t->lang = LANG_EN;
    CHECK_EQ(town_call(t, GET, "/my", "", seeker).status, 200); /* a program, that says whatever its maker wrote */
    CHECK(str_starts(letter(t), S("零集")));
    CHECK_EQ(town_browse(t, GET, "/my", "", seeker).status, 200);
    CHECK(str_starts(letter(t), S("Lingji: ")));
    t->lang = LANG_ZH;
    CHECK_EQ(town_browse(t, GET, "/my", "", seeker).status, 200);
    CHECK(str_starts(letter(t), S("零集")));
    t->app.demo = true;
    t->lang = LANG_EN;
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13911110005\"}", S("")).status, 204);
    t->config.code_driver = S("file");
    CHECK(notice_send_due(&t->app) == OK);
    CHECK(str_find(outbox(t), S("13911110005\tLingji code 123456")) >= 0);
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in/code", "{\"phone\":\"13911110005\",\"code\":\"123456\"}", S("")).status, 200);
    CHECK(str_starts(letter(t), S("Lingji: ")));
}
TEST(a_letter_is_in_the_language_in_which_whoever_gets_it_was_here_last)
{
    each_town(own_language);
}

static enum err end_lost(struct request *rq)
{
    return notice_end_lost(rq, rq->object);
}

static void never_sent(struct town *t)
{
    int64_t n;
    struct str admin = town_staff(t, CITY_ADMIN, 0);
    t->config.code_driver = S("http");
    t->config.code_url = S("http://127.0.0.1:1/send");
    CHECK(app_write(&t->app, tell_two_lines, NULL) == OK);
    CHECK_STR(json_value(t, town_call(t, GET, "/api/v1/letters-lost", "", admin).body, "n"), S("0"));
    for (int i = 0; i < MAX_TRIES; i++, t->now_ms += HOUR_MS)
        CHECK(notice_send_due(&t->app) == OK);
    struct answer a = town_call(t, GET, "/api/v1/letters-lost", "", admin);
    CHECK_STR(json_value(t, a.body, "n"), S("1"));
    CHECK_STR(json_value(t, a.body, "last_ms"), S("2026-11-24T14:00:00+08:00"));
    CHECK_EQ(town_call(t, GET, "/api/v1/letters-lost", "", town_staff(t, CITY_ADMIN, 440105)).status, 403);
    t->now_ms += LOST_MS - DAY_MS;
    CHECK(app_write(&t->app, end_lost, &n) == OK && n == 0);
    t->now_ms += DAY_MS;
    CHECK(app_write(&t->app, end_lost, &n) == OK && n == 1);
    CHECK_STR(json_value(t, town_call(t, GET, "/api/v1/letters-lost", "", admin).body, "n"), S("0"));
}
TEST(a_letter_that_cannot_be_sent_is_told_to_the_administrator_and_ends_after_a_week)
{
    each_town(never_sent);
}

struct gateway {
    int fd;
    char got[2048];
};

/* Opens it, and makes it the one of the town. */
static void send_to(struct town *t, struct gateway *g, const char *query)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    g->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(g->fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(g->fd, 4) == 0);
    getsockname(g->fd, (struct sockaddr *)&at, &size);
    t->config.code_driver = S("http");
    t->config.code_url = str_fmt(&t->a, "http://127.0.0.1:%d/sms%s", ntohs(at.sin_port), query);
}

static void *answer_once(void *arg)
{
    static const char yes[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    struct gateway *g = arg;
    int fd = accept(g->fd, NULL, NULL);
    size_t n = 0;
    for (ssize_t k = 1; k > 0 && !strstr(g->got, "}"); n += (size_t)k)
        k = read(fd, g->got + n, sizeof g->got - 1 - n);
    if (write(fd, yes, sizeof yes - 1) < 0)
        g->got[0] = 0;
    close(fd);
    return NULL;
}

/* One that answers nobody before four have asked. */
static void *answer_four(void *arg)
{
    static const char yes[] = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    struct gateway *g = arg;
    char got[2048];
    int fd[4];
    for (int i = 0; i < 4; i++)
        fd[i] = accept(g->fd, NULL, NULL);
    for (int i = 0; i < 4; i++) {
        if (read(fd[i], got, sizeof got) > 0 && write(fd[i], yes, sizeof yes - 1) > 0)
            g->got[0]++;
        close(fd[i]);
    }
    return NULL;
}

static enum err tell_four(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < 4; i++)
        e = notice_send(rq, str_fmt(rq->a, "1380000000%d", i), "hire.called_off", S("洗碗工"));
    return e;
}

static void side_by_side(struct town *t)
{
    struct gateway g = {.fd = -1};
    pthread_t thread;
    send_to(t, &g, "");
    CHECK(app_write(&t->app, tell_four, NULL) == OK);
    pthread_create(&thread, NULL, answer_four, &g);
    CHECK(notice_send_due(&t->app) == OK);
    pthread_join(thread, NULL);
    close(g.fd);
    CHECK_EQ(g.got[0], 4);
    t->config.code_driver = S("file");
    t->now_ms += DAY_MS;
    CHECK(notice_send_due(&t->app) == OK);
    CHECK_STR(outbox(t), S("")); /* all four had left */
}
TEST(a_slow_gateway_is_asked_for_several_letters_at_once)
{
    each_town(side_by_side);
}

static void by_gateway(struct town *t)
{
    struct gateway g = {.fd = -1};
    pthread_t thread;
    send_to(t, &g, "?to={phone}");
    t->config.code_header = S("Authorization: Bearer k");
    ask_for_code(t);
    pthread_create(&thread, NULL, answer_once, &g);
    CHECK(notice_send_due(&t->app) == OK);
    pthread_join(thread, NULL);
    close(g.fd);
    CHECK(strstr(g.got, "POST /sms?to=13900000007 "));
    CHECK(strstr(g.got, "Authorization: Bearer k"));
    CHECK(strstr(g.got, "Content-Type: application/json"));
    CHECK(strstr(g.got, "{\"phone\":\"13900000007\",\"text\":\""));
}
TEST(a_message_goes_to_the_gateway_as_configured)
{
    each_town(by_gateway);
}
