/* picture.h - photographs that people send: decoded and made anew by a process of its own that can
 * open nothing, so that neither a crafted file nor where a photo was taken gets in. Kept in the
 * database, with its backups. Who may see one is up to the feature it belongs to. */
#pragma once
#include "http/app.h"
#include "http/request.h"

enum { PICTURE_BODY = 4 << 20, PICTURE_SIDE = 1280, PICTURES_MAX = 6 };

extern const struct feature picture_feature;
/* For .before of a route whose body is a JPEG or PNG of at most PICTURE_BODY bytes: a JPEG of at most
 * PICTURE_SIDE pixels a side into rq->before. ERR_INPUT when it is no picture. */
enum err picture_read(struct request *rq);
/* Keeps what picture_read left, about e.g. "job" 7. ERR_RULE when there are PICTURES_MAX already. */
MUST_USE enum err picture_add(struct request *rq, const char *about, int64_t about_id, int64_t *ret_id);
/* Their ids, oldest first, at most PICTURES_MAX. */
MUST_USE enum err picture_list(struct request *rq, const char *about, int64_t about_id, int64_t ids[PICTURES_MAX], size_t *ret_n);
/* Answers with the picture itself; ERR_NONE when it is about something else. */
MUST_USE enum err picture_reply(struct request *rq, const char *about, int64_t about_id, int64_t id);
MUST_USE enum err picture_drop(struct request *rq, const char *about, int64_t about_id, int64_t id);

/* The process: reads standard input, writes a JPEG to standard output; the exit code is 0 when it was
 * a picture. Called by main before anything is opened. */
int picture_worker(void);
