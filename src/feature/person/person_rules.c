/* person_rules.c - see the header. */
#include "feature/person/person_rules.h"

#include "feature/person/person.h"

const struct rule too_young = {"A01", "禁止使用童工规定 Art. 2, 4; 劳动法 Art. 15"};
const struct rule age_unasked = {"age_unasked", "禁止使用童工规定 Art. 4"};
const struct rule idnum_wrong = {"idnum_wrong", "GB 11643-1999"};
const struct rule hours_wrong = {"hours_wrong", "from must not be to"};
const struct rule partner_taken = {"partner_taken", "a couple is two people"};
const struct rule partner_self = {"partner_self", "a couple is two people"};
const struct rule leave_sure = {"leave_sure", "what cannot be undone is asked once more"};
const struct rule leave_complaint = {"leave_complaint", "个人信息保护法 Art. 47: what the law wants kept"};
const struct rule undo_late = {"undo_late", "an hour, by the same hand, before anything is taken"};

bool idnum_like(struct str s)
{
    size_t i = 0;
    while (i < s.n && s.p[i] >= '0' && s.p[i] <= '9')
        i++;
    return s.n == 18 && (i == 18 || (i == 17 && (s.p[17] == 'x' || s.p[17] == 'X')));
}

bool idnum_ok(struct str s, int32_t *ret_born)
{
    static const int weight[17] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static const char check[] = "10X98765432";
    int sum = 0;
    struct ymd d;
    if (!idnum_like(s))
        return false;
    for (int i = 0; i < 17; i++)
        sum += (s.p[i] - '0') * weight[i];
    char last = s.p[17] == 'x' ? 'X' : s.p[17];
    d.y = (s.p[6] - '0') * 1000 + (s.p[7] - '0') * 100 + (s.p[8] - '0') * 10 + s.p[9] - '0';
    d.m = (s.p[10] - '0') * 10 + s.p[11] - '0';
    d.d = (s.p[12] - '0') * 10 + s.p[13] - '0';
    if (last != check[sum % 11] || !cal_valid(d))
        return false;
    *ret_born = cal_date(d);
    return true;
}

const struct rule *age_broken(int32_t born, bool child, int32_t day, int64_t age_min)
{
    return (born ? cal_age(born, day) < age_min : child) ? &too_young : NULL;
}

const struct rule *hours_broken(int64_t from_min, int64_t to_min)
{
    return to_min && from_min == to_min ? &hours_wrong : NULL;
}
