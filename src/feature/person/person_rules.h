/* person_rules.h - pure checks of a person's data. */
#pragma once
#include "base/cal.h"
#include "base/rule.h"

/* Who has asked by himself to leave may think better of it, and is told: a stolen phone erases nobody (reliability.md 4.2). */
enum { LEAVE_WAIT_H = 24 };
extern const struct rule idnum_wrong, hours_wrong, partner_self, partner_taken, undo_late, leave_sure, leave_complaint;

/* 18-character resident identity number: date and check character (GB 11643-1999). The birth day
 * goes to *ret_born. */
/* Eighteen characters that can only be meant as one: 17 digits, then a digit, x or X. */
bool idnum_like(struct str s);
bool idnum_ok(struct str s, int32_t *ret_born);
/* Nobody under `age_min` (禁止使用童工规定 Art. 2) on `day`; born: cal_date, 0 = not stated, then who says he is a child. */
const struct rule *age_broken(int32_t born, bool child, int32_t day, int64_t age_min);
/* Hours may go over midnight, 20:00 to 6:00, but not from a minute to itself. */
const struct rule *hours_broken(int64_t from_min, int64_t to_min);
