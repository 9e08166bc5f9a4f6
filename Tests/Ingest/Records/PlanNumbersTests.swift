import Testing

@testable import Ingest

/// Numbers are those of whole words, and words are made of whole characters.
@Suite struct PlanNumbersTests {
  @Test(
    arguments: [
      ("plan limit reached: 5000", 5000), ("limit of 5,000 messages", 5000), ("5.000 leads", 5000),
      ("3/5 projects", 5), ("3 of 5", nil), ("limit: 5 of 7 used", 5), ("4.5 GB", nil),
      ("version 5a", nil), ("", nil), ("no number", nil), ("(5000)", 5000), ("a5000", nil),
      ("limit 5\u{FE0F}\u{20E3} reached", nil), ("plan limit 5000\u{301} reached", nil),
      ("แผนนี้ส่งได้5000 ข้อความ", nil), ("แผนนี้ส่งได้ 5000 ข้อความ", 5000),
      ("limite d'e\u{301}te\u{301}5000", nil), ("क्5000", nil), ("limit\u{301} 5000 6000", nil),
      ("limit\u{FE0F}: 5000 and 6000", nil), ("limit 50\u{20E3} 7 8", nil),
      ("limit  7 and 8", 7), ("die Grenze von 1.000.000 ist erreicht", 1_000_000),
    ] as [(String, Int64?)])
  func `the number of a message`(message: String, expected: Int64?) {
    let numbers = PlanNumbers(in: message, after: ["limit", "limit of", "maximum"])
    #expect(numbers.number == expected, "\(message)")
  }
}
