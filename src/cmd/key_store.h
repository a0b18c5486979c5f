/* key_store.h - whether a key file is the one that the data were sealed with. In the table setting, of the whole
 * database (city 0), stands for each key id what only that key can write. */
#pragma once
#include "http/app.h"

/* OK: this key has proved itself. ERR_NONE: nothing speaks against it, but the database does not know it yet: older data,
 * of which the oldest sealed values open, or none. ERR_RULE: it is another key. A few rows, whatever the size. */
MUST_USE enum err key_prove(struct tx *t, struct arena *a, struct seal *seal);
/* From now on the database knows this key, which proves itself first: ERR_RULE. ERR_BUSY: run it again. */
MUST_USE enum err key_note(struct tx *t, struct arena *a, struct seal *seal);
extern const struct feature key_feature;
