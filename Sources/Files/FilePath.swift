internal import Glibc

/// Where names of files lead.
package enum FilePath {
  /// The descriptor of this process that a path stands for: `/dev/stdout`, `/dev/fd/3`.
  package static func descriptor(of path: String) -> Int32? {
    switch path {
    case "/dev/stdin": return STDIN_FILENO
    case "/dev/stdout": return STDOUT_FILENO
    case "/dev/stderr": return STDERR_FILENO
    default: break
    }
    let folders = ["/dev/fd/", "/proc/self/fd/", "/proc/thread-self/fd/", "/proc/\(getpid())/fd/"]
    guard let folder = folders.first(where: { path.hasPrefix($0) }),
      let number = Int32(path.dropFirst(folder.count)), number >= 0
    else { return nil }
    return number
  }

  /// What a path means once its last links are followed: also where nothing stands at their end.
  /// Links of `/proc` are left: what they say is no path.
  package static func target(of path: String) throws(SystemError) -> String {
    var path = path
    var name = [CChar](repeating: 0, count: Int(PATH_MAX))
    // As many as the system follows: <https://man7.org/linux/man-pages/man7/path_resolution.7.html>.
    for _ in 0..<40 {
      if descriptor(of: path) != nil || path.hasPrefix("/proc/") { return path }
      let count = path.withPath { readlink($0, &name, name.count - 1) }
      guard count >= 0 else { return path }
      let target = name[..<count].map { UInt8(bitPattern: $0) }
        .withUnsafeBufferPointer { PathText.text(of: $0) }
      path = target.hasPrefix("/") ? target : folder(of: path, ending: "/") + target
    }
    throw SystemError(ELOOP)
  }

  /// The whole path of a file that need not be there, without links in it but a last one; nil
  /// without its folder.
  package static func absolute(_ path: String) -> String? {
    guard let folder = folder(of: path).withPath({ realpath($0, nil) }) else { return nil }
    defer { free(folder) }
    let name = PathText.text(of: folder)
    return (name == "/" ? "" : name) + "/" + self.name(of: path)
  }

  /// The folder that a file of this path stands in.
  package static func folder(of path: String) -> String {
    let folder = folder(of: path, ending: "")
    return folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
  }

  private static func folder(of path: String, ending: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) + ending } ?? ""
  }

  /// The path without its folder.
  package static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
