/* access.h - reading and setting one member through its field entry. Inside src/record and for the
 * views of src/http; features use their structs. */
#pragma once
#include "record/field.h"

int64_t field_i64(const struct field *f, const void *rec); /* all but TEXT, BLOB, GEO */
void field_set_i64(const struct field *f, void *rec, int64_t v);
struct str field_str(const struct field *f, const void *rec); /* TEXT, BLOB */
struct geo field_geo(const struct field *f, const void *rec);
bool field_is_text(const struct field *f);
/* Of DAY, DATE and MS; false where it is none, and for the one day or moment that would be kept as none. */
bool field_parse_when(const struct field *f, struct str s, int64_t *ret);
int32_t field_day(const struct field *f, int64_t v); /* the day that a DAY or a DATE names */
bool field_empty(const struct field *f, const void *rec); /* as "required" sees it */
