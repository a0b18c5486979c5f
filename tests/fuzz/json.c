/* json.c - fuzz target: any bytes as JSON into the widest record. */
#include "feature/job/job.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    struct job j = {0};
    struct errors err = {0};
    arena_init(&a, 0);
    record_from_json(&a, &job_record, ANYONE, (struct str){(const char *)p, n}, &j, NULL, &err);
    arena_done(&a);
    return 0;
}
