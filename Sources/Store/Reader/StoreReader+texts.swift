package import Batches
internal import SQLite

// The texts of the lexicons: a number stands for the row of its table.
extension StoreReader {
  package func text(_ number: Int64, in lexicon: Lexicon) -> String? {
    number == 0 ? nil : words.text(number, in: lexicon)
  }

  package func eachText(
    in lexicon: Lexicon, _ body: (_ number: Int64, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    try reading {
      let statement = try connection.prepare("SELECT id, text FROM \(lexicon.name)")
      while try statement.step() {
        if let text = statement.bytes(1) { body(statement.integer(0), text) }
      }
    }
  }

  package func size(of lexicon: Lexicon) throws -> (last: Int64, count: Int) {
    try reading {
      // Each by itself is told without looking at all rows.
      let statement = try connection.prepare(
        "SELECT (SELECT MAX(id) FROM \(lexicon.name)), (SELECT COUNT(*) FROM \(lexicon.name))")
      return try statement.step()
        ? (statement.integer(0), Int(statement.integer(1))) : (0, 0)
    }
  }

  package func number(of text: String, in lexicon: Lexicon) throws -> Int64? {
    try reading {
      let statement = try connection.prepare("SELECT MIN(id) FROM \(lexicon.name) WHERE text = ?")
      statement.bind(text, at: 1)
      return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
    }
  }

  /// All numbers of a text: one name may have several.
  func numbers(of text: String, in lexicon: Lexicon) throws -> Set<Int64> {
    try reading {
      var numbers: Set<Int64> = []
      let statement = try connection.prepare("SELECT id FROM \(lexicon.name) WHERE text = ?")
      statement.bind(text, at: 1)
      while try statement.step() { numbers.insert(try statement.integer(0, .number)) }
      return numbers
    }
  }

  /// Throws where a text was asked for that could not be read, or is not there, but for what was pruned
  /// meanwhile.
  package func checkTexts() throws {
    if let failure = words.failure { try reading { throw failure } }
    guard let missing = words.missing else { return }
    try reading {
      if try connection.wordsVersion == wordsVersion { throw connection.impossible(missing) }
    }
  }

  package func texts(in lexicon: Lexicon) throws -> [String] {
    var texts: [String] = []
    try rows("SELECT DISTINCT text FROM \(lexicon.name) ORDER BY 1") { row in
      if let text = row.text(0) { texts.append(text) }
    }
    return texts
  }
}
