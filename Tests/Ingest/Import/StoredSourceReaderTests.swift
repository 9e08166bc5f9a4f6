import Batches
import Testing

@testable import Ingest

@Suite struct StoredSourceReaderTests {
  /// A log of two parts, its source as a ledger remembers it, and what reading it again comes to.
  private func reread(
    _ log: Log, name: String = "a.log", twice: Bool = false,
    where isWanted: (StoredRange) -> Bool = { _ in true }
  ) throws -> (lines: [String], accepted: [Int64], obstacle: StoredSourceReader.Obstacle?) {
    var ranges: [StoredRange] = []
    var start: Int64 = 0
    for end in [Int64(50), 100] {
      var hash = ContentHash()
      Array(content.utf8[..<content.utf8.index(content.utf8.startIndex, offsetBy: Int(end))])
        .withUnsafeBufferPointer { hash.update($0) }
      ranges.append(
        StoredRange(
          batch: end, offset: start, length: end - start, proof: hash.digest, rejects: 1))
      start = end
    }
    if twice { ranges = ranges.flatMap { [$0, $0] } }
    var head = ContentHash()
    Array(content.utf8.prefix(20)).withUnsafeBufferPointer { head.update($0) }
    let source = StoredSource(
      id: 1, path: log.path(name), head: ContentMark(offset: 20, digest: head.digest),
      ranges: ranges.filter(isWanted))
    var lines: [String] = []
    var accepted: [Int64] = []
    let obstacle = try StoredSourceReader(
      source: source, ledger: EmptyLedger(), maxLine: 1024
    ).run(
      { _, reader in
        while let line = try reader.next() {
          lines.append(String(decoding: line.text, as: UTF8.self))
        }
      }, accept: { accepted.append($0.batch) }, refuse: {})
    return (lines, accepted, obstacle)
  }

  /// Ten lines of ten bytes.
  private let content = (0..<10).map { "line \($0)...\n" }.joined()

  @Test func `a log is read again where it was`() throws {
    let log = try Log()
    try log.write(content)
    let (lines, accepted, obstacle) = try reread(log)
    #expect(lines == (0..<10).map { "line \($0)..." })
    #expect((accepted, obstacle) == ([50, 100], nil))
  }

  @Test func `only the parts that are wanted are read`() throws {
    let log = try Log()
    try log.write(content)
    let (lines, accepted, obstacle) = try reread(log) { $0.offset == 50 }
    #expect(lines == (5..<10).map { "line \($0)..." })
    #expect((accepted, obstacle) == ([100], nil))
  }

  @Test(arguments: ["a.log.1", "a.log-20261101"])
  func `a log is found beside its old name, renamed and compressed`(name: String) throws {
    let log = try Log()
    try log.write("something else that begins differently", to: "a.log")
    try log.write(content, to: name)
    #expect(try reread(log).accepted == [50, 100])
    try log.run("gzip", name)
    #expect(try reread(log).accepted == [50, 100])
  }

  @Test func `what is not proven is refused, and what precedes it is not`() throws {
    let log = try Log()
    try log.write(content.replacing("line 7", with: "LINE 7"))
    let (_, accepted, obstacle) = try reread(log)
    #expect((accepted, obstacle) == ([50], .changed))
  }

  @Test func `what has grown since is the same as far as it was known`() throws {
    let log = try Log()
    try log.write(content + "more\n")
    #expect(try reread(log).obstacle == nil)
  }

  @Test func `parts of the same bytes are read one after the other`() throws {
    let log = try Log()
    try log.write(content)
    let (lines, accepted, obstacle) = try reread(log, twice: true)
    #expect((accepted, obstacle) == ([50, 50, 100, 100], nil))
    #expect(lines.count == 20)
  }

  @Test func `a log that is gone, shortened or no file any more is said to be so`() throws {
    let log = try Log()
    #expect(try reread(log).obstacle == .gone)
    try log.write(String(content.prefix(70)))
    let (_, accepted, obstacle) = try reread(log)
    #expect((accepted, obstacle) == ([50], .changed))
    #expect(try reread(log, name: "-").obstacle == .gone)
    try log.run("mkfifo", "b.log")
    #expect(try reread(log, name: "b.log").obstacle == .gone)
  }
}
