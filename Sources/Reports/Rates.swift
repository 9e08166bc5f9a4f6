package import Answers
package import Events
internal import Questions
package import Times

extension Question {
  /// The counts of each bucket, by any fields: the largest groups by themselves, the rest together.
  package func rates(every: Every? = nil, by fields: [ResponseField] = []) throws -> Answer {
    let every = every ?? (range.length <= 7 * Milliseconds.day ? .hour : .day)
    let buckets = range.isEmpty ? [] : try every.buckets(covering: range, zone: zone)
    var seen: Set<ResponseField> = []
    let fields = fields.filter { seen.insert($0).inserted }
    func startAtMultiples(of step: Int64) -> Bool { buckets.allSatisfy { $0.since % step == 0 } }
    let grain = Grain.allCases.last { startAtMultiples(of: $0.length) }
    let ground: Ground
    if let grain, seen.isDisjoint(with: [.route, .consumer]) {
      ground = .counts
      return try rates(every, buckets, fields, from: ground) { body in
        try eachResponse(by: grain, body)
      }
    }
    if let grain, seen.isDisjoint(with: [.code, .consumer]) {
      ground = .counts
      // In long buckets there are whole days, wherever they begin.
      let isLong = every.length > Milliseconds.day
      return try rates(every, buckets, fields, from: ground) { body in
        for part in isLong ? buckets.map(clipped) : [range] {
          try eachRouteCount(during: part, by: isLong ? .day : grain) {
            try body(ResponseCount($0))
          }
        }
      }
    }
    ground = .events
    // With some of the errors gone, a rate would be wrong.
    let hasRates = startAtMultiples(of: Milliseconds.minute) && !isPruned(.events)
    return try rates(every, buckets, fields, from: ground, hasRates: hasRates) { body in
      try eachError(body)
      if hasRates { try eachSuccess(body) }
    }
  }

  /// - Parameter read: hands over all responses; it may be asked several times.
  private func rates(
    _ every: Every, _ buckets: [TimeRange], _ fields: [ResponseField], from ground: Ground,
    hasRates: Bool = true, _ read: ((ResponseCount) throws -> Void) throws -> Void
  ) throws -> Answer {
    let divides = hasRates && fields.allSatisfy(\.isOfSuccesses)
    let parts = try inParts { part in
      var tally = RateTally(buckets, fields, part)
      try read { try tally.add($0) }
      let ranking = tally.ranking(top.groups, naming: vocabulary)
      return (tally: tally.isOnlyTotals ? nil : tally, ranking: ranking)
    }
    var ranking = Ranking<[Int32]>(top.groups)
    for part in parts { ranking.add(part.ranking) }
    let groups = ranking.largest.sorted { $0.name < $1.name }
    var tally: RateTally
    if let whole = parts.first?.tally, ranking.others == 0 {
      tally = whole
    } else {
      tally = RateTally(buckets, fields, groups: groups.map(\.group))
      try read { try tally.add($0) }
    }
    if divides { try tally.know(self) }
    let table = RateTable(
      tally: tally, groups: groups.map { ($0.name, $0.group) }, others: ranking.others,
      knowsRequests: divides)
    return try honest(answer(table, every: every), from: ground)
  }

  /// The part of a bucket that is inside the range.
  private func clipped(_ bucket: TimeRange) -> TimeRange {
    TimeRange(since: max(bucket.since, range.since), until: min(bucket.until, range.until))
  }

  private func answer(_ table: RateTable, every: Every) -> Answer {
    let names = table.fields.map(\.rawValue)
    let style: TimeStyle = every.length % Milliseconds.day == 0 ? .date : .minutes
    let others: [(String, Value)] = names.isEmpty ? [] : [("others", .null)]
    return Answer(
      title: "Error rates", notes: [note, "every \(every.text)"],
      sections: forPeople {
        let rows = table.rows.map { row -> [Cell] in
          let start = row.bucket.since
          return [Cell(.time(start), shown: formatLocal(start, zone: zone, style: style))]
            + cells(of: row, names.count) + row.counts.cells(knowsRequests: row.knowsRequests)
        }
        return [
          Section(
            .table(
              Table(
                columns: ["start"] + names.map { Column($0) } + Counts.columns, rows: rows,
                whenEmpty: "no responses")))
        ]
      },
      value: forPrograms {
        let values = table.rows.map { row -> Value in
          let start = max(row.bucket.since, range.since)
          let end = min(row.bucket.until, range.until)
          let parts = row.name.map { $0.parts.map(\.value) } ?? names.map { _ in .null }
          return .object(
            Object(
              [("start", Value(time: start)), ("end", Value(time: end))]
                + zip(names, parts).map { ($0, $1) }
                + row.counts.values(knowsRequests: row.knowsRequests)
                + others.map { ($0.0, row.name == nil ? Value(table.others) : .null) }))
        }
        return [
          "since": Value(time: range.since), "until": Value(time: range.until),
          "every": .text(every.text), "tz": .text(zone.name), "left_out": Value(table.others),
          "rows": .array(values),
        ]
      },
      rows: "rows",
      header: ["start", "end"] + names + Counts().values(knowsRequests: false).map(\.0)
        + others.map(\.0))
  }

  /// What a row is of.
  private func cells(of row: RateTable.Row, _ count: Int) -> [Cell] {
    guard let name = row.name else {
      return (0..<count).map { Cell(.null, shown: $0 == 0 ? othersText(row.others) : nil) }
    }
    return name.parts.map { Cell($0.value) }
  }
}

/// `9,950 others`: the groups that a row stands for.
func othersText(_ count: Int) -> String { "\(grouped(Int64(count))) other\(count == 1 ? "" : "s")" }

/// What is shown of the counts of groups, in order of time.
private struct RateTable {
  let tally: RateTally
  /// In order of their names.
  let groups: [(name: GroupName, key: [Int32])]
  /// How many groups are not among these.
  let others: Int
  /// Whether there may be a denominator.
  let knowsRequests: Bool

  /// The counts of a group in a bucket.
  struct Row {
    var bucket: TimeRange
    /// Nil for the rest.
    var name: GroupName?
    /// How many groups it stands for, where these are the rest.
    var others = 0
    var counts: Counts
    /// Whether there is a denominator.
    var knowsRequests: Bool
  }

  var fields: [ResponseField] { tally.fields }

  /// In order of time, then of groups; empty ones too where they are few.
  var rows: [Row] {
    let (most, few) = (Top.usual.groups, 100_000)
    let isFew = groups.count <= most || groups.count <= few / max(1, tally.buckets.count)
    let showsEmpty = fields.isEmpty || fields == [.vendor] && isFew
    var rows: [Row] = []
    for (place, bucket) in tally.buckets.enumerated() {
      for (name, key) in groups {
        let counts = tally.counts(of: key, in: place)
        if counts == nil, !showsEmpty { continue }
        rows.append(
          Row(
            bucket: bucket, name: name, counts: counts ?? Counts(),
            knowsRequests: knowsRequests && tally.hasSuccesses(key)))
      }
      let rest = others > 0 ? tally.counts(of: nil, in: place) : nil
      guard let counts = rest ?? (others > 0 && showsEmpty ? Counts() : nil) else { continue }
      rows.append(
        Row(
          bucket: bucket, name: nil, others: others, counts: counts,
          knowsRequests: knowsRequests && tally.restHasSuccesses))
    }
    return rows
  }
}
