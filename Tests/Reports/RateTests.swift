import Answers
import Events
import Files
import Reports
import Testing
import Times

@Suite(.onEveryArchive) struct RateTests {
  static let log = """
    {"time":"2026-11-02T09:05:00Z","vendor":"zof","status":200}
    {"time":"2026-11-02T09:20:00Z","vendor":"zof","status":429,"route":"/runs","consumer":"ci"}
    {"time":"2026-11-02T09:59:59.999Z","vendor":"zof","status":500,"route":"/runs","consumer":"ci"}
    {"time":"2026-11-02T10:00:00Z","vendor":"zihin","status":502,"route":"/agents",\
    "body":{"error":"provider_error","message":"The provider failed"}}
    {"time":"2026-11-02T10:10:00Z","vendor":"zihin","status":429,"consumer":"support",\
    "body":{"error":"quota_exceeded","message":"Quota used up"}}
    {"time":"2026-11-02T11:40:00Z","vendor":"zof","status":201}
    {"time":"2026-11-02T11:41:00Z","vendor":"zof","status":201}
    {"time":"2026-11-02T11:42:00Z","vendor":"zof","status":404,"route":"/runs/{id}"}
    """

  private func rates(
    _ every: String?, by fields: [ResponseField] = [], since: String? = "2026-11-02T09:00:00Z",
    until: String? = "2026-11-02T12:00:00Z", zone: String = "UTC", vendors: [String] = []
  ) throws -> String {
    let question = try ImportedLog(Self.log)
      .question(since: since, until: until, zone: zone, vendors: vendors)
    return tables(try question.rates(every: every.map { text in try Every(text) }, by: fields))
  }

  @Test func `an hour a row, with the empty ones`() throws {
    try expect(
      rates("1h", until: "2026-11-02T13:00:00Z"),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 09:00       2         3           -             1             0    1
      2026-11-02 10:00       2         2           -             0             1    1
      2026-11-02 11:00       1         3           -             0             0    0
      2026-11-02 12:00       0         0           -             0             0    0
      """)
  }

  @Test func `failures behind a 2xx have a column where there are some`() throws {
    let log = """
      {"time":"2026-11-02T09:05:00Z","vendor":"zof","status":200}
      {"time":"2026-11-02T09:06:00Z","vendor":"zof","status":200,\
      "body":{"error":{"code":"down","message":"The provider failed"}}}
      {"time":"2026-11-02T09:07:00Z","vendor":"zof","status":500}
      """
    let question = try ImportedLog(log)
      .question(since: "2026-11-02T09:00:00Z", until: "2026-11-02T10:00:00Z")
    expect(
      tables(try question.rates(every: try Every("1h"))),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx  2xx failed
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───  ──────────
      2026-11-02 09:00       2         3           -             0             0    1           1
      """)
  }

  @Test func `by vendor, the empty rows are shown; requests only where successes are known`()
    throws
  {
    try expect(
      rates("1h", by: [.vendor]),
      """
      start             vendor  errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 09:00  zihin        0         -           -             0             0    0
      2026-11-02 09:00  zof          2         3           -             1             0    1
      2026-11-02 10:00  zihin        2         -           -             0             1    1
      2026-11-02 10:00  zof          0         0           -             0             0    0
      2026-11-02 11:00  zihin        0         -           -             0             0    0
      2026-11-02 11:00  zof          1         3           -             0             0    0
      """)
  }

  @Test func `by kind, only rows with something in them`() throws {
    try expect(
      rates("1h", by: [.kind]),
      """
      start             kind        errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 09:00  rate_limit       1         -           -             1             0    0
      2026-11-02 09:00  server           1         -           -             0             0    1
      2026-11-02 10:00  plan_limit       1         -           -             0             1    0
      2026-11-02 10:00  upstream         1         -           -             0             0    1
      2026-11-02 11:00  not_found        1         -           -             0             0    0
      """)
  }

  @Test func `by status`() throws {
    try expect(
      rates("1d", by: [.status]),
      """
      start       status  errors  requests  error rate  rate limited  plan limited  5xx
      ──────────  ──────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02  404          1         -           -             0             0    0
      2026-11-02  429          2         -           -             1             1    0
      2026-11-02  500          1         -           -             0             0    1
      2026-11-02  502          1         -           -             0             0    1
      """)
  }

  @Test func `by code, nothing first`() throws {
    try expect(
      rates("1d", by: [.code]),
      """
      start       code            errors  requests  error rate  rate limited  plan limited  5xx
      ──────────  ──────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02  -                    3         -           -             1             0    1
      2026-11-02  provider_error       1         -           -             0             0    1
      2026-11-02  quota_exceeded       1         -           -             0             1    0
      """)
  }

  @Test func `by route and consumer`() throws {
    try expect(
      rates("1h", by: [.route, .consumer]),
      """
      start             route       consumer  errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────────  ────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 09:00  /runs       ci             2         -           -             1             0    1
      2026-11-02 10:00  -           support        1         -           -             0             1    0
      2026-11-02 10:00  /agents     -              1         -           -             0             0    1
      2026-11-02 11:00  /runs/{id}  -              1         -           -             0             0    0
      """)
  }

  @Test func `by vendor and route`() throws {
    try expect(
      rates("1d", by: [.vendor, .route]),
      """
      start       vendor  route       errors  requests  error rate  rate limited  plan limited  5xx
      ──────────  ──────  ──────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02  zihin   -                1         -           -             0             1    0
      2026-11-02  zihin   /agents          1         -           -             0             0    1
      2026-11-02  zof     /runs            2         -           -             1             0    1
      2026-11-02  zof     /runs/{id}       1         -           -             0             0    0
      """)
  }

  @Test func `a field named twice counts once`() throws {
    #expect(try rates("1h", by: [.vendor, .vendor]) == rates("1h", by: [.vendor]))
  }

  @Test func `a range that cuts buckets counts what is inside it`() throws {
    try expect(
      rates("1h", since: "2026-11-02T09:20:00Z", until: "2026-11-02T11:42:00Z"),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 09:00       2         2           -             1             0    1
      2026-11-02 10:00       2         2           -             0             1    1
      2026-11-02 11:00       0         2           -             0             0    0
      """)
    try expect(
      rates("1h", since: "2026-11-02T09:20:00.001Z", until: "2026-11-02T11:42:00.001Z"),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 09:00       1         1           -             0             0    1
      2026-11-02 10:00       2         2           -             0             1    1
      2026-11-02 11:00       1         3           -             0             0    0
      """)
    try expect(
      rates("1h", since: "2026-11-02T09:21:00Z", until: "2026-11-02T09:22:00Z"),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 09:00       0         -           -             0             0    0
      """)
  }

  @Test func `steps shorter than the counts that are kept`() throws {
    try expect(
      rates("10m", since: "2026-11-02T11:30:00Z"),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 11:30       0         0           -             0             0    0
      2026-11-02 11:40       1         3           -             0             0    0
      2026-11-02 11:50       0         0           -             0             0    0
      """)
    try expect(
      rates("30s", since: "2026-11-02T11:41:30Z", until: "2026-11-02T11:42:30Z"),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 11:41       0         -           -             0             0    0
      2026-11-02 11:42       1         -           -             0             0    0
      """)
  }

  @Test func `only the vendors asked for`() throws {
    try expect(
      rates("1d", vendors: ["zihin"]),
      """
      start       errors  requests  error rate  rate limited  plan limited  5xx
      ──────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02       2         -           -             0             1    1
      """)
    #expect(try rates("1d", vendors: ["zihin", "zof"]) == rates("1d"))
    try expect(
      rates("1d", vendors: ["nobody"]),
      """
      start       errors  requests  error rate  rate limited  plan limited  5xx
      ──────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02       0         -           -             0             0    0
      """)
    #expect(try rates("1d", by: [.vendor], vendors: ["nobody"]) == "no responses")
  }

  @Test func `without a range, the seven days that end at the newest event, by the hour`() throws {
    let answer = try ImportedLog(Self.log).question().rates()
    #expect(
      answer.notes == [
        "2026-10-26 11:42 to 2026-11-02 11:42 (UTC), known from Mon 2 Nov on", "every 1h",
      ])
    // Of the hours before the first response nothing is known.
    #expect(answer.value["rows"]?.elements.count == 3)
    #expect(answer.value["since"]?.time == (try at("2026-10-26T11:42:00.001Z")))
    #expect(answer.value["until"]?.time == (try at("2026-11-02T11:42:00.001Z")))
  }

  @Test func `until is exclusive, also at the newest event`() throws {
    let log = try ImportedLog(Self.log)
    let answer = try log.question(
      since: "2026-11-02T11:42:00Z", until: "2026-11-02T11:42:00Z"
    ).rates()
    #expect(answer.value["rows"]?.elements.count == 0)
    try expect(
      tables(
        log.question(since: "2026-11-02T11:00:00Z", until: "2026-11-02T11:42:00Z").rates()),
      """
      start             errors  requests  error rate  rate limited  plan limited  5xx
      ────────────────  ──────  ────────  ──────────  ────────────  ────────────  ───
      2026-11-02 11:00       0         2           -             0             0    0
      """)
  }

  @Test func `a range before or after all data is empty, not upside down`() throws {
    let log = try ImportedLog(Self.log)
    let late = try log.question(since: "2027-01-01").rates()
    #expect(late.notes[0] == "2027-01-01 00:00 to 2027-01-01 00:00 (UTC)")
    #expect(late.value["rows"]?.elements.count == 0)
    let early = try log.question(until: "2020-01-02").rates(every: .day)
    #expect(
      early.value["rows"]?.elements.compactMap { $0["errors"]?.integer }
        == Array(repeating: 0, count: 7))
  }

  @Test func `a store without a time has no rates`() throws {
    for log in ["", #"{"vendor":"zof","status":500}"#] {
      let answer = try ImportedLog(log).question().rates()
      #expect(answer.notes[0] == "the store has no response with a time")
      #expect(tables(answer) == "no responses")
    }
  }

  @Test func `times before 1970 do no harm`() throws {
    let log = try ImportedLog(Self.log)
    let day = Milliseconds.day
    let question = try Question(log.archive, since: -day - 1, until: day + 1)
    let rows = try question.rates(every: .day).value["rows"]?.elements ?? []
    #expect(rows.map { $0["start"]?.time } == [-day - 1, -day, 0, day])
    #expect(try question.spikes().value["spikes"] == [])
    #expect(try question.bursts().value["bursts"] == [])
    #expect(try question.limits().value["rows"] == [])
  }
}
