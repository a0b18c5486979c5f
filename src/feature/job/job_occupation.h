/* job_occupation.h - titles to occupations and addresses to districts, by word lists the operator
 * gives (lingji.conf: occupations, divisions); we ship neither. Pure. */
#pragma once
#include "record/words.h"

/* The classification of 2022 as CSV with the columns code, level, name, aliases ("a|b"): the words of
 * level 4. False with a sentence when it is not that. */
bool occupations_load(struct arena *a, struct str csv, struct gazetteer **ret, struct str *ret_why);
/* Administrative divisions as CSV with the columns code12, level, name: the names of a city, its
 * districts (with and without 市, 区) and streets ("凤阳街道" and "凤阳街"); the code is the first six
 * digits: of a street, its district. */
bool divisions_load(struct arena *a, struct str csv, struct gazetteer **ret, struct str *ret_why);
