internal import Batches
internal import SQLite
internal import Threads

// The texts that a batch refers to.
extension StoreLedger {
  /// Adds the texts that a batch met first, unless they are there. Throws `LostRace` when others
  /// that it refers to are gone: pruned since they were met.
  func addWords(of batch: Batch) throws {
    let version = try connection.wordsVersion
    let remembered = self.texts.take().flatMap { $0.version == version ? $0 : nil }
    if remembered == nil { roll.withLock { $0 = nil } }
    var texts = try remembered ?? StoredTexts(connection, version: version)
    let words = batch.vocabulary.known as? StoredWords ?? StoredWords(version: version)
    for lexicon in Lexicon.allCases {
      var room: LexiconRoom?
      for text in batch.words[lexicon.rawValue] {
        let text = StoredTexts.Text(text)
        words.append(try row(of: text, in: lexicon, &texts, &room), to: lexicon)
      }
      if lexicon == .vendor, let room, room.isFull {
        roll.withLock { $0 = AdmittedVendors(texts.texts(of: lexicon).union(ownVendors)) }
      }
    }
    self.texts = texts
    if let others = texts.row(of: StoredTexts.Text(Array(Lexicon.otherHosts.utf8)), in: .vendor) {
      batch.gather { words.id(of: $0, in: .vendor) == others }
    }
    batch.vocabulary.known = words
    self.words = words
    guard try words.version == version || hasWords(of: batch) else { throw LostRace() }
  }

  /// Where a text stands that another reader, or another import, has met before; else where it is
  /// put. What finds no room stands where all others do that found none.
  private func row(
    of text: StoredTexts.Text, in lexicon: Lexicon, _ texts: inout StoredTexts,
    _ room: inout LexiconRoom?
  ) throws -> Int64 {
    if let row = texts.row(of: text, in: lexicon) { return row }
    guard let limit = lexicon.room else { return try add(text, to: lexicon, &texts) }
    let vouched = lexicon == .vendor ? ownVendors : []
    if room == nil {
      room = try LexiconRoom(of: lexicon, vouched: vouched, on: connection, &texts)
      if let row = texts.row(of: text, in: lexicon) { return row }
    }
    if vouched.contains(text.bytes) || room?.take() ?? true {
      return try add(text, to: lexicon, &texts)
    }
    if let others = room?.others { return others }
    let others = try add(StoredTexts.Text(Array(limit.others.utf8)), to: lexicon, &texts)
    room?.note(others: others)
    return others
  }

  private func add(
    _ text: StoredTexts.Text, to lexicon: Lexicon, _ texts: inout StoredTexts
  ) throws -> Int64 {
    let insert = addWord[lexicon.rawValue]
    text.bytes.withUnsafeBufferPointer { insert.bind(text: $0, at: 1) }
    try insert.run()
    let row = try connection.insertedRow()
    texts.add(text, row, to: lexicon)
    return row
  }

  private func hasWords(of batch: Batch) throws -> Bool {
    for lexicon in Lexicon.allCases {
      let look = try connection.prepare("SELECT 1 FROM \(lexicon.name) WHERE id = ?")
      for word in words(of: batch, in: lexicon) where word != 0 {
        look.bind(words.id(of: word, in: lexicon), at: 1)
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
    case .gateway:
      Set(batch.rows.map(\.gateway) + batch.minutes.keys.map(\.gateway))
        .union(batch.traffic.keys.map(\.gateway))
    case .code: Set(batch.rows.map(\.code) + batch.traffic.keys.map(\.code))
    case .method: Set(batch.rows.map(\.method))
    case .route: Set(batch.rows.map(\.route))
    case .consumer: Set(batch.rows.map(\.consumer))
    case .message: Set(batch.rows.map(\.message))
    case .details: Set(batch.rows.map(\.details))
    }
  }
}
