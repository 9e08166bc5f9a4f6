#ifndef ERRATA_CARCHIVE_H
#define ERRATA_CARCHIVE_H

/// libarchive, found when the first file is read by it.
/// https://github.com/libarchive/libarchive/wiki/ManPageArchiveRead3

#ifndef ERRATA_CARCHIVE_C
// What is called by these names is that of CArchive.c, which calls the library.
#pragma redefine_extname archive_error_string errata_archive_error_string
#pragma redefine_extname archive_read_data errata_archive_read_data
#pragma redefine_extname archive_read_free errata_archive_read_free
#pragma redefine_extname archive_read_new errata_archive_read_new
#pragma redefine_extname archive_read_next_header errata_archive_read_next_header
#pragma redefine_extname archive_read_open errata_archive_read_open
#pragma redefine_extname archive_read_support_filter_bzip2 errata_archive_read_support_filter_bzip2
#pragma redefine_extname archive_read_support_filter_lz4 errata_archive_read_support_filter_lz4
#pragma redefine_extname archive_read_support_filter_zstd errata_archive_read_support_filter_zstd
#pragma redefine_extname archive_read_support_format_empty errata_archive_read_support_format_empty
#pragma redefine_extname archive_read_support_format_raw errata_archive_read_support_format_raw
#endif

#include <archive.h>
#include <archive_entry.h>

/// Null if the library is there; without it nothing else may be called. Else why it is not, until this
/// thread calls again, which tries again.
const char *errata_archive_load(void);

#endif
