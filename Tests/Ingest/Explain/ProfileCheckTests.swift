import Events
import Foundation
import Ingest
import Profiles
import Testing

/// What the writer of a profile is told of a log.
@Suite struct ProfileCheckTests {
  private static let edge = #"""
    {
      "name": "edge", "title": "Our edge", "signature": ["pop"],
      "text": ["<$at> $pop $answer $verb $path"],
      "fields": { "time": ["at"], "status": ["answer"], "body": ["said"] },
      "echo": { "path": "pop", "prefix": "again", "message": "why", "key": ["path"] }
    }
    """#
  private static let acme = #"""
    {
      "name": "acme", "title": "Acme", "hosts": ["*.acme.test"],
      "body": { "code": ["fault.id"], "message": ["fault.text"] }
    }
    """#

  private func check(
    _ profile: String, _ log: String, packed: Bool = false
  ) throws -> ProfileCheck {
    let folder = try Log()
    try folder.write(log)
    if packed { try folder.run("gzip", "a.log") }
    let catalog = try Catalog([ProfileFile(name: "own.json", text: Array(profile.utf8))])
    let own = try #require(catalog.profile(from: "own.json"))
    return try ProfileCheck(
      of: own, in: catalog, on: folder.path(packed ? "a.log.gz" : "a.log"), options: .init())
  }

  private func line(_ number: Int, _ more: String = "") -> String {
    #"{"at":"2026-11-10T09:00:0\#(number % 10)Z","pop":"FRA","answer":503,"path":"/x"\#(more)}"#
      + "\n"
  }

  @Test(arguments: [false, true])
  func `records are told by who read them, each miss with its first line`(packed: Bool) throws {
    let log = [
      line(0), #"{"level":"info","msg":"started"}"# + "\n", "\n",
      #"{"time":"2026-11-10T09:00:00Z","status":500,"path":"/other"}"# + "\n", line(1),
      #"{"pop":"FRA","path":"/no-answer"}"# + "\n", "nothing known\n",
      "<2026-11-10T09:00:00Z> FRA 404 GET /text\n", #"{"level":"info","msg":"ended"}"# + "\n",
    ]
    let check = try check(Self.edge, log.joined(), packed: packed)
    #expect(check.lines == 9)
    #expect(check.read == 3)
    #expect(check.byOthers == 1)
    #expect(check.unread == 4)
    #expect(check.records == 8)
    #expect(
      check.misses.map { "\($0.first.line) \($0.reason) \($0.records)" } == [
        "2 no API response 2", "4 read by generic 1", "6 no status 1", "7 no_json 1",
      ])
    let first = try #require(check.misses.first?.first)
    #expect(first.offset == Int64(log[0].utf8.count))
    #expect(first.excerpt == #"{"level":"info","msg":"started"}"#)
  }

  @Test func `every field is counted, with the first record that has it not`() throws {
    let body = #","said":{"error":{"code":"E1","message":"No"}}"#
    let log =
      line(0, body) + #"{"pop":"FRA","answer":503,"path":"/x"}"# + "\n" + line(2, body)
      + #"{"at":"2026-11-10T09:00:00Z","pop":"FRA","answer":200}"# + "\n"
    let check = try check(Self.edge, log)
    #expect(check.misses.isEmpty)
    func told(_ field: EventField) -> String {
      let count = check.fields.first { $0.field == field }
      let line = count?.firstWithout.map { " line \($0.line)" } ?? ""
      return "\(count?.records ?? -1) of \(count?.possible ?? -1)\(line)"
    }
    #expect(told(.time) == "3 of 4 line 2")
    #expect(told(.status) == "4 of 4")
    #expect(told(.path) == "3 of 4 line 4")
    // A success has no code by its nature.
    #expect(told(.code) == "2 of 3 line 2")
    #expect(told(.message) == "2 of 3 line 2")
    #expect(told(.consumer) == "0 of 4 line 1")
  }

  @Test func `a vendor's profile reads what its vendor answered`() throws {
    let log = [
      #"{"status":403,"host":"eu.acme.test","body":{"fault":{"id":"A-7","text":"No"}}}"#,
      #"{"status":200,"host":"eu.acme.test"}"#, #"{"status":429,"host":"api.zof.ai"}"#,
      #"{"status":500,"host":"else.test"}"#, #"{"status":500}"#, #"{"level":"info"}"#,
    ]
    let check = try check(Self.acme, log.joined(separator: "\n") + "\n")
    #expect(check.read == 2)
    #expect(
      check.misses.map { "\($0.first.line) \($0.reason) \($0.records)" } == [
        "3 read by zof 1", "4 read by generic 2", "6 no API response 1",
      ])
    #expect(check.fields.first { $0.field == .code }?.records == 1)
  }

  @Test func `a line that only repeats another is read, and counted as no response`() throws {
    let again = #"{"pop":"again","path":"/x","why":"upstream gone"}"# + "\n"
    let check = try check(Self.edge, again + line(0))
    #expect(check.misses.isEmpty)
    #expect(check.read == 2)
    #expect(check.fields.first { $0.field == .status }?.possible == 1)
  }

  @Test func `a line of many records has them all, a file of one array its elements`() throws {
    let element = line(0).dropLast()
    let inLine = try check(Self.edge, line(0) + "[\(element),{\"status\":500},\(element),7]\n")
    #expect(inLine.lines == 2)
    #expect(inLine.read == 3)
    #expect(
      inLine.misses.map { "\($0.first.line) \($0.reason)" } == [
        "2 read by generic", "2 no API response",
      ])
    let array = try check(Self.edge, "[\n\(element),\n{\"status\":500}\n]\n")
    #expect(array.lines == 2)
    #expect(array.misses.first?.first.line == 2)
    #expect(array.misses.first?.first.offset == Int64(element.utf8.count + 4))
  }

  @Test func `a last line that is not whole is left out, and that is said`() throws {
    let check = try check(Self.edge, line(0) + #"{"pop":"FR"#)
    #expect(check.endsInPart)
    #expect(check.lines == 1)
    #expect(check.misses.isEmpty)
  }

  @Test func `what is shown of a line has no secrets`() throws {
    let check = try check(Self.edge, #"{"status":500,"password":"hunter2secret"}"# + "\n")
    let excerpt = try #require(check.misses.first?.first.excerpt)
    #expect(!excerpt.contains("hunter2secret"))
    #expect(excerpt.contains("[redacted:"))
  }

  @Test func `counts go on where a batch ends`() throws {
    let check = try check(
      Self.edge, (0..<2500).map { $0 == 2100 ? "what\n" : line($0) }.joined())
    #expect(check.lines == 2500)
    #expect(check.read == 2499)
    #expect(check.misses.map(\.first.line) == [2101])
    #expect(check.fields.first { $0.field == .status }?.records == 2499)
  }
}
