internal import Analysis
package import Answers
internal import Events
internal import Files
package import Profiles
internal import Questions
internal import Times

/// What an error of one vendor is told apart by.
private struct VendorError: Hashable {
  var status: Int64
  var code: Int
  var kind: Kind
}

extension Question {
  /// What the one vendor asked about answered: over time, and by code, with what its documentation
  /// says of each.
  package func vendorStanding(_ name: String, catalog: Catalog) throws -> Answer {
    let profile = catalog.vendor(named: name)
    let counts = try SteppedCounts(self) { response in
      response.kind.map {
        VendorError(status: response.status, code: response.code, kind: $0)
      }
    }
    let all = counts.all
    let knows = all.successes > 0
    let series = Kind.allCases.map { kind in
      var sums = [Int64](repeating: 0, count: counts.steps.count)
      for (error, line) in counts.lines where error.kind == kind {
        for step in sums.indices { sums[step] += line.steps[step] }
      }
      return Timeline.Series(kind.name, counts: sums)
    }
    let figures = [
      Figure("Errors", grouped(all.errors)),
      Figure("Requests", knows ? grouped(all.requests) : "not known"),
      Figure(
        "Error rate",
        knows && all.requests > 0 ? percent(Double(all.errors) / Double(all.requests)) : "not known"
      ),
      Figure("Server errors", grouped(all.serverErrors)),
    ]
    let chart = Chart(
      "Errors by kind, every \(counts.every.text)", summary: "\(count(all.errors, "error")).",
      .timeline(Timeline(buckets: counts.buckets(of: self), series: series)))
    let answer = Answer(
      title: profile?.title ?? name,
      notes: [
        note, profile.map { $0.docs.map { "documented at \($0)" } ?? "" } ?? "without a profile",
      ].filter { !$0.isEmpty },
      sections: [
        Section(.figures(figures)), Section("Errors over time", .chart(chart)),
        codeSection(counts, of: name, profile, catalog),
      ] + (profile.map { [unseenSection(counts, of: $0)] } ?? []),
      value: .null)
    return try honest(answer, from: .counts)
  }

  private func codeSection(
    _ counts: SteppedCounts<VendorError>, of vendor: String, _ profile: VendorProfile?,
    _ catalog: Catalog
  ) -> Section {
    let rows = counts.lines.map { error, line in
      (error: error, code: vocabulary.codes[error.code], line: line)
    }
    .sorted {
      ($1.line.counts.errors, $0.code ?? "", $0.error.status)
        < ($0.line.counts.errors, $1.code ?? "", $1.error.status)
    }
    let most = top.groups
    func rule(_ error: VendorError, _ code: String?) -> ErrorRule? {
      let rule = (code ?? "").withBytes { bytes in
        catalog.rule(
          vendor: profile,
          for: ErrorFacts(
            status: Int(error.status), code: code == nil ? nil : bytes, message: nil,
            hasIssues: false))
      }
      return rule.flatMap { $0.kind == error.kind ? $0 : nil }
    }
    var section = Section(
      "What it answered",
      .table(
        Table(
          of: Array(rows.prefix(most)),
          [
            TableColumn("code") { row in
              Cell(row.code).naming(
                row.code.map { .errors(vendor: vendor, status: nil, code: $0, consumer: nil) })
            },
            TableColumn(Column("status", .trailing)) { row in
              let status = row.error.status == 0 ? nil : Int(row.error.status)
              return Cell(status).naming(status.map { .errors(vendor: vendor, status: $0) })
            },
            TableColumn("kind") { Cell($0.error.kind.name) },
            TableColumn("by day") { Cell(trend: counts.byDay($0.line)) },
            TableColumn(Column("errors", .trailing)) { Cell($0.line.counts.errors) },
            TableColumn("it means") { row in
              Cell(rule(row.error, row.code)?.meaning.nonEmpty)
            },
            TableColumn("what to do") { row in
              let rule = rule(row.error, row.code)
              return Cell(
                rule.map { $0.advice ?? $0.retry.sentence } ?? row.error.kind.advice.sentence)
            },
          ], keys: ["code", "status", "errors"], whenEmpty: "no errors")))
    if rows.count > most {
      section.blocks.append(
        .paragraph("and \(grouped(Int64(rows.count - most))) more", next: .showSmaller))
    }
    return section
  }

  /// What its profile documents and it did not answer in the range.
  private func unseenSection(
    _ counts: SteppedCounts<VendorError>, of profile: VendorProfile
  ) -> Section {
    let seen = Set(counts.lines.keys.compactMap { vocabulary.codes[$0.code]?.lowercased() })
    let unseen = profile.documented.filter { rule in
      !rule.codes.contains { seen.contains($0.lowercased()) }
        && !(rule.codes.isEmpty
          && counts.lines.keys.contains { error in
            error.kind == rule.kind
              && (rule.statuses.isEmpty || rule.statuses.contains(Int(error.status)))
          })
    }
    return Section(
      "Documented, and not seen in this time",
      .table(
        Table(
          of: unseen,
          [
            TableColumn("code") { Cell(.text($0.codes.joined(separator: ", "))) },
            TableColumn(Column("status", .trailing)) {
              Cell(.text($0.statuses.map(String.init).joined(separator: ", ")))
            },
            TableColumn("kind") { Cell($0.kind.name) },
            TableColumn("it means") { Cell($0.meaning.nonEmpty) },
            TableColumn("what to do") { Cell($0.advice ?? $0.retry.sentence) },
          ], keys: ["code", "status"], whenEmpty: "all that it documents was seen")))
  }
}
