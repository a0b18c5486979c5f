/* away_rules.h - which times may be stated, and how they are asked. Pure. */
#pragma once
#include "base/rule.h"
#include "feature/away/away.h"

extern const struct rule away_many, away_then;

/* Fills from_ms and to_ms from days and minutes: without a last day the first, without minutes the whole of it. */
void away_fill(struct away *a);
/* And the other way round. */
void away_split(struct away *a);
/* What is wrong with one that was filled: the field and its text key; {NULL, NULL}: nothing. */
struct away_fault {
    const char *field, *key;
};
struct away_fault away_fault(const struct away *a, int64_t now_ms);
