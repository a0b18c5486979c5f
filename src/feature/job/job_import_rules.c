/* job_import_rules.c - see the header. */
#include "feature/job/job_import_rules.h"

#include <string.h>

static bool has(struct str s, struct str word)
{
    return str_find(s, word) >= 0;
}

/* "18", "1,800.50", "１８": what follows stays in *s. */
static bool number(struct str *s, double *ret)
{
    char digits[16];
    size_t n = 0, at = 0;
    for (; at < s->n && n < sizeof digits; at++) {
        const char *p = s->p + at;
        bool wide = at + 2 < s->n && memcmp(p, "\xef\xbc", 2) == 0 && (unsigned char)p[2] - 0x90u < 10;
        bool comma = *p == ',' && n && at + 3 < s->n && p[1] >= '0' && p[1] <= '9' && p[2] >= '0' && p[3] >= '0';
        if (wide)
            digits[n++] = (char)('0' + (unsigned char)p[2] - 0x90);
        else if ((*p >= '0' && *p <= '9') || (*p == '.' && n))
            digits[n++] = *p;
        else if (!comma)
            break;
        at += wide ? 2 : 0;
    }
    bool good = n && str_f64((struct str){digits, n}, ret);
    *s = str_sub(*s, at, s->n);
    return good;
}

/* Takes the first of `words` that s begins with; its number, or -1. */
static int take(struct str *s, const char *const *words)
{
    for (int i = 0; words[i]; i++)
        if (str_starts(*s, str_c(words[i]))) {
            *s = str_sub(*s, str_c(words[i]).n, s->n);
            return i;
        }
    return -1;
}

static double scale(struct str *s)
{
    static const char *const words[] = {"万", "W", "w", "千", "K", "k", NULL};
    int i = take(s, words);
    return i < 0 ? 1 : i < 3 ? 10000 : 1000;
}

/* "1块5", "2元5角": the tenths behind a whole yuan. */
static double dimes(struct str *s)
{
    static const char *const dime[] = {"毛", "角", NULL}, *const per[] = {"/", "每", "一", NULL};
    struct str rest = *s, after;
    double n = 0;
    if (!number(&rest, &n) || n >= 10)
        return 0;
    bool said = take(&rest, dime) >= 0;
    after = rest;
    if (!said && rest.n && take(&after, per) < 0)
        return 0; /* "200元8小时" */
    *s = rest;
    return n / 10;
}

/* "5毛", "1块5", "1.2万元": the number, and what one of it is in yuan, 0 = not said. */
static bool amount(struct str *s, double *ret, double *ret_yuan)
{
    static const char *const coins[] = {"元", "块钱", "块", "毛", "角", "分", NULL};
    static const double yuan[] = {1, 1, 1, 0.1, 0.1, 0.01};
    if (!number(s, ret))
        return false;
    double by = scale(s);
    int coin = str_starts(*s, S("分钟")) ? -1 : take(s, coins);
    *ret_yuan = coin >= 0 ? by * yuan[coin] : by > 1 ? by : 0;
    *ret += *ret_yuan == 1 ? dimes(s) : 0;
    return true;
}

struct unit {
    const char *word;
    enum pay_unit unit;
    int by; /* a year is twelve months */
};
/* How often it comes ("日结") says nothing about what it is for ("5000元/月"), so longer words stand first. */
static const struct unit units[] = {{"日结", PAY_DAY, 0},   {"天结", PAY_DAY, 0},   {"周结", PAY_DAY, 0},   {"月结", PAY_DAY, 0},  {"小时", PAY_HOUR, 1},
                                    {"时", PAY_HOUR, 1},    {"钟点", PAY_HOUR, 1},  {"/h", PAY_HOUR, 1},    {"/H", PAY_HOUR, 1},   {"天", PAY_DAY, 1},
                                    {"日", PAY_DAY, 1},     {"/班", PAY_DAY, 1},    {"一班", PAY_DAY, 1},   {"每班", PAY_DAY, 1},  {"/件", PAY_PIECE, 1},
                                    {"每件", PAY_PIECE, 1}, {"一件", PAY_PIECE, 1}, {"计件", PAY_PIECE, 1}, {"/单", PAY_PIECE, 1}, {"每单", PAY_PIECE, 1},
                                    {"/个", PAY_PIECE, 1},  {"月", PAY_MONTH, 1},   {"年", PAY_MONTH, 12}};

/* "半", "八", "十二". */
static bool spoken(struct str *s, double *ret)
{
    static const char *const words[] = {"半", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "两", NULL};
    static const double worth[] = {0.5, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 2};
    int i = take(s, words), more = i == 10 ? take(s, words) : -1;
    *ret = i < 0 ? 1 : worth[i] + (more > 0 ? worth[more] : 0);
    return i >= 0;
}

/* What the pay is for: "元/8小时" is eight hours. */
struct per {
    const struct unit *unit;
    double n;
};

/* The first unit that stands in s, with how many of it. */
static struct per per_in(struct str s)
{
    static const char *const measure[] = {"个", NULL};
    uint32_t before = 0;
    while (s.n) {
        double n = 1;
        bool counted = number(&s, &n) || ((before == '/' || before == 0xff0f || before == 0x6bcf) && spoken(&s, &n));
        if (counted)
            (void)take(&s, measure);
        size_t i = 0;
        while (i < sizeof units / sizeof *units && !str_starts(s, str_c(units[i].word)))
            i++;
        if (i < sizeof units / sizeof *units && units[i].by)
            return (struct per){&units[i], n};
        if (i < sizeof units / sizeof *units)
            s = str_sub(s, 3, s.n);
        before = s.n ? utf8_next(&s) : 0;
    }
    return (struct per){NULL, 1};
}

/* "时薪25元,8小时": what stands before the number says it, when what stands behind it is a length. */
static struct per per_of(struct str head, struct str tail)
{
    struct per before = per_in(head), behind = per_in(tail);
    return !behind.unit || (behind.n != 1 && before.unit && before.n == 1) ? before : behind;
}

/* "12小时200元": not money, a length. */
static bool is_length(struct str s)
{
    static const char *const lengths[] = {"小时", "个小时", NULL};
    return take(&s, lengths) >= 0;
}

/* What stands between two numbers of a range: "元-", "元/天～". */
static bool range_follows(struct str *s)
{
    static const char *const money[] = {"元", "块", NULL}, *const per[] = {"/", "每", "一", NULL};
    static const char *const unit[] = {"小时", "时", "天", "日", "月", "年", "件", NULL};
    static const char *const dash[] = {"-", "~", "～", "－", "—", "–", "至", "到", NULL};
    struct str rest = *s;
    (void)take(&rest, money);
    if (take(&rest, per) >= 0)
        (void)take(&rest, unit);
    bool found = take(&rest, dash) >= 0;
    while (found && take(&rest, dash) >= 0)
        ;
    rest = str_trim(rest);
    if (found)
        *s = rest;
    return found;
}

bool pay_parse(struct str raw, struct pay_range *ret)
{
    struct str s = str_trim(raw), head = s;
    double lo = 0, hi, by_lo = 0, by_hi;
    do {
        lo = 0;
        while (s.n && !amount(&s, &lo, &by_lo)) /* "时薪18元", "日结200" */
            utf8_next(&s);
    } while (by_lo == 0 && is_length(s));
    head = str_sub(head, 0, head.n - s.n);
    hi = lo;
    by_hi = by_lo;
    if (range_follows(&s)) {
        if (!amount(&s, &hi, &by_hi))
            return false;
        by_lo = by_lo > 0 ? by_lo : by_hi;
        by_hi = by_hi > 0 || by_lo >= 1 ? by_hi : by_lo; /* "5毛-8/件" */
    }
    by_lo = by_lo > 0 ? by_lo : 1;
    by_hi = by_hi > 0 ? by_hi : 1;
    static const struct unit month = {"", PAY_MONTH, 1}, day = {"", PAY_DAY, 1};
    struct per per = per_of(head, s);
    if (!per.unit && by_hi > 1) /* "15-28K·16薪" */
        per.unit = &month;
    if (!per.unit && str_find(head, S("日结")) >= 0)
        per.unit = &day;
    if (!per.unit || per.n <= 0 || lo <= 0 || lo * by_lo > 1e9 || hi * by_hi > 1e9)
        return false;
    ret->unit = per.unit->unit;
    ret->min_fen = (int64_t)(lo * by_lo * 100 / per.unit->by / per.n + 0.5);
    ret->max_fen = (int64_t)(hi * by_hi * 100 / per.unit->by / per.n + 0.5);
    return ret->min_fen > 0 && ret->max_fen >= ret->min_fen;
}

/* ---- when pay comes ---- */

/* Takes "结" and "发" where they are about pay: not "结束", "发传单". */
static bool paid(struct str *s)
{
    static const char *const one[] = {"一", NULL}, *const settle[] = {"结", NULL}, *const give[] = {"发放", "发", NULL};
    static const char *const other[] = {"束", "婚", "合", "果", "构", "题", "业", "账", "帐", "余", "转", "月清", NULL};
    static const char *const money[] = {"工资", "薪", "钱", "上月", ",", "，", "。", ";", "；", "、", ")", "）", "\n", " ", NULL};
    struct str rest = *s, after;
    (void)take(&rest, one);
    bool settled = take(&rest, settle) >= 0, given = !settled && take(&rest, give) >= 0;
    after = rest;
    bool found = settled ? take(&after, other) < 0 : given && (!rest.n || take(&after, money) >= 0);
    if (found)
        *s = rest;
    return found;
}

/* Takes a day of the month: "每月15日结算", "次月10号前发". */
static bool month_day(struct str *s)
{
    static const char *const months[] = {"每月", "每个月", "次月", "下月", "下个月", "隔月", "当月", NULL};
    static const char *const date[] = {"号", "日", "底", "初", "中旬", NULL}, *const by[] = {"前", "左右", "准时", NULL};
    struct str rest = *s;
    double n;
    if (take(&rest, months) < 0)
        return false;
    (void)number(&rest, &n);
    if (take(&rest, date) < 0)
        return false;
    (void)take(&rest, by);
    bool found = paid(&rest);
    if (found)
        *s = rest;
    return found;
}

/* Takes what says how many days are between work and pay: "日结", "三天结", "半个月结", "15号发"; 0 for no such thing. */
static double take_days(struct str *s)
{
    static const char *const later[] = {"次", "隔", "翌", "第二", NULL}, *const measure[] = {"个", NULL};
    static const char *const spans[] = {"日", "天", "工作日", "周", "星期", "礼拜", "月", "号", NULL};
    static const double days[] = {1, 1, 1, 7, 7, 7, 30, 30};
    static const char *const works[] = {"完工结", "做完结", "干完结", "下班结", "收工结", "当场结", "现结", NULL};
    double n = 1;
    if (month_day(s))
        return 30;
    if (take(s, works) >= 0)
        return 1;
    struct str rest = *s;
    if (take(&rest, later) >= 0)
        n = 2;
    else if (number(&rest, &n) ? rest.p[-1] == '.' : !spoken(&rest, &n)) /* "3.日结" is the third point */
        n = 1;
    (void)take(&rest, measure);
    int i = take(&rest, spans);
    if (i < 0 || !paid(&rest))
        return 0;
    *s = rest;
    return i == 7 ? days[i] : n * days[i];
}

/* What stands before says that it is something else: "不日结", "做好账目日结". */
static bool other_days(struct str before)
{
    static const char *const words[] = {"账", "帐", "财务", "会计", "报表", "收银", "盘点", "凭证", "发票"};
    static const char *const last[] = {"不", "非", "清"};
    enum { NEAR = 24 }; /* bytes: eight characters */
    for (size_t i = 0; i < sizeof last / sizeof *last; i++)
        if (str_ends(before, str_c(last[i])))
            return true;
    struct str near = str_sub(before, before.n > NEAR ? before.n - NEAR : 0, before.n);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (has(near, str_c(words[i])))
            return true;
    return false;
}

bool rhythm_parse(struct str text, enum rhythm *ret)
{
    double most = 0, n;
    for (struct str s = text; s.n;) {
        struct str before = str_sub(text, 0, text.n - s.n);
        double days = take_days(&s);
        if (days > most && !other_days(before))
            most = days;
        size_t left = s.n;
        if (!(days > 0) && !number(&s, &n) && s.n == left) /* the rest of a number begins none */
            utf8_next(&s);
    }
    if (most > 0)
        *ret = most <= 1 ? RHYTHM_DAY : most <= 7 ? RHYTHM_WEEK : most <= 15 ? RHYTHM_HALF_MONTH : RHYTHM_MONTH;
    return most > 0;
}

enum rhythm rhythm_usual(enum pay_unit unit)
{
    return unit == PAY_DAY ? RHYTHM_DAY : unit == PAY_MONTH ? RHYTHM_MONTH : RHYTHM_WEEK;
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
