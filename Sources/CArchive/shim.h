#ifndef ERRATA_CARCHIVE_H
#define ERRATA_CARCHIVE_H

#include <archive.h>
#include <archive_entry.h>

#endif
