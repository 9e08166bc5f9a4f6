package import Times

/// What a report is about, and what that is compared with.
package struct ReportPeriod: Equatable {
  /// The ISO week; nil for any other range.
  package var week: ISOWeek?
  package var range: TimeRange
  package var before: TimeRange
  /// Whether the log ends before the week does: both ranges then end as early.
  package var isPart = false

  /// Which stretch of time is meant.
  package enum Choice: Equatable {
    /// The last week that ended at or before the newest event; of a log that is younger than a week,
    /// all days there are.
    case usual
    /// The last week that ended at or before the newest event.
    case lastWeek
    /// The week of the newest event, as far as it has come.
    case thisWeek
    case week(ISOWeek)
    /// From a moment to another one; a nil end is the newest event.
    case range(since: Int64, until: Int64?)

    /// A range that begins after the newest event, and has no end, goes on to `now`.
    package func reaching(_ now: Int64, in question: Question) -> Choice {
      guard case .range(let since, nil) = self, since >= question.extent?.until ?? .min else {
        return self
      }
      return .range(since: since, until: max(now, since))
    }
  }

  /// What it is compared with.
  package enum Comparison: Equatable {
    /// As many whole weeks earlier as the range takes, so that weekdays meet weekdays.
    case earlier
    /// So many days earlier.
    case days(Int)
    /// What begins at a moment.
    case since(Int64)
  }

  /// - Parameter extent: when anything happened at all.
  init(_ choice: Choice, _ comparison: Comparison, extent: TimeRange?, zone: Zone) {
    // What a minute's clock says is the newest event's, not its millisecond.
    let end = extent.map { extent in
      (extent.until + Milliseconds.minute - 1).rounded(downTo: Milliseconds.minute)
    }
    let newest = extent.map { ISOWeek(of: $0.until - 1, zone: zone) }
    switch choice.spelledOut(extent, zone) {
    case .range(let since, let until):
      range = TimeRange(since: since, until: until ?? max(end ?? since, since))
    case .usual, .lastWeek, .thisWeek, .week:
      let week =
        switch choice {
        case .week(let week): week
        case .thisWeek: newest ?? ISOWeek(of: 0, zone: zone)
        default: newest?.previous ?? ISOWeek(of: 0, zone: zone)
        }
      self.week = week
      range = week.range(in: zone)
      if let end, range.since < end, end < range.until {
        range.until = end
        isPart = true
      }
    }
    switch comparison {
    case .days(let days): before = zone.shifted(range, byDays: -days)
    case .since(let since): before = zone.moved(range, to: since)
    case .earlier:
      let week = 7 * Milliseconds.day
      let length = zone.local(of: range.until).addingClamped(-zone.local(of: range.since))
      let weeks = max(1, (length.addingClamped(week - 1)) / week)
      before = zone.shifted(range, byDays: -7 * Int(clamping: min(weeks, 100_000)))
    }
  }

  /// Whether it is a week against the one before, as most reports are.
  func isUsual(in zone: Zone) -> Bool {
    week != nil && before == zone.shifted(range, byDays: -7)
  }

  /// `Errors in 2026-W46, 9–15 November`.
  func title(in zone: Zone) -> String {
    guard let week else { return "Errors" }
    return "Errors in \(week.text)" + (isPart ? " so far" : "")
      + ", \(formatDays(range, zone: zone))"
  }

  /// What it is compared with, in words.
  func comparison(in zone: Zone) -> String {
    if let week, isUsual(in: zone) {
      return isPart ? "the same part of \(week.previous.text)" : week.previous.text
    }
    let other = ISOWeek(of: before.since, zone: zone)
    if week != nil, other.range(in: zone).since == before.since {
      return isPart ? "the same part of \(other.text)" : other.text
    }
    return span(before, in: zone)
  }

  /// What a table calls it.
  func columnBefore(in zone: Zone) -> String { isUsual(in: zone) ? "week before" : "before" }

  private func span(_ range: TimeRange, in zone: Zone) -> String {
    "\(formatLocal(range.since, zone: zone)) to \(formatLocal(range.until, zone: zone))"
  }
}

extension ReportPeriod.Choice {
  /// What the usual choice is for a log of these times.
  fileprivate func spelledOut(_ extent: TimeRange?, _ zone: Zone) -> Self {
    guard self == .usual, let extent, extent.length < 7 * Milliseconds.day,
      let first = try? Every.hour.buckets(covering: extent, zone: zone).first
    else { return self }
    return .range(since: first.since, until: nil)
  }
}
