import Testing

@testable import Ingest

@Suite struct LowerCaseTests {
  @Test func `letters that are taken for small have no other small form`() {
    for value in UInt32(0x80)...0x10FFFF {
      guard let letter = Unicode.Scalar(value), letter.isSmallOrCaseless else { continue }
      #expect(letter.properties.lowercaseMapping == String(letter))
    }
  }

  @Test(arguments: [
    "", "Plan LIMIT", "ÄÖÜ ß É", "ПРЕДЕЛ тарифа", "上限に達しました ＡＢＣ", "한도 초과", "ΌΣΟΣ", "İstanbul",
    "e\u{301}É",
  ])
  func `a text is lowered as Swift lowers it`(text: String) {
    #expect(text.inLowerCase == text.lowercased())
    #expect(Array(text.inLowerCase.utf8) == Array(text.lowercased().utf8))
  }
}
