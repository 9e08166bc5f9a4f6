internal import Events
internal import Store

/// Responses of one sort in one stretch of time, or a single one.
struct ResponseCount {
  var time: Int64
  var vendor: String?
  var status: Int64?
  var code: String?
  var kind: String
  /// Known of single errors only, as `consumer` is.
  var route: String?
  var consumer: String?
  var count: Int64

  var isError: Bool { kind != "success" }
  var isServerError: Bool { isError && (status ?? 0) >= 500 }
}

extension Question {
  /// Counts the responses of the range, as coarsely as they are kept: what is left at both ends is
  /// counted more finely, in the end from the events themselves.
  ///
  /// - Parameters:
  ///   - range: by default all of the question's.
  ///   - grain: the coarsest that will do. A time is the start of such a stretch, or finer.
  func eachResponse(
    during range: TimeRange? = nil, by grain: Grain, _ body: (ResponseCount) throws -> Void
  ) throws {
    let range = range ?? self.range
    guard !range.isEmpty else { return }
    let first = (range.since + grain.length - 1).rounded(downTo: grain.length)
    let last = range.until.rounded(downTo: grain.length)
    func eachFiner(_ range: TimeRange) throws {
      if let finer = Grain.allCases.last(where: { $0 < grain }) {
        return try eachResponse(during: range, by: finer, body)
      }
      try eachSuccess(during: range, body)
      try eachError(during: range, body)
    }
    guard first < last else { return try eachFiner(range) }
    try eachFiner(TimeRange(since: range.since, until: first))
    try eachFiner(TimeRange(since: last, until: range.until))
    try ask("responses", during: TimeRange(since: first, until: last), by: grain) { row in
      try body(
        ResponseCount(
          time: row.integer(0), vendor: row.text(1), status: row.optionalInteger(2),
          code: row.text(3), kind: row.text(4) ?? Kind.unknown.name, count: row.integer(5)))
    }
  }

  /// Counts the successes of each minute that begins inside the range: they are not kept one by one.
  func eachSuccess(during range: TimeRange? = nil, _ body: (ResponseCount) throws -> Void) throws {
    try ask("minutes", during: range) { row in
      let successes = row.integer(2)
      guard successes > 0 else { return }
      try body(
        ResponseCount(
          time: row.integer(0), vendor: row.text(1), kind: "success", count: successes))
    }
  }

  /// Vendors whose successes are in the log within a day of the range: where none of one is in the
  /// range itself, it had none then. Further off, they may not have been logged.
  func vendorsWithSuccesses() throws -> Set<String?> {
    var vendors: Set<String?> = []
    try ask(
      "successes",
      during: TimeRange(
        since: (range.since - Milliseconds.day).rounded(downTo: 15 * Milliseconds.minute),
        until: range.until + Milliseconds.day)
    ) { vendors.insert($0.text(0)) }
    return vendors
  }

  /// Hands over the errors of the range one by one.
  func eachError(during range: TimeRange? = nil, _ body: (ResponseCount) throws -> Void) throws {
    try ask("errors", during: range) { row in
      try body(
        ResponseCount(
          time: row.integer(0), vendor: row.text(1), status: row.optionalInteger(2),
          code: row.text(3), kind: row.text(4) ?? Kind.unknown.name, route: row.text(5),
          consumer: row.text(6), count: 1))
    }
  }
}
