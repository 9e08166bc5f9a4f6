/// A 128-bit hash of content.
package struct Digest: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// Proof of a source's first bytes: their digest up to an offset where a line starts.
package struct Mark: Sendable, Equatable {
  package var offset: Int64
  package var digest: Digest

  package init(offset: Int64, digest: Digest) {
    self.offset = offset
    self.digest = digest
  }
}

/// What the ledger knows of one source.
package struct Lineage: Sendable {
  package var source: Int64
  /// How far it has been read; the last mark stands there.
  package var consumed: Int64
  /// In order of offset, those of the sources it branched from included.
  package var marks: [Mark]

  package init(source: Int64, consumed: Int64, marks: [Mark]) {
    self.source = source
    self.consumed = consumed
    self.marks = marks
  }
}

/// Where a batch belongs.
package enum Origin: Sendable {
  /// The source it continues.
  case known(source: Int64)
  /// A source not met before; with a parent, it shares the parent's first `fork` bytes.
  case new(head: Mark, parent: Int64?, fork: Int64, path: String)
}

/// The record of which bytes have been stored: an importer asks it before, and tells it after.
package protocol Ledger: AnyObject {
  /// Seeds the hashes of ids.
  var seed: UInt64 { get }
  /// Seeds the tags that stand for secrets.
  var redactionKey: UInt64 { get }
  /// How long the heads are that sources are known by, longest first.
  func headLengths() throws -> [Int64]
  /// Sources whose first bytes have this digest.
  func lineages(head: Mark) throws -> [Lineage]
  /// What has been counted of a source up to an offset, its parents' share included.
  func tally(of source: Int64, upTo offset: Int64) throws -> Tally
  /// The texts known already, in the order of their numbers from 1.
  func words(of lexicon: Lexicon, limit: Int) throws -> [[UInt8]]
  /// Stores a batch in one transaction and says which source it went to.
  func commit(_ batch: Batch, to origin: Origin) throws -> Int64
}

/// Someone else stored the same bytes, or a source like this one, in the meantime.
package struct LostRace: Error {
  package init() {}
}
