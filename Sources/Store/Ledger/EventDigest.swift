internal import Batches
internal import Files

/// What proves that a batch's events are those that were stored: a sum over all of them, in which
/// each has a term of its number, its time and its place.
///
/// A sum, so that pruning can take events out of it, and so that it does not matter in which order
/// they are read.
struct EventDigest: Equatable {
  private(set) var value: Int64

  init(_ value: Int64 = 0) {
    self.value = value
  }

  /// `number` counts from 0 in the batch.
  mutating func add(number: Int64, time: Int64?, offset: Int64, length: Int64, part: Int64) {
    value &+= EventDigest.term(number, time, offset, length, part)
  }

  /// Without the terms of another.
  func removing(_ other: EventDigest) -> EventDigest { EventDigest(value &- other.value) }

  init(_ rows: ContiguousArray<EventRow>) {
    value = 0
    for (number, row) in rows.enumerated() {
      add(
        number: Int64(number), time: row.time, offset: row.offset, length: row.length,
        part: Int64(row.part))
    }
  }

  /// Two rounds of multiplying and folding, after wyhash: <https://github.com/wangyi-fudan/wyhash>.
  @inline(__always)
  private static func term(
    _ number: Int64, _ time: Int64?, _ offset: Int64, _ length: Int64, _ part: Int64
  ) -> Int64 {
    let place = foldedProduct(number ^ 0x2d35_8dcc_aa6c_78a5, offset ^ 0x4b33_a62e_d433_d4a3)
    return foldedProduct(place ^ (length << 24 ^ part), (time ?? .min) ^ 0x4d5a_2da5_1de1_aa47)
  }
}

/// The two halves of a product, folded into one.
@inline(__always)
func foldedProduct(_ a: Int64, _ b: Int64) -> Int64 {
  let product = UInt64(bitPattern: a).multipliedFullWidth(by: UInt64(bitPattern: b))
  return Int64(bitPattern: product.high ^ product.low)
}
