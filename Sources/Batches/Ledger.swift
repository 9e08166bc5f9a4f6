package import Files

/// A 128-bit hash of content.
package struct Digest: Hashable, Sendable {
  package var high: UInt64
  package var low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// A proof of content: the digest of all bytes of a source before an offset, at which a line
/// starts.
package struct ContentMark: Sendable, Equatable {
  package var offset: Int64
  package var digest: Digest
  /// Short digests of the lines since the mark before, each of all these lines up to its own. They
  /// tell where between two marks another log ends, or goes on differently.
  package var lines: [UInt32]

  package init(offset: Int64, digest: Digest, lines: [UInt32] = []) {
    self.offset = offset
    self.digest = digest
    self.lines = lines
  }
}

/// Where a log was seen last.
package struct Place: Sendable, Equatable {
  /// Absolute, without links.
  package var path: String
  package var device: Int64
  package var inode: Int64
  /// In bytes; nil for a compressed log.
  package var size: Int64?

  package init(path: String, device: Int64, inode: Int64, size: Int64?) {
    self.path = path
    self.device = device
    self.inode = inode
    self.size = size
  }

  /// Whether both are one file, whatever its name and size.
  package func isSameFile(as other: Place) -> Bool {
    device == other.device && inode == other.inode
  }

  /// The file itself, whatever its name.
  package var identity: FileIdentity {
    FileIdentity(device: UInt64(bitPattern: device), inode: UInt64(bitPattern: inode))
  }
}

/// That a log is gone, and that what may have been written to it after it was read last was not
/// found.
package struct Gap: Sendable, Equatable {
  package var source: Int64
  /// Where the log was seen last.
  package var place: Place
  /// How far it had been read.
  package var offset: Int64

  package init(source: Int64, place: Place, offset: Int64) {
    self.source = source
    self.place = place
    self.offset = offset
  }
}

/// What the ledger knows of one source.
package struct Lineage: Sendable {
  package var source: Int64
  /// How far it has been read, in bytes; the last mark stands there.
  package var consumed: Int64
  /// In order of offset, those of the sources it branched from included, without their lines.
  package var marks: [ContentMark]
  /// Nil where no file was seen, or what was there is gone.
  package var place: Place?

  package init(source: Int64, consumed: Int64, marks: [ContentMark], place: Place? = nil) {
    self.source = source
    self.consumed = consumed
    self.marks = marks
    self.place = place
  }
}

/// Where a batch belongs.
package enum Origin: Sendable {
  /// The source it continues.
  case known(source: Int64)
  /// A source not met before; with a parent, it shares the parent's first `fork` bytes.
  /// `firstLine` is the digest of its first line, where that is not too long.
  case new(head: ContentMark, firstLine: Digest? = nil, parent: Int64?, fork: Int64, path: String)
}

/// The record of which bytes of which sources have been stored. An importer asks it what is known
/// of a log, and hands it the batches of what is new.
package protocol Ledger: AnyObject {
  /// Seeds the hashes of ids.
  var seed: UInt64 { get }
  /// Seeds the tags that stand for secrets.
  var redactionKey: UInt64 { get }
  /// The vendors that are kept apart, once there is room for no more of them; else nil. Any thread
  /// may ask.
  var admittedVendors: AdmittedVendors? { get }
  /// The lengths of the first bytes by which sources are known, longest first.
  func headLengths() throws -> [Int64]
  /// Sources whose first bytes have this digest.
  func lineages(head: ContentMark) throws -> [Lineage]
  /// Sources whose first line has this digest.
  func lineages(firstLine: Digest) throws -> [Lineage]
  /// Sources that were seen last at a path.
  func lineages(at path: String) throws -> [Lineage]
  /// The digests of the lines that follow a mark of a source, up to its next.
  func lines(of source: Int64, after mark: Int64) throws -> [UInt32]
  /// The last header of a source that stands before an offset.
  func header(of source: Int64, before offset: Int64) throws -> ColumnHeader?
  /// What has been counted of a source up to an offset, its parents' share included.
  func tally(of source: Int64, upTo offset: Int64) throws -> Tally
  /// Remembers where a source is now.
  func sight(_ source: Int64, at place: Place) throws
  /// Remembers that a source is nowhere to be found; what followed is missing, or, without a gap,
  /// there was nothing more of it.
  func lose(_ source: Int64, gap: Gap?) throws
  /// Stores a batch in one transaction and returns its source, which has no gap any more. Threads
  /// may take turns at it; nothing else is asked of the ledger meanwhile.
  func commit(_ batch: Batch, to origin: Origin) throws -> Int64
  /// Remembers from where a source's log can be unpacked, where nothing of it is new.
  func keep(_ restarts: [RestartPoint], of source: Int64) throws
}

extension Ledger {
  package var admittedVendors: AdmittedVendors? { nil }
  package func keep(_ restarts: [RestartPoint], of source: Int64) throws {}
}

/// Someone else stored the same bytes, or a source like this one, in the meantime.
package struct LostRace: Error {
  package init() {}
}
