internal import Glibc

/// Where a file stands, or would stand, whatever its names and links. Two paths mean one file if
/// their spots are equal.
package enum FileSpot: Hashable, Sendable {
  case taken(FileIdentity)
  case free(folder: FileIdentity, name: String)

  /// Nil where there is no folder for it.
  package init?(path: String) {
    if let descriptor = FilePath.descriptor(of: path) {
      self.init(descriptor: descriptor)
    } else if let identity = FileIdentity(path: path) {
      self = .taken(identity)
    } else if let target = try? FilePath.target(of: path),
      let folder = FileIdentity(path: FilePath.folder(of: target))
    {
      self = .free(folder: folder, name: FilePath.name(of: target))
    } else {
      return nil
    }
  }

  package init?(descriptor: Int32) {
    guard let identity = FileIdentity(descriptor: descriptor) else { return nil }
    self = .taken(identity)
  }
}
