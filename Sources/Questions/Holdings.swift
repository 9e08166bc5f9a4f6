/// How much an archive holds.
package struct Holdings: Sendable, Equatable {
  /// Events that are there: none of those that were pruned.
  package var events: Int64 = 0
  /// Lines that could not be read.
  package var rejects: Int64 = 0
  /// When something was stored last, by the clock; nil where nothing was, or that is not known.
  package var lastStored: Int64?

  package init() {}
}
