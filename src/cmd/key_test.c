/* key_test.c - data are opened with the key that sealed them, and with no other. */
#include <sys/stat.h>

#include "app_fixture.h"
#include "cmd/key_store.h"
#include "db_fixture.h"
#include "http/route.h"
#include "record/seal.h"
#include "test.h"

struct key_turn {
    struct seal *seal;
    enum err (*work)(struct tx *t, struct arena *a, struct seal *seal);
    enum err result;
};

static enum err turn(struct request *rq)
{
    struct key_turn *k = rq->object;
    k->result = k->work(rq->tx, rq->a, k->seal);
    return OK;
}

static enum err prove(struct town *t, struct seal *seal)
{
    struct key_turn k = {seal, key_prove, OK};
    CHECK(app_read(&t->app, turn, &k) == OK);
    return k.result;
}

static enum err note(struct town *t, struct seal *seal)
{
    struct key_turn k = {seal, key_note, OK};
    CHECK(app_write(&t->app, turn, &k) == OK);
    return k.result;
}

/* As the data of a program that did not prove keys. */
static enum err forget(struct request *rq)
{
    static const struct query q = {"t.forget", "DELETE FROM setting WHERE city = $1 AND name = 'seal_key_1'"};
    return db_run(rq->tx, &q, ARGS(I(0)), NULL);
}

static enum err damage(struct request *rq)
{
    static const struct query q = {"t.damage", "UPDATE account SET phone = $2 WHERE city = $1 AND id = (SELECT min(id) FROM account"
                                               " WHERE city = $1 AND phone IS NOT NULL)"};
    return db_run(rq->tx, &q, ARGS(I(rq->city), B(S("a page that went bad, longer than the head of a sealed value"))), NULL);
}

/* A folder with a key file of its own. */
static struct str folder_of_other(struct town *t, struct seal **ret)
{
    struct str folder = str_fmt(&t->a, "%s/other", fresh_folder()), why = S("");
    BUG_ON(mkdir(str_z(&t->a, folder), 0700) || seal_open(&t->a, str_z(&t->a, str_fmt(&t->a, "%.*s/keys", SV(folder))), true, ret, &why));
    return folder;
}

static enum err look(struct town *t, struct str folder, struct str *ret_why)
{
    struct config config = t->config;
    struct app app = {.now_ms = t->app.now_ms, .clock = t, .readonly = true};
    config.data = folder;
    enum err e = app_open(&t->a, &app, &config, ret_why);
    app_close(&app);
    return e;
}

static void other_key(struct town *t)
{
    struct seal *other;
    struct str why = S(""), folder = folder_of_other(t, &other);
    CHECK_EQ(prove(t, t->app.seal), OK); /* known since the first start */
    CHECK_EQ(prove(t, other), ERR_RULE);
    CHECK_EQ(note(t, other), ERR_RULE);
    CHECK_EQ(look(t, t->config.data, &why), OK);
    CHECK_EQ(look(t, folder, &why), ERR_RULE);
    CHECK(str_find(why, S("is not the one that these data were sealed with")) > 0);
    seal_free(other);
}

static void older_data(struct town *t)
{
    int64_t id;
    struct seal *other;
    folder_of_other(t, &other);
    CHECK_EQ(app_write(&t->app, forget, NULL), OK);
    CHECK_EQ(prove(t, t->app.seal), ERR_NONE);
    CHECK_EQ(prove(t, other), ERR_NONE); /* nothing is sealed yet */
    town_seeker(t, "13811110001", &id);
    CHECK_EQ(prove(t, t->app.seal), ERR_NONE);
    CHECK_EQ(prove(t, other), ERR_RULE);
    town_seeker(t, "13811110002", &id);
    CHECK_EQ(app_write(&t->app, damage, NULL), OK);
    CHECK_EQ(prove(t, t->app.seal), ERR_NONE); /* what is damaged speaks against no key */
    CHECK_EQ(note(t, other), ERR_RULE);
    CHECK_EQ(note(t, t->app.seal), OK);
    CHECK_EQ(prove(t, t->app.seal), OK);
    seal_free(other);
}

TEST(data_are_opened_with_the_key_that_sealed_them_alone)
{
    each_town(other_key);
}

TEST(older_data_come_to_know_their_key_when_what_is_sealed_opens)
{
    each_town(older_data);
}
