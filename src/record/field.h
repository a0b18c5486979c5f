/* field.h - one table of fields per record is the only description of it. From it come the SQL row,
 * JSON in and out, forms, CSV, templates, visibility, sealing and masking, and the OpenAPI
 * document. */
#pragma once
#include "base/cal.h"
#include "base/geo.h"
#include "base/str.h"

/* Who. A session has the union of its grants; PUBLIC is in every mask test for strangers. */
enum role {
    PUBLIC = 1 << 0, /* anybody, signed in or not */
    SEEKER = 1 << 1,
    EMPLOYER = 1 << 2,
    AGENCY = 1 << 3,
    CONSULTANT = 1 << 4,
    INSPECTOR = 1 << 5,
    GRID = 1 << 6,
    TRAINER = 1 << 7,
    MEDIATOR = 1 << 8,
    SITE_MANAGER = 1 << 9,
    DISTRICT_ADMIN = 1 << 10,
    CITY_ADMIN = 1 << 11,
    AUDITOR = 1 << 12,
    SYSTEM = 1 << 13, /* timers, import, demo: never a session from outside */
    MEMBER = 1 << 14, /* whoever is signed in, also before he holds any role */
    DESK = CONSULTANT | SITE_MANAGER,
    POSTER = EMPLOYER | AGENCY,
    ADMIN = DISTRICT_ADMIN | CITY_ADMIN,
    STAFF = CONSULTANT | INSPECTOR | GRID | TRAINER | MEDIATOR | SITE_MANAGER | ADMIN | AUDITOR,
    SIGNED_IN = SEEKER | POSTER | STAFF | MEMBER,
    ANYONE = PUBLIC | SIGNED_IN | SYSTEM,
    NOBODY = 1 << 30 /* .put of what only the program sets; .see of what never leaves */
};

enum field_kind {
    FIELD_INT,  /* int64_t; min..max */
    FIELD_FEN,  /* int64_t money in fen; min..max */
    FIELD_ID,   /* int64_t, a string in JSON, "" or absent = 0 */
    FIELD_MS,   /* int64_t UTC ms; RFC 3339 +08:00 in JSON; 0 = none */
    FIELD_DAY,  /* int32_t day; YYYY-MM-DD in JSON; 0 = none */
    FIELD_DATE, /* int32_t cal_date, of any century; the same in JSON; 0 = none */
    FIELD_BOOL, /* bool */
    FIELD_ENUM, /* int32_t index into choices; its key in JSON and SQL */
    FIELD_MASK, /* uint32_t set of choices; list of keys in JSON, BIGINT in SQL, repeated in forms,
                    where an empty one says that none is chosen */
    FIELD_TEXT, /* struct str; min..max count code points; one line unless max > 120; never blanks alone */
    FIELD_GEO,  /* struct geo; {"lon","lat"} in JSON; two columns <name>_lon, <name>_lat */
    FIELD_BLOB  /* struct str of bytes, base64 in JSON */
};

/* Privacy class. Not OPEN: sealed in the database, masked in every reply unless opened by the
 * separate, reasoned, audited call; SEAL_REST only sealed, whole for whom .see names. */
enum seal_class { OPEN, SEAL_NAME, SEAL_PHONE, SEAL_IDNUM, SEAL_NOTE, SEAL_REST };

struct choice {
    const char *key; /* "day_end": in JSON and SQL; its text has the key "<record>.<field>.<key>" */
};

struct field {
    const char *name; /* snake_case: JSON, column, form, and text key "<record>.<field>" */
    enum field_kind kind;
    size_t off;
    int64_t min, max;
    const struct choice *choices; /* ENUM and MASK; ends with key NULL */
    const char *words;            /* their texts are "<words>.<key>"; NULL: as beside struct choice */
    uint32_t see;                 /* roles that may read it; must not be 0 */
    uint32_t put;                 /* roles that may set it; 0 = nobody */
    uint32_t ask;                 /* of these, whose forms ask for it; 0 = all */
    enum seal_class seal;
    bool required;   /* must be present and not empty in input */
    bool virt;       /* not a column: computed for replies */
    bool clock;      /* FIELD_INT: minute of the day; forms offer times. 0 = none */
    bool district;   /* FIELD_INT: code of a district; people see and choose names. 0 = none */
    const char *unless; /* forms ask only while this other field is empty */
    bool more;       /* forms fold it away behind the fields that matter first */
    const char *doc; /* English, for OpenAPI */
};

#define FIELD(type, member, fkind, ...)                                                            \
    {                                                                                              \
        .name = #member, .kind = FIELD_##fkind, .off = offsetof(type, member), __VA_ARGS__         \
    }

struct record {
    const char *name; /* "job": table name, OpenAPI schema name, text key prefix */
    size_t size;
    const struct field
        *fields; /* ends with name NULL; first field is id where the record has one */
    const char *doc;
};

/* What was wrong with one field. `key` is a text key ("input.required"); `arg` fills {{arg}}. */
struct field_error {
    const char *field;
    const char *key;
    struct str arg;
};
struct errors {
    struct field_error v[32];
    size_t n;
    bool in_fen; /* money was sent in fen, as JSON, and not in yuan: limits are said likewise */
};
enum limit { LEAST, MOST };
void errors_add(struct errors *e, const char *field, const char *key, struct str arg);
/* Beyond a limit of money, in the unit that was sent. */
void errors_add_fen(struct errors *e, const char *field, enum limit which, int64_t fen);

/* ---- reading; all errors are collected, not only the first; false if there is any ----
 * Fields whose .put lacks `roles` and unknown names are errors "input.unknown".
 * `out` is rec->size bytes; absent fields keep what is in it. `ret_seen` (may be NULL): bit i set
 * when field i was present. */
bool record_from_json(struct arena *a, const struct record *rec, uint32_t roles, struct str json,
                      void *out, uint64_t *ret_seen, struct errors *err);
bool record_from_form(struct arena *a, const struct record *rec, uint32_t roles,
                      struct str urlencoded, void *out, uint64_t *ret_seen, struct errors *err);
/* Limits, enums, required; called by both readers, useful alone for records built in C. */
bool record_check(const struct record *rec, const void *in, uint64_t seen, struct errors *err);

/* ---- rows ---- */
struct seal;
struct val;
/* The columns that a row of the record has, which the SQL of its store names in the order of the fields: virt left out,
 * GEO twice, as x_lon and x_lat. */
size_t record_width(const struct record *rec);
/* Fills `out` from one row that begins at row[0]. Sealed columns are opened with (city, id) as
 * associated data; one that does not open becomes "?" and is logged. */
void record_from_row(struct arena *a, const struct record *rec, struct seal *seal,
                     const struct val *row, void *out);
/* The values for an INSERT of all columns, sealed where the table says so. */
struct val *record_to_vals(struct arena *a, const struct record *rec, struct seal *seal,
                           const void *in);

/* ---- writing ---- */
struct buf;
enum { SHOW_MASKED = 0, SHOW_OPEN = 1 };
/* {"id":"..",...}: only fields with .see & roles; sealed ones masked unless SHOW_OPEN. */
void record_json(struct buf *b, const struct record *rec, uint32_t roles, int show, const void *in);
void record_csv_head(struct buf *b, const struct record *rec, uint32_t roles);
void record_csv(struct buf *b, const struct record *rec, uint32_t roles, const void *in);
/* "138****5678", "陈**", "440***********1234" */
struct str seal_mask(struct arena *a, enum seal_class c, struct str plain);
const char *choice_key(const struct field *f, int32_t i);
/* Index of `key` in choices or -1. */
int32_t choice_find(const struct choice *c, struct str key);
bool field_is_long(const struct field *f); /* a text of many lines: forms offer an area */
const struct field *record_field(const struct record *rec, struct str name); /* NULL if none */
