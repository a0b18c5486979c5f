/* job_import.h - import of advertisements from a CSV with the columns of docs/import.md. Every row ends in exactly one of
 * the counts; none gets a shift, as no ad names a day; what was held, refused or found twice stands in the report with its
 * row and reason. */
#pragma once
#include "http/app.h"

struct csv;
struct gazetteer;
struct import_row { int64_t job_id, row; };
struct import {
    struct csv *csv;    /* opened, head read by job_import_begin */
    const struct gazetteer *occupations, *divisions; /* of job_occupation.h, or NULL */
    struct str file;    /* source of rows whose job_id names none */
    struct buf *report;
    bool end;
    int column[16], more[3]; /* where each column stands, -1 = nowhere */
    int64_t rows, taken, held, refused, known, duplicate, unreadable, assumed_head;
    int64_t with_occupation, with_district, with_hours; /* of those taken and held */
    struct import_row *kept; /* those, by job_id; in the arena of the report */
    size_t n_kept, cap_kept;
};
/* False with a sentence when the file has no usable head. */
bool job_import_begin(struct import *im, struct str *ret_why);
/* The next `most` rows in the caller's transaction; im->end when done. Idempotent by source and id. */
MUST_USE enum err job_import_some(struct request *rq, struct import *im, int64_t most);
