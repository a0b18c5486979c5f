/* notice_send.c - the drivers: a file, an SMS gateway by HTTP, the log of the demonstration. */
#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "feature/notice/notice_store.h"
#include "http/config.h"

enum { SEND_MS = 5000, CONNECT_MS = 2000, MORE_MS = 2000 };

/* A letter is one line of the file, whatever stands in it. */
static struct str escaped(struct arena *a, struct str s)
{
    struct buf b;
    buf_init(&b, a, 4 * s.n + 1);
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '\n')
            buf_put(&b, S("\\n"));
        else if (c < 0x20 || c == 0x7f || c == '\\')
            buf_fmt(&b, "\\x%02x", c);
        else
            buf_c(&b, s.p[i]);
    }
    return buf_str(&b);
}

static bool to_file(const struct config *c, struct arena *a, const struct letter *l)
{
    struct str path = c->code_file.n ? c->code_file : str_fmt(a, "%.*s/outbox.txt", SV(c->data));
    struct str line = str_fmt(a, "%.*s\t%.*s\n", SV(escaped(a, l->phone)), SV(escaped(a, l->text)));
    int fd = open(str_z(a, path), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, line.p, line.n) == (ssize_t)line.n;
    if (fd >= 0)
        close(fd);
    return good;
}

static void put_json_inside(struct buf *b, struct str s)
{
    struct buf quoted;
    buf_init(&quoted, b->a, 6 * s.n + 2);
    buf_json(&quoted, s);
    buf_put(b, str_sub(buf_str(&quoted), 1, quoted.n - 2));
}

/* The template with {phone} and {text} filled in. */
static const char *filled(struct arena *a, struct str t, const struct letter *l, void (*put)(struct buf *b, struct str s))
{
    struct buf b;
    buf_init(&b, a, 16384);
    while (t.n) {
        bool phone = str_starts(t, S("{phone}")), text = str_starts(t, S("{text}"));
        if (phone || text)
            put(&b, phone ? l->phone : l->text);
        else
            buf_c(&b, t.p[0]);
        t = str_sub(t, phone ? 7 : text ? 6 : 1, t.n);
    }
    return str_z(a, buf_str(&b));
}

static size_t ignore(char *p, size_t size, size_t n, void *arg)
{
    (void)p, (void)arg;
    return size * n;
}

static CURL *call(const struct config *c, struct arena *a, struct letter *l, struct curl_slist *headers)
{
    bool json = str_starts(c->code_body, S("{"));
    CURL *curl = curl_easy_init();
    curl_easy_setopt(curl, CURLOPT_URL, filled(a, c->code_url, l, buf_url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, filled(a, c->code_body, l, json ? put_json_inside : buf_url));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)SEND_MS);
    curl_easy_setopt(curl, CURLOPT_PRIVATE, l);
    return curl;
}

static void answered(const CURLMsg *m)
{
    long status = 0;
    char *p = NULL;
    curl_easy_getinfo(m->easy_handle, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, &p);
    struct letter *l = (void *)p;
    l->sent = !m->data.result && status / 100 == 2;
    if (!l->sent)
        log_at(LOG_WARN, "notice id=%lld gateway status=%ld: %s", (long long)l->id, status, curl_easy_strerror(m->data.result));
}

/* All at the same time: the wait is the gateway's, and somebody stands before every code. */
static void by_gateway(const struct config *c, struct letters *l)
{
    bool json = str_starts(c->code_body, S("{"));
    struct curl_slist *headers = curl_slist_append(NULL, json ? "Content-Type: application/json"
                                                              : "Content-Type: application/x-www-form-urlencoded");
    CURLM *multi = curl_multi_init();
    CURL *one[LETTERS] = {NULL};
    int busy = 0, left;
    if (c->code_header.n)
        headers = curl_slist_append(headers, str_z(l->a, c->code_header));
    for (size_t i = 0; i < l->n; i++)
        if (l->v[i].phone.n) {
            one[i] = call(c, l->a, &l->v[i], headers);
            curl_multi_add_handle(multi, one[i]);
        }
    while (!curl_multi_perform(multi, &busy) && busy)
        curl_multi_poll(multi, NULL, 0, SEND_MS, NULL);
    for (const CURLMsg *m; (m = curl_multi_info_read(multi, &left));)
        answered(m);
    for (size_t i = 0; i < l->n; i++)
        if (one[i]) {
            curl_multi_remove_handle(multi, one[i]);
            curl_easy_cleanup(one[i]);
        }
    curl_multi_cleanup(multi);
    curl_slist_free_all(headers);
}

static void by_file(const struct config *c, struct letters *l)
{
    for (size_t i = 0; i < l->n; i++)
        l->v[i].sent = l->v[i].phone.n && to_file(c, l->a, &l->v[i]);
}

static void by_log(const struct config *c, struct letters *l)
{
    (void)c;
    for (size_t i = 0; i < l->n; i++) {
        log_at(LOG_INFO, "notice id=%lld demo=yes", (long long)l->v[i].id);
        l->v[i].sent = true;
    }
}

static const struct driver {
    const char *name;
    void (*send)(const struct config *c, struct letters *l);
} drivers[] = {{"file", by_file}, {"http", by_gateway}, {"log", by_log}};

static enum err send_some(struct app *app, size_t *ret_n)
{
    struct arena a;
    arena_init(&a, 0);
    struct letters *l = NEW(&a, struct letters);
    l->a = &a;
    enum err e = app_write(app, notice_claim, l);
    for (size_t k = 0; !e && l->n && k < sizeof drivers / sizeof *drivers; k++)
        if (str_eq(app->config->code_driver, str_c(drivers[k].name)))
            drivers[k].send(app->config, l);
    if (!e && l->n)
        e = app_write(app, notice_settle, l);
    *ret_n = e ? 0 : l->n;
    arena_done(&a);
    return e;
}

enum err notice_send_due(struct app *app)
{
    int64_t until = app->mono_ms(app->clock) + MORE_MS;
    size_t n;
    enum err e;
    do
        e = send_some(app, &n);
    while (!e && n == LETTERS && app->mono_ms(app->clock) < until);
    return e;
}
