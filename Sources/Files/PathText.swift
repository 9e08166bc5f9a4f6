internal import Glibc

/// File names as text. To the system a name is bytes, which need not be UTF-8. A byte that is no
/// UTF-8 is written as a character from U+10FF80 on, and becomes that byte again when the file is
/// opened. So every name has one text, and every text one name.
package enum PathText {
  /// U+10FF00 and the byte.
  private static let base: UInt32 = 0x10_FF00

  /// The byte that a character stands for.
  package static func byte(of scalar: Unicode.Scalar) -> UInt8? {
    (base + 0x80...base + 0xFF).contains(scalar.value) ? UInt8(scalar.value - base) : nil
  }

  /// The text of a name.
  package static func text(of name: UnsafeBufferPointer<UInt8>) -> String {
    let plain = String(decoding: name, as: UTF8.self)
    if plain.utf8.elementsEqual(name),
      !plain.unicodeScalars.contains(where: { byte(of: $0) != nil })
    {
      return plain
    }
    var text = ""
    var rest = name[...]
    while let first = rest.first {
      let scalar = Self.scalar(at: rest)
      if let scalar, byte(of: scalar) == nil {
        text.unicodeScalars.append(scalar)
        rest = rest.dropFirst(UTF8.width(scalar))
      } else {
        // What is no UTF-8, and what could be taken for it.
        if let stand = Unicode.Scalar(base + UInt32(first)) { text.unicodeScalars.append(stand) }
        rest = rest.dropFirst()
      }
    }
    return text
  }

  package static func text(of name: UnsafePointer<CChar>) -> String {
    let count = strlen(name)
    return name.withMemoryRebound(to: UInt8.self, capacity: count) {
      text(of: UnsafeBufferPointer(start: $0, count: count))
    }
  }

  /// The bytes of a name, without an end.
  package static func bytes(of text: String) -> [UInt8] {
    if !text.unicodeScalars.contains(where: { byte(of: $0) != nil }) { return Array(text.utf8) }
    return text.unicodeScalars.flatMap { scalar in
      byte(of: scalar).map { [$0] }
        ?? Array(UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }
  }

  /// The arguments that follow the program's name.
  package static var arguments: [String] {
    (1..<max(1, Int(CommandLine.argc))).compactMap { place in
      CommandLine.unsafeArgv[place].map { text(of: UnsafePointer($0)) }
    }
  }

  private static func scalar(at bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Unicode.Scalar? {
    var decoder = UTF8()
    var iterator = bytes.prefix(4).makeIterator()
    if case .scalarValue(let scalar) = decoder.decode(&iterator) { return scalar }
    return nil
  }
}

extension String {
  /// Lends the name that this text stands for to a call of the system.
  package func withPath<Result>(_ body: (UnsafePointer<CChar>) -> Result) -> Result {
    let name = PathText.bytes(of: self).map { CChar(bitPattern: $0) } + [0]
    return name.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map(body) ?? body("")
    }
  }
}
