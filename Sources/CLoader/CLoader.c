#include "CLoader.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/// Why this thread's last library is not there.
static _Thread_local char why[512];

/// Null if all functions are found.
static const char *find(const errata_library *library) {
  // All are linked in, or none.
  void *handle = NULL;
  if (!library->functions->linked) {
    handle = dlopen(library->file, RTLD_NOW | RTLD_LOCAL);
    if (!handle) return dlerror();
  }
  for (const errata_function *function = library->functions; function->name; function++) {
    void *found = NULL;
    if (handle)
      found = dlsym(handle, function->name);
    else
      memcpy(&found, &function->linked, sizeof found);
    if (!found) return handle ? dlerror() : function->name;
    memcpy(function->place, &found, sizeof found);
  }
  return NULL;
}

const char *errata_load(errata_library *library) {
  const char *words = NULL;
  pthread_mutex_lock(&library->lock);
  if (!library->is_there) {
    words = find(library);
    if (!words && library->begin) words = library->begin();
    library->is_there = !words;
  }
  if (words) snprintf(why, sizeof why, "%s", words);
  pthread_mutex_unlock(&library->lock);
  return words ? why : NULL;
}
