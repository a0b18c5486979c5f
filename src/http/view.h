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

/* The fields of a record, put into `values` as the template asks for them. */
struct told {
    struct request *rq;
    const struct record *rec;
    const void *in;
    uint64_t done; /* bit i: field i is in `values` */
    struct view *values;
    struct told *next; /* told before, and looked at after it */
};

struct view {
    struct arena *a;
    struct item *items, *last;
    struct told *told; /* looked at after the items */
    struct view *next, *outer;
};

const struct item *view_own(const struct view *v, struct str name); /* its own items; NULL if there is none */
const struct item *told_find(struct told *t, struct str name);

/* Looks outward through enclosing views; dotted names go inward. NULL if there is none. */
const struct item *view_find(const struct view *v, struct str name);
