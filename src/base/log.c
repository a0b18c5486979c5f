/* log.c - logfmt on stderr, one write per line so that threads do not mix. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

void log_at(enum log_level level, const char *fmt, ...)
{
    static const char *const names[] = {"info", "warn", "error"};
    char line[1024];
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t n = strftime(line, sizeof line, "t=%Y-%m-%dT%H:%M:%SZ ", &utc);
    n += (size_t)snprintf(line + n, sizeof line - n, "level=%s ", names[level]);
    va_list ap;
    va_start(ap, fmt);
    int more = vsnprintf(line + n, sizeof line - n - 1, fmt, ap);
    va_end(ap);
    n += more < 0 ? 0 : (size_t)more;
    if (n > sizeof line - 2)
        n = sizeof line - 2;
    line[n++] = '\n';
    ssize_t done = write(STDERR_FILENO, line, n);
    (void)done; /* nowhere left to complain */
}
