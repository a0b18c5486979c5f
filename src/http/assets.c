/* assets.c - static files from the binary: web/static for pages, web/dist for the staff app. */
#include "http/assets.h"

#include <brotli/encode.h>
#include <openssl/evp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <zlib.h>

#include "http/embed.h"

enum { MAX_ASSETS = 64 };

enum { GZIP, BROTLI, KINDS };

struct asset {
    struct str path, raw, small[KINDS], url, etag; /* small: once squeezed is set */
    const char *type;
    bool lasting; /* named by its content, so never another one */
    atomic_bool squeezed[KINDS];
};

struct assets {
    struct asset v[MAX_ASSETS];
    size_t n;
    pthread_mutex_t lock; /* one compresses, into a */
    struct arena a;
};

static const char *type_of(struct str name)
{
    static const struct {
        const char *end, *type;
    } table[] = {{".html", "text/html; charset=utf-8"},
                 {".css", "text/css; charset=utf-8"},
                 {".js", "text/javascript; charset=utf-8"},
                 {".svg", "image/svg+xml"},
                 {".png", "image/png"},
                 {".webmanifest", "application/manifest+json"},
                 {".json", "application/json; charset=utf-8"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_ends(name, str_c(table[i].end)))
            return table[i].type;
    return "application/octet-stream";
}

static struct str brotli(struct arena *a, struct str s, int quality)
{
    size_t n = BrotliEncoderMaxCompressedSize(s.n);
    uint8_t *out = arena_alloc(a, n);
    if (!n || !BrotliEncoderCompress(quality, 20, BROTLI_MODE_TEXT, s.n, (const uint8_t *)s.p, &n, out))
        return (struct str){NULL, 0};
    return (struct str){(const char *)out, n};
}

static struct str gzip(struct arena *a, struct str s, int quality)
{
    z_stream z = {0};
    if (deflateInit2(&z, quality, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return (struct str){NULL, 0};
    size_t cap = deflateBound(&z, s.n);
    z.next_in = (Bytef *)(uintptr_t)s.p;
    z.avail_in = (uInt)s.n;
    z.next_out = arena_alloc(a, cap);
    z.avail_out = (uInt)cap;
    char *out = (char *)z.next_out;
    int rc = deflate(&z, Z_FINISH);
    size_t n = cap - z.avail_out;
    deflateEnd(&z);
    return rc == Z_STREAM_END ? (struct str){out, n} : (struct str){NULL, 0};
}

/* Where a file of the binary stands on the web; empty for one that does not. */
static struct str url_of(struct arena *a, struct str name)
{
    static const struct {
        const char *folder, *path;
    } table[] = {{"web/static/", "/static/"}, {"web/dist/", "/app/"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (str_starts(name, str_c(table[i].folder)))
            return str_cat(a, str_c(table[i].path), str_sub(name, str_c(table[i].folder).n, name.n));
    return S("");
}

static void unload(void *p)
{
    struct assets *s = p;
    pthread_mutex_destroy(&s->lock);
    arena_done(&s->a);
}

/* The build names the files of the staff app by their content, but for its page and its worker. */
static bool lasting(struct str url)
{
    return str_starts(url, S("/app/")) && !str_ends(url, S(".html")) && !str_eq(url, S("/app/sw.js"));
}

struct assets *assets_load(struct arena *a)
{
    struct assets *s = NEW(a, struct assets);
    pthread_mutex_init(&s->lock, NULL);
    arena_init(&s->a, 0);
    arena_defer(a, unload, s);
    for (const struct embedded *f = embedded_files; f->name; f++) {
        struct str url = url_of(a, str_c(f->name));
        if (!url.n)
            continue;
        BUG_ON(s->n == MAX_ASSETS);
        struct asset *x = &s->v[s->n++];
        unsigned long long hash = str_hash(f->data);
        x->path = url;
        x->raw = f->data;
        x->type = type_of(url);
        x->lasting = lasting(url);
        x->url = str_fmt(a, "%.*s?v=%08llx", SV(url), hash & 0xffffffff);
        x->etag = str_fmt(a, "\"%016llx\"", hash);
    }
    return s;
}

static struct asset *find(struct assets *s, struct str path)
{
    for (size_t i = 0; s && i < s->n; i++)
        if (str_eq(s->v[i].path, path))
            return &s->v[i];
    return NULL;
}

struct str assets_url(struct assets *s, const char *path)
{
    const struct asset *x = find(s, str_c(path));
    return x ? x->url : S("");
}

struct str assets_style_source(struct arena *a)
{
    struct str css = embedded_find("web/static/lingji.css")->data;
    unsigned char sum[EVP_MAX_MD_SIZE], text[2 * EVP_MAX_MD_SIZE];
    unsigned n;
    BUG_ON(!EVP_Digest(css.p, css.n, sum, &n, EVP_sha256(), NULL));
    EVP_EncodeBlock(text, sum, (int)n);
    return str_fmt(a, "'sha256-%s'", (const char *)text);
}

/* The page of the staff app has a short address; its worker stands above it, as it may only serve what is below; browsers
 * ask for the icon on their own. */
static struct asset *asked(const struct request *rq)
{
    static const char *const moved[][2] = {{"/app", "/app/index.html"}, {"/sw.js", "/app/sw.js"}, {"/favicon.ico", "/static/icon.svg"}};
    for (size_t i = 0; i < sizeof moved / sizeof *moved; i++)
        if (str_eq(rq->path, str_c(moved[i][0])))
            return find(rq->app->assets, str_c(moved[i][1]));
    return find(rq->app->assets, rq->path);
}

enum err assets_get(struct request *rq)
{
    const struct asset *x = asked(rq);
    if (!x)
        return fail(rq, ERR_NONE, NULL);
    rq->reply.etag = x->etag;
    rq->reply.max_age_s = x->lasting || (rq->query.n && str_starts(x->path, S("/static/"))) ? 31536000 : 0;
    if (str_eq(rq->if_none_match, x->etag))
        return reply_text(rq, 304, x->type, S(""));
    return reply_text(rq, 200, x->type, x->raw);
}

/* The first who asks waits for it: all files together are 40 ms and 6 MB that a start need not pay. */
static struct str squeezed(struct assets *s, struct asset *x, int kind)
{
    if (atomic_load_explicit(&x->squeezed[kind], memory_order_acquire))
        return x->small[kind];
    pthread_mutex_lock(&s->lock);
    if (!x->squeezed[kind]) /* brotli's 9 saves 0.6 % and takes 25 times as long */
        x->small[kind] = kind == BROTLI ? brotli(&s->a, x->raw, 6) : gzip(&s->a, x->raw, 9);
    atomic_store_explicit(&x->squeezed[kind], true, memory_order_release);
    pthread_mutex_unlock(&s->lock);
    return x->small[kind];
}

struct str assets_squeeze(struct request *rq, struct str body, const char **ret_encoding)
{
    *ret_encoding = NULL;
    bool is_text = rq->reply.type && (strstr(rq->reply.type, "text/") || strstr(rq->reply.type, "json"));
    if (body.n < 1024 || !is_text || (!rq->accepts_br && !rq->accepts_gzip))
        return body;
    struct asset *x = rq->reply.etag.n ? asked(rq) : NULL;
    int kind = rq->accepts_br ? BROTLI : GZIP;
    struct str small = x ? squeezed(rq->app->assets, x, kind) : kind == BROTLI ? brotli(rq->a, body, 4) : gzip(rq->a, body, 5);
    if (!small.p || small.n >= body.n)
        return body;
    *ret_encoding = kind == BROTLI ? "br" : "gzip";
    return small;
}
