internal import Batches
internal import Files
internal import SQLite

/// A sum over what proves a log's content, by which a bit of it that was flipped is found out: such
/// a log would not be known any more, and be imported twice.
struct ProofSum: Equatable {
  private(set) var value: Int64 = 0x2d35_8dcc_aa6c_78a5

  mutating func add(_ number: Int64) {
    value = foldedProduct(value ^ number, 0x4b33_a62e_d433_d4a3 ^ value << 32)
  }

  /// Eight bytes at a time, with how many there are.
  mutating func add(_ bytes: UnsafeRawBufferPointer) {
    add(Int64(bytes.count))
    var place = 0
    while place + 8 <= bytes.count {
      add(Int64(bigEndian: bytes.loadUnaligned(fromByteOffset: place, as: Int64.self)))
      place += 8
    }
    var rest: Int64 = 0
    for byte in bytes[place...] { rest = rest << 8 | Int64(byte) }
    add(rest)
  }

  /// Of a mark as it is to be stored.
  init(_ mark: ContentMark) {
    add(mark.offset)
    mark.digest.withBytes { add($0) }
    mark.withLineBytes { add($0) }
  }

  /// Of a source as it is to be stored.
  init(head: ContentMark, firstLine: Digest?, parent: Int64?, fork: Int64) {
    add(head.offset)
    head.digest.withBytes { add($0) }
    if let firstLine {
      firstLine.withBytes { add($0) }
    } else {
      add(UnsafeRawBufferPointer(start: nil, count: 0))
    }
    add(parent ?? 0)
    add(fork)
  }

  /// Of bytes, and numbers that say what they are.
  init(of bytes: UnsafeRawBufferPointer, _ numbers: [Int64]) {
    for number in numbers { add(number) }
    add(bytes)
  }

  private init() {}

  /// Where sums are kept.
  enum Table: String, CaseIterable {
    case mark, source

    /// What a row goes by: its source first.
    var key: [String] {
      switch self {
      case .mark: ["source", "\"offset\""]
      case .source: ["id"]
      }
    }

    /// What is summed up.
    var columns: [String] {
      switch self {
      case .mark: ["\"offset\"", "digest", "lines"]
      case .source: ["head_length", "head_digest", "first_line", "parent", "fork"]
      }
    }

    /// The sum of a row whose columns begin at a place.
    func sum(of row: Statement, from first: Int) -> ProofSum {
      var sum = ProofSum()
      sum.add(row.integer(first))
      sum.add(row.blob(first + 1))
      sum.add(row.blob(first + 2))
      if self == .source {
        sum.add(row.integer(first + 3))
        sum.add(row.integer(first + 4))
      }
      return sum
    }
  }
}
