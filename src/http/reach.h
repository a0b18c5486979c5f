/* reach.h - which districts a list is about, said inside its statement. */
#pragma once
#include "http/request.h"

/* The districts of a list, for its statement: a LIMIT that is met before somebody's districts are asked hides
 * what is his behind what is not. In the SQL WITHIN("j.district", "$3"), in the arguments REACH(r). */
struct reach {
    struct str districts; /* " 440105 440106 "; empty = the whole city, " " = nothing */
};
struct reach staff_reach(const struct request *rq); /* as staff_covers of what belongs to no site */
struct reach staff_reach_or_none(const struct request *rq); /* as staff_covers_or_none */
struct reach reach_of(struct arena *a, int64_t district); /* 0 = the whole city */
extern const struct reach reach_city;
#define WITHIN(column, a) "(" a " = '' OR " a " LIKE '% ' || CAST(" column " AS TEXT) || ' %')"
#define REACH(r) T((r).districts)
