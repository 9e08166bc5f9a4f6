/// The bytes of an answer in some format, before they go anywhere.
package struct Output: Sendable {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  package mutating func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes.append(contentsOf: $0) }
  }

  package mutating func write(_ scalar: Unicode.Scalar) {
    bytes.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
  }

  package mutating func write(_ text: UnsafeBufferPointer<UInt8>) {
    bytes.append(contentsOf: text)
  }

  package mutating func write(_ byte: UInt8, times: Int = 1) {
    bytes.append(contentsOf: repeatElement(byte, count: times))
  }

  package mutating func line(_ text: String = "") {
    write(text)
    write("\n")
  }
}
