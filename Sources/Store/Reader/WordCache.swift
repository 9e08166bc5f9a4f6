internal import Batches
internal import SQLite

/// The texts of a store's lexicons, each read once: a query over a million events asks for the same
/// few texts a million times.
final class WordCache {
  /// The tables asked, by number.
  static let tables = Lexicon.allCases.map(\.name) + ["kind", "answerer"]

  private let connection: Connection
  /// What asks each table, once it was asked.
  private var statements: [Statement?]
  /// Texts by table and id; those not asked for yet have no memory.
  private var texts: [ContiguousArray<UnsafeMutableBufferPointer<UInt8>>]

  /// How many bytes of them there are.
  private var size = 0

  /// A text that was asked for and is not there, as of a sound store none is.
  private(set) var missing: String?
  /// What kept a text from being read, the first time something did.
  private(set) var failure: (any Error)?
  private var hasViews = false

  /// Texts beyond this id, and beyond so many bytes, are read each time.
  private static let most: Int64 = 1 << 17
  private static let mostBytes = 16 << 20

  /// Lets SQL on a connection ask it for texts, by `word(table, id)`, for as long as it lives.
  init(_ connection: Connection) throws {
    self.connection = connection
    statements = WordCache.tables.map { _ in nil }
    texts = WordCache.tables.map { _ in [] }
    try connection.register(function: "word") { [unowned self] in write($0, $1, into: $2) }
  }

  /// Puts views that ask it in front of the stored ones. To make them takes as long as many an answer
  /// does that needs none.
  func makeViews() throws {
    if hasViews { return }
    try connection.execute(Views.cached)
    hasViews = true
  }

  deinit {
    for table in texts { for text in table { text.deallocate() } }
  }

  /// Asks a table for the text of a row; nil where that cannot be asked.
  private func statement(_ table: Int) -> Statement? {
    if let statement = statements[table] { return statement }
    do {
      statements[table] = try connection.prepare(
        "SELECT text FROM \(WordCache.tables[table]) WHERE id = ?")
    } catch {
      failure = failure ?? error
    }
    return statements[table]
  }

  /// The text of a lexicon's row; nil where there is none.
  func text(_ id: Int64, in lexicon: Lexicon) -> String? {
    guard let statement = statement(lexicon.rawValue) else { return nil }
    defer { statement.reset() }
    statement.bind(id, at: 1)
    guard finds(statement, id, in: lexicon.rawValue) else { return nil }
    return statement.text(0)
  }

  /// Whether a statement finds the row of a text; remembers what is not there, and what cannot be read.
  private func finds(_ statement: Statement, _ id: Int64, in table: Int) -> Bool {
    do {
      if try statement.step(), !statement.isNull(0) { return true }
      // 0 stands for no text.
      if id != 0 { missing = "\(WordCache.tables[table]) \(id) is not there" }
    } catch {
      failure = failure ?? error
    }
    return false
  }

  /// Whether a lexicon's row has this text, byte for byte.
  func has(_ text: [UInt8], at id: Int64, in lexicon: Lexicon) -> Bool {
    guard let statement = statement(lexicon.rawValue) else { return false }
    defer { statement.reset() }
    statement.bind(id, at: 1)
    return finds(statement, id, in: lexicon.rawValue)
      && statement.bytes(0)?.elementsEqual(text) == true
  }

  private func write(_ table: Int, _ id: Int64, into cell: TextCell) {
    let place = Int(clamping: id)
    if texts.indices.contains(table), texts[table].indices.contains(place),
      texts[table][place].baseAddress != nil
    {
      return cell.text(UnsafeBufferPointer(texts[table][place]))
    }
    guard statements.indices.contains(table), let statement = statement(table) else {
      return cell.null()
    }
    defer { statement.reset() }
    statement.bind(id, at: 1)
    guard finds(statement, id, in: table), let text = statement.bytes(0) else {
      return cell.null()
    }
    guard (0..<WordCache.most).contains(id), size + text.count < WordCache.mostBytes else {
      return cell.copy(text)
    }
    size += text.count + 16
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
