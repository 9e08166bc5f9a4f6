/// A log as the ledger remembers it, to be read again where that is needed.
package struct StoredSource: Sendable {
  package var id: Int64
  /// Where it was when it was first met.
  package var path: String
  package var head: ContentMark
  /// What is wanted of it, in order of offset.
  package var ranges: [StoredRange]

  package init(id: Int64, path: String, head: ContentMark, ranges: [StoredRange]) {
    self.id = id
    self.path = path
    self.head = head
    self.ranges = ranges
  }
}

/// The bytes of one batch.
package struct StoredRange: Sendable {
  package var batch: Int64
  package var offset: Int64
  package var length: Int64
  /// The digest of everything before its end.
  package var proof: Digest
  /// How many of its lines are rejects.
  package var rejects: Int64

  package init(batch: Int64, offset: Int64, length: Int64, proof: Digest, rejects: Int64) {
    self.batch = batch
    self.offset = offset
    self.length = length
    self.proof = proof
    self.rejects = rejects
  }

  package var end: Int64 { offset + length }
}

/// An event's place in its batch, for whoever reads its line again.
package struct StoredEvent: Sendable {
  /// From 0.
  package var number: UInt32
  package var offset: Int64
  package var part: Int32

  package init(number: UInt32, offset: Int64, part: Int32) {
    self.number = number
    self.offset = offset
    self.part = part
  }
}

/// A ledger that lets what it knows be read again.
package protocol RereadingLedger: Ledger {
  /// The sources with rejects, and their batches that have some.
  func rejectedSources() throws -> [StoredSource]
  /// Where the rejects of a batch stand, in order.
  func rejects(of batch: Int64) throws -> [RejectRun]
  /// Moves what has become readable of a batch's rejects out of them, in one transaction. `batch`
  /// holds all rejects of the range as they were read now. Throws `LostRace` when they have
  /// changed.
  func move(_ batch: Batch, from range: StoredRange) throws

  /// The given batches by source.
  func sources(ofBatches batches: [Int64]) throws -> [StoredSource]
  /// The events of a batch that are there, in order of their numbers.
  func events(of batch: Int64) throws -> [StoredEvent]
  /// Writes the index of a batch's ids anew, in one transaction.
  func replaceIdentifiers(of batch: Int64, with identifiers: IdentifierList) throws
}
