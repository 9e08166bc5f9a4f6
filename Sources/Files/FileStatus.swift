package import Glibc

// The status of a file, as the system tells it.
extension stat {
  /// Of what stands at a path, its links followed; nil where nothing does, or it cannot be looked
  /// at.
  package init?(path: String) {
    var status = stat()
    guard path.withPath({ stat($0, &status) }) == 0 else { return nil }
    self = status
  }

  /// Of an open file.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { return nil }
    self = status
  }
}
