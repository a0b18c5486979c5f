/* screen.c - rules against an ad. Words are looked for in a text without blanks and tricks; a hit
 * does not count when its clause takes it back ("不收押金", "男女不限"). */
#include <string.h>

#include "base/buf.h"
#include "rules/parts.h"

enum { ENUM_COMMA = 0x3001 }; /* 、 ends a clause too, but a refusal goes on behind it: "不收押金、培训费" */

static bool is_clause_end(uint32_t c)
{
    static const uint32_t ends[] = {'\n', ',', ';', '!', '?', 0x3002, 0xff0c, 0xff1b, 0xff01, 0xff1f, 0x3001};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (c == ends[i])
            return true;
    return false;
}

/* Marks that people put between characters to hide a word, and what cannot be seen there. */
static bool is_noise(uint32_t c)
{
    static const uint32_t noise[] = {'.', '*', '_', '-', '~', '|', '/', '\\', 0xb7, 0x2022, 0xff0e, 0x2014, 0x2026, '"', '\'',
                                     0x201c, 0x201d, '(', ')', 0xff08, 0xff09, 0x3010, 0x3011, '[', ']', ':', 0xff1a};
    for (size_t i = 0; i < sizeof noise / sizeof *noise; i++)
        if (c == noise[i])
            return true;
    return c != '\n' && !utf8_shows(c);
}

static uint32_t fold(uint32_t c)
{
    static const uint32_t traditional[][2] = {{0x8b49, 0x8bc1}, {0x9322, 0x94b1}, {0x5b78, 0x5b66}, {0x8cbb, 0x8d39},
                                              {0x5831, 0x62a5}, {0x8a13, 0x8bad}};
    if (c >= 0xff01 && c <= 0xff5e && !is_clause_end(c))
        c -= 0xfee0;
    if (c >= 'A' && c <= 'Z')
        c += 32;
    for (size_t i = 0; i < sizeof traditional / sizeof *traditional; i++)
        if (c == traditional[i][0])
            return traditional[i][1];
    return c;
}

/* With what stands between the two numbers of a range, "15-50", and in a fraction. */
static bool is_range(uint32_t c)
{
    return c == '-' || c == '~' || c == '/' || c == '.' || c == 0x2014;
}

/* A full stop behind a Latin word and before a blank or the end: elsewhere it hides a word. */
static bool ends_sentence(const struct plain *t, struct str rest, uint32_t c)
{
    bool behind = t->n && t->cp[t->n - 1] >= 'a' && t->cp[t->n - 1] <= 'z';
    return c == '.' && behind && (!rest.n || rest.p[0] == ' ' || rest.p[0] == '\n');
}

static void plain_of(struct arena *a, struct str s, bool ranges, struct plain *ret)
{
    const char *base = s.p;
    ret->cp = NEW_N(a, s.n + 1, uint32_t);
    ret->at = NEW_N(a, s.n + 1, uint32_t);
    ret->n = 0;
    while (s.n) {
        uint32_t at = (uint32_t)(s.p - base);
        bool literal_break = s.n > 1 && s.p[0] == '\\' && s.p[1] == 'n'; /* exports write line ends so */
        uint32_t c = utf8_next(&s);
        if (literal_break) {
            s = str_sub(s, 1, s.n);
            c = '\n';
        }
        c = c == ENUM_COMMA ? c : is_clause_end(c) || ends_sentence(ret, s, c) ? '\n' : fold(c);
        if (is_noise(c) && !(ranges && is_range(c)))
            continue;
        ret->at[ret->n] = at;
        ret->cp[ret->n++] = c;
    }
    ret->at[ret->n] = (uint32_t)(s.p - base);
}

void normalise(struct arena *a, struct str s, struct plain *ret)
{
    plain_of(a, s, false, ret);
}

void normalise_ranges(struct arena *a, struct str s, struct plain *ret)
{
    plain_of(a, s, true, ret);
}

static bool at_word(const struct plain *t, size_t i, const struct plain *w)
{
    return w->n && w->n <= t->n - i && memcmp(t->cp + i, w->cp, w->n * sizeof *w->cp) == 0;
}

bool ends_clause(const struct plain *t, size_t i)
{
    return t->cp[i] == '\n' || t->cp[i] == ENUM_COMMA;
}

/* 100, 一百, 两千, 几. */
static bool in_figure(const struct plain *t, size_t i)
{
    static const uint32_t words[] = {0x4e00, 0x4e8c, 0x4e24, 0x4e09, 0x56db, 0x4e94, 0x516d, 0x4e03,
                                     0x516b, 0x4e5d, 0x5341, 0x767e, 0x5343, 0x4e07, 0x51e0, 0x534a};
    if (i >= t->n)
        return false;
    for (size_t k = 0; k < sizeof words / sizeof *words; k++)
        if (t->cp[i] == words[k])
            return true;
    return t->cp[i] >= '0' && t->cp[i] <= '9';
}

static bool reads(const struct plain *t, size_t i, const struct plain *w, size_t k, size_t *ret_end);

/* A word of the set that w has at k, and then the rest of w. */
static bool reads_set(const struct plain *t, size_t i, const struct plain *w, size_t k, size_t *ret_end)
{
    const struct words *set = &w->sets[w->cp[k] - SET].words;
    size_t behind;
    for (size_t s = 0; s < set->n; s++)
        if (reads(t, i, &set->v[s], 0, &behind) && reads(t, behind, w, k + 1, ret_end))
            return true;
    return false;
}

/* Whether the rest of a word, from k on, stands at i; of its gaps the shortest. */
static bool reads(const struct plain *t, size_t i, const struct plain *w, size_t k, size_t *ret_end)
{
    for (; k < w->n; k++) {
        if (w->cp[k] >= SET)
            return reads_set(t, i, w, k, ret_end);
        if (w->cp[k] == END && i < t->n && !ends_clause(t, i))
            return false;
        if (w->cp[k] == END)
            continue;
        size_t from = i;
        if (w->cp[k] == ANY) {
            for (; i < t->n && i - from < GAP && !ends_clause(t, i); i++)
                if (reads(t, i, w, k + 1, ret_end))
                    return true;
            return reads(t, i, w, k + 1, ret_end);
        }
        if (w->cp[k] != FIGURE)
            i += i < t->n && t->cp[i] == w->cp[k];
        else
            while (in_figure(t, i))
                i++;
        if (i == from)
            return false;
    }
    *ret_end = i;
    return true;
}

static bool contains(const struct plain *t, size_t from, size_t to, const struct plain *w)
{
    size_t end;
    for (size_t i = from; i < to; i++)
        if (reads(t, i, w, 0, &end) && end <= to)
            return true;
    return false;
}

/* Whether 不 无 免 没 零 拒 勿 未 禁 or a single 0 at i refuses what follows: 未婚, 不错, 零食, 300 do not. */
static bool refuses(const struct plain *t, size_t i)
{
    static const uint32_t no[] = {0x4e0d, 0x65e0, 0x514d, 0x6ca1, 0x96f6, 0x62d2, 0x52ff, 0x672a, 0x7981, '0'};
    static const uint32_t yes[][2] = {{0x672a, 0x5a5a}, {0x672a, 0x80b2}, {0x672a, 0x6ee1}, {0x4e0d, 0x9519}, {0x4e0d, 0x4ec5},
                                      {0x4e0d, 0x4f46}, {0x4e0d, 0x7ba1}, {0x4e0d, 0x8bba}, {0x4e0d, 0x6ee1}, {0x65e0, 0x8bba},
                                      {0x96f6, 0x98df}, {0x96f6, 0x552e}, {0x96f6, 0x5de5}};
    bool found = false;
    for (size_t k = 0; k < sizeof no / sizeof *no; k++)
        found |= t->cp[i] == no[k];
    for (size_t k = 0; i + 1 < t->n && k < sizeof yes / sizeof *yes; k++)
        if (t->cp[i] == yes[k][0] && t->cp[i + 1] == yes[k][1])
            return false;
    return found && !(t->cp[i] == '0' && i && t->cp[i - 1] >= '0' && t->cp[i - 1] <= '9');
}

/* Where the word of the rule begins that ends before the 、 in front of `hit`; `hit` when none does. */
static size_t word_before(const struct plain *t, size_t hit, const struct rule_entry *r)
{
    size_t end = hit - 1;
    for (size_t k = 0; k < r->words.n; k++) {
        const struct plain *w = &r->words.v[k];
        if (w->n && w->n <= end && at_word(t, end - w->n, w))
            return end - w->n;
    }
    return hit;
}

/* A refusal within five characters before the hit, or before what it is enumerated behind. */
static bool negated(const struct plain *t, size_t hit, const struct rule_entry *r)
{
    for (size_t at = hit;;) {
        for (size_t i = at; i && at - i < 5 && !ends_clause(t, i - 1); i--)
            if (refuses(t, i - 1))
                return true;
        if (!at || t->cp[at - 1] != ENUM_COMMA)
            return false;
        size_t before = word_before(t, at, r);
        if (before == at)
            return false;
        at = before;
    }
}

bool taken_back(const struct plain *t, size_t hit, size_t len, const struct rule_entry *r)
{
    size_t from = hit, to = hit + len;
    while (from && !ends_clause(t, from - 1))
        from--;
    while (to < t->n && !ends_clause(t, to))
        to++;
    if (negated(t, hit, r))
        return true;
    for (size_t i = 0; i < r->unless.n; i++)
        if (contains(t, from, to, &r->unless.v[i]))
            return true;
    return false;
}

static bool in_force(const struct rule_entry *r, int32_t day)
{
    return (!r->from || r->from <= day) && (!r->to || day <= r->to);
}

struct screen {
    const struct rules *r;
    const struct ad *ad;
    struct findings *out;
    bool needs; /* only what the work asks of the body, or all else */
};

static void report(struct screen *s, const struct rule_entry *r, const char *field, struct str span)
{
    struct findings *f = s->out;
    for (size_t i = 0; i < f->n; i++)
        if (str_eq(f->v[i].code, r->code))
            return; /* once per rule */
    if (f->n == sizeof f->v / sizeof *f->v || !in_force(r, s->ad->day))
        return;
    f->v[f->n++] = (struct finding){.code = r->code, .effect = r->mark == 'C' && !s->needs ? EFFECT_WARN : r->effect,
                                    .source = r->source, .text_zh = r->zh, .text_en = r->en,
                                    .span = span, .field = field};
}

static void scan(struct screen *s, struct str text, const char *field)
{
    struct arena a;
    struct plain t;
    arena_init(&a, 0);
    normalise(&a, text, &t);
    for (size_t i = 0; i < t.n; i++)
        for (const struct hook *h = s->r->buckets[t.cp[i] % BUCKETS].first; h; h = h->next) {
            size_t end;
            bool here = s->needs == (h->rule->effect == EFFECT_NEED) && (!h->rule->arg.n || str_find(h->rule->arg, str_c(field)) >= 0);
            if (!here || (i && in_figure(&t, i) && in_figure(&t, i - 1)) || !reads(&t, i, h->word, 0, &end) || taken_back(&t, i, end - i, h->rule))
                continue;
            report(s, h->rule, field, str_sub(text, t.at[i], t.at[end] - t.at[i]));
        }
    arena_done(&a);
}

int64_t pay_hour_fen(enum pay_unit unit, int64_t fen, int64_t piece_norm, int32_t minutes_a_day)
{
    int64_t minutes = minutes_a_day > 0 ? minutes_a_day : 480;
    switch (unit) {
    case PAY_HOUR:
        return fen;
    case PAY_DAY:
        return fen * 60 / minutes;
    case PAY_MONTH:
        return fen * 100 / 2175 / 8; /* 21.75 paid days of 8 hours */
    case PAY_PIECE:
        return fen * piece_norm;
    case PAY_UNITS:
    default:
        return 0;
    }
}

static bool is_missing(const struct ad *ad, struct str what)
{
    if (str_eq(what, S("pay")))
        return ad->pay_min_fen <= 0 && ad->pay_max_fen <= 0;
    if (str_eq(what, S("headcount")))
        return ad->headcount <= 0;
    if (str_eq(what, S("valid_to")))
        return ad->valid_to <= 0;
    if (str_eq(what, S("place")))
        return !ad->place.n;
    if (str_eq(what, S("employer")))
        return !ad->employer.n;
    if (str_eq(what, S("norm")))
        return ad->pay_unit == PAY_PIECE && ad->piece_norm <= 0;
    return str_eq(what, S("text")) && utf8_count(ad->text) < 4;
}

bool pay_under(const struct wage_floor *floor, enum pay_unit unit, int64_t fen, int64_t piece_norm, int32_t minutes_a_day)
{
    if (unit == PAY_MONTH)
        return fen > 0 && fen < floor->month_fen;
    int64_t hour = pay_hour_fen(unit, fen, piece_norm, minutes_a_day);
    return hour > 0 && hour < floor->hour_fen;
}

/* "": even the best that is offered is below the law's floor. "new": the least is below the newest one, confirmed or
 * not. "piece": at a usual pace below the newest one. */
static bool under_floor(const struct rules *r, const struct ad *ad, struct str which)
{
    struct wage_floor floor;
    int64_t low = ad->pay_min_fen > 0 ? ad->pay_min_fen : ad->pay_max_fen;
    int64_t best = ad->pay_max_fen > ad->pay_min_fen ? ad->pay_max_fen : ad->pay_min_fen;
    int32_t day = ad->work_day > ad->day ? ad->work_day : ad->day;
    bool law = !which.n, piece = str_eq(which, S("piece"));
    if (piece != (ad->pay_unit == PAY_PIECE) || !(law ? rules_wage_law : rules_wage_floor)(r, ad->city, day, &floor))
        return false;
    return pay_under(&floor, ad->pay_unit, law || piece ? best : low, ad->piece_norm, ad->minutes_a_day);
}

/* Even the least that is offered is more an hour than the number of the rule. */
static bool over_number(const struct rules *r, const struct ad *ad, struct str number)
{
    char name[40] = "";
    int64_t most, low = ad->pay_min_fen > 0 ? ad->pay_min_fen : ad->pay_max_fen;
    if (number.n >= sizeof name)
        return false;
    memcpy(name, number.p, number.n);
    return rules_number(r, name, ad->city, ad->day, &most) && pay_hour_fen(ad->pay_unit, low, ad->piece_norm, ad->minutes_a_day) > most;
}

enum { WOMAN = 0x5973, MAN = 0x7537, YEARS = 0x5c81, NEAR = 24 };

static bool is_one_of(uint32_t c, const uint32_t *of, size_t n)
{
    while (n--)
        if (c == of[n])
            return true;
    return false;
}

static bool is_figure(const struct plain *t, size_t i)
{
    return i < t->n && t->cp[i] >= '0' && t->cp[i] <= '9';
}

/* A height, or an age at which people work, from i on. */
static bool asks_body(const struct plain *t, size_t i)
{
    static const uint32_t height[] = {0x8eab, 0x9ad8};
    if (i + 1 < t->n && memcmp(t->cp + i, height, sizeof height) == 0)
        return true;
    if (!is_figure(t, i) || !is_figure(t, i + 1))
        return false;
    uint32_t age = (t->cp[i] - '0') * 10 + t->cp[i + 1] - '0';
    for (size_t k = i + 2; age >= 16 && age < 66 && k < t->n && k < i + 8 && !ends_clause(t, k); k++)
        if (t->cp[k] == YEARS)
            return true;
    return false;
}

/* "女,25-35岁": one sex at the head of a clause with an age or a height, the other nowhere near, and not "不要求女性". Behind
 * an age a girl or a pupil is whom the work is for: "带5岁女孩,20-40岁". */
static bool one_sex_at(const struct plain *t, size_t i)
{
    static const uint32_t lead[] = {0x9650, 0x62db, 0x6c42, 0x9700, YEARS}, tail[] = {0x6027, 0x58eb, 0x5de5, 0x751f, 0x5b69};
    enum { GROWN = 3 }; /* of tail */
    uint32_t other = t->cp[i] == WOMAN ? MAN : WOMAN, before = i ? t->cp[i - 1] : '\n';
    size_t next = i + 1, from = i > NEAR ? i - NEAR : 0;
    if (i && !ends_clause(t, i - 1) && !is_figure(t, i - 1) && !is_one_of(before, lead, sizeof lead / sizeof *lead))
        return false;
    for (size_t k = i; k && i - k < 4 && !ends_clause(t, k - 1); k--)
        if (refuses(t, k - 1))
            return false;
    next += next < t->n && is_one_of(t->cp[next], tail, before == YEARS ? GROWN : sizeof tail / sizeof *tail);
    next += next < t->n && ends_clause(t, next);
    for (size_t k = from; k < t->n && k < i + NEAR; k++)
        if (t->cp[k] == other)
            return false;
    return asks_body(t, next);
}

static bool asks_one_sex(struct str s)
{
    struct arena a;
    struct plain t;
    bool found = false;
    arena_init(&a, 0);
    normalise(&a, s, &t);
    for (size_t i = 0; !found && i < t.n; i++)
        found = (t.cp[i] == WOMAN || t.cp[i] == MAN) && one_sex_at(&t, i);
    arena_done(&a);
    return found;
}

static bool fires(const struct rules *r, const struct rule_entry *e, const struct ad *ad)
{
    switch (e->test) {
    case TEST_MISSING:
        return is_missing(ad, e->arg);
    case TEST_PAY_FLOOR:
        return under_floor(r, ad, e->arg);
    case TEST_PAY_HIGH:
        return over_number(r, ad, e->arg);
    case TEST_CHILD:
        return asks_child(e, ad->age, true) || asks_child(e, ad->title, false) || asks_child(e, ad->text, false);
    case TEST_ONE_SEX:
        return asks_one_sex(ad->title) || asks_one_sex(ad->text);
    case TEST_WORDS:
    default:
        return false;
    }
}

static const char *field_of(const struct rule_entry *e)
{
    static const char *const names[] = {"text", "headcount", "valid_to", "place", "employer"};
    if (str_eq(e->arg, S("norm")))
        return "piece_norm";
    if (e->test == TEST_PAY_FLOOR || e->test == TEST_PAY_HIGH || str_eq(e->arg, S("pay")))
        return "pay_fen";
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (str_eq(e->arg, str_c(names[i])))
            return names[i];
    return "text";
}

static void sort(struct findings *f)
{
    for (size_t i = 1; i < f->n; i++)
        for (size_t k = i; k; k--) {
            struct finding *x = &f->v[k - 1], *y = &f->v[k], t;
            if (x->effect > y->effect || (x->effect == y->effect && str_cmp(x->code, y->code) <= 0))
                break;
            t = *x;
            *x = *y;
            *y = t;
        }
}

void rules_screen(const struct rules *r, const struct ad *ad, struct findings *out)
{
    struct screen s = {r, ad, out, false};
    out->n = 0;
    scan(&s, ad->title, "title");
    scan(&s, ad->text, "text");
    scan(&s, ad->gender, "gender");
    scan(&s, ad->age, "age");
    for (size_t i = 0; i < r->n; i++)
        if (fires(r, &r->v[i], ad))
            report(&s, &r->v[i], field_of(&r->v[i]), S(""));
    sort(out);
}

void rules_needs(const struct rules *r, const struct ad *ad, struct findings *out)
{
    struct screen s = {r, ad, out, true};
    out->n = 0;
    scan(&s, ad->title, "title");
    scan(&s, ad->text, "text");
    sort(out);
}

enum rule_effect findings_worst(const struct findings *f)
{
    return f->n ? f->v[0].effect : EFFECT_WARN;
}

void findings_add(struct findings *f, struct finding x)
{
    f->n -= f->n == sizeof f->v / sizeof *f->v;
    f->v[f->n++] = x;
}

/* ---- examples ---- */

/* "text" alone, or pairs "gender:男 ; pay:15/hour ; norm:30 ; text:...". */
static struct ad example_ad(struct str text)
{
    static const char *const units[] = {"hour", "day", "month", "piece"};
    struct ad ad = {.title = S("招人"), .employer = S("某厂"), .place = S("广州"), .pay_min_fen = 3000, .headcount = 1,
                    .valid_to = 30000, .city = 440100, .day = 20700, .text = text};
    if (str_find(text, S(":")) < 0)
        return ad;
    ad.text = S("普通的招工文字");
    while (text.p) {
        struct str v = str_trim(str_cut(&text, ';')), k = str_trim(str_cut(&v, ':'));
        int64_t n = 0;
        v = str_trim(v);
        if (str_eq(k, S("gender")))
            ad.gender = v;
        else if (str_eq(k, S("age")))
            ad.age = v;
        else if (str_eq(k, S("text")))
            ad.text = v;
        else if (str_eq(k, S("employer")))
            ad.employer = v;
        else if (str_eq(k, S("place")))
            ad.place = v;
        else if (str_eq(k, S("norm")) && str_i64(v, &n))
            ad.piece_norm = n;
        else if (str_eq(k, S("headcount")) && str_i64(v, &n))
            ad.headcount = (int32_t)n;
        else if (str_eq(k, S("valid_to")) && str_i64(v, &n))
            ad.valid_to = (int32_t)n;
        else if (str_eq(k, S("pay"))) {
            struct str unit = v, fen = str_cut(&unit, '/');
            ad.pay_min_fen = str_i64(fen, &n) ? n : 0;
            for (int i = 0; i < 4; i++)
                if (str_eq(unit, str_c(units[i])))
                    ad.pay_unit = (enum pay_unit)i;
        }
    }
    return ad;
}

bool rules_check(const struct rules *r, struct buf *out, int *ret_run)
{
    bool good = true;
    *ret_run = 0;
    for (size_t i = 0; i < r->n; i++)
        for (size_t k = 0; k < r->v[i].n_examples; k++) {
            const struct example *x = &r->v[i].examples[k];
            struct ad ad = example_ad(x->text);
            struct findings f;
            bool fired = false;
            (r->v[i].effect == EFFECT_NEED ? rules_needs : rules_screen)(r, &ad, &f);
            for (size_t j = 0; j < f.n; j++)
                fired |= str_eq(f.v[j].code, r->v[i].code);
            ++*ret_run;
            if (fired == x->must_fire)
                continue;
            good = false;
            buf_fmt(out, "%s:%d: %.*s should%s fire on: %.*s\n", r->v[i].file, x->line, SV(r->v[i].code),
                    x->must_fire ? "" : " not", SV(x->text));
        }
    return good;
}

bool rules_have(const struct rules *r, struct str code)
{
    for (size_t i = 0; i < r->n; i++)
        if (str_eq(r->v[i].code, code))
            return true;
    return false;
}

void rules_list(const struct rules *r, struct buf *out)
{
    for (size_t i = 0; i < r->n; i++)
        buf_fmt(out, "%-6.*s %-5s %c  %.*s (%.*s)\n", SV(r->v[i].code), effect_names[r->v[i].effect], r->v[i].mark,
                SV(r->v[i].zh), SV(r->v[i].source));
}
