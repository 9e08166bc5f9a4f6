package import Glibc

/// A file, whatever its name.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64

  package init(_ status: stat) {
    device = UInt64(status.st_dev)
    inode = UInt64(status.st_ino)
  }

  /// Whether an entry of a folder, which tells no more, can be it.
  package func mayBe(inode: UInt64) -> Bool { self.inode == inode }

  package init(device: UInt64, inode: UInt64) {
    self.device = device
    self.inode = inode
  }

  /// The identity of what stands at a path, if anything does.
  package init?(path: String) {
    guard let status = stat(path: path) else { return nil }
    self.init(status)
  }

  /// The identity of an open file.
  package init?(descriptor: Int32) {
    guard let status = stat(descriptor: descriptor) else { return nil }
    self.init(status)
  }
}
