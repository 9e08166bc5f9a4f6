internal import Files
internal import Glibc

/// What cannot be looked at: said once for as long as it lasts.
struct LastingFailures {
  /// What was said of a path last.
  private var said: [String: String] = [:]
  private var failures: [(path: String, error: InputError)] = []

  /// Begins a look, with what is known already.
  mutating func begin(_ failures: [(path: String, error: InputError)]) {
    self.failures = failures
  }

  mutating func add(_ path: String, _ error: InputError) {
    failures.append((path, error))
  }

  /// What is to be said of the look.
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
