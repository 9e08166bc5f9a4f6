package import Answers
package import Events
internal import Store

extension Question {
  /// The counts of each bucket, by any fields.
  package func rates(every: Every? = nil, by fields: [ResponseField] = []) throws -> Answer {
    let every = every ?? (range.length <= 7 * Milliseconds.day ? .hour : .day)
    let buckets = range.isEmpty ? [] : try every.buckets(covering: range, zone: zone)
    var seen: Set<ResponseField> = []
    var table = RateTable(buckets: buckets, fields: fields.filter { seen.insert($0).inserted })
    func startAtMultiples(of step: Int64) -> Bool { buckets.allSatisfy { $0.since % step == 0 } }
    var ground = Ground.counts
    let grain = Grain.allCases.last { startAtMultiples(of: $0.length) }
    if seen.isDisjoint(with: [.route, .consumer]), let grain {
      try eachResponse(by: grain) { table.add($0) }
      try table.know(self)
    } else if seen.isDisjoint(with: [.code, .consumer]), let grain {
      ground = .routes
      // In long buckets there are whole days, wherever they begin.
      let isLong = every.length > Milliseconds.day
      for part in isLong ? buckets.map(clipped) : [range] {
        try eachRouteCount(during: part, by: isLong ? .day : grain) { table.add(ResponseCount($0)) }
      }
    } else {
      ground = .events
      try eachError { table.add($0) }
      // With some of the errors gone, a rate would be wrong.
      if startAtMultiples(of: Milliseconds.minute), !isPruned(.events) {
        try eachSuccess { table.add($0) }
        try table.know(self)
      }
    }
    return try honest(answer(table, every: every), from: ground)
  }

  /// The part of a bucket that is inside the range.
  private func clipped(_ bucket: TimeRange) -> TimeRange {
    TimeRange(since: max(bucket.since, range.since), until: min(bucket.until, range.until))
  }

  private func answer(_ table: RateTable, every: Every) -> Answer {
    let names = table.fields.map(\.rawValue)
    let rows = table.rows(naming: vocabulary)
    let style: TimeStyle = every.length % Milliseconds.day == 0 ? .date : .minutes
    let values = rows.map { row -> Value in
      let start = max(row.bucket.since, range.since)
      let end = min(row.bucket.until, range.until)
      return .object(
        Object(
          [("start", Value(time: start)), ("end", Value(time: end))]
            + zip(names, row.key).map { ($0, $1.value) }
            + row.counts.values(knowsRequests: row.knowsRequests)))
    }
    let cells = rows.map { row -> [Cell] in
      [
        Cell(
          .time(row.bucket.since), shown: formatLocal(row.bucket.since, zone: zone, style: style))
      ]
        + row.key.map { Cell($0.value) }
        + row.counts.cells(knowsRequests: row.knowsRequests)
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
  let fields: [ResponseField]
  /// By the numbers of the fields' values, then by bucket.
  private var groups: [[Int]: [Int: Counts]] = [:]
  /// The group of the response at hand: its memory is used again.
  private var key: [Int]
  /// Vendors whose successes are in the log.
  private var withSuccesses: Set<Int> = []
  private var withErrors: Set<Int> = []

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

  /// The counts of a group in a bucket.
  struct Row {
    var bucket: TimeRange
    var key: [Part]
    var counts: Counts
    /// Whether there is a denominator.
    var knowsRequests: Bool
  }

  init(buckets: [TimeRange], fields: [ResponseField]) {
    self.buckets = buckets
    self.fields = fields
    key = fields.map { _ in 0 }
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
    for (place, field) in fields.enumerated() {
      key[place] = response.number(of: field)
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
  private func knowsRequests(_ key: [Int]) -> Bool {
    if fields.isEmpty { return !withSuccesses.isEmpty }
    return fields == [.vendor] && withSuccesses.contains(key[0])
  }

  /// In order of time, then of groups; empty ones too where they are few.
  func rows(naming vocabulary: Vocabulary) -> [Row] {
    let named = groups.map { key, counts in
      (key: parts(of: key, vocabulary), counts: counts, knowsRequests: knowsRequests(key))
    }
    .sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let showsEmpty = fields.isEmpty || fields == [.vendor]
    return buckets.enumerated().flatMap { place, bucket in
      named.compactMap { group in
        let counts = group.counts[place]
        if counts == nil, !showsEmpty { return nil }
        return Row(
          bucket: bucket, key: group.key, counts: counts ?? Counts(),
          knowsRequests: group.knowsRequests)
      }
    }
  }

  /// The texts and numbers of a group's key.
  private func parts(of key: [Int], _ vocabulary: Vocabulary) -> [Part] {
    func text(_ text: String?) -> Part { text.map(Part.text) ?? .nothing }
    return zip(fields, key).map { field, number in
      switch field {
      case .vendor: text(vocabulary.vendors[number])
      case .status: number == 0 ? .nothing : .number(Int64(number))
      case .code: text(vocabulary.codes[number])
      case .kind: text(Kind(rawValue: UInt8(clamping: number))?.name)
      case .route: text(vocabulary.routes[number])
      case .consumer: text(vocabulary.consumers[number])
      }
    }
  }
}
