/* account_session.c - where an account is signed in: listed and ended by whoever it is, on a page and in the app. */
#include "feature/account/account_store.h"
#include "http/page.h"
#include "http/route.h"

static const struct field session_fields[] = {
    FIELD(struct session_line, id, ID, .see = SIGNED_IN, .put = NOBODY, .doc = "Session."),
    FIELD(struct session_line, device, ENUM, .choices = session_devices, .see = SIGNED_IN, .put = NOBODY, .doc = "What kind of device, as it says itself."),
    FIELD(struct session_line, made_ms, MS, .see = SIGNED_IN, .put = NOBODY, .doc = "Since."),
    FIELD(struct session_line, used_ms, MS, .see = SIGNED_IN, .put = NOBODY, .doc = "Last use, to the hour."),
    FIELD(struct session_line, expires_ms, MS, .see = SIGNED_IN, .put = NOBODY, .doc = "Until."),
    FIELD(struct session_line, here, BOOL, .see = SIGNED_IN, .put = NOBODY, .doc = "The one that asks."),
    {0}};
const struct record session_record = {"session", sizeof(struct session_line), session_fields, "A sign-in."};

enum err sessions_list(struct request *rq)
{
    struct session_line *lines;
    size_t n;
    enum err e = session_list(rq, &lines, &n);
    return e ? e : reply_items(rq, &session_record, lines, n, 0);
}

enum err sessions_page(struct request *rq)
{
    struct session_line *lines;
    size_t n;
    enum err e = session_list(rq, &lines, &n);
    struct view *v = view_new(rq->a);
    for (size_t i = 0; !e && i < n; i++)
        view_record(rq, view_item(v, "sessions"), &session_record, &lines[i]);
    view_bool(v, "others", !e && n > 1);
    return e ? e : reply_page(rq, "account/devices", v);
}

enum err sessions_end(struct request *rq)
{
    enum err e = session_end(rq, param_id(rq, "session"));
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/me/devices"));
}

enum err sessions_end_others(struct request *rq)
{
    enum err e = session_end_others(rq);
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/me/devices"));
}
