/* job_import_test.c - pay as ads write it. */
#include <stdio.h>

#include "app_fixture.h"
#include "base/buf.h"
#include "base/cal.h"
#include "feature/job/job.h"
#include "record/csv.h"
#include "feature/job/job_import.h"
#include "feature/job/job_import_rules.h"
#include "feature/job/job_occupation.h"
#include "feature/job/job_store.h"
#include "test.h"

TEST(import_reads_pay_as_ads_write_it)
{
    struct pay_range p;
    CHECK(pay_parse(S("200/天"), &p) && p.unit == PAY_DAY && p.min_fen == 20000 && p.max_fen == 20000);
    CHECK(pay_parse(S("18-20元/小时"), &p) && p.unit == PAY_HOUR && p.min_fen == 1800 && p.max_fen == 2000);
    CHECK(pay_parse(S("0.8-1.2万/月"), &p) && p.unit == PAY_MONTH && p.min_fen == 800000 && p.max_fen == 1200000);
    CHECK(pay_parse(S("12万/年"), &p) && p.unit == PAY_MONTH && p.min_fen == 1000000);
    CHECK(pay_parse(S("9千-1.2万/月"), &p) && p.min_fen == 900000 && p.max_fen == 1200000);
    CHECK(pay_parse(S("25-50K·16薪"), &p) && p.unit == PAY_MONTH && p.min_fen == 2500000 && p.max_fen == 5000000);
    CHECK(pay_parse(S("1.5-2万"), &p) && p.unit == PAY_MONTH && p.min_fen == 1500000 && p.max_fen == 2000000);
    CHECK(pay_parse(S("1万-1.5万·13薪"), &p) && p.unit == PAY_MONTH && p.min_fen == 1000000);
    CHECK(pay_parse(S("时薪18～20元"), &p) && p.unit == PAY_HOUR && p.min_fen == 1800 && p.max_fen == 2000);
    CHECK(pay_parse(S("每小时20元"), &p) && p.unit == PAY_HOUR && p.min_fen == 2000);
    CHECK(pay_parse(S("20元每小时，日结"), &p) && p.unit == PAY_HOUR && p.min_fen == 2000);
    CHECK(pay_parse(S("日结200"), &p) && p.unit == PAY_DAY && p.min_fen == 20000);
    CHECK(pay_parse(S("5000元/月，日结"), &p) && p.unit == PAY_MONTH && p.min_fen == 500000);
    CHECK(pay_parse(S("月薪5,000-8,000元"), &p) && p.unit == PAY_MONTH && p.min_fen == 500000 && p.max_fen == 800000);
    CHECK(pay_parse(S("180元/天至200元/天"), &p) && p.unit == PAY_DAY && p.min_fen == 18000 && p.max_fen == 20000);
    CHECK(pay_parse(S("１５元/小时"), &p) && p.min_fen == 1500);
    CHECK(pay_parse(S("0.8元/件"), &p) && p.unit == PAY_PIECE && p.min_fen == 80);
    CHECK(pay_parse(S("计件，3元一件"), &p) && p.unit == PAY_PIECE && p.min_fen == 300);
    CHECK(!pay_parse(S("20-18元/小时"), &p) && !pay_parse(S("300元/周"), &p) && !pay_parse(S("招5人"), &p));
    CHECK(!pay_parse(S("9999999999999999万-5元/天"), &p));
    CHECK(!pay_parse(S("面议"), &p) && !pay_parse(S("0元/小时"), &p) && !pay_parse(S(""), &p));
}

static void check_pay(const char *raw, enum pay_unit unit, int64_t min_fen, int64_t max_fen)
{
    struct pay_range p = {PAY_UNITS, 0, 0};
    CHECK(pay_parse(str_c(raw), &p));
    CHECK_EQ(p.unit, unit);
    CHECK_EQ(p.min_fen, min_fen);
    CHECK_EQ(p.max_fen, max_fen);
}

TEST(import_reads_small_coins)
{
    check_pay("5毛/件", PAY_PIECE, 50, 50);
    check_pay("5角/件", PAY_PIECE, 50, 50);
    check_pay("8分/件", PAY_PIECE, 8, 8);
    check_pay("1块5/件", PAY_PIECE, 150, 150);
    check_pay("2元5角一件", PAY_PIECE, 250, 250);
    check_pay("1块5毛/件", PAY_PIECE, 150, 150);
    check_pay("5-8毛/件", PAY_PIECE, 50, 80);
    check_pay("5毛-8/件", PAY_PIECE, 50, 80);
    check_pay("5毛-1元/件", PAY_PIECE, 50, 100);
    check_pay("3块钱/件", PAY_PIECE, 300, 300);
    check_pay("20元/小时,每次30分钟", PAY_HOUR, 2000, 2000);
    check_pay("8000元-1.2万/月", PAY_MONTH, 800000, 1200000);
}

TEST(import_reads_pay_for_several_hours_or_days)
{
    check_pay("200元/8小时", PAY_HOUR, 2500, 2500);
    check_pay("200元8小时", PAY_HOUR, 2500, 2500);
    check_pay("200元/8个小时", PAY_HOUR, 2500, 2500);
    check_pay("200-240元/8小时", PAY_HOUR, 2500, 3000);
    check_pay("200元/八小时", PAY_HOUR, 2500, 2500);
    check_pay("300元/十二小时", PAY_HOUR, 2500, 2500);
    check_pay("260元/十小时", PAY_HOUR, 2600, 2600);
    check_pay("12小时300元", PAY_HOUR, 2500, 2500);
    check_pay("8小时制，200元/天", PAY_DAY, 20000, 20000);
    check_pay("时薪25元，8小时", PAY_HOUR, 2500, 2500);
    check_pay("200元/天，8小时", PAY_DAY, 20000, 20000);
    check_pay("1000元/5天", PAY_DAY, 20000, 20000);
    check_pay("120元/半天", PAY_DAY, 24000, 24000);
    struct pay_range p;
    CHECK(!pay_parse(S("8小时"), &p) && !pay_parse(S("200元/0小时"), &p));
}

TEST(import_reads_when_pay_comes_as_ads_write_it)
{
    static const struct {
        const char *text;
        int rhythm; /* -1: nothing is said of it */
    } table[] = {
        {"坂田德邦快递分拣 日结20一小时", RHYTHM_DAY}, {"每天日结", RHYTHM_DAY}, {"干一天结一天", RHYTHM_DAY}, {"当天结", RHYTHM_DAY},
        {"完工结算不拖欠", RHYTHM_DAY}, {"工资当日发放", RHYTHM_DAY}, {"1.日结", RHYTHM_DAY}, {"3.日结", RHYTHM_DAY},
        {"结算方式：周结", RHYTHM_WEEK}, {"酱油两日结保安", RHYTHM_WEEK}, {"薪资次日结", RHYTHM_WEEK}, {"5个工作日结算", RHYTHM_WEEK},
        {"半个月结", RHYTHM_HALF_MONTH}, {"半月结", RHYTHM_HALF_MONTH}, {"可以十天一结", RHYTHM_HALF_MONTH}, {"15天结一次", RHYTHM_HALF_MONTH},
        {"月结 每月15号发", RHYTHM_MONTH}, {"每月5号发放工资", RHYTHM_MONTH}, {"每月15日发工资", RHYTHM_MONTH}, {"次月10日前发薪", RHYTHM_MONTH},
        {"15号发", RHYTHM_MONTH}, {"一月一结", RHYTHM_MONTH}, {"次月底结", RHYTHM_MONTH},
        {"日结+周结+自选", RHYTHM_WEEK}, {"支持日结可以十天一结也可以月结", RHYTHM_MONTH}, {"12号到15号每天日结", RHYTHM_DAY},
        {"报名12月15日结束", -1}, {"每天发传单", -1}, {"公众号发展", -1}, {"金账款盘存做好日清月结", -1}, {"每日收银日结", -1}, {"日结月清", -1},
        {"不日结", -1}, {"200元/天", -1}, {"每月15日发布简报", -1}, {"每月底薪3000", -1}, {"每月三千", -1}, {"", -1}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        enum rhythm r = RHYTHM_DAY;
        bool said = rhythm_parse(str_c(table[i].text), &r);
        if ((said ? (int)r : -1) != table[i].rhythm)
            test_fail(__FILE__, __LINE__, table[i].text);
    }
    CHECK(rhythm_usual(PAY_DAY) == RHYTHM_DAY && rhythm_usual(PAY_HOUR) == RHYTHM_WEEK);
    CHECK(rhythm_usual(PAY_PIECE) == RHYTHM_WEEK && rhythm_usual(PAY_MONTH) == RHYTHM_MONTH);
}

TEST(import_knows_districts_and_trades_by_name)
{
    CHECK_EQ(district_code(S("天河区")), 440106);
    CHECK_EQ(district_code(S("浦东")), 0);
    CHECK_STR(trade_key(S("酱油两日结保安")), S("guard"));
    CHECK_STR(trade_key(S("数据分析")), S("other"));
}

TEST(words_that_are_written_alike_are_named_the_likest_first)
{
    struct str got[3], why = S("");
    struct arena a;
    arena_init(&a, 0);
    struct gazetteer *g = gazetteer_new(&a);
    static const char *const words[] = {"下渡", "天河公园", "天河客运站", "天河南", "棠下", "龙洞"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        gazetteer_add(g, str_c(words[i]), why);
    CHECK_EQ(gazetteer_alike(g, S("天河堂下"), got, 3), 3);
    CHECK_STR(got[0], S("天河南"));
    CHECK_STR(got[1], S("天河公园"));
    CHECK_STR(got[2], S("棠下"));
    CHECK_EQ(gazetteer_alike(g, S("龙东村"), got, 3), 1);
    CHECK_STR(got[0], S("龙洞"));
    CHECK_EQ(gazetteer_alike(g, S("moon"), got, 3), 0);
    CHECK_EQ(gazetteer_alike(g, S(""), got, 3), 0);
    CHECK_EQ(gazetteer_alike(g, S("天河堂下"), got, 1), 1);
    arena_done(&a);
}

TEST(import_finds_occupations_and_districts_by_the_longest_word)
{
    struct gazetteer *g;
    struct arena a;
    struct str why;
    arena_init(&a, 0);
    CHECK(occupations_load(&a, S("code,level,name,aliases\n4-02,2,仓储人员,\n4-02-06-01,4,仓储管理员,仓管|仓库管理员\n6-31-01,4,包装工,打包工\n"), &g, &why));
    CHECK_STR(gazetteer_find(g, S("急招仓库管理员(白班)")), S("4-02-06-01"));
    CHECK_STR(gazetteer_find(g, S("仓管/打包工")), S("6-31-01")); /* the longer word */
    CHECK_STR(gazetteer_find(g, S("仓储人员")), S(""));           /* a class, not an occupation */
    CHECK(divisions_load(&a, S("code12,level,name\n440100000000,city,广州市\n440105000000,district,海珠区\n440105014000,street,凤阳街道\n"), &g, &why));
    CHECK_STR(gazetteer_find(g, S("广州海珠新港西路")), S("440105")); /* of equally long words the later */
    CHECK_STR(gazetteer_find(g, S("凤阳街康乐村")), S("440105"));
    CHECK_STR(gazetteer_find(g, S("凤阳厂")), S(""));
    CHECK(!divisions_load(&a, S("code,name\n1,a\n"), &g, &why));
    arena_done(&a);
}

#define HEAD "job_id,title,employer,city,district,address,pay_raw,pay_min,pay_max,pay_unit,headcount,gender,description,posted_on\n"
static const char ads[] =
    HEAD "x-1,平车车位工,锦裳制衣厂,广州,海珠区,凤阳街1号,,26,28,hour,5,不限,\"做女装,会平车\",2026-11-20\n"
         "x-2,仓库打包,合顺仓配,广州,天河,棠下,200/天,,,,3,,入职交押金300元,2026-11-20\n"
         "x-3,文员,某公司,广州,天河,棠下,200/天,,,,3,女,接电话做表格,2026-11-20\n"
         "x-4,平车车位工,锦裳制衣厂,广州,海珠区,凤阳街1号,,26,28,hour,5,不限,\"做女装,会平车\",2026-11-20\n"
         "x-5,洗碗工,,广州,海珠区,凤阳街2号,200/天,,,,1,,洗碗择菜,2026-11-20\n"
         "x-6,\"没有结束的引号\n";

/* One employer: the same ad again with other blanks; other pay; other words; without an address, elsewhere. */
static const char alike[] =
    HEAD "w-1,平车车位工,锦裳制衣厂,广州,海珠区,凤阳街1号,,26,28,hour,5,,\"做女装,会平车\",2026-11-20\n"
         "w-2,平车车位工,锦裳制衣厂,广州,海珠区,凤阳街1号,,26,28,hour,5,,\"做女装, 会平车\",2026-11-20\n"
         "w-3,平车车位工,锦裳制衣厂,广州,海珠区,凤阳街1号,,26,30,hour,5,,\"做女装,会平车\",2026-11-20\n"
         "w-4,平车车位工,锦裳制衣厂,广州,海珠区,凤阳街1号,,26,28,hour,5,,\"做童装,会平车\",2026-11-20\n"
         "w-5,平车车位工,锦裳制衣厂,广州,白云区,,,26,28,hour,5,,\"做女装,会平车\",2026-11-20\n"
         "w-6,平车车位工,锦裳制衣厂,贵阳,白云区,,,26,28,hour,5,,\"做女装,会平车\",2026-11-20\n";

#define LONG_ID "u-123456789-123456789-123456789-123456789-123456789-123456789-123456789-123456789"
/* No employer is named: the second is the first again. Two ids with one head. */
static const char unnamed[] =
    HEAD LONG_ID "1,洗碗工,,广州,海珠区,凤阳街2号,200/天,,,,1,,洗碗择菜,2026-11-20\n"
    LONG_ID "2,洗碗工,,广州,海珠区,凤阳街2号,200/天,,,,1,,洗碗择菜,2026-11-20\n"
    LONG_ID "3,洗碗工,,广州,海珠区,凤阳街2号,220/天,,,,1,,洗碗择菜,2026-11-20\n";

/* Guiyang has a district of the same name. */
static const char elsewhere[] = HEAD "y-1,洗碗工,黔味馆,贵阳,白云区,大山洞街1号,200/天,,,,1,,洗碗择菜,2026-11-20\n"
                                     "y-2,洗碗工,粤味馆,广州,白云区,三元里大道1号,200/天,,,,1,,洗碗\\n择菜,2026-11-20\n";

/* Pay that is read right is one thing, pay that can be another. */
static const char odd_pay[] = HEAD "z-1,包装工,甲厂,广州,海珠区,凤阳街1号,200元/小时,,,,5,,包装纸盒,2026-11-20\n"
                                   "z-2,包装工,乙厂,广州,海珠区,凤阳街1号,5毛/件,,,,5,,包装纸盒,2026-11-20\n"
                                   "z-3,包装工,丙厂,广州,海珠区,凤阳街1号,200元/8小时,,,,5,,包装纸盒,2026-11-20\n";

struct intake {
    struct str bytes;
    struct import im;
    size_t shown;
    char report[2000];
};

static enum err take_in(struct request *rq)
{
    struct intake *k = rq->object;
    struct csv csv;
    struct buf out;
    struct str why = S("");
    struct job *shown;
    buf_init(&out, rq->a, 8 << 20);
    k->im = (struct import){.csv = &csv, .file = S("ads.csv"), .report = &out};
    CHECK(csv_open(&csv, rq->a, k->bytes, &why) && job_import_begin(&k->im, &why));
    enum err e = job_import_some(rq, &k->im, 1 << 30);
    snprintf(k->report, sizeof k->report, "%.*s", SV(buf_str(&out)));
    return e ? e : job_shown(rq, 0, rq->now_ms + (int64_t)30 * DAY_MS, 1000, &shown, &k->shown);
}

static void check_sum(const struct import *im)
{
    CHECK_EQ(im->taken + im->held + im->refused + im->known + im->duplicate + im->unreadable, im->rows);
}

static void import_twice(struct town *t)
{
    struct intake k = {.bytes = str_c(ads)};
    CHECK(app_write(&t->app, take_in, &k) == OK);
    check_sum(&k.im);
    CHECK_EQ(k.im.rows, 6);
    CHECK_EQ(k.im.taken, 1);
    CHECK_EQ(k.im.held, 1);       /* nobody is named as employer */
    CHECK_EQ(k.im.refused, 2);    /* a deposit; one sex only */
    CHECK_EQ(k.im.duplicate, 1);
    CHECK_EQ(k.im.unreadable, 1);
    CHECK_EQ(k.shown, 0); /* I2 */
    CHECK(app_write(&t->app, take_in, &k) == OK);
    check_sum(&k.im);
    CHECK_EQ(k.im.known, 2);
    CHECK_EQ(k.im.taken + k.im.held, 0);
}

TEST(an_import_puts_every_row_into_one_count_and_takes_nothing_in_twice)
{
    each_town(import_twice);
}

static void import_alike(struct town *t)
{
    struct intake k = {.bytes = str_c(alike)};
    CHECK(app_write(&t->app, take_in, &k) == OK);
    check_sum(&k.im);
    CHECK_EQ(k.im.taken, 4);
    CHECK_EQ(k.im.held, 1); /* of another city */
    CHECK_EQ(k.im.duplicate, 1);
    CHECK(str_find(str_c(k.report), S("row 2 duplicate of row 1 (w-1)\n")) >= 0);
    k.bytes = S(HEAD "v-9,平车车位工,锦裳制衣厂,广州,海珠区,凤阳街1号,,26,28,hour,5,,\"做女装,会平车\",2026-11-20\n");
    CHECK(app_write(&t->app, take_in, &k) == OK);
    CHECK_EQ(k.im.duplicate, 1);
    CHECK(str_find(str_c(k.report), S("row 1 duplicate of w-1, which is here already\n")) >= 0);
}

TEST(an_ad_is_found_twice_only_when_pay_and_words_are_the_same_too_and_both_are_named)
{
    each_town(import_alike);
}

static void import_open_quote(struct town *t)
{
    struct intake k = {.bytes = S(HEAD "o-1,打包工,某厂,广州,海珠区,凤阳街1号,,26,28,hour,5,,\"打包12寸纸箱,2026-11-20\n"
                                       "o-2,洗碗工,某店,广州,海珠区,凤阳街1号,,26,28,hour,5,,洗碗择菜,2026-11-20\n"
                                       "o-3,保洁员,某店,广州,海珠区,凤阳街1号,,26,28,hour,5,,扫地拖地,2026-11-20\n"
                                       "o-4,保洁员,某厂,广州,海珠区,凤阳街1号,,26,28,hour,5,,\"纸箱,塑料箱\",2026-11-20\n")};
    CHECK(app_write(&t->app, take_in, &k) == OK);
    check_sum(&k.im);
    CHECK(k.im.rows == 4 && k.im.taken == 3 && k.im.unreadable == 1);
    CHECK(str_find(str_c(k.report), S("row 1 unreadable a quote is never closed\n")) >= 0);
}

TEST(an_open_quote_costs_an_import_one_row)
{
    each_town(import_open_quote);
}

static void import_wide(struct town *t)
{
    struct intake k = {.bytes = S(HEAD "x-1,打包工,某厂,广州,海珠区,凤阳街1号,3楼,,26,28,hour,5,,打包纸箱,2026-11-20\n" /* a comma in the address */
                                       "x-2,洗碗工,某店,广州,海珠区,凤阳街1号,,26,28,hour,5,,洗碗择菜,2026-11-20,,\n"
                                       "x-3,洗,某店,广州,海珠区,凤阳街2号,,26,28,hour,5,,洗碗择菜,2026-11-20\n"
                                       ",洗碗工,某店,广州,海珠区,凤阳街3号,,26,28,hour,5,,洗碗择菜,2026-11-20\n")};
    CHECK(app_write(&t->app, take_in, &k) == OK);
    check_sum(&k.im);
    CHECK(k.im.rows == 4 && k.im.taken == 1 && k.im.unreadable == 1 && k.im.refused == 2);
    CHECK(str_find(str_c(k.report), S("row 1 unreadable more cells than the first line names; is a text with a comma without quotes?\n")) >= 0);
    CHECK(str_find(str_c(k.report), S("row 3 refused a title of fewer than two characters\n")) >= 0);
    CHECK(str_find(str_c(k.report), S("row 4 refused no job_id\n")) >= 0);
}

TEST(a_comma_without_quotes_shifts_no_ad_into_other_columns_unsaid)
{
    each_town(import_wide);
}

static void import_unnamed(struct town *t)
{
    struct intake k = {.bytes = str_c(unnamed)};
    for (int again = 0; again < 2; again++) {
        CHECK(app_write(&t->app, take_in, &k) == OK);
        check_sum(&k.im);
        CHECK_EQ(k.im.held, again ? 0 : 2);
        CHECK_EQ(k.im.known, again ? 2 : 0);
        CHECK_EQ(k.im.duplicate, 1);
    }
}

TEST(an_ad_that_names_no_employer_is_found_twice_too_and_long_ids_are_told_apart)
{
    each_town(import_unnamed);
}

static enum err look(struct request *rq)
{
    struct job j[2];
    enum err e = job_by_source(rq, S("y"), S("y-1"), &j[0]);
    if (!e)
        e = job_by_source(rq, S("y"), S("y-2"), &j[1]);
    CHECK_EQ(j[0].district, 0);
    CHECK(j[0].state == JOB_HELD && str_find(j[0].findings, S("贵阳")) >= 0);
    CHECK_EQ(j[1].district, 440111);
    CHECK_STR(j[1].text, S("洗碗\n择菜")); /* a line break in the clothes of a CSV */
    CHECK_EQ(j[1].state, JOB_SUBMITTED);
    return e;
}

static void import_of_others(struct town *t)
{
    struct intake k = {.bytes = str_c(elsewhere)};
    CHECK(app_write(&t->app, take_in, &k) == OK);
    CHECK_EQ(k.im.held, 1);
    CHECK_EQ(k.im.taken, 1);
    CHECK(app_read(&t->app, look, NULL) == OK);
    struct str lines = town_call(t, GET, "/api/v1/audit", "", town_staff(t, AUDITOR, 0)).body;
    CHECK(str_find(lines, S("ads.csv: rows 1-2")) > 0); /* who brought it in is on record */
}

TEST(an_ad_for_another_city_is_held_and_gets_no_district_of_ours)
{
    each_town(import_of_others);
}

static enum err look_at_pay(struct request *rq)
{
    struct job j[3];
    static const char *const ids[] = {"z-1", "z-2", "z-3"};
    enum err e = OK;
    for (int i = 0; !e && i < 3; i++)
        e = job_by_source(rq, S("z"), str_c(ids[i]), &j[i]);
    CHECK(j[0].state == JOB_HELD && str_starts(j[0].findings, S("P08-pay")));
    CHECK(j[1].state == JOB_HELD && j[1].pay_fen == 50 && str_starts(j[1].findings, S("W07-norm")));
    CHECK(j[2].state == JOB_SUBMITTED && j[2].pay_fen == 2500 && j[2].pay_unit == PAY_HOUR);
    return e;
}

static void import_of_odd_pay(struct town *t)
{
    struct intake k = {.bytes = str_c(odd_pay)};
    CHECK(app_write(&t->app, take_in, &k) == OK);
    CHECK(app_read(&t->app, look_at_pay, NULL) == OK);
}

TEST(an_ad_with_unlikely_pay_or_no_usual_pace_waits_for_a_person)
{
    each_town(import_of_odd_pay);
}

static const char paid_when[] = HEAD "r-0,包装工,甲厂,广州,海珠区,凤阳街1号,5000元/月,,,,5,,包装纸盒,2026-11-20\n"
                                     "r-1,包装工,乙厂,广州,海珠区,凤阳街1号,6000元/月,,,,5,,\"包装纸盒,两周结\",2026-11-20\n"
                                     "r-2,包装工,丙厂,广州,海珠区,凤阳街1号,\"28元/小时,日结\",,,,5,,包装纸盒,2026-11-20\n"
                                     "r-3,包装工,丁厂,广州,海珠区,凤阳街1号,28元/小时,,,,5,,包装纸盒,2026-11-20\n"
                                     "r-4,月结包装工,戊厂,广州,海珠区,凤阳街1号,260元/天,,,,5,,包装纸盒,2026-11-20\n"
                                     "r-5,包装工,己厂,广州,海珠区,凤阳街1号,260元/天,,,,5,,包装纸盒,2026-11-20\n";

static enum err look_at_rhythms(struct request *rq)
{
    static const int32_t want[] = {RHYTHM_MONTH, RHYTHM_HALF_MONTH, RHYTHM_DAY, RHYTHM_WEEK, RHYTHM_MONTH, RHYTHM_DAY};
    enum err e = OK;
    for (size_t i = 0; !e && i < sizeof want / sizeof *want; i++) {
        struct job j = {.rhythm = -1};
        e = job_by_source(rq, S("r"), str_fmt(rq->a, "r-%zu", i), &j);
        CHECK_EQ(j.rhythm, want[i]);
    }
    return e;
}

static void import_of_rhythms(struct town *t)
{
    struct intake k = {.bytes = str_c(paid_when)};
    CHECK(app_write(&t->app, take_in, &k) == OK);
    CHECK(app_read(&t->app, look_at_rhythms, NULL) == OK);
}

TEST(an_ad_is_paid_when_its_words_say_or_as_usual_for_its_unit_of_pay)
{
    each_town(import_of_rhythms);
}

static const char with_hours[] = HEAD "h-1,搬运工,合顺仓配,广州,海珠区,凤阳街1号,,,,,7,,\"搬运货物,上班时间 22:00-次日6:00\",2026-11-20\n"
                                      "h-2,包装工,合顺仓配,广州,海珠区,凤阳街1号,200元/8小时,,,,,,包装纸盒,2026-11-20\n";

static enum err look_at_hours(struct request *rq)
{
    struct job j;
    struct shift *v;
    size_t n = 9;
    enum err e = job_by_source(rq, S("h"), S("h-2"), &j);
    CHECK_EQ(j.needs, 0);
    CHECK_EQ(j.heads, 1);
    if (!e)
        e = job_shifts(rq, j.id, &v, &n);
    CHECK_EQ(n, 0); /* the ad names no day */
    return e;
}

/* As older programs opened them. */
static enum err open_without_shift(struct request *rq)
{
    static const struct query q = {"t.open", "UPDATE job SET state = 'open', verified_by = 1, verified_ms = 1 WHERE city = $1 AND source_id = 'h-3'"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

static void import_of_hours(struct town *t)
{
    struct intake k = {.bytes = str_c(with_hours)};
    struct str desk = town_staff(t, CONSULTANT, 440105);
    CHECK(app_write(&t->app, take_in, &k) == OK);
    CHECK_EQ(k.im.with_hours, 0); /* the first states no pay */
    k.bytes = S(HEAD "h-3,搬运工,合顺仓配,广州,海珠区,凤阳街1号,300/天,,,,7,,\"搬运货物,上班时间 22:00-次日6:00\",2026-11-20\n");
    CHECK(app_write(&t->app, take_in, &k) == OK);
    CHECK_EQ(k.im.with_hours, 1);
    CHECK(app_read(&t->app, look_at_hours, NULL) == OK);
    struct str list = town_call(t, GET, "/api/v1/jobs-waiting", "", desk).body;
    CHECK(str_find(list, S("\"said_from_min\":1320,\"said_to_min\":1800")) > 0 && str_find(list, S("\"heads\":7")) > 0);
    CHECK(str_find(list, S("\"needs\":[\"lifting\"]")) > 0 && str_find(list, S("\"start_ms\":null")) > 0);
    CHECK(app_write(&t->app, open_without_shift, NULL) == OK);
    list = town_call(t, GET, "/api/v1/jobs-waiting?state=open", "", desk).body;
    CHECK(str_find(list, S("h-3")) > 0);
    const char *shifts = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/shifts", SV(json_value(t, list, "id"))));
    struct answer a = town_call(t, POST, shifts, "{\"start_ms\":\"2026-11-26T22:00:00+08:00\",\"end_ms\":\"2026-11-27T06:00:00+08:00\",\"break_min\":60,\"cap\":7}", desk);
    CHECK_EQ(a.status, 201);
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-waiting?state=open", "", desk).body, S("h-3")) < 0);
    const char *close = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/close", SV(json_value(t, list, "id"))));
    CHECK_EQ(town_call(t, POST, close, "", desk).status, 204); /* its employer was never verified */
}

TEST(an_import_invents_no_shift_reads_the_words_and_is_listed_until_staff_state_one)
{
    each_town(import_of_hours);
}

static void import_all(struct town *t)
{
    static const char *const files[] = {"jobs_dayjobs.csv", "jobs_51job2019.csv", "jobs_51job2023.csv",
                                        "jobs_neitui2018.csv", "jobs_boss2024.csv"};
    const char *dir = test_data();
    if (!dir || !db_single_writer(t->app.db))
        return;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        struct intake k = {0};
        FILE *f = fopen(str_z(&t->a, str_fmt(&t->a, "%s/%s", dir, files[i])), "rb");
        CHECK(f != NULL);
        if (!f)
            continue;
        char *p = arena_alloc(&t->a, 16 << 20);
        k.bytes = (struct str){p, fread(p, 1, 16 << 20, f)};
        fclose(f);
        CHECK(app_write(&t->app, take_in, &k) == OK);
        check_sum(&k.im);
        CHECK(k.im.rows > 20 && k.im.unreadable == 0);
        CHECK_EQ(k.shown, 0);
    }
}

TEST(seven_thousand_real_ads_go_through_the_import)
{
    each_town(import_all);
}
