/// The first or the last eight characters of an id, by which one is found that is cut off.
///
/// What stands before an id's own characters (`req_`, `Root=`) is left out where eight of these are
/// left, and large and small letters are alike.
package enum IDEdge: UInt8, Sendable, CaseIterable {
  case beginning, end

  /// So many characters of an id must be known.
  package static let length = 8
  /// Bits of a hash.
  package static let bits = 24

  /// The hashes of both edges of an id; nil for a shorter id.
  package static func hashes(
    of id: UnsafeBufferPointer<UInt8>
  ) -> (beginning: UInt32, end: UInt32)? {
    let core = core(of: id)
    guard core.count >= length, let base = UnsafeRawPointer(core.baseAddress) else { return nil }
    func word(_ offset: Int) -> UInt64 {
      lowercased(base.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    return (IDEdge.beginning.mixed(word(0)), IDEdge.end.mixed(word(core.count - length)))
  }

  /// The hash of this edge of an id; nil for a shorter id.
  package func hash(of id: UnsafeBufferPointer<UInt8>) -> UInt32? {
    IDEdge.hashes(of: id).map { self == .beginning ? $0.beginning : $0.end }
  }

  private func mixed(_ word: UInt64) -> UInt32 {
    // As Fibonacci hashing does (Knuth, The Art of Computer Programming, 6.4).
    let mixed = (word ^ UInt64(rawValue)) &* 0x9E37_79B9_7F4A_7C15
    let hash = (mixed ^ mixed >> 32) &* 0xD6E8_FEB8_6659_FD93
    return UInt32(truncatingIfNeeded: hash >> UInt64(64 - IDEdge.bits))
  }

  package func hash(of id: String) -> UInt32? {
    Array(id.utf8).withUnsafeBufferPointer { hash(of: $0) }
  }

  /// Whether a part of an id is this edge of one that is longer, dashes left out of account.
  package func isEdge(_ part: String, of id: String) -> Bool {
    guard let hash = hash(of: part), hash == self.hash(of: id) else { return false }
    let (part, id) = (IDEdge.plain(part), IDEdge.plain(id))
    if part == id { return false }
    let core = IDEdge.core(of: id)
    return [part[...], IDEdge.core(of: part)].contains { part in
      switch self {
      case .beginning: id.starts(with: part) || core.count > part.count && core.starts(with: part)
      case .end: id.count > part.count && id.suffix(part.count).elementsEqual(part)
      }
    }
  }

  private static func plain(_ text: String) -> [UInt8] {
    text.utf8.compactMap { byte in
      byte == UInt8(ascii: "-") ? nil : byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
    }
  }

  private static func core(of id: [UInt8]) -> ArraySlice<UInt8> {
    id.suffix(id.withUnsafeBufferPointer { core(of: $0).count })
  }

  /// Without letters and `_` or `=` at its start, if enough is left.
  private static func core(of id: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var place = 0
    while place < min(id.count, 16), (id[place] | 0x20) &- UInt8(ascii: "a") < 26 { place += 1 }
    guard place > 0, id.count - place > length,
      id[place] == UInt8(ascii: "_") || id[place] == UInt8(ascii: "=")
    else { return id }
    return UnsafeBufferPointer(rebasing: id[(place + 1)...])
  }

  /// Eight bytes, their large letters made small.
  private static func lowercased(_ word: UInt64) -> UInt64 {
    let ones: UInt64 = 0x0101_0101_0101_0101
    let low = word & (0x7F * ones)
    let isFromA = low &+ (0x80 - 0x41) * ones
    let isPastZ = low &+ (0x80 - 0x5B) * ones
    return word | (isFromA & ~isPastZ & ~word & (0x80 * ones)) >> 2
  }
}
