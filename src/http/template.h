/* template.h - parsed templates. A template that could print unescaped, into a script, a style or
 * an unquoted attribute is refused at start. */
#pragma once
#include "base/buf.h"
#include "http/request.h"

struct pages; /* all templates of web/pages, parsed */
struct texts;
struct view;
MUST_USE enum err pages_load(struct arena *a, const struct texts *texts, struct pages **ret,
                             struct str *ret_why);
/* Parses one text as template `name`; for tests and fuzzing. */
MUST_USE enum err pages_add(struct pages *p, struct arena *a, struct str name, struct str text,
                            struct str *ret_why);
/* Without texts a template that asks for a text key is refused. */
struct pages *pages_new(struct arena *a, const struct texts *texts);
bool pages_has(const struct pages *p, struct str name);
/* False when there is no such template. */
bool pages_render(const struct pages *p, struct buf *out, struct str name, enum lang lang,
                  const struct view *v);
