/* plaza_store.h - the SQL of screens, and what the files of the feature share. */
#pragma once
#include "feature/plaza/plaza.h"
#include "feature/site/site.h"

extern const struct query *const plaza_queries[];
MUST_USE enum err screen_by_token(struct request *rq, struct str token, struct screen *ret);
MUST_USE enum err screen_get(struct request *rq, int64_t id, struct screen *ret);
MUST_USE enum err screen_all(struct request *rq, struct screen **ret, size_t *ret_n);
MUST_USE enum err screen_drop(struct request *rq, int64_t id);
MUST_USE enum err screen_called(struct request *rq, int64_t id, int64_t called_ms);

/* What .owns of pages under a token leaves in rq->object. */
struct my_screen {
    struct screen screen;
    struct site site;
};

/* plaza_kiosk.c */
extern const struct record kiosk_form, slip_record;
enum err kiosk_home(struct request *rq);
enum err kiosk_jobs(struct request *rq);
enum err kiosk_job(struct request *rq);
enum err kiosk_join_page(struct request *rq);
enum err kiosk_join(struct request *rq);
enum err kiosk_number(struct request *rq);
enum err kiosk_call(struct request *rq);
enum err kiosk_reset(struct request *rq);
enum err desk_slip(struct request *rq);
