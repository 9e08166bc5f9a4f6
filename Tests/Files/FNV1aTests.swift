import Files
import Testing

@Suite struct FNV1aTests {
  /// RFC 9923 has these.
  @Test(
    arguments: [
      ("", 0xcbf2_9ce4_8422_2325), ("a", 0xaf63_dc4c_8601_ec8c), ("foobar", 0x8594_4171_f739_67e8),
    ] as [(String, UInt64)])
  func `texts hash as the RFC says`(text: String, value: UInt64) {
    var hash = FNV1a()
    text.withBytes { hash.add($0) }
    #expect(hash.value == value)
  }
}
