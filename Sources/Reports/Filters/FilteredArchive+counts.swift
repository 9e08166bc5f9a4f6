internal import Events
internal import Files
internal import Questions
internal import Times

// Counts of what is meant: a stretch may be told in several parts.
extension FilteredArchive {
  func responses(
    during range: TimeRange, by grain: Grain, _ body: (StoredCount) throws -> Void
  ) throws {
    if filter.isOfCounts {
      return try base.responses(during: range, by: grain) { if isMeant($0) { try body($0) } }
    }
    try errors(during: range.stretches(of: grain.length)) { error in
      var count = error
      count.time = error.time.rounded(downTo: grain.length)
      (count.route, count.consumer, count.answeredBy) = (0, 0, .unknown)
      try body(count)
    }
  }

  func undatedResponses(_ body: (StoredCount) throws -> Void) throws {
    if filter.isOfCounts {
      return try base.undatedResponses { if isMeant($0) { try body($0) } }
    }
    try errors(.undated, texts: false) { error in
      var count = StoredCount(error, at: 0)
      (count.route, count.consumer, count.answeredBy) = (0, 0, .unknown)
      try body(count)
    }
  }

  private func isMeant(_ count: StoredCount) -> Bool {
    (count.kind != nil || filter.isOfSuccesses) && conditions.passes(count)
  }

  func minutes(during range: TimeRange, _ body: (StoredMinute) throws -> Void) throws {
    if filter.isOfSuccesses {
      return try base.minutes(during: range) { minute in
        if isMeant(minute.vendor, minute.gateway) { try body(minute) }
      }
    }
    let length = Milliseconds.minute
    try errors(during: range.stretches(of: length)) { error in
      try body(
        StoredMinute(
          time: error.time.rounded(downTo: length), vendor: error.vendor, gateway: error.gateway,
          successes: 0, errors: 1, rateLimited: error.kind == .rateLimit ? 1 : 0,
          planLimited: error.kind == .planLimit ? 1 : 0, serverErrors: error.status >= 500 ? 1 : 0))
    }
  }

  func successes(during range: TimeRange, _ body: (StoredCount) throws -> Void) throws {
    guard filter.isOfSuccesses else { return }
    try base.successes(during: range) { if isMeant($0.vendor, $0.gateway) { try body($0) } }
  }

  /// Where a filter leaves successes out, nobody knows whether nothing was logged.
  func hourlyResponses(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    guard filter.isOfSuccesses else { return }
    try base.hourlyResponses(during: range) { if isMeant($0.vendor, $0.gateway) { body($0) } }
  }

  func responsesByMinute(during range: TimeRange, _ body: (StoredCount) -> Void) throws {
    guard filter.isOfSuccesses else { return }
    try base.responsesByMinute(during: range) { if isMeant($0.vendor, $0.gateway) { body($0) } }
  }

  private func isMeant(_ vendor: Int64, _ gateway: Int64) -> Bool {
    conditions.passes(vendor: Int(vendor), gateway: Int(gateway))
  }

  func minuteCounts(
    of sort: MinuteSort, during range: TimeRange,
    _ body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    if filter.isOfSuccesses {
      return try base.minuteCounts(of: sort, during: range) { hour, vendor, gateway, minutes in
        if isMeant(vendor, gateway) { try body(hour, vendor, gateway, minutes) }
      }
    }
    var hours = SparseHours()
    let hour = Milliseconds.hour
    let whole = TimeRange(
      since: range.since.rounded(downTo: hour),
      until: range.until.addingClamped(hour - 1).rounded(downTo: hour))
    try errors(during: whole) { error in
      let isMeant =
        sort == .requests
        || MinuteSort(status: error.status, kind: error.kind ?? .unknown) == sort
      guard isMeant else { return }
      hours.add(error)
      if hours.isFull { try hours.empty(into: body) }
    }
    try hours.empty(into: body)
  }

  func routeCounts(
    during range: TimeRange, by grain: Grain, _ body: (StoredRouteCount) throws -> Void
  ) throws {
    if filter.isOfRoutes {
      return try base.routeCounts(during: range, by: grain) {
        if conditions.passes($0) { try body($0) }
      }
    }
    try errors(during: range.stretches(of: grain.length)) { error in
      var count = StoredRouteCount(error)
      count.time = error.time.rounded(downTo: grain.length)
      try body(count)
    }
  }

  /// Quotas are told by headers, of successes as well: only whose they are is known.
  func quotas(during range: TimeRange, _ body: (StoredQuota) throws -> Void) throws {
    guard filter.isOfCallers else { return }
    try base.quotas(during: range) { if conditions.passes($0) { try body($0) } }
  }
}

extension TimeRange {
  /// The stretches of a length that begin inside, as one.
  fileprivate func stretches(of length: Int64) -> TimeRange {
    TimeRange(
      since: since.addingClamped(length - 1).rounded(downTo: length),
      until: until.addingClamped(length - 1).rounded(downTo: length))
  }
}

extension StoredQuota: Filterable {
  func number(of field: ResponseField) -> Int {
    switch field {
    case .vendor: Int(vendor)
    case .gateway: Int(gateway)
    case .consumer: Int(consumer)
    case .status, .code, .kind, .route, .answeredBy: 0
    }
  }
}

/// What the minutes of some hours count.
private struct SparseHours {
  private struct Place: Hashable {
    var hour: Int64
    var vendor: Int64
    var gateway: Int64
  }

  private var hours: [Place: [Int64]] = [:]

  /// Some 4 MB.
  var isFull: Bool { hours.count >= 1 << 13 }

  mutating func add(_ error: StoredCount) {
    let hour = error.time.rounded(downTo: Milliseconds.hour)
    let place = Place(hour: hour, vendor: error.vendor, gateway: error.gateway)
    let minute = Int((error.time - hour) / Milliseconds.minute)
    hours[place, default: Array(repeating: 0, count: 60)][minute] += error.count
  }

  mutating func empty(
    into body: (_ hour: Int64, _ vendor: Int64, _ gateway: Int64, _ minutes: [Int64]) throws -> Void
  ) throws {
    for (place, minutes) in hours {
      try body(place.hour, place.vendor, place.gateway, minutes)
    }
    hours = [:]
  }
}
