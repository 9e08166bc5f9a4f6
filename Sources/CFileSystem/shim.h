#ifndef ERRATA_CFILESYSTEM_H
#define ERRATA_CFILESYSTEM_H

#include <sys/vfs.h>

/// The type of the file system a path is on, by the numbers of statfs(2); 0 when it cannot be told:
/// https://man7.org/linux/man-pages/man2/statfs.2.html
static inline unsigned errata_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (unsigned)status.f_type : 0;
}

#endif
