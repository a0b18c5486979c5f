/* employer_store.h - for employer_api.c. */
#pragma once
#include "feature/employer/employer.h"

extern const struct choice employer_states[];
extern const struct query *const employer_queries[];
