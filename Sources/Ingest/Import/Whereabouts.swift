internal import Events
internal import Glibc

/// Where a log may have gone: files beside it whose names begin alike (`x.log.1`, `x.log-20260101.gz`,
/// `x-20260101.log`).
enum Whereabouts {
  /// So many are looked at, the newest first.
  private static let most = 64

  /// The files that a log may have become, the one written last first.
  static func siblings(of path: String) -> [String] {
    let slash = path.lastIndex(of: "/")
    let folder = slash.map { String(path[..<$0]) } ?? "."
    let name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    guard let listing = (folder.isEmpty ? "/" : folder).withPath({ opendir($0) }) else { return [] }
    defer { closedir(listing) }
    let stem = name.prefix { $0 != "." }
    var found: [(path: String, time: Int64)] = []
    while let entry = readdir(listing) {
      let other = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(of: $0) }
      }
      guard other != name, other.hasPrefix(stem.isEmpty ? name : String(stem)) else { continue }
      let path = folder + "/" + other
      var status = stat()
      guard path.withPath({ lstat($0, &status) }) == 0, status.st_mode & S_IFMT == S_IFREG else {
        continue
      }
      found.append(
        (path, Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)))
    }
    found.sort { ($0.time, $1.path) > ($1.time, $0.path) }
    return found.prefix(most).map(\.path)
  }

  /// A path as places have it, of a file that need not be there; nil without its folder.
  static func absolute(_ path: String) -> String? {
    guard let folder = FilePath.folder(of: path).withPath({ realpath($0, nil) }) else { return nil }
    defer { free(folder) }
    let name = PathText.text(of: folder)
    return (name == "/" ? "" : name) + "/" + FilePath.name(of: path)
  }

  /// Where the file is now that was at a place, there or beside it under another name.
  static func file(of place: Place) -> Place? {
    ([place.path] + siblings(of: place.path)).lazy
      .compactMap { Place(at: $0) }
      .first { $0.isSameFile(as: place) && $0.size ?? 0 >= place.size ?? 0 }
  }

  /// How many bytes a file, decompressed, begins with as a head does, and whether one of the two ends
  /// there.
  static func agreement(
    of path: String, with head: [UInt8]
  ) -> (length: Int, isWhole: Bool) {
    guard let stream = try? Input(path: path, size: nil).open().stream else { return (0, false) }
    var bytes = [UInt8](repeating: 0, count: head.count)
    let filled = bytes.withUnsafeMutableBytes { (try? stream.fill($0)) ?? 0 }
    let length = zip(bytes[..<filled], head).prefix { $0 == $1 }.count
    return (length, length == min(filled, head.count))
  }
}
