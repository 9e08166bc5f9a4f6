import Testing

@testable import Ingest

@Suite struct WordTableTests {
  @Test func `words are counted from 1 in the order they come`() {
    var table = WordTable()
    #expect(number(of: "zof", &table) == (1, true))
    #expect(number(of: "", &table) == (2, true))
    #expect(number(of: "zof", &table) == (1, false))
    #expect(number(of: "zo", &table) == (3, true))
    #expect(number(of: "", &table) == (2, false))
    #expect(table.count == 3)
  }

  @Test func `many words keep their numbers while the table grows`() {
    var table = WordTable()
    for round in [true, false] {
      for word in 0..<10_000 {
        let found = number(of: "word \(word)", &table)
        if found != (UInt32(word + 1), round) { Issue.record("\(word): \(found)") }
      }
    }
  }

  @Test func `a cleared table counts from 1 again`() {
    var table = WordTable()
    for word in 0..<300 { _ = number(of: "\(word)", &table) }
    table.clear()
    #expect(table.count == 0)
    #expect(number(of: "299", &table) == (1, true))
  }

  private func number(of word: String, _ table: inout WordTable) -> (UInt32, Bool) {
    var word = word
    let found = word.withUTF8 { table.number(of: $0) }
    return (found.number, found.isNew)
  }
}
