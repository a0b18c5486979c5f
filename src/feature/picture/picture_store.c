/* picture_store.c - the table of pictures, and the talk with the process that makes them. */
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "feature/picture/picture.h"
#include "http/page.h"
#include "http/reply.h"

extern char **environ;
enum { JPEG_MAX = 2 << 20, WAIT_MS = 15000 };
static const struct rule too_many = {"pictures_many", "at most PICTURES_MAX"};

static const struct query add = {
    "picture.add", "INSERT INTO picture (city, id, about, about_id, jpeg, by_id, made_ms) VALUES ($1, $2, $3, $4, $5, $6, $7)"};
static const struct query list = {
    "picture.list", "SELECT id FROM picture WHERE city = $1 AND about = $2 AND about_id = $3 ORDER BY id LIMIT $4"};
static const struct query get = {
    "picture.get", "SELECT jpeg FROM picture WHERE city = $1 AND id = $2 AND about = $3 AND about_id = $4"};
static const struct query drop = {
    "picture.drop", "DELETE FROM picture WHERE city = $1 AND id = $2 AND about = $3 AND about_id = $4"};
static const struct query *const queries[] = {&add, &list, &get, &drop, NULL};
const struct feature picture_feature = {.name = "picture", .queries = queries};

/* This program again as `lingji picture-worker`, with the two ends of a socket as its input and output. */
static pid_t start(int end)
{
    char *const argv[] = {(char[]){"lingji"}, (char[]){"picture-worker"}, NULL};
    posix_spawn_file_actions_t acts;
    pid_t pid = -1;
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&acts, end, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&acts, 3);
    if (posix_spawn(&pid, "/proc/self/exe", &acts, NULL, argv, environ))
        pid = -1;
    posix_spawn_file_actions_destroy(&acts);
    return pid;
}

static bool send_all(int fd, struct str s)
{
    while (s.n) {
        ssize_t k = send(fd, s.p, s.n, MSG_NOSIGNAL);
        if (k <= 0)
            return false;
        s = str_sub(s, (size_t)k, s.n);
    }
    return shutdown(fd, SHUT_WR) == 0;
}

static struct str receive_all(struct request *rq, int fd)
{
    struct str out = {arena_alloc(rq->a, JPEG_MAX), 0};
    struct pollfd p = {.fd = fd, .events = POLLIN};
    for (ssize_t k = 1; k > 0 && out.n < JPEG_MAX; out.n += k > 0 ? (size_t)k : 0)
        k = poll(&p, 1, WAIT_MS) == 1 ? read(fd, (char *)(uintptr_t)out.p + out.n, JPEG_MAX - out.n) : -1;
    return out;
}

enum err picture_read(struct request *rq)
{
    int ends[2], status = -1;
    struct str *jpeg = NEW(rq->a, struct str);
    if (!rq->body.n)
        return fail(rq, ERR_INPUT, "picture.none");
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return ERR_BUSY;
    pid_t pid = start(ends[1]);
    close(ends[1]);
    if (pid > 0 && send_all(ends[0], rq->body))
        *jpeg = receive_all(rq, ends[0]);
    close(ends[0]);
    if (pid > 0) {
        kill(pid, SIGKILL); /* ended by itself, or never will */
        waitpid(pid, &status, 0);
    }
    if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 2))
        log_at(LOG_ERROR, "picture: the worker cannot be started or shut in");
    if (!str_starts(*jpeg, S("\xff\xd8\xff")) || !str_ends(*jpeg, S("\xff\xd9")))
        return fail(rq, ERR_INPUT, "picture.bad");
    rq->before = jpeg;
    return OK;
}

enum err picture_list(struct request *rq, const char *about, int64_t about_id, int64_t ids[PICTURES_MAX], size_t *ret_n)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &list, ARGS(I(rq->city), T(str_c(about)), I(about_id), I(PICTURES_MAX)), &rows);
    for (size_t i = 0; !e && i < rows.n; i++)
        ids[i] = val_i64(row_at(&rows, i));
    *ret_n = e ? 0 : rows.n;
    return e;
}

enum err picture_add(struct request *rq, const char *about, int64_t about_id, int64_t *ret_id)
{
    int64_t ids[PICTURES_MAX];
    size_t n;
    enum err e = picture_list(rq, about, about_id, ids, &n);
    if (!e && n == PICTURES_MAX)
        return refuse(rq, &too_many);
    *ret_id = new_id(rq);
    return e ? e : db_run(rq->tx, &add,
                          ARGS(I(rq->city), I(*ret_id), T(str_c(about)), I(about_id), B(*(struct str *)rq->before),
                               I(rq->who->account_id), I(rq->now_ms)),
                          NULL);
}

enum err picture_reply(struct request *rq, const char *about, int64_t about_id, int64_t id)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &get, ARGS(I(rq->city), I(id), T(str_c(about)), I(about_id)), &v);
    return e ? e : reply_text(rq, 200, "image/jpeg", str_dup(rq->a, val_str(v)));
}

enum err picture_drop(struct request *rq, const char *about, int64_t about_id, int64_t id)
{
    int64_t n = 0;
    enum err e = db_run(rq->tx, &drop, ARGS(I(rq->city), I(id), T(str_c(about)), I(about_id)), &n);
    return e ? e : n ? OK : ERR_NONE;
}
