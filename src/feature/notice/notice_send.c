/* notice_send.c - the drivers: a file, an SMS gateway by HTTP, the log of the demonstration. */
#include <curl/curl.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "feature/notice/notice_store.h"
#include "http/config.h"

enum { SEND_MS = 5000, CONNECT_MS = 2000 };

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

static bool to_log(const struct config *c, struct arena *a, const struct letter *l)
{
    (void)c, (void)a;
    log_at(LOG_INFO, "notice id=%lld demo=yes", (long long)l->id);
    return true;
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

static bool to_gateway(const struct config *c, struct arena *a, const struct letter *l)
{
    bool json = str_starts(c->code_body, S("{"));
    CURL *curl = curl_easy_init();
    struct curl_slist *headers = curl_slist_append(NULL, json ? "Content-Type: application/json"
                                                              : "Content-Type: application/x-www-form-urlencoded");
    long status = 0;
    if (c->code_header.n)
        headers = curl_slist_append(headers, str_z(a, c->code_header));
    curl_easy_setopt(curl, CURLOPT_URL, filled(a, c->code_url, l, buf_url));
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, filled(a, c->code_body, l, json ? put_json_inside : buf_url));
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, (long)CONNECT_MS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, (long)SEND_MS);
    CURLcode rc = curl_easy_perform(curl);
    curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    if (rc || status / 100 != 2)
        log_at(LOG_WARN, "notice id=%lld gateway status=%ld: %s", (long long)l->id, status, curl_easy_strerror(rc));
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
    return !rc && status / 100 == 2;
}

static const struct driver {
    const char *name;
    bool (*send)(const struct config *c, struct arena *a, const struct letter *l);
} drivers[] = {{"file", to_file}, {"http", to_gateway}, {"log", to_log}};

enum err notice_send_due(struct app *app)
{
    struct arena a;
    arena_init(&a, 0);
    struct letters *l = NEW(&a, struct letters);
    l->a = &a;
    enum err e = app_write(app, notice_claim, l);
    int64_t until = app->mono_ms(app->clock) + SEND_MS;
    for (size_t i = 0; !e && i < l->n && app->mono_ms(app->clock) < until; i++)
        for (size_t k = 0; k < sizeof drivers / sizeof *drivers; k++)
            if (str_eq(app->config->code_driver, str_c(drivers[k].name)) && l->v[i].phone.n)
                l->v[i].sent = drivers[k].send(app->config, &a, &l->v[i]);
    if (!e && l->n)
        e = app_write(app, notice_settle, l);
    arena_done(&a);
    return e;
}
