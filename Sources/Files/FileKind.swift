package import Glibc

/// What stands at a path.
package enum FileKind: Sendable {
  case file, folder, pipe, socket, device
  /// Seen where links are not followed.
  case link

  package init(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .pipe
    case S_IFSOCK: self = .socket
    case S_IFCHR, S_IFBLK: self = .device
    case S_IFLNK: self = .link
    default: self = .file
    }
  }

  /// Nil where nothing stands, or it cannot be looked at. A link is what it leads to.
  package init?(path: String) {
    guard let status = stat(path: path) else { return nil }
    self.init(status)
  }

  package init?(descriptor: Int32) {
    guard let status = stat(descriptor: descriptor) else { return nil }
    self.init(status)
  }

  /// As messages say it: “x is a folder”.
  package var words: String {
    switch self {
    case .file: "a file"
    case .folder: "a folder"
    case .pipe: "a named pipe"
    case .socket: "a socket"
    case .device: "a device"
    case .link: "a link"
    }
  }
}
