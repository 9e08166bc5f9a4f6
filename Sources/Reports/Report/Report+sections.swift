internal import Analysis
internal import Answers
internal import Events
internal import Files
internal import Times

// The report as people read it: what matters most comes first.
extension Report {
  var sections: [Section] {
    var sections = isKnown ? knownSections : [Section(.bullets(summary))]
    if let missingSection { sections.append(missingSection) }
    if undated > 0 {
      sections.append(
        Section(.paragraph("Not in this report, as they have no time: \(count(undated, "error"))."))
      )
    }
    return sections
  }

  private var knownSections: [Section] {
    var sections = [
      Section(.figures(figures)), Section(.bullets(summary)), timelineSection, vendorSection,
    ]
    if knowsBefore { sections += [changeSection, newsSection] }
    sections.append(incidentSection)
    // Behind the incidents, which are what uses them up.
    if let budgets = question.budgetSection(budgets) { sections.append(budgets) }
    return sections + [
      blameSection, retrySection, limitSection, kindSection, topSection, weekSection,
    ]
  }

  private var vendorSection: Section {
    let vendors = groups.vendors.groups
    var rows = vendors.map { vendor in
      let mover = vendor.mover
      return cells(
        Cell(name(of: mover.subject).vendor, to: Reference.vendor), trend(of: mover), vendor.counts,
        before: mover.before, cell(mover))
    }
    if groups.vendors.others > 0 {
      let told = vendors.reduce(0) { $0 + $1.mover.before }
      rows.append(
        cells(
          Cell(.null, shown: othersText(groups.vendors.others)), Cell(.null),
          now.without(vendors.map(\.counts)), before: before.errors - told, Cell(.null)))
    }
    return Section(
      "By vendor",
      .table(
        table(
          columns: [
            "vendor", "by day", Column("errors", .trailing), Column("requests", .trailing),
            Column("error rate", .trailing), Column("5xx", .trailing), beforeColumn, "change",
          ], rows: rows, whenEmpty: "no errors")))
  }

  private func cells(
    _ vendor: Cell, _ trend: Cell, _ counts: Counts, before: Int64, _ change: Cell
  ) -> [Cell] {
    let knows = counts.successes > 0
    return [
      vendor, trend, Cell(.integer(counts.errors)),
      Cell(knows ? .integer(counts.requests) : .null), errorRate(counts, knows),
      Cell(.integer(counts.serverErrors)), Cell(.integer(before)), change,
    ]
  }

  private var changeSection: Section {
    if movers.clear.isEmpty {
      return Section("What changed", .paragraph("Nothing changed clearly."))
    }
    let most = 12
    var section = Section("What changed", .chart(comparison(of: Array(movers.told.prefix(most)))))
    if movers.toldCount > most {
      section.blocks.append(
        .paragraph(
          "and \(grouped(Int64(movers.toldCount - most))) more", next: .readValue("changes")))
    }
    return section
  }

  private var newsSection: Section {
    let codes = groups.codes
    let most = question.top.groups
    let lists = [("new", codes.new), ("returned", codes.returned), ("gone", codes.gone)]
    let rows = lists.flatMap { what, codes in codes.inOrder.map { (what, $0) } }
    let shown = rows.count <= most ? rows : rows.largest(most) { Double($0.1.count) }
    let more = lists.reduce(0) { $0 + $1.1.count } - shown.count
    var section = Section(
      "New, returned and gone codes",
      .table(
        Table(
          columns: ["", "vendor", "code", Column("errors", .trailing)],
          rows: shown.map { what, code in
            [
              Cell(.text(what)), Cell(code.vendor, to: Reference.vendor), Cell(.text(code.code)),
              Cell(code.count),
            ]
          }, keys: ["vendor", "code", "errors"], whenEmpty: "none")))
    if more > 0 { section.blocks.append(.paragraph("and \(grouped(Int64(more))) more")) }
    return section
  }

  private var incidentSection: Section {
    var section = excerpt("Incidents", of: failures.count, .incidents) { most in
      question.incidentTable(
        Array(failures.prefix(most)), whenEmpty: "none: nothing failed more than usual")
    }
    if !failures.isEmpty {
      section.blocks.append(question.details(of: Array(failures.prefix(12))))
    }
    if !gaps.isEmpty {
      section.blocks.append(
        .paragraph(
          "\(count(Int64(gaps.count), "silence")), in which nothing was logged: see "
            + "“\(Self.missingHeading)”."))
    }
    if !habits.isEmpty {
      section.blocks.append(.table(question.habitTable(Array(habits.prefix(12)), title: "Habits")))
    }
    if !lasting.isEmpty { section.blocks.append(.bullets(lasting)) }
    return section
  }

  /// Rate limiting that goes on without being an incident.
  private var lasting: [String] {
    let limited = limiting.steady.filter { found in
      !incidents.contains { incident in
        incident.rejections > 0 && incident.vendors.contains(found.vendor)
          && incident.start <= found.limiting.end && found.limiting.start < incident.end
      }
    }
    let all = limited.map { found in
      let limiting = found.limiting
      return "\(vendorName(found.vendor)) rejected (429) without a break from "
        + "\(clock(limiting.start)) to "
        + "\(clock(limiting.end)): \(grouped(Int64(limiting.count))) times, "
        + "\(decimal(limiting.perMinute, places: 1)) a minute."
    }
    let most = question.top.groups
    return all.count <= most
      ? all : all.prefix(most) + ["and \(grouped(Int64(all.count - most))) more."]
  }

  private static let missingHeading = "What may be missing"

  private var missingSection: Section? {
    var section = Section(Self.missingHeading)
    if !gaps.isEmpty {
      section.blocks.append(.table(question.gapTable(Array(gaps.prefix(12)), withIDs: true)))
      let more = gaps.count - 12
      if more > 0 {
        section.blocks.append(
          .paragraph("and \(grouped(Int64(more))) more", next: .ask([.spikes], nil)))
      }
    }
    if !missing.isEmpty { section.blocks.append(question.missingBlock(missing)) }
    return section.blocks.isEmpty ? nil : section
  }

  private var blameSection: Section {
    Section(
      "Whose move it is",
      .table(
        table(
          columns: [
            "whose", Column("errors", .trailing), Column("share", .trailing), beforeColumn, "",
          ],
          rows: owners.map { blame, count, before in
            [
              Cell(.text(blame.owner)), Cell(.integer(count)),
              share(count, of: now.errors),
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
    var section = excerpt("Plan limits", of: limits.count, .limits) {
      question.limitTable(limits, most: $0)
    }
    if !quotas.outlooks.isEmpty {
      let first = Array(quotas.outlooks.prefix(12))
      section.blocks.append(.table(question.quotaTable(first, title: "What is left of quotas")))
      let more = quotas.count - 12
      if more > 0 {
        section.blocks.append(
          .paragraph("and \(grouped(Int64(more))) more", next: .ask([.limits], nil)))
      }
    }
    return section
  }

  private var kindSection: Section {
    Section(
      "By kind",
      .table(
        table(
          columns: ["kind", "by day", Column("errors", .trailing), beforeColumn, "change"],
          rows: movers.kinds.inOrder(vocabulary).sorted { $0.now > $1.now }.map { mover in
            [
              Cell(name(of: mover.subject).name), trend(of: mover), Cell(.integer(mover.now)),
              Cell(.integer(mover.before)), cell(mover),
            ]
          }, whenEmpty: "no errors")))
  }

  private var topSection: Section {
    let top = groups.frequentSorts.groups.filter { $0.now > 0 }
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
              Cell(vocabulary.vendors[sort.vendor], to: Reference.vendor),
              Cell(sort.status == 0 ? nil : sort.status),
              Cell(vocabulary.codes[sort.code]), Cell(sort.kind?.name), Cell(.integer(mover.now)),
            ]
          }, keys: ["vendor", "status", "code", "errors"], whenEmpty: "no errors")))
  }

  /// A table without what compares, where there is nothing to compare with.
  private func table(columns: [Column], rows: [[Cell]], whenEmpty: String) -> Table {
    let kept = columns.indices.filter {
      knowsBefore || columns[$0] != beforeColumn && columns[$0].name != "change"
    }
    return Table(
      columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } },
      keys: ["vendor", "kind", "whose", "errors", "error rate", "share", "change"],
      whenEmpty: whenEmpty)
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

  /// The first rows of a long table, and the questions that tell them all.
  private func excerpt(
    _ heading: String, of count: Int, _ topics: NextStep.Topic..., table: (_ most: Int) -> Table
  ) -> Section {
    let most = 12
    var section = Section(heading, .table(table(most)))
    if count > most {
      section.blocks.append(
        .paragraph(
          "and \(grouped(Int64(count - most))) more",
          next: .ask(topics, question.days(of: period.range))))
    }
    return section
  }
}
