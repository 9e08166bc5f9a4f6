import Batches
import Events
import Files
import Questions
import Times

// Single errors.
extension MemoryArchive {
  /// The errors of a range in order of time, and those of one time in the order of their numbers.
  private func ordered(
    during range: TimeRange
  ) -> [(time: Int64, stored: ListLedger.StoredEvent)] {
    events(during: range).sorted { ($0.time, $0.stored.event.id) < ($1.time, $1.stored.event.id) }
  }

  func errors(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    for (time, stored) in events(during: range) {
      try body(
        StoredCount(
          time: time, vendor: stored.number(.vendor), gateway: stored.number(.gateway),
          status: Int64(stored.event.status ?? 0), code: stored.number(.code),
          kind: stored.event.kind, route: stored.number(.route),
          consumer: stored.number(.consumer), answeredBy: stored.event.answeredBy))
    }
  }

  func routedErrors(
    during range: TimeRange, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    for (time, stored) in events(during: range) { try body(StoredRouteCount(stored, at: time)) }
  }

  func limits(during range: TimeRange, _ body: (Limit) -> Void) throws {
    for (time, stored) in ordered(during: range) {
      let isRejection = stored.event.status == 429
      let isPlanLimit = stored.event.kind == .planLimit
      guard isRejection || isPlanLimit else { continue }
      var limit = Limit(
        time: time, vendor: stored.number(.vendor), gateway: stored.number(.gateway),
        consumer: stored.number(.consumer), isRejection: isRejection, isPlanLimit: isPlanLimit)
      if isRejection {
        limit.route = stored.number(.route)
        limit.retryAfter = stored.event.retryAfter
      }
      if isPlanLimit {
        limit.code = stored.number(.code)
        limit.details = stored.number(.details)
      }
      body(limit)
    }
  }

  func calls(during range: TimeRange, _ body: (StoredCall) throws -> Void) throws {
    for (time, stored) in ordered(during: range) {
      var call = StoredCall(number: stored.event.id, time: time)
      call.vendor = stored.number(.vendor)
      call.gateway = stored.number(.gateway)
      call.consumer = stored.number(.consumer)
      call.route = stored.number(.route)
      call.method = stored.number(.method)
      call.status = Int64(stored.event.status ?? 0)
      call.kind = stored.event.kind
      call.code = stored.number(.code)
      call.message = stored.number(.message)
      call.details = stored.number(.details)
      call.latency = stored.event.latency.map { Int64($0) }
      call.retryAfter = stored.event.retryAfter
      if stored.pathIsRoute {
        call.path = .route
      } else if let path = stored.event.path {
        call.path = .other(path.withBytes { PathDigest($0) })
      }
      try body(call)
    }
  }

  func events(
    during range: TimeRange, vendor: String?, kinds: Set<Kind>, _ body: (Event) throws -> Void
  ) throws {
    for (_, stored) in ordered(during: range)
    where kinds.contains(stored.event.kind) && (vendor == nil || stored.event.vendor == vendor) {
      try body(stored.event)
    }
  }
}

// Errors with all that tells them apart.
extension MemoryArchive {
  func errors(
    _ choice: ErrorChoice, texts: Bool, _ body: (StoredError) throws -> Void
  ) throws {
    for stored in events where isChosen(stored.event, choice) {
      try stored.withError(texts: texts, body)
    }
  }

  private func isChosen(_ event: Event, _ choice: ErrorChoice) -> Bool {
    switch choice {
    case .during(let range): event.time.map(range.contains) ?? false
    case .undated: event.time == nil
    case .after(let number): event.id > number
    }
  }

  func latestErrors(
    _ count: Int, during range: TimeRange, before mark: ErrorMark?, texts: Bool,
    where isMeant: (StoredError) throws -> Bool
  ) throws -> [ErrorMark] {
    var marks: [ErrorMark] = []
    for (time, stored) in events(during: range) {
      let own = ErrorMark(time: time, number: stored.event.id)
      guard mark.map({ own < $0 }) ?? true else { continue }
      if try stored.withError(texts: texts, isMeant) { marks.append(own) }
    }
    return Array(marks.sorted(by: >).prefix(count))
  }

  func newestEvent() throws -> Int64 { ledger.events.map(\.event.id).max() ?? 0 }
}

extension ListLedger.StoredEvent {
  fileprivate func withError<Result>(
    texts: Bool, _ body: (StoredError) throws -> Result
  ) rethrows -> Result {
    var error = StoredError(number: event.id, time: event.time)
    error.vendor = number(.vendor)
    error.gateway = number(.gateway)
    error.status = Int64(event.status ?? 0)
    error.code = number(.code)
    error.kind = event.kind
    error.route = number(.route)
    error.consumer = number(.consumer)
    error.answeredBy = event.answeredBy
    error.message = number(.message)
    error.details = number(.details)
    error.retryAfter = event.retryAfter
    guard texts else { return try body(error) }
    let path = pathIsRoute ? [] : event.path.map { Array($0.utf8) }
    return try (path ?? []).withUnsafeBufferPointer { bytes in
      if path != nil { error.path = bytes }
      return try Array((event.requestID ?? "").utf8).withUnsafeBufferPointer { bytes in
        if event.requestID != nil { error.requestID = bytes }
        return try body(error)
      }
    }
  }
}
