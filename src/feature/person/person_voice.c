/* person_voice.c - the wish in somebody's own voice. It is kept sealed, goes with the wish, and is heard
 * like the other personal fields are read: with a reason, audited. */
#include "feature/person/person_store.h"
#include "feature/picture/picture.h"
#include "http/route.h"
#include "record/seal.h"

struct hearing {
    struct str reason;
};
static const struct field fields[] = {
    FIELD(struct hearing, reason, TEXT, .min = 4, .max = 200, .see = NOBODY, .put = DESK, .required = true, .doc = "Why it is heard."),
    {0}};
const struct record voice_form = {"hearing", sizeof(struct hearing), fields, "Hearing a voice note."};

static struct piece piece_of(const struct person *p)
{
    return (struct piece){"voice", p->id, 1};
}

static struct seal_where where_of(const struct person *p)
{
    return (struct seal_where){"picture", "voice", p->city, p->id};
}

enum err voice_put(struct request *rq)
{
    const struct person *p = rq->object;
    struct str sealed = seal_put(rq->app->seal, rq->a, where_of(p), *(struct str *)rq->before);
    audit_about(rq, &person_record, p->id);
    enum err e = piece_keep(rq, piece_of(p), sealed);
    if (!e)
        e = person_set_voice(rq, p->id, true);
    return e ? e : reply_none(rq);
}

enum err voice_open(struct request *rq)
{
    const struct person *p = rq->object;
    struct str sealed, mp4;
    audit_about(rq, &person_record, p->id);
    rq->audit_reason = str_fmt(rq->a, "voice: %.*s", SV(((struct hearing *)rq->in)->reason));
    rq->idem_key = S(""); /* an answer that is kept would not be sealed */
    enum err e = piece_get(rq, piece_of(p), &sealed);
    if (e)
        return e;
    return seal_get(rq->app->seal, rq->a, where_of(p), sealed, &mp4) ? reply_text(rq, 200, "audio/mp4", mp4) : ERR_NONE;
}

enum err voice_forget(struct request *rq, const struct person *p)
{
    enum err e = piece_drop(rq, piece_of(p));
    return e == ERR_NONE ? OK : e;
}

enum err voice_drop(struct request *rq)
{
    const struct person *p = rq->object;
    audit_about(rq, &person_record, p->id);
    enum err e = voice_forget(rq, p);
    if (!e)
        e = person_set_voice(rq, p->id, false);
    return e ? e : reply_none(rq);
}
