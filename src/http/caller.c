/* caller.c - see the header. */
#include "http/caller.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"

static struct in6_addr mapped(const struct in_addr *v4)
{
    struct in6_addr at = {.s6_addr = {[10] = 0xff, [11] = 0xff}};
    memcpy(at.s6_addr + 12, v4, 4);
    return at;
}

bool address_read(struct str s, struct in6_addr *ret)
{
    char z[INET6_ADDRSTRLEN] = "";
    struct in_addr v4;
    if (str_starts(s, S("[")) && str_ends(s, S("]")))
        s = str_sub(s, 1, s.n - 2);
    if (!s.n || s.n >= sizeof z)
        return false;
    memcpy(z, s.p, s.n);
    if (inet_pton(AF_INET, z, &v4) != 1)
        return inet_pton(AF_INET6, z, ret) == 1;
    *ret = mapped(&v4);
    return true;
}

struct in6_addr caller_peer(const struct sockaddr *sa)
{
    if (sa && sa->sa_family == AF_INET)
        return mapped(&((const struct sockaddr_in *)(const void *)sa)->sin_addr);
    if (sa && sa->sa_family == AF_INET6)
        return ((const struct sockaddr_in6 *)(const void *)sa)->sin6_addr;
    return in6addr_any;
}

static bool net_read(struct str s, struct net *ret)
{
    struct str bits = s, address = str_cut(&bits, '/');
    int64_t n = 128;
    if (!address_read(address, &ret->at))
        return false;
    bool v4 = str_find(address, S(":")) < 0;
    if (bits.p && (!str_i64(bits, &n) || n < 0 || n > (v4 ? 32 : 128)))
        return false;
    ret->bits = (int)n + (bits.p && v4 ? 96 : 0);
    return true;
}

bool nets_read(struct arena *a, struct str list, struct nets *ret, struct str *ret_bad)
{
    struct net *v = NEW_N(a, list.n / 2 + 1, struct net);
    size_t n = 0;
    while (list.n) {
        struct str one = str_trim(str_cut(&list, ','));
        if (!net_read(one, &v[n++])) {
            *ret_bad = one;
            return false;
        }
    }
    *ret = (struct nets){v, n};
    return true;
}

static bool net_holds(const struct net *net, const struct in6_addr *at)
{
    int whole = net->bits / 8, rest = net->bits % 8;
    unsigned differ = whole < 16 ? net->at.s6_addr[whole] ^ at->s6_addr[whole] : 0;
    return memcmp(net->at.s6_addr, at->s6_addr, (size_t)whole) == 0 && differ >> (8 - rest) == 0;
}

bool nets_hold(const struct nets *nets, const struct in6_addr *at)
{
    for (size_t i = 0; i < nets->n; i++)
        if (net_holds(&nets->v[i], at))
            return true;
    return false;
}

struct in6_addr caller_of(const struct nets *proxies, struct in6_addr peer, struct str forwarded)
{
    struct in6_addr next;
    while (forwarded.n && nets_hold(proxies, &peer)) {
        size_t from = forwarded.n;
        while (from && forwarded.p[from - 1] != ',')
            from--;
        if (!address_read(str_trim(str_sub(forwarded, from, forwarded.n)), &next))
            break;
        peer = next;
        forwarded.n = from ? from - 1 : 0;
    }
    return peer;
}

struct in6_addr caller_whole(struct in6_addr at)
{
    if (!IN6_IS_ADDR_V4MAPPED(&at))
        memset(at.s6_addr + 8, 0, 8);
    return at;
}

struct str caller_name(struct arena *a, struct in6_addr at)
{
    char z[INET6_ADDRSTRLEN] = "?";
    if (IN6_IS_ADDR_V4MAPPED(&at))
        inet_ntop(AF_INET, at.s6_addr + 12, z, sizeof z);
    else
        inet_ntop(AF_INET6, &at, z, sizeof z);
    return str_dup(a, str_c(z));
}
