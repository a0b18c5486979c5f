/* view.h - inside page.c and view.c: how the values of a page are kept. */
#pragma once
#include "http/page.h"

enum item_kind { ITEM_STR, ITEM_BOOL, ITEM_VIEW, ITEM_LIST, ITEM_SVG, ITEM_JSON };

struct item {
    struct item *next;
    struct str name; /* measured once: it is compared with every other one of the card */
    enum item_kind kind;
    struct str s;
    bool b;
    struct view *first, *last; /* VIEW, LIST */
};

struct view {
    struct arena *a;
    struct item *items, *last;
    struct view *next, *outer;
};

/* Looks outward through enclosing views; dotted names go inward. NULL if there is none. */
const struct item *view_find(const struct view *v, struct str name);
