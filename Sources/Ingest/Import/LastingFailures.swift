internal import Files
internal import Glibc

/// Why paths cannot be looked at or read: each failure is said once for as long as it lasts, though
/// it is met every second.
struct LastingFailures {
  /// What was last said of each path.
  private var said: [String: String] = [:]
  private var failures: [(path: String, error: InputError)] = []

  /// Begins another look at all paths, of which some failures are known already.
  mutating func begin(_ failures: [(path: String, error: InputError)]) {
    self.failures = failures
  }

  mutating func add(_ path: String, _ error: InputError) {
    failures.append((path, error))
  }

  /// Ends the look: what is new and is to be said.
  mutating func end() -> [Notice] {
    let paths = Set(failures.map(\.path))
    said = said.filter { paths.contains($0.key) }
    var notices: [Notice] = []
    for (path, error) in failures where said[path] != error.message {
      said[path] = error.message
      let isMissing = path.withPath { access($0, F_OK) } != 0 && errno == ENOENT
      notices.append(isMissing ? .awaited(path: path) : .failure(path: path, error))
    }
    return notices
  }
}
