/* job_import_rules.c - see the header. */
#include "feature/job/job_import_rules.h"

static bool has(struct str s, struct str word)
{
    return str_find(s, word) >= 0;
}

static bool number(struct str *s, double *ret)
{
    size_t n = 0;
    while (n < s->n && n < 12 && ((s->p[n] >= '0' && s->p[n] <= '9') || s->p[n] == '.'))
        n++;
    bool ok = n && str_f64(str_sub(*s, 0, n), ret);
    *s = str_sub(*s, n, s->n);
    return ok;
}

static double scale(struct str s)
{
    if (str_starts(s, S("万")))
        return 10000;
    return str_starts(s, S("千")) || str_starts(s, S("K")) || str_starts(s, S("k")) ? 1000 : 1;
}

static bool unit_of(struct str s, enum pay_unit *ret, int *ret_by)
{
    *ret_by = has(s, S("年")) ? 12 : 1;
    if (has(s, S("时")))
        *ret = PAY_HOUR;
    else if (has(s, S("天")) || has(s, S("日")))
        *ret = PAY_DAY;
    else if (has(s, S("件")))
        *ret = PAY_PIECE;
    else if (has(s, S("月")) || *ret_by == 12)
        *ret = PAY_MONTH;
    else
        return false;
    return true;
}

bool pay_parse(struct str raw, struct pay_range *ret)
{
    struct str s = str_trim(raw);
    double lo, hi, by_lo;
    int by;
    if (!number(&s, &lo))
        return false;
    hi = lo;
    by_lo = scale(s);
    ptrdiff_t dash = str_find(s, S("-"));
    if (dash >= 0) {
        s = str_sub(s, (size_t)dash + 1, s.n);
        if (!number(&s, &hi))
            return false;
        by_lo = by_lo > 1 ? by_lo : scale(s);
    }
    if (!unit_of(s, &ret->unit, &by) || lo <= 0 || hi * scale(s) > 1e9)
        return false;
    ret->min_fen = (int64_t)(lo * by_lo * 100 / by + 0.5);
    ret->max_fen = (int64_t)(hi * scale(s) * 100 / by + 0.5);
    return ret->max_fen >= ret->min_fen;
}

struct named {
    const char *word, *key;
    int64_t code;
};

int64_t district_code(struct str name)
{
    static const struct named t[] = {{"荔湾", 0, 440103}, {"越秀", 0, 440104}, {"海珠", 0, 440105}, {"天河", 0, 440106},
                                     {"白云", 0, 440111}, {"黄埔", 0, 440112}, {"番禺", 0, 440113}, {"花都", 0, 440114},
                                     {"南沙", 0, 440115}, {"从化", 0, 440117}, {"增城", 0, 440118}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        if (str_starts(name, str_c(t[i].word)))
            return t[i].code;
    return 0;
}

struct str trade_key(struct str title)
{
    static const struct named t[] = {
        {"保安", "guard", 0},    {"分拣", "warehouse", 0}, {"仓", "warehouse", 0}, {"服务员", "waiter", 0},
        {"装卸", "loading", 0},  {"搬运", "loading", 0},   {"快递", "courier", 0}, {"配送", "courier", 0},
        {"骑手", "courier", 0},  {"保洁", "cleaning", 0},  {"打包", "packing", 0}, {"包装", "packing", 0},
        {"车位", "sewing", 0},   {"促销", "promotion", 0}, {"厨", "kitchen", 0},   {"司机", "driver", 0},
        {"客服", "phone", 0},    {"店员", "shop", 0},      {"家政", "domestic", 0}};
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        if (has(title, str_c(t[i].word)))
            return str_c(t[i].key);
    return S("other");
}
