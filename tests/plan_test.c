/* plan_test.c - no statement of a request goes through a whole city on the embedded engine, which has no
 * statistics and takes an index in the order asked for before the one that finds the row. */
#include "app_fixture.h"
#include "db_fixture.h"
#include "http/route.h"
#include "test.h"

/* Few rows, or a duty of every hour or of a whole list; hall.log_now goes through what it has found, the entries of a day,
 * hire.turnout and offer.answers through at most 5000, hire.of_employer through two pages, employer.find for words in the middle of a name; match.placings has a row a night, match.placing, account.any and
 * hire.stop_next stop at the first row of an index, and key.* at the third row that has what nearly every row has. */
static const char *const through_all[] = {
    "http.audit_heads", "http.last_change", "account.staff_list", "account.city_admins", "account.expire_sessions", "account.expire_idle",
    "account.old_settings", "site.all", "person.doubles", "hire.wrong_shifts", "wage.wrong", "inspect.list", "plaza.all", "print.due",
    "print.old", "right.list", "trust.paid", "trust.support_over", "away.over",
    "hall.log_now", "offer.answers", "hire.turnout", "hire.of_employer", "hire.stop_next", "employer.find", "match.placing", "match.placings", "account.any",
    "key.account_phone", "key.account_totp", "key.person_name", "key.employer_phone"};

static bool may_go_through(const char *name)
{
    for (size_t i = 0; i < sizeof through_all / sizeof *through_all; i++)
        if (str_eq(str_c(through_all[i]), str_c(name)))
            return true;
    return false;
}

static struct rows plan_of(struct town *t, struct tx *tx, const struct query *q)
{
    struct rows rows = {0};
    struct query *plan = NEW(&t->a, struct query);
    *plan = (struct query){"test.plan", str_z(&t->a, str_fmt(&t->a, "EXPLAIN QUERY PLAN %s", q->sql))};
    CHECK_EQ(db_rows(tx, &t->a, plan, NO_ARGS, &rows), OK);
    return rows;
}

static void look(struct town *t, struct tx *tx, const struct query *q)
{
    struct rows rows = plan_of(t, tx, q);
    for (size_t i = 0; i < rows.n; i++) {
        struct str step = val_str(row_at(&rows, i) + 3);
        if ((str_starts(step, S("SCAN")) && str_find(step, S("CONSTANT")) < 0) || str_ends(step, S("(city=?)")))
            if (!may_go_through(q->name))
                test_fail(__FILE__, __LINE__, str_z(&t->a, str_fmt(&t->a, "%s: %.*s", q->name, SV(step))));
    }
}

static void on_engine(struct town *t, void (*ask)(struct town *t, struct tx *tx))
{
    struct conn *c;
    struct tx *tx;
    if (!db_single_writer(t->app.db))
        return;
    CHECK_EQ(conn_open(t->app.db, false, &c), OK);
    CHECK_EQ(tx_begin(c, TX_READ, &tx), OK);
    ask(t, tx);
    tx_rollback(tx);
    conn_free(c);
}

static void look_at_all(struct town *t, struct tx *tx)
{
    for (size_t i = 0; features[i]; i++)
        for (const struct query *const *q = features[i]->queries; q && *q; q++)
            look(t, tx, *q);
}

static void plans(struct town *t)
{
    on_engine(t, look_at_all);
}

TEST(no_statement_goes_through_a_whole_city_but_those_named_here)
{
    each_town(plans);
}

struct step {
    const char *query, *step;
};
/* Another index of the same table would do, by far more of its rows. */
static const struct step by_index[] = {
    {"person.doubles", "SEARCH b USING INDEX person_idnum (city=? AND idnum_idx=?)"}, /* else 15 s for 17,000 people */
    {"account.staff_list", "SEARCH a USING INDEX sqlite_autoindex_account_1 (city=? AND id=?)"},
    {"person.by_last4", "SEARCH person USING INDEX person_last4 (city=? AND last4_idx=?)"},
    {"guide.asked", "SEARCH talk USING INDEX talk_person (city=? AND person_id=?)"},
    {"job.in_state", "SEARCH j USING INDEX job_state (city=? AND state=? AND made_ms>?)"},
    {"job.shown_of", "SEARCH x USING INDEX job_employer (city=? AND employer_id=?)"},
    {"job.shown_of", "SEARCH s USING INDEX shift_job (city=? AND job_id=? AND start_ms>? AND start_ms<?)"},
    {"offer.answers", "SEARCH offer USING INDEX offer_waves (city=? AND until_ms>? AND until_ms<?)"},
    {"trust.from", "SEARCH block USING INDEX block_employer (city=? AND employer_id=?)"}};

static const struct query *query_named(const char *name)
{
    for (size_t i = 0; features[i]; i++)
        for (const struct query *const *q = features[i]->queries; q && *q; q++)
            if (str_eq(str_c((*q)->name), str_c(name)))
                return *q;
    return NULL;
}

static void look_for_steps(struct town *t, struct tx *tx)
{
    for (size_t i = 0; i < sizeof by_index / sizeof *by_index; i++) {
        struct rows rows = plan_of(t, tx, query_named(by_index[i].query));
        bool found = false;
        for (size_t k = 0; k < rows.n; k++)
            found |= str_eq(val_str(row_at(&rows, k) + 3), str_c(by_index[i].step));
        if (!found)
            test_fail(__FILE__, __LINE__, by_index[i].query);
    }
}

static void steps(struct town *t)
{
    on_engine(t, look_for_steps);
}

TEST(what_is_looked_for_is_found_by_its_own_index)
{
    each_town(steps);
}
