#ifndef ERRATA_CMALLOC_H
#define ERRATA_CMALLOC_H

#include <malloc.h>
#include <stdlib.h>

/// Lets the heap grow by so many bytes at least. Nothing written in Swift would: a compiler takes out
/// what is given back at once.
static inline void errata_grow_heap(size_t size) {
  void *volatile piece = malloc(size);
  free(piece);
}

#endif
