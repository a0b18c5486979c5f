/* explain.h - why a list looks as it does, and what would change it (matching.md 3.7). Pure. What is
 * said can be recomputed from the record: reasons are exact shares of the score's difference to what
 * is usual, and every "if" has been tried. */
#pragma once
#include "market/market.h"

/* Up to two parts that speak for a shift and one against; -1 = none. */
struct reasons {
    int good[2], bad;
    int32_t points[PARTS]; /* of the surplus, by which this part differs from the usual */
};
/* points[k] = a_k x (part_k - mean of part_k over `u`), with a_k the weight of the part in
 * fit.surplus: 0.6 x weight / (1 - outside), or 0.4 x weight for the employer's. They add up to the
 * difference of the surplus, rounding apart, while U is above `outside`. With fewer than two to compare with the mean
 * is one half. O(PARTS). Named is only what holds by itself too: at least 0.6 (skills: some wanted), or below 0.5;
 * pay only where `u` holds work that brings more, or where it is no more than the person's own wish. */
struct reasons fit_reasons(const struct seeker *s, const struct fit *f, const struct usual *u);
/* An hour brings no more than the person's own wish, after the way. */
bool wage_under(const struct seeker *s, const struct fit *f);
/* What speaks for one person of a list and against him, as the employer sees it: of `parts` alone (bits of enum part),
 * against the mean of the others. `list`: sums over all of it, himself too. points[k] as above with outside 0, for of
 * what somebody has otherwise nothing is told; 0 for the other parts. Named is what makes a point of 100 or more: what
 * holds of nearly everybody is no reason. O(PARTS). */
#define LIST_PARTS (1u << PART_WAY | 1u << PART_SKILL | 1u << PART_EXPERIENCE | 1u << PART_RELIABLE | 1u << PART_KNOWN)
struct reasons list_reasons(const struct fit *f, const struct usual *list, uint32_t parts);

/* What a person may change. Text key "match.if.<name>". */
#define EDIT_LIST(X)                                                                               \
    X(FROM, "from") X(TO, "to") X(DROP, "drop") X(PICK, "pick") X(REACH, "reach") X(FLOOR, "floor") \
    X(LIMITS, "limits") X(PAPERS, "papers") X(SKILLS, "skills") X(TRADE, "trade")
enum edit {
#define X(name, key) EDIT_##name,
    EDIT_LIST(X)
#undef X
        EDITS
};
const char *edit_key(enum edit e);
/* O(1). The record with one field changed: to minutes, fen or a trade; one limit less, one certificate more, by
 * its number; one skill, by 4 x number + level. */
struct seeker seeker_edited(const struct seeker *s, enum edit e, int32_t to);

struct what_if {
    enum edit edit;
    int32_t to;     /* the least change that does it; a way by REACH_MOST_MIN at most */
    bool later;     /* of the school run: after the shift, not before it */
    struct fit fit; /* as it would be */
};
/* Each field alone: after it the shift is possible, or, where it is already, scores more. `there_fen`: what
 * is usual an hour in the trade of the shift (market_usual_fen), for who would look for that. Nothing once it has
 * begun. O(EDITS). Returns how many; in the order of enum edit. */
size_t fit_what_if(const struct market_params *p, const struct seeker *s, const struct slot *t, int32_t there_fen,
                   struct what_if ret[EDITS]);
/* The constraint a person can lift that opens most, and which of several (struct near); HARD_NONE when none
 * opens any. */
struct near_change {
    enum hard hard;
    int which;
    struct miss miss;
    bool more; /* than miss.opens, perhaps */
};
struct near_change near_best(const struct near *n);
