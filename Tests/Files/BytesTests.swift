import Files
import Testing

@Suite struct BytesTests {
  @Test(
    arguments: [
      ("0", 0), ("-12", -12), ("+7", 7), ("9223372036854775807", .max),
      ("-9223372036854775808", .min), ("007", 7),
    ] as [(String, Int64)])
  func `an integer is read`(text: String, value: Int64) {
    #expect(text.withBytes { $0.integer } == value)
  }

  @Test(arguments: [
    "", "-", "+", "1.0", "1e3", " 1", "0x10", "9223372036854775808", "-9223372036854775809",
    "100000000000000000000000", "--1", "1-",
  ])
  func `what is no integer, or too big for one, is nil`(text: String) {
    #expect(text.withBytes { $0.integer } == nil)
  }

  @Test(arguments: [
    ("0.5", 0.5), (".5", 0.5), ("5.", 5), ("-1.25", -1.25), ("1.6e+09", 1.6e9), ("1E-3", 0.001),
    ("+3", 3), ("1763595644.908123", 1_763_595_644.908123), ("0.1", 0.1),
    ("123456789012345678901234567890", 1.2345678901234568e29),
    ("0.000000000000000000000000001", 1e-27),
  ])
  func `a number is the nearest double`(text: String, value: Double) {
    #expect(text.withBytes { $0.number } == value)
  }

  @Test(arguments: [
    "", ".", "-", "e5", "1e", "1e+", "nan", "inf", "0x1p3", "1e999", "1,5", "1.2.3",
  ])
  func `what is no finite decimal number is nil`(text: String) {
    #expect(text.withBytes { $0.number } == nil)
  }

  @Test func `bytes compare with and without regard to case`() {
    "Retry-After".withBytes { bytes in
      #expect(bytes.isEqual(to: "Retry-After"))
      #expect(!bytes.isEqual(to: "retry-after"))
      #expect(bytes.isEqual(ignoringCase: "RETRY-after"))
      #expect(!bytes.isEqual(ignoringCase: "Retry-Afte"))
    }
    "[".withBytes { #expect(!$0.isEqual(ignoringCase: "{")) }
  }

  @Test(arguments: [(" \t a b\r\n", "a b"), ("", ""), ("   ", ""), ("x", "x")])
  func `blanks around bytes are trimmed`(text: String, trimmed: String) {
    #expect(text.withBytes { String(repairing: $0.trimmed) } == trimmed)
  }

  @Test func `a part beyond the end is as much as there is`() {
    "abc".withBytes { bytes in
      #expect(String(repairing: bytes.part(1..<9)) == "bc")
      #expect(bytes.part(7..<9).isEmpty)
    }
  }

  @Test func `what is no UTF-8 becomes U+FFFD`() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    #expect(bytes.withUnsafeBufferPointer { String(repairing: $0) } == "a\u{FFFD}b")
  }
}
