import Answers
import Foundation
import Testing
import Times

@Suite(.onEveryArchive) struct FindTicketTests {
  /// Two vendors whose ids are built differently, one of them with events on two days.
  static let log = (0..<6).map { number in
    """
    {"time":"2026-11-0\(2 + number / 3)T09:20:0\(number)Z","vendor":"zof","status":500,\
    "request_id":"req_48205\(number)e42de55ce2881\(number)"}
    {"time":"2026-11-02T10:2\(number):00Z","vendor":"acme","status":418,\
    "request_id":"5539a5e2-7d6e-445d-a64a-bbee5235\(number)bf3","trace_id":"job-418023\(number)"}
    """
  }

  private func found(_ text: String) throws -> [String] {
    let answer = try ImportedLog(Self.log).find(in: text).answer
    return answer.value["events"]?.elements.compactMap { event in
      if case .text(let id)? = event["request_id"] { id } else { nil }
    } ?? []
  }

  @Test(arguments: [
    ("<req_482050e42\nde55ce28810>", "req_482050e42de55ce28810"),
    ("error reference 482051e42de55ce28811 , thanks", "req_482051e42de55ce28811"),
    ("REQ_482052E42DE55CE28812", "req_482052e42de55ce28812"),
    ("correlation 5539A5E27D6E445DA64ABBEE52350BF3", "5539a5e2-7d6e-445d-a64a-bbee52350bf3"),
    ("`req\\_482053e42de55ce28813` **please**", "req_482053e42de55ce28813"),
  ])
  func `an id leads to its event however a ticket has it`(text: String, id: String) throws {
    #expect(try found(text) == [id])
  }

  @Test func `a typed id may be written in other ways, too`() throws {
    let answer = try ImportedLog(Self.log).find("482050e42de55ce28810").answer
    #expect(answer.title == "1 event")
    #expect(answer.value["query"] == "482050e42de55ce28810")
  }

  @Test func `what looks like an id and is not known is named with what is known nearby`() throws {
    let answer = try ImportedLog(Self.log).find(
      in: "it was req_482050e42de55ce28810, and before req_999950e42de55ce28810 at 12:30"
    ).answer
    let missing = answer.value["missing"]
    #expect(missing?.elements.count == 1)
    #expect(missing?[0]?["id"] == "req_999950e42de55ce28810")
    #expect(missing?[0]?["looks_like"] == "zof")
    #expect(missing?[0]?["known_since"] == .time(try at("2026-11-02T09:20:00Z")))
    #expect(
      shown(answer).contains(
        "Nothing is known of req_999950e42de55ce28810. It looks like an id of zof, of which the "
          + "store has what was logged from 2026-11-02 09:20 to 2026-11-03 09:20 (UTC)."))
  }

  @Test func `an id of nobody's kind is named with what the store has at all`() throws {
    let answer = try ImportedLog(Self.log).find(in: "request id ZZ-77-abc-99").answer
    #expect(answer.value["missing"]?[0]?["looks_like"] == .null)
    #expect(shown(answer).contains("The store has what was logged from 2026-11-02 09:20"))
  }

  @Test func `a text without ids finds nothing and misses nothing`() throws {
    let (answer, isEmpty) = try ImportedLog(Self.log).find(in: "no id in 2026, nor here")
    #expect(isEmpty)
    #expect(answer.value["missing"] == [])
  }

  @Test func `an empty store says that it is empty`() throws {
    let answer = try ImportedLog("").find(in: "request id req_482050e42de55ce28810").answer
    #expect(answer.value["missing"]?[0]?["known_until"] == .null)
    #expect(shown(answer).contains("Nothing is known of req_482050e42de55ce28810."))
  }

  @Test(arguments: [
    ("screenshot says req_482054e42de5... (the rest is cut off)", "req_482054e42de55ce28814"),
    ("482053e42d…", "req_482053e42de55ce28813"),
    ("it ends in …55ce28812", "req_482052e42de55ce28812"),
  ])
  func `a part of an id leads to it`(text: String, id: String) throws {
    let answer = try ImportedLog(Self.log).find(in: text).answer
    #expect(answer.value["events"]?.elements.map { $0["request_id"] } == [.text(id)])
    #expect(answer.value["cut_off"]?[0]?["ids"] == [.text(id)])
    #expect(answer.value["missing"] == [])
    #expect(shown(answer).contains("\(id) "))
  }

  @Test func `a part that several ids have is said to be one, with all of them`() throws {
    let answer = try ImportedLog(Self.log).find("5539a5e2-7d6e").answer
    #expect(answer.title == "6 events")
    #expect(answer.value["cut_off"]?[0]?["is"] == "beginning")
    #expect(answer.value["cut_off"]?[0]?["ids"]?.elements.count == 6)
    #expect(answer.value["cut_off"]?[0]?["more"] == false)
    let shown = shown(answer)
    #expect(shown.contains("6 ids begin with 5539a5e2-7d6e: ask for one of them to be told all."))
    #expect(shown.split(separator: "\n").count { $0.contains("5539a5e2-7d6e-") } == 6)
    #expect(!shown.contains("what to do"))
  }

  @Test func `a part that is too short is said to be cut off`() throws {
    let answer = try ImportedLog(Self.log).find(in: "request id req_4820... in 2026...").answer
    #expect(answer.value["events"] == [])
    #expect(answer.value["missing"]?.elements.count == 1)
    #expect(shown(answer).contains("Nothing is known of req_4820. It is cut off: of the ids of"))
  }
}
