import Batches
import Events
import Questions
import Times

/// Answers what a report asks by going through the lists of a `ListLedger`, each time.
final class MemoryArchive: Archive {
  /// What it cannot answer.
  struct NoSQL: Error {}

  let ledger: ListLedger
  private var gateway: String?

  init(_ ledger: ListLedger) {
    self.ledger = ledger
  }

  /// The events of the gateway asked about.
  var events: [ListLedger.StoredEvent] {
    ledger.events.filter { gateway == nil || $0.event.gateway == gateway }
  }

  /// Those of a range with their times, in the order they were stored in.
  func events(during range: TimeRange) -> [(time: Int64, stored: ListLedger.StoredEvent)] {
    events.compactMap { stored in
      stored.event.time.flatMap { range.contains($0) ? ($0, stored) : nil }
    }
  }

  func isMeant(gateway number: Int64) -> Bool {
    gateway == nil || ledger.text(number, in: .gateway) == gateway
  }

  var successesByMinute: [ListLedger.Successes] {
    ledger.successesByMinute.filter { isMeant(gateway: $0.gateway) }
  }

  var successesByQuarter: [ListLedger.Successes] {
    ledger.successesByQuarter.filter { isMeant(gateway: $0.gateway) }
  }

  func restrict(toGateway name: String) throws { gateway = name }

  var opener: @Sendable () throws -> any Archive {
    // A ledger that is not written to any more can be read by several threads.
    nonisolated(unsafe) let ledger = ledger
    return { MemoryArchive(ledger) }
  }

  // How much there is.

  func extent() throws -> TimeRange? {
    let minute = Milliseconds.minute
    let times = ledger.events.compactMap(\.event.time)
    let minutes =
      ledger.successesByMinute.compactMap(\.time) + times.map { $0.rounded(downTo: minute) }
    guard let first = minutes.min(), let last = (minutes + times).max() else { return nil }
    return TimeRange(since: first, until: last + 1)
  }

  func holdings() throws -> Holdings {
    var holdings = Holdings()
    holdings.events = Int64(ledger.events.count)
    holdings.rejects = Int64(ledger.rejects.count) + ledger.rejectsNotKept.values.reduce(0, +)
    return holdings
  }

  let pruned = Pruned()

  func missingParts(of range: TimeRange) throws -> [MissingPart] { [] }

  func newestBatch() throws -> Int64 { ledger.newestBatch }

  func earliestTime(after batch: Int64) throws -> Int64? {
    let events = ledger.events.filter { $0.batch > batch }.compactMap(\.event.time)
    let successes = ledger.successesByMinute.filter { $0.batch > batch }.compactMap(\.time)
    return (events + successes).min()
  }

  /// Of each two gateways, the one of whose ids the larger share stands in the other's log is first.
  func sharedRequests(during range: TimeRange) throws -> [SharedRequests] {
    let days = TimeRange(
      since: range.since.rounded(downTo: Milliseconds.day), until: range.until)
    var known: [String: Set<String>] = [:]
    for (time, stored) in events(during: TimeRange(since: .min, until: .max)) {
      let day = time.rounded(downTo: Milliseconds.day)
      guard days.contains(day) else { continue }
      for hash in stored.hashes {
        known[stored.event.gateway ?? "", default: []].insert("\(day) \(hash)")
      }
    }
    func shared(_ gateway: String, _ other: String) -> SharedRequests? {
      guard let own = known[gateway], own.count >= 20, let others = known[other] else { return nil }
      let share = Double(own.intersection(others).count) / Double(own.count)
      return share < 0.1 ? nil : SharedRequests(gateway: gateway, other: other, share: share)
    }
    var found: [SharedRequests] = []
    for gateway in known.keys {
      for other in known.keys where gateway < other {
        let both = [shared(gateway, other), shared(other, gateway)].compactMap(\.self)
        found += both.max { $0.share < $1.share }.map { [$0] } ?? []
      }
    }
    return found.sorted { ($1.share, $0.gateway, $0.other) < ($0.share, $1.gateway, $1.other) }
  }

  // An event by its ids.

  func events(with id: String, hash: (String, UInt64) -> UInt64) throws -> [Int64] {
    let hash = hash(id, ledger.seed)
    return ledger.events.filter { $0.hashes.contains(hash) }.map(\.event.id)
  }

  func event(_ number: Int64) throws -> Event? {
    ledger.events.first { $0.event.id == number }?.event
  }

  func event(_ number: Int64, carries hashes: some Sequence<UInt64>) throws -> Bool {
    guard let event = ledger.events.first(where: { $0.event.id == number }) else { return false }
    return hashes.allSatisfy(event.hashes.contains)
  }

  func events(
    withIDPart part: String, at edge: IDEdge, limit: Int
  ) throws -> (numbers: [Int64], hasMore: Bool) {
    guard edge.hash(of: part) != nil else { return ([], false) }
    let numbers = ledger.events.reversed().filter { stored in
      stored.event.requestID.map { edge.isEdge(part, of: $0) } ?? false
    }.map(\.event.id)
    return (Array(numbers.prefix(limit)), numbers.count > limit)
  }

  func someIDs(_ count: Int) throws -> [(id: String, vendor: Int64)] {
    let events = ledger.events
    return stride(from: 0, to: events.count, by: max(1, events.count / max(1, count))).compactMap {
      place in
      events[place].event.requestID.map { id in
        (id, events[place].event.vendor.flatMap { try? number(of: $0, in: .vendor) } ?? 0)
      }
    }
  }

  func identifierCount(ofEvent number: Int64) throws -> Int {
    ledger.events.first { $0.event.id == number }?.hashes.count ?? 0
  }

  // What is kept beside the events.

  func rejectCounts() throws -> [RejectCount] {
    var counts: [[String?]: Int64] = [:]
    for (log, reject) in ledger.rejects { counts[[log, reject.reason], default: 0] += 1 }
    for (log, count) in ledger.rejectsNotKept where count > 0 { counts[[log, nil]] = count }
    return counts.map { RejectCount(path: $0[0] ?? "", reason: $0[1], rejects: $1) }
      .sorted { ($0.path, $0.reason ?? "~") < ($1.path, $1.reason ?? "~") }
  }

  func eachReject(_ body: (String, Reject) -> Bool) throws {
    let rejects = ledger.rejects.sorted { ($0.log, $0.reject.offset) < ($1.log, $1.reject.offset) }
    for (log, reject) in rejects where !body(log, reject) { return }
  }

  func checkedRule(_ rule: String, job: String) throws -> CheckedRule? {
    ledger.checkedRules[[job, rule]]
  }

  // SQL over the public views.

  func describe(
    _ sql: String, of author: QueryAuthor
  ) throws -> (columns: [String], parameters: [String]) { throw NoSQL() }

  func run(
    _ sql: String, of author: QueryAuthor, _ parameters: [String: QueryParameter],
    _ body: (any QueryRow) throws -> Void
  ) throws { throw NoSQL() }

  func restrictToReading(seconds: Double) {}
}
