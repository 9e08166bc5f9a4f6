internal import CXXHash
internal import Files

/// The hash by which an id finds its event: XXH3-64 of its bytes in lower case.
package func identifierHash(_ id: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
  let words = (id.count + 7) / 8
  return withUnsafeTemporaryAllocation(byteCount: words * 8, alignment: 8) { lower in
    lower.copyMemory(from: UnsafeRawBufferPointer(id))
    for offset in stride(from: 0, to: words * 8, by: 8) {
      let word = lower.load(fromByteOffset: offset, as: UInt64.self)
      lower.storeBytes(of: lowercased(word), toByteOffset: offset, as: UInt64.self)
    }
    return XXH3_64bits_withSeed(lower.baseAddress, id.count, seed)
  }
}

/// Eight bytes at once, A to Z made a to z: sums carry into a byte's high bit where it is at least
/// the letter asked for (<https://graphics.stanford.edu/~seander/bithacks.html#HasMoreInWord>).
private func lowercased(_ word: UInt64) -> UInt64 {
  let every: UInt64 = 0x0101_0101_0101_0101
  let low = word & (every * 0x7F)
  let fromA = low &+ every * UInt64(0x80 - 0x41)
  let afterZ = low &+ every * UInt64(0x80 - 0x5B)
  let letters = (fromA & ~afterZ) & ~word & (every * 0x80)
  return word | (letters >> 2)
}
