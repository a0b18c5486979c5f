/* csv.c - fuzz target: any bytes as CSV, to the end. */
#include "record/csv.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    struct arena a;
    struct csv c;
    struct str cells[CSV_COLUMNS], why;
    size_t width;
    arena_init(&a, 0);
    if (csv_open(&c, &a, (struct str){(const char *)p, n}, &why))
        while (csv_next(&c, cells, &width, &why) != CSV_END)
            continue;
    arena_done(&a);
    return 0;
}
