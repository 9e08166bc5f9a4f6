/// Where a log may have gone on that was gone before it was read.
package struct MissingPart: Sendable, Equatable {
  package var path: String
  /// How far the log was read, in bytes.
  package var offset: Int64
  /// The latest time in what was read of it; nil where it has none.
  package var after: Int64?

  package init(path: String, offset: Int64, after: Int64?) {
    self.path = path
    self.offset = offset
    self.after = after
  }
}
