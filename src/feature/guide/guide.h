/* guide.h - talks with people who do not want to work yet (谈心): what was said, sealed; the next small
 * step; the day to ask again. First a job, then a better one. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct talk {
    int64_t id, city, person_id;
    struct str note;  /* sealed; opened one at a time with a reason */
    struct str step;  /* what he does next, in a few words that everybody at the desk may read */
    int32_t follow;   /* day to ask again, 0 = not needed */
    bool open;        /* nobody has asked again yet */
    int64_t by_id, made_ms;
    struct str who;   /* the name, masked; for lists */
};

extern const struct feature guide_feature;
extern const struct record talk_record;
MUST_USE enum err talks_forget(struct request *rq, int64_t person_id); /* the registration is taken back, or he leaves */
