#ifndef ERRATA_CMALLOC_H
#define ERRATA_CMALLOC_H

#include <malloc.h>
#include <stdlib.h>

/// Lets the heap grow by so many bytes at least, and returns where its unused room begins. Nothing
/// written in Swift would: a compiler takes out what is given back at once.
static inline void *errata_grow_heap(size_t size) {
  void *volatile piece = malloc(size);
  void *start = piece;
  free(piece);
  return start;
}

/// Takes so many bytes from the beginning of that room, for good and without touching them.
static inline void errata_pass_over(size_t size) {
  void *volatile piece = malloc(size);
  (void)piece;
}

#endif
