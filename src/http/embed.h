/* embed.h - files built into the binary by tools/embed.sh: web/, rules/ and the migrations. */
#pragma once
#include "base/str.h"

struct embedded {
    const char *name; /* "web/pages/job/list.html", "rules/post.rule", "migration/0003_job.sql" */
    struct str data;
};
extern const struct embedded embedded_files[]; /* sorted by name; ends with name NULL */
const struct embedded *embedded_find(const char *name);
