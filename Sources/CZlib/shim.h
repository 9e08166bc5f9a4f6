#ifndef ERRATA_CZLIB_H
#define ERRATA_CZLIB_H

#include <zlib.h>

/// inflateInit2 is a macro; 16 asks for a gzip header: https://www.zlib.net/manual.html
static inline int errata_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 16 + MAX_WBITS);
}

#endif
