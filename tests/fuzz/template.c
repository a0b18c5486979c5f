/* template.c - fuzz target: any bytes as a template; what is accepted is rendered too. */
#include "http/page.h"
#include "http/template.h"
#include "http/texts.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n)
{
    static struct arena kept;
    static struct texts *texts;
    struct arena a;
    struct str why;
    struct buf out;
    if (!texts) {
        arena_init(&kept, 0);
        if (texts_load(&kept, &texts, &why))
            __builtin_trap();
    }
    arena_init(&a, 0);
    struct pages *pages = pages_new(&a, texts);
    struct view *v = view_new(&a);
    view_str(v, "a", S("<&>"));
    view_str(view_item(v, "b"), "a", S("x"));
    buf_init(&out, &a, 1 << 16);
    if (n < 4096 && pages_add(pages, &a, S("x"), (struct str){(const char *)p, n}, &why) == OK)
        pages_render(pages, &out, S("x"), LANG_ZH, v);
    arena_done(&a);
    return 0;
}
