/* file.c - see the header. */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

bool file_read(struct arena *a, const char *path, int64_t max, struct str *ret)
{
    struct stat st = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fstat(fd, &st) == 0;
    if (good && (!S_ISREG(st.st_mode) || st.st_size >= max)) {
        errno = EFBIG;
        good = false;
    }
    size_t n = 0, size = good ? (size_t)st.st_size : 0;
    char *p = good ? arena_alloc(a, size + 1) : NULL;
    while (good && n < size) {
        ssize_t got = read(fd, p + n, size - n);
        good = got > 0;
        n += good ? (size_t)got : 0;
    }
    if (fd >= 0)
        close(fd);
    if (good)
        *ret = (struct str){p, n};
    return good;
}
