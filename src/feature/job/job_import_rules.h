/* job_import_rules.h - pure readers of what imported ads say about pay. */
#pragma once
#include "base/str.h"
#include "rules/rules.h"

struct pay_range {
    enum pay_unit unit;
    int64_t min_fen, max_fen;
};
/* "200/天", "18-20元/小时", "0.8-1.2万/月"; a year becomes a month. False for "面议" and unknown units. */
bool pay_parse(struct str raw, struct pay_range *ret);
/* Code of a district of Guangzhou by its name ("天河", "天河区"), or 0. */
int64_t district_code(struct str name);
/* Key of trades[] for a title, "other" when no word of the table stands in it. */
struct str trade_key(struct str title);
