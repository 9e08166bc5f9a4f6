internal import Analysis
package import Answers
internal import Events
internal import Store

/// A burst of 429s of one vendor, with who asked for what.
struct VendorBurst {
  var vendor: String?
  var burst: Burst
  var routes: [(name: String, count: Int)]
  var consumers: [(name: String, count: Int)]
}

extension Question {
  /// 429s that come densely.
  package func bursts() throws -> Answer {
    let found = try vendorBursts()
    let answer = Answer(
      title: "429 bursts", notes: [note], sections: [Section(.table(burstTable(found)))],
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "bursts": burstValues(found),
      ],
      rows: "bursts",
      header: [
        "vendor", "start", "end", "count", "plan_limited", "peak_per_minute", "background_per_hour",
        "retry_after", "routes", "consumers",
      ])
    return honest(answer, from: .events)
  }

  /// The day before helps to know what is usual, and finds the start of a burst that was going on.
  func vendorBursts() throws -> [VendorBurst] {
    let coverage = covered(TimeRange(since: range.since - Milliseconds.day, until: range.until))
    guard !coverage.isEmpty else { return [] }
    var lists: [String?: RejectionList] = [:]
    try ask("rejections", during: coverage) { row in
      lists[row.text(1), default: RejectionList()].add(
        time: row.integer(0), isPlanLimit: row.text(2) == Kind.planLimit.name, route: row.text(3),
        consumer: row.text(4), retryAfter: row.optionalInteger(5))
    }
    let found = lists.flatMap { vendor, list in
      Analysis.bursts(in: list.rejections, during: coverage.since..<coverage.until)
        .filter { $0.end >= range.since }
        .map { list.describe($0, of: vendor) }
    }
    return found.sorted { ($0.burst.start, $0.vendor ?? "") < ($1.burst.start, $1.vendor ?? "") }
  }

  func burstValues(_ found: [VendorBurst]) -> Value {
    func list(_ names: [(name: String, count: Int)]) -> Value {
      .array(names.map { ["name": .text($0.name), "count": Value($0.count)] })
    }
    return .array(
      found.map {
        [
          "vendor": Value($0.vendor), "start": Value(time: $0.burst.start),
          "end": Value(time: $0.burst.end), "count": Value($0.burst.count),
          "plan_limited": Value($0.burst.planLimited),
          "peak_per_minute": Value($0.burst.peakPerMinute),
          "background_per_hour": .number($0.burst.backgroundPerHour),
          "retry_after": .text($0.burst.retryAfter.rawValue), "routes": list($0.routes),
          "consumers": list($0.consumers),
        ]
      })
  }

  func burstTable(_ found: [VendorBurst], title: String? = nil) -> Table {
    Table(
      title,
      columns: [
        "vendor", "start", "lasted", Column("429s", .trailing), Column("peak/min", .trailing),
        Column("usual/h", .trailing), "Retry-After", "most from", "most on",
      ],
      rows: found.map {
        [
          Cell($0.vendor), time($0.burst.start),
          Cell(.text(formatDuration($0.burst.end - $0.burst.start))), Cell($0.burst.count),
          Cell($0.burst.peakPerMinute),
          Cell(
            .number($0.burst.backgroundPerHour), shown: expectation($0.burst.backgroundPerHour)),
          Cell(.text($0.burst.retryAfter.rawValue)), Cell($0.consumers.first?.name),
          Cell($0.routes.first?.name),
        ]
      },
      whenEmpty: "no bursts")
  }
}

/// The 429s of one vendor, routes and consumers by number.
private struct RejectionList {
  private(set) var rejections: [Rejection] = []
  private var routes = Names()
  private var consumers = Names()

  mutating func add(
    time: Int64, isPlanLimit: Bool, route: String?, consumer: String?, retryAfter: Int64?
  ) {
    rejections.append(
      Rejection(
        time: time, consumer: consumers.number(of: consumer), route: routes.number(of: route),
        retryAfter: retryAfter, planLimited: isPlanLimit))
  }

  func describe(_ burst: Burst, of vendor: String?) -> VendorBurst {
    let inside = rejections[burst.indices]
    return VendorBurst(
      vendor: vendor, burst: burst, routes: routes.most(of: inside.map(\.route)),
      consumers: consumers.most(of: inside.map(\.consumer)))
  }

  /// Names by number; -1 for none.
  private struct Names {
    private var numbers: [String: Int] = [:]
    private var names: [String] = []

    mutating func number(of name: String?) -> Int {
      guard let name else { return -1 }
      if let number = numbers[name] { return number }
      numbers[name] = names.count
      names.append(name)
      return names.count - 1
    }

    /// The five most frequent.
    func most(of numbers: [Int]) -> [(name: String, count: Int)] {
      var counts: [Int: Int] = [:]
      for number in numbers where number >= 0 { counts[number, default: 0] += 1 }
      return counts.map { (name: names[$0.key], count: $0.value) }
        .sorted { ($1.count, $0.name) < ($0.count, $1.name) }.prefix(5).map { $0 }
    }
  }
}
