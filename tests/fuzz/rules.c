/* rules.c - fuzz target: any bytes as a rule file; what is accepted is listed, tried and asked. */
#include "base/buf.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    struct buf out;
    struct rules *r;
    struct str why;
    int run;
    int64_t number;
    struct wage_floor floor;
    arena_init(&a, 0);
    buf_init(&out, &a, 1 << 20);
    struct rule_file file = {S("fuzz.rule"), {(const char *)p, n}};
    if (rules_load(&a, &file, 1, &r, &why) == OK) {
        rules_list(r, &out);
        rules_check(r, &out, &run);
        rules_number(r, "age.min", 440100, 20000, &number);
        rules_wage_floor(r, 440100, 20000, &floor);
        rules_free(r);
    }
    arena_done(&a);
    return 0;
}
