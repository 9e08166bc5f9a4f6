internal import Batches
internal import CXXHash

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

  /// Makes it stand where another does.
  mutating func become(_ other: borrowing ContentHash) {
    XXH3_copyState(state, other.state)
  }

  mutating func update(_ bytes: UnsafeBufferPointer<UInt8>) {
    XXH3_128bits_update(state, bytes.baseAddress, bytes.count)
  }

  var digest: Digest {
    let hash = XXH3_128bits_digest(state)
    return Digest(high: hash.high64, low: hash.low64)
  }
}
