/* demo.c - a made-up city around today: sites of the 1+5+2 network, employers, sixty posts, two
 * hundred people, staff of every role. Our own writing; wages within the ranges of public reports. */
#include "base/cal.h"
#include "cmd/cmd.h"
#include "feature/account/account.h"
#include "feature/certificate/certificate.h"
#include "feature/employer/employer.h"
#include "feature/hire/hire.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "feature/plaza/plaza.h"
#include "feature/site/site.h"
#include "feature/wage/wage.h"
#include "market/score.h"

enum { PEOPLE = 200, POSTS = 60, STALE = POSTS / 3 };

static const struct site sites[] = {
    {.district = 440106, .name = S("天河棠下零工市场"), .kind = SITE_HUB, .address = S("天河区棠下街"), .place = {113.3762, 23.1287}, .hours = S("08:30-18:00"), .phone = S("020-00000001")},
    {.district = 440105, .name = S("海珠制衣零工广场"), .kind = SITE_FEATURE, .address = S("海珠区凤阳街"), .place = {113.2966, 23.0867}, .hours = S("05:00-20:00"), .phone = S("020-00000002")},
    {.district = 440103, .name = S("荔湾技能零工市场"), .kind = SITE_FEATURE, .address = S("荔湾区石围塘街"), .place = {113.2150, 23.1020}, .hours = S("08:30-18:00"), .phone = S("020-00000003")},
    {.district = 440114, .name = S("花都狮岭皮具零工市场"), .kind = SITE_FEATURE, .address = S("花都区狮岭镇"), .place = {113.1500, 23.4600}, .hours = S("06:00-18:00"), .phone = S("020-00000004")},
    {.district = 440113, .name = S("番禺南村零工市场"), .kind = SITE_FEATURE, .address = S("番禺区南村镇"), .place = {113.3900, 23.0060}, .hours = S("07:00-18:00"), .phone = S("020-00000005")},
    {.district = 440111, .name = S("白云石井零工市场"), .kind = SITE_FEATURE, .address = S("白云区石井街"), .place = {113.2280, 23.2090}, .hours = S("07:00-18:00"), .phone = S("020-00000006")},
    {.district = 440105, .name = S("中大纺织零工+市场"), .kind = SITE_REGION, .address = S("海珠区瑞宝街"), .place = {113.2920, 23.0800}, .hours = S("06:00-20:00"), .phone = S("020-00000007")},
    {.district = 440112, .name = S("黄埔制造零工+市场"), .kind = SITE_REGION, .address = S("黄埔区联和街"), .place = {113.4500, 23.1700}, .hours = S("08:00-18:00"), .phone = S("020-00000008")},
    {.district = 440106, .name = S("车陂就业驿站"), .kind = SITE_STATION, .address = S("天河区车陂街"), .place = {113.3950, 23.1230}, .hours = S("09:00-17:30"), .phone = S("020-00000009")},
    {.district = 440104, .name = S("越秀矿泉就业驿站"), .kind = SITE_STATION, .address = S("越秀区矿泉街"), .place = {113.2530, 23.1620}, .hours = S("09:00-17:30"), .phone = S("020-00000010")},
    {.district = 440115, .name = S("南沙东涌就业驿站"), .kind = SITE_STATION, .address = S("南沙区东涌镇"), .place = {113.4570, 22.8870}, .hours = S("09:00-17:30"), .phone = S("020-00000011")},
    {.district = 440118, .name = S("增城新塘就业驿站"), .kind = SITE_STATION, .address = S("增城区新塘镇"), .place = {113.6100, 23.1200}, .hours = S("09:00-17:30"), .phone = S("020-00000012")},
};
enum { SITES = sizeof sites / sizeof *sites, STATION = 8 };

/* Bits of skills in job_store.c. */
enum { FLAT = 1 << 0, OVERLOCK = 1 << 1, COVERSTITCH = 1 << 2, IRONING = 1 << 5, LEATHER = 1 << 6 };
/* One line per kind of work; posts are made from it at different sites and days. */
static const struct {
    struct str title, text;
    enum pay_unit unit;
    int64_t pay_fen, norm;
    int32_t trade, from, to; /* trade: index into trades[] of job_store.c; minutes of the day */
    uint32_t needs, offers, papers, skills, skills_wanted; /* bits of the choices in job_store.c */
} kinds[] = {
    {S("平车车位工"), S("女装连衣裙整件,会平车和锁边,样衣在档口可以看"), PAY_PIECE, 900, 6, 1, 510, 1110, 0, 1 << OFFER_SEATED | 1 << OFFER_DAY_PAY | 1 << OFFER_INDOOR, 0, FLAT, OVERLOCK},
    {S("卷边工"), S("T恤下摆卷边,货量大,做一件算一件"), PAY_PIECE, 60, 60, 1, 510, 1110, 0, 1 << OFFER_SEATED | 1 << OFFER_DAY_PAY, 0, 0, COVERSTITCH},
    {S("尾部大烫"), S("成衣熨烫,挂烫机,车间有风扇"), PAY_DAY, 32000, 0, 3, 510, 1140, 1 << NEED_STANDING | 1 << NEED_HEAT, 1 << OFFER_MEALS | 1 << OFFER_DAY_PAY, 0, 0, IRONING},
    {S("成衣查衫包装"), S("剪线头、查次品、折叠入袋,有人教"), PAY_HOUR, 2600, 0, 4, 540, 1080, 0, 1 << OFFER_SEATED | 1 << OFFER_INDOOR | 1 << OFFER_OLDER, 0, 0, 0},
    {S("快递分拣"), S("扫码、按区装袋,单件不超过15公斤"), PAY_HOUR, 2500, 0, 7, 1080, 1380, 1 << NEED_STANDING | 1 << NEED_LIFTING, 1 << OFFER_DAY_PAY, 0, 0, 0},
    {S("仓库打包"), S("电商小件打包贴单,坐着做"), PAY_HOUR, 2450, 0, 6, 540, 1080, 0, 1 << OFFER_SEATED | 1 << OFFER_INDOOR | 1 << OFFER_OLDER, 0, 0, 0},
    {S("卸货搬运"), S("货柜卸货,两人一组,有推车"), PAY_DAY, 28000, 0, 8, 480, 1020, 1 << NEED_LIFTING | 1 << NEED_STANDING, 1 << OFFER_DAY_PAY | 1 << OFFER_MEALS, 0, 0, 0},
    {S("地铁工地保安"), S("出入口登记和巡查,两班倒,按白班算"), PAY_DAY, 24000, 0, 11, 480, 1140, 1 << NEED_STANDING, 1 << OFFER_LODGING | 1 << OFFER_MEALS, 2, 0, 0},
    {S("写字楼保洁"), S("公共区域清洁,工具齐全,早上班中午走"), PAY_HOUR, 2500, 0, 12, 450, 690, 1 << NEED_STANDING, 1 << OFFER_OLDER | 1 << OFFER_INDOOR, 0, 0, 0},
    {S("食堂洗碗帮厨"), S("洗碗、择菜、打饭,包一餐"), PAY_HOUR, 2400, 0, 13, 600, 840, 1 << NEED_STANDING, 1 << OFFER_MEALS | 1 << OFFER_OLDER, 1, 0, 0},
    {S("酒楼传菜员"), S("晚市传菜收台,包晚餐"), PAY_HOUR, 2500, 0, 14, 1020, 1320, 1 << NEED_STANDING, 1 << OFFER_MEALS | 1 << OFFER_DAY_PAY, 1, 0, 0},
    {S("超市理货员"), S("补货、整理货架、查日期"), PAY_HOUR, 2450, 0, 15, 540, 900, 1 << NEED_STANDING, 1 << OFFER_INDOOR, 0, 0, 0},
    {S("颐康服务站助老员"), S("陪长者做活动、送餐,附近居民优先了解"), PAY_HOUR, 2600, 0, 17, 570, 930, 0, 1 << OFFER_INDOOR | 1 << OFFER_OLDER | 1 << OFFER_SEATED, 0, 0, 0},
    {S("皮具台面工"), S("手袋贴边、刷胶、穿线,熟手优先学徒也可"), PAY_DAY, 26000, 0, 5, 510, 1110, 0, 1 << OFFER_SEATED | 1 << OFFER_MEALS, 0, 0, LEATHER},
    {S("电子厂装配"), S("小家电装配打螺丝,坐班,车间有空调"), PAY_HOUR, 2550, 0, 10, 480, 1050, 0, 1 << OFFER_SEATED | 1 << OFFER_INDOOR | 1 << OFFER_MEALS, 0, 0, 0},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static const char *const firms[] = {"锦裳制衣厂", "晨衣坊服饰", "合顺仓配", "安达保安服务", "洁美物业保洁", "稻香食堂管理",
                                    "粤厨酒楼", "惠邻超市", "颐和助老服务", "狮岭恒工皮具", "联创电子", "飞梭制衣工作室"};
enum { FIRMS = sizeof firms / sizeof *firms, LEATHER_FIRM = 9 };
static const char *const family[] = {"陈", "李", "黄", "张", "梁", "林", "何", "王", "刘", "谭"};

struct made {
    int64_t district[FIRMS], employer[FIRMS];
    struct geo place[FIRMS];
    struct job job[KINDS]; /* one of each kind */
    int64_t person[PEOPLE];
};

static struct str uscc(struct arena *a, int i)
{
    static const char abc[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    struct str s = str_fmt(a, "91440101MA5DEM%03d", i);
    int weight = 1, sum = 0;
    for (size_t k = 0; k < s.n; k++) {
        int v = 0;
        while (abc[v] != s.p[k])
            v++;
        sum += v * weight;
        weight = weight * 3 % 31;
    }
    return str_fmt(a, "%.*s%c", SV(s), abc[(31 - sum % 31) % 31]);
}

static enum err add_sites(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < SITES; i++) {
        struct site s = sites[i];
        s.id = new_id(rq);
        s.city = rq->city;
        e = site_add(rq, &s);
    }
    return e;
}

/* The leather makers sit where the leather is; the guards in town. */
static int firm_site(int i)
{
    return i == LEATHER_FIRM ? 3 : i == 3 ? LEATHER_FIRM : i % SITES;
}

static enum err add_employers(struct request *rq, struct made *m)
{
    enum err e = OK;
    for (int i = 0; !e && i < FIRMS; i++) {
        const struct site *s = &sites[firm_site(i)];
        struct employer p = {.id = new_id(rq), .city = rq->city, .district = s->district, .name = str_c(firms[i]),
                             .uscc = uscc(rq->a, i), .contact = S("负责人"), .address = s->address, .made_ms = rq->now_ms};
        int64_t account;
        p.phone = str_fmt(rq->a, "138000001%02d", i);
        p.place = (struct geo){s->place.lon + 0.004 * (i % 3), s->place.lat + 0.003 * (i % 2)};
        e = employer_add(rq, &p);
        if (!e)
            e = employer_verify(rq, p.id);
        if (!e)
            e = account_for_phone(rq, p.phone, &account);
        if (!e)
            e = account_tie_employer(rq, account, p.id, EMPLOYER);
        m->employer[i] = p.id;
        m->district[i] = p.district;
        m->place[i] = p.place;
    }
    return e;
}

static enum err add_post(struct request *rq, struct made *m, int i)
{
    static const int home[KINDS] = {0, 11, 0, 1, 2, 2, 2, 3, 4, 5, 6, 7, 8, 9, 10}; /* who does such work */
    int k = i % KINDS, f = k == 0 && i / KINDS % 2 ? 11 : home[k];
    int32_t day = cal_day(rq->now_ms) + i / KINDS % 4;
    if (!m->employer[f])
        return OK;
    if (i < KINDS && cal_minute(rq->now_ms) > kinds[k].from)
        day++;
    struct job j = {.id = new_id(rq), .city = rq->city, .district = m->district[f], .employer_id = m->employer[f],
                    .employer_name = str_c(firms[f]), .title = kinds[k].title, .trade = kinds[k].trade,
                    .text = kinds[k].text, .address = sites[firm_site(f)].address, .place = m->place[f],
                    .pay_unit = (int32_t)kinds[k].unit, .pay_fen = kinds[k].pay_fen + i / KINDS * 20,
                    .piece_norm = kinds[k].norm, .rhythm = kinds[k].offers & 1 ? RHYTHM_DAY : RHYTHM_WEEK,
                    .needs = kinds[k].needs, .offers = kinds[k].offers, .papers = kinds[k].papers,
                    .skills = kinds[k].skills, .skills_wanted = kinds[k].skills_wanted,
                    .valid_to = day + 6, .source = S("self"), .made_ms = rq->now_ms, .heads = 2 + i * 7 % 12};
    j.source_id = str_fmt(rq->a, "demo-%lld", (long long)j.id);
    if (i < KINDS)
        m->job[i] = j;
    struct shift s = {.id = new_id(rq), .city = rq->city, .job_id = j.id, .start_ms = cal_ms(day, kinds[k].from),
                      .end_ms = cal_ms(day, kinds[k].to), .break_min = kinds[k].to - kinds[k].from > 360 ? 60 : 0,
                      .cap = j.heads};
    enum err e = job_add(rq, &j);
    if (!e)
        e = shift_add(rq, &s);
    bool waits = i % 10 == 9; /* some wait for the desk */
    return e || waits ? e : job_verify(rq, j.id, i % 3 ? LEVEL_VISITED : LEVEL_PAPERS);
}

/* Work that fits between two school runs where the leather is made, and misses it by a little in the east. */
static enum err add_family_shifts(struct request *rq, const struct made *m)
{
    static const struct {
        int firm, site, to;
        struct str title;
    } of[] = {{LEATHER_FIRM, 3, 900, S("皮具手工家庭班")}, {11, 11, 990, S("样衣剪线头")}};
    enum err e = OK;
    for (int i = 0; !e && i < 6; i++) {
        int k = i % 2, f = of[k].firm;
        if (!m->employer[f])
            continue;
        int32_t day = cal_day(rq->now_ms) + i / 2 + (cal_minute(rq->now_ms) > 540);
        struct job j = {.id = new_id(rq), .city = rq->city, .district = m->district[f], .employer_id = m->employer[f],
                        .employer_name = str_c(firms[f]), .title = of[k].title, .trade = 5,
                        .text = S("穿珠、贴花、剪线头,坐着做,有人教"), .address = sites[of[k].site].address, .place = m->place[f],
                        .pay_unit = PAY_HOUR, .pay_fen = 2500 + 50 * (i / 2), .rhythm = RHYTHM_DAY,
                        .offers = 1 << OFFER_SEATED | 1 << OFFER_INDOOR, .valid_to = day + 6, .source = S("self"),
                        .made_ms = rq->now_ms};
        j.source_id = str_fmt(rq->a, "demo-%lld", (long long)j.id);
        struct shift s = {.id = new_id(rq), .city = rq->city, .job_id = j.id, .start_ms = cal_ms(day, 540), .end_ms = cal_ms(day, of[k].to), .cap = 6};
        e = job_add(rq, &j);
        if (!e)
            e = shift_add(rq, &s);
        if (!e)
            e = job_verify(rq, j.id, LEVEL_VISITED);
    }
    return e;
}

/* Whom the law asks for a certificate has shown it at the desk: some long ago. */
static enum err add_certificate(struct request *rq, const struct person *p, int i)
{
    static const int days[] = {200, 12, -20, 340, 90};
    struct certificate c = {.person_id = p->id, .paper = p->papers & 1 ? 0 : 1, .number = str_fmt(rq->a, "GZ2026%05d", i)};
    c.to_day = p->papers & 1 ? cal_day(rq->now_ms) + days[i / KINDS % 5] : 0;
    return p->papers && i % 7 ? certificate_put(rq, &c) : OK;
}

/* What some have said: hours, least pay, longest way, what the body does not do, and who goes only with whom. The first
 * ones, whom a visitor signs in as, have said nothing. */
static void say(struct person *p, const struct made *m, int i)
{
    enum { QUIET = 20, STANDING = 1 << NEED_STANDING, LIFTING = 1 << NEED_LIFTING, NIGHT = 1 << NEED_NIGHT };
    static const uint32_t limits[] = {STANDING, LIFTING, NIGHT, LIFTING | NIGHT};
    if (i < QUIET)
        return;
    if (i % 7 == 2) {
        p->from_min = 9 * 60;
        p->to_min = 19 * 60;
    }
    if (i % 9 == 4)
        p->floor_fen = 2200 + i % 4 * 200;
    if (i % 11 == 5)
        p->travel_max_min = 30 + i % 3 * 15;
    if (i % 6 == 1)
        p->limits = limits[i / 6 % 4];
    if (i / 2 % 10 == 3) {
        p->partner_id = m->person[i ^ 1];
        p->together = i / 20 % 2 ? TOGETHER_MUST : TOGETHER_PREFER;
    }
}

static enum err add_person(struct request *rq, struct made *m, int i)
{
    const struct site *near = &sites[i % SITES];
    struct person p = {.id = m->person[i], .city = rq->city, .district = near->district,
                       .trade = kinds[i * 7 % KINDS].trade, .home_text = near->address,
                       .home = {near->place.lon + 0.002 * (i % 9 - 4), near->place.lat + 0.002 * (i % 7 - 3)},
                       .born = cal_date((struct ymd){1962 + i * 13 % 42, 1 + i % 12, 1 + i % 28}),
                       .wishes = 1u << i % OFFERS, .school_days = SCHOOL_DAYS, .made_ms = rq->now_ms, .consent_ms = rq->now_ms};
    p.name = str_fmt(rq->a, "%s%s", family[i % 10], i % 2 ? "阿姨" : "师傅");
    p.phone = str_fmt(rq->a, "138%08d", 1000 + i);
    if (i % 8 == 3) { /* a mother between two school runs */
        p.drop_min = 500;
        p.pick_min = 960;
        p.care = p.home;
    }
    int64_t account;
    say(&p, m, i);
    p.papers = kinds[i * 7 % KINDS].papers;
    p.skills = kinds[i * 7 % KINDS].skills | kinds[i * 7 % KINDS].skills_wanted;
    p.skilled = i % 3 ? p.skills : 0;
    enum err e = person_add(rq, &p);
    if (!e)
        e = add_certificate(rq, &p, i);
    if (!e)
        e = account_for_phone(rq, p.phone, &account);
    return e ? e : account_tie_person(rq, account, p.id);
}

/* How day `n` of a kind went: most came and were paid at once; some came late, called off or never came, some
 * wages came late or not at all. */
static struct hire past_day(struct request *rq, const struct job *j, int64_t person_id, int n)
{
    struct hire h = {.id = new_id(rq), .city = rq->city, .job_id = j->id, .employer_id = j->employer_id, .person_id = person_id,
                     .title = j->title, .employer_name = j->employer_name, .address = j->address, .pay_unit = j->pay_unit,
                     .pay_fen = j->pay_fen, .start_ms = j->start_ms, .end_ms = j->end_ms, .break_min = j->break_min,
                     .made_ms = j->start_ms - DAY_MS};
    int64_t minutes = (h.end_ms - h.start_ms) / MIN_MS - h.break_min;
    if (n % 13 == 5) {
        h.state = HIRE_NO_SHOW;
        h.ended_ms = h.start_ms + 40 * MIN_MS;
        return h;
    }
    h.in_ms = h.start_ms + (n % 11 == 3 ? 25 : -6) * MIN_MS;
    h.out_ms = h.end_ms;
    h.minutes = minutes;
    h.pieces = j->piece_norm * minutes / 60;
    h.worker_ok = h.employer_ok = true;
    h.worker_minutes = h.employer_minutes = minutes;
    h.worker_pieces = h.employer_pieces = h.pieces;
    h.agreed_ms = h.end_ms + HOUR_MS;
    h.wage_fen = wage_of(&(const struct work){(enum pay_unit)h.pay_unit, h.pay_fen, minutes, h.pieces, minutes});
    h.state = n % 37 == 7 ? HIRE_DISPUTED : HIRE_SETTLED;
    h.paid_how = 1 + n % 4;
    h.paid_ms = h.agreed_ms + (n % 17 == 4 ? 40 : 2) * HOUR_MS;
    return h;
}

/* As the two of them would have: owed once agreed, paid once received. */
static enum err add_to_ledger(struct request *rq, const struct hire *h)
{
    enum err e = hire_owed(h) ? wage_due(rq, h->id, h->wage_fen) : OK;
    return e || h->state != HIRE_SETTLED ? e : wage_paid(rq, h->id, h->wage_fen, str_c(hire_hows[h->paid_how].key));
}

/* Two months behind us: each kind of work on some days, by those who look for it. */
static enum err add_past(struct request *rq, struct made *m)
{
    static const int ago[] = {2, 5, 9, 14, 20, 27, 35, 44, 58};
    enum { TEAM = 3, LOOKING = PEOPLE / KINDS };
    enum err e = OK;
    for (int n = 0; !e && n < KINDS * (int)(sizeof ago / sizeof *ago); n++) {
        int k = n % KINDS, day = n / KINDS;
        int32_t at = cal_day(rq->now_ms) - ago[day];
        struct job *j = &m->job[k];
        j->start_ms = cal_ms(at, kinds[k].from);
        j->end_ms = cal_ms(at, kinds[k].to);
        struct shift s = {.id = new_id(rq), .city = rq->city, .job_id = j->id, .start_ms = j->start_ms, .end_ms = j->end_ms, .cap = TEAM};
        struct hire h[TEAM];
        for (int i = 0; i < TEAM; i++) { /* person p looks for kind p * 7 % KINDS, and 13 is the inverse of 7 */
            int p = k * 13 % KINDS + (day * 2 + i) % (LOOKING - 5) * KINDS;
            h[i] = past_day(rq, j, m->person[p], n * TEAM + i);
            h[i].shift_id = s.id;
            s.taken += hire_active(&h[i]);
        }
        e = shift_add(rq, &s);
        for (int i = 0; !e && i < TEAM; i++) {
            e = hire_add(rq, &h[i]);
            if (!e)
                e = add_to_ledger(rq, &h[i]);
        }
    }
    return e;
}

/* A small one, where two people do everything. */
static enum err station(struct request *rq, struct site *ret)
{
    struct site *all;
    size_t n;
    enum err e = site_all(rq, &all, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (str_eq(all[i].name, sites[STATION].name))
            *ret = all[i];
    return e;
}

static enum err add_staff(struct request *rq)
{
    static const struct {
        const char *phone;
        enum role role;
        struct str name;
        bool station; /* of one site only */
    } table[] = {{"13800000001", CONSULTANT, S("黄顾问"), false},   {"13800000002", INSPECTOR, S("李工"), false},
                 {"13800000003", CITY_ADMIN, S("市管理员"), false}, {"13800000004", SITE_MANAGER, S("陈站长"), false},
                 {"13800000005", GRID, S("网格员小梁"), false},     {"13800000006", TRAINER, S("何老师"), false},
                 {"13800000007", MEDIATOR, S("谭调解员"), false},   {"13800000008", DISTRICT_ADMIN, S("区管理员"), false},
                 {"13800000009", AUDITOR, S("审计员"), false},      {"13800000010", CONSULTANT, S("车陂驿站顾问"), true},
                 {"13800000011", SITE_MANAGER, S("车陂驿站站长"), true}};
    struct site at = {.id = 0};
    enum err e = station(rq, &at);
    for (size_t i = 0; !e && i < sizeof table / sizeof *table; i++) {
        int64_t account;
        e = account_for_phone(rq, str_c(table[i].phone), &account);
        if (!e)
            e = account_grant(rq, account, table[i].role, table[i].station ? at.district : 0, table[i].station ? at.id : 0);
        if (!e)
            e = account_rename(rq, account, table[i].name);
    }
    return e;
}

/* The board and the kiosk of the first site, under addresses that can be remembered. */
static enum err add_screens(struct request *rq)
{
    static const struct screen screens[] = {{.kind = SCREEN_HALL, .name = S("大厅屏")}, {.kind = SCREEN_KIOSK, .name = S("门口自助机")}};
    struct site *all;
    size_t n;
    enum err e = site_all(rq, &all, &n);
    for (size_t i = 0; !e && n && i < sizeof screens / sizeof *screens; i++) {
        struct screen s = screens[i];
        s.site_id = all[0].id;
        e = plaza_add_screen(rq, &s, i ? S("demo") : S("board"));
    }
    return e;
}

static enum err add_work(struct request *rq, struct made *m)
{
    enum err e = OK;
    for (int i = 0; !e && i < POSTS; i++)
        e = add_post(rq, m, i);
    return e ? e : add_family_shifts(rq, m);
}

/* Those that may post still. */
static enum err find_employers(struct request *rq, struct made *m)
{
    struct employer *v;
    size_t n;
    enum err e = employer_list(rq, &(struct employer){.state = EMPLOYER_VERIFIED}, reach_city, &v, &n);
    for (size_t k = 0; !e && k < n; k++)
        for (int i = 0; i < FIRMS; i++)
            if (str_eq(v[k].uscc, uscc(rq->a, i))) {
                m->employer[i] = v[k].id;
                m->district[i] = v[k].district;
                m->place[i] = v[k].place;
            }
    return e;
}

/* A demonstration started again days later has people and a past, and work ahead too. */
static enum err freshen(struct request *rq)
{
    struct job *v;
    size_t n;
    struct made m = {.employer = {0}};
    enum err e = job_shown(rq, rq->now_ms, INT64_MAX, STALE, &v, &n);
    if (e || n == STALE)
        return e;
    e = find_employers(rq, &m);
    return e ? e : add_work(rq, &m);
}

enum err demo_fill(struct request *rq)
{
    struct site *v;
    size_t n;
    struct made m;
    enum err e = site_all(rq, &v, &n);
    if (e || n)
        return e ? e : freshen(rq);
    e = add_sites(rq);
    if (!e)
        e = add_employers(rq, &m);
    if (!e)
        e = add_work(rq, &m);
    for (int i = 0; i < PEOPLE; i++)
        m.person[i] = new_id(rq);
    for (int i = 0; !e && i < PEOPLE; i++)
        e = add_person(rq, &m, i);
    if (!e)
        e = add_past(rq, &m);
    if (!e)
        e = add_screens(rq);
    return e ? e : add_staff(rq);
}

static enum err keep_fresh(struct request *rq)
{
    return rq->app->demo ? demo_fill(rq) : OK;
}

static const struct timer timers[] = {{.name = "demo.fill", .every_s = 600, .run = keep_fresh}, {0}};
const struct feature demo_feature = {.name = "demo", .timers = timers};
