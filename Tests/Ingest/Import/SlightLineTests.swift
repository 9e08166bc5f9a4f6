import Batches
import Files
import Testing

@testable import Ingest

/// Lines with nothing on them, or too little to hold a response.
@Suite struct SlightLineTests {
  private func digests(_ lines: [String]) -> [UInt32] {
    var own = LineDigests()
    for line in lines { line.withBytes { _ = own.append($0) } }
    return own.values
  }

  @Test func `a run of them has few digests, and what follows tells how many there were`() {
    let event = #"{"status":500}"#
    let run = [String](repeating: "", count: 3000)
    #expect(digests([event] + run + [event]).count == 3)
    #expect(digests([event] + run + [event]).last != digests([event] + run + ["", event]).last)
    #expect(digests([String](repeating: "  \r", count: 100_000)).count < 110)
    #expect(digests(["12345678", "12345678"]).count == 2)
  }

  @Test func `taking lines back takes back where in a run they were`() {
    var own = LineDigests()
    func append(_ line: String) { line.withBytes { _ = own.append($0) } }
    append("")
    append("")
    let place = own.place
    append("a line that is long enough")
    own.go(back: place)
    append("")
    append("a line that is long enough")
    #expect(own.values == digests(["", "", "", "a line that is long enough"]))
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
