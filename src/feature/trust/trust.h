/* trust.h - who no longer works with whom (H8). Either side may say so after a day together; the reason is
 * kept for the desk and never reaches the other side, who only learns that the two of them do not meet. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct block {
    int64_t id, city;
    int32_t side; /* enum block_side: who said so */
    int64_t person_id, employer_id;
    struct str reason;
    int32_t until_day; /* its last day, 0 = until taken back; an employer's ends after 180 days */
    int64_t made_ms;
    struct str who; /* the other side: an employer's name, a masked person */
};
enum block_side { BLOCK_BY_PERSON, BLOCK_BY_EMPLOYER };

extern const struct feature trust_feature;
extern const struct rule apart; /* for the contract moment */
/* In force between the two, whoever said so. */
MUST_USE enum err trust_apart(struct request *rq, int64_t person_id, int64_t employer_id, bool *ret);
/* Everybody an employer does not meet, ascending. */
MUST_USE enum err trust_apart_from(struct request *rq, int64_t employer_id, int64_t **ret, size_t *ret_n);
bool trust_among(const int64_t *ids, size_t n, int64_t id);
struct view;
/* For the desk: list "blocks" of one person, both sides. */
MUST_USE enum err trust_view(struct request *rq, struct view *v, int64_t person_id);
/* What this side said of the other: "blocked" and "block_id", or nothing. */
MUST_USE enum err trust_view_own(struct request *rq, struct view *v, enum block_side side, int64_t person_id, int64_t employer_id);
