/* employer_store.h - the SQL of employers, for this feature only. */
#pragma once
#include "feature/employer/employer.h"

extern const struct choice employer_states[];
extern const struct query *const employer_queries[];
/* As it is kept, whatever was typed. */
struct str uscc_upper(struct arena *a, struct str s);
MUST_USE enum err employer_by_uscc(struct request *rq, struct str uscc, struct employer *ret);
/* Those without an account that were written down with this number; at most 20. */
MUST_USE enum err employer_of_phone(struct request *rq, struct str phone, struct employer **ret, size_t *ret_n);
/* Writes uscc, contact and phone of whoever holds it now. */
MUST_USE enum err employer_set_holder(struct request *rq, const struct employer *p);
