/* job_picture.c - sample pictures of a post: the poster's to add and take away; shown to everybody once
 * the post is (I2), before that to those who may see the post. */
#include "feature/job/job_store.h"
#include "feature/picture/picture.h"
#include "http/page.h"
#include "http/route.h"

struct job_picture {
    int64_t id, job_id;
};
static const struct field fields[] = {
    FIELD(struct job_picture, id, ID, .see = ANYONE, .put = NOBODY, .doc = "Picture; its JPEG is at /api/v1/jobs/:job/pictures/:picture."),
    FIELD(struct job_picture, job_id, ID, .see = ANYONE, .put = NOBODY, .doc = "Post."),
    {0}};
const struct record job_picture_record = {"job_picture", sizeof(struct job_picture), fields, "A picture of a post."};

enum err job_picture_add(struct request *rq)
{
    const struct job *j = rq->object;
    struct job_picture p = {.job_id = j->id};
    audit_about(rq, &job_record, j->id);
    enum err e = picture_add(rq, "job", j->id, &p.id);
    if (!e)
        e = change_put(rq, "job", j->id);
    return e ? e : reply_record(rq, 201, &job_picture_record, &p);
}

enum err job_picture_drop(struct request *rq)
{
    const struct job *j = rq->object;
    audit_about(rq, &job_record, j->id);
    enum err e = picture_drop(rq, "job", j->id, param_id(rq, "picture"));
    if (!e)
        e = change_put(rq, "job", j->id);
    return e ? e : reply_none(rq);
}

enum err job_picture_list(struct request *rq)
{
    const struct job *j = rq->object;
    int64_t ids[PICTURES_MAX];
    struct job_picture v[PICTURES_MAX];
    size_t n;
    enum err e = picture_list(rq, "job", j->id, ids, &n);
    for (size_t i = 0; i < n; i++)
        v[i] = (struct job_picture){ids[i], j->id};
    return e ? e : reply_items(rq, &job_picture_record, v, n, 0);
}

enum err job_picture_get(struct request *rq)
{
    return picture_reply(rq, "job", ((const struct job *)rq->object)->id, param_id(rq, "picture"));
}

enum err job_view_pictures(struct request *rq, struct view *v, int64_t job_id)
{
    int64_t ids[PICTURES_MAX];
    size_t n;
    enum err e = picture_list(rq, "job", job_id, ids, &n);
    for (size_t i = 0; i < n; i++)
        view_fmt(view_item(v, "pictures"), "src", "/api/v1/jobs/%lld/pictures/%lld", (long long)job_id, (long long)ids[i]);
    return e;
}
