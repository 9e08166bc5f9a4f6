import Events
import Foundation
import Ingest
import Testing

@Suite struct LineRecallTests {
  private let text = lines(0..<50)

  private func place(_ path: String, line number: Int) -> Event.Place {
    Event.Place(
      path: path, offset: Int64(lines(0..<number).utf8.count),
      length: Int64(line(number).utf8.count), part: 0)
  }

  @Test func `the ids of a line are read back from its log, compressed or not`() throws {
    let log = try Log()
    try log.write(text)
    let recall = try LineRecall(catalog())
    #expect(recall.identifiers(at: place(log.path("a.log"), line: 0)) == ["id-00000"])
    #expect(recall.identifiers(at: place(log.path("a.log"), line: 49)) == ["id-00049"])
    try log.run("gzip", "a.log")
    #expect(recall.identifiers(at: place(log.path("a.log.gz"), line: 33)) == ["id-00033"])
  }

  @Test func `a log that is gone, or not what it was, gives none`() throws {
    let log = try Log()
    try log.write("{}\n")
    let recall = try LineRecall(catalog())
    #expect(recall.identifiers(at: place(log.path("a.log"), line: 3)) == [])
    #expect(recall.identifiers(at: place(log.path("gone.log"), line: 0)) == [])
    #expect(recall.identifiers(at: place("-", line: 0)) == [])
  }

  @Test func `the head of a log is its first lines`() throws {
    let log = try Log()
    try log.write("a\nb\r\nc")
    #expect(try LogHead.lines(of: log.path("a.log"), limit: 2) == ["a", "b\r"])
    #expect(try LogHead.lines(of: log.path("a.log"), limit: 9) == ["a", "b\r", "c"])
  }
}
