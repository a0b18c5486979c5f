/* rules.c - where rule files come from: the binary, and a folder of the city's own. */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "cmd/cmd.h"
#include "http/embed.h"
#include "rules/rules.h"

enum { RULE_FILES = 32, RULE_FILE_MAX = 1 << 20 };

static struct str base_name(struct str path)
{
    size_t from = path.n;
    while (from && path.p[from - 1] != '/')
        from--;
    return str_sub(path, from, path.n);
}

/* One file of the city: instead of the one with its name, or behind all. */
static enum err put_file(struct arena *a, struct str path, struct rule_file *files, size_t *n, struct str *ret_why)
{
    size_t at = 0;
    struct str text;
    while (at < *n && !str_eq(base_name(files[at].name), base_name(path)))
        at++;
    if (at == RULE_FILES || !file_read(a, str_z(a, path), RULE_FILE_MAX, &text)) {
        *ret_why = str_fmt(a, "cannot read %.*s: %s", SV(path), at == RULE_FILES ? "too many rule files" : strerror(errno));
        return ERR_INPUT;
    }
    files[at] = (struct rule_file){path, text};
    *n += at == *n;
    return OK;
}

static int by_name(const void *x, const void *y)
{
    return str_cmp(((const struct rule_file *)x)->name, ((const struct rule_file *)y)->name);
}

static enum err add_folder(struct arena *a, struct str folder, struct rule_file *files, size_t *n, struct str *ret_why)
{
    enum err e = OK;
    size_t built_in = *n;
    DIR *dir = opendir(str_z(a, folder));
    if (!dir) {
        *ret_why = str_fmt(a, "rules = %.*s: %s", SV(folder), strerror(errno));
        return ERR_INPUT;
    }
    for (struct dirent *d; !e && (d = readdir(dir));)
        if (str_ends(str_c(d->d_name), S(".rule")))
            e = put_file(a, str_fmt(a, "%.*s/%s", SV(folder), d->d_name), files, n, ret_why);
    closedir(dir);
    qsort(files + built_in, *n - built_in, sizeof *files, by_name); /* the order of a folder is none */
    return e;
}

enum err app_rules(struct arena *a, struct app *app, struct str *ret_why)
{
    struct rule_file files[RULE_FILES];
    struct str folder = app->config ? app->config->rules : S("");
    struct rules *r;
    size_t n = 0;
    for (const struct embedded *f = embedded_files; f->name; f++)
        if (str_ends(str_c(f->name), S(".rule")) && n < RULE_FILES)
            files[n++] = (struct rule_file){str_c(f->name), f->data};
    enum err e = folder.n ? add_folder(a, folder, files, &n, ret_why) : OK;
    if (!e)
        e = rules_load(a, files, n, &r, ret_why);
    if (!e)
        app->rules = r;
    return e;
}
