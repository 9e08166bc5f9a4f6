internal import CXXHash
internal import Files

/// Short digests of the lines since a mark, each of all of them up to its own: so two logs can be
/// compared line by line.
///
/// Slight lines, such as blank ones, hold no response. Of slight lines that follow one another only
/// the first has a digest, and then one of every few KiB, which stands for all before it.
struct LineDigests {
  private var state: UInt64 = 0
  private var before: UInt64 = 0
  /// How many bytes of slight lines follow the last digest; -1 where the last line was not slight.
  private var slightBytes = -1
  private(set) var values: [UInt32] = []

  /// A line without its newline. False where it has no digest.
  @inline(__always)
  @discardableResult
  mutating func append(_ line: Bytes) -> Bool {
    let hash = XXH3_64bits(line.baseAddress, line.count)
    let isSlight = LineDigests.isSlight(line)
    if isSlight, slightBytes >= 0, slightBytes < LineDigests.mostSlightBytes {
      slightBytes += line.count + 1
      state = LineDigests.next(state, hash)
      return false
    }
    slightBytes = isSlight ? 0 : -1
    append(hash)
    return true
  }

  /// Shorter lines hold no response, nor do blank ones.
  private static let leastLength = 8
  /// So many bytes of slight lines may follow one another without a digest.
  private static let mostSlightBytes = 1 << 12

  @inline(__always)
  private static func isSlight(_ line: Bytes) -> Bool {
    line.count < leastLength
      || line[0] <= 0x20 && line.allSatisfy { $0 == 0x20 || $0 == 9 || $0 == 13 }
  }

  /// A line whose bytes are not at hand: it is like no other.
  mutating func appendUnknown() {
    slightBytes = -1
    append(0xA5A5_5A5A_0F0F_F0F0)
  }

  @inline(__always)
  private mutating func append(_ hash: UInt64) {
    before = state
    state = LineDigests.next(state, hash)
    values.append(UInt32(truncatingIfNeeded: state >> 32))
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

  var place: Place { Place(state: state, count: values.count, slightBytes: slightBytes) }

  /// Takes the lines since a place back.
  mutating func go(back place: Place) {
    state = place.state
    slightBytes = place.slightBytes
    values.removeLast(values.count - place.count)
  }

  /// Takes the last line, which has a digest, back.
  mutating func removeLast() {
    state = before
    values.removeLast()
  }

  /// Starts anew at a mark, and returns the digests up to there.
  mutating func take() -> [UInt32] {
    defer {
      state = 0
      slightBytes = -1
      values.removeAll(keepingCapacity: true)
    }
    return Array(values)
  }
}
