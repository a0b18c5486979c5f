/* plan_test.c - no statement of a request goes through a whole city on the embedded engine, which has no
 * statistics and takes an index in the order asked for before the one that finds the row. */
#include "app_fixture.h"
#include "db_fixture.h"
#include "feature/person/person_store.h"
#include "http/route.h"
#include "test.h"

/* Few rows, or a duty of every hour or of a whole list; hall.log_now goes through what it has found, the entries of a day,
 * hire.turnout through at most 5000, hire.of_employer through two pages; match.placings has a row a night, match.placing, account.any and
 * hire.stop_next stop at the first row of an index, and key.* at the third row that has what nearly every row has. */
static const char *const through_all[] = {
    "http.audit_heads", "http.last_change", "account.list_grants", "account.staff_list", "account.city_admins", "account.expire_sessions",
    "account.old_settings", "site.all", "person.all", "person.doubles", "person.doubles", "hire.wrong_shifts", "wage.wrong", "inspect.list", "plaza.all", "print.due",
    "print.old", "right.list", "trust.from", "trust.paid", "trust.support_over",
    "hall.log_now", "hire.turnout", "hire.of_employer", "hire.stop_next", "match.placing", "match.placings", "account.any",
    "key.account_phone", "key.account_totp", "key.person_name", "key.employer_phone"};

static bool may_go_through(const char *name)
{
    for (size_t i = 0; i < sizeof through_all / sizeof *through_all; i++)
        if (str_eq(str_c(through_all[i]), str_c(name)))
            return true;
    return false;
}

static void look(struct town *t, struct tx *tx, const struct query *q)
{
    struct rows rows = {0};
    struct query *plan = NEW(&t->a, struct query);
    *plan = (struct query){"test.plan", str_z(&t->a, str_fmt(&t->a, "EXPLAIN QUERY PLAN %s", q->sql))};
    CHECK_EQ(db_rows(tx, &t->a, plan, NO_ARGS, &rows), OK);
    for (size_t i = 0; i < rows.n; i++) {
        struct str step = val_str(row_at(&rows, i) + 3);
        if ((str_starts(step, S("SCAN")) && str_find(step, S("CONSTANT")) < 0) || str_ends(step, S("(city=?)")))
            if (!may_go_through(q->name))
                test_fail(__FILE__, __LINE__, str_z(&t->a, str_fmt(&t->a, "%s: %.*s", q->name, SV(step))));
    }
}

static void plans(struct town *t)
{
    struct conn *c;
    struct tx *tx;
    if (!db_single_writer(t->app.db))
        return;
    CHECK_EQ(conn_open(t->app.db, false, &c), OK);
    CHECK_EQ(tx_begin(c, TX_READ, &tx), OK);
    for (size_t i = 0; features[i]; i++)
        for (const struct query *const *q = features[i]->queries; q && *q; q++)
            look(t, tx, *q);
    tx_rollback(tx);
    conn_free(c);
}

TEST(no_statement_goes_through_a_whole_city_but_those_named_here)
{
    each_town(plans);
}

static void doubles(struct town *t)
{
    struct conn *c;
    struct tx *tx;
    struct rows rows = {0};
    bool by_number = false;
    const struct query *const *q = person_queries;
    if (!db_single_writer(t->app.db))
        return;
    while (!str_eq(str_c((*q)->name), S("person.doubles")))
        q++;
    const struct query plan = {"test.doubles", str_z(&t->a, str_fmt(&t->a, "EXPLAIN QUERY PLAN %s", (*q)->sql))};
    CHECK_EQ(conn_open(t->app.db, false, &c), OK);
    CHECK_EQ(tx_begin(c, TX_READ, &tx), OK);
    CHECK_EQ(db_rows(tx, &t->a, &plan, NO_ARGS, &rows), OK);
    for (size_t i = 0; i < rows.n; i++)
        by_number |= str_eq(val_str(row_at(&rows, i) + 3), S("SEARCH b USING INDEX person_idnum (city=? AND idnum_idx=?)"));
    CHECK(by_number);
    tx_rollback(tx);
    conn_free(c);
}

/* Else a check of 17,000 people took 15 s, four times that for twice as many. */
TEST(records_of_one_number_are_found_by_its_index)
{
    each_town(doubles);
}
