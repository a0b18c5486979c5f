/* print_test.c - what the printer of the hall receives. */
#include <arpa/inet.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "app_fixture.h"
#include "feature/print/print.h"
#include "http/config.h"
#include "test.h"

TEST(a_slip_is_escpos_in_gb18030_with_its_code)
{
    struct arena a;
    arena_init(&a, 0);
    const struct paper p = {S("林小玲"), S("平车\n320元 \xf0\x9f\x98\x80"), S("https://x/c/1"), S("扫一扫")};
    struct str s = paper_escpos(&a, &p);
    CHECK(str_starts(s, S("\x1b@\x1c&")));
    CHECK(str_find(s, S("\xc1\xd6\xd0\xa1\xc1\xe1")) > 0); /* the name, two bytes each */
    CHECK(str_find(s, S("\xc6\xbd\xb3\xb5\n")) > 0);
    CHECK(str_find(s, S("\x31\x50\x30https://x/c/1")) > 0);
    CHECK(str_ends(s, (struct str){"\x1dV\x42\x00", 4}));
    arena_done(&a);
}

struct printer {
    int fd;
    char got[PRINT_MAX];
    size_t n;
};

static void *take_paper(void *arg)
{
    struct printer *p = arg;
    int fd = accept(p->fd, NULL, NULL);
    for (ssize_t k = 1; k > 0; p->n += (size_t)k)
        k = read(fd, p->got + p->n, sizeof p->got - p->n);
    close(fd);
    return NULL;
}

/* Sends what waits to a printer that is there; how many bytes came out. */
static size_t print_now(struct town *t, struct printer *p)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    pthread_t thread;
    p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(p->fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(p->fd, 1) == 0);
    getsockname(p->fd, (struct sockaddr *)&at, &size);
    t->config.printer = str_fmt(&t->a, "127.0.0.1:%d", ntohs(at.sin_port));
    pthread_create(&thread, NULL, take_paper, p);
    CHECK(print_due(&t->app) == OK);
    pthread_join(thread, NULL);
    close(p->fd);
    t->config.printer = S("127.0.0.1:1");
    return p->n;
}

static void hall_printer(struct town *t)
{
    int64_t person;
    struct printer p = {.n = 0}, q = {.n = 0};
    struct str desk = town_staff(t, CONSULTANT, 440105);
    town_seeker(t, "13811110001", &person);
    const char *slip = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld/slip", (long long)person));
    t->config.printer = S("127.0.0.1:1");
    CHECK_EQ(town_call(t, POST, slip, "{}", desk).status, 201);
    CHECK(print_due(&t->app) == OK); /* no printer: the slip waits */
    CHECK(print_now(t, &p) > 100 && memcmp(p.got, "\x1b@", 2) == 0 && str_find((struct str){p.got, p.n}, S("/c/")) > 0);
    CHECK_EQ(town_call(t, POST, slip, "{}", desk).status, 201);
    t->now_ms += PRINT_MS + 1;
    CHECK(print_due(&t->app) == OK); /* nobody waits for that one any more */
    CHECK_EQ(town_call(t, POST, slip, "{}", desk).status, 201);
    CHECK(print_now(t, &q) < p.n + 40); /* one slip, not two */
}

TEST(a_slip_waits_for_the_printer_of_the_hall_and_not_for_long)
{
    each_town(hall_printer);
}
