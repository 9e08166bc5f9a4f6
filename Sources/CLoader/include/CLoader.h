#ifndef ERRATA_CLOADER_H
#define ERRATA_CLOADER_H

#include <pthread.h>
#include <stddef.h>

/// Libraries that are loaded when they are first needed: to load them, and those that they bring along,
/// would cost every start of the program more than all else together.

/// A function of a library.
typedef struct {
  const char *name;
  /// Where its address is to be written.
  void *place;
  /// Its address in a program that has the library linked in; else null.
  void (*linked)(void);
} errata_function;

/// A library that may be loaded later.
typedef struct {
  /// Its name, as the loader finds it.
  const char *file;
  /// What is used of it; the last one has no name.
  const errata_function *functions;
  /// What else it takes, once the functions are there: returns null, or why it failed. Null for nothing.
  const char *(*begin)(void);
  pthread_mutex_t lock;
  int is_there;
} errata_library;

/// Null if the library is there; without it none of its functions may be called. Else why it is not, in the
/// loader's words, until this thread calls again, which tries again. Any thread may call.
const char *errata_load(errata_library *library);

/// For a C file that has a list of functions, `#define EACH(use) use(open) use(close)`:
/// `EACH(ERRATA_LINKED)` declares them,
#define ERRATA_LINKED(name) extern __typeof__(name) name __attribute__((weak));
/// `static struct { EACH(ERRATA_PLACE) } library;` has a place for each,
#define ERRATA_PLACE(name) __typeof__(name) *name;
/// and `{ EACH(ERRATA_FUNCTION) {0} }` are the functions of an `errata_library`.
#define ERRATA_FUNCTION(name) {#name, &library.name, (void (*)(void))name},

/// A function `errata_NAME` that calls the library's.
#define ERRATA_FORWARD(result, name, parameters, arguments) \
  result errata_##name parameters;                          \
  result errata_##name parameters { return library.name arguments; }

#endif
