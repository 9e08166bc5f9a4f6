internal import Analysis
internal import Answers
internal import Events

// The report as people read it: what matters most comes first.
extension Report {
  var sections: [Section] {
    var sections = [
      Section(.figures(figures)), Section(.bullets(summary)), timelineSection, vendorSection,
      changeSection, newsSection, incidentSection, blameSection, retrySection, limitSection,
      kindSection, topSection, weekSection,
    ]
    if let missingSection { sections.append(missingSection) }
    if undated > 0 {
      sections.append(
        Section(.paragraph("Not in this report, as they have no time: \(count(undated, "error"))."))
      )
    }
    return sections
  }

  private var vendorSection: Section {
    Section(
      "By vendor",
      .table(
        Table(
          columns: [
            "vendor", "by day", Column("errors", .trailing), Column("requests", .trailing),
            Column("error rate", .trailing), Column("5xx", .trailing), beforeColumn, "change",
          ],
          rows: sorted(movers.vendors).sorted { $0.now > $1.now }.map { mover in
            let vendor = name(of: mover.subject).vendor
            let counts = now.byVendor[vendor] ?? Counts()
            let knows = now.knowsRequests(vendor)
            return [
              Cell(vendor), trend(of: mover), Cell(.integer(counts.errors)),
              Cell(knows ? .integer(counts.requests) : .null), errorRate(counts, knows),
              Cell(.integer(counts.serverErrors)), Cell(.integer(mover.before)), cell(mover),
            ]
          }, whenEmpty: "no errors")))
  }

  private var changeSection: Section {
    let clear = sorted(
      (movers.vendors + movers.kinds + movers.sorts + movers.routes).filter(\.isClear))
    if clear.isEmpty { return Section("What changed", .paragraph("Nothing changed clearly.")) }
    let most = 12
    var section = Section("What changed", .chart(comparison(of: Array(clear.prefix(most)))))
    if clear.count > most {
      section.blocks.append(
        .paragraph(
          "and \(grouped(Int64(clear.count - most))) more, in “changes” of --format json"))
    }
    return section
  }

  private var newsSection: Section {
    let rows =
      news.new.map { ("new", $0) } + news.returned.map { ("returned", $0) }
      + news.gone.map { ("gone", $0) }
    return Section(
      "New, returned and gone codes",
      .table(
        Table(
          columns: ["", "vendor", "code", Column("errors", .trailing)],
          rows: rows.map { what, code in
            [Cell(.text(what)), Cell(code.vendor), Cell(.text(code.code)), Cell(code.count)]
          }, whenEmpty: "none")))
  }

  private var incidentSection: Section {
    var section = excerpt("Incidents", of: incidents, "spikes", "bursts") { incidents in
      Table(
        columns: [
          "vendor", "start", "lasted", "what", "mostly", "whose",
        ],
        rows: incidents.map { incident in
          [
            Cell(incident.vendor), question.time(incident.start),
            Cell(.text(formatDuration(incident.end - incident.start))),
            Cell(.text(what(incident))), Cell(mostly(incident)),
            Cell(incident.causes?.blame.first?.blame.owner),
          ]
        }, whenEmpty: "none: no 5xx spike and no burst of 429s")
    }
    if !lasting.isEmpty { section.blocks.append(.bullets(lasting)) }
    return section
  }

  /// What goes on for too long to be an incident.
  private var lasting: [String] {
    let levels = spikes.filter { $0.spike.shape == .levelChange }.map { vendor, spike in
      "\(vendorName(vendor)) has had more server errors since \(clock(spike.start)): "
        + "\(grouped(Int64(spike.count))) where \(expectation(spike.expected)) were usual"
        + (spike.ongoing ? ", and still has." : ", until \(clock(spike.end)).")
    }
    let limited = steady.map { vendor, limiting in
      "\(vendorName(vendor)) rejected (429) without a break from \(clock(limiting.start)) to "
        + "\(clock(limiting.end)): \(grouped(Int64(limiting.count))) times, "
        + "\(decimal(limiting.perMinute, places: 1)) a minute."
    }
    return levels + limited
  }

  /// Times of which nothing is known are no quiet times.
  private var missingSection: Section? {
    var section = Section("What may be missing")
    if !gaps.isEmpty {
      section.blocks.append(.table(question.gapTable(Array(gaps.prefix(12)))))
      let more = gaps.count - 12
      if more > 0 {
        section.blocks.append(.paragraph("and \(grouped(Int64(more))) more: errata spikes"))
      }
    }
    if !missing.isEmpty { section.blocks.append(question.missingBlock(missing)) }
    return section.blocks.isEmpty ? nil : section
  }

  private var blameSection: Section {
    Section(
      "Whose move it is",
      .table(
        Table(
          columns: [
            "whose", Column("errors", .trailing), Column("share", .trailing), beforeColumn, "",
          ],
          rows: owners.map { blame, count, before in
            [
              Cell(.text(blame.owner)), Cell(.integer(count)),
              share(count, of: now.all.errors),
              Cell(.integer(before)), Cell(.text(blame.meaning)),
            ]
          }, whenEmpty: "no errors")))
  }

  private var retrySection: Section {
    var section = question.retrySection(retries, most: 8)
    section.heading = "Retries against advice"
    return section
  }

  private var limitSection: Section {
    var section = excerpt("Plan limits", of: limits, "limits") { question.limitTable($0) }
    if !quotas.isEmpty {
      section.blocks.append(
        .table(question.quotaTable(Array(quotas.prefix(12)), title: "What is left of quotas")))
      let more = quotas.count - 12
      if more > 0 {
        section.blocks.append(.paragraph("and \(grouped(Int64(more))) more: errata limits"))
      }
    }
    return section
  }

  private var kindSection: Section {
    Section(
      "By kind",
      .table(
        Table(
          columns: ["kind", "by day", Column("errors", .trailing), beforeColumn, "change"],
          rows: sorted(movers.kinds).sorted { $0.now > $1.now }.map { mover in
            [
              Cell(name(of: mover.subject).name), trend(of: mover), Cell(.integer(mover.now)),
              Cell(.integer(mover.before)), cell(mover),
            ]
          }, whenEmpty: "no errors")))
  }

  private var topSection: Section {
    let top = sorted(movers.sorts).sorted { $0.now > $1.now }.filter { $0.now > 0 }.prefix(10)
    return Section(
      "Most frequent errors",
      .table(
        Table(
          columns: [
            "vendor", Column("status", .trailing), "code", "kind", Column("errors", .trailing),
          ],
          rows: top.compactMap { mover in
            guard case .sort(let sort) = mover.subject else { return nil }
            return [
              Cell(vocabulary.vendors[sort.vendor]), Cell(sort.status == 0 ? nil : sort.status),
              Cell(vocabulary.codes[sort.code]), Cell(sort.kind?.name), Cell(.integer(mover.now)),
            ]
          }, whenEmpty: "no errors")))
  }

  private var beforeColumn: Column { Column(period.columnBefore(in: zone), .trailing) }

  private func cell(_ mover: Mover) -> Cell {
    Cell(
      .text(mover.change.direction.rawValue), shown: words(of: mover), tone: tone(of: mover.change))
  }

  private func trend(of mover: Mover) -> Cell {
    let daily = mover.daily[counts.calendar.firstDay...]
    return Cell(trend: daily.map { Int64($0) })
  }

  private func errorRate(_ counts: Counts, _ knowsRequests: Bool) -> Cell {
    knowsRequests ? share(counts.errors, of: counts.requests) : Cell(.null)
  }

  /// Empty where there are so few that counts alone say more.
  private func share(_ count: Int64, of all: Int64) -> Cell {
    percent(count, of: all).map { Cell(.number(Double(count) / Double(all)), shown: $0) }
      ?? Cell(.null)
  }

  /// The first rows of a long table, and the commands that show them all.
  private func excerpt<Row>(
    _ heading: String, of rows: [Row], _ commands: String..., table: ([Row]) -> Table
  ) -> Section {
    let most = 12
    var section = Section(heading, .table(table(Array(rows.prefix(most)))))
    if rows.count > most {
      let range =
        "--since \(formatLocal(period.range.since, zone: zone, style: .date)) "
        + "--until \(formatLocal(period.range.until, zone: zone, style: .date))"
      section.blocks.append(
        .paragraph(
          "and \(grouped(Int64(rows.count - most))) more: "
            + commands.map { "errata \($0) \(range)" }.joined(separator: ", ")))
    }
    return section
  }
}
