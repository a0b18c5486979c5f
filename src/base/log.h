/* log.h - one line of logfmt on stderr per event. Never with personal data: ids and codes only. */
#pragma once
#include "base/str.h"

enum log_level { LOG_INFO, LOG_WARN, LOG_ERROR };
void log_at(enum log_level level, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
