internal import CXXHash
internal import Events

/// A running XXH3-128 of content: <https://xxhash.com>.
struct ContentHash: ~Copyable {
  private let state: OpaquePointer?

  init() {
    state = XXH3_createState()
    XXH3_128bits_reset(state)
  }

  deinit {
    XXH3_freeState(state)
  }

  /// A second one that stands where this one does.
  func copy() -> ContentHash {
    let copy = ContentHash()
    XXH3_copyState(copy.state, state)
    return copy
  }

  mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
  }

  var digest: Digest {
    let hash = XXH3_128bits_digest(state)
    return Digest(high: hash.high64, low: hash.low64)
  }
}

/// The hash by which an id finds its event: XXH3-64 of its bytes in lower case.
package func identifierHash(_ id: UnsafeBufferPointer<UInt8>, seed: UInt64) -> UInt64 {
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: id.count) { lower in
    for (place, byte) in id.enumerated() {
      lower[place] = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
    }
    return XXH3_64bits_withSeed(lower.baseAddress, id.count, seed)
  }
}
