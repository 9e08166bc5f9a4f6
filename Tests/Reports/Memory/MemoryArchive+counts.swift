import Batches
import Events
import Questions
import Times

// Counts: of each stretch of time that begins inside a range.
extension MemoryArchive {
  /// What tells counts apart.
  private struct Sort: Hashable {
    var time: Int64
    var vendor: Int64
    var gateway: Int64
    var status: Int64 = 0
    var code: Int64 = 0
    var kind: Kind?

    func counting(_ count: Int64) -> StoredCount {
      StoredCount(
        time: time, vendor: vendor, gateway: gateway, status: status, code: code, kind: kind,
        count: count)
    }
  }

  private func sort(of stored: ListLedger.StoredEvent, at time: Int64) -> Sort {
    Sort(
      time: time, vendor: stored.number(.vendor), gateway: stored.number(.gateway),
      status: Int64(stored.event.status ?? 0), code: stored.number(.code), kind: stored.event.kind)
  }

  /// The times of what has one.
  private var dated: [(time: Int64, stored: ListLedger.StoredEvent)] {
    events(during: TimeRange(since: .min, until: .max))
  }

  private func counted(
    _ sorts: some Sequence<(Sort, Int64)>, during range: TimeRange,
    _ body: (StoredCount) throws -> Void
  ) rethrows {
    var counts: [Sort: Int64] = [:]
    for (sort, count) in sorts where range.contains(sort.time) {
      counts[sort, default: 0] += count
    }
    for (sort, count) in counts { try body(sort.counting(count)) }
  }

  func responses(
    during range: TimeRange, by grain: Grain, _ body: (StoredCount) throws -> Void
  ) throws {
    let errors = dated.map { (sort(of: $1, at: $0.rounded(downTo: grain.length)), Int64(1)) }
    let successes = successesByQuarter.compactMap { entry in
      entry.time.map {
        (
          Sort(
            time: $0.rounded(downTo: grain.length), vendor: entry.vendor, gateway: entry.gateway,
            status: entry.status), entry.count
        )
      }
    }
    try counted(errors + successes, during: range, body)
  }

  func undatedResponses(_ body: (StoredCount) throws -> Void) throws {
    for stored in events where stored.event.time == nil {
      try body(sort(of: stored, at: 0).counting(1))
    }
    for entry in successesByQuarter where entry.time == nil {
      try body(
        Sort(time: 0, vendor: entry.vendor, gateway: entry.gateway, status: entry.status)
          .counting(entry.count))
    }
  }

  func minutes(during range: TimeRange, _ body: (StoredMinute) throws -> Void) throws {
    var minutes: [Sort: StoredMinute] = [:]
    func add(_ sort: Sort, _ change: (inout StoredMinute) -> Void) {
      guard range.contains(sort.time) else { return }
      change(
        &minutes[
          sort,
          default: StoredMinute(
            time: sort.time, vendor: sort.vendor, gateway: sort.gateway, successes: 0, errors: 0,
            rateLimited: 0, planLimited: 0, serverErrors: 0)])
    }
    for (time, stored) in dated {
      let sort = Sort(
        time: time.rounded(downTo: Milliseconds.minute), vendor: stored.number(.vendor),
        gateway: stored.number(.gateway))
      add(sort) {
        $0.errors += 1
        if stored.event.kind == .rateLimit { $0.rateLimited += 1 }
        if stored.event.kind == .planLimit { $0.planLimited += 1 }
        if stored.event.status ?? 0 >= 500 { $0.serverErrors += 1 }
      }
    }
    for entry in successesByMinute {
      guard let time = entry.time else { continue }
      add(Sort(time: time, vendor: entry.vendor, gateway: entry.gateway)) {
        $0.successes += entry.count
      }
    }
    for minute in minutes.values { try body(minute) }
  }

  func successes(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    try minutes(during: range) { minute in
      if minute.successes == 0 { return }
      try body(
        StoredCount(
          time: minute.time, vendor: minute.vendor, gateway: minute.gateway,
          count: minute.successes))
    }
  }

  func hourlyResponses(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    var hours: [Sort: Int64] = [:]
    try responses(during: range, by: .hour) { count in
      hours[Sort(time: count.time, vendor: count.vendor, gateway: count.gateway), default: 0] +=
        count.count
    }
    for (sort, count) in hours { body(sort.counting(count)) }
  }

  func responsesByMinute(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    try minutes(during: range) { minute in
      body(
        StoredCount(
          time: minute.time, vendor: minute.vendor, gateway: minute.gateway,
          count: minute.successes + minute.errors))
    }
  }

  func minuteCounts(
    of sort: MinuteSort, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    let hours = TimeRange(since: range.since.rounded(downTo: Milliseconds.hour), until: range.until)
    var counts: [Sort: [Int64]] = [:]
    func add(_ count: Int64, at time: Int64, vendor: Int64, gateway: Int64) {
      let hour = time.rounded(downTo: Milliseconds.hour)
      counts[
        Sort(time: hour, vendor: vendor, gateway: gateway),
        default: Array(repeating: 0, count: 60)][Int((time - hour) / Milliseconds.minute)] += count
    }
    for (time, stored) in dated where isMeant(stored.event, sort) {
      add(1, at: time, vendor: stored.number(.vendor), gateway: stored.number(.gateway))
    }
    for entry in successesByMinute where sort == .requests {
      guard let time = entry.time else { continue }
      add(entry.count, at: time, vendor: entry.vendor, gateway: entry.gateway)
    }
    for (hour, minutes) in counts where hours.contains(hour.time) {
      try body(hour.time, hour.vendor, hour.gateway, minutes)
    }
  }

  /// Whether an error is of a sort, in the words of the sorts.
  private func isMeant(_ event: Event, _ sort: MinuteSort) -> Bool {
    let status = event.status
    let isGivenUp = event.kind == .cancelled
    return switch sort {
    case .requests: true
    case .serverErrors: status ?? 0 >= 500
    case .unanswered: status == nil && !isGivenUp
    case .rejections: status == 429
    case .refusals: isRefused(event)
    case .cancelled: isGivenUp && status ?? 0 < 500 && status != 429
    case .others:
      !isGivenUp && status != nil && status ?? 0 < 500 && status != 429 && !isRefused(event)
    }
  }

  private func isRefused(_ event: Event) -> Bool {
    [401, 403].contains(event.status)
      && ![.cancelled, .planLimit, .payment, .rateLimit].contains(event.kind)
  }

  func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    for (time, stored) in dated {
      let start = time.rounded(downTo: grain.length)
      if range.contains(start) { try body(StoredRouteCount(stored, at: start)) }
    }
  }

  func quotas(during range: TimeRange, _ body: (StoredQuota) throws -> Void) throws {
    for quota in ledger.quotas
    where range.contains(quota.sighting.time) && isMeant(gateway: quota.gateway) {
      try body(
        StoredQuota(
          vendor: quota.vendor, gateway: quota.gateway, consumer: quota.consumer, name: quota.name,
          sighting: quota.sighting))
    }
  }
}

extension StoredRouteCount {
  init(_ stored: ListLedger.StoredEvent, at time: Int64) {
    self.init(
      time: time, vendor: stored.number(.vendor), gateway: stored.number(.gateway),
      route: stored.number(.route), kind: stored.event.kind, answeredBy: stored.event.answeredBy,
      status: Int64(stored.event.status ?? 0), count: 1)
  }
}
