package import Batches
package import Events
internal import Files
internal import Glibc
internal import SQLite
package import Times

/// A store as its readers see it: queries on the public views, and events by id.
package final class StoreReader {
  let connection: Connection
  package let store: Store
  /// Of the hashes of ids.
  package let seed: UInt64
  private let words: WordCache
  /// How often texts had been taken away when it began.
  private let wordsVersion: Int64
  /// What the times of `traffic` are those of.
  private var grain = Grain.quarter
  /// Up to when something was pruned.
  package private(set) var pruned = Pruned()
  /// The rows of the gateway that all counts and events are of; nil for all.
  private(set) var gateways: Set<Int64>?

  package init(_ store: Store) throws {
    self.store = store
    connection = try store.openForReading()
    do {
      words = try WordCache(connection)
      wordsVersion = try connection.wordsVersion
      seed = try Setting.seed(connection)
    } catch let error as SQLiteError {
      throw StoreError(error, path: store.path, while: .reading)
    }
    pruned = try readPruned()
  }

  /// What a query is given, by name.
  package enum Parameter {
    case integer(Int64)
    case text(String)
  }

  /// Runs a query and hands over each row. Traffic is read as finely as `grain` says: the coarser,
  /// the fewer rows.
  package func rows(
    _ sql: String, of author: Author = .errata, _ parameters: [String: Parameter] = [:],
    by grain: Grain = .quarter, _ body: (Row) throws -> Void
  ) throws {
    try reading(for: author) {
      if grain != self.grain {
        try connection.execute(Views.cachedTraffic(by: grain))
        self.grain = grain
      }
      let statement = try connection.prepare(sql)
      for (name, parameter) in parameters {
        switch parameter {
        case .integer(let value): statement.bind(value, to: ":" + name)
        case .text(let value): statement.bind(value, to: ":" + name)
        }
      }
      while try statement.step() { try body(Row(statement: statement)) }
    }
  }

  /// The names of a query's columns and parameters.
  package func describe(
    _ sql: String, of author: Author = .errata
  ) throws -> (columns: [String], parameters: [String]) {
    try reading(for: author) {
      do {
        let statement = try connection.prepare(sql)
        return (statement.columns, statement.parameters.map { String($0.dropFirst()) })
      } catch let error as SQLiteError
        where error.isMistake && !error.isForbidden && Schema.understands(sql)
      {
        throw StoreError(changed: store.path, error.message)
      }
    }
  }

  /// Who wrote a query, and has to mend it.
  package enum Author: Sendable { case errata, user }

  /// Forbids everything but reading, for SQL that may be a user's, and stops what takes more than
  /// `seconds` from now. There is no way back.
  package func restrictToReading(seconds: Double) {
    connection.restrictToReading(seconds: seconds)
  }

  /// From now on hands over what a gateway logged, and nothing else. What a query of SQL says, and
  /// events by their ids, are of all.
  package func restrict(toGateway name: String) throws {
    var rows: Set<Int64> = []
    try reading {
      // One name may have several rows.
      let statement = try connection.prepare("SELECT id FROM gateway WHERE text = ?")
      statement.bind(name, at: 1)
      while try statement.step() { rows.insert(try statement.integer(0, .number)) }
    }
    gateways = rows
  }

  /// Whether what a gateway logged is asked about, by its row.
  @inline(__always)
  func isMeant(gateway: Int64) -> Bool { gateways?.contains(gateway) ?? true }

  /// The ids of events that carry an id, as far as its hash tells: a stranger is possible.
  package func events(with id: String, hash: (String, UInt64) -> UInt64) throws -> [Int64] {
    try reading { try IdentifierPages.events(with: hash(id, seed), on: connection) }
  }

  /// The text of a lexicon's row; nil where there is none.
  package func text(_ row: Int64, in lexicon: Lexicon) -> String? {
    row == 0 ? nil : words.text(row, in: lexicon)
  }

  /// Hands over the texts of a lexicon, by their rows.
  package func eachText(
    in lexicon: Lexicon, _ body: (_ row: Int64, _ text: UnsafeBufferPointer<UInt8>) -> Void
  ) throws {
    try reading {
      let statement = try connection.prepare("SELECT id, text FROM \(lexicon.name)")
      while try statement.step() {
        if let text = statement.bytes(1) { body(statement.integer(0), text) }
      }
    }
  }

  /// The last row of a lexicon, and how many it has.
  package func size(of lexicon: Lexicon) throws -> (last: Int64, count: Int) {
    try reading {
      let statement = try connection.prepare("SELECT MAX(id), COUNT(*) FROM \(lexicon.name)")
      return try statement.step()
        ? (statement.integer(0), Int(statement.integer(1))) : (0, 0)
    }
  }

  /// The first row of a text in a lexicon; nil where there is none.
  package func row(of text: String, in lexicon: Lexicon) throws -> Int64? {
    try reading {
      let statement = try connection.prepare("SELECT MIN(id) FROM \(lexicon.name) WHERE text = ?")
      statement.bind(text, at: 1)
      return try statement.step() && !statement.isNull(0) ? statement.integer(0) : nil
    }
  }

  /// Throws where a text was asked for that is not there, but for what was pruned meanwhile.
  package func checkTexts() throws {
    guard let missing = words.missing else { return }
    try reading {
      if try connection.wordsVersion == wordsVersion { throw connection.impossible(missing) }
    }
  }

  /// All texts of a lexicon, each once.
  package func texts(in lexicon: Lexicon) throws -> [String] {
    var texts: [String] = []
    try rows("SELECT DISTINCT text FROM \(lexicon.name) ORDER BY 1") { row in
      if let text = row.text(0) { texts.append(text) }
    }
    return texts
  }

  /// Does `work`; what SQLite says is told in words.
  func reading<Result>(
    for author: Author = .errata, _ work: () throws -> Result
  ) throws -> Result {
    do {
      return try work()
    } catch let error as SQLiteError {
      if author == .user, let mistake = StoreError(ofUsers: error) { throw mistake }
      throw StoreError(error, path: store.path, while: .reading)
    }
  }

  /// An event as it is stored; nil when there is none of that id.
  package func event(_ id: Int64) throws -> Event? {
    var found: Event?
    try rows(StoreReader.eventQuestion, ["id": .integer(id)]) { row in
      var event = Event(id: try row.integer(0, .number))
      event.time = try row.optional(1, .time)
      event.vendor = row.text(2)
      event.status = try row.optional(3, .status).map(Int.init)
      event.code = row.text(4)
      event.kind = row.text(5).flatMap(Kind.init(named:)) ?? .unknown
      event.message = row.text(6)
      event.requestID = row.text(7)
      event.method = row.text(8)
      event.route = row.text(9)
      event.path = row.text(10)
      event.consumer = row.text(11)
      event.latency = row.optionalNumber(12)
      event.retryAfter = try row.optional(13, .amount)
      event.upstreamStatus = try row.optional(14, .status).map(Int.init)
      event.answeredBy = AnsweredBy.allCases.first { $0.name == row.text(15) } ?? .unknown
      event.details = row.text(16)
      event.source = Event.Place(
        path: row.text(17) ?? "", offset: try row.integer(18, .bytes),
        length: try row.integer(19, .bytes), part: Int(try row.integer(20, .count)))
      event.gateway = row.text(21)
      found = event
    }
    try checkTexts()
    return found
  }

  static let eventQuestion = "SELECT * FROM events WHERE id = :id"
  static let extentQuestion = """
    SELECT (SELECT MIN(time_ms) FROM minute), (SELECT MAX(time_ms) FROM minute),
      (SELECT MAX(last_time_ms) FROM batches)
    """

  /// When events happened; nil in a store without dated ones.
  package func extent() throws -> TimeRange? {
    var extent: TimeRange?
    try rows(StoreReader.extentQuestion) { row in
      guard let first = try row.optional(0, .time), let last = try row.optional(1, .time) else {
        return
      }
      let latest = max(first, last, try row.optional(2, .time) ?? 0)
      extent = TimeRange(since: first, until: latest + 1)
    }
    return extent
  }
}

/// A row of a result.
package struct Row {
  fileprivate let statement: Statement

  /// A whole number; 0 where there is none.
  package func integer(_ column: Int, _ domain: Domain) throws -> Int64 {
    try statement.integer(column, domain)
  }

  package func optional(_ column: Int, _ domain: Domain) throws -> Int64? {
    try statement.optional(column, domain)
  }

  /// A whole number, or the first or last one of its domain.
  package func integer(_ column: Int, clampedTo domain: Domain) -> Int64 {
    min(max(statement.integer(column), domain.range.lowerBound), domain.range.upperBound)
  }

  package func isNull(_ column: Int) -> Bool { statement.isNull(column) }

  package func optionalNumber(_ column: Int) -> Double? {
    statement.isNull(column) ? nil : statement.number(column)
  }

  package func text(_ column: Int) -> String? { statement.text(column) }

  /// A value of whatever type it has; a blob as its length.
  package func value(_ column: Int) -> RowValue {
    switch statement.type(column) {
    case .null: .null
    case .integer: .integer(statement.integer(column))
    case .number: .number(statement.number(column))
    case .text: .text(statement.text(column) ?? "")
    case .blob: .text("\(statement.blob(column).count) bytes")
    }
  }
}

/// A value as a query returned it.
package enum RowValue {
  case null
  case integer(Int64)
  case number(Double)
  case text(String)
}
