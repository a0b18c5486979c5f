/* reach.h - which districts a list is about, said inside its statement. */
#pragma once
#include "http/request.h"

/* The districts of a list, for its statement: a LIMIT that is met before somebody's districts are asked hides
 * what is his behind what is not. In the SQL WITHIN("j.district", "$3", ...), in the arguments REACH(r). */
struct reach {
    int64_t district[8]; /* the first 0 = the whole city; -1 = nothing more */
};
struct reach staff_reach(const struct request *rq); /* as staff_covers of what belongs to no site */
struct reach reach_of(int64_t district);            /* 0 = the whole city */
#define WITHIN(column, a, b, c, d, e, f, g, h)                                                      \
    "(" a " = 0 OR " column " IN (" a ", " b ", " c ", " d ", " e ", " f ", " g ", " h "))"
#define REACH(r)                                                                                   \
    I((r).district[0]), I((r).district[1]), I((r).district[2]), I((r).district[3]), I((r).district[4]), \
        I((r).district[5]), I((r).district[6]), I((r).district[7])
