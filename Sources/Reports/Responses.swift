internal import Events
internal import Files
internal import Questions
internal import Times

/// Responses of one sort in one stretch of time, or a single one; texts by the numbers of the
/// vocabulary, -1 for none.
struct ResponseCount: Filterable {
  var time: Int64
  var vendor: Int
  var gateway: Int
  /// 0 for none.
  var status: Int64
  var code: Int
  /// Nil for a success.
  var kind: Kind?
  /// Known of single errors only, as `consumer` and `answeredBy` are.
  var route: Int
  var consumer: Int
  var answeredBy: AnsweredBy
  var count: Int64

  var isError: Bool { kind != nil }
  var isServerError: Bool { isError && status >= 500 }

  /// -1 where it has no text.
  @inline(__always)
  func number(of field: ResponseField) -> Int {
    switch field {
    case .vendor: vendor
    case .gateway: gateway
    case .status: Int(status)
    case .code: code
    case .kind: Int(kind?.rawValue ?? 0)
    case .route: route
    case .consumer: consumer
    case .answeredBy: Int(answeredBy.rawValue)
    }
  }
}

extension ResponseCount {
  init(_ count: StoredCount, _ vocabulary: Vocabulary) {
    self.init(
      time: count.time, vendor: vocabulary.vendors.number(ofStored: count.vendor),
      gateway: vocabulary.gateways.number(ofStored: count.gateway),
      status: count.status, code: vocabulary.codes.number(ofStored: count.code), kind: count.kind,
      route: vocabulary.routes.number(ofStored: count.route),
      consumer: vocabulary.consumers.number(ofStored: count.consumer),
      answeredBy: count.answeredBy, count: count.count)
  }
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
    try archive.responses(during: TimeRange(since: first, until: last), by: grain) { count in
      if let response = response(count) { try body(response) }
    }
  }

  /// Counts the successes of each minute that begins inside the range: they are not kept one by one.
  func eachSuccess(during range: TimeRange? = nil, _ body: (ResponseCount) throws -> Void) throws {
    try archive.successes(during: range ?? self.range) { count in
      if let response = response(count) { try body(response) }
    }
  }

  /// Hands over successes that are in the log within a day of the range: where a vendor has none in
  /// the range itself, it had none then. Further off, they may not have been logged.
  func eachSuccessAround(_ body: (ResponseCount) -> Void) throws {
    let quarter = Grain.quarter.length
    let around = TimeRange(
      since: (range.since - Milliseconds.day).rounded(downTo: quarter),
      until: (range.until + Milliseconds.day + quarter - 1).rounded(downTo: quarter))
    try eachResponse(during: around, by: .day) { if !$0.isError { body($0) } }
  }

  /// Hands over the errors of the range one by one.
  func eachError(during range: TimeRange? = nil, _ body: (ResponseCount) throws -> Void) throws {
    try archive.errors(during: range ?? self.range) { count in
      if let response = response(count) { try body(response) }
    }
  }

  /// The same in an order that is always the same.
  func eachErrorInOrder(
    during range: TimeRange, _ body: (ResponseCount) throws -> Void
  ) throws {
    try archive.errorsInOrder(during: range) { count in
      if let response = response(count) { try body(response) }
    }
  }

  /// A count with its texts by number; nil where its vendor is not asked about.
  private func response(_ count: StoredCount) -> ResponseCount? {
    let response = ResponseCount(count, vocabulary)
    return vendors.isEmpty || asksAbout(number: response.vendor) ? response : nil
  }
}
