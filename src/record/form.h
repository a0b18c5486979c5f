/* form.h - application/x-www-form-urlencoded, one pair after the other. */
#pragma once
#include "base/str.h"

/* Cuts the next name=value off *rest, decoded into `a`. False at the end. A value that is not
 * valid UTF-8 comes back with *ret_bad set. */
bool form_next(struct arena *a, struct str *rest, struct str *name, struct str *value,
               bool *ret_bad);
/* The first value of `name`, or empty. */
struct str form_get(struct arena *a, struct str form, struct str name);
