internal import CSQLite

/// SQLite's memory, as it is when SQLite does not count it: threads that take some do not wait for each
/// other. Then there is no bound to it, either: <https://www.sqlite.org/malloc.html#memory_statistics>.
package enum UncountedMemory {
  /// To be called before the first connection is opened; later it does nothing.
  package static func prefer() { _ = errata_sqlite_leave_memory_uncounted() }
}
