/* picture_read.c - the talk with the processes that decode: one is started for each picture, film or voice
 * and ended with it. */
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "feature/picture/picture.h"
#include "http/config.h"

extern char **environ;
enum { JPEG_MAX = 2 << 20, VOICE_MAX = 1 << 20, HEAD = 8, NAME_MAX_BYTES = 4096, SHUT_IN_FAILED = 2 };

/* What a file of its kind has at a place near its start; n = 0 ends the table. */
struct mark {
    size_t at;
    struct str bytes;
};
#define MARK(at, bytes) {at, {bytes, sizeof bytes - 1}}
static const struct mark pictures[] = {MARK(0, "\xff\xd8\xff"), MARK(0, "\x89PNG"), {0}};
static const struct mark films[] = {MARK(4, "ftyp"), MARK(4, "moov"), MARK(4, "mdat"), MARK(4, "wide"), MARK(4, "free"), MARK(4, "skip"),
                                    MARK(0, "\x1a\x45\xdf\xa3"), MARK(0, "OggS"), MARK(0, "RIFF"), MARK(0, "ID3"), MARK(0, "\xff\xf0"),
                                    MARK(0, "\xff\xf1"), MARK(0, "\xff\xf8"), MARK(0, "\xff\xf9"), {0}};

struct work {
    const char *program; /* beside this one; "" = this one */
    const char *task;
    size_t out_max;
    int wait_ms;
    const struct mark *marks; /* without one of these no process is started: that costs more than most files */
};
static const struct work a_picture = {"", "picture-worker", JPEG_MAX, 15000, pictures};
static const struct work a_film = {"lingji-media", "film", MEDIA_OUT + JPEG_MAX, 90000, films};
static const struct work a_voice = {"lingji-media", "voice", VOICE_MAX, 30000, films};
static const struct work a_probe = {"lingji-media", "probe", 1, 10000, NULL};

static bool marked(struct str in, const struct mark *m)
{
    while (m && m->bytes.n && !str_starts(str_sub(in, m->at, in.n), m->bytes))
        m++;
    return !m || m->bytes.n;
}

/* The program with the two ends of a socket as its input and output. */
static pid_t start(const struct work *w, int end)
{
    char path[NAME_MAX_BYTES + 32] = "/proc/self/exe";
    char *const argv[] = {(char *)(uintptr_t)(*w->program ? w->program : "lingji"), (char *)(uintptr_t)w->task, NULL};
    posix_spawn_file_actions_t acts;
    pid_t pid = -1;
    if (*w->program) {
        ssize_t n = readlink("/proc/self/exe", path, NAME_MAX_BYTES);
        while (n > 0 && path[n - 1] != '/')
            n--;
        memcpy(path + (n > 0 ? n : 0), w->program, strlen(w->program) + 1);
    }
    posix_spawn_file_actions_init(&acts);
    posix_spawn_file_actions_adddup2(&acts, end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&acts, end, STDOUT_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&acts, 3);
    if (posix_spawn(&pid, path, &acts, NULL, argv, environ))
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

static struct str receive_all(struct arena *a, int fd, const struct work *w)
{
    struct str out = {arena_alloc(a, w->out_max), 0};
    struct pollfd p = {.fd = fd, .events = POLLIN};
    for (ssize_t k = 1; k > 0 && out.n < w->out_max; out.n += k > 0 ? (size_t)k : 0)
        k = poll(&p, 1, w->wait_ms) == 1 ? read(fd, (char *)(uintptr_t)out.p + out.n, w->out_max - out.n) : -1;
    return out;
}

/* What the process made of `in`; whether that is whole, its bytes say. */
static struct str made(struct arena *a, const struct work *w, struct str in)
{
    struct str out = S("");
    int ends[2], status = -1;
    if (!marked(in, w->marks) || socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
        return out;
    pid_t pid = start(w, ends[1]);
    close(ends[1]);
    if (pid > 0 && send_all(ends[0], in))
        out = receive_all(a, ends[0], w);
    close(ends[0]);
    if (pid > 0) {
        kill(pid, SIGKILL); /* ended by itself, or never will */
        waitpid(pid, &status, 0);
    }
    if (pid < 0 || (WIFEXITED(status) && WEXITSTATUS(status) == SHUT_IN_FAILED))
        log_at(LOG_ERROR, "%s: the process cannot be started or shut in", w->task);
    return out;
}

enum err picture_read(struct request *rq)
{
    struct str *jpeg = NEW(rq->a, struct str);
    if (!rq->body.n)
        return fail(rq, ERR_INPUT, "picture.none");
    *jpeg = made(rq->a, &a_picture, rq->body);
    if (!str_starts(*jpeg, S("\xff\xd8\xff")) || !str_ends(*jpeg, S("\xff\xd9")))
        return fail(rq, ERR_INPUT, "picture.bad");
    rq->before = jpeg;
    return OK;
}

bool media_taken(const struct request *rq)
{
    enum { UNKNOWN, YES, NO };
    static _Atomic int runs = UNKNOWN; /* of this machine, asked once */
    if (!rq->app->config->films)
        return false;
    if (runs == UNKNOWN)
        runs = made(rq->a, &a_probe, S("")).n ? YES : NO;
    return runs == YES;
}

/* Two lengths, big-endian, then the poster and the film. */
static bool split(struct str out, struct film *ret)
{
    size_t n[2] = {0, 0};
    for (size_t i = 0; out.n >= HEAD && i < HEAD; i++)
        n[i / 4] = n[i / 4] << 8 | (unsigned char)out.p[i];
    ret->poster = str_sub(out, HEAD, n[0]);
    ret->mp4 = str_sub(out, HEAD + n[0], out.n);
    return out.n > HEAD && n[1] && out.n == HEAD + n[0] + n[1];
}

static enum err read_media(struct request *rq, const struct work *w, struct film *ret)
{
    static atomic_flag busy = ATOMIC_FLAG_INIT; /* one at a time: the other helper goes on hashing passwords */
    if (!rq->body.n)
        return fail(rq, ERR_INPUT, "media.none");
    if (!media_taken(rq))
        return fail(rq, ERR_INPUT, "media.off");
    if (atomic_flag_test_and_set(&busy)) {
        rq->problem.retry_s = 20;
        return fail(rq, ERR_BUSY, NULL);
    }
    struct str out = made(rq->a, w, rq->body);
    atomic_flag_clear(&busy);
    return split(out, ret) ? OK : fail(rq, ERR_INPUT, "media.bad");
}

enum err film_read(struct request *rq)
{
    rq->before = NEW(rq->a, struct film);
    return read_media(rq, &a_film, rq->before);
}

enum err voice_read(struct request *rq)
{
    struct film *f = NEW(rq->a, struct film);
    rq->before = &f->mp4;
    return read_media(rq, &a_voice, f);
}
