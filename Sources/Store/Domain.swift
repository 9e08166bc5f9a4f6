internal import Events
internal import Files
internal import SQLite

/// What a column of whole numbers may hold.
///
/// A store can be damaged, and then say anything. What is calculated with is held to its domain where
/// it is read, so that nothing behind can overflow: what is outside throws an `SQLiteError` that
/// `isImpossible`.
package enum Domain: Sendable {
  /// Milliseconds since the epoch, of what a log speaks of: until the end of the year 2099.
  case time
  /// The same, of what a user may name: the years 1 to 9999.
  case moment
  /// Of lines, responses, ids: what one row counts. The sum of a hundred million such is one too.
  case count
  /// A sum of counts.
  case total
  /// A place in a log, or a length of it.
  case bytes
  /// The number of an event, a batch, a text or another row.
  case number
  /// The distance of two numbers, which may be the wrong way round.
  case distance
  /// A status, 0 for none.
  case status
  /// The number of a kind, 0 for none, or of who answered.
  case sort
  /// What no one calculates with but by clamping.
  case amount
  /// A number of bits: of those that number the pages of a run, or of a byte.
  case bits

  package var range: ClosedRange<Int64> {
    switch self {
    case .time: 0...4_102_444_799_999
    case .moment: -62_135_596_800_000...253_402_300_799_999
    case .count: 0...1 << 36
    case .total: 0...1 << 53
    case .bytes: 0...1 << 53
    case .number: 0...1 << 42
    case .distance: -(1 << 43)...1 << 43
    case .status: 0...Int64(Int32.max)
    case .sort: 0...Int64(UInt8.max)
    case .amount: 0...Int64.max
    case .bits: 0...20
    }
  }

  @inline(__always)
  func contains(_ value: Int64) -> Bool { range.contains(value) }
}

extension Statement {
  /// An integer of a domain; 0 where the column is null.
  func integer(_ column: Int, _ domain: Domain) throws -> Int64 {
    try integer(column, in: domain.range)
  }

  /// The same; nil where the column is null.
  func optional(_ column: Int, _ domain: Domain) throws -> Int64? {
    isNull(column) ? nil : try integer(column, in: domain.range)
  }

  /// A kind; nil for 0, which stands for a success.
  func kind(_ column: Int) throws -> Kind? {
    let number = try integer(column, .sort)
    if number == 0 { return nil }
    guard let kind = Kind(rawValue: UInt8(number)) else {
      throw impossible("\(number) is no kind of error")
    }
    return kind
  }

  func answeredBy(_ column: Int) throws -> AnsweredBy {
    let number = try integer(column, .sort)
    guard let answerer = AnsweredBy(rawValue: UInt8(number)) else {
      throw impossible("\(number) is no one who answers")
    }
    return answerer
  }
}

extension Connection {
  /// The first column of the first row, of a domain; nil where it is null or there is no row.
  func integer(_ sql: String, in domain: Domain, _ values: Int64...) throws -> Int64? {
    let statement = try prepare(sql)
    for (place, value) in values.enumerated() { statement.bind(value, at: place + 1) }
    return try statement.step() ? statement.optional(0, domain) : nil
  }

  /// The number of the row that was inserted last. SQLite gives any number once the last one there is
  /// was taken.
  func insertedRow() throws -> Int64 {
    let row = lastInsertedRow
    guard Domain.number.contains(row) else { throw impossible("the last row of a table is \(row)") }
    return row
  }
}
