package import Batches
internal import Files
package import Questions

// Lines that could not be read, and what was gone before it was read.
extension ClusterReader {
  /// A batch of which lines were rejected.
  private struct Rejected {
    var edge: Int64
    var batch: Int64
    var source: Int64
    var path: String
    var rejects: Int64
    var kept: Int64
  }

  private func rejected() throws -> [Rejected] {
    var batches: [Rejected] = []
    try rows(
      TableQuestion(
        name: "rejects by batch",
        columns: [
          .number("edge"), .number("batch"), .number("any(source)"), .text("any(path)"),
          .number("any(rejects)"), .number("any(reject_rows)"),
        ], table: "batch", conditions: ["rejects > 0"], keys: 2)
    ) { row in
      batches.append(
        Rejected(
          edge: row.integer(0), batch: row.integer(1), source: row.integer(2),
          path: row.text(3) ?? "", rejects: try row.integer(4, in: AnswerDomain.count),
          kept: try row.integer(5, in: AnswerDomain.count)))
    }
    return batches
  }

  package func rejectCounts() throws -> [RejectCount] {
    struct Key: Hashable {
      var path: String
      var reason: String?
    }
    struct Batch: Hashable {
      var edge: Int64
      var batch: Int64
    }
    var counts: [Key: Int64] = [:]
    var paths: [Batch: String] = [:]
    for batch in try rejected() {
      paths[Batch(edge: batch.edge, batch: batch.batch)] = batch.path
      let others = batch.rejects - batch.kept
      if others > 0 { counts[Key(path: batch.path), default: 0] += others }
    }
    try rows(
      TableQuestion(
        name: "rejects by reason",
        columns: [.number("edge"), .number("batch"), .text("reason"), .number("count()")],
        table: "reject", keys: 3)
    ) { row in
      let path = paths[Batch(edge: row.integer(0), batch: row.integer(1))] ?? ""
      counts[Key(path: path, reason: row.text(2)), default: 0] += try row.integer(
        3, in: AnswerDomain.count)
    }
    return counts.map { RejectCount(path: $0.path, reason: $0.reason, rejects: $1) }
      .sorted { one, other in
        if one.path != other.path {
          return one.path.utf8.lexicographicallyPrecedes(other.path.utf8)
        }
        guard let own = one.reason, let reason = other.reason else { return one.reason != nil }
        return own.utf8.lexicographicallyPrecedes(reason.utf8)
      }
  }

  package func eachReject(_ body: (_ log: String, Reject) -> Bool) throws {
    let batches = try rejected().filter { $0.kept > 0 }.sorted { one, other in
      one.path == other.path
        ? (one.edge, one.source, one.batch) < (other.edge, other.source, other.batch)
        : one.path.utf8.lexicographicallyPrecedes(other.path.utf8)
    }
    var start = 0
    while start < batches.count {
      // A log's batches together: a thousand rejects at most.
      let first = batches[start]
      let end =
        batches[start...].firstIndex {
          $0.path != first.path || $0.edge != first.edge || $0.source != first.source
        } ?? batches.count
      let numbers = batches[start..<end].map { "\($0.batch)" }.joined(separator: ", ")
      var rejects: [Reject] = []
      try rows(
        TableQuestion(
          name: "rejects",
          columns: [.number("offset"), .number("length"), .text("reason"), .text("excerpt")],
          table: "reject", conditions: ["edge = \(first.edge)", "batch IN (\(numbers))"],
          rest: "ORDER BY c0, c1", deliveries: .ofEdge(first.edge))
      ) { row in
        rejects.append(
          Reject(
            offset: try row.integer(0, in: AnswerDomain.bytes),
            length: try row.integer(1, in: AnswerDomain.bytes), reason: row.text(2) ?? "",
            excerpt: row.text(3) ?? ""))
      }
      for reject in rejects where !body(first.path, reject) { return }
      start = end
    }
  }
}
