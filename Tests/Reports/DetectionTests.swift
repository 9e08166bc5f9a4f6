import Answers
import Events
import Rendering
import Reports
import Testing

@Suite struct DetectionTests {
  /// An error of zof an hour for a week, and 30 within three minutes on Friday.
  private func quietWeek(with status: Int, then: [String] = []) throws -> [String] {
    let monday = try at("2026-11-02")
    let quiet = (0..<168).map { line(monday + Int64($0) * Milliseconds.hour, "zof", status) }
    let friday = try at("2026-11-06T14:30:00Z")
    let dense = (0..<30).map { place in
      line(
        friday + Int64(place) * 6000, "zof", status, route: place % 3 == 0 ? "/runs" : "/agents",
        consumer: place < 20 ? "ci" : "app", retryAfter: 5)
    }
    return quiet + dense + then
  }

  @Test func `429s that come densely are a burst`() throws {
    let log = try ImportedLog(quietWeek(with: 429))
    try expect(
      shown(log.question().bursts()),
      """
      429 bursts
      2026-11-01 23:00 to 2026-11-08 23:00 (UTC)

      vendor  start             lasted      429s  peak/min  usual/h  Retry-After  most from  most on
      ──────  ────────────────  ──────────  ────  ────────  ───────  ───────────  ─────────  ───────
      zof     2026-11-06 14:30  2 min 54 s    30        10      1.0  honoured     ci         /agents
      """)
    try expect(
      shown(log.question().bursts(), as: .json),
      """
      {
        "since": "2026-11-01T23:00:00.001Z",
        "until": "2026-11-08T23:00:00.001Z",
        "bursts": [
          {
            "vendor": "zof",
            "start": "2026-11-06T14:30:00.000Z",
            "end": "2026-11-06T14:32:54.000Z",
            "count": 30,
            "plan_limited": 0,
            "peak_per_minute": 10,
            "background_per_hour": 1.0033593722654326,
            "retry_after": "honoured",
            "routes": [
              {
                "name": "/agents",
                "count": 20
              },
              {
                "name": "/runs",
                "count": 10
              }
            ],
            "consumers": [
              {
                "name": "ci",
                "count": 20
              },
              {
                "name": "app",
                "count": 10
              }
            ]
          }
        ]
      }
      """)
  }

  @Test func `a burst belongs to every range that has a part of it`() throws {
    let log = try ImportedLog(quietWeek(with: 429))
    func count(_ since: String, _ until: String) throws -> Int64? {
      let answer = try log.question(since: since, until: until).bursts()
      return answer.value["bursts"]?[0]?["count"]?.integer
    }
    #expect(try count("2026-11-06", "2026-11-07") == 30)
    #expect(try count("2026-11-06T14:31:00Z", "2026-11-07") == 30)
    #expect(try count("2026-11-06T14:33:00Z", "2026-11-07") == nil)
    #expect(try count("2026-11-06", "2026-11-06T14:30:00Z") == nil)
    #expect(try count("2026-11-06", "2026-11-06T14:31:00Z") == 10)
  }

  @Test func `vendors have their own bursts`() throws {
    let friday = try at("2026-11-06T14:30:00Z")
    let other = (0..<20).map { line(friday + Int64($0) * 1000, "zihin", 429) }
    let unnamed = (0..<20).map { line(friday + Int64($0) * 1000, nil, 429) }
    let log = try ImportedLog(quietWeek(with: 429) + other + unnamed)
    func vendors(_ vendors: [String]) throws -> [Value?] {
      let answer = try log.question(vendors: vendors).bursts()
      return answer.value["bursts"]?.elements.map { $0["vendor"] } ?? []
    }
    #expect(try vendors([]) == [.null, "zihin", "zof"])
    #expect(try vendors(["zof", "zihin"]) == ["zihin", "zof"])
    #expect(try vendors(["zof"]) == ["zof"])
    #expect(try vendors([""]) == [.null])
  }

  @Test func `5xx above their own baseline are a spike`() throws {
    let log = try ImportedLog(quietWeek(with: 503))
    try expect(
      shown(log.question().spikes()),
      """
      5xx spikes
      2026-11-01 23:00 to 2026-11-08 23:00 (UTC)

      vendor  start             lasted  5xx  usual  ratio  shape
      ──────  ────────────────  ──────  ───  ─────  ─────  ─────
      zof     2026-11-06 14:30  3 min    30    0.1   591×  spike
      """)
    try expect(
      shown(log.question().spikes(), as: .json),
      """
      {
        "since": "2026-11-01T23:00:00.001Z",
        "until": "2026-11-08T23:00:00.001Z",
        "spikes": [
          {
            "vendor": "zof",
            "start": "2026-11-06T14:30:00.000Z",
            "end": "2026-11-06T14:33:00.000Z",
            "detected_at": "2026-11-06T14:31:00.000Z",
            "count": 30,
            "expected": 0.05072155153913818,
            "ratio": 591.4645567742767,
            "shape": "spike",
            "ongoing": false,
            "provisional": true
          }
        ]
      }
      """)
  }

  @Test func `what was usual in the weeks before the range is known`() throws {
    let log = try ImportedLog(quietWeek(with: 503))
    func count(_ since: String, _ until: String) throws -> Int {
      try log.question(since: since, until: until).spikes().value["spikes"]?.elements.count ?? -1
    }
    #expect(try count("2026-11-06T14:25:00Z", "2026-11-06T14:45:00Z") == 1)
    #expect(try count("2026-11-06T14:35:00Z", "2026-11-06T14:45:00Z") == 0)
    #expect(try count("2026-11-06", "2026-11-06T14:30:00Z") == 0)
  }

  @Test func `no spikes and no bursts are said in words`() throws {
    for log in ["", line("2026-11-06T14:30:00Z", "zof", 404)] {
      let question = try ImportedLog(log).question()
      #expect(tables(try question.bursts()) == "no bursts")
      #expect(tables(try question.spikes()) == "no spikes")
      #expect(tables(try question.limits()) == "no plan limit was hit")
    }
  }
}
