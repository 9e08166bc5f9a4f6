#ifndef ERRATA_CXXHASH_H
#define ERRATA_CXXHASH_H

#include <xxhash.h>

#endif
