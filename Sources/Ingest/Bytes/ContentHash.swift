internal import Batches
internal import CXXHash
internal import Files

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

/// Short digests of the lines since a mark, each of all of them up to its own.
///
/// Of slight lines that follow one another, blank ones above all, the first has one, and then one each
/// few KiB: it stands for all before it.
struct LineChain {
  /// Whether slight lines have digests like all others, as they had in older stores.
  private let tellsAll: Bool
  private var state: UInt64 = 0
  private var before: UInt64 = 0
  /// The bytes of slight lines since the last digest; -1 where the last line was not slight.
  private var slightBytes = -1
  private(set) var digests: [UInt32] = []

  init(tellsAll: Bool = false) {
    self.tellsAll = tellsAll
  }

  /// A line without its newline. False where it has no digest.
  @inline(__always)
  @discardableResult
  mutating func append(_ line: Bytes) -> Bool {
    let hash = XXH3_64bits(line.baseAddress, line.count)
    let isSlight = LineChain.isSlight(line)
    if isSlight, !tellsAll, slightBytes >= 0, slightBytes < LineChain.mostSlightBytes {
      slightBytes += line.count + 1
      state = LineChain.next(state, hash)
      return false
    }
    slightBytes = isSlight ? 0 : -1
    append(hash)
    return true
  }

  /// Shorter lines hold no response, nor do blank ones.
  private static let leastLength = 8
  /// So many bytes of them may stand without a digest.
  private static let mostSlightBytes = 1 << 12

  @inline(__always)
  private static func isSlight(_ line: Bytes) -> Bool {
    line.count < leastLength
      || line[0] <= 0x20 && line.allSatisfy { $0 == 0x20 || $0 == 9 || $0 == 13 }
  }

  /// A line that is not at hand: no other is ever like it.
  mutating func appendUnknown() {
    slightBytes = -1
    append(0xA5A5_5A5A_0F0F_F0F0)
  }

  @inline(__always)
  private mutating func append(_ hash: UInt64) {
    before = state
    state = LineChain.next(state, hash)
    digests.append(UInt32(truncatingIfNeeded: state >> 32))
  }

  @inline(__always)
  private static func next(_ state: UInt64, _ hash: UInt64) -> UInt64 {
    (state ^ hash) &* 0x9E37_79B9_7F4A_7C15
  }

  /// How far it has come.
  struct Place {
    fileprivate var state: UInt64 = 0
    fileprivate var count = 0
    fileprivate var slightBytes = -1
  }

  var place: Place { Place(state: state, count: digests.count, slightBytes: slightBytes) }

  /// Takes the lines since a place back.
  mutating func go(back place: Place) {
    state = place.state
    slightBytes = place.slightBytes
    digests.removeLast(digests.count - place.count)
  }

  /// Takes the last line, which has a digest, back.
  mutating func removeLast() {
    state = before
    digests.removeLast()
  }

  /// Starts anew at a mark, and says what came before it.
  mutating func take() -> [UInt32] {
    defer {
      state = 0
      slightBytes = -1
      digests.removeAll(keepingCapacity: true)
    }
    return Array(digests)
  }
}

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
