/* person_api.c - a seeker registers himself with three facts, or is registered at the desk. */
#include <string.h>

#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/away/away.h"
#include "feature/certificate/certificate.h"
#include "feature/guide/guide.h"
#include "feature/hire/hire.h"
#include "feature/person/person_rules.h"
#include "feature/person/person_store.h"
#include "feature/picture/picture.h"
#include "feature/trust/trust.h"
#include "http/page.h"
#include "http/places.h"
#include "http/reply.h"
#include "http/route.h"
#include "market/score.h"
#include "rules/rules.h"

struct opening {
    struct str field, reason;
};
static const struct field opening_fields[] = {
    FIELD(struct opening, field, TEXT, .max = 20, .see = NOBODY, .put = DESK, .required = true, .doc = "name, phone, id_number or note."),
    FIELD(struct opening, reason, TEXT, .min = 4, .max = 200, .see = NOBODY, .put = DESK, .required = true, .doc = "Why it is opened."),
    {0}};
static const struct record opening_form = {"opening", sizeof(struct opening), opening_fields, "Opening a sealed field."};
struct opened {
    struct str value;
};
static const struct field opened_fields[] = {
    FIELD(struct opened, value, TEXT, .see = DESK, .put = NOBODY, .doc = "The whole value."), {0}};
static const struct record opened_record = {"opened", sizeof(struct opened), opened_fields, "An opened field."};

static const struct field search_fields[] = {
    FIELD(struct person_wanted, q, TEXT, .max = 40, .see = NOBODY, .put = DESK, .doc = "A whole phone number or its last four digits, an identity number, or part of the name."),
    FIELD(struct person_wanted, after, ID, .see = NOBODY, .put = DESK, .doc = "Next page: those registered before this one."), {0}};
static const struct record search_form = {"search", sizeof(struct person_wanted), search_fields, "Finding people."};

struct lost {
    struct str reason;
};
static const struct field lost_fields[] = {
    FIELD(struct lost, reason, TEXT, .min = 4, .max = 200, .see = NOBODY, .put = DESK, .required = true, .doc = "How the person was known, and why."), {0}};
static const struct record lost_form = {"sign_out", sizeof(struct lost), lost_fields, "Signing somebody out whose phone is lost."};

static enum err find(struct request *rq);
static enum err create(struct request *rq);
static enum err create_page(struct request *rq);
static enum err show(struct request *rq);
static enum err edit(struct request *rq);
static enum err edit_page(struct request *rq);
static enum err open_field(struct request *rq);
static enum err sign_out(struct request *rq);
static enum err leave_partner(struct request *rq);
static enum err undo(struct request *rq);
static enum err load(struct request *rq);
static enum err load_wish(struct request *rq);

/* Registering others is work of the desk and of grid workers on their rounds. */
enum { REGISTRARS = DESK | GRID, UNDO_MS = 60 * MIN_MS };

static const struct route routes[] = {
    ROUTE(POST, "/api/v1/people-found", DESK, find, .in = &search_form, .out = &person_record, .list = true,
          .doc = "Reads only, and takes numbers where no log of addresses has them. Finds people by phone number, identity number or name, newest first, 20 at a time; a page of names may be empty and have a next one."),
    ROUTE(GET, "/join", SIGNED_IN, create_page, .doc = "Page: three facts."),
    ROUTE(POST, "/api/v1/people", SIGNED_IN, create, .in = &person_record, .out = &person_record, .form = create_page,
          .rate = PER_HOUR(600), .doc = "Registers a seeker: oneself, or at the desk."),
    ROUTE(GET, "/api/v1/people/:person", SEEKER | DESK | ADMIN, show, .out = &person_record, .owns = load, .doc = "One seeker."),
    ROUTE(GET, "/me/edit", SEEKER, edit_page, .owns = load, .doc = "Page: my facts."),
    ROUTE(POST, "/api/v1/people/:person", SEEKER | DESK, edit, .in = &person_record, .out = &person_record, .owns = load,
          .form = edit_page, .doc = "Changes what is given."),
    ROUTE(DELETE, "/api/v1/people/:person", REGISTRARS, undo, .owns = load,
          .doc = "Takes back a registration made within the hour by oneself, when nothing was taken yet."),
    ROUTE(POST, "/api/v1/people/:person/open", DESK, open_field, .in = &opening_form, .out = &opened_record, .owns = load,
          .rate = PER_HOUR(60), .doc = "Opens one sealed field, with a reason, audited."),
    ROUTE(POST, "/api/v1/people/:person/sign-out", DESK, sign_out, .in = &lost_form, .owns = load, .rate = PER_HOUR(60),
          .doc = "A phone is lost: ends every session of the person, whom the desk has seen, and he does not leave, if that was asked for; with a reason, audited."),
    ROUTE(PUT, "/api/v1/people/:person/voice", REGISTRARS, voice_put, .owns = load_wish, .before = voice_read, .body_max = VOICE_BODY,
          .rate = PER_HOUR(300), .doc = "The wish in the own voice, any common sound format; its first 60 seconds are kept. The first one stays."),
    ROUTE(POST, "/api/v1/people/:person/voice/open", DESK, voice_open, .in = &voice_form, .owns = load, .rate = PER_HOUR(60),
          .doc = "The voice note, audio/mp4, with a reason, audited."),
    ROUTE(DELETE, "/api/v1/people/:person/voice", DESK, voice_drop, .owns = load, .doc = "Takes the voice note away."),
    ROUTE(POST, "/api/v1/people/:person/leave-partner", SEEKER | DESK, leave_partner, .owns = load,
          .doc = "Ends a couple from either side."),
    ROUTE(GET, "/me/leave", SEEKER, leave_page, .owns = load, .doc = "Page: what goes and what stays when I leave, and what is to be done first; ?ask= asks once more."),
    ROUTE(POST, "/api/v1/people/:person/leave", SEEKER | DESK, leave, .in = &leave_form, .owns = load, .form = leave_page, .rate = PER_HOUR(60),
          .doc = "The person leaves: account and facts are gone for good, at the desk at once, by his own word 24 hours later; a letter tells his number. What the law wants kept stays without a name. Refused while a day of work is ahead, a wage is owed or a complaint open."),
    ROUTE(POST, "/api/v1/people/:person/stay", SEEKER, stay, .owns = load, .doc = "Thinks better of it within the 24 hours."),
    {0}};

bool person_covered(const struct request *rq, const struct person *p)
{
    return staff_covers_or_none(rq, p->city, p->district);
}

enum err person_load(struct request *rq)
{
    struct person *p = NEW(rq->a, struct person);
    enum err e = person_get(rq, param_id(rq, "person"), p);
    rq->object = p;
    return e ? e : person_covered(rq, p) ? OK : ERR_NONE;
}

/* Oneself, or anybody for the desk of the district. */
static enum err load(struct request *rq)
{
    struct person *p = NEW(rq->a, struct person);
    int64_t id = param_id(rq, "person");
    if (!id)
        id = rq->who->person_id;
    enum err e = person_get(rq, id, p);
    if (e)
        return e;
    rq->object = p;
    bool self = p->id == rq->who->person_id;
    return self || person_covered(rq, p) ? OK : ERR_NONE;
}

/* Somebody whom the caller registered, or anybody for the desk of the district. */
static enum err load_wish(struct request *rq)
{
    enum err e = load(rq);
    const struct person *p = rq->object;
    return !e && p->by_id != rq->who->account_id && !session_covers(rq->who, DESK, p->city, p->district, 0) ? ERR_NONE : e;
}

static enum err find(struct request *rq)
{
    struct person *v;
    size_t n, kept = 0;
    int64_t next;
    enum err e = person_find(rq, rq->in, &v, &n, &next);
    for (size_t i = 0; !e && i < n; i++)
        if (person_covered(rq, &v[i]))
            v[kept++] = v[i];
    rq->idem_key = S(""); /* asked again it is looked up again */
    return e ? e : reply_items(rq, &person_record, v, kept, next);
}

static enum err check(struct request *rq, struct person *p)
{
    int64_t age_min = rule_number(rq, "age.min", 16);
    int32_t born;
    if (p->phone.n && !account_phone(rq->a, p->phone).n)
        return fail_field(rq, "phone", "input.phone", S(""));
    if (p->id_number.n) {
        if (!idnum_ok(p->id_number, &born))
            return fail_field(rq, "id_number", "input.id_number", S(""));
        p->born = born;
    }
    if (!p->school_days && (p->drop_min || p->pick_min))
        return fail_field(rq, "school_days", "person.days_none", S(""));
    p->school_days = p->school_days ? p->school_days : SCHOOL_DAYS;
    const struct rule *broken = age_broken(p->born, p->age_said == AGE_CHILD, cal_day(rq->now_ms), age_min);
    if (!broken)
        broken = hours_broken(p->from_min, p->to_min);
    if (!broken && p->partner_id && p->partner_id == p->id)
        broken = &partner_self;
    return broken ? refuse(rq, broken) : OK;
}

enum err person_say_age(struct request *rq, struct person *p, int32_t said)
{
    if (said == AGE_UNASKED || !person_age_unknown(p))
        return OK;
    p->age_said = said;
    enum err e = check(rq, p);
    return e ? e : person_put(rq, p);
}

enum err person_say_born(struct request *rq, struct person *p, int32_t born)
{
    if (!born || p->born)
        return OK;
    p->born = born;
    enum err e = check(rq, p);
    return e ? e : person_put(rq, p);
}

enum err person_keep_age(struct request *rq, const struct person *p, enum err e)
{
    if (e != ERR_RULE && e != ERR_INPUT)
        return e; /* not refused: it is tried again */
    rq->keep = true;
    enum err noted = audit_note(rq, "answer age", person_record.name, p->id, S(""));
    return noted ? noted : e;
}

/* Where the record is found: `self` and `here` say it to himself, and to a desk that reaches it. */
static enum err known_already(struct request *rq, const struct person *old, const char *self, const char *here)
{
    bool staff = rq->who->roles & REGISTRARS;
    return fail(rq, ERR_CONFLICT, !staff ? self : person_covered(rq, old) ? here : "person.known_elsewhere");
}

/* One number is one person. */
static enum err check_number(struct request *rq, struct str phone)
{
    struct person old;
    enum err e = phone.n ? person_by_phone(rq, phone, &old) : ERR_NONE;
    if (!e)
        return known_already(rq, &old, "person.already", "person.phone_known");
    return e == ERR_NONE ? OK : e;
}

/* Whoever signs in with his number finds what the desk wrote. */
static enum err tie_number(struct request *rq, const struct person *p)
{
    int64_t account_id = 0;
    enum err e = p->phone.n ? account_for_phone(rq, p->phone, &account_id) : OK;
    if (!e && account_id)
        e = account_tie_person(rq, account_id, p->id);
    return e == ERR_CONFLICT ? fail(rq, e, "person.phone_known") : e;
}

/* The other of a couple: somebody of the caller's district who is in no other couple. */
static enum err check_partner(struct request *rq, const struct person *p)
{
    struct person q;
    enum err e = p->partner_id ? person_partner(rq, p, &q) : OK;
    if (e == ERR_NONE || (!e && p->partner_id && !person_covered(rq, &q)))
        return fail_field(rq, "partner_id", "input.partner", S(""));
    return !e && p->partner_id && q.partner_id && q.partner_id != p->id ? refuse(rq, &partner_taken) : e;
}

/* Both rows of a couple say the same; whoever was left is alone again. */
static enum err pair_up(struct request *rq, const struct person *p, int64_t partner_before)
{
    enum err e = OK;
    if (partner_before && partner_before != p->partner_id)
        e = person_pair(rq, partner_before, 0, S("apart"));
    if (!e && p->partner_id)
        e = person_pair(rq, p->partner_id, p->id, str_c(p->together == TOGETHER_MUST ? "must" : "prefer"));
    return e;
}

/* One identity number is one person; the desk finds him by it. */
static enum err check_card(struct request *rq, const struct person *p)
{
    struct person old;
    enum err e = p->id_number.n ? person_by_idnum(rq, p->id_number, &old) : ERR_NONE;
    if (!e && old.id != p->id)
        return known_already(rq, &old, "person.card_known", "person.card_known");
    return e == ERR_NONE ? OK : e;
}

enum err person_register(struct request *rq, struct person *p)
{
    enum err e = check(rq, p);
    if (!e)
        e = check_partner(rq, p);
    if (e)
        return e;
    p->phone = account_phone(rq->a, p->phone);
    e = check_number(rq, p->phone);
    if (!e)
        e = check_card(rq, p);
    if (e)
        return e;
    if (!geo_known(p->home))
        p->home = place_of(rq, p->home_text);
    p->id = new_id(rq);
    p->city = rq->city;
    p->made_ms = p->consent_ms = rq->now_ms;
    e = person_add(rq, p);
    return e ? e : pair_up(rq, p, 0);
}

enum err person_for_account(struct request *rq, int64_t account_id, struct person *p)
{
    int64_t id = 0;
    struct str phone = account_phone(rq->a, p->phone);
    enum err e = account_person(rq, account_id, &id);
    if (e || id)
        return e ? e : person_get(rq, id, p);
    e = phone.n ? person_by_phone(rq, phone, p) : ERR_NONE; /* registered at a desk, before he had an account */
    if (e == ERR_NONE)
        e = person_register(rq, p);
    return e ? e : account_tie_person(rq, account_id, p->id);
}

/* By a desk or a grid worker, who sees him and his number. */
static enum err register_other(struct request *rq, struct person *p)
{
    if (!p->district)
        p->district = rq->who->n_scopes ? rq->who->scopes[0].district : 0;
    p->by_id = rq->who->account_id;
    enum err e = person_register(rq, p);
    return e ? e : tie_number(rq, p);
}

/* Of oneself: the number that he signed in with may be said, and no other, for no other was proved. */
static enum err own_number(struct request *rq, struct str said, struct str *ret)
{
    enum err e = account_number(rq, rq->who->account_id, ret);
    bool other = said.n && !(ret->n && str_eq(account_phone(rq->a, said), *ret));
    return e ? e : other ? fail_field(rq, "phone", "input.phone_own", S("")) : OK;
}

static enum err register_self(struct request *rq, struct person *p)
{
    struct person old;
    if (rq->who->person_id)
        return fail(rq, ERR_CONFLICT, "person.already");
    enum err e = own_number(rq, p->phone, &p->phone);
    if (e)
        return e;
    e = p->phone.n ? person_by_phone(rq, p->phone, &old) : ERR_NONE;
    if (!e) { /* written down at a desk, and his */
        rq->keep = account_tie_person(rq, rq->who->account_id, old.id) == OK;
        return fail(rq, ERR_CONFLICT, "person.already");
    }
    if (e == ERR_NONE)
        e = person_register(rq, p);
    return e ? e : account_tie_person(rq, rq->who->account_id, p->id);
}

/* A name that nobody knows is said to whoever wrote it, where he can write another. */
static struct str after_saving(const struct person *p)
{
    return p->home_text.n && !geo_known(p->home) ? S("/me/edit") : S("/");
}

static enum err create(struct request *rq)
{
    struct person *p = rq->in;
    p->school_days = given(rq, "school_days") ? p->school_days : SCHOOL_DAYS;
    enum err e = rq->who->roles & REGISTRARS ? register_other(rq, p) : register_self(rq, p);
    audit_about(rq, &person_record, p->id);
    return e ? e : reply_done(rq, 201, &person_record, p, after_saving(p));
}

static struct view *form_view(struct request *rq, const struct person *in)
{
    struct view *v = view_new(rq->a);
    view_form(rq, v, &person_record, in);
    view_i64(v, "person_id", in->id);
    return v;
}

static enum err create_page(struct request *rq)
{
    struct person p = {.school_days = SCHOOL_DAYS};
    if (rq->in)
        p = *(struct person *)rq->in;
    struct str phone;
    enum err e = account_number(rq, rq->who->account_id, &phone);
    struct view *v = form_view(rq, &p);
    view_str(v, "phone", seal_mask(rq->a, SEAL_PHONE, phone));
    view_str(v, "path", S("/join"));
    return e ? e : reply_page(rq, "person/join", v);
}

static enum err show(struct request *rq)
{
    return reply_record(rq, 200, &person_record, rq->object);
}

static enum err edit_page(struct request *rq)
{
    struct person p = {0};
    if (rq->object)
        p = *(struct person *)rq->object;
    if (rq->in && rq->route && rq->route->in == &person_record) {
        int64_t id = p.id;
        p = *(struct person *)rq->in;
        p.id = id;
    }
    p.phone = seal_mask(rq->a, SEAL_PHONE, p.phone);
    struct view *v = form_view(rq, &p);
    view_str(v, "phone", p.phone);
    view_str(v, "path", S("/me/edit"));
    view_str(v, "unknown_home", geo_known(p.home) ? S("") : p.home_text);
    view_str(v, "alike", geo_known(p.home) ? S("") : place_alike(rq, p.home_text));
    enum err e = certificates_view(rq, v, p.id);
    if (!e)
        e = away_view(rq, v, p.id);
    return e ? e : reply_page(rq, "person/edit", v);
}

/* Takes over from `in` what was given; sealed fields only when they are not the mask itself. */
static void merge(struct person *p, const struct person *in, uint64_t seen)
{
    for (int i = 0; person_record.fields[i].name; i++) {
        const struct field *f = &person_record.fields[i];
        static const size_t sizes[] = {[FIELD_INT] = 8, [FIELD_FEN] = 8, [FIELD_ID] = 8, [FIELD_MS] = 8,
                                       [FIELD_DAY] = 4, [FIELD_DATE] = 4, [FIELD_BOOL] = 1, [FIELD_ENUM] = 4, [FIELD_MASK] = 4,
                                       [FIELD_TEXT] = sizeof(struct str), [FIELD_GEO] = sizeof(struct geo),
                                       [FIELD_BLOB] = sizeof(struct str)};
        const struct str *text = (const struct str *)(const void *)((const char *)in + f->off);
        bool masked = f->seal != OPEN && str_find(*text, S("*")) >= 0;
        if ((seen >> i & 1) && !masked)
            memcpy((char *)p + f->off, (const char *)in + f->off, sizes[f->kind]);
    }
}

/* A desk writes down another number: the old one opens nothing any more. */
static enum err renumber(struct request *rq, const struct person *p)
{
    enum err e = check_number(rq, p->phone);
    if (!e)
        e = account_untie_person(rq, p->id);
    return e ? e : tie_number(rq, p);
}

static enum err edit(struct request *rq)
{
    struct person *p = rq->object;
    struct person *in = rq->in;
    if (str_find(in->phone, S("*")) >= 0)
        in->phone = S("");
    if (in->phone.n && !(rq->who->roles & REGISTRARS)) {
        enum err e = own_number(rq, in->phone, &in->phone);
        if (e)
            return e;
    }
    struct person changed = *p;
    merge(&changed, in, rq->in_seen);
    changed.phone = changed.phone.n ? changed.phone : p->phone;
    bool moved = !str_eq(changed.home_text, p->home_text), same_point = memcmp(&changed.home, &p->home, sizeof p->home) == 0;
    if ((moved && same_point) || !geo_known(changed.home))
        changed.home = place_of(rq, changed.home_text);
    enum err e = check(rq, &changed);
    if (!e && changed.partner_id != p->partner_id)
        e = check_partner(rq, &changed);
    if (!e && !str_eq(changed.id_number, p->id_number))
        e = check_card(rq, &changed);
    if (e)
        return e;
    audit_about(rq, &person_record, p->id);
    changed.phone = account_phone(rq->a, changed.phone);
    if (!str_eq(changed.phone, p->phone))
        e = renumber(rq, &changed);
    if (!e)
        e = person_put(rq, &changed);
    if (!e && changed.partner_id != p->partner_id)
        e = pair_up(rq, &changed, p->partner_id);
    return e ? e : reply_done(rq, 200, &person_record, &changed, after_saving(&changed));
}

static enum err open_field(struct request *rq)
{
    struct person *p = rq->object;
    struct opening *in = rq->in;
    const struct field *f = record_field(&person_record, in->field);
    if (!f || f->seal == OPEN)
        return fail_field(rq, "field", "input.choice", S(""));
    struct opened out;
    memcpy(&out.value, (const char *)p + f->off, sizeof out.value);
    audit_about(rq, &person_record, p->id);
    rq->audit_reason = str_fmt(rq->a, "%s: %.*s", f->name, SV(in->reason));
    rq->idem_key = S("");
    return reply_record(rq, 200, &opened_record, &out);
}

/* What else was written about the person within the hour. */
static enum err (*const forget[])(struct request *rq, int64_t person_id) = {talks_forget, certificates_forget, support_forget, away_forget};

static enum err undo(struct request *rq)
{
    struct person *p = rq->object;
    struct hire *h;
    size_t n;
    enum err e = hire_of_person(rq, p->id, &h, &n);
    if (!e && (n || p->by_id != rq->who->account_id || rq->now_ms > p->made_ms + UNDO_MS))
        return refuse(rq, &undo_late);
    audit_about(rq, &person_record, p->id);
    if (!e && p->partner_id)
        e = person_pair(rq, p->partner_id, 0, S("apart"));
    if (!e)
        e = account_forget_person(rq, p->id, p->made_ms);
    if (!e)
        e = voice_forget(rq, p);
    for (size_t i = 0; !e && i < sizeof forget / sizeof *forget; i++)
        e = forget[i](rq, p->id);
    if (!e)
        e = person_drop(rq, p->id);
    return e ? e : reply_none(rq);
}

static enum err sign_out(struct request *rq)
{
    const struct person *p = rq->object;
    audit_about(rq, &person_record, p->id);
    rq->audit_reason = ((struct lost *)rq->in)->reason;
    enum err e = leaving_drop(rq, p->id); /* whoever has the phone may have asked for it */
    if (!e)
        e = session_end_of_person(rq, p->id);
    return e ? e : reply_none(rq);
}

static enum err leave_partner(struct request *rq)
{
    struct person *p = rq->object;
    audit_about(rq, &person_record, p->id);
    enum err e = p->partner_id ? person_pair(rq, p->partner_id, 0, S("apart")) : OK;
    if (!e)
        e = person_pair(rq, p->id, 0, S("apart"));
    return e ? e : reply_done(rq, 204, NULL, NULL, S("/my"));
}

static const struct record *const records[] = {&person_record, &search_form, &opening_form, &lost_form, &opened_record, &voice_form, &leave_form, NULL};
static const struct timer timers[] = {{.name = "person.leave", .every_s = 60, .outside = leave_all_due}, {0}};
const struct feature person_feature = {.name = "person", .routes = routes, .queries = person_queries, .records = records, .timers = timers};
