/* print.h - slips on the receipt printer of the hall (lingji.conf: printer = HOST:9100): ESC/POS, 80 mm,
 * GB18030. A slip is a row in the same transaction, sent by a timer within seconds; one that finds no
 * printer for PRINT_MS is dropped, since nobody waits for it any more. */
#pragma once
#include "base/buf.h"
#include "http/app.h"
#include "http/request.h"

enum { PRINT_MS = 3 * 60 * 1000, PRINT_MAX = 4096 };

struct paper {
    struct str head;  /* large, centred */
    struct str lines; /* split by '\n' */
    struct str url;   /* QR code, or empty */
    struct str foot;
};

extern const struct feature print_feature;
/* Whether a printer is configured. */
bool print_ready(const struct request *rq);
/* OK and nothing done when there is none. */
MUST_USE enum err print_slip(struct request *rq, const struct paper *p);
/* Sends what waits to the printer; for the timer and tests. */
MUST_USE enum err print_due(struct app *app);

/* The bytes for the printer, at most PRINT_MAX; what GB18030 does not have becomes '?'. Pure. */
struct str paper_escpos(struct arena *a, const struct paper *p);
