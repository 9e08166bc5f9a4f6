import Answers
import Foundation
import Rendering
import Reports
import Testing
import Times

/// What is told around the events of an id.
@Suite(.onEveryArchive) struct FindStoryTests {
  private static func line(
    _ time: String, _ id: String, consumer: String = "support", status: Int = 502,
    path: String = "/v1/agents/7f3a9c21/chat", vendor: String = "zihin"
  ) -> String {
    #"""
    {"time":"2026-11-02T\#(time)Z","vendor":"\#(vendor)","status":\#(status),"method":"POST",\#
    "path":"\#(path)","consumer":"\#(consumer)","request_id":"\#(id)"}
    """#
  }

  /// Three tries of a call within a minute, and what happened beside them.
  private static let log = [
    line("09:20:00", "req_a1"), line("09:20:20", "req_b2", consumer: "other"),
    line("09:20:30", "req_a2"), line("09:20:40", "req_c3", path: "/v1/agents/00000000/chat"),
    line("09:21:00", "req_a3", status: 503),
    line("09:23:00", "req_d4", status: 418, vendor: "acme"),
    line("09:27:00", "req_e5", status: 418, vendor: "acme"),
    line("14:00:00", "req_f6"),
  ]

  private func strings(_ value: Value?, _ name: String) -> [Value?] {
    value?.elements.map { $0[name] } ?? []
  }

  @Test func `the tries of a call are its story, whichever of them is asked for`() throws {
    let log = try ImportedLog(Self.log)
    for id in ["req_a1", "req_a2", "req_a3"] {
      let answer = try log.find(id).answer
      let story = answer.value["story"]
      #expect(strings(story, "request_id") == ["req_a1", "req_a2", "req_a3"])
      #expect(strings(story, "status") == [502, 502, 503])
      #expect(strings(story, "outcome") == ["failed", "failed", "failed"])
      #expect(story?.elements.count { $0["asked"] == true } == 1)
      #expect(story?.elements.first { $0["asked"] == true }?["request_id"] == .text(id))
      #expect(shown(answer).contains("3 tries in 1 min, none of which succeeded."))
    }
  }

  @Test func `a failure that two logs tell of is one line of the story`() throws {
    let log = try ImportedLog(Self.log)
    try log.add([Self.line("09:20:01", "req_a1")])
    let story = try log.find("req_a1").answer.value["story"]
    #expect(strings(story, "request_id") == ["req_a1", "req_a2", "req_a3"])
    #expect(story?[0]?["also"]?.elements.count == 1)
    #expect(story?[1]?["also"] == [])
  }

  @Test func `a request alone has no story but its own line`() throws {
    let answer = try ImportedLog(Self.log).find("req_f6").answer
    #expect(strings(answer.value["story"], "request_id") == ["req_f6"])
    #expect(!shown(answer).contains("The story"))
  }

  @Test func `what the same consumer saw within five minutes is told, by error`() throws {
    let answer = try ImportedLog(Self.log).find("req_a1").answer
    let around = answer.value["around"]?[0]
    #expect(around?["consumer"] == "support")
    #expect(around?["since"] == .time(try at("2026-11-02T09:15:00Z")))
    #expect(around?["until"] == .time(try at("2026-11-02T09:25:00Z") + 1))
    #expect(around?["errors"] == 5)
    #expect(strings(around?["rows"], "errors") == [3, 1, 1])
    #expect(strings(around?["rows"], "status") == [502, 503, 418])
    #expect(shown(answer).contains("What support saw from 2026-11-02 09:15 to 2026-11-02 09:25"))
  }

  @Test func `how often such an error was seen is told, from the first time to the last`() throws {
    let seen = try ImportedLog(Self.log).find("req_a1").answer.value["events"]?[0]?["seen"]
    #expect(seen?["errors"] == 5)
    #expect(seen?["first"] == .time(try at("2026-11-02T09:15:00Z")))
    #expect(seen?["last"] == .time(try at("2026-11-02T14:00:00Z")))
  }

  @Test func `a story is told in bounds`() throws {
    let lines = (0..<200).map { Self.line("09:\(10 + $0 / 60):\(10 + $0 % 50)", "req_z\($0)") }
    let answer = try ImportedLog(lines).find("req_z7").answer
    #expect(answer.value["story"]?.elements.count == 50)
    #expect(shown(answer).contains("200 tries in "))
  }

  @Test func `a reply is short, and says what happened and what to do`() throws {
    let log = try ImportedLog(Self.log)
    expect(
      shown(try log.reply("req_a2").answer, as: .md),
      """
      2026-11-02 09:20:30 (UTC): zihin answered POST /v1/agents/7f3a9c21/chat with 502 upstream

      - What to do: Retry with growing delays.
      - This error was seen 5 times from 2026-11-02 09:15 to 2026-11-02 14:15.
      - 3 tries in 1 min, none of which succeeded. Whether a later one did is not known: of successes only the number is kept.
      - Part of an incident: 5 server errors, where \\<0.1 are usual, from 2026-11-02 09:20 on, 2 min; 2 consumers hit (8f1480170a)
      - Request id: req_a2
      """)
  }
}
