/* seal.h - personal fields at rest: AES-256-GCM per field with a key id in front, and blind indexes
 * (HMAC-SHA-256, own key, cut to 16 bytes) for look-up. One file of keys, mode 0600, made at first
 * start with 256-bit random keys; profile ids leave room for SM4/SM3. */
#pragma once
#include "base/str.h"

struct seal;
/* Reads the key file; `make`: makes it where there is none. ERR_DB with a sentence if it is missing,
 * unreadable, group- or world-readable. */
MUST_USE enum err seal_open(struct arena *a, const char *path, bool make, struct seal **ret,
                            struct str *ret_why);
struct seal *seal_test(void); /* fixed keys, for tests */
void seal_free(struct seal *s);

struct seal_where {
    const char *table, *column; /* the value opens only where it was sealed */
    int64_t city, id;
};
struct str seal_put(struct seal *s, struct arena *a, struct seal_where w, struct str plain);
/* False when it does not open: other place, other key, damage. */
bool seal_get(struct seal *s, struct arena *a, struct seal_where w, struct str sealed,
              struct str *ret);
/* 16 bytes; `purpose` separates indexes ("person.phone"). Normalise before. */
struct str seal_blind(struct seal *s, struct arena *a, const char *purpose, int64_t city,
                      struct str plain);
/* Keyed hash for tokens, codes and row MACs: 32 bytes. */
struct str seal_mac(struct seal *s, struct arena *a, const char *purpose, struct str data);
/* What only this key writes, as text: kept with the data it tells any other key from it. Of the key that seals now,
 * whose id stands in what it seals. */
struct str seal_proof(struct seal *s, struct arena *a);
int seal_key_id(const struct seal *s);
struct str seal_hex(struct arena *a, struct str bytes);
bool seal_unhex(struct arena *a, struct str text, struct str *ret);
/* n random bytes as hexadecimal text. */
struct str seal_token(struct arena *a, size_t n);
/* Cryptographically random bytes. */
void seal_random(void *out, size_t n);
