internal import CFileSystem

/// What kind of file system a file stands on.
package enum Volume: Sendable, Equatable {
  case local
  /// One that other machines may write as well, or that cannot share memory with them. A
  /// write-ahead log needs that: <https://www.sqlite.org/wal.html#noshm>.
  case network(String)

  /// By the numbers of statfs(2).
  private static let networks: [UInt32: String] = [
    0x6969: "NFS", 0x517B: "SMB", 0xFF53_4D42: "CIFS", 0xFE53_4D42: "SMB", 0x6573_5546: "FUSE",
    0x0102_1997: "9p", 0x00C3_6400: "Ceph", 0x5346_414F: "AFS", 0x0BD0_0BD0: "Lustre",
    0x7375_7245: "Coda", 0x0116_1970: "GFS2", 0x7461_636F: "OCFS2", 0x1980_0202: "BeeGFS",
  ]

  /// The volume of a file, or of the folder it will stand in.
  package init(of path: String) {
    let folder = path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) }
    let own = errata_file_system(path)
    let type = own == 0 ? errata_file_system(folder ?? ".") : own
    self = Volume.networks[type].map { .network($0) } ?? .local
  }
}
