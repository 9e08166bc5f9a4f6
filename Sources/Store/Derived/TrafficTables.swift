internal import Batches
internal import Events
internal import Files
internal import Questions
internal import SQLite
internal import Times

/// Responses by what was answered: by the quarter of an hour, the hour and the day, and those
/// without a time.
final class TrafficTables: DerivedTable {
  static let tables =
    Grain.allCases.map { grain in
      StoredTable(
        grain.table,
        [
          "time_ms": .start(grain.length), "vendor": .row(of: "vendor"),
          "gateway": .row(of: "gateway"), "status": .domain(.status), "code": .row(of: "code"),
          "kind": .row(of: "kind"), "responses": .domain(.count),
        ])
    } + [
      StoredTable(
        "undated",
        [
          "vendor": .row(of: "vendor"), "gateway": .row(of: "gateway"),
          "status": .domain(.status), "code": .row(of: "code"), "kind": .row(of: "kind"),
          "responses": .domain(.count),
        ])
    ]

  /// Successes are in no event.
  static let fillable = Grain.allCases.dropFirst().map(\.table)

  /// The columns that are told apart besides the time: as the tables have them, and as events do.
  private static let sorts = "vendor, gateway, status, code, kind"
  private static let sortsOfEvents = """
    COALESCE(vendor, 0) AS vendor, COALESCE(gateway, 0) AS gateway, COALESCE(status, 0) AS status,
      COALESCE(code, 0) AS code, kind
    """

  fileprivate struct Key: Hashable {
    /// Milliseconds since the epoch, of the start; nil for what has no time.
    var time: Int64?
    var vendor: Int64
    var gateway: Int64
    var status: Int64
    var code: Int64
    /// 0 for a success.
    var kind: Int64

    var values: [Int64?] {
      (time.map { [$0] } ?? []) + [vendor, gateway, status, code, kind]
    }
  }

  private let connection: Connection
  /// One for each grain, and one for what has no time.
  private let inserts: [Statement]
  private let insertUndated: Statement

  init(_ connection: Connection) throws {
    self.connection = connection
    let add = "ON CONFLICT DO UPDATE SET responses = responses + excluded.responses"
    inserts = try Grain.allCases.map { grain in
      try connection.prepare("INSERT INTO \(grain.table) VALUES(?, ?, ?, ?, ?, ?, ?) \(add)")
    }
    insertUndated = try connection.prepare(
      "INSERT INTO undated VALUES(?, ?, ?, ?, ?, ?) \(add)")
  }

  func add(_ placed: PlacedBatch) throws {
    let words = placed.words
    for (grain, insert) in zip(Grain.allCases, inserts) {
      for (key, responses) in placed.batch.traffic(by: grain) {
        let key = Key(
          time: key.quarter.map { $0 * Grain.quarter.length },
          vendor: words.id(of: key.vendor, in: .vendor),
          gateway: words.id(of: key.gateway, in: .gateway), status: Int64(key.status),
          code: words.id(of: key.code, in: .code), kind: Int64(key.kind?.rawValue ?? 0))
        if key.time != nil {
          try insert.run(binding: key.values + [responses])
        } else if grain == .quarter {
          try insertUndated.run(binding: key.values + [responses])
        }
      }
    }
  }

  func remove(_ old: ReplacedBatches) throws {
    for (grain, insert) in zip(Grain.allCases, inserts) {
      var sums: [Key: Int64] = [:]
      for errors in old.errors {
        sums[Key(errors, by: grain), default: 0] += errors.count
      }
      for successes in old.successes.flatMap(\.traffic) {
        sums[Key(successes, by: grain), default: 0] += successes.count
      }
      for (key, count) in sums where count != 0 {
        // What has no time is counted once.
        if key.time == nil, grain != .quarter { continue }
        try (key.time == nil ? insertUndated : insert).run(binding: key.values + [-count])
        try settle(key, in: key.time == nil ? "undated" : grain.table)
      }
    }
  }

  /// Takes away a row that has come to nothing.
  private func settle(_ key: Key, in table: String) throws {
    let names =
      (key.time == nil ? [] : ["time_ms"]) + ["vendor", "gateway", "status", "code", "kind"]
    let isIt = names.map { "\($0) = ?" }.joined(separator: " AND ")
    let look = try connection.prepare("SELECT responses FROM \(table) WHERE \(isIt)")
    for (place, value) in key.values.enumerated() { look.bind(value, at: place + 1) }
    guard try look.step(), look.integer(0) >= 0 else { throw StoreError.mismatch }
    if look.integer(0) > 0 { return }
    look.reset()
    try connection.prepare("DELETE FROM \(table) WHERE \(isIt)").run(binding: key.values)
  }

  func removeCounts(before quarter: Int64, of share: PrunedShare) throws {
    let isMeant = share.isMeant
    try connection.prepare("DELETE FROM quarter WHERE time_ms < ? AND \(isMeant)").run(
      binding: [quarter])
    for grain in Grain.allCases.dropFirst() {
      let first = quarter.rounded(downTo: grain.length)
      // The one in which pruning stops keeps the rest of its quarters.
      try connection.prepare("DELETE FROM \(grain.table) WHERE time_ms <= ? AND \(isMeant)").run(
        binding: [first])
      try sum(
        grain, where: "time_ms >= \(first) AND time_ms < \(first + grain.length) AND \(isMeant)")
    }
  }

  /// Fills the table of a coarser grain from the quarters of a condition.
  private func sum(_ grain: Grain, where condition: String) throws {
    try connection.execute(
      """
      INSERT INTO \(grain.table)
        SELECT time_ms - time_ms % \(grain.length), \(TrafficTables.sorts), SUM(responses)
          FROM quarter WHERE \(condition) GROUP BY 1, 2, 3, 4, 5, 6
      """)
  }

  /// How many errors and successes of some vendors are counted before a quarter of an hour.
  static func counts(
    before quarter: Int64, of share: PrunedShare, on connection: Connection
  ) throws -> (errors: Int64, successes: Int64) {
    let sum =
      "SELECT COALESCE(SUM(responses), 0) FROM quarter WHERE time_ms < ?1 AND \(share.isMeant) AND kind"
    return (
      errors: try connection.integer("\(sum) > 0", in: .total, quarter) ?? 0,
      successes: try connection.integer("\(sum) = 0", in: .total, quarter) ?? 0
    )
  }

  /// Everything counted, by the quarter of an hour; what has no time stands at -1.
  static let all = """
    (SELECT time_ms, \(sorts), responses FROM quarter
      UNION ALL SELECT -1, \(sorts), responses FROM undated)
    """

  func check(_ verification: inout Verification) throws {
    for grain in Grain.allCases.dropFirst() {
      try verification.find(
        """
        SELECT 0, COUNT(*), 0 FROM (
          SELECT 1 FROM (
            SELECT time_ms, \(TrafficTables.sorts), responses FROM \(grain.table)
            UNION ALL
            SELECT time_ms - time_ms % \(grain.length), \(TrafficTables.sorts), -responses FROM quarter)
          GROUP BY time_ms, \(TrafficTables.sorts) HAVING SUM(responses) <> 0)
        HAVING COUNT(*) > 0
        """, on: connection
      ) { _, count, _ in
        "\(count) of the counts of traffic by \(grain.table) are not those by quarter"
      }
    }
    // Counts stay when events are pruned.
    let pruned = try PrunedTimes(connection).sql("vendor")
    try verification.find(
      """
      SELECT 0, COUNT(*), 0 FROM (
        SELECT 1 FROM (
          SELECT COALESCE(time_ms - time_ms % \(Grain.quarter.length), -1) AS quarter,
            \(TrafficTables.sortsOfEvents), 1 AS responses FROM event
          UNION ALL
          SELECT time_ms, \(TrafficTables.sorts), -responses FROM \(TrafficTables.all)
            WHERE kind > 0)
        GROUP BY quarter, \(TrafficTables.sorts)
        HAVING SUM(responses) > 0 OR (SUM(responses) < 0 AND quarter >= \(pruned)))
      HAVING COUNT(*) > 0
      """, on: connection
    ) { _, count, _ in "\(count) of the counts of traffic are not those of the events" }
  }

  /// Counts errors anew from the events; successes are in none.
  func repair(_ repair: inout Repair) throws {
    let since = repair.firstWhole
    let isPruned = repair.isPruned
    try repair.recount("by quarter of an hour", ["quarter"], on: connection) {
      try connection.prepare("DELETE FROM quarter WHERE time_ms >= ?1 AND kind > 0").run(
        binding: [since])
      try connection.prepare(
        """
        INSERT INTO quarter
          SELECT time_ms - time_ms % \(Grain.quarter.length), \(TrafficTables.sortsOfEvents), COUNT(*)
            FROM event WHERE time_ms >= ?1 GROUP BY 1, 2, 3, 4, 5, 6
        """
      ).run(binding: [since])
    }
    for grain in Grain.allCases.dropFirst() {
      try repair.recount("by \(grain.table)", [grain.table], on: connection) {
        try connection.execute("DELETE FROM \(grain.table)")
        try sum(grain, where: "true")
      }
    }
    if isPruned { return }
    try repair.recount("of events without a time", ["undated"], on: connection) {
      try connection.execute("DELETE FROM undated WHERE kind > 0")
      try connection.execute(
        """
        INSERT INTO undated SELECT \(TrafficTables.sortsOfEvents), COUNT(*)
          FROM event WHERE time_ms IS NULL GROUP BY 1, 2, 3, 4, 5
        """)
    }
  }
}

extension TrafficTables.Key {
  fileprivate init(_ responses: Responses, by grain: Grain) {
    self.init(
      time: responses.time?.rounded(downTo: grain.length), vendor: responses.vendor,
      gateway: responses.gateway, status: responses.status, code: responses.code,
      kind: Int64(responses.kind))
  }
}

extension Batch {
  /// Its counts of traffic at a grain, by the first quarter of each.
  fileprivate func traffic(by grain: Grain) -> [TrafficKey: Int64] {
    let quarters = grain.length / Grain.quarter.length
    if quarters == 1 { return traffic }
    var sums: [TrafficKey: Int64] = [:]
    for (key, responses) in traffic {
      var key = key
      if let quarter = key.quarter { key.quarter = quarter - quarter % quarters }
      sums[key, default: 0] += responses
    }
    return sums
  }
}
