/* texts.h - every word people read, by flat key, in both languages. web/texts/<part>.zh-CN.json and
 * <part>.en.json are merged at start; both must have the same keys, each once. */
#pragma once
#include "base/str.h"
#include "http/request.h"

struct texts;
MUST_USE enum err texts_load(struct arena *a, struct texts **ret, struct str *ret_why);
/* p == NULL when there is no such key. */
struct str texts_find(const struct texts *t, enum lang lang, struct str key);
/* The text, or the key itself, so that nothing ever shows up empty. */
struct str texts_get(const struct texts *t, enum lang lang, struct str key);
/* The text with {{arg}} replaced, and {{arg|job|jobs}} by the first word for "1", by the second for any other. */
struct str texts_fill(const struct texts *t, struct arena *a, enum lang lang, struct str key,
                      struct str arg);
/* Of the two languages the one that an Accept-Language header wants more, by its q; Chinese when it names neither. */
enum lang texts_lang(struct str accept);
