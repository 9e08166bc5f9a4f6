#ifndef ERRATA_CMATH_H
#define ERRATA_CMATH_H

/// The square root of x² + y².
///
/// Swift's overlay of glibc names it whether it is called or not, and glibc has had it anew since 2.35:
/// with one of our own the binary runs where glibc is older.
/// https://man7.org/linux/man-pages/man3/hypot.3.html
float hypotf(float x, float y);

#endif
