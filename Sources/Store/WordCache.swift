internal import Events
internal import SQLite

/// The texts of a store's lexicons, each read once: a query over a million events asks for the same
/// few texts a million times.
final class WordCache {
  /// The tables asked, by number.
  static let tables = Lexicon.allCases.map(\.name) + ["kind", "answerer"]

  private let connection: Connection
  private let statements: [Statement]
  /// What asks for several rows at once, by table; prepared when it is first asked.
  private var statementsOfRanges: [Statement?]
  /// Texts by table and id; those not asked for yet have no memory.
  private var texts: [ContiguousArray<UnsafeMutableBufferPointer<UInt8>>]

  /// A text that was asked for and is not there, as of a sound store none is.
  private(set) var missing: String?

  /// Texts beyond this id are read each time.
  private static let most: Int64 = 1 << 17

  /// Puts itself in front of the lexicons of a connection, for as long as it lives.
  init(_ connection: Connection) throws {
    self.connection = connection
    statementsOfRanges = WordCache.tables.map { _ in nil }
    statements = try WordCache.tables.map {
      try connection.prepare("SELECT text FROM \($0) WHERE id = ?")
    }
    texts = WordCache.tables.map { _ in [] }
    try connection.register(function: "word") { [unowned self] in write($0, $1, into: $2) }
    try connection.execute(Views.cached)
    try connection.execute(Views.cachedTraffic(by: .quarter))
  }

  deinit {
    for table in texts { for text in table { text.deallocate() } }
  }

  /// The text of a lexicon's row; nil where there is none.
  func text(_ id: Int64, in lexicon: Lexicon) -> String? {
    let statement = statements[lexicon.rawValue]
    defer { statement.reset() }
    statement.bind(id, at: 1)
    guard (try? statement.step()) == true, let text = statement.text(0) else {
      note(id, missingFrom: lexicon.rawValue)
      return nil
    }
    return text
  }

  /// Hands over the texts of a lexicon's rows in a range, as far as there are some.
  func eachText(
    _ rows: Range<Int64>, in lexicon: Lexicon, _ body: (_ row: Int64, _ text: String) -> Void
  ) throws {
    let table = lexicon.rawValue
    let statement =
      try statementsOfRanges[table]
      ?? connection.prepare(
        "SELECT id, text FROM \(WordCache.tables[table]) WHERE id >= ? AND id < ?")
    statementsOfRanges[table] = statement
    defer { statement.reset() }
    statement.bind(rows.lowerBound, at: 1)
    statement.bind(rows.upperBound, at: 2)
    while try statement.step() {
      // An index that is damaged may lead anywhere.
      let row = statement.integer(0)
      if rows.contains(row), let text = statement.text(1) { body(row, text) }
    }
  }

  /// 0 stands for no text.
  private func note(_ id: Int64, missingFrom table: Int) {
    if id != 0 { missing = "\(WordCache.tables[table]) \(id) is not there" }
  }

  private func write(_ table: Int, _ id: Int64, into cell: TextCell) {
    let place = Int(clamping: id)
    if texts.indices.contains(table), texts[table].indices.contains(place),
      texts[table][place].baseAddress != nil
    {
      return cell.text(UnsafeBufferPointer(texts[table][place]))
    }
    guard statements.indices.contains(table) else { return cell.null() }
    let statement = statements[table]
    defer { statement.reset() }
    statement.bind(id, at: 1)
    guard (try? statement.step()) == true, let text = statement.bytes(0) else {
      note(id, missingFrom: table)
      return cell.null()
    }
    guard (0..<WordCache.most).contains(id) else { return cell.copy(text) }
    let missing = place + 1 - texts[table].count
    let none = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)
    if missing > 0 { texts[table].append(contentsOf: repeatElement(none, count: missing)) }
    // One byte more than needed: an empty text has memory too.
    let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count + 1)
    _ = memory.update(from: text)
    texts[table][place] = UnsafeMutableBufferPointer(rebasing: memory[..<text.count])
    cell.text(UnsafeBufferPointer(texts[table][place]))
  }
}
