import Batches
import Files
import Testing

@testable import Cluster

@Suite struct AnswerScannerTests {
  private static let forms: [AnswerScanner.Form] = [
    .number, .optionalNumber, .text, .optionalText,
  ]

  private static func answer(_ rows: Int) -> [UInt8] {
    var writer = RowWriter()
    for row in 0..<rows {
      writer.append(AnswerScanner.mark)
      writer.append(Int64(row) - 1)
      writer.append(optional: row % 2 == 0 ? Int64(row) << 40 : nil)
      writer.append(text: String(repeating: "ü", count: row * 40))
      var text = "t\(row)"
      text.withUTF8 { writer.append(optional: row % 3 == 0 ? nil : $0) }
    }
    return writer.bytes
  }

  private func rows(_ bytes: [UInt8], by size: Int) throws -> [String] {
    var scanner = AnswerScanner(Self.forms)
    var rows: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      try Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes { part in
        try scanner.take(part) { row in
          let number = try row.optional(1, in: AnswerDomain.number)
          rows.append(
            "\(row.integer(0)) \(number ?? -1) \(row.text(2)?.count ?? -1) \(row.text(3) ?? "-")")
        }
      }
    }
    try scanner.finish()
    return rows
  }

  @Test func `rows are the same in whatever pieces they come`() throws {
    let bytes = Self.answer(9)
    let whole = try rows(bytes, by: bytes.count)
    #expect(
      whole.prefix(4) == [
        "-1 0 0 -", "0 -1 40 t1", "1 2199023255552 80 t2", "2 -1 120 -",
      ])
    for size in 1...70 { #expect(try rows(bytes, by: size) == whole) }
  }

  @Test func `an answer that is cut anywhere but between rows is refused`() throws {
    let bytes = Self.answer(3)
    var whole = 0
    for end in 0...bytes.count {
      do {
        _ = try rows(Array(bytes[..<end]), by: 1000)
        whole += 1
      } catch let error as ClusterError {
        #expect(error.cause == .answer)
      }
    }
    #expect(whole == 4)
  }

  @Test func `what a server says of an error behind rows is told, and no row`() throws {
    for words in [
      "Code: 241, e.displayText() = DB::Exception: Memory limit exceeded, e.what() = DB::Exception",
      "__exception__\r\nabc\r\nCode: 241. DB::Exception: Memory limit exceeded. (MEMORY)\r\n",
    ] {
      let error = try #require(throws: ClusterError.self) {
        _ = try rows(Self.answer(2) + Array(words.utf8), by: 1000)
      }
      #expect(error.cause == .refused(code: 241) && error.message.contains("Memory limit"))
    }
  }

  @Test func `bytes that are changed anywhere never lead outside`() throws {
    let bytes = Self.answer(4)
    for place in bytes.indices {
      for value in [0x00, 0x7F, 0x80, 0xFF] as [UInt8] {
        var damaged = bytes
        damaged[place] = value
        _ = try? rows(damaged, by: 64)
      }
    }
  }

  @Test func `lines have their values, however they come`() throws {
    let text = "a\\tb\t\\N\t\n\\\\N\t12\t\\'\n"
    for size in 1...text.utf8.count {
      var scanner = LineScanner(columns: 3)
      var rows: [[String?]] = []
      let bytes = Array(text.utf8)
      for start in stride(from: 0, to: bytes.count, by: size) {
        try Array(bytes[start..<min(start + size, bytes.count)]).withUnsafeBytes {
          try scanner.take($0) { rows.append($0) }
        }
      }
      try scanner.finish()
      #expect(rows == [["a\tb", nil, ""], ["\\N", "12", "'"]])
    }
    var scanner = LineScanner(columns: 3)
    #expect(throws: ClusterError.self) {
      try Array("a\tb\n".utf8).withUnsafeBytes { try scanner.take($0) { _ in } }
    }
  }

  @Test func `an hour's minutes are read from their text, and from no other`() {
    var minutes = [Int64](repeating: 9, count: 60)
    func reads(_ text: String) -> Bool {
      text.withBytes { ClusterReader.read($0, into: &minutes) }
    }
    #expect(reads("7 1,59 123456789012,0 3"))
    #expect(minutes[7] == 1 && minutes[59] == 123_456_789_012 && minutes[0] == 3)
    #expect(minutes.reduce(0, +) == 123_456_789_016)
    #expect(reads("") && minutes.allSatisfy { $0 == 0 })
    for text in [
      "60 1", "-1 1", "1", "1 ", " 1", "1 2,", "1 2,x", "1 -2", "1 99999999999999999999", ",",
    ] {
      #expect(!reads(text), "\(text)")
    }
  }

  @Test func `numbers of texts are given once, and lead back to them`() throws {
    let numbers = TextNumbers()
    var given: [String: Int64] = [:]
    for round in 0..<2 {
      for number in 0..<5000 {
        var text = number == 0 ? "" : "text \(number)"
        let own = try text.withUTF8 { try numbers.number(of: $0, in: .route) }
        #expect(own == (round == 0 ? Int64(number + 1) : given[text]))
        given[text] = own
      }
    }
    #expect(numbers.text(0, in: .route) == nil && numbers.text(5001, in: .route) == nil)
    #expect(numbers.text(1, in: .route) == "" && numbers.text(5000, in: .route) == "text 4999")
    #expect(numbers.text(1, in: .code) == nil)
    #expect(numbers.known("text 77", in: .route) == 78 && numbers.known("no", in: .route) == nil)
    #expect(numbers.count(in: .route) == 5000)
  }
}
