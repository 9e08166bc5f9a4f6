/// Which of many runs can have an id: for the hashes that begin alike, each run's marks, the bits of
/// its hashes that follow.
///
///     sum      4 bytes that prove all others, big-endian
///     sizes    of each run, how many bytes its marks take, as `PackedNumbers`
///     marks    of each run, in order and each once: a byte for each, by how much it is more than
///              the one before; 255 is added to the next byte
///
/// Of 64 runs one that does not have an id has its mark by chance, as the marks are about 64 apart: a
/// byte for each id is enough to look at a run in 64 instead of at every one.
struct GuidePage {
  private var sizes = PackedNumbers()
  private var marks: [UInt8] = []

  /// Marks are so far apart, to the power of 2.
  static let distanceBits = 6
  private static let more = UInt8.max

  /// Adds the marks of the next run, in order.
  mutating func append(_ marks: some Sequence<UInt32>) {
    let start = self.marks.count
    var last: UInt32 = 0
    var isFirst = true
    for mark in marks where isFirst || mark > last {
      var distance = mark - last
      while distance >= UInt32(GuidePage.more) {
        self.marks.append(GuidePage.more)
        distance -= UInt32(GuidePage.more)
      }
      self.marks.append(UInt8(distance))
      (last, isFirst) = (mark, false)
    }
    sizes.append(Int64(self.marks.count - start))
  }

  /// As it is stored under an id, a page of a guide.
  func bytes(for id: Int64, of guide: Guide) -> [UInt8] {
    var bytes: [UInt8] = [0, 0, 0, 0]
    bytes += sizes.bytes
    bytes += marks
    let sum = bytes.withUnsafeBytes { GuidePage.sum(of: $0, id, guide) }
    for place in 0..<4 { bytes[place] = UInt8(truncatingIfNeeded: sum >> UInt32(24 - 8 * place)) }
    return bytes
  }

  /// Of all that decides what a page says.
  private static func sum(
    of bytes: UnsafeRawBufferPointer, _ id: Int64, _ guide: Guide
  ) -> UInt32 {
    let numbers = [id, Int64(guide.runs), Int64(guide.idBits), Int64(guide.markBits)]
    let rest = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(4))
    let sum = ProofSum(of: rest, numbers).value
    return UInt32(truncatingIfNeeded: sum ^ sum >> 32)
  }

  /// A page that is stored, which belongs to as many runs as it has sizes.
  struct Stored {
    private let bytes: UnsafeRawBufferPointer
    /// Where each run's marks stand.
    private(set) var runs: [Range<Int>] = []

    /// Nil where it is not what was written under this id, for a guide like this one.
    init?(_ bytes: UnsafeRawBufferPointer, id: Int64, of guide: Guide) {
      guard bytes.count >= 4,
        UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))
          == GuidePage.sum(of: bytes, id, guide)
      else { return nil }
      self.bytes = UnsafeRawBufferPointer(rebasing: bytes.dropFirst(4))
      var sizes = PackedNumbers.Reader(self.bytes)
      var lengths: [Int] = []
      for _ in 0..<guide.runs { lengths.append(Int(sizes.next(.count))) }
      guard !sizes.isDamaged else { return nil }
      var end = self.bytes.count - lengths.reduce(0, +)
      guard end == sizes.position else { return nil }
      for length in lengths {
        runs.append(end..<end + length)
        end += length
      }
    }

    /// The runs, by their places, that have a mark.
    func places(of mark: UInt32) -> [Int] {
      runs.indices.filter { has(mark, in: $0) }
    }

    func has(_ mark: UInt32, in run: Int) -> Bool {
      var sum: UInt32 = 0
      for byte in bytes[runs[run]] {
        sum &+= UInt32(byte)
        if byte != GuidePage.more, sum >= mark { return sum == mark }
      }
      return false
    }

    /// Whether a run has all of some marks, which are in order.
    func has(allOf marks: [UInt32], in run: Int) -> Bool {
      var wanted = marks[...]
      var sum: UInt32 = 0
      for byte in bytes[runs[run]] {
        sum &+= UInt32(byte)
        if byte == GuidePage.more { continue }
        while let mark = wanted.first, mark <= sum {
          if mark < sum { return false }
          wanted.removeFirst()
        }
      }
      return wanted.isEmpty
    }
  }
}
