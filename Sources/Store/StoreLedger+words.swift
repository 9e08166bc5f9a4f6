internal import Events
internal import SQLite

// The texts that a batch refers to.
extension StoreLedger {
  /// Adds the texts that a batch met first. Throws `LostRace` when others that it refers to are gone:
  /// pruned since the importer learnt them.
  func addWords(of batch: Batch) throws {
    for lexicon in Lexicon.allCases {
      if batch.forgotten[lexicon.rawValue] { rows.words.forget(lexicon) }
      let insert = addWord[lexicon.rawValue]
      for word in batch.words[lexicon.rawValue] {
        word.withUnsafeBufferPointer { insert.bind(text: $0, at: 1) }
        try insert.run()
        rows.words.append(connection.lastInsertedRow, to: lexicon)
      }
    }
    let isUnchanged = try connection.wordsVersion == wordsVersion
    guard try isUnchanged || hasWords(of: batch) else { throw LostRace() }
  }

  private func hasWords(of batch: Batch) throws -> Bool {
    for lexicon in Lexicon.allCases {
      let look = try connection.prepare("SELECT 1 FROM \(lexicon.name) WHERE id = ?")
      for word in words(of: batch, in: lexicon) where word != 0 {
        look.bind(rows.words.id(of: word, in: lexicon), at: 1)
        guard try look.step() else { return false }
        look.reset()
      }
    }
    return true
  }

  /// The numbers of all texts of a lexicon that a batch refers to.
  private func words(of batch: Batch, in lexicon: Lexicon) -> Set<Word> {
    switch lexicon {
    case .vendor:
      Set(batch.rows.map(\.vendor) + batch.minutes.keys.map(\.vendor))
        .union(batch.traffic.keys.map(\.vendor))
    case .code: Set(batch.rows.map(\.code) + batch.traffic.keys.map(\.code))
    case .method: Set(batch.rows.map(\.method))
    case .route: Set(batch.rows.map(\.route))
    case .consumer: Set(batch.rows.map(\.consumer))
    case .message: Set(batch.rows.map(\.message))
    case .details: Set(batch.rows.map(\.details))
    }
  }
}
