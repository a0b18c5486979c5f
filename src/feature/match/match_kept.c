/* match_kept.c - the prices of the last placing in the data folder, as `prices`: a program that starts knows them before its
 * first placing is done, and one beside it says the prices that people see (match_explain). Each program writes its own every
 * ten minutes, for itself alone and not for the database: with the next placing it is worth nothing. What is not whole is not
 * read, and nothing but a little time is lost with it, so it is not forced to the disk either. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "feature/match/match_place.h"
#include "http/config.h"

enum { KEPT_MAX = 64 << 20 };
struct kept {
    int64_t shift_id;
    int32_t price, suitors, line, zero;
};
struct kept_head {
    char name[8];
    int64_t made_ms, n; /* n of struct kept behind it */
};
static const char name[8] = "prices1";

static const char *path_of(const struct app *app, struct arena *a, const char *end)
{
    return str_z(a, str_fmt(a, "%.*s/prices%s", SV(app->config->data), end));
}

static bool write_whole(const char *part, const char *path, struct str text)
{
    int fd = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n;
    if (fd >= 0)
        close(fd);
    return good && rename(part, path) == 0;
}

void prices_keep(const struct placing *pl)
{
    struct app *app = pl->rq->app;
    struct arena *a = pl->rq->a;
    struct kept_head head = {.made_ms = pl->rq->now_ms};
    struct kept *v = NEW_N(a, (size_t)pl->b.slots + 1, struct kept);
    app->priced_ms = head.made_ms;
    if (app->readonly)
        return;
    for (int32_t k = 0; k < pl->b.slots; k++)
        if (pl->price[k] || pl->suitors[k])
            v[head.n++] = (struct kept){pl->slot_id[k], pl->price[k], pl->suitors[k], pl->line[k], 0};
    memcpy(head.name, name, sizeof name);
    struct str text = str_cat(a, (struct str){(char *)&head, sizeof head}, (struct str){(char *)v, (size_t)head.n * sizeof *v});
    if (!write_whole(path_of(app, a, ".part"), path_of(app, a, ""), text))
        log_at(LOG_WARN, "prices are not kept for the next start: %s", path_of(app, a, ""));
}

void prices_take(struct request *rq)
{
    struct app *app = rq->app;
    struct str text;
    struct kept_head head;
    struct fact f = {.kind = FACT_PRICE};
    app->priced_ms = 0;
    if (!file_read(rq->a, path_of(app, rq->a, ""), KEPT_MAX, &text) || text.n < sizeof head)
        return;
    memcpy(&head, text.p, sizeof head);
    if (memcmp(head.name, name, sizeof name) != 0 || head.n < 0 || head.n > KEPT_MAX || text.n != sizeof head + (size_t)head.n * sizeof(struct kept))
        return;
    const struct kept *v = (const struct kept *)(text.p + sizeof head);
    for (int64_t i = 0; i < head.n; i++) {
        f.id = v[i].shift_id;
        f.price = v[i].price;
        f.suitors = v[i].suitors;
        f.line = v[i].line;
        market_apply(app->market, &f); /* a shift that is gone meanwhile is unknown */
    }
    app->priced_ms = head.made_ms;
}
