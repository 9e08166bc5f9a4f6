import Answers
import Reports
import Testing
import Times

@Suite(.onEveryArchive) struct LiveViewTests {
  private static let noon = parse("2026-11-02T12:00:00Z")

  private static func parse(_ text: String) -> Int64 {
    (try? parseMoment(text, now: 0, zone: .utc)) ?? 0
  }

  private static func line(_ time: String, _ status: Int, _ vendor: String = "zof") -> String {
    """
    {"time":"2026-11-02T\(time)Z","vendor":"\(vendor)","status":\(status),"route":"/runs"}
    """
  }

  private func tables(_ answer: Answer) -> [Table] {
    answer.sections.flatMap(\.blocks).compactMap { block in
      if case .table(let table) = block { table } else { nil }
    }
  }

  private func texts(_ row: [Cell]) -> [Value] { row.map(\.value) }

  @Test func `the hour that ends with now is counted, minute by minute`() throws {
    let log = try ImportedLog([
      Self.line("10:59:59", 500), Self.line("11:00:30", 500), Self.line("11:58:00", 429),
      Self.line("11:59:30", 200), Self.line("11:59:40", 503, "zihin"),
    ])
    var view = try LiveView(of: try log.question())
    let answer = try view.answer(events: 3, now: Self.noon - 10_000)
    let vendors = try #require(tables(answer).first)
    #expect(vendors.rows.map { texts($0)[0] } == [.text("zof"), .text("zihin")])
    // Errors of the last five minutes, of the hour, and of each three minutes.
    #expect(texts(vendors.rows[0])[1...2] == [.integer(1), .integer(2)])
    let trend = try #require(vendors.rows[0].first { !$0.trend.isEmpty }?.trend)
    #expect(trend.count == 20 && trend.reduce(0, +) == 2 && trend.first == 1 && trend.last == 1)
    #expect(
      answer.notes.map(\.text) == [
        "the last hour: 3 errors of 4 requests", "the newest came 9 s ago", "UTC",
      ])
    #expect(tables(answer)[2].rows.count == 3)
  }

  @Test func `of an old log it is the hour that ends at the newest, and it says so`() throws {
    let log = try ImportedLog([Self.line("11:00:30", 500), Self.line("11:20:30", 500)])
    var view = try LiveView(of: try log.question())
    let answer = try view.answer(events: 3, now: Self.noon + 86_400_000)
    #expect(
      answer.notes.map(\.text) == [
        "the hour to 2026-11-02 11:21: 2 errors", "the newest came 1 d ago", "UTC",
      ])
    let early = try view.answer(events: 3, now: Self.noon - 86_400_000)
    #expect(early.notes[1].text == "the newest is of 2026-11-02 11:20, later than now")
  }

  @Test func `what is stored meanwhile is there the next time`() throws {
    let log = try ImportedLog([Self.line("11:58:00", 500)])
    var view = try LiveView(of: try log.question())
    let before = try view.answer(events: 9, now: Self.noon)
    #expect(tables(before)[2].rows.count == 1)
    try log.add([Self.line("11:59:00", 500, "newcomer")])
    let after = try view.answer(events: 9, now: Self.noon)
    let tables = tables(after)
    #expect(tables[2].rows.count == 2)
    #expect(tables[0].rows.contains { $0[0].value == .text("newcomer") })
  }

  @Test func `an empty store is an empty screen`() throws {
    var view = try LiveView(of: try ImportedLog([]).question())
    let answer = try view.answer(events: 9, now: Self.noon)
    #expect(answer.notes == [Note("nothing is stored yet", next: .importFirst)])
    #expect(tables(answer).allSatisfy { $0.rows.isEmpty })
  }
}
