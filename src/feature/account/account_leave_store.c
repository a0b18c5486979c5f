/* account_leave_store.c - a person goes from an account: his registration was taken back, or he leaves. */
#include <stdio.h>

#include "feature/account/account_store.h"
#include "http/reply.h"

const struct query untie_person_query = {
    "account.untie_person", "UPDATE account SET person_id = 0 WHERE city = $1 AND person_id = $2 AND phone_idx IS NOT NULL"};
#define SEEKS_ONLY                                                                                 \
    "a.login IS NULL AND a.employer_id = 0 AND NOT EXISTS (SELECT 1 FROM role_grant g WHERE g.city = a.city AND g.account_id = a.id AND g.role <> 'seeker')"
const struct query unused_query = {
    "account.unused", "SELECT a.id FROM account a WHERE a.city = $1 AND a.person_id = $2 AND a.made_ms >= $3 AND " SEEKS_ONLY
                      " AND NOT EXISTS (SELECT 1 FROM session s WHERE s.city = a.city AND s.account_id = a.id)"};
const struct query theirs_query = {
    "account.theirs", "SELECT a.id, CASE WHEN " SEEKS_ONLY " THEN 1 ELSE 0 END FROM account a WHERE a.city = $1 AND a.person_id = $2"};
const struct query untie_one_query = {"account.untie_one", "UPDATE account SET person_id = 0 WHERE city = $1 AND id = $2"};
const struct query drop_seeker_query = {"account.drop_seeker", "DELETE FROM role_grant WHERE city = $1 AND account_id = $2 AND role = 'seeker'"};
const struct query drop_grants_query = {"account.drop_grants", "DELETE FROM role_grant WHERE city = $1 AND account_id = $2"};
const struct query drop_account_query = {"account.drop", "DELETE FROM account WHERE city = $1 AND id = $2"};
const struct query drop_codes_query = {
    "account.drop_codes", "DELETE FROM login_code WHERE city = $1 AND phone_idx IN (SELECT phone_idx FROM account WHERE city = $1 AND id = $2)"};
/* The account is the last to go: codes are found by it. */
static enum err drop_one(struct request *rq, int64_t id)
{
    static const struct query *const steps[] = {&drop_codes_query, &drop_grants_query, &drop_account_query};
    enum err e = session_end_all(rq, id);
    if (!e)
        e = db_run(rq->tx, &drop_links_query, ARGS(I(rq->city), T(S("slip")), T(str_fmt(rq->a, "%lld", (long long)id))), NULL);
    for (size_t i = 0; !e && i < sizeof steps / sizeof *steps; i++)
        e = db_run(rq->tx, steps[i], ARGS(I(rq->city), I(id)), NULL);
    return e;
}

static enum err untie_one(struct request *rq, int64_t id)
{
    enum err e = db_run(rq->tx, &drop_seeker_query, ARGS(I(rq->city), I(id)), NULL);
    return e ? e : db_run(rq->tx, &untie_one_query, ARGS(I(rq->city), I(id)), NULL);
}

enum err account_untie_person(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &untie_person_query, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err account_forget_person(struct request *rq, int64_t person_id, int64_t since_ms)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &unused_query, ARGS(I(rq->city), I(person_id), I(since_ms)), &rows);
    for (size_t i = 0; !e && i < rows.n; i++)
        e = drop_one(rq, val_i64(row_at(&rows, i)));
    return e ? e : account_untie_person(rq, person_id);
}

enum err account_leave(struct request *rq, int64_t person_id)
{
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &theirs_query, ARGS(I(rq->city), I(person_id)), &rows);
    for (size_t i = 0; !e && i < rows.n; i++) {
        int64_t id = val_i64(row_at(&rows, i)), seeks_only = val_i64(row_at(&rows, i) + 1);
        e = seeks_only ? drop_one(rq, id) : untie_one(rq, id);
        if (!e && seeks_only && id == rq->who->account_id)
            reply_cookie(rq, account_cookie(rq, S(""), 0));
    }
    return e;
}
