internal import Files

/// A hash of a path, and whether the path names one thing among many, as `/runs/4ff1a001` does.
package struct PathDigest: Equatable, Sendable {
  /// Of the path's bytes; not kept anywhere.
  package var hash: UInt64 { digest.value }
  /// Whether a part of it is an id: all digits, or of eight characters and more with two digits at
  /// least. `v1` and `2024-10-01` are versions.
  package private(set) var namesItem = false
  private var digest = FNV1a()

  package init(_ path: UnsafeBufferPointer<UInt8>) {
    var part = Part()
    for byte in path {
      digest.add(byte)
      if byte == UInt8(ascii: "/") {
        namesItem = namesItem || part.isItem
        part = Part()
      } else {
        part.add(byte)
      }
    }
    namesItem = namesItem || part.isItem
  }

  private struct Part {
    private var length = 0
    private var digits = 0
    private var dashes = 0

    mutating func add(_ byte: UInt8) {
      length += 1
      if (0x30...0x39).contains(byte) { digits += 1 }
      if byte == UInt8(ascii: "-") { dashes += 1 }
    }

    var isItem: Bool {
      if length == digits { return length > 0 }
      let isDate = length == 10 && digits == 8 && dashes == 2
      return length >= 8 && digits >= 2 && !isDate
    }
  }
}
