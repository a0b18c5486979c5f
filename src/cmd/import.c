/* import.c - `lingji import jobs FILE.csv`: in transactions of 500 rows, with progress. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "cmd/cmd.h"
#include "feature/job/job_import.h"
#include "feature/job/job_occupation.h"
#include "http/request.h"
#include "record/csv.h"

enum { CHUNK = 500, LARGEST = 256 << 20, NODE_IMPORT = 1023 /* beside the servers of the same database */ };

/* A transaction may be run again: each time from where the last one ended. */
struct chunk {
    struct import *im, before;
    struct csv csv_before;
    size_t report_before;
};

static enum err some(struct request *rq)
{
    struct chunk *k = rq->object;
    *k->im = k->before;
    *k->im->csv = k->csv_before;
    k->im->report->n = k->report_before;
    return job_import_some(rq, k->im, CHUNK);
}

static int run(struct cmd *c, struct app *app, struct import *im)
{
    while (!im->end) {
        struct chunk k = {im, *im, *im->csv, im->report->n};
        if (db_keep(app->db) == ERR_CONFLICT)
            return cmd_lost_node(c);
        enum err e = app_write(app, some, &k);
        if (e)
            return cmd_fail("the rows behind %lld were not taken in (%s); run the import again",
                            (long long)k.before.rows, err_code(e));
        fwrite(im->report->p, 1, im->report->n, stdout); /* what is committed, and no more */
        im->report->n = 0;
        if (isatty(STDERR_FILENO))
            fprintf(stderr, "\r%lld rows", (long long)im->rows);
    }
    if (isatty(STDERR_FILENO))
        fputc('\n', stderr);
    printf("rows %lld: taken %lld, held %lld, refused %lld, known %lld, duplicate %lld, unreadable %lld\n",
           (long long)im->rows, (long long)im->taken, (long long)im->held, (long long)im->refused,
           (long long)im->known, (long long)im->duplicate, (long long)im->unreadable);
    printf("of those taken and held: %lld with an occupation, %lld in a known district, %lld with their hours\n", (long long)im->with_occupation,
           (long long)im->with_district, (long long)im->with_hours);
    if (im->taken + im->held)
        printf("none of them is shown before somebody has verified it and stated its days and hours\n");
    if (im->assumed_head)
        printf("%lld rows name no number of people; one is assumed\n", (long long)im->assumed_head);
    return 0;
}

/* A word list named in lingji.conf; none is fine, an unreadable one is not. */
static bool load_words(struct cmd *c, struct str path, bool (*load)(struct arena *a, struct str csv, struct gazetteer **ret, struct str *why),
                       const struct gazetteer **ret)
{
    struct str bytes, why = S("cannot be read");
    struct gazetteer *g = NULL;
    bool good = !path.n || (file_read(c->a, str_z(c->a, path), LARGEST, &bytes) && load(c->a, bytes, &g, &why));
    if (!good)
        cmd_fail("%.*s: %.*s", SV(path), SV(why));
    *ret = g;
    return good;
}

int cmd_import(struct cmd *c)
{
    struct str bytes, why;
    struct csv csv;
    struct buf out;
    if (c->n_args != 2 || strcmp(c->args[0], "jobs"))
        return cmd_fail("import what? lingji import jobs FILE.csv");
    if (!file_read(c->a, c->args[1], LARGEST, &bytes))
        return cmd_fail("cannot read %s (or it is larger than 256 MB)", c->args[1]);
    const char *slash = strrchr(c->args[1], '/');
    buf_init(&out, c->a, 8 << 20);
    struct import im = {.csv = &csv, .file = str_c(slash ? slash + 1 : c->args[1]), .report = &out};
    if (!csv_open(&csv, c->a, bytes, &why) || !job_import_begin(&im, &why))
        return cmd_fail("%s: %.*s", c->args[1], SV(why));
    if (!load_words(c, c->config.occupations, occupations_load, &im.occupations) ||
        !load_words(c, c->config.divisions, divisions_load, &im.divisions))
        return 1;
    c->config.node = NODE_IMPORT;
    struct app *app = cmd_open(c, false);
    if (app && cmd_claim_node(c, app)) {
        app_close(app);
        return 1;
    }
    enum err claimed = app ? app_write(app, data_claim, NULL) : OK; /* also the demonstration takes advertisements in */
    int code = app && (!claimed || claimed == ERR_CONFLICT) ? run(c, app, &im) : 1;
    if (app)
        app_close(app);
    return code;
}
