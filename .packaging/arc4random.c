// glibc has arc4random since 2.36, and Debian's archive of libstdc++ asks for it: with this one the
// tarball's binary runs where glibc is older.
// https://man7.org/linux/man-pages/man3/getentropy.3.html
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

uint32_t arc4random(void) {
  uint32_t number;
  if (getentropy(&number, sizeof number) != 0) abort();
  return number;
}
