// Here the library's functions go by their own names.
#define ERRATA_CARCHIVE_C
#include "CArchive.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

// Not null where a program has the library linked in.
#define EACH(use)                        \
  use(archive_error_string)              \
  use(archive_read_data)                 \
  use(archive_read_free)                 \
  use(archive_read_new)                  \
  use(archive_read_next_header)          \
  use(archive_read_open)                 \
  use(archive_read_support_filter_bzip2) \
  use(archive_read_support_filter_lz4)   \
  use(archive_read_support_filter_zstd)  \
  use(archive_read_support_format_empty) \
  use(archive_read_support_format_raw)
#define LINKED(name) extern __typeof__(name) name __attribute__((weak));
EACH(LINKED)

/// What is used of the library.
#define PLACE(name) __typeof__(name) *name;
static struct {
  EACH(PLACE)
} library;

static int is_there = 0;
/// Why it is not, in the words of the loader.
static char why[512];
static pthread_mutex_t loading = PTHREAD_MUTEX_INITIALIZER;

static void load(void) {
  if (archive_read_new) {
#define TAKE(name) library.name = name;
    EACH(TAKE)
    is_there = 1;
    return;
  }
  void *handle = dlopen("libarchive.so.13", RTLD_NOW | RTLD_LOCAL);
  if (!handle) {
    snprintf(why, sizeof why, "%s", dlerror());
    return;
  }
  void *function;
#define FIND(name)                              \
  function = dlsym(handle, #name);              \
  if (!function) {                              \
    snprintf(why, sizeof why, "%s", dlerror()); \
    return;                                     \
  }                                             \
  memcpy(&library.name, &function, sizeof function);
  EACH(FIND)
  is_there = 1;
}

int errata_archive_load(char *text, size_t size) {
  pthread_mutex_lock(&loading);
  if (!is_there) load();
  snprintf(text, size, "%s", why);
  int found = is_there;
  pthread_mutex_unlock(&loading);
  return found;
}

#define FORWARD(result, name, parameters, arguments) \
  result errata_##name parameters;                   \
  result errata_##name parameters { return library.name arguments; }

typedef struct archive archive;
FORWARD(const char *, archive_error_string, (archive *it), (it))
FORWARD(la_ssize_t, archive_read_data, (archive *it, void *bytes, size_t size), (it, bytes, size))
FORWARD(int, archive_read_free, (archive *it), (it))
FORWARD(archive *, archive_read_new, (void), ())
FORWARD(int, archive_read_next_header, (archive *it, struct archive_entry **entry), (it, entry))
FORWARD(int, archive_read_open,
        (archive *it, void *context, archive_open_callback *open, archive_read_callback *read,
         archive_close_callback *close),
        (it, context, open, read, close))
FORWARD(int, archive_read_support_filter_bzip2, (archive *it), (it))
FORWARD(int, archive_read_support_filter_lz4, (archive *it), (it))
FORWARD(int, archive_read_support_filter_zstd, (archive *it), (it))
FORWARD(int, archive_read_support_format_empty, (archive *it), (it))
FORWARD(int, archive_read_support_format_raw, (archive *it), (it))
