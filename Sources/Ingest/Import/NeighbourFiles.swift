internal import Batches
internal import Files
internal import Glibc

/// Files beside a log whose names begin like its own (`x.log.1`, `x.log-20260101.gz`,
/// `x-20260101.log`): what it may be called since it was rotated.
enum NeighbourFiles {
  /// At most so many are looked at, the newest first.
  private static let most = 64

  /// The files that a log may have become, the one written last first.
  static func siblings(of path: String) -> [String] {
    var folders = Folders()
    return folders.siblings(of: path, except: [])
  }

  /// The names in folders, each folder read once.
  struct Folders {
    /// In order.
    private var names: [String: [String]] = [:]

    /// The files that a log may have become, those aside that are known, the one written last
    /// first.
    mutating func siblings(of path: String, except known: Set<String>) -> [String] {
      let (folder, name) = NeighbourFiles.parts(of: path)
      let stem = name.prefix { $0 != "." }
      let beginning = stem.isEmpty ? name : String(stem)
      let all = names[folder] ?? NeighbourFiles.entries(of: folder).map(\.name).sorted()
      names[folder] = all
      var found: [(path: String, time: Int64)] = []
      for other in all[Folders.place(of: beginning, in: all)...] {
        guard other.hasPrefix(beginning) else { break }
        let path = folder + "/" + other
        var status = stat()
        guard other != name, !known.contains(path), path.withPath({ lstat($0, &status) }) == 0,
          FileKind(status) == .file
        else { continue }
        found.append(
          (path, Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)))
      }
      found.sort { ($0.time, $1.path) > ($1.time, $0.path) }
      return found.prefix(most).map(\.path)
    }

    /// Where a text stands, or would, among others in order.
    private static func place(of text: String, in sorted: [String]) -> Int {
      var range = sorted.startIndex..<sorted.endIndex
      while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
        range = sorted[middle] < text ? middle + 1..<range.upperBound : range.lowerBound..<middle
      }
      return range.lowerBound
    }
  }

  /// The path of a file by its device and inode, in the folder of another path.
  static func path(of identity: FileIdentity, beside path: String) -> String? {
    let (folder, _) = parts(of: path)
    for entry in entries(of: folder) where identity.mayBe(inode: entry.inode) {
      let path = folder + "/" + entry.name
      if FileState(at: path)?.identity == identity { return path }
    }
    return nil
  }

  private static func parts(of path: String) -> (folder: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return (".", path) }
    // Of the root nothing is left but the slash that follows.
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  private static func entries(of folder: String) -> [(name: String, inode: UInt64)] {
    guard let listing = (folder.isEmpty ? "/" : folder).withPath({ opendir($0) }) else { return [] }
    defer { closedir(listing) }
    var entries: [(String, UInt64)] = []
    while let entry = readdir(listing) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(of: $0) }
      }
      entries.append((name, UInt64(entry.pointee.d_ino)))
    }
    return entries
  }

  /// Where the file is now that was at a place, there or beside it under another name.
  static func file(of place: Place) -> Place? {
    ([place.path] + siblings(of: place.path)).lazy
      .compactMap { Place(at: $0) }
      .first { $0.isSameFile(as: place) && $0.size ?? 0 >= place.size ?? 0 }
  }

  /// How many first bytes a file, decompressed, has in common with a head, and whether these are
  /// all bytes of one of the two.
  static func agreement(
    of path: String, with head: [UInt8], makingRoom: () -> Bool
  ) -> (length: Int, isWhole: Bool) {
    guard let stream = try? Input(path: path, size: nil).open(makingRoom: makingRoom).stream else {
      return (0, false)
    }
    var bytes = [UInt8](repeating: 0, count: head.count)
    let filled = bytes.withUnsafeMutableBytes { (try? stream.fill($0)) ?? 0 }
    let length = zip(bytes[..<filled], head).prefix { $0 == $1 }.count
    return (length, length == min(filled, head.count))
  }
}
