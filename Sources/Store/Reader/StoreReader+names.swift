package import Batches
internal import Files
internal import Questions

// What the store knows by a name.
extension StoreReader {
  /// The texts of a lexicon that are a name, whatever the case of its letters.
  package func spellings(of name: String, in lexicon: Lexicon) throws -> [String] {
    var texts: [String] = []
    try rows(
      "SELECT DISTINCT text FROM \(lexicon.name) WHERE text = :name COLLATE NOCASE",
      ["name": .text(name)]
    ) { row in if let text = row.text(0) { texts.append(text) } }
    return texts
  }

  /// Whether a lexicon has a text of a pattern, in which `*` stands for anything, whatever the case
  /// of its letters.
  package func has(_ pattern: String, in lexicon: Lexicon) throws -> Bool {
    let like = pattern.reduce(into: "") { like, character in
      switch character {
      case "*": like += "%"
      case "%", "_", "\\": like += "\\\(character)"
      default: like.append(character)
      }
    }
    let condition =
      pattern.contains("*") ? "text LIKE :like ESCAPE '\\'" : "text = :like COLLATE NOCASE"
    return try hasRow(
      "SELECT 1 FROM \(lexicon.name) WHERE \(condition) LIMIT 1",
      ["like": .text(pattern.contains("*") ? like : pattern)])
  }

  /// Whether there was a vendor of this name of which nothing is left.
  package func hadVendor(_ name: String) throws -> Bool {
    try hasRow(
      "SELECT 1 FROM former_vendor WHERE text = :name COLLATE NOCASE LIMIT 1",
      ["name": .text(name)])
  }

  /// Whether a query has a row.
  func hasRow(_ sql: String, _ parameters: [String: QueryParameter]) throws -> Bool {
    var isThere = false
    try rows(sql, parameters) { _ in isThere = true }
    return isThere
  }

  /// Texts of a lexicon that may be meant by a name that it does not have: those about as long as
  /// it, and those that begin with it, of large lexicons some.
  package func likenesses(of name: String, in lexicon: Lexicon) throws -> [String] {
    var texts: [String] = []
    let length = Int64(name.count)
    try rows(
      """
      SELECT DISTINCT text FROM \(lexicon.name) WHERE length(text) BETWEEN :least AND :most
        OR substr(text, 1, :length) = :name COLLATE NOCASE LIMIT 10000
      """,
      [
        "least": .integer(length - length / 3 - 1), "most": .integer(length + length / 3 + 1),
        "length": .integer(length), "name": .text(name),
      ]
    ) { row in if let text = row.text(0) { texts.append(text) } }
    return texts
  }
}
