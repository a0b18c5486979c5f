/* employer_rules.h - pure checks of an employer's papers. */
#pragma once
#include "base/rule.h"
#include "base/str.h"

extern const struct rule uscc_wrong, licence_missing, employer_not_new, uscc_elsewhere, employer_known;
/* 统一社会信用代码: 18 characters of GB 32100-2015 with its check character. Lower case is folded
 * before by uscc_upper. */
bool uscc_ok(struct str s);
