/* cache.h - whole replies of routes marked .cached, for strangers, until any commit or 2 s. */
#pragma once
#include "http/request.h"

struct page_cache *cache_new(void);
void cache_free(struct page_cache *c);
/* Copies the body into rq->a and fills rq->reply; false on a miss. */
bool cache_get(struct page_cache *c, struct request *rq);
void cache_put(struct page_cache *c, struct request *rq, uint64_t generation);
