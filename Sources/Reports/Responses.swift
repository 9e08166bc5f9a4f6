internal import Events
internal import Store

/// Responses of one sort in one stretch of time.
struct ResponseCount {
  var time: Int64
  var vendor: String?
  var status: Int64?
  var code: String?
  var kind: String
  var count: Int64

  var isError: Bool { kind != "success" }
  var isServerError: Bool { isError && (status ?? 0) >= 500 }
}

extension Question {
  /// Counts the responses of the range: whole quarters of an hour from the counts that are kept,
  /// what is left at both ends from the events themselves.
  ///
  /// Successes are kept by the minute: a range that cuts a minute has those of minutes that begin
  /// inside it.
  func eachResponse(_ body: (ResponseCount) throws -> Void) throws {
    let quarter = 15 * Milliseconds.minute
    let first = roundUp(range.since, to: quarter)
    let last = range.until - remainder(range.until, quarter)
    guard first < last else { return try eachResponse(oneByOne: range, body) }
    try eachResponse(oneByOne: TimeRange(since: range.since, until: first), body)
    try ask("responses", TimeRange(since: first, until: last)) { row in
      let count = ResponseCount(
        time: row.integer(0), vendor: row.text(1), status: row.optionalInteger(2),
        code: row.text(3),
        kind: row.text(4) ?? "unknown", count: row.integer(5))
      if wants(count.vendor) { try body(count) }
    }
    try eachResponse(oneByOne: TimeRange(since: last, until: range.until), body)
  }

  private func eachResponse(oneByOne range: TimeRange, _ body: (ResponseCount) throws -> Void)
    throws
  {
    guard !range.isEmpty else { return }
    try ask("minutes", range) { row in
      let successes = row.integer(2)
      guard successes > 0, wants(row.text(1)) else { return }
      try body(
        ResponseCount(
          time: row.integer(0), vendor: row.text(1), status: 200, code: nil, kind: "success",
          count: successes))
    }
    try eachError(range) { error in
      try body(
        ResponseCount(
          time: error.time, vendor: error.vendor, status: error.status, code: error.code,
          kind: error.kind, count: 1))
    }
  }

  /// One error, as far as it is counted by.
  struct ErrorLine {
    var time: Int64
    var vendor: String?
    var status: Int64?
    var code: String?
    var kind: String
    var route: String?
    var consumer: String?
  }

  func eachError(_ range: TimeRange? = nil, _ body: (ErrorLine) throws -> Void) throws {
    try ask("errors", range) { row in
      let error = ErrorLine(
        time: row.integer(0), vendor: row.text(1), status: row.optionalInteger(2),
        code: row.text(3), kind: row.text(4) ?? "unknown", route: row.text(5), consumer: row.text(6)
      )
      if wants(error.vendor) { try body(error) }
    }
  }

  private func remainder(_ time: Int64, _ step: Int64) -> Int64 {
    let rest = time % step
    return rest < 0 ? rest + step : rest
  }

  private func roundUp(_ time: Int64, to step: Int64) -> Int64 {
    let rest = remainder(time, step)
    return rest == 0 ? time : time + step - rest
  }
}
