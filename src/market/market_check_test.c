/* market_check_test.c - the checker names each fault of the index that is planted. */
#include "market/dice.h"
#include "market/tree.h"
#include "sample_town.h"
#include "test.h"

enum { SLOTS = 300, PEOPLE = 20 };

static struct market *town(void)
{
    uint64_t rnd = 71;
    struct market *m = market_new();
    for (int64_t id = 1; id <= SLOTS; id++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(&rnd, id, 90000)}));
    for (int64_t id = 1; id <= PEOPLE; id++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_PERSON, .person = sample_seeker(&rnd, id, 90000)}));
    return m;
}

static void found(struct market *m, const char *fault)
{
    const char *got = market_check(m);
    CHECK_STR(str_c(got ? got : "nothing"), str_c(fault));
}

static struct node *leaf_of(struct market *m, int64_t id)
{
    return spot_find(&m->slots, id)->leaf;
}

TEST(a_sound_index_has_no_fault_and_the_first_of_two_is_named)
{
    struct market *m = town();
    CHECK(!market_check(m));
    m->paid[3].n++;
    m->slots.n++;
    found(m, "pay is counted wrongly");
    m->paid[3].n--;
    found(m, "slots and ids differ in number");
    m->slots.n--;
    CHECK(!market_check(m));
    market_free(m);
}

TEST(a_slot_that_its_id_does_not_lead_to_is_found)
{
    struct market *m = town();
    struct spot *s = spot_find(&m->slots, 7);
    s->at ^= 1;
    found(m, "a slot is not where its id says");
    s->at ^= 1;
    s->id = SLOTS + 1;
    found(m, "a slot is not where its id says");
    s->id = 7;
    CHECK(!market_check(m));
    market_free(m);
}

TEST(bounds_that_leave_a_slot_out_are_found)
{
    struct market *m = town();
    struct bounds *b = &leaf_of(m, 7)->b, was = *b;
    const struct bounds tight[] = {{.east = -1}, {.price_min = 1}, {.rate_fen = -1}, {.start_last_min = -1}, {.to_first_min = 1}};
    for (size_t k = 0; k < sizeof tight / sizeof *tight; k++) {
        b->east += tight[k].east;
        b->price_min += tight[k].price_min;
        b->rate_fen += tight[k].rate_fen;
        b->start_last_min += tight[k].start_last_min;
        b->to_first_min += tight[k].to_first_min;
        found(m, "a slot lies outside of the bounds of its node");
        *b = was;
    }
    b->employers = 0;
    found(m, "a slot lies outside of the bounds of its node");
    *b = was;
    b->west--; /* wider is sound, only slower */
    CHECK(!market_check(m));
    market_free(m);
}

TEST(a_slot_on_the_wrong_side_and_a_wrong_number_are_found)
{
    struct market *m = town();
    int64_t id = 1;
    while (!leaf_of(m, id)->up)
        id++;
    struct node *up = leaf_of(m, id)->up;
    up->plane += 2000000;
    found(m, "a slot lies on the wrong side");
    up->plane -= 2000000;
    up->b.n++;
    found(m, "a node counts wrongly");
    up->b.n--;
    CHECK(!market_check(m));
    market_free(m);
}

TEST(two_leaves_that_should_be_one_are_found)
{
    struct market *m = town();
    int64_t id = 1;
    while (!leaf_of(m, id)->up)
        id++;
    struct node *up = leaf_of(m, id)->up;
    int32_t n = up->b.n, kids[2] = {up->kids[0].b.n, up->kids[1].b.n};
    for (struct node *x = up; x; x = x->up)
        x->b.n -= n;
    up->kids[0].b.n = up->kids[1].b.n = 0;
    found(m, "two leaves should be one");
    for (struct node *x = up; x; x = x->up)
        x->b.n += n;
    up->kids[0].b.n = kids[0];
    up->kids[1].b.n = kids[1];
    CHECK(!market_check(m));
    market_free(m);
}

TEST(what_a_search_would_not_see_is_found)
{
    struct market *m = town();
    int64_t id = 1;
    while (!leaf_of(m, id)->in)
        id++;
    struct node *leaf = leaf_of(m, id);
    struct page *g = leaf->in;
    g->fan.price[leaf->in_at]++;
    found(m, "a page does not show what it holds");
    g->fan.price[leaf->in_at]--;
    leaf->in_at++;
    found(m, "a page does not show what it holds");
    leaf->in_at--;
    g->next[leaf->in_at]++;
    found(m, "a page does not show what it holds");
    g->next[leaf->in_at]--;
    leaf->columns->strip[0].left[0]++;
    found(m, "the columns of a leaf are out of date");
    leaf->columns->strip[0].left[0]--;
    leaf->columns->head.n--;
    found(m, "a search does not reach every slot");
    leaf->columns->head.n++;
    leaf->in = NULL;
    found(m, "a page does not show what it holds");
    leaf->in = g;
    CHECK(!market_check(m));
    market_free(m);
}

static const struct slot *slot_of(struct market *m, int64_t id)
{
    const struct spot *s = spot_find(&m->slots, id);
    return &s->leaf->slots[s->at];
}

TEST(a_sample_that_is_not_drawn_by_its_rule_or_out_of_date_is_found)
{
    struct market *m = town();
    size_t at = sample_at(&m->sample, 7);
    struct slot *t = &m->sample.slot[at], was = *t;
    struct strip *v = &m->sample.strip[at / STRIP];
    t->price++;
    found(m, "the sample is out of date");
    *t = was;
    t->left++;
    found(m, "the sample is out of date");
    t->id = SLOTS + 1;
    found(m, "the sample is out of date");
    *t = was;
    t->id = 8;
    t->price = slot_of(m, 8)->price;
    t->left = slot_of(m, 8)->left;
    found(m, "a slot of the sample is not where its hash says");
    *t = was;
    v->left[at % STRIP]++;
    found(m, "the columns of the sample are out of date");
    v->left[at % STRIP]--;
    m->sample.n--;
    found(m, "the sample is not what its hash says");
    m->sample.n++;
    t->id = 0;
    found(m, "the columns of the sample are out of date");
    *t = was;
    CHECK(!market_check(m));
    market_free(m);
}

TEST(a_person_that_their_id_does_not_lead_to_is_found)
{
    struct market *m = town();
    struct spot *s = spot_find(&m->people, 7);
    s->at ^= 1;
    found(m, "a person is not where the id says");
    s->at ^= 1;
    m->person[s->at].id = PEOPLE + 1;
    found(m, "a person is not where the id says");
    m->person[s->at].id = 7;
    CHECK(!market_check(m));
    market_free(m);
}
