internal import Arguments
internal import Files
internal import Glibc
internal import Queries
internal import Settings

/// A user's own questions: each `.sql` file in `queries`, beside the settings.
enum OwnQueries {
  /// In the order of their names; none where there is no such folder.
  static func all() throws -> [Queries.Query] {
    guard let folder = configFolder.map({ $0 + "/queries" }) else { return [] }
    return try names(in: folder).map { name in
      let path = "\(folder)/\(name)"
      do throws(ShortFile.Failure) {
        let bytes = try ShortFile.bytes(of: path, most: 1 << 20, pipes: false)
        return Queries.Query(file: name, text: String(decoding: bytes, as: UTF8.self), path: path)
      } catch {
        throw SettingsError(
          file: path, message: "the query cannot be read: \(error)",
          hint: "Mend the file, or take it away.", isUnreadable: true)
      }
    }
  }

  /// Those of errata and the user's own, which win.
  static func withBuiltIn() throws -> [Queries.Query] {
    let own = try all()
    let names = Set(own.map(\.name))
    return (own + Queries.Query.all.filter { !names.contains($0.name) })
      .sorted { $0.name < $1.name }
  }

  private static func names(in folder: String) throws -> [String] {
    guard let directory = folder.withPath({ opendir($0) }) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw SettingsError(
        file: folder, message: "the folder cannot be read: \(SystemError.last)",
        hint: "Your own queries are looked for there.", isUnreadable: true)
    }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { PathText.text(of: $0) }
      }
      if name.hasSuffix(".sql"), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
