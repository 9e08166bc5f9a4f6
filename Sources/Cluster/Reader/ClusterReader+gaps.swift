package import Questions
package import Times

extension ClusterReader {
  package func missingParts(of range: TimeRange) throws -> [MissingPart] {
    // An edge sends all of its own whenever they are others than before.
    var newest: [String] = []
    try rows(
      TableQuestion(
        name: "logs lost sight of", columns: [.number("edge"), .number("max(version)")],
        table: "gap", keys: 1, deliveries: .unasked)
    ) { newest.append("(\($0.integer(0)), \($0.integer(1)))") }
    if newest.isEmpty { return [] }
    var parts: [MissingPart] = []
    try rows(
      TableQuestion(
        name: "logs lost sight of",
        columns: [
          .number("edge"), .text("path"), .number("offset"), .optionalNumber("after_ms"),
          .number("noticed_ms"),
        ], table: "gap",
        conditions: [
          "(edge, version) IN (\(newest.joined(separator: ", ")))", "path != ''",
          "noticed_ms >= \(range.since)", "ifNull(after_ms, \(range.since)) < \(range.until)",
        ], keys: 5, deliveries: .unasked)
    ) { row in
      parts.append(
        MissingPart(
          path: row.text(1) ?? "", offset: try row.integer(2, in: AnswerDomain.bytes),
          after: try row.optional(3, in: AnswerDomain.time)))
    }
    return parts.sorted { one, other in
      let (own, after) = (one.after ?? -1, other.after ?? -1)
      return own == after ? one.path.utf8.lexicographicallyPrecedes(other.path.utf8) : own < after
    }
  }
}
