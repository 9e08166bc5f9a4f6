internal import Files

/// Decodes base64 of either alphabet, without its padding, into printable text in UTF-8. False where it is
/// none, as soon as that shows: nearly always within the first four letters.
func decodeBase64(_ text: Bytes, into decoded: inout [UInt8]) -> Bool {
  decoded.removeAll(keepingCapacity: true)
  guard text.count % 4 != 1 else { return false }
  var bits: UInt32 = 0
  var count = 0
  /// So many bytes of a character are to come.
  var rest = 0
  for byte in text {
    guard let value = base64Value(byte) else { return false }
    bits = bits << 6 | value
    count += 6
    guard count >= 8 else { continue }
    count -= 8
    let byte = UInt8(truncatingIfNeeded: bits >> UInt32(count))
    if rest > 0 {
      guard byte & 0xC0 == 0x80 else { return false }
      rest -= 1
    } else if byte >= 0x80 {
      guard (0xC2..<0xF5).contains(byte) else { return false }
      rest = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3
    } else {
      guard (0x20..<0x7F).contains(byte) || byte.isBlank else { return false }
    }
    decoded.append(byte)
  }
  return !decoded.isEmpty
}

/// The six bits that a letter stands for, in either alphabet.
package func base64Value(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x41...0x5A: UInt32(byte) - 0x41
  case 0x61...0x7A: UInt32(byte) - 0x61 + 26
  case 0x30...0x39: UInt32(byte) - 0x30 + 52
  case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
  case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
  default: nil
  }
}
