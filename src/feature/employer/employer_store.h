/* employer_store.h - the SQL of employers, for this feature only. */
#pragma once
#include "feature/employer/employer.h"

extern const struct choice employer_states[];
extern const struct query *const employer_queries[];
/* As it is kept, whatever was typed. */
struct str uscc_upper(struct arena *a, struct str s);
/* What stands for the code of a household, by the number of its keeper as person_idnum has it. */
struct str household_code(struct request *rq, struct str id_number);
/* False of a firm that an advertisement named, until somebody has seen its licence. */
bool employer_coded(const struct employer *p);
MUST_USE enum err employer_by_uscc(struct request *rq, struct str uscc, struct employer *ret);
/* Those without an account that were written down with this number; at most 20. */
MUST_USE enum err employer_of_phone(struct request *rq, struct str phone, struct employer **ret, size_t *ret_n);
/* The firms whose name has these words, or whose code they are; in whatever state, not merged, latest first, at most 20.
 * O(firms of the city). */
MUST_USE enum err employer_find(struct request *rq, struct str words, struct employer **ret, size_t *ret_n);
/* The code of one that had none; its number is not looked at. */
MUST_USE enum err employer_set_uscc(struct request *rq, int64_t id, struct str uscc);
/* NEW -> MERGED: what is imported under its name is `into` from now on. ERR_CONFLICT when somebody was faster. */
MUST_USE enum err employer_merge(struct request *rq, int64_t id, int64_t into);
/* Writes uscc, contact and phone of whoever holds it now. */
MUST_USE enum err employer_set_holder(struct request *rq, const struct employer *p);
