internal import Analysis
package import Answers
internal import Events
internal import Files
internal import Times

/// How things stand, in parts that are answered each by itself: where one cannot be, the others are.
package struct Overview: Sendable {
  /// What a part is about, and its answer.
  package struct Part: Sendable {
    package var name: String
    package var answer: Result<Answer, any Error>
  }

  package let parts: [Part]
}

extension Question {
  /// The rates of the range by vendor, its incidents and what is left of limits.
  package func overview() -> Overview {
    let reading = (try? isLarge) == true ? LimitReading(self) : nil
    // Counted while limits are read.
    let counts = Result { try SteppedCounts(self) { $0.vendor } }
    let gaps = Result { try loggingGaps() }
    let read = Result { try reading?.limits(self) }
    let troubles = Result {
      let limiting = try read.get()?.rejections.map { rateLimiting(in: $0) } ?? rateLimiting()
      return try self.troubles(bursts: limiting.bursts, gaps: gaps.get())
    }
    let incidents = try? troubles.get().incidents
    return Overview(
      parts: [
        .init(
          name: "Error rates",
          answer: Result { try vendorTraffic(counts.get(), marking: incidents) }),
        .init(name: "Incidents", answer: Result { try currentIncidents(troubles.get()) }),
        .init(name: "Limits", answer: Result { try limitsNear(read.get()?.planLimits) }),
      ])
  }

  /// The rates of the range by vendor.
  package func vendorTraffic() throws -> Answer {
    try vendorTraffic(SteppedCounts(self) { $0.vendor }, marking: nil)
  }

  /// - Parameter incidents: nil where they are not known.
  private func vendorTraffic(
    _ counts: SteppedCounts<Int>, marking incidents: [Incident]?
  ) throws -> Answer {
    let vendors = counts.lines.map { number, line in (name: vocabulary.vendors[number], line: line)
    }
    .sorted { ($1.line.counts.errors, $0.name ?? "") < ($0.line.counts.errors, $1.name ?? "") }
    let shown = vendors.prefix(top.groups)
    let all = counts.all
    let knows = all.successes > 0
    var figures = [
      Figure("Errors", grouped(all.errors)),
      Figure("Requests", knows ? grouped(all.requests) : "not known"),
      Figure(
        "Error rate",
        knows && all.requests > 0 ? percent(Double(all.errors) / Double(all.requests)) : "not known"
      ),
    ]
    if let incidents {
      let ongoing = incidents.filter(\.isOngoing).count
      figures.append(
        Figure(
          "Incidents", grouped(Int64(incidents.count)),
          note: ongoing > 0 ? "\(grouped(Int64(ongoing))) going on" : "none going on",
          tone: ongoing > 0 ? .bad : .neutral))
    }
    let chart = Chart(
      "Errors by vendor, every \(counts.every.text)",
      summary: "\(count(all.errors, "error")) of \(count(Int64(vendors.count), "vendor")).",
      .timeline(
        Timeline(
          buckets: counts.buckets(of: self),
          series: vendors.map {
            Timeline.Series($0.name ?? "unknown vendor", counts: $0.line.steps)
          },
          marks: marks(of: incidents ?? []))))
    var section = Section("By vendor", .table(vendorTable(Array(shown), counts)))
    let more = vendors.count - shown.count
    if more > 0 {
      section.blocks.append(.paragraph("and \(grouped(Int64(more))) more", next: .showSmaller))
    }
    let answer = Answer(
      title: "Error rates", notes: [note],
      sections: [Section(.figures(figures)), Section("Errors over time", .chart(chart)), section],
      value: .null)
    return try honest(answer, from: .counts)
  }

  private func vendorTable(
    _ vendors: [(name: String?, line: SteppedCounts<Int>.Line)], _ counts: SteppedCounts<Int>
  ) -> Table {
    Table(
      of: vendors,
      [
        TableColumn("vendor") { Cell($0.name, to: Reference.vendor) },
        TableColumn("by day") { Cell(trend: counts.byDay($0.line)) },
        TableColumn(Column("errors", .trailing)) { Cell($0.line.counts.errors) },
        TableColumn(Column("requests", .trailing)) { vendor in
          Cell(vendor.line.counts.successes > 0 ? vendor.line.counts.requests : nil)
        },
        TableColumn(Column("error rate", .trailing)) { vendor in
          let counts = vendor.line.counts
          return Cell(counts.successes > 0 ? percent(counts.errors, of: counts.requests) : nil)
        },
        TableColumn(Column("rate limited", .trailing)) { Cell($0.line.counts.rateLimited) },
        TableColumn(Column("plan limited", .trailing)) { Cell($0.line.counts.planLimited) },
        TableColumn(Column("5xx", .trailing)) { Cell($0.line.counts.serverErrors) },
      ], keys: ["vendor", "errors", "error rate"], whenEmpty: "no responses")
  }

  /// Those that go on first, then those with most harm.
  private func currentIncidents(_ troubles: Troubles) throws -> Answer {
    let most = 8
    let all = troubles.incidents.filter(\.isOngoing) + troubles.incidents.filter { !$0.isOngoing }
    var section = Section(
      "Incidents",
      .table(
        incidentTable(
          Array(all.prefix(most)), whenEmpty: "none: nothing failed more than usual")))
    if !all.isEmpty { section.blocks.append(details(of: Array(all.prefix(most)))) }
    if all.count > most {
      section.blocks.append(
        .paragraph("and \(grouped(Int64(all.count - most))) more", next: .ask([.incidents], nil)))
    }
    return try honest(Answer(title: "Incidents", sections: [section], value: .null), from: .counts)
  }

  /// What runs out first, and what ran out most.
  ///
  /// - Parameter known: all limits, where they were counted already.
  private func limitsNear(_ known: [PlanLimit]?) throws -> Answer {
    let most = 6
    let hits = try limitHits(known: known)
    let quotas = try quotaList()
    var section = Section(heading: "Limits", blocks: [])
    if !quotas.outlooks.isEmpty {
      section.blocks.append(
        .table(quotaTable(Array(quotas.outlooks.prefix(most)), title: "What is left of quotas")))
    }
    section.blocks.append(.table(limitTable(hits, most: most)))
    let more = max(0, hits.count - most) + max(0, quotas.count - most)
    if more > 0 {
      section.blocks.append(
        .paragraph("and \(grouped(Int64(more))) more", next: .ask([.limits], nil)))
    }
    return try honest(Answer(title: "Limits", sections: [section], value: .null), from: .events)
  }

  /// Incidents as a chart marks them: those that are short enough to be seen in it.
  private func marks(of incidents: [Incident]) -> [Timeline.Mark] {
    incidents.filter { $0.what != .silence && $0.end - $0.start < range.length / 4 }.map {
      incident in
      Timeline.Mark(
        incident.mark, name: incident.what.name, since: incident.start, until: incident.end,
        label: "\(incident.subject): \(incident.words)",
        when: "\(shown(incident.start)) for \(incident.length)")
    }
  }
}
