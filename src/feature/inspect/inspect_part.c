/* inspect_part.c - the pictures and the film of a visit. They follow its record, each under its number, so
 * that a phone may send one again without storing it twice. Staff see them; everybody sees those that the
 * inspector marked, once he let the post pass, as long as the post is shown. */
#include "base/cal.h"
#include "feature/inspect/inspect_store.h"
#include "feature/job/job.h"
#include "feature/picture/picture.h"
#include "http/config.h"
#include "http/page.h"
#include "http/route.h"

static struct piece piece_of(const struct visit *v, int64_t n)
{
    return (struct piece){"visit", v->id, n};
}

static bool is_film(const struct request *rq)
{
    return !param(rq, "n").n;
}

static enum err load(struct request *rq, struct visit **ret)
{
    struct visit *v = NEW(rq->a, struct visit);
    int64_t n = param_id(rq, "n");
    enum err e = is_film(rq) || (n >= 1 && n <= VISIT_PICTURES) ? visit_get(rq, param_id(rq, "visit"), v) : ERR_NONE;
    rq->object = *ret = v;
    return e;
}

enum err visit_load_own(struct request *rq)
{
    struct visit *v;
    enum err e = load(rq, &v);
    return e ? e : v->by_id == rq->who->account_id && staff_covers(rq, v->city, v->district, 0) ? OK : ERR_NONE;
}

enum err visit_load_drop(struct request *rq)
{
    struct visit *v;
    enum err e = load(rq, &v);
    bool own = !e && v->by_id == rq->who->account_id;
    return e ? e : own || session_covers(rq->who, ADMIN, v->city, v->district, 0) ? OK : ERR_NONE;
}

enum err visit_load_seen(struct request *rq)
{
    struct visit *v;
    struct job j;
    enum err e = load(rq, &v);
    if (e || staff_covers(rq, v->city, v->district, 0))
        return e;
    uint32_t bit = 1u << ((is_film(rq) ? VISIT_FILM : param_id(rq, "n")) - 1);
    if (v->outcome != OUTCOME_PASS || !(v->shown & bit))
        return ERR_NONE;
    e = job_get(rq, v->job_id, &j);
    return e ? e : job_seen(rq, &j);
}

static enum err done(struct request *rq, enum err e)
{
    const struct visit *v = rq->object;
    audit_about(rq, &visit_record, v->id);
    if (!e)
        e = change_put(rq, "job", v->job_id);
    return e ? e : reply_none(rq);
}

enum err visit_picture_put(struct request *rq)
{
    return done(rq, piece_keep(rq, piece_of(rq->object, param_id(rq, "n")), *(struct str *)rq->before));
}

enum err visit_picture_drop(struct request *rq)
{
    return done(rq, piece_drop(rq, piece_of(rq->object, param_id(rq, "n"))));
}

enum err visit_picture_get(struct request *rq)
{
    struct str jpeg;
    enum err e = piece_get(rq, piece_of(rq->object, param_id(rq, "n")), &jpeg);
    return e ? e : reply_text(rq, 200, "image/jpeg", jpeg);
}

enum err visit_film_put(struct request *rq)
{
    const struct film *f = rq->before;
    enum err e = piece_keep(rq, piece_of(rq->object, VISIT_FILM), f->mp4);
    return done(rq, e ? e : piece_keep(rq, piece_of(rq->object, VISIT_POSTER), f->poster));
}

enum err visit_film_drop(struct request *rq)
{
    enum err e = piece_drop(rq, piece_of(rq->object, VISIT_FILM));
    return done(rq, e ? e : piece_drop(rq, piece_of(rq->object, VISIT_POSTER)));
}

enum err visit_film_get(struct request *rq)
{
    struct str mp4;
    enum err e = piece_get(rq, piece_of(rq->object, VISIT_FILM), &mp4);
    return e ? e : reply_ranges(rq, "video/mp4", mp4);
}

enum err visit_poster_get(struct request *rq)
{
    struct str jpeg;
    enum err e = piece_get(rq, piece_of(rq->object, VISIT_POSTER), &jpeg);
    return e ? e : reply_text(rq, 200, "image/jpeg", jpeg);
}

enum err visit_films_old(struct request *rq)
{
    int64_t before_ms = rq->now_ms - rq->app->config->film_days * DAY_MS;
    enum err e = piece_drop_old(rq, "visit", VISIT_FILM, before_ms);
    return e ? e : piece_drop_old(rq, "visit", VISIT_POSTER, before_ms);
}

enum err inspect_view_seen(struct request *rq, struct view *v, int64_t job_id)
{
    struct visit *all;
    size_t n;
    enum err e = visit_list(rq, reach_city, job_id, &all, &n);
    uint32_t seen = !e && n && all[0].outcome == OUTCOME_PASS ? all[0].shown & all[0].parts : 0;
    if (e || !seen)
        return e;
    view_str(v, "seen_when", show_when(rq, all[0].at_ms));
    for (int k = 1; k <= VISIT_PICTURES; k++)
        if (seen >> (k - 1) & 1)
            view_fmt(view_item(v, "seen"), "src", "/api/v1/visits/%lld/pictures/%d", (long long)all[0].id, k);
    if (seen >> (VISIT_FILM - 1) & 1) {
        view_fmt(v, "seen_film", "/api/v1/visits/%lld/film", (long long)all[0].id);
        view_fmt(v, "seen_poster", "/api/v1/visits/%lld/poster", (long long)all[0].id);
    }
    return OK;
}
