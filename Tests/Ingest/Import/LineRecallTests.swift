import Batches
import Events
import Files
import Foundation
import Testing

@testable import Ingest

@Suite struct LineRecallTests {
  private let text = lines(0..<50)

  private func event(_ path: String, line number: Int) -> Event {
    event(
      at: path, offset: lines(0..<number).utf8.count, length: line(number).utf8.count,
      number: number)
  }

  private func event(
    at path: String, offset: Int, length: Int, part: Int = 0, number: Int = 1
  ) -> Event {
    var event = Event(id: Int64(number + 1))
    event.source = Event.Place(
      path: path, offset: Int64(offset), length: Int64(length), part: part)
    return event
  }

  /// The ids of the line in which `id` stands; nil where none is found that has it.
  private func identifiers(
    of event: Event, with id: String, by recall: LineRecall? = nil
  ) throws -> [String]? {
    let recall = try recall ?? LineRecall(catalog(), seed: 7)
    let search = recall.search(for: event) { $0.identifiers.contains { $0.text == id } }
    guard case .read(let line) = search else { return nil }
    return line.identifiers.map(\.text)
  }

  @Test func `the ids of a line are read back from its log, compressed or not`() throws {
    let log = try Log()
    try log.write(text)
    let path = log.path("a.log")
    #expect(try identifiers(of: event(path, line: 0), with: "id-00000") == ["id-00000"])
    #expect(try identifiers(of: event(path, line: 49), with: "id-00049") == ["id-00049"])
    try log.run("gzip", "a.log")
    let packed = event(log.path("a.log.gz"), line: 33)
    #expect(try identifiers(of: packed, with: "id-00033") == ["id-00033"])
  }

  @Test func `hashes are by the store's seed`() throws {
    let log = try Log()
    try log.write(text)
    let recall = try LineRecall(catalog(), seed: 7)
    let search = recall.search(for: event(log.path("a.log"), line: 3)) { line in
      line.identifiers.map(\.hash) == [id("id-00003")]
    }
    guard case .read = search else {
      Issue.record("not read")
      return
    }
  }

  private func id(_ text: String) -> UInt64 { text.withBytes { identifierHash($0, seed: 7) } }

  @Test func `a log that is gone, or not what it was, gives none`() throws {
    let log = try Log()
    try log.write("{}\n")
    for path in [log.path("a.log"), log.path("gone.log"), log.path("."), "-"] {
      #expect(try identifiers(of: event(path, line: 3), with: "id-00003") == nil)
    }
  }

  @Test(arguments: ["mv", "gzip", "zstd"])
  func `a rotated log is found beside the new one`(tool: String) throws {
    let log = try Log()
    try log.write(text)
    let event = event(log.path("a.log"), line: 33)
    switch tool {
    case "mv":
      try FileManager.default.moveItem(atPath: log.path("a.log"), toPath: log.path("a.log.1"))
    case "zstd":
      try log.run("zstd", "a.log")
      try FileManager.default.removeItem(atPath: log.path("a.log"))
    default: try log.run(tool, "a.log")
    }
    try log.write(lines(100..<150))
    #expect(try identifiers(of: event, with: "id-00033") == ["id-00033"])
    // Without saying which, it would be that of the new log.
    let search = try LineRecall(catalog(), seed: 7).search(for: event) { _ in true }
    guard case .read(let line) = search else {
      Issue.record("not read")
      return
    }
    #expect(line.identifiers.map(\.text) == ["id-00133"])
  }

  @Test func `of a line with several records the event's own is read`() throws {
    let log = try Log()
    let line = #"{"records":[\#(record(1)),{"x":1},\#(record(2))]}"#
    try log.write("\n" + line + "\n")
    for (part, id) in [(0, "id-00001"), (2, "id-00002")] {
      let event = event(
        at: log.path("a.log"), offset: 1, length: line.utf8.count, part: part, number: part)
      #expect(try identifiers(of: event, with: id) == [id])
    }
  }

  private func record(_ number: Int) -> String { line(number) }

  @Test func `every event of an import is read back, however its lines are cut`() throws {
    let log = try Log()
    let object = line(1)
    let half = object.index(object.startIndex, offsetBy: 20)
    let logs = [
      "cri.log": "2026-11-20T10:00:00Z stdout P \(object[..<half])\n"
        + "2026-11-20T10:00:00Z stdout F \(object[half...])\n",
      "array.json": "[\n  \(object),\n  \(line(2))\n]\n",
      "text.log": #"10.0.0.1 - - [20/Nov/2026:10:00:00 +0000] "GET /x HTTP/1.1" 502 1 "-" "x" 20 "#
        + "0.002 [api] [] - - - - id-00001\n",
    ]
    for (name, text) in logs {
      try log.write(text, to: name)
      try log.importing(name)
      let places = log.ledger.places.filter { $0.path == log.path(name) }
      #expect(!places.isEmpty)
      for (number, place) in places.enumerated() {
        var event = Event(id: Int64(number))
        event.source = place
        let id = "id-0000\(number + 1)"
        #expect(try identifiers(of: event, with: id) == [id], "\(name)")
      }
    }
  }

  @Test func `bytes that are no UTF-8 are repaired as they were`() throws {
    let log = try Log()
    let line =
      Array(#"{"status":503,"path":"/"#.utf8) + [0xFF]
      + Array(#"","request_id":"id-00001"}"#.utf8)
    try log.write(line + [0x0A], to: "a.log")
    let event = event(at: log.path("a.log"), offset: 0, length: line.count)
    #expect(try identifiers(of: event, with: "id-00001") == ["id-00001"])
  }

  @Test func `a pipe in a log's place is not waited for`() throws {
    let log = try Log()
    try log.run("mkfifo", "a.log")
    #expect(try identifiers(of: event(log.path("a.log"), line: 0), with: "id-00000") == nil)
  }

  @Test func `places that no log has are no lines`() throws {
    let log = try Log()
    try log.write(text)
    for (offset, length) in [(-1, 5), (0, -1), (Int.max, 5), (5, Int.max), (Int.max, Int.max)] {
      let event = event(at: log.path("a.log"), offset: offset, length: length)
      #expect(try identifiers(of: event, with: "id-00000") == nil)
    }
  }

  @Test func `the head of a log is its first lines`() throws {
    let log = try Log()
    try log.write("a\nb\r\nc")
    #expect(try LogHead.lines(of: log.path("a.log"), limit: 2).map(\.text) == ["a", "b\r"])
    #expect(try LogHead.lines(of: log.path("a.log"), limit: 9).map(\.text) == ["a", "b\r", "c"])
  }
}
