/* places.h - addresses to places, by the names of streets, villages and stations that stand in them: the list of
 * rules/places.csv, and before it the operator's (lingji.conf: places). Right to about a kilometre, which is
 * what a way to work is reckoned in; who gives coordinates is never overruled. */
#pragma once
#include "http/request.h"

/* CSV with the columns name, lon, lat (WGS-84). `own` is a path, "" = none. ERR_INPUT with a sentence. */
MUST_USE enum err places_load(struct arena *a, struct str own, const struct gazetteer **ret, struct str *ret_why);
/* 0, 0 when no name of the list stands in it. O(length of the address). */
struct geo place_of(const struct request *rq, struct str address);
