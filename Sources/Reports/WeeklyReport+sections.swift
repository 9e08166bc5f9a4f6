internal import Analysis
internal import Answers
internal import Events

// The sections of the weekly report, as people read them.
extension Question {
  /// The week in sentences.
  func summarySection(
    _ now: WeekTotals, _ before: WeekTotals, bursts: [VendorBurst],
    spikes: [(vendor: String?, spike: Spike)], limits: [LimitHits], news: CodeNews
  ) -> Section {
    var lines: [String] = []
    if now.all.errors == 0, now.all.successes == 0 {
      lines.append("No response is known from this week.")
    } else {
      var line = count(now.all.errors, "error")
      if now.all.successes > 0 {
        let rate = Double(now.all.errors) / Double(now.all.requests)
        line += " in \(count(now.all.requests, "request")) (\(percent(rate)))"
      }
      lines.append(line + ", \(grouped(before.all.errors)) the week before.")
    }
    for (vendor, spike) in spikes {
      lines.append(
        "\(name(vendor)): \(spike.count) server errors from \(clock(spike.start)) to "
          + "\(clock(spike.end)) where \(expectation(spike.expected)) are usual.")
    }
    for found in bursts {
      let who = found.consumers.first.map { ", most from \($0.name)" } ?? ""
      let waited =
        switch found.burst.retryAfter {
        case .ignored: "; Retry-After was ignored"
        case .partly: "; Retry-After was honoured in part"
        case .honoured: "; Retry-After was honoured"
        case .unknown: ""
        }
      lines.append(
        "\(name(found.vendor)): \(found.burst.count) rejections (429) in "
          + "\(formatDuration(found.burst.end - found.burst.start)) from "
          + "\(clock(found.burst.start))\(who)\(waited).")
    }
    for hits in limits.prefix(5) {
      let limit = hits.limit.map { " (limit \(grouped($0)))" } ?? ""
      let who = hits.consumer.map { " by \($0)" } ?? ""
      lines.append(
        "\(name(hits.vendor)): plan limit on \(hits.resource ?? hits.code ?? "something")\(limit) hit "
          + "\(hits.hits == 1 ? "once" : "\(hits.hits) times")\(who).")
    }
    for code in news.new {
      let times = code.count == 1 ? "once" : "\(code.count) times"
      lines.append("\(name(code.vendor)): \(code.code) is new, \(times).")
    }
    return Section(.bullets(lines))
  }

  func vendorSection(_ now: WeekTotals, _ before: WeekTotals) -> Section {
    let vendors = now.vendors + before.vendors.filter { !now.vendors.contains($0) }
    return Section(
      "By vendor",
      .table(
        Table(
          columns: ["vendor"] + Counts.columns + [Column("week before", .trailing)],
          rows: vendors.map { vendor in
            [Cell(vendor)]
              + (now.byVendor[vendor] ?? Counts()).cells(knowsRequests: now.knowsRequests(vendor))
              + [Cell(.integer(before.byVendor[vendor]?.errors ?? 0))]
          }, whenEmpty: "no responses")))
  }

  func kindSection(_ now: WeekTotals, _ before: WeekTotals) -> Section {
    let kinds = Set(now.byKind.keys).union(before.byKind.keys).sorted {
      (now.byKind[$1] ?? 0, $0) < (now.byKind[$0] ?? 0, $1)
    }
    return Section(
      "By kind",
      .table(
        Table(
          columns: ["kind", Column("errors", .trailing), Column("week before", .trailing)],
          rows: kinds.map {
            [
              Cell(.text($0)), Cell(.integer(now.byKind[$0] ?? 0)),
              Cell(.integer(before.byKind[$0] ?? 0)),
            ]
          }, whenEmpty: "no errors")))
  }

  /// Only what clearly went up or down.
  func moverSection(_ movers: [Mover]) -> Section {
    let clear = movers.filter { $0.change.direction != .noClearChange }.prefix(10)
    return Section(
      "What changed",
      .table(
        Table(
          columns: [
            "vendor", Column("status", .trailing), "code", "kind", Column("errors", .trailing),
            Column("week before", .trailing), "change",
          ],
          rows: clear.map { mover in
            [
              Cell(mover.vendor), Cell(mover.status), Cell(mover.code), Cell(.text(mover.kind)),
              Cell(.integer(mover.now)), Cell(.integer(mover.before)),
              Cell(.text(words(mover.change))),
            ]
          }, whenEmpty: "nothing changed clearly")))
  }

  func newsSection(_ news: CodeNews) -> Section {
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

  func topSection(_ now: WeekTotals) -> Section {
    let top = now.byError.sorted {
      ($1.value, $0.key.vendor ?? "", $0.key.status ?? 0, $0.key.code ?? "")
        < ($0.value, $1.key.vendor ?? "", $1.key.status ?? 0, $1.key.code ?? "")
    }.prefix(10)
    return Section(
      "Most frequent errors",
      .table(
        Table(
          columns: [
            "vendor", Column("status", .trailing), "code", "kind", Column("errors", .trailing),
          ],
          rows: top.map { key, count in
            [
              Cell(key.vendor), Cell(key.status), Cell(key.code), Cell(.text(key.kind)),
              Cell(.integer(count)),
            ]
          }, whenEmpty: "no errors")))
  }

  /// The first rows of a long table, and the command that shows them all.
  func excerpt<Row>(
    _ heading: String, of rows: [Row], _ command: String, _ table: ([Row]) -> Table
  ) -> Section {
    let most = 20
    var section = Section(heading, .table(table(Array(rows.prefix(most)))))
    if rows.count > most {
      section.blocks.append(
        .paragraph(
          "and \(grouped(Int64(rows.count - most))) more: errata \(command) "
            + "--since \(formatLocal(range.since, zone: zone, style: .date)) "
            + "--until \(formatLocal(range.until, zone: zone, style: .date))"))
    }
    return section
  }

  private func name(_ vendor: String?) -> String { vendor ?? "unknown vendor" }

  private func clock(_ time: Int64) -> String {
    formatLocal(time, zone: zone, style: .weekday) + " "
      + formatLocal(time, zone: zone, style: .minutes).suffix(5)
  }

  private func words(_ change: Change) -> String {
    switch change.direction {
    case .up: "up" + factor(change.ratio)
    case .down: "down" + factor(change.ratio)
    case .noClearChange: "no clear change"
    case .new: "new"
    case .gone: "gone"
    }
  }

  private func factor(_ ratio: Double?) -> String { ratio.map { ", " + times($0) } ?? "" }

  /// `1 error`, `1,204 errors`.
  func count(_ number: Int64, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  private func grouped(_ number: Int64) -> String {
    var digits = String(abs(number))
    var groups: [String] = []
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
  }
}
