/* parts.h - what load.c builds, and screen.c, age.c and dated.c read. */
#pragma once
#include "rules/rules.h"

enum { MAX_RULES = 64, MAX_DATED = 128, MAX_WORDS = 512, MAX_EXAMPLES = 96, MAX_SETS = 32, BUCKETS = 1024 };
enum test_kind { TEST_WORDS, TEST_MISSING, TEST_PAY_FLOOR, TEST_CHILD, TEST_PAY_HIGH, TEST_ONE_SEX };

/* In a word of a rule: a number, up to GAP characters of the same clause, the end of the clause, and from SET on the words of
 * set SET + i. */
enum { FIGURE = '#', ANY = '+', END = '$', SET = 0xf0000, GAP = 6 };

/* Text as code points without blanks, dots and tricks; at[i] is where cp[i] began. '\n' stands for
 * every end of a clause. */
struct plain {
    uint32_t *cp;
    uint32_t *at;
    size_t n;
    const struct named *sets; /* of a word */
};
void normalise(struct arena *a, struct str s, struct plain *ret);
void normalise_ranges(struct arena *a, struct str s, struct plain *ret); /* '-' and its like are kept */

struct words {
    struct plain v[MAX_WORDS];
    size_t n;
};

struct named {
    struct str name;
    struct words words;
};

struct example {
    struct str text;
    bool must_fire;
    int line;
};

struct rule_entry {
    struct str code, source, zh, en, arg;
    enum rule_effect effect;
    enum test_kind test;
    char mark; /* A, B or C: C is unconfirmed and only warns */
    int32_t from, to;
    struct words words, unless;
    struct example examples[MAX_EXAMPLES];
    size_t n_examples;
    const char *file;
    int line;
};

struct dated {
    struct str name, source;
    bool is_wage;
    char mark;
    int64_t area, value, hour_fen; /* value: of a number, or fen a month */
    int32_t from;
};

struct hook {
    struct rule_entry *rule;
    const struct plain *word;
    struct hook *next;
};
struct bucket {
    struct hook *first;
};

struct rules {
    struct rule_entry v[MAX_RULES];
    size_t n;
    struct named sets[MAX_SETS];
    size_t n_sets;
    struct dated dated[MAX_DATED];
    size_t n_dated;
    struct bucket buckets[BUCKETS];
};

/* At t[i], which is in t. */
bool ends_clause(const struct plain *t, size_t i);
/* The clause of the hit t[hit, hit + len) refuses it, or holds a word of `unless`. */
bool taken_back(const struct plain *t, size_t hit, size_t len, const struct rule_entry *r);
/* Whether `s` asks for somebody under 16; with the argument "from" for a range that begins there and goes on beyond 18.
 * In the column of ages ("15-50") no 岁 is needed. */
bool asks_child(const struct rule_entry *r, struct str s, bool column);
extern const char *const effect_names[EFFECT_NEED + 1];
