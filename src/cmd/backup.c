/* backup.c - copies of the data, made and put back. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cmd/cmd.h"

/* The database may be copied while others write; the key file never changes. What failed leaves nothing. */
static int copy_file(struct arena *a, struct str from, struct str to)
{
    char block[1 << 16];
    int in = open(str_z(a, from), O_RDONLY | O_CLOEXEC);
    int out = in < 0 ? -1 : open(str_z(a, to), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ssize_t n = in < 0 || out < 0 ? -1 : 1;
    while (n > 0) {
        n = read(in, block, sizeof block);
        if (n > 0 && write(out, block, (size_t)n) != n)
            n = -1;
    }
    if (n == 0 && fsync(out))
        n = -1;
    int why = errno;
    if (n && out >= 0)
        unlink(str_z(a, to));
    if (in >= 0)
        close(in);
    if (out >= 0)
        close(out);
    return n ? cmd_fail("cannot copy %.*s to %.*s: %s", SV(from), SV(to), strerror(why)) : 0;
}

int cmd_backup(struct cmd *c)
{
    struct db *db;
    struct str why = S("");
    if (c->n_args != 1)
        return cmd_fail("backup where? lingji backup FOLDER");
    struct str to = str_c(c->args[0]), file = str_fmt(c->a, "%.*s/lingji.db", SV(to));
    if (access(str_z(c->a, file), F_OK) == 0)
        return cmd_fail("%.*s exists already; each backup has a folder of its own", SV(file));
    if (mkdir(c->args[0], 0700) && errno != EEXIST)
        return cmd_fail("cannot make %.*s: %s", SV(to), strerror(errno));
    struct str url = app_db_url(c->a, &c->config);
    if (db_open(c->a, str_starts(url, S("sqlite:")) ? str_cat(c->a, url, S("?mode=ro")) : url, &db, &why))
        return cmd_fail("%.*s", SV(why));
    enum err e = db_backup(db, c->a, str_z(c->a, file), &why);
    db_free(db);
    if (e)
        return cmd_fail("%.*s", SV(why));
    int code = copy_file(c->a, str_fmt(c->a, "%.*s/keys", SV(c->config.data)), str_fmt(c->a, "%.*s/keys", SV(to)));
    if (code)
        unlink(str_z(c->a, file)); /* nobody can open it */
    else
        printf("backup of %.*s in %.*s; keep the file keys apart from the rest\n", SV(c->config.data), SV(to));
    return code;
}

/* The database of the data folder, or what would be played into one that takes its place. NULL: neither. */
static const char *in_the_way(struct cmd *c)
{
    static const char *const names[] = {"lingji.db", "lingji.db-wal"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *path = str_z(c->a, str_fmt(c->a, "%.*s/%s", SV(c->config.data), names[i]));
        if (access(path, F_OK) == 0)
            return path;
    }
    return NULL;
}

/* A copy that cannot be opened, or is not sound, would only stand in the way of a good one. */
static void undo_restore(struct cmd *c, bool keys)
{
    static const char *const made[] = {"lingji.db", "lingji.db-wal", "lingji.db-shm", "lingji.db.lock", "keys"};
    for (size_t i = 0; i < sizeof made / sizeof *made - !keys; i++)
        unlink(str_z(c->a, str_fmt(c->a, "%.*s/%s", SV(c->config.data), made[i])));
}

int cmd_restore(struct cmd *c)
{
    bool verify = c->n_args == 2 && strcmp(c->args[1], "--verify") == 0;
    if (c->n_args != 1 && !verify)
        return cmd_fail("restore what? lingji restore FOLDER [--verify]");
    struct str from = str_c(c->args[0]);
    if (verify) {
        c->config.data = from;
        c->config.db = S("");
        return cmd_check(c);
    }
    if (c->config.db.n)
        return cmd_fail("restore puts a copy into a data folder; db = ... names another database, whose own tools restore it");
    const char *there = in_the_way(c);
    if (there)
        return cmd_fail("%s exists already; restore goes into an empty data folder", there);
    if (mkdir(str_z(c->a, c->config.data), 0700) && errno != EEXIST)
        return cmd_fail("cannot make %.*s: %s", SV(c->config.data), strerror(errno));
    struct str db = str_fmt(c->a, "%.*s/lingji.db", SV(c->config.data));
    if (copy_file(c->a, str_fmt(c->a, "%.*s/lingji.db", SV(from)), db))
        return 1;
    bool keys = !copy_file(c->a, str_fmt(c->a, "%.*s/keys", SV(from)), str_fmt(c->a, "%.*s/keys", SV(c->config.data)));
    struct app *app = keys ? cmd_open(c, false) : NULL; /* an older copy is migrated here */
    int code = cmd_check_close(c, app);
    if (code)
        undo_restore(c, keys);
    return code;
}
