/* picture.h - photographs, films and voices that people send: decoded and made anew by a process of its
 * own that can open nothing, so that neither a crafted file nor where a photo was taken gets in. Kept in
 * the database, with its backups. Who may see one is up to the feature it belongs to. */
#pragma once
#include "http/app.h"
#include "http/request.h"
#include "media/limits.h"

enum { PICTURE_BODY = 4 << 20, PICTURE_SIDE = 1280, PICTURES_MAX = 6, FILM_BODY = MEDIA_BODY, VOICE_BODY = 2 << 20, PARTS_MAX = 40000 };

extern const struct feature picture_feature;
/* For .before of a route whose body is a JPEG or PNG of at most PICTURE_BODY bytes: a JPEG of at most
 * PICTURE_SIDE pixels a side into rq->before, a struct str. ERR_INPUT when it is no picture. */
enum err picture_read(struct request *rq);
/* The same for a film of at most FILM_BODY bytes: its first FILM_SECONDS as H.264 and AAC, and a picture
 * of it. One at a time; ERR_BUSY for whoever comes meanwhile. */
struct film {
    struct str mp4, poster;
};
enum err film_read(struct request *rq); /* a struct film into rq->before */
/* The same for a sound of at most VOICE_BODY bytes: its first VOICE_SECONDS as AAC in an MP4, a struct str. */
enum err voice_read(struct request *rq);
/* Whether films and voices are taken here: switched on, and the program that reads them runs. */
bool media_taken(const struct request *rq);

/* Keeps what picture_read left, about e.g. "job" 7. ERR_RULE when there are PICTURES_MAX already. */
MUST_USE enum err picture_add(struct request *rq, const char *about, int64_t about_id, int64_t *ret_id);
/* Their ids, oldest first, at most PICTURES_MAX. */
MUST_USE enum err picture_list(struct request *rq, const char *about, int64_t about_id, int64_t ids[PICTURES_MAX], size_t *ret_n);
/* Answers with the picture itself; ERR_NONE when it is about something else. */
MUST_USE enum err picture_reply(struct request *rq, const char *about, int64_t about_id, int64_t id);
MUST_USE enum err picture_drop(struct request *rq, const char *about, int64_t about_id, int64_t id);

extern const struct rule pictures_many; /* at most PICTURES_MAX */

/* What something has by number, so that sending it again stores nothing twice: the first one stays. */
struct piece {
    const char *about;
    int64_t about_id, n;
};
/* A picture is its own number. It is about `to` of the same id now. ERR_NONE. */
MUST_USE enum err picture_move(struct request *rq, const struct piece *p, const char *to);
MUST_USE enum err piece_keep(struct request *rq, struct piece p, struct str body);
MUST_USE enum err piece_get(struct request *rq, struct piece p, struct str *ret); /* ERR_NONE */
MUST_USE enum err piece_drop(struct request *rq, struct piece p);                 /* ERR_NONE */
/* Number n of all that were kept before the instant. */
MUST_USE enum err piece_drop_old(struct request *rq, const char *about, int64_t n, int64_t before_ms);
/* What there is about from.about_id..to_id, by id and number, at most PARTS_MAX. */
MUST_USE enum err piece_numbers(struct request *rq, struct piece from, int64_t to_id, struct piece **ret, size_t *ret_n);

/* The process: reads standard input, writes a JPEG to standard output; the exit code is 0 when it was
 * a picture. Called by main before anything is opened. */
int picture_worker(void);
