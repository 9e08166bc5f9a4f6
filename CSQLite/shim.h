#ifndef ERRATA_CSQLITE_H
#define ERRATA_CSQLITE_H

#include <sqlite3.h>

// Swift sees neither variadic functions, nor casts of function pointers.

/// https://www.sqlite.org/c3ref/c_static.html
static const sqlite3_destructor_type errata_sqlite_transient = SQLITE_TRANSIENT;

/// https://www.sqlite.org/c3ref/db_config.html
static inline int errata_sqlite_set(sqlite3 *connection, int option, int on) {
  return sqlite3_db_config(connection, option, on, (int *)0);
}

/// https://www.sqlite.org/c3ref/c_config_covering_index_scan.html#sqliteconfigmemstatus
static inline int errata_sqlite_leave_memory_uncounted(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

#endif
