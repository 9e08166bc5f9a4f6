package import Answers
package import Events
internal import Questions
package import Times

extension Question {
  /// The counts of each bucket, by any fields: the largest groups by themselves, the rest together.
  package func rates(every: Every? = nil, by fields: [ResponseField] = []) throws -> Answer {
    let every = every ?? (range.length <= 7 * Milliseconds.day ? .hour : .day)
    let buckets = range.isEmpty ? [] : try knownBuckets(of: every)
    var seen: Set<ResponseField> = []
    let fields = fields.filter { seen.insert($0).inserted }
    let looked = seen.union(filter.fields)
    let isCounted = filter.text == nil
    func startAtMultiples(of step: Int64) -> Bool { buckets.allSatisfy { $0.since % step == 0 } }
    let grain = Grain.allCases.last { startAtMultiples(of: $0.length) }
    let ground: Ground
    if let grain, isCounted, looked.isDisjoint(with: [.route, .consumer, .answeredBy]) {
      ground = .counts
      return try rates(every, buckets, fields, from: ground) { body in
        try eachResponse(by: grain, body)
      }
    }
    if let grain, isCounted, looked.isDisjoint(with: [.code, .consumer]) {
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

  /// Those of the range; where nobody said which that is, without those before anything is known,
  /// which would tell of no errors.
  private func knownBuckets(of every: Every) throws -> [TimeRange] {
    let buckets = try every.buckets(covering: range, zone: zone)
    guard !hasGivenRange, let first = extent?.since else { return buckets }
    return Array(buckets.drop { $0.until <= first })
  }

  /// - Parameter read: hands over all responses; it may be asked several times.
  private func rates(
    _ every: Every, _ buckets: [TimeRange], _ fields: [ResponseField], from ground: Ground,
    hasRates: Bool = true, _ read: ((ResponseCount) throws -> Void) throws -> Void
  ) throws -> Answer {
    let divides = hasRates && fields.allSatisfy(\.isOfSuccesses) && filter.isOfSuccesses
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
    Answer(
      title: "Error rates", notes: [noted(note, of: range), "every \(every.text)"],
      sections: forPeople { [Section(.table(rateTable(table, every: every)))] },
      value: forPrograms {
        RateAnswer(
          range: range, every: every.text, zone: zone.name, leftOut: table.others,
          fields: table.fields, rows: table.rows
        ).value
      },
      rows: "rows", header: RateRow.fields(by: table.fields).names)
  }

  private func rateTable(_ table: RateTable, every: Every) -> Table {
    let style: TimeStyle = every.length % Milliseconds.day == 0 ? .date : .minutes
    let start = TableColumn<RateRow>("start") { row in
      let start = row.bucket.since
      return Cell(.time(start), shown: formatLocal(start, zone: zone, style: style))
    }
    let groups = table.fields.enumerated().map { place, field in
      TableColumn<RateRow>(Column(field.rawValue)) { row in
        let others = place == 0 ? row.others.map(othersText) : nil
        return Cell(row.parts[place].value, shown: others)
      }
    }
    // Rows of nothing but zeros say no more than that nothing is known.
    let rows = isBeyondKnown ? [] : table.rows
    let counts = KnownCounts.columns(for: rows.map(\.counts.counts))
      .map { $0.of { (row: RateRow) in row.counts } }
    return Table(
      of: rows, [start] + groups + counts,
      keys: ["start", "errors", "error rate"] + table.fields.map(\.rawValue),
      whenEmpty: "no responses")
  }
}

/// What `rates` answers.
struct RateAnswer: Described {
  var range: TimeRange
  var every: String
  var zone: String
  var leftOut: Int
  /// What the rows are told apart by.
  var fields: [ResponseField]
  var rows: [RateRow]

  static let fields: Fields<RateAnswer> = TimeRange.fields.of { $0.range }.and([
    Field("every", "the length of a row's time, such as 1h") { $0.every },
    Field("tz", "the zone in which days begin") { $0.zone },
    Field("left_out", "how many groups have no row of their own") { $0.leftOut },
    Field("rows", as: .list(RateRow.shape), "the counts, in order of time, then of groups") {
      answer in
      let fields = RateRow.fields(by: answer.fields, within: answer.range)
      return .array(answer.rows.map { .object(fields.object(of: $0)) })
    },
  ])
}

/// The counts of a group, of all, or of the rest, in a bucket of time.
struct RateRow {
  var bucket: TimeRange
  /// What it is told apart by, in the order of the fields; nothing of the rest.
  var parts: [GroupName.Part]
  /// How many groups it stands for, where these are the rest.
  var others: Int?
  var counts: KnownCounts

  /// - Parameter range: the first and the last bucket may reach out of it.
  static func fields(
    by fields: [ResponseField],
    within range: TimeRange = TimeRange(since: .min, until: .max)
  ) -> Fields<RateRow> {
    let time: Fields<RateRow> = [
      Field(time: "start", "where the row's time begins") { max($0.bucket.since, range.since) },
      Field(time: "end", "where it ends, exclusive") { min($0.bucket.until, range.until) },
    ]
    let groups = fields.enumerated().map { place, field in
      Field<RateRow>(field.rawValue, as: field.shape, field.meaning) { $0.parts[place].value }
    }
    return time.and(Fields(groups)).and(KnownCounts.fields.of { $0.counts })
      .and(fields.isEmpty ? [] : [others])
  }

  private static let others = Field<RateRow>(
    "others", "how many groups the row stands for; null but in that of the rest"
  ) { $0.others }

  /// A row by whatever fields.
  static var shape: Shape {
    let named = Set(ResponseField.allCases.map(\.rawValue) + ["others"])
    return .object(
      fields(by: ResponseField.allCases).members.map {
        named.contains($0.name) ? $0.onlyWhere("where rows are told apart by it") : $0
      })
  }
}

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

  var fields: [ResponseField] { tally.fields }

  /// In order of time, then of groups; empty ones too where they are few.
  var rows: [RateRow] {
    let (most, few) = (Top.usual.groups, 100_000)
    let isFew = groups.count <= most || groups.count <= few / max(1, tally.buckets.count)
    let showsEmpty = fields.isEmpty || fields == [.vendor] && isFew
    var rows: [RateRow] = []
    for (place, bucket) in tally.buckets.enumerated() {
      for (name, key) in groups {
        let counts = tally.counts(of: key, in: place)
        if counts == nil, !showsEmpty { continue }
        rows.append(
          RateRow(
            bucket: bucket, parts: name.parts, others: nil,
            counts: KnownCounts(
              counts: counts ?? Counts(), knowsRequests: knowsRequests && tally.hasSuccesses(key))))
      }
      let rest = others > 0 ? tally.counts(of: nil, in: place) : nil
      guard let counts = rest ?? (others > 0 && showsEmpty ? Counts() : nil) else { continue }
      rows.append(
        RateRow(
          bucket: bucket, parts: fields.map { _ in .nothing }, others: others,
          counts: KnownCounts(
            counts: counts, knowsRequests: knowsRequests && tally.restHasSuccesses)))
    }
    return rows
  }
}
