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
