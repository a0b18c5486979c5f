/* certificate_store.h - for certificate_api.c. */
#pragma once
#include "feature/certificate/certificate.h"

/* ERR_NONE when there is none. */
MUST_USE enum err certificate_drop(struct request *rq, int64_t person_id, struct str paper);
extern const struct query *const certificate_queries[];
