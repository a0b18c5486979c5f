/* sheet.h - a list or a report as a workbook (.xlsx, libxlsxwriter), row by row in constant memory. Text
 * is text: no cell is a formula, and a phone or id stays as it was written. Not for other threads. */
#pragma once
#include "http/request.h"

/* How a list of records looks: which fields, under which text keys. A field the caller may not see is
 * left out, a sealed one is masked, as in JSON. */
struct sheet_column {
    const char *field, *label;
};

struct sheet;
struct sheet *sheet_new(struct request *rq);
/* A further page; its first row is the head. At most 31 characters. */
void sheet_page(struct sheet *s, struct str name);
void sheet_text(struct sheet *s, struct str text); /* the next cell of the row */
void sheet_number(struct sheet *s, int64_t x);
void sheet_fen(struct sheet *s, int64_t fen); /* as yuan */
void sheet_next(struct sheet *s);             /* the row is done */
/* The workbook as the reply; s is gone. ERR_LARGE when there is no room for it. */
MUST_USE enum err reply_sheet(struct sheet *s);
/* What reply_items gives to a caller that asked for a workbook, where route->sheet names columns. */
MUST_USE enum err reply_sheet_items(struct request *rq, const struct record *rec, const void *v, size_t n);
