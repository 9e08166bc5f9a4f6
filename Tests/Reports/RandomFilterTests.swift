import Answers
import Checks
import Events
import Files
import Foundation
import Profiles
import Questions
import Reports
import Store
import Testing
import Times

/// Whatever is picked of the demo's log, what is counted of it is what SQL counts over the view of
/// events.
struct RandomFilterTests {
  nonisolated(unsafe) private static let log = Result { try imported() }
  private static let catalog = Result { try Catalog() }

  private static func imported() throws -> ImportedLog {
    let log = try ImportedLog("")
    let demo = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Fixtures/demo/demo.ndjson.gz")
    try log.read(demo.path)
    return log
  }

  /// Values picked at random, for errata and in SQL.
  private struct Choice {
    var values: [ResponseField: [String]] = [:]
    var text: String?
    var conditions: [String] = []

    var filter: EventFilter {
      get throws { try EventFilter(values, containing: text) }
    }

    func count(_ reader: StoreReader, in range: TimeRange, and other: String = "1") throws -> Int64
    {
      try numbers(reader, "COUNT(*)", in: range, and: other).first ?? 0
    }

    func numbers(
      _ reader: StoreReader, _ column: String, in range: TimeRange, and other: String = "1",
      by order: String = "1"
    ) throws -> [Int64] {
      var numbers: [Int64] = []
      let all = conditions + [other]
      try reader.rows(
        """
        SELECT \(column) FROM events WHERE time_ms >= \(range.since) AND time_ms < \(range.until)
          AND \(all.map { "(\($0))" }.joined(separator: " AND ")) ORDER BY \(order)
        """
      ) { numbers.append(try $0.integer(0, .number)) }
      return numbers
    }
  }

  private func choice(_ random: inout SplitMix, _ reader: StoreReader) throws -> Choice {
    var choice = Choice()
    for field in ResponseField.allCases where Int.random(in: 0..<4, using: &random) == 0 {
      let column = field.rawValue
      var known: [String] = []
      try reader.rows(
        "SELECT DISTINCT \(column) FROM events WHERE \(column) IS NOT NULL ORDER BY 1"
      ) {
        if let text = $0.text(0) { known.append(text) }
      }
      let isExcluded = Int.random(in: 0..<3, using: &random) == 0
      var parts: [String] = []
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        guard let value = known.randomElement(using: &random) else { continue }
        let (written, sql) = spelling(of: value, field, &random)
        choice.values[field, default: []].append((isExcluded ? "!" : "") + written)
        parts.append(sql)
      }
      let any = "COALESCE(\(parts.joined(separator: " OR ")), 0)"
      choice.conditions.append(isExcluded ? "NOT \(any)" : any)
    }
    if Int.random(in: 0..<3, using: &random) == 0 {
      let word =
        ["Limit", "agent", "TIMEOUT", "é", "v1", "events[0]", "zzz", "5"]
        .randomElement(using: &random) ?? ""
      choice.text = word
      let columns = ["message", "code", "route", "path", "consumer", "request_id", "details"]
      choice.conditions.append(
        columns.map { "INSTR(LOWER(COALESCE(\($0), '')), '\(word.lowercased())') > 0" }
          .joined(separator: " OR "))
    }
    return choice
  }

  /// A value as it is, in capitals, or a pattern for it; and the same in SQL.
  private func spelling(
    of value: String, _ field: ResponseField, _ random: inout SplitMix
  ) -> (written: String, sql: String) {
    if field == .status {
      let hundreds = value.prefix(1)
      return Bool.random(using: &random)
        ? (value, "status = \(value)") : ("\(hundreds)xx", "status / 100 = \(hundreds)")
    }
    let column = "LOWER(\(field.rawValue))"
    let quoted = value.lowercased().replacingOccurrences(of: "'", with: "''")
    if field == .kind || field == .answeredBy || Bool.random(using: &random) {
      return (value.uppercased(), "\(column) = '\(quoted)'")
    }
    let length = Int.random(in: 1...value.count, using: &random)
    let beginning = value.lowercased().prefix(length)
    return (
      "\(beginning)*",
      "SUBSTR(\(column), 1, \(length)) = '\(beginning.replacingOccurrences(of: "'", with: "''"))'"
    )
  }

  @Test(arguments: 0..<60)
  func `what is picked is counted as SQL counts it`(seed: Int) throws {
    var random = SplitMix(state: UInt64(seed))
    let log = try Self.log.get()
    // Threads may not share a connection.
    let reader = try StoreReader(log.store)
    let choice = try choice(&random, reader)
    let units: [Int64] = [1, Milliseconds.minute, 15 * Milliseconds.minute, Milliseconds.day]
    let unit = units.randomElement(using: &random) ?? 1
    let start = try at("2026-11-01")
    let times = (0..<2).map { _ in
      (start + Int64.random(in: 0..<17 * Milliseconds.day, using: &random)) / unit * unit
    }
    let range = TimeRange(since: times.min() ?? 0, until: times.max() ?? 0)
    let question = try Question(
      StoreReader(log.store), since: range.since, until: range.until, filter: choice.filter)
    let words = try "\(choice.filter.words) in \(range)"

    let count = try choice.count(reader, in: range)
    for (every, fields) in [("1h", []), ("1d", [.kind]), ("7m", [.route]), ("1d", [.answeredBy])]
      as [(String, [ResponseField])]
    {
      var question = question
      question.top = .all
      let rows =
        try question.rates(every: try Every(every), by: fields).value["rows"]?.elements ?? []
      func sum(_ name: String) -> Int64 { rows.reduce(0) { $0 + ($1[name]?.integer ?? 0) } }
      #expect(sum("errors") == count, "\(words), by \(fields)")
      #expect(
        try sum("rate_limited") == choice.count(reader, in: range, and: "kind = 'rate_limit'"))
      #expect(try sum("server_errors") == choice.count(reader, in: range, and: "status >= 500"))
      if try !choice.filter.isOfSuccesses {
        #expect(rows.allSatisfy { $0["requests"] == .null && $0["error_rate"] == .null })
      }
    }
    #expect(
      try question.newestEvents(100_000).events.map(\.id)
        == choice.numbers(reader, "id", in: range, by: "time_ms DESC, id DESC"), "\(words)")
    let hits = try question.limits().value["rows"]?.elements ?? []
    #expect(
      try hits.reduce(0) { $0 + ($1["hits"]?.integer ?? 0) }
        == choice.count(reader, in: range, and: "kind = 'plan_limit'"), "\(words)")
    let judged = try question.retries(catalog: Self.catalog.get()).value["totals"]?["errors"]?
      .integer
    #expect(judged == count, "\(words)")
    try expectCounts(of: question.archive, choice, reader, range, words)
  }

  /// What detectors read.
  private func expectCounts(
    of archive: any Archive, _ choice: Choice, _ reader: StoreReader, _ range: TimeRange,
    _ words: String
  ) throws {
    let hour = Milliseconds.hour
    let hours = TimeRange(
      since: range.since / hour * hour, until: (range.until + hour - 1) / hour * hour)
    var (serverErrors, rejections, byRoute) = (Int64(0), Int64(0), Int64(0))
    try archive.minuteCounts(of: .serverErrors, during: hours) { serverErrors += $3.reduce(0, +) }
    try archive.limits(during: range) { rejections += $0.isRejection ? 1 : 0 }
    try archive.routeCounts(during: hours, by: .quarter) { byRoute += $0.count }
    #expect(try serverErrors == choice.count(reader, in: hours, and: "status >= 500"), "\(words)")
    #expect(try rejections == choice.count(reader, in: range, and: "status = 429"), "\(words)")
    #expect(try byRoute == choice.count(reader, in: hours), "\(words)")
  }
}
