/// The days of a range as people name them: `9–15 November`, `30 November–6 December`, with the years where
/// those differ, `29 December 2025–4 January 2026`. Empty for an empty range.
package func formatDays(_ range: TimeRange, zone: Zone) -> String {
  guard !range.isEmpty else { return "" }
  let first = CivilDate(dayNumber: zone.day(of: range.since.clamped(to: Milliseconds.calendar)))
  let last = CivilDate(
    dayNumber: zone.day(of: (range.until - 1).clamped(to: Milliseconds.calendar)))
  func words(_ date: CivilDate, month: Bool, year: Bool) -> String {
    "\(date.day)" + (month ? " \(monthName(date.month))" : "") + (year ? " \(date.year)" : "")
  }
  let end = words(last, month: true, year: first.year != last.year)
  if first == last { return end }
  let isOneMonth = first.month == last.month && first.year == last.year
  return words(first, month: !isOneMonth, year: first.year != last.year) + "–" + end
}
