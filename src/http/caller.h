/* caller.h - whose request it is, also behind proxies: addresses, networks, X-Forwarded-For. Pure.
 * An IPv4 address is ::ffff:a.b.c.d throughout, and its network of n bits one of 96 + n. */
#pragma once
#include <netinet/in.h>

#include "base/str.h"

struct net {
    struct in6_addr at;
    int bits; /* 0..128 */
};
struct nets {
    const struct net *v;
    size_t n;
};

/* "192.0.2.1", "2001:db8::1", in brackets or not. */
bool address_read(struct str s, struct in6_addr *ret);
struct in6_addr caller_peer(const struct sockaddr *sa); /* NULL or no internet address: :: */
/* "127.0.0.1, ::1, 10.0.0.0/8". False with the entry that is none. */
bool nets_read(struct arena *a, struct str list, struct nets *ret, struct str *ret_bad);
bool nets_hold(const struct nets *nets, const struct in6_addr *at);
/* The last address of `forwarded` (X-Forwarded-For, all its lines joined by ',') that is no proxy of ours;
 * `peer` itself when it is no proxy, or when what a proxy wrote is no address. */
struct in6_addr caller_of(const struct nets *proxies, struct in6_addr peer, struct str forwarded);
/* What counts as one caller: an IPv4 address, or a /64 of IPv6. */
struct in6_addr caller_whole(struct in6_addr at);
struct str caller_name(struct arena *a, struct in6_addr at); /* as people write it */
