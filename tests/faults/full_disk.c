/* A disk that is full while the file named by FULL_DISK_MARK exists: loaded before libc, it refuses every write to a
 * regular file with ENOSPC. What goes to stdout and stderr passes, so that the log can tell. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int is_full_for(int fd) {
    const char *mark = getenv("FULL_DISK_MARK");
    struct stat facts;
    return fd > 2 && mark && access(mark, F_OK) == 0 && fstat(fd, &facts) == 0 && S_ISREG(facts.st_mode);
}

#define REFUSE_WHEN_FULL(name, type, parameters, arguments)                 \
    ssize_t name parameters {                                               \
        static type real;                                                   \
        if (!real) real = (type)dlsym(RTLD_NEXT, #name);                    \
        if (is_full_for(fd)) { errno = ENOSPC; return -1; }                 \
        return real arguments;                                              \
    }

typedef ssize_t (*write_t)(int, const void *, size_t);
typedef ssize_t (*pwrite_t)(int, const void *, size_t, off_t);
typedef ssize_t (*writev_t)(int, const struct iovec *, int);
typedef ssize_t (*copy_t)(int, off_t *, int, off_t *, size_t, unsigned);

REFUSE_WHEN_FULL(write, write_t, (int fd, const void *bytes, size_t count), (fd, bytes, count))
REFUSE_WHEN_FULL(pwrite, pwrite_t, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at))
REFUSE_WHEN_FULL(pwrite64, pwrite_t, (int fd, const void *bytes, size_t count, off_t at), (fd, bytes, count, at))
REFUSE_WHEN_FULL(writev, writev_t, (int fd, const struct iovec *parts, int count), (fd, parts, count))
REFUSE_WHEN_FULL(copy_file_range, copy_t, (int from, off_t *at, int fd, off_t *to, size_t count, unsigned flags),
                 (from, at, fd, to, count, flags))
