/// A place in a gzip file from which it can be unpacked without what precedes that place.
package struct RestartPoint: Sendable, Equatable {
  /// The hash of the file's first bytes: packed by another program, the same log is another file.
  package var file: UInt64
  /// How many bytes precede it, unpacked.
  package var offset: Int64
  /// How many bytes of the file precede it, and how many bits of the last of these, 0 to 7, are
  /// still to be read.
  package var packed: Int64
  package var bits: Int
  /// The hash of the bytes of the file right before it, by which it is known again.
  package var proof: UInt64
  /// The 32 KiB before it, unpacked, which what follows repeats parts of: packed in zlib's format.
  /// Empty where a member of the file begins, which repeats nothing.
  package var window: [UInt8]

  package init(
    file: UInt64, offset: Int64, packed: Int64, bits: Int, proof: UInt64, window: [UInt8]
  ) {
    self.file = file
    self.offset = offset
    self.packed = packed
    self.bits = bits
    self.proof = proof
    self.window = window
  }

  /// How far apart points are at a place: so that a log of any size has few, they thin out.
  package static func distance(at offset: Int64) -> Int64 { max(4 << 20, offset / 1024) }
}
