/* reply.h - the side of reply.c that router and server use. */
#pragma once
#include "http/page.h"
#include "record/seal.h"

/* Makes the reply for e, as a page or problem+json, from rq->problem. Touches no database. */
void reply_problem(struct request *rq, enum err e);
/* The text "<record>.<field>", else "field.<field>". */
struct str record_label(struct request *rq, const struct record *rec, const char *field);
struct str field_label(struct request *rq, const char *field);
/* One field of a record as a file keeps it: dates whole, choices in words, sealed ones masked. */
struct str show_plain(struct request *rq, const struct record *rec, const struct field *f, const void *in);
bool view_has(const struct view *v, const char *name); /* in v itself */
