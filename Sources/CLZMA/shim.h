#ifndef ERRATA_CLZMA_H
#define ERRATA_CLZMA_H

#include <lzma.h>

/// LZMA_CONCATENATED is a macro with a suffix: all streams of a file, one after the other.
static inline lzma_ret errata_xz_decoder(lzma_stream *stream, uint64_t memory) {
  return lzma_stream_decoder(stream, memory, LZMA_CONCATENATED);
}

#endif
