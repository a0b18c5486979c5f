/* idle.c - opens N keep-alive connections on loopback, asks once on each, and holds them until
 * standard input ends; then asks again on each. Prints how many answered each time.
 * Usage: idle PORT N */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { SOURCES = 4 }; /* addresses to call from: one has too few ports to be safe */

static bool ask(int fd)
{
    static const char call[] = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    char answer[2048];
    ssize_t n = send(fd, call, sizeof call - 1, MSG_NOSIGNAL);
    n = n > 0 ? recv(fd, answer, sizeof answer, 0) : n;
    return n > 12 && memcmp(answer, "HTTP/1.1 200", 12) == 0;
}

static int dial(uint16_t port, int i)
{
    struct sockaddr_in from = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0x7f000002u + (uint32_t)(i % SOURCES))};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct timeval limit = {20, 0};
    int on = 1, fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(fd, SOL_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    if (bind(fd, (struct sockaddr *)&from, sizeof from) || connect(fd, (struct sockaddr *)&to, sizeof to))
        return -1;
    return fd;
}

static int ask_all(const int *fd, int n)
{
    int good = 0;
    for (int i = 0; i < n; i++)
        good += fd[i] >= 0 && ask(fd[i]);
    return good;
}

int main(int argc, char **argv)
{
    uint16_t port = (uint16_t)(argc > 1 ? strtol(argv[1], NULL, 10) : 0);
    int n = argc > 2 ? (int)strtol(argv[2], NULL, 10) : 0;
    struct rlimit most = {(rlim_t)n + 100, (rlim_t)n + 100};
    int *fd = calloc((size_t)n + 1, sizeof *fd);
    setrlimit(RLIMIT_NOFILE, &most);
    for (int i = 0; fd && i < n; i++)
        fd[i] = dial(port, i);
    printf("%d\n", ask_all(fd, n));
    fflush(stdout);
    while (getchar() != EOF)
        ;
    printf("%d\n", ask_all(fd, n));
    free(fd);
    return 0;
}
