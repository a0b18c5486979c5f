/* config.c - one table of keys: default, kind, place in struct config. */
#include "http/config.h"

#include <errno.h>
#include <string.h>

#include "base/buf.h"
#include "base/file.h"

enum kind { WORDS, NUMBER, SWITCH, ADDRESS };

struct key {
    const char *name, *fallback;
    enum kind kind;
    size_t off;
    int64_t min, max;
    bool secret;
    bool fixed; /* a reload does not change it */
};

#define AT(member) offsetof(struct config, member)
static const struct key keys[] = {
    {"data", "lingji-data", WORDS, AT(data), 0, 0, false, true},
    {"db", "", WORDS, AT(db), 0, 0, true, true},
    {"listen", "[::]:8080", WORDS, AT(listen), 0, 0, false, true},
    {"public_url", "", ADDRESS, AT(public_url), 0, 0, false, false},
    {"city", "440100", NUMBER, AT(city), 110000, 659999, false, true},
    {"threads", "0", NUMBER, AT(threads), 0, 64, false, true},
    {"pg_conns", "8", NUMBER, AT(pg_conns), 2, 24, false, true},
    {"max_connections", "20500", NUMBER, AT(max_connections), 10, 200000, false, true},
    {"address_connections", "0", NUMBER, AT(address_connections), 0, 200000, false, true},
    {"arrival_s", "30", NUMBER, AT(arrival_s), 1, 600, false, false},
    {"reply_s", "60", NUMBER, AT(reply_s), 1, 3600, false, false},
    {"trusted_proxy", "", WORDS, AT(trusted_proxy), 0, 0, false, true},
    {"lane_depth", "1024", NUMBER, AT(lane_depth), 1, 100000, false, true},
    {"node", "0", NUMBER, AT(node), 0, 1022, false, true},
    {"code_driver", "file", WORDS, AT(code_driver), 0, 0, false, false},
    {"code_file", "", WORDS, AT(code_file), 0, 0, false, false},
    {"code_url", "", WORDS, AT(code_url), 0, 0, false, false},
    {"code_body", "{\"phone\":\"{phone}\",\"text\":\"{text}\"}", WORDS, AT(code_body), 0, 0, false, false},
    {"code_header", "", WORDS, AT(code_header), 0, 0, true, false},
    {"printer", "", WORDS, AT(printer), 0, 0, false, false},
    {"tiles", "", WORDS, AT(tiles), 0, 0, false, true},
    {"occupations", "", WORDS, AT(occupations), 0, 0, false, false},
    {"divisions", "", WORDS, AT(divisions), 0, 0, false, false},
    {"places", "", WORDS, AT(places), 0, 0, false, false},
    {"rules", "", WORDS, AT(rules), 0, 0, false, false},
    {"backup_dir", "", WORDS, AT(backup_dir), 0, 0, false, false},
    {"backup_every_min", "15", NUMBER, AT(backup_every_min), 0, 1440, false, false},
    {"films", "on", SWITCH, AT(films), 0, 0, false, false},
    {"film_days", "60", NUMBER, AT(film_days), 1, 3650, false, false},
    {"rate_limits", "on", SWITCH, AT(rate_limits), 0, 0, false, false},
    {"staff_idle_h", "12", NUMBER, AT(staff_idle_h), 1, 24 * 90, false, false},
    {"tls", "off", SWITCH, AT(tls), 0, 0, false, false},
    {"demo_at", "", WORDS, AT(demo_at), 0, 0, false, true},
};
enum { KEYS = sizeof keys / sizeof *keys };
_Static_assert(sizeof keys / sizeof *keys == CONFIG_KEYS, "one origin a key");

static const char *set(struct config *c, const struct key *k, struct str v)
{
    void *at = (char *)c + k->off;
    int64_t n;
    bool on = str_eq(v, S("on")) || str_eq(v, S("yes")) || str_eq(v, S("1"));
    bool off = str_eq(v, S("off")) || str_eq(v, S("no")) || str_eq(v, S("0"));
    switch (k->kind) {
    case NUMBER:
        if (!str_i64(v, &n) || n < k->min || n > k->max)
            return "is not a number in range";
        memcpy(at, &n, sizeof n);
        return NULL;
    case SWITCH:
        memcpy(at, &on, sizeof on);
        return on || off ? NULL : "is neither on nor off";
    case ADDRESS: /* paths follow it, which begin with a slash of their own */
        while (str_ends(v, S("/")))
            v.n--;
        memcpy(at, &v, sizeof v);
        return !v.n || str_starts(v, S("https://")) || str_starts(v, S("http://")) ? NULL : "is no address like https://gig.example.org";
    case WORDS:
    default:
        memcpy(at, &v, sizeof v);
        return NULL;
    }
}

/* Levenshtein distance of two short names. */
static size_t distance(struct str x, struct str y)
{
    size_t row[64];
    if (x.n >= 64 || y.n >= 64)
        return 64;
    for (size_t j = 0; j <= y.n; j++)
        row[j] = j;
    for (size_t i = 1; i <= x.n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= y.n; j++) {
            size_t keep = diagonal + (x.p[i - 1] != y.p[j - 1]);
            diagonal = row[j];
            size_t one = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            row[j] = keep < one ? keep : one;
        }
    }
    return row[y.n];
}

static const struct key *find(struct str name, const char **ret_nearest)
{
    size_t best = 64;
    for (int i = 0; i < KEYS; i++) {
        size_t d = distance(name, str_c(keys[i].name));
        if (d == 0)
            return &keys[i];
        if (d < best) {
            best = d;
            *ret_nearest = keys[i].name;
        }
    }
    return NULL;
}

static enum err read_line(struct arena *a, struct config *c, struct str line, struct str where,
                          struct str *ret_why)
{
    struct str value = str_trim(line), name;
    const char *nearest = "";
    if (!value.n || value.p[0] == '#')
        return OK;
    name = str_trim(str_cut(&value, '='));
    const struct key *k = find(name, &nearest);
    if (!value.p)
        *ret_why = str_fmt(a, "%.*s: want: key = value", SV(where));
    else if (!k)
        *ret_why = str_fmt(a, "%.*s: unknown key '%.*s' (did you mean '%s'?)", SV(where), SV(name), nearest);
    else {
        const char *why = set(c, k, str_dup(a, str_trim(value)));
        if (!why) {
            c->from[k - keys] = where;
            return OK;
        }
        *ret_why = str_fmt(a, "%.*s: %s %s", SV(where), k->name, why);
    }
    return ERR_INPUT;
}

enum err config_load(struct arena *a, struct str path, const char *const *env, struct config *ret,
                     struct str *ret_why)
{
    struct str text = S("");
    enum err e = OK;
    *ret = (struct config){0};
    for (int i = 0; i < KEYS; i++) {
        set(ret, &keys[i], str_c(keys[i].fallback));
        ret->from[i] = S("default");
    }
    if (path.n && !file_read(a, str_z(a, path), 1 << 20, &text)) {
        *ret_why = str_fmt(a, "cannot read %.*s: %s", SV(path), strerror(errno));
        return ERR_INPUT;
    }
    if (str_starts(text, S("\xef\xbb\xbf"))) /* as some editors begin a file */
        text = str_sub(text, 3, text.n);
    for (int line = 1; text.n && !e; line++)
        e = read_line(a, ret, str_cut(&text, '\n'), str_fmt(a, "%.*s:%d", SV(path), line), ret_why);
    for (; !e && env && *env; env++) {
        struct str pair = str_c(*env);
        if (!str_starts(pair, S("LINGJI_")) || str_starts(pair, S("LINGJI_SHARED_DATA")) ||
            str_starts(pair, S("LINGJI_TEST")) || str_starts(pair, S("LINGJI_CONF=")))
            continue;
        struct str low = str_dup(a, str_sub(pair, 7, pair.n));
        for (char *p = (char *)(uintptr_t)low.p; *p && *p != '='; p++)
            *p = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
        e = read_line(a, ret, low, S("environment"), ret_why);
    }
    return e;
}

bool config_usual(const struct config *c, const char *name)
{
    const char *nearest;
    const struct key *k = find(str_c(name), &nearest);
    BUG_ON(!k);
    struct str from = c->from[k - keys];
    return str_eq(from, S("default")) || str_starts(from, S(CONFIG_SYSTEM ":"));
}

struct str config_keep_fixed(struct arena *a, const struct config *old, struct config *c)
{
    static const size_t size[] = {[WORDS] = sizeof(struct str), [NUMBER] = sizeof(int64_t), [SWITCH] = sizeof(bool)};
    struct str kept = S("");
    for (int i = 0; i < KEYS; i++) {
        const struct key *k = &keys[i];
        const char *was = (const char *)old + k->off;
        char *is = (char *)c + k->off;
        if (!k->fixed)
            continue;
        bool same = k->kind == WORDS ? str_eq(*(const struct str *)(const void *)was, *(const struct str *)(const void *)is)
                                     : memcmp(was, is, size[k->kind]) == 0;
        if (!same)
            kept = str_fmt(a, "%.*s%s%s", SV(kept), kept.n ? ", " : "", k->name);
        if (k->kind == WORDS) /* the old one goes with its arena */
            *(struct str *)(void *)is = str_dup(a, *(const struct str *)(const void *)was);
        else
            memcpy(is, was, size[k->kind]);
    }
    return kept;
}

void config_dump(const struct config *c, struct buf *out)
{
    for (int i = 0; i < KEYS; i++) {
        const struct key *k = &keys[i];
        const char *at = (const char *)c + k->off;
        struct str s = S("");
        bool given = !str_eq(c->from[i], S("default"));
        if (given)
            buf_fmt(out, "# %.*s\n", SV(c->from[i]));
        buf_fmt(out, "%s%s = ", given ? "" : "#", k->name);
        if (k->kind == NUMBER)
            buf_i64(out, *(const int64_t *)(const void *)at);
        else if (k->kind == SWITCH)
            s = *(const bool *)at ? S("on") : S("off");
        else
            memcpy(&s, at, sizeof s);
        buf_put(out, k->secret && s.n ? S("(hidden)") : s);
        buf_c(out, '\n');
    }
}
