/* A device that fails: every call that reaches files below one folder is counted, and from the chosen one
 * on (or that one alone) refused with the chosen error. Loaded before libc (LD_PRELOAD); a test arms it. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static atomic_int armed, counted, first, every, number, torn, reading;

void device_at(const char *path) { snprintf(folder, sizeof folder, "%s", path); }

void device_arm(int after, int from_then_on, int error, int tear, int reads) {
    counted = 0; first = after; every = from_then_on; number = error; torn = tear; reading = reads;
    armed = 1;
}

/* How many calls reached the device since it was armed. */
int device_heal(void) { armed = 0; return counted; }

static int on_device(const char *path) {
    if (path == NULL || folder[0] == 0) return 0;
    if (path[0] == '/') return strncmp(path, folder, strlen(folder)) == 0;
    return 0;
}

static int fd_on_device(int fd) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return on_device(path);
}

/* Count this call; 1 where it is to fail. A torn write is made by half before the program is killed. */
static int failing(int writing) {
    int at = atomic_fetch_add(&counted, 1);
    if (at != first && !(every && at > first)) return 0;
    if (number == 0 && !(torn && writing)) kill(getpid(), SIGKILL); /* 0: the program is killed there */
    errno = number;
    return 1;
}

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (armed && fd_on_device(fd) && failing(1)) {
        if (torn && size > 1) real(fd, data, size / 2);
        if (number == 0) kill(getpid(), SIGKILL);
        errno = number; return -1;
    }
    return real(fd, data, size);
}

#define PWRITE(name, offset_type) \
ssize_t name(int fd, const void *data, size_t size, offset_type at) { \
    REAL(name); \
    if (armed && fd_on_device(fd) && failing(1)) { \
        if (torn && size > 1) real(fd, data, size / 2, at); \
        if (number == 0) kill(getpid(), SIGKILL); \
        errno = number; return -1; \
    } \
    return real(fd, data, size, at); \
}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define PREAD(name, offset_type) \
ssize_t name(int fd, void *data, size_t size, offset_type at) { \
    REAL(name); \
    if (armed && reading && fd_on_device(fd) && failing(0)) return -1; \
    return real(fd, data, size, at); \
}
PREAD(pread, off_t)
PREAD(pread64, off64_t)

ssize_t read(int fd, void *data, size_t size) {
    REAL(read);
    if (armed && reading && fd_on_device(fd) && failing(0)) return -1;
    return real(fd, data, size);
}

#define ON_FD(name) \
int name(int fd) { \
    REAL(name); \
    if (armed && fd_on_device(fd) && failing(0)) return -1; \
    return real(fd); \
}
ON_FD(fsync)
ON_FD(fdatasync)

#define TRUNCATE(name, offset_type) \
int name(int fd, offset_type size) { \
    REAL(name); \
    if (armed && fd_on_device(fd) && failing(0)) return -1; \
    return real(fd, size); \
}
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

#define TWO_PATHS(name) \
int name(const char *from, const char *to) { \
    REAL(name); \
    if (armed && on_device(to) && failing(0)) return -1; \
    return real(from, to); \
}
TWO_PATHS(rename)
TWO_PATHS(link)

int unlink(const char *path) {
    REAL(unlink);
    if (armed && on_device(path) && failing(0)) return -1;
    return real(path);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    if (armed && on_device(path) && failing(0)) return -1;
    return real(path, mode);
}

#define OPENS(name) \
int name(const char *path, int flags, ...) { \
    REAL(name); \
    mode_t mode = 0; \
    if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    if (armed && (flags & O_CREAT) && on_device(path) && failing(0)) return -1; \
    return real(path, flags, mode); \
}
OPENS(open)
OPENS(open64)
