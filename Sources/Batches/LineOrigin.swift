package import Events

/// Where an event's line stands, as far as a store knows.
package struct LineOrigin: Sendable {
  package var source: Int64
  /// What its log begins with.
  package var head: ContentMark
  /// Where its log was seen last; nil where that is not known.
  package var path: String?
  /// The header under which it stands; nil for none.
  package var header: ColumnHeader?
  /// Where its batch begins, and how many lines of the log precede that.
  package var batch: Int64
  package var linesBefore: Int64

  package init(
    source: Int64, head: ContentMark, path: String?, header: ColumnHeader?, batch: Int64,
    linesBefore: Int64
  ) {
    self.source = source
    self.head = head
    self.path = path
    self.header = header
    self.batch = batch
    self.linesBefore = linesBefore
  }
}

/// What knows the logs that events come from.
package protocol LineOrigins {
  /// By which secrets are tagged where lines are stored; nil where none were yet.
  var redactionKey: UInt64? { get }
  /// Nil for an event that it does not know.
  func origin(of event: Event) throws -> LineOrigin?
  /// How many ids an event has.
  func identifierCount(ofEvent number: Int64) throws -> Int
  /// The last point of a source's file, known by the hash of its first bytes, that is not behind an
  /// offset.
  func restart(in source: Int64, file: UInt64, upTo offset: Int64) throws -> RestartPoint?
}
