import Answers
import Checks
import Files
import Store
import Testing
import Times

@testable import Reports

@Suite(.onEveryArchive) struct MeasureCheckTests {
  private func told(_ log: ImportedLog, _ rule: String) throws -> [String] {
    try log.check(rule, since: "14:00", until: "15:00")
  }

  @Test func `each vendor is judged by itself, or all together, or by anything else`() throws {
    let log = try ImportedLog(
      lines(15, from: "14:30", "zof", 429, consumer: "ci")
        + lines(12, from: "14:31", "zihin", 429, consumer: "ci")
        + lines(1, from: "14:31", nil, 500))
    #expect(try told(log, "errors > 20 per 5m") == [])
    #expect(
      try told(log, "errors > 10 per 5m") == [
        "zof: errors 15 > 10 per 5m, from 14:32 to 14:35",
        "zihin: errors 12 > 10 per 5m, from 14:33 to 14:36",
      ])
    #expect(
      try told(log, "errors > 20 per 5m total") == [
        "all together: errors 28 > 20 per 5m, from 14:33 to 14:36"
      ])
    #expect(
      try told(log, "errors > 20 per 5m by=consumer") == [
        "consumer ci: errors 27 > 20 per 5m, from 14:33 to 14:36"
      ])
    #expect(
      try told(log, "errors > 0 per 5m status=500") == [
        "no vendor: errors 1 > 0 per 5m status=500, from 14:32 to 14:36"
      ])
  }

  static let measures: [(rule: String, count: Int64?)] = [
    ("errors > 0 per 5m", 12), ("rate_limited > 0 per 5m", 5), ("plan_limited > 0 per 5m", 1),
    ("server_errors > 0 per 5m", 4), ("requests > 0 per 5m", 32), ("successes > 0 per 5m", 20),
    ("errors > 0 per 5m status=503", 3), ("errors > 0 per 5m status=5xx", 4),
    ("errors > 0 per 5m status!=429", 6), ("errors > 0 per 5m kind=auth", 2),
    ("errors > 0 per 5m kind!=rate_limit,auth", 5), ("errors > 0 per 5m code=slow*", 5),
    ("rate_limited > 0 per 5m code!=SLOW_DOWN", nil),
    ("errors > 0 per 5m route=/a", 3), ("errors > 0 per 5m consumer=CI status=401", 2),
    ("errors > 0 per 5m vendor=acme", 12), ("errors > 0 per 5m vendor!=acme", nil),
    ("errors > 0 per 5m vendor=ac* total", 12),
  ]

  @Test(arguments: measures)
  func `measures and filters count what they say`(_ rule: String, _ count: Int64?) throws {
    let log = try ImportedLog(
      lines(5, from: "14:30", "acme", 429, code: "slow_down")
        + lines(1, from: "14:30", "acme", 429, code: "quota_exceeded")
        + lines(3, from: "14:30", "acme", 503, route: "/a") + lines(1, from: "14:30", "acme", 500)
        + lines(2, from: "14:30", "acme", 401, consumer: "ci")
        + lines(20, from: "14:30", "acme", 200))
    let check = try RuleCheck(
      log.question(since: "2026-11-06", until: "2026-11-07"), [PlacedRule(try Rule(rule))],
      at: .range)
    let found = check.answer(resolved: false).value["crossed"]?.elements ?? []
    #expect(found.map { $0["value"]?.integer } == (count.map { [$0] } ?? []))
  }

  @Test func `a rate divides by all requests of the vendor`() throws {
    let log = try ImportedLog(
      lines(5, from: "14:30", "zof", 503, code: "down") + lines(1, from: "14:30", "zof", 404)
        + lines(44, from: "14:30", "zof", 200) + lines(3, from: "14:30", "zihin", 500)
        + lines(3, from: "14:30", "zihin", 200))
    #expect(
      try told(log, "error_rate > 10% per 15m") == [
        "zof: error_rate 25.0 % (6 of 24) > 10% per 15m, since 14:33"
      ])
    #expect(
      try told(log, "error_rate >= 10% per 15m code=down") == [
        "zof: error_rate 20.8 % (5 of 24) >= 10% per 15m code=down, since 14:33"
      ])
    // Six requests say little, unless one wants to know.
    #expect(
      try told(log, "error_rate > 10% per 15m min=6 vendor=zihin") == [
        "zihin: error_rate 50.0 % (3 of 6) > 10% per 15m, since 14:31"
      ])
  }

  @Test func `without successes in the log a rate is unknown, and that is said`() throws {
    let log = try ImportedLog(
      lines(50, from: "14:10", "zof", 500) + lines(50, from: "14:10", "zihin", 200))
    let unknown = "the log has no successes to divide by within a day of that time"
    #expect(
      try told(log, "error_rate > 10% per 15m") == [
        "? zof: “error_rate > 10% per 15m” cannot be judged: \(unknown)"
      ])
    #expect(
      try told(log, "error_rate > 10% per 30m total") == [
        "all together: error_rate 50.0 % (50 of 100) > 10% per 30m, since 14:30"
      ])
    #expect(
      try told(ImportedLog(lines(50, from: "14:10", "zof", 500)), "error_rate > 10% per 30m total")
        == ["? all together: “error_rate > 10% per 30m total” cannot be judged: \(unknown)"])
  }

  @Test func `a vendor that falls silent is noticed, one that begins is not`() throws {
    let log = try ImportedLog(
      lines(180, from: "14:00", "zof", 200) + lines(300, from: "14:00", "zihin", 200)
        + lines(30, from: "14:45", "zenstep", 200))
    let rule = "requests < 1 per 10m"
    #expect(
      try log.check(rule, since: "14:20", until: "14:55") == [
        "zof: requests 0 < 1 per 10m, since 14:40"
      ])
    #expect(try log.check(rule, at: "14:50") == ["zof: requests 0 < 1 per 10m, since 14:50"])
    // By the clock, also when nothing comes any more.
    #expect(
      try log.check(rule, at: "15:05") == [
        "zihin: requests 0 < 1 per 10m, since 15:05", "zof: requests 0 < 1 per 10m, since 15:05",
      ])
    // Whoever names a vendor expects it.
    #expect(
      try log.check(rule + " vendor=zofia", at: "14:50") == [
        "zofia: requests 0 < 1 per 10m, since 14:50"
      ])
  }

  @Test func `before the store begins there is no silence`() throws {
    let log = try ImportedLog(lines(180, from: "14:00", "zof", 200))
    let rule = "requests < 1 per 1h total"
    #expect(
      try log.check(rule, at: "14:30") == [
        "? all together: “\(rule)” cannot be judged: the store does not reach back a whole window"
      ])
    #expect(try log.check(rule, at: "15:29") == [])
    #expect(
      try log.check(rule, at: "15:30") == ["all together: requests 0 < 1 per 1h, since 15:30"])
  }

  @Test func `a window must fit into the range`() throws {
    let log = try ImportedLog(lines(1, from: "14:30", "zof", 500))
    #expect(try log.check("errors > 0 per 1h", since: "14:00", until: "15:00").count == 1)
    let error = #expect(throws: RuleError.self) {
      try log.check("errors > 0 per 2h", since: "14:00", until: "15:00")
    }
    #expect(error?.message == "its window is longer than the time that is judged")
  }

  @Test func `an empty store crosses nothing`() throws {
    let log = try ImportedLog("")
    #expect(
      try log.check(
        "errors > 0 per 5m", "error_rate > 0 per 5m", "spike", "burst",
        "limit-hit", "new-code", "requests < 1 per 1h", at: "14:00") == [])
  }

  /// What every window holds is counted by the quarter, hour and day, the rest by minute or event.
  @Test func `however much is counted coarsely, the sums are those of the events`() throws {
    var random = Random(seed: 11)
    let start = try at("2026-11-03T00:00:00Z")
    let (vendors, codes) = (["zof", "acme"], ["a", "b", "c"])
    var events: [(time: Int64, vendor: String, code: String?)] = []
    for _ in 0..<600 {
      events.append(
        (
          start + Int64(random.next(5 * 86_400)) * 1000, vendors[random.next(2)],
          random.next(4) == 0 ? nil : codes[random.next(3)]
        ))
    }
    let log = try ImportedLog(
      events.map { line($0.time, $0.vendor, $0.code == nil ? 200 : 500, code: $0.code) })
    let question = try Question(log.reopened())
    for text in [
      "errors >= 1", "errors code=b >= 1", "requests >= 1", "errors by=vendor,code >= 1",
    ] {
      for length in ["5m", "1h", "7h", "1d", "3d"] {
        let end = start + Int64(4 * 1440 + random.next(1440)) * Milliseconds.minute
        let ends = TimeRange(since: end - Int64(random.next(40)) * 60_000, until: end)
        let rule = try Rule("\(text) per \(length)")
        guard case .measure(let measure, let threshold, let per) = rule.trigger else { continue }
        let judgement = try question.judge(
          rule, measure, threshold, window: per.length, ends: ends, into: Judgement())
        let subjects = Set(events.compactMap { subject($0.vendor, $0.code, of: rule) })
        for subject in subjects {
          var most: Int64 = 0
          for window in stride(from: ends.since + 60_000, through: ends.until, by: 60_000) {
            let inside = events.filter {
              window - per.length <= $0.time && $0.time < window
                && self.subject($0.vendor, $0.code, of: rule) == subject
            }
            most = max(most, Int64(inside.count))
          }
          let found = judgement.findings[subject]?.observations.map(\.counted).max() ?? 0
          #expect(found == most, "\(rule.text) \(subject)")
        }
      }
    }
  }

  /// The subject an event counts for; nil where it does not count.
  private func subject(_ vendor: String, _ code: String?, of rule: Rule) -> [String?]? {
    if rule.text.hasPrefix("requests") { return [vendor] }
    guard let code else { return nil }
    if !rule.conditions.isEmpty, code != "b" { return nil }
    return rule.grouping.count == 2 ? [vendor, code] : [vendor]
  }
}

/// Numbers that are the same in every run.
private struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
