internal import Batches
internal import Events
internal import Files
package import Questions
internal import Times

/// A cluster as its readers see it: what stores have sent there, in answer to the same questions.
///
/// Servers count; what comes are counts, and the numbers of texts are given here. A question is one
/// moment of each server's; several of them are several moments.
package final class ClusterReader: Archive {
  private let open: @Sendable () throws -> ClusterConnection
  let address: ClusterAddress
  let dialect: Dialect
  private let limits: ClusterLimits
  /// Those of all readers that were opened from one: answers are put together by them.
  let texts: TextNumbers
  /// What was asked so far, and what it cost.
  package let costs: QuestionCosts
  /// Connections that nobody uses now: who is handed a row may ask something else.
  private var idle: [ClusterConnection] = []
  /// When questions are stopped; nil for never.
  private var deadline: ContinuousClock.Instant?
  private(set) var isRestricted = false
  /// Whether who asks may do nothing but read anyhow.
  var isReadOnly = false
  /// The gateway that all counts and events are of; nil for all.
  private(set) var gateway: String?
  /// What edges begin the hashes of their ids with, once it was asked.
  var knownSeeds: [(edge: Int64, seed: UInt64)]?
  /// Events that are likely to be asked for next.
  var remembered: [Int64: Event] = [:]

  /// - Parameter open: opens a connection each time that one more is needed.
  package convenience init(
    _ open: @escaping @Sendable () throws -> ClusterConnection,
    costs: QuestionCosts = QuestionCosts()
  ) throws {
    let connection = try open()
    do throws(ClusterError) {
      try ClusterSchema.check(connection)
      try self.init(
        open, connection, Dialect(of: connection), ClusterLimits(of: connection), TextNumbers(),
        costs)
    } catch {
      throw ClusterReader.told(error)
    }
  }

  private init(
    _ open: @escaping @Sendable () throws -> ClusterConnection, _ connection: ClusterConnection,
    _ dialect: Dialect, _ limits: ClusterLimits, _ texts: TextNumbers, _ costs: QuestionCosts
  ) {
    (self.open, self.dialect, self.limits, self.costs) = (open, dialect, limits, costs)
    self.texts = texts
    address = connection.address
    idle = [connection]
  }

  /// Whether a text is meant as a cluster's address, and not as a file.
  package static func isAddress(_ text: String) -> Bool { ClusterAddress.isAddress(text) }

  package var opener: @Sendable () throws -> any Archive {
    let (open, dialect, limits, costs, deadline) = (open, dialect, limits, costs, deadline)
    let texts = texts
    return {
      let reader = ClusterReader(open, try open(), dialect, limits, texts, costs)
      if let deadline { reader.stop(at: deadline) }
      return reader
    }
  }

  /// Stops questions that are not answered by then, also those of readers that are opened from this
  /// one.
  package func stop(at deadline: ContinuousClock.Instant) { self.deadline = deadline }

  /// Whether time is up, so that what was asked last may have been stopped.
  package var isStopped: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }

  package func restrictToReading(seconds: Double) {
    isRestricted = true
    stop(at: .now + .seconds(seconds))
  }

  package func restrict(toGateway name: String) { gateway = name }

  /// What an edge has pruned since it sent it is still here.
  package var pruned: Pruned { Pruned() }

  // MARK: Asking

  /// Asks for rows, and hands each over.
  func rows(_ question: TableQuestion, _ body: (AnswerRow) throws -> Void) throws {
    var scanner = AnswerScanner(question.columns.map(\.form))
    let sql = question.sql(in: address.database) + " FORMAT RowBinary"
    var request = ClusterRequest(sql)
    // Old servers look at all of a view, unless they are told to.
    if !dialect.isModern { request.settings = [("enable_optimize_predicate_expression", "1")] }
    try stream(request, as: question.name) {
      try scanner.take($0, body)
    } rows: {
      try scanner.finish()
      return scanner.rows
    }
  }

  /// Asks, and hands over the answer as it comes.
  ///
  /// - Parameter rows: how many rows there were, when all has come.
  func stream(
    _ request: ClusterRequest, as name: String, _ take: (UnsafeRawBufferPointer) throws -> Void,
    rows: () throws -> Int64
  ) throws {
    var request = request
    let left = deadline.map { ContinuousClock.now.duration(to: $0) / .seconds(1) }
    if let left, left <= 0 { throw ClusterReader.slow }
    request.settings += limits.ending(request.settings.contains { $0.name == "readonly" })
    request.settings += limits.settings(left: left)
    request.settings += [("join_use_nulls", "1")]
    request.settings +=
      dialect.isModern
      ? [("aggregate_functions_null_for_empty", "1"), ("cast_keep_nullable", "1")]
      // What is small need not go to a file before it is sent.
      : [("buffer_size", "1048576")]
    let connection = try idle.popLast() ?? open()
    defer { idle.append(connection) }
    connection.totalTime = Int(min(left ?? 600, 600) * 1000) + 5000
    var cost = QuestionCost(name)
    cost.requests = 1
    let before = connection.received
    do {
      let head = try connection.stream(request, to: take)
      (cost.rowsRead, cost.bytesRead) = (head.rowsRead, head.bytesRead)
      cost.rows = try rows()
      cost.bytes = connection.received - before
      if costs.measures, cost.rowsRead == nil {
        cost.rowsRead = try rowsRead(for: request, connection)
      }
    } catch let error as ClusterError {
      throw ClusterReader.told(error)
    }
    costs.add(cost)
  }

  /// How many rows servers read for a question: they tell it behind an answer in JSON.
  private func rowsRead(
    for request: ClusterRequest, _ connection: ClusterConnection
  ) throws -> Int64? {
    var request = request
    guard let end = request.sql.range(ofLast: "FORMAT "), request.sql.hasPrefix("SELECT") else {
      return nil
    }
    request.sql = "SELECT count() FROM (\(request.sql[..<end])) FORMAT JSON"
    let answer = String(decoding: try connection.ask(request), as: UTF8.self)
    guard let place = answer.range(ofLast: "\"rows_read\":") else { return nil }
    return Int64(answer[place...].drop { !$0.isNumber }.prefix { $0.isNumber })
  }

  /// That what a gateway logged is asked about.
  var ofGateway: [String] { gateway.map { ["gateway = \(quotedText($0))"] } ?? [] }
}

extension String {
  /// Where a text stands last.
  fileprivate func range(ofLast text: String) -> Index? {
    var place = endIndex
    while place > startIndex {
      place = index(before: place)
      if self[place...].hasPrefix(text) { return place }
    }
    return nil
  }
}
