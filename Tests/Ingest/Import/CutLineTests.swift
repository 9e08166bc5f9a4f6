import Batches
import Ingest
import Testing

/// Lines that a container runtime cut.
@Suite struct CutLineTests {
  private static let stamp = "2026-11-20T10:00:00.000000001Z"

  /// A line as Kubernetes' runtime cuts it after so many bytes.
  private func runtime(_ line: String, every size: Int, stream: String = "stdout") -> String {
    parts(line, size).enumerated().map { index, part in
      let tag = (index + 1) * size < line.utf8.count ? "P" : "F"
      return "\(Self.stamp) \(stream) \(tag) \(part)\n"
    }.joined()
  }

  /// A line as Docker's files hold it.
  private func docker(_ line: String, every size: Int) -> String {
    parts(line, size).enumerated().map { index, part in
      let end = (index + 1) * size < line.utf8.count ? "" : "\\n"
      let text = part.replacing("\"", with: "\\\"")
      return #"{"log":"\#(text)\#(end)","stream":"stdout","time":"\#(Self.stamp)"}"# + "\n"
    }.joined()
  }

  private func parts(_ line: String, _ size: Int) -> [String] {
    let bytes = Array(line.utf8)
    return stride(from: 0, to: bytes.count, by: size).map {
      String(decoding: bytes[$0..<min($0 + size, bytes.count)], as: UTF8.self)
    }
  }

  @Test(arguments: [7, 20, 33, 1000])
  func `the parts of a line are one record`(size: Int) throws {
    let log = try Log()
    let all = (0..<50).map(line)
    try log.write(all.map { runtime($0, every: size) }.joined(), to: "a.log")
    try log.write(all.map { docker($0, every: size) }.joined(), to: "b.log")
    for name in ["a.log", "b.log"] {
      let summary = try log.importing(name)
      #expect(summary.tally.events == 50)
      #expect(summary.tally.rejects == 0)
      #expect(summary.tally.lines == Int64(all.reduce(0) { $0 + parts($1, size).count }))
      #expect(summary.tally.records == summary.tally.lines)
    }
    #expect(Set(log.ledger.requestIDs).count == 50)
  }

  @Test func `a line whose last part is still to come waits`() throws {
    let log = try Log()
    let whole = runtime(line(0), every: 20) + runtime(line(1), every: 20)
    let cut = whole.utf8.count - 30
    try log.write(String(whole.prefix(cut)))
    let first = try log.importing("a.log")
    #expect(first.tally.events == 1)
    #expect(first.heldBack == 1)
    try log.write(whole)
    #expect(try log.importing("a.log").tally.events == 1)
    #expect(log.ledger.sources.count == 1)
  }

  @Test(arguments: [60, 150, 400, 1000])
  func `a copy that ends between parts adds nothing`(end: Int) throws {
    let log = try Log()
    let whole = (0..<20).map { runtime(line($0), every: 20) }.joined()
    try log.write(whole)
    try log.importing("a.log")
    try log.write(String(whole.prefix(end)), to: "b.log")
    #expect(try log.importing("b.log").tally.events == 0)
  }

  @Test func `a part without its rest is a reject, and what follows is read`() throws {
    let log = try Log()
    let lost = "\(Self.stamp) stdout P {\"status\":500,\n"
    try log.write(lost + runtime(line(1), every: 1000, stream: "stderr") + line(2) + "\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 2)
    #expect(summary.tally.rejects == 1)
  }

  @Test func `parts that are too long together are rejects`() throws {
    let log = try Log()
    try log.write(runtime(line(0), every: 20) + line(1) + "\n")
    let summary = try log.importing("a.log", maxLine: 110)
    #expect(summary.tally.events == 1)
    #expect(summary.tally.rejects > 0)
    #expect(try log.importing("a.log", maxLine: 110).tally == Tally())
  }

  /// Two streams whose lines were written at once: the parts of each keep their order.
  private func interleaved(_ one: String, _ other: String) -> String {
    var lines: [Substring] = []
    var left = one.split(separator: "\n")[...]
    var right = other.split(separator: "\n")[...]
    while !left.isEmpty || !right.isEmpty {
      if let line = left.popFirst() { lines.append(line) }
      if let line = right.popFirst() { lines.append(line) }
    }
    return lines.map { $0 + "\n" }.joined()
  }

  @Test(arguments: [7, 20, 33, 1000])
  func `what another stream wrote in between ends no line`(size: Int) throws {
    let log = try Log()
    let both = (0..<20).map { number in
      interleaved(
        runtime(line(number), every: size),
        runtime(line(100 + number), every: 30, stream: "stderr"))
    }
    try log.write(both.joined())
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 40)
    #expect(summary.tally.rejects == 0)
    #expect(summary.tally.records == summary.tally.lines)
    #expect(Set(log.ledger.requestIDs).count == 40)
    #expect(try log.importing("a.log").tally == Tally())
  }

  @Test func `a whole line between two parts is a line of its own, also where it cannot be read`()
    throws
  {
    let log = try Log()
    let parts = runtime(line(0), every: 60).split(separator: "\n").map { $0 + "\n" }
    let between = "\(Self.stamp) stderr F it rains\n"
    try log.write(parts[0] + between + parts[1] + line(1) + "\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 2)
    #expect(summary.tally.rejects == 1)
    #expect(summary.tally.records == 4)
    let reject = try #require(log.ledger.rejects.first)
    #expect(reject.offset == Int64(parts[0].utf8.count))
    #expect(reject.length == Int64(between.utf8.count - 1))
  }

  @Test func `a line that never goes on does not keep what follows`() throws {
    let log = try Log()
    let lost = "\(Self.stamp) stdout P {\"status\":500,\n"
    let others = (0..<2000).map { runtime(line($0), every: 1000, stream: "stderr") }
    try log.write(lost + others.joined())
    let summary = try log.importing("a.log")
    #expect(summary.tally.events == 2000)
    #expect(summary.tally.rejects == 1)
  }
}
