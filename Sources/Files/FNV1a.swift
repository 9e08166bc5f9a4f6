/// FNV-1a of 64 bits, a hash for what is short: <https://datatracker.ietf.org/doc/html/rfc9923>. The same on
/// every machine, so that it can be kept.
package struct FNV1a: Equatable, Sendable {
  package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  package init() {}

  package mutating func add(_ byte: UInt8) {
    value = (value ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  /// - Parameter bits: what is set in each byte: 0x20 makes letters small.
  package mutating func add(_ bytes: Bytes, with bits: UInt8 = 0) {
    for byte in bytes { add(byte | bits) }
  }
}
