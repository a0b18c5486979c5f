/* pace.c - asks at a steady rate whether or not the answers come, and counts each from the moment at which it
 * was due: a server that stalls cannot hide it by being asked less. Every call takes the next session of the
 * file TOKENS. Prints answers per second, then the 50th and 99th percentile and the longest in microseconds;
 * what was not 200 goes to standard error. Usage: pace PORT RATE SECONDS TOKENS PATH */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LINES = 256, TOKENS = 4096, ANSWER = 1 << 20, BATCH = 64, PATIENCE_S = 5 };

/* A keep-alive connection; `due` is when its call should have begun. */
struct line {
    int fd;
    int64_t due_ns;
    size_t n;
    char answer[ANSWER];
};

static struct pace {
    struct line *lines, *idle[LINES];
    size_t n_lines, n_idle, n_tokens, good, bad, done;
    uint16_t port;
    int epoll;
    char token[TOKENS][80];
    const char *path;
    int64_t *took_ns;
} p;

static int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000ll + t.tv_nsec;
}

static int die(const char *what)
{
    perror(what);
    exit(1);
}

/* When nobody is free, as callers come: 256 at once would all be taken by the thread that woke first. */
static void dial(void)
{
    struct line *l = &p.lines[p.n_lines++];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(p.port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct epoll_event ev = {.events = EPOLLIN, .data.ptr = l};
    int on = 1;
    l->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(l->fd, (struct sockaddr *)&to, sizeof to) || epoll_ctl(p.epoll, EPOLL_CTL_ADD, l->fd, &ev))
        die("connect");
    setsockopt(l->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    p.idle[p.n_idle++] = l;
}

static void ask(int64_t due_ns, size_t i)
{
    char call[512];
    if (!p.n_idle)
        dial();
    struct line *l = p.idle[--p.n_idle];
    int n = snprintf(call, sizeof call, "GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\nAuthorization: Bearer %s\r\n\r\n", p.path,
                     strncmp(p.path, "/api/", 5) ? "text/html" : "application/json", p.token[i % p.n_tokens]);
    l->due_ns = due_ns;
    l->n = 0;
    if (send(l->fd, call, (size_t)n, MSG_NOSIGNAL) != n)
        die("send");
}

/* Length of the answer once its head is there, else 0. */
static size_t whole(struct line *l)
{
    l->answer[l->n] = 0;
    char *end = strstr(l->answer, "\r\n\r\n"), *size = strcasestr(l->answer, "content-length:");
    return end && size && size < end ? (size_t)(end - l->answer) + 4 + strtoull(size + 15, NULL, 10) : 0;
}

static void hear(struct line *l)
{
    ssize_t n = recv(l->fd, l->answer + l->n, sizeof l->answer - 1 - l->n, 0);
    if (n <= 0)
        die("recv");
    l->n += (size_t)n;
    size_t size = whole(l);
    if (!size || l->n < size)
        return;
    if (memcmp(l->answer, "HTTP/1.1 200", 12) == 0)
        p.good++;
    else if (p.bad++ == 0)
        fprintf(stderr, "%.300s\n", l->answer);
    p.took_ns[p.done++] = now_ns() - l->due_ns;
    p.idle[p.n_idle++] = l;
}

static void hear_all(int64_t until_ns)
{
    struct epoll_event ev[BATCH];
    int64_t left = until_ns - now_ns();
    struct timespec wait = {0, left > 0 ? left % 1000000000 : 0};
    int n = epoll_pwait2(p.epoll, ev, BATCH, &wait, NULL);
    for (int i = 0; i < n; i++)
        hear(ev[i].data.ptr);
}

static int by_size(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static void read_tokens(const char *file)
{
    FILE *f = fopen(file, "r");
    while (f && p.n_tokens < TOKENS && fscanf(f, "%79s", p.token[p.n_tokens]) == 1)
        p.n_tokens++;
    if (!p.n_tokens)
        die(file);
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc != 6)
        return fprintf(stderr, "pace PORT RATE SECONDS TOKENS PATH\n"), 1;
    p.port = (uint16_t)strtol(argv[1], NULL, 10);
    int64_t rate = strtoll(argv[2], NULL, 10), n = rate * strtoll(argv[3], NULL, 10);
    read_tokens(argv[4]);
    p.path = argv[5];
    p.epoll = epoll_create1(EPOLL_CLOEXEC);
    p.lines = calloc(LINES, sizeof *p.lines);
    p.took_ns = calloc((size_t)n, sizeof *p.took_ns);
    if (!p.lines || !p.took_ns)
        die("memory");
    int64_t from = now_ns(), step = 1000000000 / rate, end = from + n * step;
    for (int64_t i = 0; i < n;) { /* all lines busy: the next call waits, and its time runs */
        int64_t now = now_ns();
        while (i < n && (p.n_idle || p.n_lines < LINES) && from + i * step <= now) {
            ask(from + i * step, (size_t)i);
            i++;
        }
        hear_all(i < n && (p.n_idle || p.n_lines < LINES) ? from + i * step : now + 1000000);
    }
    while (p.done < (size_t)n && now_ns() < end + PATIENCE_S * 1000000000ll)
        hear_all(now_ns() + 1000000);
    double s = (double)(now_ns() - from) / 1e9;
    qsort(p.took_ns, p.done, sizeof *p.took_ns, by_size);
    if (p.bad || p.done < (size_t)n)
        fprintf(stderr, "%zu answers of another status, %zu none\n", p.bad, (size_t)n - p.done);
    if (p.done)
        printf("%.0f %.0f %.0f %.0f\n", (double)p.good / s, (double)p.took_ns[p.done / 2] / 1e3,
               (double)p.took_ns[p.done * 99 / 100] / 1e3, (double)p.took_ns[p.done - 1] / 1e3);
    return 0;
}
