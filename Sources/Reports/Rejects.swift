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
      notes.append(
        "\(grouped(kept)) of them are kept one by one; of the others it is known where they are")
    }
    var answer = Answer(
      title: total == 0 ? "No rejects" : count(total, "reject"), notes: notes,
      sections: (counts.count > 1 || kept < total ? [Section(.table(table(of: counts)))] : [])
        + (rows.isEmpty ? [] : [Section(.table(table(of: rows)))]),
      value: RejectAnswer(rejects: total, kept: kept, counts: counts, rows: rows).value,
      rows: "rows", header: KeptReject.fields.names)
    if rows.count < kept {
      answer.notes.append(Note("the first \(rows.count) are shown", next: .showMore))
    }
    return answer
  }

  private func rows(of archive: any Archive) throws -> [KeptReject] {
    var rows: [KeptReject] = []
    try archive.eachReject { path, reject in
      if isWanted(path), reasons?.contains(reject.reason) ?? true {
        rows.append(KeptReject(path: path, reject: reject))
      }
      return rows.count < limit
    }
    return rows
  }

  private func table(of counts: [RejectCount]) -> Table {
    let fields = RejectCount.fields
    return Table(
      of: counts,
      [
        fields.column("source"),
        TableColumn("reason") { Cell(Value($0.reason), shown: $0.reason ?? "not kept") },
        fields.column("rejects"),
      ], keys: ["source", "reason", "rejects"])
  }

  private func table(of rows: [KeptReject]) -> Table {
    let fields = KeptReject.fields
    return Table(
      of: rows,
      [
        fields.column("source"), fields.column("offset", as: "byte"), fields.column("length"),
        fields.column("reason"),
        TableColumn("begins with") { row in
          Cell(.text(row.reject.excerpt), shown: clipped(row.reject.excerpt))
        },
      ], keys: ["source", "byte", "reason"])
  }

  private func clipped(_ text: String) -> String {
    text.count > 60 ? String(text.prefix(59)) + "…" : text
  }
}

/// What `rejects` answers.
struct RejectAnswer: Described {
  var rejects: Int64
  var kept: Int64
  var counts: [RejectCount]
  var rows: [KeptReject]

  static let fields: Fields<RejectAnswer> = [
    Field("rejects", "lines that could not be read") { $0.rejects },
    Field("kept", "those of them that are kept one by one") { $0.kept },
    Field("counts", "how many, by log and reason") { $0.counts },
    Field("rows", "the first of those that are kept") { $0.rows },
  ]
}

extension RejectCount: Described {
  package static let fields: Fields<RejectCount> = [
    Field("source", "the log") { $0.path },
    Field("reason", "why they could not be read; null where only places are kept") { $0.reason },
    Field("rejects", "how many") { $0.rejects },
  ]
}

/// A reject that is kept, and the log in which it stands.
struct KeptReject: Described {
  var path: String
  var reject: Reject

  static let fields: Fields<KeptReject> = [
    Field("source", "the log") { $0.path },
    Field("offset", unit: "bytes", "where the line begins, decompressed") { $0.reject.offset },
    Field("length", unit: "bytes", "how long it is") { $0.reject.length },
    Field("reason", "why it could not be read") { $0.reject.reason },
    Field("excerpt", "how it begins, without its secrets") { $0.reject.excerpt },
  ]
}
