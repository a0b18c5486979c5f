/* backup.c - copies of the data, made and put back. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/cal.h"
#include "base/file.h"
#include "base/log.h"
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

static int copy_market(struct cmd *c, struct str to, struct str file)
{
    struct db *db;
    struct str why = S("");
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
    return code;
}

int cmd_backup(struct cmd *c)
{
    if (c->n_args != 1)
        return cmd_fail("backup where? lingji backup FOLDER");
    struct str to = str_c(c->args[0]), file = str_fmt(c->a, "%.*s/lingji.db", SV(to));
    if (access(str_z(c->a, file), F_OK) == 0)
        return cmd_fail("%.*s exists already; each backup has a folder of its own", SV(file));
    bool made = mkdir(c->args[0], 0700) == 0;
    if (!made && errno != EEXIST)
        return cmd_fail("cannot make %.*s: %s", SV(to), strerror(errno));
    int code = copy_market(c, to, file);
    if (!code)
        printf("backup of %.*s in %.*s; keep the file keys apart from the rest\n", SV(c->config.data), SV(to));
    else if (made)
        rmdir(c->args[0]);
    return code;
}

struct str cmd_backup_refuses(struct arena *a, const struct config *c)
{
    bool lite = str_starts(app_db_url(a, c), S("sqlite:"));
    const char *dir = str_z(a, c->backup_dir);
    struct stat st;
    if (!lite || !c->backup_every_min || !c->backup_dir.n)
        return S("");
    if (stat(dir, &st) == 0 && !S_ISDIR(st.st_mode))
        return str_fmt(a, "backup_dir = %s is no folder", dir);
    return access(dir, R_OK | W_OK | X_OK) == 0 ? S("") : str_fmt(a, "no backup can be written into backup_dir = %s: %s", dir, strerror(errno));
}

void cmd_back_up(struct app *app)
{
    struct arena a;
    struct str why = S("");
    const struct config *c = app->config;
    int64_t now_ms = app->now_ms(app->clock);
    if (!db_single_writer(app->db))
        return;
    arena_init(&a, 0);
    struct str folder = c->backup_dir.n ? c->backup_dir : c->data;
    struct str path = str_fmt(&a, "%.*s/hourly-%02d.db", SV(folder), cal_minute(now_ms) / 60);
    if (db_backup(app->db, &a, str_z(&a, path), &why)) {
        atomic_fetch_add(&app->n_backups_failed, 1);
        atomic_store(&app->backup_failed_ms, now_ms);
        log_at(LOG_ERROR, "backup failed: %.*s", SV(why));
    } else {
        atomic_fetch_add(&app->n_backups, 1);
        atomic_store(&app->backup_ms, now_ms);
        atomic_store(&app->backup_failed_ms, 0);
    }
    arena_done(&a);
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
static int undo_restore(struct cmd *c, bool keys)
{
    static const char *const made[] = {"lingji.db", "lingji.db-wal", "lingji.db-shm", "lingji.db.lock", "keys"};
    for (size_t i = 0; i < sizeof made / sizeof *made - !keys; i++)
        unlink(str_z(c->a, str_fmt(c->a, "%.*s/%s", SV(c->config.data), made[i])));
    return 1;
}

/* A database, and the folder of the key file that opens it. */
struct copy {
    struct str db, keys_in;
};

/* The latest file of the folder that may be a database; empty: none. */
static struct str latest_copy(struct arena *a, struct str folder)
{
    DIR *d = opendir(str_z(a, folder));
    struct str latest = S("");
    struct stat st;
    time_t at = 0;
    for (struct dirent *f; d && (f = readdir(d));)
        if (str_ends(str_c(f->d_name), S(".db")) && fstatat(dirfd(d), f->d_name, &st, 0) == 0 && (!latest.n || st.st_mtime > at)) {
            latest = str_dup(a, str_c(f->d_name));
            at = st.st_mtime;
        }
    if (d)
        closedir(d);
    return latest;
}

static bool is_there(struct arena *a, struct str folder, const char *file)
{
    return access(str_z(a, str_fmt(a, "%.*s/%s", SV(folder), file)), F_OK) == 0;
}

/* `from` is a folder that `backup` made, or one file, as `serve` makes them. The key file lies beside it or,
 * kept apart, already in the data folder. */
static int find_copy(struct cmd *c, struct str from, struct copy *ret)
{
    struct stat st;
    if (stat(str_z(c->a, from), &st))
        return cmd_fail("cannot read %.*s: %s", SV(from), strerror(errno));
    bool folder = S_ISDIR(st.st_mode);
    size_t slash = from.n;
    while (!folder && slash && from.p[slash - 1] != '/')
        slash--;
    struct str beside = folder ? from : slash ? str_sub(from, 0, slash - (slash > 1)) : S(".");
    if (folder && !is_there(c->a, from, "lingji.db")) {
        struct str latest = latest_copy(c->a, from);
        return latest.n ? cmd_fail("%.*s holds no lingji.db; name one of its copies, the latest is %.*s", SV(from), SV(latest))
                        : cmd_fail("cannot read %.*s/lingji.db: there is none", SV(from));
    }
    ret->db = folder ? str_fmt(c->a, "%.*s/lingji.db", SV(from)) : from;
    ret->keys_in = is_there(c->a, beside, "keys") ? beside : c->config.data;
    if (is_there(c->a, ret->keys_in, "keys"))
        return 0;
    return cmd_fail("there is no key file %.*s/keys, nor one in the data folder %.*s: put the copy of it back into either", SV(beside),
                    SV(c->config.data));
}

/* *ret_copied: the data folder had none. */
static int bring_keys(struct cmd *c, struct str from_folder, bool *ret_copied)
{
    enum { LARGEST = 4096 };
    struct str from = str_fmt(c->a, "%.*s/keys", SV(from_folder)), to = str_fmt(c->a, "%.*s/keys", SV(c->config.data)), x, y;
    if (access(str_z(c->a, to), F_OK)) {
        int code = copy_file(c->a, from, to);
        *ret_copied = !code;
        return code;
    }
    if (!file_read(c->a, str_z(c->a, from), LARGEST, &x) || !file_read(c->a, str_z(c->a, to), LARGEST, &y))
        return cmd_fail("cannot read %.*s or %.*s", SV(from), SV(to));
    return str_eq(x, y) ? 0 : cmd_fail("%.*s and %.*s are different key files; move away the one that did not seal this copy", SV(from), SV(to));
}

/* An empty file is a database to the engine, and would become an empty market. */
static int holds_market(struct cmd *c, struct str from, struct str file)
{
    struct db *db;
    struct str why = S("");
    int schema = 0;
    enum err e = db_open(c->a, str_cat(c->a, S("sqlite:"), file), &db, &why);
    if (e)
        return cmd_fail("%.*s", SV(why));
    e = db_schema(db, c->a, &schema, &why);
    db_free(db);
    return e ? cmd_fail("%.*s", SV(why)) : schema ? 0 : cmd_fail("%.*s holds no market", SV(from));
}

static int put_back(struct cmd *c, const struct copy *from)
{
    bool keys = false;
    struct str db = str_fmt(c->a, "%.*s/lingji.db", SV(c->config.data));
    if (copy_file(c->a, from->db, db))
        return 1;
    if (bring_keys(c, from->keys_in, &keys) || holds_market(c, from->db, db) ||
        cmd_check_close(c, cmd_open(c, false))) /* an older copy is migrated here */
        return undo_restore(c, keys);
    return 0;
}

int cmd_restore(struct cmd *c)
{
    bool verify = c->n_args == 2 && strcmp(c->args[1], "--verify") == 0;
    struct copy from;
    if (c->n_args != 1 && !verify)
        return cmd_fail("restore what? lingji restore FOLDER|FILE.db [--verify]");
    const char *there = verify ? NULL : in_the_way(c);
    if (!verify && c->config.db.n)
        return cmd_fail("restore puts a copy into a data folder; db = ... names another database, whose own tools restore it");
    if (there)
        return cmd_fail("%s exists already; restore goes into a data folder without a database", there);
    if (find_copy(c, str_c(c->args[0]), &from))
        return 1;
    if (verify) {
        c->config.data = from.keys_in;
        c->config.db = str_cat(c->a, S("sqlite:"), from.db);
        return cmd_check(c);
    }
    if (mkdir(str_z(c->a, c->config.data), 0700) && errno != EEXIST)
        return cmd_fail("cannot make %.*s: %s", SV(c->config.data), strerror(errno));
    return put_back(c, &from);
}
