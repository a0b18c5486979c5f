/* load.c - the reader of rule files: sections of key = value lines. docs/rules.md describes it. */
#include "base/cal.h"
#include "rules/parts.h"

struct loader {
    struct arena *a;
    struct rules *r;
    const char *file;
    int line;
    struct rule_entry *rule;
    struct dated *dated;
    struct named *set;
    struct str why;
};

static bool complain(struct loader *l, const char *what, struct str word)
{
    l->why = str_fmt(l->a, "%s:%d: %s '%.*s'", l->file, l->line, what, SV(word));
    return false;
}

static bool begin(struct loader *l, struct str head)
{
    struct str rest = head, kind = str_cut(&rest, ' ');
    l->rule = NULL;
    l->dated = NULL;
    l->set = NULL;
    if (str_eq(kind, S("set"))) {
        if (l->r->n_sets == MAX_SETS)
            return complain(l, "too many sets at", rest);
        l->set = &l->r->sets[l->r->n_sets++];
        l->set->name = str_trim(rest);
        return true;
    }
    if (str_eq(kind, S("rule"))) {
        if (l->r->n == MAX_RULES)
            return complain(l, "too many rules at", rest);
        l->rule = &l->r->v[l->r->n++];
        *l->rule = (struct rule_entry){.code = rest, .mark = 'A', .file = l->file, .line = l->line};
        return true;
    }
    if (!str_eq(kind, S("wage")) && !str_eq(kind, S("number")))
        return complain(l, "a section is rule CODE, set NAME, wage AREA or number NAME, not", head);
    if (l->r->n_dated == MAX_DATED)
        return complain(l, "too many entries at", rest);
    l->dated = &l->r->dated[l->r->n_dated++];
    *l->dated = (struct dated){.mark = 'A', .is_wage = str_eq(kind, S("wage"))};
    if (l->dated->is_wage)
        return str_i64(str_trim(rest), &l->dated->area) || complain(l, "no area code", rest);
    l->dated->name = str_trim(rest);
    return true;
}

/* "<name>": what stands for the words of that set, which stands further up. */
static bool read_sets(struct loader *l, struct plain *w)
{
    size_t n = 0;
    for (size_t i = 0; i < w->n; i++) {
        size_t k = 0;
        struct str name = S("");
        uint32_t c = w->cp[i];
        if (c == '<') {
            for (i++; i < w->n && w->cp[i] != '>'; i++)
                name = str_fmt(l->a, "%.*s%c", SV(name), (char)(w->cp[i] & 0x7f));
            while (k < l->r->n_sets && (&l->r->sets[k] == l->set || !str_eq(l->r->sets[k].name, name)))
                k++;
            if (k == l->r->n_sets)
                return complain(l, "there is no set above called", name);
            c = SET + (uint32_t)k;
        }
        w->cp[n++] = c;
    }
    w->n = n;
    w->sets = l->r->sets;
    return true;
}

/* Normalised like the ads it is looked for in; what it begins with is its place in the index. */
static bool add_word(struct loader *l, struct str one, struct words *to)
{
    struct plain word;
    normalise(l->a, one, &word);
    if (!read_sets(l, &word))
        return false;
    if (!word.n || word.cp[0] == ANY || word.cp[0] == FIGURE || word.cp[0] == END)
        return complain(l, "a word begins with a character, not", one);
    if (to->n == MAX_WORDS)
        return complain(l, "too many words from", one);
    to->v[to->n++] = word;
    return true;
}

/* "只{招 收}女": one word for each that stands in the braces. */
static bool unfold(struct loader *l, struct str one, struct words *to)
{
    struct str rest = one, before = str_cut(&rest, '{'), behind = rest, inside = str_cut(&behind, '}');
    bool good = true;
    if (!rest.p)
        return add_word(l, one, to);
    if (!behind.p)
        return complain(l, "a brace is not closed in", one);
    while (good && inside.p)
        good = unfold(l, str_cat(l->a, str_cat(l->a, before, str_cut(&inside, ' ')), behind), to);
    return good;
}

/* Words split by '|' into the rule's list. */
static bool add_words(struct loader *l, struct str list, struct words *to)
{
    bool good = true;
    while (good && list.p) {
        struct str one = str_trim(str_cut(&list, '|'));
        good = !one.n || unfold(l, one, to);
    }
    return good;
}

const char *const effect_names[EFFECT_NEED + 1] = {"warn", "label", "hold", "ask", "block", "need"};

static bool set_effect(struct loader *l, struct str v, enum rule_effect *ret)
{
    for (size_t i = 0; i < sizeof effect_names / sizeof *effect_names; i++)
        if (str_eq(v, str_c(effect_names[i]))) {
            *ret = (enum rule_effect)i;
            return true;
        }
    return complain(l, "effect is warn, label, hold, ask, block or need, not", v);
}

static bool set_test(struct loader *l, struct str v)
{
    static const char *const names[] = {"words", "missing", "pay_floor", "child", "pay_high", "one_sex"};
    struct str rest = v, kind = str_cut(&rest, ' ');
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(kind, str_c(names[i]))) {
            l->rule->test = (enum test_kind)i;
            l->rule->arg = str_trim(rest);
            return true;
        }
    return complain(l, "unknown test", v);
}

static bool set_example(struct loader *l, struct str v, bool must_fire)
{
    struct rule_entry *r = l->rule;
    if (r->n_examples == MAX_EXAMPLES)
        return complain(l, "too many examples at", v);
    r->examples[r->n_examples++] = (struct example){v, must_fire, l->line};
    return true;
}

static bool set_rule(struct loader *l, struct str k, struct str v)
{
    struct rule_entry *r = l->rule;
    if (str_eq(k, S("effect")))
        return set_effect(l, v, &r->effect);
    if (str_eq(k, S("test")))
        return set_test(l, v);
    if (str_eq(k, S("words")))
        return add_words(l, v, &r->words);
    if (str_eq(k, S("unless")))
        return add_words(l, v, &r->unless);
    if (str_eq(k, S("fires")))
        return set_example(l, v, true);
    if (str_eq(k, S("passes")))
        return set_example(l, v, false);
    if (str_eq(k, S("zh")))
        r->zh = v;
    else if (str_eq(k, S("en")))
        r->en = v;
    else if (str_eq(k, S("source")))
        r->source = v;
    else if (str_eq(k, S("mark")))
        r->mark = v.n ? v.p[0] : 'C';
    else if (str_eq(k, S("from")))
        return cal_parse_day(v, &r->from) || complain(l, "no date", v);
    else if (str_eq(k, S("to")))
        return cal_parse_day(v, &r->to) || complain(l, "no date", v);
    else
        return complain(l, "unknown key", k);
    return true;
}

static bool set_dated(struct loader *l, struct str k, struct str v)
{
    struct dated *d = l->dated;
    if (str_eq(k, S("value")) || str_eq(k, S("month_fen")))
        return str_i64(v, &d->value) || complain(l, "no number", v);
    if (str_eq(k, S("hour_fen")))
        return str_i64(v, &d->hour_fen) || complain(l, "no number", v);
    if (str_eq(k, S("area")))
        return str_i64(v, &d->area) || complain(l, "no number", v);
    if (str_eq(k, S("from")))
        return cal_parse_day(v, &d->from) || complain(l, "no date", v);
    if (str_eq(k, S("source")))
        d->source = v;
    else if (str_eq(k, S("mark")))
        d->mark = v.n ? v.p[0] : 'C';
    else
        return complain(l, "unknown key", k);
    return true;
}

static bool read_line(struct loader *l, struct str line)
{
    line = str_trim(line);
    if (!line.n || line.p[0] == '#')
        return true;
    if (line.p[0] == '[')
        return str_ends(line, S("]")) ? begin(l, str_sub(line, 1, line.n - 2)) : complain(l, "unfinished", line);
    struct str v = line, k = str_trim(str_cut(&v, '='));
    if (!v.p)
        return complain(l, "want key = value, not", line);
    v = str_trim(v);
    if (l->rule)
        return set_rule(l, k, v);
    if (l->set)
        return str_eq(k, S("words")) ? add_words(l, v, &l->set->words) : complain(l, "unknown key", k);
    return l->dated ? set_dated(l, k, v) : complain(l, "stands before any [section]:", line);
}

static bool complete(struct loader *l)
{
    for (size_t i = 0; i < l->r->n; i++) {
        const struct rule_entry *r = &l->r->v[i];
        bool good = r->zh.n && r->en.n && r->source.n && (r->test != TEST_WORDS || r->words.n);
        l->line = r->line;
        l->file = r->file;
        if (!good)
            return complain(l, "needs zh, en, source and its words: rule", r->code);
    }
    return true;
}

static struct bucket *bucket_of(const struct rules *r, uint32_t first)
{
    return (struct bucket *)&r->buckets[first % BUCKETS];
}

/* `lead`: the word, or what may stand at its beginning. */
static void hang(struct arena *a, const struct rules *r, struct hook new, const struct plain *lead)
{
    const struct words *set = lead->cp[0] >= SET ? &r->sets[lead->cp[0] - SET].words : NULL;
    for (size_t i = 0; set && i < set->n; i++)
        hang(a, r, new, &set->v[i]);
    struct bucket *b = bucket_of(r, lead->cp[0]);
    if (set || (b->first && b->first->word == new.word))
        return; /* two words of a set with the same character */
    struct hook *h = NEW(a, struct hook);
    *h = (struct hook){new.rule, new.word, b->first};
    b->first = h;
}

/* Every word hangs in the bucket of its first character, or of each first character of the set it begins with, so that a
 * position of an ad looks only at the words that could begin there. */
static void index_words(struct arena *a, struct rules *r)
{
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; r->v[i].test == TEST_WORDS && k < r->v[i].words.n; k++) {
            const struct plain *w = &r->v[i].words.v[k];
            hang(a, r, (struct hook){&r->v[i], w, NULL}, w);
        }
}

enum err rules_load(struct arena *a, const struct rule_file *files, size_t n, struct rules **ret,
                    struct str *ret_why)
{
    struct loader l = {.a = a, .r = NEW(a, struct rules)};
    for (size_t i = 0; i < n; i++) {
        struct str text = files[i].text;
        l.file = str_z(a, files[i].name);
        l.rule = NULL;
        l.dated = NULL;
        l.set = NULL;
        for (l.line = 1; text.n; l.line++)
            if (!read_line(&l, str_cut(&text, '\n'))) {
                *ret_why = l.why;
                return ERR_INPUT;
            }
    }
    if (!complete(&l)) {
        *ret_why = l.why;
        return ERR_INPUT;
    }
    index_words(a, l.r);
    *ret = l.r;
    return OK;
}

void rules_free(struct rules *r)
{
    (void)r; /* lives in the arena it was loaded into */
}
