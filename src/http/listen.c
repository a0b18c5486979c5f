/* listen.c - see the header. */
#include "http/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static enum err parse_address(struct str s, struct sockaddr_storage *sa, socklen_t *len)
{
    char host[64] = "::";
    int64_t port;
    size_t colon = s.n;
    while (colon && s.p[colon - 1] != ':')
        colon--;
    struct str h = colon ? str_sub(s, 0, colon - 1) : S("");
    if (!str_i64(str_sub(s, colon, s.n), &port) || port < 0 || port > 65535 || h.n >= sizeof host)
        return ERR_INPUT;
    if (str_starts(h, S("[")) && str_ends(h, S("]")))
        h = str_sub(h, 1, h.n - 2);
    if (h.n)
        snprintf(host, sizeof host, "%.*s", SV(h));
    struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)sa;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *)(void *)sa;
    memset(sa, 0, sizeof *sa);
    if (inet_pton(AF_INET, host, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((uint16_t)port);
        *len = sizeof *v4;
        return OK;
    }
    if (inet_pton(AF_INET6, host, &v6->sin6_addr) != 1)
        return ERR_INPUT;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons((uint16_t)port);
    *len = sizeof *v6;
    return OK;
}

struct str listen_host(struct arena *a, struct str address)
{
    struct sockaddr_storage sa;
    socklen_t len;
    char z[INET6_ADDRSTRLEN];
    if (parse_address(address, &sa, &len))
        return S("[::]");
    bool v4 = sa.ss_family == AF_INET;
    getnameinfo((struct sockaddr *)(void *)&sa, len, z, sizeof z, NULL, 0, NI_NUMERICHOST);
    return v4 ? str_dup(a, str_c(z)) : str_fmt(a, "[%s]", z);
}

int listen_socket(struct arena *a, struct str address, struct str *ret_why)
{
    struct sockaddr_storage sa;
    socklen_t len;
    int on = 1, off = 0;
    if (parse_address(address, &sa, &len)) {
        *ret_why = str_fmt(a, "listen: %.*s is no address like [::]:8080", SV(address));
        return -1;
    }
    int fd = socket(sa.ss_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0 && errno == EAFNOSUPPORT && sa.ss_family == AF_INET6)
        return listen_socket(a, str_fmt(a, "0.0.0.0:%d", ntohs(((struct sockaddr_in6 *)(void *)&sa)->sin6_port)), ret_why);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (sa.ss_family == AF_INET6)
        setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
    if (fd < 0 || bind(fd, (struct sockaddr *)(void *)&sa, len) || listen(fd, 1024)) {
        *ret_why = errno == EADDRINUSE
                       ? str_fmt(a, "%.*s is in use by another program; stop it or set listen in lingji.conf", SV(address))
                       : str_fmt(a, "cannot listen on %.*s: %s", SV(address), strerror(errno));
        if (fd >= 0)
            close(fd);
        return -1;
    }
    return fd;
}
