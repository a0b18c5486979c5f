/* texts.c - an open-addressed table of keys with one value per language. */
#include "http/texts.h"

#include <jansson.h>

#include "base/buf.h"
#include "http/embed.h"

enum { PLACES = 8192, LANGS = 2 };

struct entry {
    struct str key, value[LANGS];
};

struct texts {
    struct entry at[PLACES];
    size_t n;
};

static struct entry *place(const struct texts *t, struct str key)
{
    size_t i = str_hash(key) % PLACES;
    while (t->at[i].key.n && !str_eq(t->at[i].key, key))
        i = (i + 1) % PLACES;
    return (struct entry *)&t->at[i];
}

static enum err add_file(struct arena *a, struct texts *t, const struct embedded *f, enum lang lang,
                         struct str *ret_why)
{
    json_error_t why;
    const char *key;
    json_t *v, *root = json_loadb(f->data.p, f->data.n, JSON_REJECT_DUPLICATES, &why);
    if (!json_is_object(root)) {
        *ret_why = str_fmt(a, "%s:%d: %s", f->name, why.line, why.text);
        return ERR_INPUT;
    }
    json_object_foreach(root, key, v)
    {
        struct entry *e = place(t, str_c(key));
        if (!json_is_string(v) || e->value[lang].n) {
            *ret_why = str_fmt(a, "%s: key %s stands twice or is no text", f->name, key);
            return ERR_INPUT;
        }
        BUG_ON(++t->n > PLACES);
        e->key = str_dup(a, str_c(key));
        e->value[lang] = str_dup(a, str_c(json_string_value(v)));
    }
    json_decref(root);
    return OK;
}

enum err texts_load(struct arena *a, struct texts **ret, struct str *ret_why)
{
    struct texts *t = NEW(a, struct texts);
    for (const struct embedded *f = embedded_files; f->name; f++) {
        struct str name = str_c(f->name);
        bool zh = str_ends(name, S(".zh-CN.json")), en = str_ends(name, S(".en.json"));
        if (!str_starts(name, S("web/texts/")) || !(zh || en))
            continue;
        enum err e = add_file(a, t, f, zh ? LANG_ZH : LANG_EN, ret_why);
        if (e)
            return e;
    }
    for (size_t i = 0; i < PLACES; i++) {
        struct entry *e = &t->at[i];
        if (e->key.n && (!e->value[0].n || !e->value[1].n)) {
            *ret_why = str_fmt(a, "text key %.*s has only one language", SV(e->key));
            return ERR_INPUT;
        }
    }
    *ret = t;
    return OK;
}

struct str texts_find(const struct texts *t, enum lang lang, struct str key)
{
    const struct entry *e = place(t, key);
    return e->key.n ? e->value[lang] : (struct str){NULL, 0};
}

struct str texts_get(const struct texts *t, enum lang lang, struct str key)
{
    struct str s = texts_find(t, lang, key);
    return s.p ? s : key;
}

/* What stands for {{arg}}, of which `choice` is "", or for {{arg|job|jobs}}, "|job|jobs". */
static struct str word_for(struct str choice, struct str arg)
{
    if (!choice.n)
        return arg;
    struct str many = str_sub(choice, 1, choice.n), one = str_cut(&many, '|');
    return str_eq(arg, S("1")) ? one : many;
}

struct str texts_fill(const struct texts *t, struct arena *a, enum lang lang, struct str key,
                      struct str arg)
{
    struct str s = texts_get(t, lang, key), all = S("");
    for (ptrdiff_t at; (at = str_find(s, S("{{arg"))) >= 0;) {
        struct str head = str_sub(s, 0, (size_t)at), rest = str_sub(s, (size_t)at + 5, s.n);
        ptrdiff_t end = str_find(rest, S("}}"));
        if (end < 0)
            break;
        all = str_fmt(a, "%.*s%.*s%.*s", SV(all), SV(head), SV(word_for(str_sub(rest, 0, (size_t)end), arg)));
        s = str_sub(rest, (size_t)end + 2, rest.n);
    }
    return all.n ? str_cat(a, all, s) : s;
}

/* "en-GB" is one of "en". */
static bool is_of(struct str tag, struct str lang)
{
    return str_eq_nocase(str_sub(tag, 0, lang.n), lang) && (tag.n == lang.n || tag.p[lang.n] == '-');
}

/* ";q=0.8"; 1 when it says nothing. */
static double quality(struct str params)
{
    double q = 1;
    while (params.p) {
        struct str v = str_cut(&params, ';'), k = str_trim(str_cut(&v, '='));
        if (str_eq_nocase(k, S("q")) && !str_f64(str_trim(v), &q))
            q = 0;
    }
    return q;
}

enum lang texts_lang(struct str accept)
{
    enum lang best = LANG_ZH;
    double most = 0;
    while (accept.p) {
        struct str params = str_cut(&accept, ','), tag = str_trim(str_cut(&params, ';'));
        bool en = is_of(tag, S("en"));
        double q = en || is_of(tag, S("zh")) ? quality(params) : 0;
        if (q > most) {
            most = q;
            best = en ? LANG_EN : LANG_ZH;
        }
    }
    return best;
}
