/* employer_rules.c - see the header. */
#include "feature/employer/employer_rules.h"

#include <string.h>

const struct rule uscc_wrong = {"uscc_wrong", "GB 32100-2015"};
const struct rule licence_missing = {"licence_missing", "人力资源市场暂行条例 Art. 18"};
const struct rule employer_not_new = {"employer_not_new", "already decided"};
const struct rule uscc_elsewhere = {"uscc_elsewhere", "GB 32100-2015: a code is one firm's"};
const struct rule employer_known = {"employer_known", "what was checked once is not another firm's"};

bool uscc_ok(struct str s)
{
    static const char abc[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    int weight = 1, sum = 0;
    if (s.n != 18)
        return false;
    for (int i = 0; i < 17; i++) {
        const char *at = s.p[i] ? strchr(abc, s.p[i]) : NULL;
        if (!at)
            return false;
        sum += (int)(at - abc) * weight;
        weight = weight * 3 % 31;
    }
    return s.p[17] == abc[(31 - sum % 31) % 31];
}
