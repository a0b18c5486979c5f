/* fault.h - failures on demand, for tests. Costs one comparison with zero in production. */
#pragma once
#include "db/db.h"

/* The `after`-th chance from now for `kind` (driver.h: FAULT_*) fails; kind 0 switches off. */
void db_fault(struct db *db, int kind, int64_t after);
bool db_fault_due(struct db *db, int kind);
