package import Answers
internal import Batches
internal import Files
package import Questions

/// What could not be read, and why.
package struct Rejects {
  /// Nil: for any.
  private let reasons: Set<String>?
  private let isWanted: (String) -> Bool
  /// How many are shown one by one.
  private let limit: Int

  /// Rejects for one of `reasons` (empty: for any), of logs whose path is wanted.
  package init(reasons: [String], limit: Int, where isWanted: @escaping (String) -> Bool) {
    self.reasons = reasons.isEmpty ? nil : Set(reasons)
    self.limit = limit
    self.isWanted = isWanted
  }

  package func answer(_ archive: any Archive) throws -> Answer {
    let counts = try archive.rejectCounts().filter { count in
      guard isWanted(count.path) else { return false }
      guard let reasons else { return true }
      return count.reason.map { reasons.contains($0) } ?? false
    }
    let total = counts.reduce(0) { $0 + $1.rejects }
    let kept = counts.reduce(0) { $0 + ($1.reason == nil ? 0 : $1.rejects) }
    let rows = try rows(of: archive)
    var notes: [String] = []
    if kept < total {
      notes.append("\(kept) of them are kept one by one; of the others it is known where they are")
    }
    var answer = Answer(
      title: total == 0 ? "No rejects" : total == 1 ? "1 reject" : "\(total) rejects", notes: notes,
      sections: (counts.count > 1 || kept < total ? [Section(.table(table(of: counts)))] : [])
        + [Section(.table(table(of: rows)))],
      value: [
        "rejects": .integer(total), "kept": .integer(kept),
        "counts": .array(
          counts.map {
            [
              "source": .text($0.path), "reason": Value($0.reason), "rejects": .integer($0.rejects),
            ]
          }),
        "rows": .array(
          rows.map { path, reject in
            [
              "source": .text(path), "offset": .integer(reject.offset),
              "length": .integer(reject.length), "reason": .text(reject.reason),
              "excerpt": .text(reject.excerpt),
            ]
          }),
      ],
      rows: "rows", header: ["source", "offset", "length", "reason", "excerpt"])
    if rows.count < kept {
      answer.notes.append(Note("the first \(rows.count) are shown", next: .showMore))
    }
    return answer
  }

  private func rows(of archive: any Archive) throws -> [(String, Reject)] {
    var rows: [(String, Reject)] = []
    try archive.eachReject { path, reject in
      if isWanted(path), reasons?.contains(reject.reason) ?? true { rows.append((path, reject)) }
      return rows.count < limit
    }
    return rows
  }

  private func table(of counts: [RejectCount]) -> Table {
    Table(
      columns: ["source", "reason", Column("rejects", .trailing)],
      rows: counts.map {
        [
          Cell(.text($0.path)), Cell(Value($0.reason), shown: $0.reason ?? "not kept"),
          Cell($0.rejects),
        ]
      })
  }

  private func table(of rows: [(String, Reject)]) -> Table {
    Table(
      columns: [
        "source", Column("byte", .trailing), Column("length", .trailing), "reason", "begins with",
      ],
      rows: rows.map { path, reject in
        [
          Cell(.text(path)), Cell(reject.offset), Cell(reject.length), Cell(.text(reject.reason)),
          Cell(.text(reject.excerpt), shown: clipped(reject.excerpt)),
        ]
      }, whenEmpty: "none")
  }

  private func clipped(_ text: String) -> String {
    text.count > 60 ? String(text.prefix(59)) + "…" : text
  }
}
