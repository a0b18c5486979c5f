/* notice_test.c - letters leave once their driver said yes, and wait when it did not. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice.h"
#include "feature/notice/notice_store.h"
#include "http/config.h"
#include "test.h"

static struct str outbox(struct town *t)
{
    char *p = arena_alloc(&t->a, 4096);
    int fd = open(str_z(&t->a, str_fmt(&t->a, "%.*s/outbox.txt", SV(t->config.data))), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? read(fd, p, 4096) : 0;
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

struct gateway {
    int fd;
    char got[2048];
};

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

static void by_gateway(struct town *t)
{
    struct gateway g = {.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    pthread_t thread;
    CHECK(bind(g.fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(g.fd, 1) == 0);
    getsockname(g.fd, (struct sockaddr *)&at, &size);
    t->config.code_driver = S("http");
    t->config.code_url = str_fmt(&t->a, "http://127.0.0.1:%d/sms?to={phone}", ntohs(at.sin_port));
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
