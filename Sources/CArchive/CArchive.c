// Here the library's functions go by their own names.
#define ERRATA_CARCHIVE_C
#include "CArchive.h"

#include "CLoader.h"

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
EACH(ERRATA_LINKED)

/// What is used of the library.
static struct {
  EACH(ERRATA_PLACE)
} library;

static const errata_function functions[] = {EACH(ERRATA_FUNCTION){0}};
static errata_library loaded = {
    .file = "libarchive.so.13", .functions = functions, .lock = PTHREAD_MUTEX_INITIALIZER};

const char *errata_archive_load(void) { return errata_load(&loaded); }

typedef struct archive archive;
ERRATA_FORWARD(const char *, archive_error_string, (archive *it), (it))
ERRATA_FORWARD(la_ssize_t, archive_read_data, (archive *it, void *bytes, size_t size), (it, bytes, size))
ERRATA_FORWARD(int, archive_read_free, (archive *it), (it))
ERRATA_FORWARD(archive *, archive_read_new, (void), ())
ERRATA_FORWARD(int, archive_read_next_header, (archive *it, struct archive_entry **entry), (it, entry))
ERRATA_FORWARD(int, archive_read_open,
               (archive *it, void *context, archive_open_callback *open, archive_read_callback *read,
                archive_close_callback *close),
               (it, context, open, read, close))
ERRATA_FORWARD(int, archive_read_support_filter_bzip2, (archive *it), (it))
ERRATA_FORWARD(int, archive_read_support_filter_lz4, (archive *it), (it))
ERRATA_FORWARD(int, archive_read_support_filter_zstd, (archive *it), (it))
ERRATA_FORWARD(int, archive_read_support_format_empty, (archive *it), (it))
ERRATA_FORWARD(int, archive_read_support_format_raw, (archive *it), (it))
