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
  /// Counts the responses of the range: whole quarters of an hour from the counts that are kept,
  /// what is left at both ends from the events themselves.
  func eachResponse(_ body: (ResponseCount) throws -> Void) throws {
    let quarter = 15 * Milliseconds.minute
    let last = range.until.rounded(downTo: quarter)
    let first = (range.since + quarter - 1).rounded(downTo: quarter)
    guard first < last else {
      try eachSuccess(body)
      return try eachError(body)
    }
    for edge in [
      TimeRange(since: range.since, until: first), TimeRange(since: last, until: range.until),
    ] where !edge.isEmpty {
      try eachSuccess(during: edge, body)
      try eachError(during: edge, body)
    }
    try ask("responses", during: TimeRange(since: first, until: last)) { row in
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
