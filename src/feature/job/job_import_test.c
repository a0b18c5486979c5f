/* job_import_test.c - pay as ads write it. */
#include "feature/job/job_import_rules.h"
#include "test.h"

TEST(import_reads_pay_as_ads_write_it)
{
    struct pay_range p;
    CHECK(pay_parse(S("200/天"), &p) && p.unit == PAY_DAY && p.min_fen == 20000 && p.max_fen == 20000);
    CHECK(pay_parse(S("18-20元/小时"), &p) && p.unit == PAY_HOUR && p.min_fen == 1800 && p.max_fen == 2000);
    CHECK(pay_parse(S("0.8-1.2万/月"), &p) && p.unit == PAY_MONTH && p.min_fen == 800000 && p.max_fen == 1200000);
    CHECK(pay_parse(S("12万/年"), &p) && p.unit == PAY_MONTH && p.min_fen == 1000000);
    CHECK(pay_parse(S("9千-1.2万/月"), &p) && p.min_fen == 900000 && p.max_fen == 1200000);
    CHECK(!pay_parse(S("面议"), &p) && !pay_parse(S("0元/小时"), &p) && !pay_parse(S(""), &p));
}

TEST(import_knows_districts_and_trades_by_name)
{
    CHECK_EQ(district_code(S("天河区")), 440106);
    CHECK_EQ(district_code(S("浦东")), 0);
    CHECK_STR(trade_key(S("酱油两日结保安")), S("guard"));
    CHECK_STR(trade_key(S("数据分析")), S("other"));
}
