/* rules.h - loads and evaluates the dated rule files of rules/. Pure: no database, no network, no
 * clock. What the law, the city or the site decides lives in data; C only knows the kinds of test.
 */
#pragma once
#include "base/str.h"

struct rules; /* all rules of the program, read-only after load, shared by all threads */

/* Ascending severity. Ask: back to the poster, who may ask for a person to look: words are no proof. The last has none: it says what
 * the work asks of the body. */
enum rule_effect { EFFECT_WARN, EFFECT_LABEL, EFFECT_HOLD, EFFECT_ASK, EFFECT_BLOCK, EFFECT_NEED };

/* One rule that fired. All text lives as long as `rules`. */
struct finding {
    struct str code;         /* "P05" */
    enum rule_effect effect; /* after dates and mark: a rule marked C (unconfirmed) only warns */
    struct str source;       /* law, article, date, mark */
    struct str text_zh, text_en; /* one plain sentence: what is wrong and what to do */
    struct str span;             /* the words that fired, borrowed from the ad, or empty */
    const char *field;           /* "description", "pay_fen", ... */
};
struct findings {
    struct finding v[24];
    size_t n;
};
/* The most severe effect; EFFECT_WARN for none: ask n first. */
enum rule_effect findings_worst(const struct findings *f);
/* Behind the others; where there is no room left, in place of the last. */
void findings_add(struct findings *f, struct finding x);

/* Reads every *.rule file given (name, text). ERR_INPUT with file:line and a sentence in *ret_why.
 */
struct rule_file {
    struct str name, text;
};
MUST_USE enum err rules_load(struct arena *a, const struct rule_file *files, size_t n,
                             struct rules **ret, struct str *ret_why);
void rules_free(struct rules *r);
/* Runs the examples that stand in every rule; *ret_run = how many. False and the report in `out`
 * when one that must pass fails or the other way round. */
struct buf;
bool rules_check(const struct rules *r, struct buf *out, int *ret_run);
/* One of them has this code. */
bool rules_have(const struct rules *r, struct str code);
/* A table of all rules for people: code, effect, dates, source. */
void rules_list(const struct rules *r, struct buf *out);

/* What a post says, for screening; empty or 0 = not stated. */
enum pay_unit { PAY_HOUR, PAY_DAY, PAY_MONTH, PAY_PIECE, PAY_UNITS };
struct ad {
    struct str title, employer, text; /* text: description, requirements, benefits joined by \n */
    struct str gender, age, place;    /* as posted */
    enum pay_unit pay_unit;
    int64_t pay_min_fen, pay_max_fen; /* per pay_unit; 0 = not stated */
    int64_t piece_norm;               /* pieces a usual worker makes in an hour; 0 = unknown */
    int32_t minutes_a_day;            /* working time without breaks; 0 = unknown */
    int32_t headcount;                /* 0 = not stated */
    int32_t valid_to;                 /* day; 0 = not stated */
    int32_t day;                      /* the day for which the rules hold */
    int32_t work_day;                 /* of the work, for wages; 0 = the same */
    int64_t city;                     /* 6-digit area code for wages, 440100 */
};
/* Screens an ad; findings ordered by severity, then code. O(rules x length of text). */
void rules_screen(const struct rules *r, const struct ad *ad, struct findings *out);

/* What the work asks of the body by the words of title and text: only rules with the effect need, which screening leaves
 * out. Ordered by code. Same cost. */
void rules_needs(const struct rules *r, const struct ad *ad, struct findings *out);

/* Lowest lawful pay on a day. False if no entry covers area and day. `hour_fen` is the part-time
 * hourly floor, `month_fen` the monthly one. Area falls back from district to city to province. */
struct wage_floor {
    int64_t hour_fen, month_fen;
    struct str source;
    bool confirmed;
};
bool rules_wage_floor(const struct rules *r, int64_t area, int32_t day, struct wage_floor *ret);
/* The same of confirmed entries only: what may be enforced while a newer one is still being checked. */
bool rules_wage_law(const struct rules *r, int64_t area, int32_t day, struct wage_floor *ret);
/* Below the floor as far as it can be known: months by the month, everything else by the hour. */
bool pay_under(const struct wage_floor *floor, enum pay_unit unit, int64_t fen, int64_t piece_norm, int32_t minutes_a_day);
/* A number set by rules with dates: clocks, ages, limits ("clock.wage_due_h", "age.min"). */
bool rules_number(const struct rules *r, const char *name, int64_t area, int32_t day, int64_t *ret);

/* Pay converted to fen per hour for comparison; 0 when it cannot be known. Source W07: piece work
 * must reach the hourly floor at the usual pace; day pay divided by the stated minutes (8 h if 0);
 * month pay by 21.75 days x 8 h. */
int64_t pay_hour_fen(enum pay_unit unit, int64_t fen, int64_t piece_norm, int32_t minutes_a_day);
