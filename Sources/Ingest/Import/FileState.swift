internal import Files
internal import Glibc

/// Which file stands at a path, and its size and time of change, which tell whether it was written
/// to.
struct FileState: Sendable, Equatable {
  let identity: FileIdentity
  let size: Int64
  /// Nanoseconds since the epoch.
  let change: Int64

  init(_ status: stat) {
    identity = FileIdentity(status)
    size = Int64(status.st_size)
    change = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
  }

  /// Of the regular file that stands at a path, if one does.
  init?(at path: String) {
    guard let status = stat(path: path), FileKind(status) == .file else { return nil }
    self.init(status)
  }
}
