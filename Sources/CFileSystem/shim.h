#ifndef ERRATA_CFILESYSTEM_H
#define ERRATA_CFILESYSTEM_H

#include <spawn.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/// The type of the file system a path is on, by the numbers of statfs(2); 0 when it cannot be told:
/// https://man7.org/linux/man-pages/man2/statfs.2.html
static inline unsigned errata_file_system(const char *path) {
  struct statfs status;
  return statfs(path, &status) == 0 ? (unsigned)status.f_type : 0;
}

/// A file in memory that has no name, closed in programs that are started; -1 where there is no room:
/// https://man7.org/linux/man-pages/man2/memfd_create.2.html
static inline int errata_unnamed_file(void) { return (int)syscall(SYS_memfd_create, "errata", 1U); }

extern char **environ;

/// The variables that a program is started with: https://man7.org/linux/man-pages/man7/environ.7.html
static inline char **errata_environment(void) { return environ; }

/// Closes a descriptor and all above it in a program that is started. glibc has it since 2.34, in <spawn.h>
/// for GNU's own dialect alone, in which Swift does not read it.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

#endif
