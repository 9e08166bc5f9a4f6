// What a gateway's profile may be called: how options, summaries and questions name it.
extension GatewayProfile {
  package static let nameRule =
    "a word of letters, digits, “-”, “_” and “.”, \(longestName) bytes at most, that begins with a "
    + "letter or a digit"

  private static let longestName = 64

  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, isWordByte(first), text.utf8.count <= longestName else {
      return false
    }
    return text.utf8.allSatisfy(isNameByte)
  }

  /// A text as part of a name: letters and digits, and dashes for what else it has; empty where nothing is
  /// left.
  package static func name(for text: String) -> String {
    let words = text.lowercased().utf8.prefix(longestName / 2)
      .split { $0 >= 0x80 || !isWordByte($0) }
    return words.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "-")
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    isWordByte(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: ".")
  }
}
