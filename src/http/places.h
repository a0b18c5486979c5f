/* places.h - addresses to places, by the names of streets, villages and stations that stand in them: the list of
 * rules/places.csv, and before it the operator's (lingji.conf: places). Right to about a kilometre, which is
 * what a way to work is reckoned in; who gives coordinates is never overruled. */
#pragma once
#include "http/request.h"

/* CSV with the columns name, lon, lat (WGS-84). `own` is a path, "" = none. ERR_INPUT with a sentence. */
MUST_USE enum err places_load(struct arena *a, struct str own, const struct gazetteer **ret, struct str *ret_why);
/* 0, 0 when no name of the list stands in it. O(length of the address). */
struct geo place_of(const struct request *rq, struct str address);
/* A place for people, who know names and no degrees: "棠下附近", or that it is known; empty for none. O(names) */
struct str place_words(const struct request *rq, struct geo place);
/* Names of the list that are written much like the address, "棠下、棠东"; or empty. O(names) */
struct str place_alike(const struct request *rq, struct str address);
