/* page.h - pages for people: logic-less templates (own small renderer) and the view they read.
 * {{x}} escaped, no unescaped form exists; {{#x}}..{{/x}} section (list, or non-empty value or
 * true), {{^x}}..{{/x}} inverted, {{>partial}}, {{t.key}} text in the caller's language, {{t.key n}} the same for so many of something, {{a.b}}
 * dotted names, {{.}} current item. Lookup goes outward through enclosing views.
 * Templates live in web/pages/ (name "job/list" = web/pages/job/list.html), embedded in the binary
 * and parsed at start: a missing partial or text key refuses to start. A name that ends in ".xml" is
 * a document for machines (feeds), with the same rules. The partial "lingji.css" is the style sheet of web/static. */
#pragma once
#include "http/request.h"

struct view;
struct view *view_new(struct arena *a);
void view_str(struct view *v, const char *name, struct str s);
void view_fmt(struct view *v, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
void view_i64(struct view *v, const char *name, int64_t x);
void view_bool(struct view *v, const char *name, bool x);
bool view_on(const struct view *v, const char *name); /* a true bool of v itself */
struct view *view_child(struct view *v, const char *name); /* one nested view */
struct view *view_item(struct view *v, const char *name);  /* appends to the list `name` */
/* A district of this city, by the names in the texts; every code of the city where they name none. 0 = no district. */
bool district_known(struct request *rq, int64_t code);
/* The one district of the city whose Chinese name stands in an address; 0 = none does, or several. O(districts) */
int64_t district_said(struct request *rq, struct str address);
bool districts_named(struct request *rq); /* the texts name any district of the city */
/* All fields of a record the caller may see, each by its name, as people read them in his language:
 * pay_fen -> "260" with pay_fen_raw = "26000"; enums -> their text, with _key; instants -> "今天
 * 08:30" relative to rq->now_ms, with _iso; sealed ones masked. A copy is kept, and each put into words
 * when the template asks for it; what view_... sets by the same name comes first. */
void view_record(struct request *rq, struct view *v, const struct record *rec, const void *in);
/* A form for `rec`: lists "fields" and "more" (fields that fold away) of {name, label, value, error, required, is_text, is_select,
 * options:[{key,text,on}], is_mask, is_day, is_time, is_money, is_geo with the place in words, is_area, hint}, with the
 * values of `in` and the errors of rq->problem; plus csrf and idem_key. Only fields in .put &
 * roles. */
void view_form(struct request *rq, struct view *v, const struct record *rec, const void *in);

/* Renders web/pages/<name>, which ends in ".xml". */
enum err reply_xml(struct request *rq, const char *name, const char *type, struct view *v);

/* Instants and money as people read them. */
struct str show_day(struct request *rq, int32_t day); /* "今天", "11月25日 周三" */
struct str show_way(struct request *rq, int32_t minutes); /* "12"; places are known to a street, so a few are "不到5" */
struct str show_when(struct request *rq, int64_t ms); /* "今天 08:30", "11月25日 周三 08:30" */
struct str show_span(struct request *rq, int64_t from_ms, int64_t to_ms);
/* Whole and for good, whenever it is read: "2026年11月25日 周三 08:30–17:30". */
struct str show_dated(struct request *rq, enum lang lang, int64_t from_ms, int64_t to_ms);
struct str show_unbroken(struct request *rq, struct str s); /* no line of a page ends within "08:30–17:30" */
struct str show_yuan(struct request *rq, int64_t fen); /* "260" or "23.70" */
/* The choices of a set by their texts "<words>.<key>": "健康证、电工证". */
struct str show_set(struct request *rq, const struct choice *c, const char *words, uint32_t set);

/* Renders web/pages/<name>.html with the view. */
enum err reply_page(struct request *rq, const char *name, struct view *v);

/* A path of ours as others reach it: public_url, or the host this request came to. */
struct str show_url(struct request *rq, struct str path);

/* A QR code as the `d` of an SVG path, one unit a module, for records; and inline SVG of one (libqrencode): the one value a template may print unescaped, through the
 * section-free form {{svg:name}}; made only here. */
struct str show_qr(struct arena *a, struct str content);
void view_qr(struct view *v, const char *name, struct str content);
/* A JSON text for {{json:name}}, which may stand only inside <script type="application/ld+json">: data
 * for search engines, no script. It cannot leave the element: "<" is written \u003c. */
void view_json(struct view *v, const char *name, struct str json);
