import Checks
import Reports
import Store
import Testing
import Times

/// What is found by itself, told when it is.
@Suite(.onEveryArchive) struct SightingCheckTests {
  /// An error of zof an hour for the four days before that Friday, and then a stretch of them.
  private func log(_ status: Int, _ dense: [String]) throws -> ImportedLog {
    let start = try at("2026-11-02")
    let quiet = (0..<96).map { line(start + Int64($0) * Milliseconds.hour, "zof", status) }
    return try ImportedLog(quiet + dense)
  }

  @Test func `a spike is told while it goes on, and once`() throws {
    let log = try log(503, lines(120, from: "14:30", "zof", 503))
    #expect(try log.check("spike", at: "14:30", job: "") == [])
    let told = try log.check("spike", at: "14:35", job: "")
    #expect(told.count == 1)
    #expect(told[0].hasPrefix("zof: spike of 30 server errors where "))
    #expect(told[0].hasSuffix("×), since 14:30"))
    for time in ["14:40", "14:45", "14:50", "15:00"] {
      #expect(try log.check("spike", at: time, job: "", resolved: true) == [])
    }
    #expect(
      try log.check("spike", at: "15:55", job: "", resolved: true) == [
        "over: zof: spike of 120 server errors, from 14:30 to 14:50"
      ])
  }

  static let spikes: [(rule: String, count: Int)] = [
    ("spike count > 119", 1), ("spike count > 120", 0), ("spike ratio > 5 count >= 120", 1),
    ("spike ratio > 1m", 0), ("spike vendor=zof", 1), ("spike vendor!=zof", 0),
    ("burst", 0),
  ]

  @Test(arguments: spikes)
  func `a spike can be bounded and picked`(_ rule: String, _ count: Int) throws {
    let log = try log(503, lines(120, from: "14:30", "zof", 503))
    #expect(try log.check(rule, since: "14:00", until: "16:00").count == count)
  }

  @Test func `a burst is told with who made it`() throws {
    let log = try log(429, lines(30, from: "14:30", "zof", 429, route: "/runs", consumer: "ci"))
    #expect(
      try log.check("burst", at: "14:33", job: "") == [
        "zof: burst of 18 rejections (429) in 2 min 50 s, up to 6 a minute, most from ci on /runs, "
          + "since 14:30"
      ])
    #expect(try log.check("burst", at: "14:36", job: "") == [])
    #expect(
      try log.check("burst", at: "15:36", job: "", resolved: true) == [
        "over: zof: burst of 30 rejections (429), from 14:30 to 14:34"
      ])
  }

  static let bursts: [(rule: String, count: Int)] = [
    ("burst count >= 30", 1), ("burst count > 30", 0), ("burst peak >= 6", 1),
    ("burst peak > 6", 0), ("burst consumer=ci", 1), ("burst consumer=app", 0),
    ("burst route=/r* consumer!=app", 1), ("spike", 0),
  ]

  @Test(arguments: bursts)
  func `a burst can be bounded and picked`(_ rule: String, _ count: Int) throws {
    let log = try log(429, lines(30, from: "14:30", "zof", 429, route: "/runs", consumer: "ci"))
    #expect(try log.check(rule, since: "14:00", until: "16:00").count == count)
  }

  @Test func `a limit is told by who hit it, and again after a day without`() throws {
    let log = try ImportedLog(
      lines(3, from: "14:30", "acme", 429, code: "quota_exceeded", consumer: "ci")
        + lines(1, from: "15:30", "acme", 429, code: "quota_exceeded", consumer: "app")
        + lines(
          1, from: "2026-11-08T12:00:00Z", "acme", 429, code: "quota_exceeded",
          consumer: "ci"))
    #expect(
      try log.check("limit-hit", at: "15:00", job: "") == [
        "acme, consumer ci, quota_exceeded: limit hit 3 times, since 14:30"
      ])
    #expect(
      try log.check("limit-hit", at: "16:00", job: "") == [
        "acme, consumer app, quota_exceeded: limit hit once, since 15:30"
      ])
    #expect(try log.check("limit-hit", at: "2026-11-08T10:00:00Z", job: "") == [])
    #expect(
      try log.check("limit-hit", at: "2026-11-08T12:05:00Z", job: "") == [
        "acme, consumer ci, quota_exceeded: limit hit once, since 2026-11-08 12:00"
      ])
    #expect(try log.check("limit-hit count > 2", since: "14:00", until: "16:00").count == 1)
    #expect(try log.check("limit-hit consumer=app", since: "14:00", until: "16:00").count == 1)
    #expect(try log.check("limit-hit code=token*", since: "14:00", until: "16:00") == [])
  }

  /// zof has sent `usual` for six weeks, and once, long ago, `old`; acme is there for an hour.
  private func codes() throws -> ImportedLog {
    let start = try at("2026-09-25")
    let usual = (0..<42).map {
      line(start + Int64($0) * Milliseconds.day, "zof", 400, code: "usual")
    }
    return try ImportedLog(
      usual + [line(start + 5000, "zof", 400, code: "old")]
        + lines(2, from: "14:31", "zof", 400, code: "fresh")
        + lines(1, from: "14:32", "zof", 400, code: "old")
        + lines(9, from: "14:00", "acme", 400, code: "first")
        + lines(9, from: "14:30", "acme", 400, code: "second"))
  }

  private let unjudged =
    "? “new-code”: codes of the first day in the store cannot be judged, as all would be new: acme"

  @Test func `a code is new once, where its vendor is known for a day`() throws {
    let log = try codes()
    #expect(try log.check("new-code", at: "14:30", job: "") == [unjudged])
    #expect(
      try log.check("new-code", at: "14:32", job: "") == [
        "zof, fresh: is new, 2 times, since 14:31"
      ])
    #expect(try log.check("new-code", at: "14:40", job: "") == [])
    // Something of the same minutes comes late: they are judged again.
    try log.add(lines(9, from: "14:25", "zof", 500))
    #expect(try log.check("new-code", at: "14:45", job: "") == [])
  }

  @Test func `a code returns after four weeks`() throws {
    let log = try codes()
    #expect(
      try log.check("returned-code", at: "14:40", job: "") == [
        "zof, old: is back after four weeks or more, once, since 14:32"
      ])
    #expect(try log.check("returned-code", at: "14:45", job: "") == [])
    #expect(
      try log.check("new-code", "returned-code", since: "14:00", until: "15:00") == [
        "zof, fresh: is new, 2 times, since 14:31",
        "zof, old: is back after four weeks or more, once, since 14:32", unjudged,
      ])
    for rule in ["new-code vendor!=acme code!=fresh", "new-code code=old", "new-code status=500"] {
      #expect(try log.check(rule, since: "14:00", until: "15:00") == [])
    }
    #expect(
      try log.check("new-code kind=validation vendor=zof", since: "14:00", until: "15:00").count
        == 1)
  }

  @Test func `a range that begins where the log does is judged where there is a history`() throws {
    let start = try at("2026-11-02")
    let log = try ImportedLog(
      (0..<96).map { line(start + Int64($0) * Milliseconds.hour, "acme", 500, code: "boom") }
        + [line(start + 8 * Milliseconds.hour, "acme", 500, code: "early")]
        + [line(start + 90 * Milliseconds.hour, "acme", 500, code: "fresh")])
    let expected = [
      "acme, fresh: is new, once, since 2026-11-05 18:00",
      "? “new-code”: codes of the first day in the store cannot be judged, as all would be new: acme",
    ]
    for since in ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-02T04:00:00Z"] {
      #expect(try log.check("new-code", since: since, until: "2026-11-06T00:00:00Z") == expected)
    }
    #expect(
      try log.check("new-code", since: "2026-11-03T00:00:00Z", until: "2026-11-06T00:00:00Z")
        == [expected[0]])
    // A job that remembers is told once.
    #expect(
      try log.check("new-code", at: "2026-11-02T09:00:00Z", job: "a").map { $0.prefix(1) } == ["?"])
    #expect(try log.check("new-code", at: "2026-11-02T09:10:00Z", job: "a") == [])
  }

  @Test func `a code that comes back inside of a range is back`() throws {
    let start = try at("2026-08-03")
    func lines(_ days: [Int64], _ code: String) -> [String] {
      days.map { line(start + $0 * Milliseconds.day + 3_600_000, "acme", 500, code: code) }
    }
    let log = try ImportedLog(
      lines(Array(0..<90), "usual") + lines([1, 2, 40, 41, 80], "comet") + lines([20, 52], "moon"))
    let told = [
      "acme, comet: is back after four weeks or more, 2 times, from 2026-09-12 01:00 to 2026-09-13 "
        + "01:00",
      "acme, moon: is back after four weeks or more, once, at 2026-09-24 01:00",
      "acme, comet: is back after four weeks or more, once, since 2026-10-22 01:00",
    ]
    #expect(
      try log.check("returned-code", since: "2026-08-03T00:00:00Z", until: "2026-10-23T00:00:00Z")
        == told)
    // Also where it was sent less than four weeks before the range.
    #expect(
      try log.check("returned-code", since: "2026-09-10T00:00:00Z", until: "2026-09-26T00:00:00Z")
        .count == 2)
  }
}
