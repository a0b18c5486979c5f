/* audit.h - the lines of the audit chain before those who answer for the whole city: who did what to
 * which thing and why, and whether the chain is whole. The lines themselves are written by the router. */
#pragma once
#include "http/app.h"

extern const struct feature audit_feature;
/* Timer: reads the whole chain and keeps what it finds for those who ask. */
MUST_USE enum err audit_check(struct app *app);
