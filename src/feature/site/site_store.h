/* site_store.h - for site_api.c. */
#pragma once
#include "feature/site/site.h"
#include "http/rows.h"

extern const struct query *const site_queries[];
