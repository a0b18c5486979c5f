/* pay.c - fuzz target: any bytes as what an advertisement pays, and as its words for the real rules. */
#include "cmd/cmd.h"
#include "feature/job/job_import_rules.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    static struct arena kept;
    static struct app app;
    struct str why, s = {(const char *)p, n};
    struct pay_range pay;
    struct findings found = {0};
    if (!app.rules) {
        arena_init(&kept, 0);
        if (app_rules(&kept, &app, &why))
            __builtin_trap();
    }
    if (pay_parse(s, &pay) && (pay.min_fen < 0 || pay.max_fen < pay.min_fen))
        __builtin_trap();
    rules_screen(app.rules, &(struct ad){.title = s, .text = s}, &found);
    return 0;
}
