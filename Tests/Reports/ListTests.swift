import Answers
import Events
import Reports
import Testing
import Times

@Suite(.onEveryArchive) struct ListTests {
  private static func line(
    _ minute: Int, _ status: Int, _ id: Int, vendor: String = "zof"
  ) -> String {
    """
    {"time":"2026-11-02T09:\(minute < 10 ? "0" : "")\(minute):00Z","vendor":"\(vendor)",\
    "status":\(status),"request_id":"request-\(id)","route":"/runs/{id}","body":{"error":{"message":"It is \(id)"}}}
    """
  }

  private func ids(_ list: EventList) -> [String] {
    list.events.map { String(($0.requestID ?? "").dropFirst("request-".count)) }
  }

  @Test func `the newest are first, those of one time by their numbers`() throws {
    let log = try ImportedLog([
      Self.line(5, 500, 1), Self.line(9, 404, 2), Self.line(5, 429, 3), Self.line(1, 500, 4),
    ])
    let question = try log.question()
    #expect(try ids(question.newestEvents(10)) == ["2", "3", "1", "4"])
    #expect(try !question.newestEvents(4).hasMore)
    #expect(try question.newestEvents(3).hasMore)
    expect(
      tables(try question.list(3)),
      """
      time                 vendor  status  error       on          request id
      ───────────────────  ──────  ──────  ──────────  ──────────  ──────────
      2026-11-02 09:09:00  zof     404     not_found   /runs/{id}  request-2
      2026-11-02 09:05:00  zof     429     rate_limit  /runs/{id}  request-3
      2026-11-02 09:05:00  zof     500     server      /runs/{id}  request-1

      There are more
      """)
    let value = try question.list(3).value
    #expect(value["more"] == .bool(true))
    #expect(value["next"] == .integer(1))
    #expect(try question.list(4).value["next"] == .null)
  }

  @Test func `page by page nothing is lost and nothing comes twice, however many are of one time`()
    throws
  {
    let log = try ImportedLog((0..<40).map { Self.line($0 / 10, 500, $0) })
    try log.add((40..<50).map { Self.line(1, 500, $0) })
    let question = try log.question()
    let whole = try ids(question.newestEvents(100))
    #expect(Set(whole).count == 50)
    for size in [1, 3, 7, 50] {
      var pages: [String] = []
      var last: Int64?
      while true {
        let page = try question.newestEvents(size, behind: last)
        pages += ids(page)
        last = page.events.last?.id
        if !page.hasMore { break }
      }
      #expect(pages == whole, "\(size)")
    }
  }

  @Test func `a range, a vendor and a filter leave out what is not asked for`() throws {
    let log = try ImportedLog([
      Self.line(1, 500, 1), Self.line(2, 404, 2), Self.line(3, 500, 3, vendor: "zihin"),
      Self.line(4, 503, 4),
    ])
    let range = try log.question(since: "2026-11-02T09:02:00Z", until: "2026-11-02T09:04:00Z")
    #expect(try ids(range.newestEvents(10)) == ["3", "2"])
    #expect(try ids(log.question(vendors: ["zof"]).newestEvents(10)) == ["4", "2", "1"])
    for (values, text, expected) in [
      ([.status: ["5xx", "!503"]], nil, ["3", "1"]), ([:], "IS 4", ["4"]),
      ([.vendor: ["!zof"]], nil, ["3"]), ([.route: ["/RUNS/*"], .status: ["404"]], nil, ["2"]),
    ] as [([ResponseField: [String]], String?, [String])] {
      let question = try Question(
        log.reopened(), filter: EventFilter(values, containing: text))
      #expect(try ids(question.newestEvents(10)) == expected, "\(values)")
    }
  }

  @Test func `what has no time is not in the list, which says so`() throws {
    let log = try ImportedLog([Self.line(1, 500, 1), #"{"vendor":"zof","status":500}"#])
    let answer = try log.question().list(10)
    #expect(answer.cautions.map(\.text) == ["1 event without a time is not in the list"])
    #expect(answer.value["events"]?.elements.count == 1)
  }

  @Test func `what is stored is told as it comes, once`() throws {
    let log = try ImportedLog([Self.line(9, 500, 1)])
    let question = try Question(
      log.archive, vendors: ["zof"], filter: EventFilter([.status: ["500"]]))
    var tail = try EventTail(of: question, within: nil)
    #expect(try tail.next().isEmpty)
    try log.add([
      Self.line(3, 500, 2), Self.line(4, 404, 3), Self.line(5, 500, 4, vendor: "zihin"),
      Self.line(2, 500, 5),
    ])
    #expect(try tail.next().map(\.requestID) == ["request-2", "request-5"])
    #expect(try tail.next().isEmpty)
    try log.add((0..<2500).map { Self.line(7, 500, $0) })
    var told: [String?] = []
    while case let events = try tail.next(), !events.isEmpty { told += events.map(\.requestID) }
    #expect(told == (0..<2500).map { "request-\($0)" })
  }
}
