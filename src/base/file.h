/* file.h - a whole file at once. */
#pragma once
#include "base/str.h"

/* The bytes of a file of less than `max` bytes; false with errno when it cannot be read, is no plain
 * file, or is larger. */
MUST_USE bool file_read(struct arena *a, const char *path, int64_t max, struct str *ret);
