package import Answers
package import Events
internal import Store

/// Error rates over time.
package enum RateField: String, CaseIterable, Sendable {
  case vendor, status, code, kind, route, consumer
}

extension Question {
  /// The counts of each bucket, by any fields.
  package func rates(every: Every? = nil, by fields: [RateField] = []) throws -> Answer {
    let every = every ?? (range.length <= 7 * Milliseconds.day ? .hour : .day)
    let buckets = range.isEmpty ? [] : try every.buckets(covering: range, zone: zone)
    var seen: Set<RateField> = []
    var table = RateTable(buckets: buckets, fields: fields.filter { seen.insert($0).inserted })
    func startAtMultiples(of step: Int64) -> Bool { buckets.allSatisfy { $0.since % step == 0 } }
    var ground = Ground.counts
    if seen.isDisjoint(with: [.route, .consumer]),
      let grain = Grain.allCases.last(where: { startAtMultiples(of: $0.length) })
    {
      try eachResponse(by: grain) { table.add($0) }
      try table.know(self)
    } else {
      ground = .events
      try eachError { table.add($0) }
      // With some of the errors gone, a rate would be wrong.
      if startAtMultiples(of: Milliseconds.minute), !isPruned(.events) {
        try eachSuccess { table.add($0) }
        try table.know(self)
      }
    }
    return honest(answer(table, every: every), from: ground)
  }

  private func answer(_ table: RateTable, every: Every) -> Answer {
    let names = table.fields.map(\.rawValue)
    let rows = table.rows()
    let style: TimeStyle = every.length % Milliseconds.day == 0 ? .date : .minutes
    let values = rows.map { row -> Value in
      let start = max(row.bucket.since, range.since)
      let end = min(row.bucket.until, range.until)
      return .object(
        Object(
          [("start", Value(time: start)), ("end", Value(time: end))]
            + zip(names, row.key).map { ($0, $1.value) }
            + row.counts.values(knowsRequests: table.knowsRequests(row.key))))
    }
    let cells = rows.map { row -> [Cell] in
      [
        Cell(
          .time(row.bucket.since), shown: formatLocal(row.bucket.since, zone: zone, style: style))
      ]
        + row.key.map { Cell($0.value) }
        + row.counts.cells(knowsRequests: table.knowsRequests(row.key))
    }
    return Answer(
      title: "Error rates", notes: [note, "every \(every.text)"],
      sections: [
        Section(
          .table(
            Table(
              columns: ["start"] + names.map { Column($0) } + Counts.columns, rows: cells,
              whenEmpty: "no responses")))
      ],
      value: [
        "since": Value(time: range.since), "until": Value(time: range.until),
        "every": .text(every.text), "tz": .text(zone.name), "rows": .array(values),
      ],
      rows: "rows",
      header: ["start", "end"] + names + Counts().values(knowsRequests: false).map(\.0))
  }
}

/// Counts by bucket and group.
private struct RateTable {
  let buckets: [TimeRange]
  let fields: [RateField]
  private var groups: [[Part]: [Int: Counts]] = [:]
  /// Vendors whose successes are in the log.
  private var withSuccesses: Set<String?> = []
  private var withErrors: Set<String?> = []

  /// A part of a group's key: text or number, nothing first in order.
  enum Part: Hashable, Comparable {
    case nothing
    case number(Int64)
    case text(String)

    var value: Value {
      switch self {
      case .nothing: .null
      case .number(let number): .integer(number)
      case .text(let text): .text(text)
      }
    }
  }

  init(buckets: [TimeRange], fields: [RateField]) {
    self.buckets = buckets
    self.fields = fields
    if fields.isEmpty { groups[[]] = [:] }
  }

  mutating func add(_ response: ResponseCount) {
    guard let bucket = place(of: response.time) else { return }
    if !response.isError {
      withSuccesses.insert(response.vendor)
      // Successes have no code, kind, route or consumer; by status they would be no error.
      guard fields.allSatisfy({ $0 == .vendor }) else { return }
    } else {
      withErrors.insert(response.vendor)
    }
    let key = fields.map { field -> Part in
      switch field {
      case .vendor: response.vendor.map(Part.text) ?? .nothing
      case .status: response.status.map(Part.number) ?? .nothing
      case .code: response.code.map(Part.text) ?? .nothing
      case .kind: .text(response.kind)
      case .route: response.route.map(Part.text) ?? .nothing
      case .consumer: response.consumer.map(Part.text) ?? .nothing
      }
    }
    groups[key, default: [:]][bucket, default: Counts()].add(response)
  }

  private func place(of time: Int64) -> Int? {
    var low = 0
    var high = buckets.count
    while low < high {
      let middle = (low + high) / 2
      if buckets[middle].until <= time { low = middle + 1 } else { high = middle }
    }
    return low < buckets.count && buckets[low].contains(time) ? low : nil
  }

  /// Finds out whose successes would be in the log, had there been any.
  mutating func know(_ question: Question) throws {
    guard fields.allSatisfy({ $0 == .vendor }), !withErrors.isSubset(of: withSuccesses) else {
      return
    }
    withSuccesses.formUnion(try question.vendorsWithSuccesses())
  }

  /// Whether there is a denominator: successes in the log, and a grouping that divides them.
  func knowsRequests(_ key: [Part]) -> Bool {
    if fields.isEmpty { return !withSuccesses.isEmpty }
    guard fields == [.vendor] else { return false }
    if case .text(let vendor)? = key.first { return withSuccesses.contains(vendor) }
    return withSuccesses.contains(nil)
  }

  /// In order of time, then of groups; empty ones too where they are few.
  func rows() -> [(bucket: TimeRange, key: [Part], counts: Counts)] {
    let keys = groups.keys.sorted { $0.lexicographicallyPrecedes($1) }
    let showsEmpty = fields.isEmpty || fields == [.vendor]
    return buckets.enumerated().flatMap { place, bucket in
      keys.compactMap { key in
        let counts = groups[key]?[place]
        return counts == nil && !showsEmpty ? nil : (bucket, key, counts ?? Counts())
      }
    }
  }
}
