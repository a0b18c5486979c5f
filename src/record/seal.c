/* seal.c - AES-256-GCM through OpenSSL. Stored form: profile byte, key id byte, 12 bytes nonce,
 * cipher text, 16 bytes tag. Profile 1 = AES-256-GCM; SM4-CTR + HMAC-SM3 will be 2. */
#include "record/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { KEY = 32, NONCE = 12, TAG = 16, HEAD = 2 + NONCE, PROFILE_AES_GCM = 1, KEY_ID = 1 };

/* `field` is a key; the others are HMAC-SHA-256 that have taken in their key: looking up the
 * algorithm and hashing the key again for every call cost more than the data. */
struct seal {
    unsigned char field[KEY];
    EVP_MAC_CTX *blind, *mac;
};

void seal_random(void *out, size_t n)
{
    BUG_ON(RAND_bytes(out, (int)n) != 1);
}

static EVP_MAC_CTX *keyed(const unsigned char key[KEY])
{
    EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
    EVP_MAC_CTX *c = hmac ? EVP_MAC_CTX_new(hmac) : NULL;
    char digest[] = "SHA256";
    OSSL_PARAM params[] = {OSSL_PARAM_construct_utf8_string("digest", digest, 0), OSSL_PARAM_construct_end()};
    BUG_ON(!c || !EVP_MAC_init(c, key, KEY, params));
    EVP_MAC_free(hmac);
    return c;
}

static void hmac(const EVP_MAC_CTX *key, struct str data, unsigned char out[32])
{
    size_t n;
    EVP_MAC_CTX *c = EVP_MAC_CTX_dup(key);
    BUG_ON(!c || !EVP_MAC_update(c, (const unsigned char *)data.p, data.n) || !EVP_MAC_final(c, out, &n, 32));
    EVP_MAC_CTX_free(c);
}

static EVP_MAC_CTX *derived(const EVP_MAC_CTX *master, struct str name)
{
    unsigned char key[KEY];
    hmac(master, name, key);
    EVP_MAC_CTX *c = keyed(key);
    OPENSSL_cleanse(key, KEY);
    return c;
}

static struct seal *from_master(const unsigned char key[KEY])
{
    struct seal *s = xcalloc(1, sizeof *s);
    EVP_MAC_CTX *master = keyed(key);
    hmac(master, S("lingji field 1"), s->field);
    s->blind = derived(master, S("lingji blind 1"));
    s->mac = derived(master, S("lingji mac 1"));
    EVP_MAC_CTX_free(master);
    return s;
}

/* Otherwise a power cut may leave sealed fields without the name of the file that opens them. */
static bool sync_folder(const char *file)
{
    char dir[4096];
    snprintf(dir, sizeof dir, "%s", file);
    char *slash = strrchr(dir, '/');
    if (slash)
        slash[slash == dir ? 1 : 0] = 0;
    int fd = open(slash ? dir : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

static enum err make_key(const char *path, unsigned char master[KEY])
{
    char part[4096];
    snprintf(part, sizeof part, "%s.part", path);
    seal_random(master, KEY);
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, master, KEY) == KEY && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good && rename(part, path) == 0 && sync_folder(path) ? OK : ERR_DB;
}

enum err seal_open(struct arena *a, const char *path, bool make, struct seal **ret, struct str *ret_why)
{
    unsigned char master[KEY];
    struct stat st;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT && !make) {
        *ret_why = str_fmt(a, "the data are there but not the key file %s that opens them: put the copy of it back", path);
        return ERR_DB;
    }
    if (fd < 0 && errno == ENOENT) {
        if (make_key(path, master)) {
            *ret_why = str_fmt(a, "cannot write the key file %s: %s", path, strerror(errno));
            return ERR_DB;
        }
    } else if (fd < 0 || fstat(fd, &st) || read(fd, master, KEY) != KEY) {
        *ret_why = str_fmt(a, "cannot read the key file %s", path);
        if (fd >= 0)
            close(fd);
        return ERR_DB;
    } else {
        close(fd);
        if (st.st_mode & 077) {
            *ret_why = str_fmt(a, "%s can be read by others: chmod 600 %s", path, path);
            return ERR_DB;
        }
    }
    *ret = from_master(master);
    OPENSSL_cleanse(master, KEY);
    return OK;
}

struct seal *seal_test(void)
{
    static const unsigned char master[KEY] = "a fixed key, only for the tests";
    return from_master(master);
}

void seal_free(struct seal *s)
{
    if (!s)
        return;
    EVP_MAC_CTX_free(s->blind);
    EVP_MAC_CTX_free(s->mac);
    OPENSSL_cleanse(s, sizeof *s);
    xfree(s);
}

static struct str where_text(struct arena *a, struct seal_where w)
{
    return str_fmt(a, "%s|%s|%lld|%lld", w.table, w.column, (long long)w.city, (long long)w.id);
}

struct str seal_put(struct seal *s, struct arena *a, struct seal_where w, struct str plain)
{
    struct str aad = where_text(a, w);
    unsigned char *out = arena_alloc(a, HEAD + plain.n + TAG);
    int n;
    out[0] = PROFILE_AES_GCM;
    out[1] = KEY_ID;
    seal_random(out + 2, NONCE);
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    bool good =
        c && EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, s->field, out + 2) &&
        EVP_EncryptUpdate(c, NULL, &n, (const unsigned char *)aad.p, (int)aad.n) &&
        EVP_EncryptUpdate(c, out + HEAD, &n, (const unsigned char *)plain.p, (int)plain.n) &&
        EVP_EncryptFinal_ex(c, out + HEAD + plain.n, &n) &&
        EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, TAG, out + HEAD + plain.n);
    EVP_CIPHER_CTX_free(c);
    BUG_ON(!good);
    return (struct str){(const char *)out, HEAD + plain.n + TAG};
}

bool seal_get(struct seal *s, struct arena *a, struct seal_where w, struct str sealed,
              struct str *ret)
{
    const unsigned char *p = (const unsigned char *)sealed.p;
    if (sealed.n < HEAD + TAG || p[0] != PROFILE_AES_GCM || p[1] != KEY_ID)
        return false;
    size_t len = sealed.n - HEAD - TAG;
    struct str aad = where_text(a, w);
    unsigned char *out = arena_alloc(a, len + 1), tag[TAG];
    int n;
    memcpy(tag, p + HEAD + len, TAG);
    EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
    bool good = c && EVP_DecryptInit_ex(c, EVP_aes_256_gcm(), NULL, s->field, p + 2) &&
                EVP_DecryptUpdate(c, NULL, &n, (const unsigned char *)aad.p, (int)aad.n) &&
                EVP_DecryptUpdate(c, out, &n, p + HEAD, (int)len) &&
                EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_TAG, TAG, tag) &&
                EVP_DecryptFinal_ex(c, out + len, &n) > 0;
    EVP_CIPHER_CTX_free(c);
    if (good)
        *ret = (struct str){(const char *)out, len};
    return good;
}

struct str seal_mac(struct seal *s, struct arena *a, const char *purpose, struct str data)
{
    unsigned char *out = arena_alloc(a, 32);
    hmac(s->mac, str_cat(a, str_fmt(a, "%s|", purpose), data), out); /* data may be any bytes */
    return (struct str){(const char *)out, 32};
}

struct str seal_blind(struct seal *s, struct arena *a, const char *purpose, int64_t city,
                      struct str plain)
{
    unsigned char *out = arena_alloc(a, 32);
    hmac(s->blind, str_cat(a, str_fmt(a, "%s|%lld|", purpose, (long long)city), plain), out);
    return (struct str){(const char *)out, 16};
}

struct str seal_proof(struct seal *s, struct arena *a)
{
    return seal_hex(a, seal_mac(s, a, "proof", (struct str){(const char *)s->field, KEY}));
}

int seal_key_id(const struct seal *s)
{
    (void)s;
    return KEY_ID;
}

struct str seal_hex(struct arena *a, struct str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *z = arena_alloc(a, bytes.n * 2 + 1);
    for (size_t i = 0; i < bytes.n; i++) {
        z[2 * i] = digits[(unsigned char)bytes.p[i] >> 4];
        z[2 * i + 1] = digits[bytes.p[i] & 15];
    }
    return (struct str){z, bytes.n * 2};
}

bool seal_unhex(struct arena *a, struct str text, struct str *ret)
{
    unsigned char *out = arena_alloc(a, text.n / 2 + 1);
    bool good = OPENSSL_hexstr2buf_ex(out, text.n / 2 + 1, &ret->n, str_z(a, text), '\0');
    ret->p = (const char *)out;
    return good;
}

struct str seal_token(struct arena *a, size_t n)
{
    char *raw = arena_alloc(a, n);
    seal_random(raw, n);
    return seal_hex(a, (struct str){raw, n});
}
