internal import Analysis
internal import Answers
internal import Events
internal import Times

// The report in pictures.
extension Report {
  /// Errors over time by kind, incidents marked.
  var timelineSection: Section {
    let calendar = counts.calendar
    // In a fixed order, so that a kind has its colour from week to week.
    let series = Kind.allCases.map { kind in
      Timeline.Series(kind.name, counts: counts.steps(of: kind))
    }
    let buckets = calendar.steps.enumerated().map { place, step in
      Timeline.Bucket(
        since: max(step.since, period.range.since), until: min(step.until, period.range.until),
        label: label(of: step), tick: tick(of: step),
        isMissing: counts.responses[place] == 0 && !isCovered(step))
    }
    let marks =
      toldIncidents.filter { $0.what != .silence }.map { incident in
        Timeline.Mark(
          incident.mark, name: incident.what.name, since: incident.start, until: incident.end,
          label: "\(incident.subject): \(incident.words)",
          when: "\(clock(incident.start)) for \(incident.length)")
      }
      + toldGaps.map { gap in
        Timeline.Mark(
          .gap, name: Trouble.silence.name, since: gap.start, until: gap.end,
          label: "\(vendorName(gap.vendor)): nothing was logged",
          when: "\(clock(gap.start)) for \(formatDuration(gap.end - gap.start))")
      }
    let busiest = zip(calendar.steps, 0...).map { step, place in
      (step: step, errors: series.reduce(0) { $0 + $1.counts[place] })
    }
    .max { $0.errors < $1.errors }
    let peak = busiest.flatMap { busiest in
      busiest.errors > 0
        ? " Most in one step of \(calendar.every.text): \(grouped(busiest.errors)), \(label(of: busiest.step))."
        : nil
    }
    return Section(
      "Errors over time",
      .chart(
        Chart(
          "Errors by kind, every \(calendar.every.text)",
          summary: "\(count(now.errors, "error"))."
            + (peak ?? ""),
          .timeline(Timeline(buckets: buckets, series: series, marks: marks)))))
  }

  /// Errors by the hour of the week.
  var weekSection: Section {
    let known = knownWeekHours
    let cells = counts.weekHours.enumerated().map { weekday, hours in
      hours.enumerated().map { hour, errors in
        known[weekday][hour] || errors > 0 ? errors : nil
      }
    }
    let busiest = (0..<7 * 24).max {
      counts.weekHours[$0 / 24][$0 % 24] < counts.weekHours[$1 / 24][$1 % 24]
    }
    let peak = busiest.map { place in
      let errors = counts.weekHours[place / 24][place % 24]
      return errors > 0
        ? "Most on \(weekdays[place / 24]) at \(twoDigits(place % 24)):00: \(count(errors, "error"))."
        : "No errors."
    }
    return Section(
      "By hour of the week",
      .chart(
        Chart(
          "Errors by weekday and hour (\(zone.name))", summary: peak ?? "No errors.",
          .heatMap(
            HeatMap(
              rows: weekdays, columns: (0..<24).map(twoDigits), counts: cells)))))
  }

  /// What changed most, before and now.
  func comparison(of movers: [ToldMover]) -> Chart {
    let items = movers.map { told in
      let mover = told.mover
      let rates = [
        rate(of: mover, now: true),
        rate(of: mover, now: false, isShort: true).map { "\($0) before" },
      ]
      .compactMap { $0 }
      return Comparison.Item(
        name(of: told), before: mover.compared.before, now: mover.compared.now,
        change: words(on: mover), tone: tone(of: mover.change),
        detail: rates.isEmpty ? nil : rates.joined(separator: ", "))
    }
    return Chart(
      "The biggest moves",
      summary: "By vendor, kind, code and route, each told once, the biggest first.",
      .comparison(
        Comparison(items, now: period.week?.text ?? "now", before: period.columnBefore(in: zone))))
  }

  /// `kind plan_limit, mostly flowestate FORBIDDEN on /leads`.
  private func name(of told: ToldMover) -> String {
    let own = name(of: told.mover.subject)
    let isKind = if case .kind = told.mover.subject { true } else { false }
    var parts: [String] = []
    // One code and one route of it, in this order.
    let routes = told.mostly.filter(\.isRoute)
    for subject in told.mostly.filter({ !$0.isRoute }).prefix(1) + routes.prefix(1) {
      let part = name(of: subject)
      // The vendor is named once.
      let isNew = parts.isEmpty && own.vendor == nil
      let text = isNew ? part.text : part.name ?? part.text
      if subject.isRoute, !isNew { parts.append("on \(text)") } else { parts.append(text) }
    }
    return (isKind ? "kind " : "") + own.text
      + (parts.isEmpty ? "" : ", mostly \(parts.joined(separator: " "))")
  }

  /// The hours of the week that the range has and the log tells of.
  private var knownWeekHours: [[Bool]] {
    var known = Array(repeating: Array(repeating: false, count: 24), count: 7)
    let covered = question.covered(period.range)
    var time = covered.since
    // A week has every hour that there can be.
    let end = min(covered.until, covered.since.addingClamped(8 * Milliseconds.day))
    while time < end {
      let (weekday, hour) = zone.weekHour(of: time)
      known[weekday][hour] = true
      time += Milliseconds.hour / 4
    }
    return known
  }

  private func isCovered(_ step: TimeRange) -> Bool {
    !question.covered(step).isEmpty
  }

  private func label(of step: TimeRange) -> String {
    switch counts.calendar.every {
    case .week: ISOWeek(of: step.since, zone: zone).text
    case .day: formatLocal(step.since, zone: zone, style: .weekday)
    default: clock(step.since)
    }
  }

  /// Midnights, or of days the Mondays.
  private func tick(of step: TimeRange) -> String? {
    let every = counts.calendar.every
    let words = formatLocal(step.since, zone: zone, style: .weekday)
    if every == .week { return words.split(separator: " ").dropFirst().joined(separator: " ") }
    let isShort = every == .day
    if isShort {
      return zone.weekHour(of: step.since).weekday == 0
        ? words.split(separator: " ").dropFirst().joined(separator: " ") : nil
    }
    return zone.isMidnight(step.since)
      ? words.split(separator: " ").prefix(2).joined(separator: " ") : nil
  }

  private var weekdays: [String] { ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] }

  private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Trouble {
  /// As a mark is headed: the word that the list of incidents has.
  var name: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}

extension Incident {
  var mark: Timeline.Mark.Sort {
    switch what {
    case .rejections: .burst
    case .errors: .spike
    case .outage, .credentials: .incident
    case .silence: .gap
    }
  }
}
