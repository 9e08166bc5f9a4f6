import Answers
import Files
import Rendering
import Reports
import Testing
import Times

@Suite(.onEveryArchive) struct DetectionTests {
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
        "left_out": 0,
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
        ],
        "continuous_left_out": 0,
        "continuous": []
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

      vendor  start             lasted  5xx  usual  ratio  shape  mostly  most on
      ──────  ────────────────  ──────  ───  ─────  ─────  ─────  ──────  ───────
      zof     2026-11-06 14:30  3 min    30    0.1   591×  spike  503     /agents
      """)
    try expect(
      shown(log.question().spikes(), as: .json),
      """
      {
        "since": "2026-11-01T23:00:00.001Z",
        "until": "2026-11-08T23:00:00.001Z",
        "left_out": 0,
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
            "provisional": true,
            "peak_minute": "2026-11-06T14:30:00.000Z",
            "excess": 29.949278448460863,
            "statuses": [
              {
                "name": "503",
                "count": 30
              }
            ],
            "codes": [],
            "routes": [
              {
                "name": "/agents",
                "count": 20
              },
              {
                "name": "/runs",
                "count": 10
              }
            ]
          }
        ],
        "gaps_left_out": 0,
        "gaps": []
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

  @Test func `a vendor without any response is a gap, one without errors is none`() throws {
    let monday = try at("2026-11-02")
    var lines: [String] = []
    for minute in Int64(0)..<10_080 {
      let time = monday + minute * Milliseconds.minute
      let isLost = (6000..<6150).contains(minute)
      if !isLost { lines.append(line(time, "zof", 404)) }
      lines.append(line(time, "zihin", isLost ? 200 : 500))
    }
    let log = try ImportedLog(lines)
    let answer = try log.question(since: "2026-11-02", until: "2026-11-09").spikes()
    let gaps = answer.value["gaps"]?.elements ?? []
    #expect(gaps.map { $0["vendor"] } == ["zof"])
    #expect(gaps.first?["start"] == .time(monday + 6000 * Milliseconds.minute))
    #expect(gaps.first?["end"] == .time(monday + 6150 * Milliseconds.minute))
    #expect(gaps.first?["expected"] == .number(150))
    #expect(tables(answer).contains("zof     2026-11-06 04:00  2 h 30 min            150.0"))
    let before = try log.question(since: "2026-11-02", until: "2026-11-06").spikes()
    #expect(before.value["gaps"]?.elements.isEmpty == true)
  }

  @Test func `429s all day long are no burst, and told`() throws {
    let monday = try at("2026-11-02")
    let lines = (0..<2880).map { line(monday + Int64($0) * Milliseconds.minute, "zof", 429) }
    let answer = try ImportedLog(lines).question().bursts()
    #expect(answer.value["bursts"]?.elements.isEmpty == true)
    let steady = try #require(answer.value["continuous"]?[0])
    #expect(steady["count"] == 2880)
    #expect(steady["per_minute"] == .number(1))
    #expect(tables(answer).contains("zof     2026-11-02 00:00  1 d 23 h  2,880         1.0"))
  }

  @Test func `only the twenty largest spikes are explained`() throws {
    let monday = try at("2026-11-02")
    var lines: [String] = []
    for place in 0..<24 {
      let start = monday + Int64(place) * 6 * Milliseconds.hour
      for second in 0..<Int64(20 + place) { lines.append(line(start + second * 1000, "zof", 503)) }
    }
    let answer = try ImportedLog(lines).question(since: "2026-11-02", until: "2026-11-09").spikes()
    let spikes = answer.value["spikes"]?.elements ?? []
    #expect(spikes.count == 24)
    #expect(spikes.prefix(4).allSatisfy { $0["statuses"] == Value.null })
    #expect(spikes.dropFirst(4).allSatisfy { $0["statuses"] != Value.null })
    #expect(spikes.last?["statuses"] == [["name": "503", "count": 43]])
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
