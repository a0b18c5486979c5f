/* job_picture.c - sample pictures of a post: the poster's to add and take away; shown to everybody once
 * the post is (I2). One that comes later waits until somebody of the staff has seen it: what is shown was
 * looked at. Before that who may see the post sees it. */
#include "feature/job/job_store.h"
#include "feature/picture/picture.h"
#include "http/page.h"
#include "http/route.h"

static const char shown[] = "job", waiting[] = "job.waiting"; /* what a picture is about */

static const struct field fields[] = {
    FIELD(struct job_picture, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Picture; its JPEG is at /api/v1/jobs/:job/pictures/:picture."),
    FIELD(struct job_picture, job_id, ID, .see = ANYONE, .put = NOBODY, .doc = "Post."),
    FIELD(struct job_picture, waits, BOOL, .see = POSTER | STAFF, .put = NOBODY, .doc = "Came after the post was verified; not shown until seen."),
    FIELD(struct job_picture, title, TEXT, .see = POSTER | STAFF, .put = NOBODY, .doc = "Of the post."),
    {0}};
const struct record job_picture_record = {"job_picture", sizeof(struct job_picture), fields, "A picture of a post."};

/* Those shown, and behind them those that wait where `all` is asked for; ret holds 2 * PICTURES_MAX. */
static enum err pictures_of(struct request *rq, const struct job *j, bool all, struct job_picture *ret, size_t *ret_n)
{
    const char *const abouts[] = {shown, waiting};
    enum err e = OK;
    *ret_n = 0;
    for (int k = 0; !e && k < (all ? 2 : 1); k++) {
        int64_t ids[PICTURES_MAX];
        size_t n;
        e = picture_list(rq, abouts[k], j->id, ids, &n);
        for (size_t i = 0; i < n; i++)
            ret[(*ret_n)++] = (struct job_picture){ids[i], j->id, k == 1, j->title};
    }
    return e;
}

enum err job_picture_add(struct request *rq)
{
    const struct job *j = rq->object;
    struct job_picture all[2 * PICTURES_MAX], p = {.job_id = j->id, .title = j->title};
    size_t n;
    p.waits = j->state == JOB_OPEN && !staff_covers(rq, j->city, j->district, 0);
    audit_about(rq, &job_record, j->id);
    publish_after(rq, S("desk"));
    enum err e = pictures_of(rq, j, true, all, &n);
    if (!e && n >= PICTURES_MAX)
        return refuse(rq, &pictures_many);
    if (!e)
        e = picture_add(rq, p.waits ? waiting : shown, j->id, &p.id);
    if (!e)
        e = change_put(rq, "job", j->id);
    return e ? e : reply_record(rq, 201, &job_picture_record, &p);
}

enum err job_picture_drop(struct request *rq)
{
    const struct job *j = rq->object;
    audit_about(rq, &job_record, j->id);
    enum err e = picture_drop(rq, shown, j->id, param_id(rq, "picture"));
    if (e == ERR_NONE)
        e = picture_drop(rq, waiting, j->id, param_id(rq, "picture"));
    if (!e)
        e = change_put(rq, "job", j->id);
    return e ? e : reply_none(rq);
}

enum err job_picture_list(struct request *rq)
{
    const struct job *j = rq->object;
    struct job_picture v[2 * PICTURES_MAX];
    size_t n;
    enum err e = pictures_of(rq, j, job_covered(rq, j), v, &n);
    return e ? e : reply_items(rq, &job_picture_record, v, n, 0);
}

enum err job_picture_get(struct request *rq)
{
    const struct job *j = rq->object;
    enum err e = picture_reply(rq, shown, j->id, param_id(rq, "picture"));
    return e == ERR_NONE && job_covered(rq, j) ? picture_reply(rq, waiting, j->id, param_id(rq, "picture")) : e;
}

enum err job_picture_show(struct request *rq)
{
    const struct job *j = rq->object;
    audit_about(rq, &job_record, j->id);
    enum err e = picture_move(rq, &(const struct piece){waiting, j->id, param_id(rq, "picture")}, shown);
    if (!e)
        e = change_put(rq, "job", j->id);
    return e ? e : reply_none(rq);
}

enum err job_pictures_waiting(struct request *rq)
{
    struct job_picture *v;
    size_t n;
    enum err e = job_pictures_about(rq, str_c(waiting), staff_reach(rq), &v, &n);
    return e ? e : reply_items(rq, &job_picture_record, v, n, 0);
}

enum err job_view_pictures(struct request *rq, struct view *v, int64_t job_id)
{
    int64_t ids[PICTURES_MAX];
    size_t n;
    enum err e = picture_list(rq, shown, job_id, ids, &n);
    for (size_t i = 0; i < n; i++)
        view_fmt(view_item(v, "pictures"), "src", "/api/v1/jobs/%lld/pictures/%lld", (long long)job_id, (long long)ids[i]);
    return e;
}
