/* job_import_rules.h - pure readers of what imported ads say about pay. */
#pragma once
#include "feature/job/job.h"

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
/* When pay comes by the words of an ad: "日结", "干一天结一天", "每月15号发", "两日结"; of several the latest, so that nothing
 * is promised that the ad does not. False where none stand. What a cashier does with the books ("日清月结") is no pay. O(length). */
bool rhythm_parse(struct str text, enum rhythm *ret);
/* Where nobody says: as it mostly is for such pay. */
enum rhythm rhythm_usual(enum pay_unit unit);
