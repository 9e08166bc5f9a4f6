#ifndef ERRATA_CZLIB_H
#define ERRATA_CZLIB_H

#include <zlib.h>

/// inflateInit2 is a macro; 16 asks for a gzip header: https://www.zlib.net/manual.html
static inline int errata_inflate_init_gzip(z_stream *stream) {
  return inflateInit2(stream, 16 + MAX_WBITS);
}

/// The same for the inside of a member, where there is no header.
static inline int errata_inflate_init_raw(z_stream *stream) {
  return inflateInit2(stream, -MAX_WBITS);
}

/// Whatever it was made for, a gzip header is next.
static inline int errata_inflate_reset_gzip(z_stream *stream) {
  return inflateReset2(stream, 16 + MAX_WBITS);
}

/// The same for writing: as fast as can be, with a gzip header.
static inline int errata_deflate_init_gzip(z_stream *stream) {
  return deflateInit2(stream, Z_BEST_SPEED, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
}

#endif
