/* key_store.c - see the header. */
#include "cmd/key_store.h"

#include "record/seal.h"

static const struct query known = {"key.known", "SELECT value FROM setting WHERE city = $1 AND name = $2"};
static const struct query note = {
    "key.note", "INSERT INTO setting (city, name, value, until_ms) VALUES ($1, $2, $3, $4) ON CONFLICT (city, name) DO NOTHING"};

/* The oldest of what is sealed: whoever seals with a second key does it later. Three, as one may be damaged. */
static const struct {
    const char *table, *column;
    struct query oldest;
} sealed[] = {
    {"account", "phone", {"key.account_phone", "SELECT city, id, phone FROM account WHERE city IS NOT NULL AND length(phone) > 0 ORDER BY city, id LIMIT 3"}},
    {"account", "totp", {"key.account_totp", "SELECT city, id, totp FROM account WHERE city IS NOT NULL AND length(totp) > 0 ORDER BY city, id LIMIT 3"}},
    {"person", "name", {"key.person_name", "SELECT city, id, name FROM person WHERE city IS NOT NULL AND length(name) > 0 ORDER BY city, id LIMIT 3"}},
    {"employer", "phone", {"key.employer_phone", "SELECT city, id, phone FROM employer WHERE city IS NOT NULL AND length(phone) > 0 ORDER BY city, id LIMIT 3"}}};

static const struct query *const queries[] = {&known, &note, &sealed[0].oldest, &sealed[1].oldest, &sealed[2].oldest, &sealed[3].oldest, NULL};
const struct feature key_feature = {.name = "key", .queries = queries};

static struct str name_of(struct arena *a, const struct seal *seal)
{
    return str_fmt(a, "seal_key_%d", seal_key_id(seal));
}

/* ERR_NONE: at least one of them opens, or there is none. */
static enum err open_oldest(struct tx *t, struct arena *a, struct seal *seal, size_t i)
{
    struct rows rows;
    struct str plain;
    enum err e = db_rows(t, a, &sealed[i].oldest, NO_ARGS, &rows);
    if (e)
        return e;
    for (size_t k = 0; k < rows.n; k++) {
        const struct val *v = row_at(&rows, k);
        struct seal_where w = {sealed[i].table, sealed[i].column, val_i64(v), val_i64(v + 1)};
        if (seal_get(seal, a, w, val_str(v + 2), &plain))
            return ERR_NONE;
    }
    return rows.n ? ERR_RULE : ERR_NONE;
}

enum err key_prove(struct tx *t, struct arena *a, struct seal *seal)
{
    const struct val *v;
    enum err e = db_row(t, a, &known, ARGS(I(0), T(name_of(a, seal))), &v);
    if (!e)
        return str_eq(val_str(v), seal_proof(seal, a)) ? OK : ERR_RULE;
    for (size_t i = 0; e == ERR_NONE && i < sizeof sealed / sizeof *sealed; i++)
        e = open_oldest(t, a, seal, i);
    return e;
}

enum err key_note(struct tx *t, struct arena *a, struct seal *seal)
{
    int64_t made = 0;
    enum err e = key_prove(t, a, seal);
    if (e != ERR_NONE)
        return e;
    e = db_run(t, &note, ARGS(I(0), T(name_of(a, seal)), T(seal_proof(seal, a)), I(INT64_MAX)), &made);
    return e ? e : made ? OK : ERR_BUSY; /* another process was faster: with which key? */
}
