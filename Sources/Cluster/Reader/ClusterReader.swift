package import Questions

/// A cluster as its readers see it: what stores have sent there, in answer to the same questions.
package final class ClusterReader: Archive {
  private let open: @Sendable () throws -> ClusterConnection
  private let connection: ClusterConnection
  /// What was asked so far, and what it cost.
  package let costs: QuestionCosts
  /// When questions are stopped; nil for never.
  private var deadline: ContinuousClock.Instant?

  /// - Parameter open: opens a connection each time that one is needed more.
  package convenience init(_ open: @escaping @Sendable () throws -> ClusterConnection) throws {
    try self.init(open, costs: QuestionCosts())
  }

  private init(
    _ open: @escaping @Sendable () throws -> ClusterConnection, costs: QuestionCosts
  ) throws {
    (self.open, self.costs) = (open, costs)
    connection = try open()
    try ClusterSchema.check(connection)
  }

  /// Whether a text is meant as a cluster's address, and not as a file.
  package static func isAddress(_ text: String) -> Bool { ClusterAddress.isAddress(text) }

  package var opener: @Sendable () throws -> any Archive {
    let (open, costs, deadline) = (open, costs, deadline)
    return {
      let reader = try ClusterReader(open, costs: costs)
      if let deadline { reader.stop(at: deadline) }
      return reader
    }
  }

  /// Stops questions that are not answered by then, also those of readers that are opened from this
  /// one.
  package func stop(at deadline: ContinuousClock.Instant) { self.deadline = deadline }

  /// Whether time is up, so that what was asked last may have been stopped.
  package var isStopped: Bool { deadline.map { ContinuousClock.now >= $0 } ?? false }
}
