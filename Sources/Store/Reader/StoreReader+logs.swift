internal import Files
internal import Questions

// Which logs a store was made from.
extension StoreReader {
  /// Whether the file that stands at a path is a log that was imported, by its name: a link's is
  /// what it leads to.
  package func hasLog(at path: String) throws -> Bool {
    guard FileKind(path: path) == .file, let target = try? FilePath.target(of: path),
      let absolute = FilePath.absolute(target)
    else { return false }
    return try hasRow("SELECT 1 FROM source WHERE place = :path LIMIT 1", ["path": .text(absolute)])
  }
}
