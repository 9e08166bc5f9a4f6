import Batches
import Files
import Testing

@testable import Ingest

/// Lines with nothing on them, or too little to hold a response.
@Suite struct SlightLineTests {
  private func digests(_ lines: [String], tellsAll: Bool = false) -> [UInt32] {
    var chain = LineChain(tellsAll: tellsAll)
    for line in lines { line.withBytes { _ = chain.append($0) } }
    return chain.digests
  }

  @Test func `a run of them has few digests, and what follows tells how many there were`() {
    let event = #"{"status":500}"#
    let run = [String](repeating: "", count: 3000)
    #expect(digests([event] + run + [event]).count == 3)
    #expect(digests([event] + run + [event]).last != digests([event] + run + ["", event]).last)
    #expect(digests([String](repeating: "  \r", count: 100_000)).count < 110)
    #expect(digests(["12345678", "12345678"]).count == 2)
    #expect(digests([event] + run, tellsAll: true).count == 3001)
  }

  @Test func `taking lines back takes back where in a run they were`() {
    var chain = LineChain()
    func append(_ line: String) { line.withBytes { _ = chain.append($0) } }
    append("")
    append("")
    let place = chain.place
    append("a line that is long enough")
    chain.go(back: place)
    append("")
    append("a line that is long enough")
    #expect(chain.digests == digests(["", "", "", "a line that is long enough"]))
  }

  private static let blanks = String(repeating: "\n", count: 500)

  @Test(arguments: [0, 1, 250, 499])
  func `a copy that ends within a run adds nothing`(count: Int) throws {
    let log = try Log()
    let start = (11..<51).map { line($0) + "\n" }.joined()
    try log.write(start + Self.blanks + line(3) + "\n")
    try log.importing("a.log")
    try log.write(start + String(repeating: "\n", count: count), to: "b.log")
    let copy = try log.importing("b.log")
    #expect(copy.tally == Tally())
    #expect(copy.knownLines == Int64(40 + count))
    // What it goes on with is its own.
    try log.write(start + String(repeating: "\n", count: count) + line(4) + "\n", to: "b.log")
    try log.importing("b.log")
    #expect(log.ledger.requestIDs.contains("id-00004"))
  }

  @Test func `a store that has a digest of each is understood`() throws {
    let log = try Log()
    let lines = (11..<51).map(line) + [String](repeating: "", count: 500) + [line(3)]
    try log.write(lines.map { $0 + "\n" }.joined())
    try log.importing("a.log")
    log.ledger.replaceLines(digests(lines, tellsAll: true))
    try log.write(lines.dropLast().map { $0 + "\n" }.joined(), to: "b.log")
    #expect(try log.importing("b.log").tally == Tally())
    try log.write((lines + [line(4)]).map { $0 + "\n" }.joined(), to: "c.log")
    #expect(try log.importing("c.log").tally.events == 1)
  }

  @Test func `any number of blank lines is one batch's, and counted`() throws {
    let log = try Log()
    let blanks = String(repeating: " \r\n", count: 200_000)
    try log.write(line(1) + "\n" + blanks + line(2) + "\n")
    let summary = try log.importing("a.log")
    #expect(summary.tally.lines == 200_002)
    #expect(summary.tally.blank == 200_000)
    #expect(log.ledger.sources[0].ranges.count == 1)
    #expect(log.ledger.sources[0].marks.reduce(0) { $0 + $1.lines.count } < 400)
  }
}
