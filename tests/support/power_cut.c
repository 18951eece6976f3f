/* What reaches the files below one folder, in its order: every write with its bytes, every flush, every name
 * that comes, goes or changes. Loaded before libc (LD_PRELOAD); ``power_cut.py`` makes of the record what a
 * power cut may leave. A record: kind, number of the file, offset, lengths of two texts, the texts. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[4096];
static int record = -1;
static volatile int armed;
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
enum { CREATE = 1, WRITE, TRUNCATE, FLUSH, RENAME, UNLINK, MKDIR, RMDIR, LINK, TOLD };
struct head { int64_t kind, number, at, one, two; };

#define REAL(name) static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

static ssize_t out(const void *data, size_t size) { REAL(write); return real(record, data, size); }

static void note(int kind, ino_t number, off_t at, const void *one, size_t first, const char *two) {
    struct head head = {kind, number, at, first, two ? strlen(two) : 0};
    pthread_mutex_lock(&turn);
    if (armed) {
        out(&head, sizeof head);
        if (first) out(one, first);
        if (head.two) out(two, head.two);
    }
    pthread_mutex_unlock(&turn);
}

void power_watch(const char *path, const char *to) {
    snprintf(folder, sizeof folder, "%s", path);
    record = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
    armed = 1;
}

/* The program was told that something is done. */
void power_told(void) { note(TOLD, 0, 0, NULL, 0, NULL); }

void power_ignore(void) { armed = 0; close(record); record = -1; }

static int below(const char *path) {
    size_t length = strlen(folder);
    return armed && path && length && !strncmp(path, folder, length) && (path[length] == '/' || !path[length]);
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, 4095);
    if (length <= 0) return 0;
    path[length] = 0;
    return below(path);
}

static int watched(int fd) { char path[4096]; return armed && fd != record && path_of(fd, path); }

static ino_t number_of(int fd) { struct stat found; return fstat(fd, &found) ? 0 : found.st_ino; }

static ino_t number_at(const char *path) { struct stat found; return lstat(path, &found) ? 0 : found.st_ino; }

ssize_t write(int fd, const void *data, size_t size) {
    REAL(write);
    if (!watched(fd)) return real(fd, data, size);
    off_t at = lseek(fd, 0, SEEK_CUR);
    ssize_t done = real(fd, data, size);
    if (done > 0) note(WRITE, number_of(fd), at, data, done, NULL);
    return done;
}

#define PWRITE(name, offset_type) \
ssize_t name(int fd, const void *data, size_t size, offset_type at) { \
    REAL(name); \
    ssize_t done = real(fd, data, size, at); \
    if (done > 0 && watched(fd)) note(WRITE, number_of(fd), at, data, done, NULL); \
    return done; \
}
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define ON_FD(name) \
int name(int fd) { \
    REAL(name); \
    int done = real(fd); \
    if (!done && watched(fd)) note(FLUSH, number_of(fd), 0, NULL, 0, NULL); \
    return done; \
}
ON_FD(fsync)
ON_FD(fdatasync)

#define CUT(name, offset_type) \
int name(int fd, offset_type size) { \
    REAL(name); \
    int done = real(fd, size); \
    if (!done && watched(fd)) note(TRUNCATE, number_of(fd), size, NULL, 0, NULL); \
    return done; \
}
CUT(ftruncate, off_t)
CUT(ftruncate64, off64_t)

#define TWO_PATHS(name, kind) \
int name(const char *from, const char *to) { \
    REAL(name); \
    int done = real(from, to); \
    if (!done && (below(to) || below(from))) note(kind, number_at(to), 0, from, strlen(from), to); \
    return done; \
}
TWO_PATHS(rename, RENAME)
TWO_PATHS(link, LINK)

#define ONE_PATH(name, kind) \
int name(const char *path) { \
    REAL(name); \
    int done = real(path); \
    if (!done && below(path)) note(kind, 0, 0, path, strlen(path), NULL); \
    return done; \
}
ONE_PATH(unlink, UNLINK)
ONE_PATH(rmdir, RMDIR)

int unlinkat(int at, const char *path, int flags) {
    REAL(unlinkat);
    char whole[8300];
    int relative = path[0] != '/' && at != AT_FDCWD && path_of(at, whole);
    if (relative) { strcat(whole, "/"); strncat(whole, path, 4000); } else snprintf(whole, 4096, "%s", path);
    int done = real(at, path, flags);
    if (!done && below(whole)) note(flags & AT_REMOVEDIR ? RMDIR : UNLINK, 0, 0, whole, strlen(whole), NULL);
    return done;
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    int done = real(path, mode);
    if (!done && below(path)) note(MKDIR, number_at(path), 0, path, strlen(path), NULL);
    return done;
}

#define OPENS(name) \
int name(const char *path, int flags, ...) { \
    REAL(name); \
    mode_t mode = 0; \
    if (flags & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); } \
    int there = below(path) && number_at(path) != 0; \
    int fd = real(path, flags, mode); \
    if (fd >= 0 && below(path) && !there) note(CREATE, number_of(fd), 0, path, strlen(path), NULL); \
    if (fd >= 0 && below(path) && there && flags & O_TRUNC) note(TRUNCATE, number_of(fd), 0, NULL, 0, NULL); \
    return fd; \
}
OPENS(open)
OPENS(open64)
