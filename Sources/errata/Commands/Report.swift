internal import Arguments
internal import Events
internal import Reports

extension Option {
  fileprivate static let week = Option(
    "week", value: "WEEK", "an ISO week such as 2026-W46; by default the last complete one")
}

extension Command {
  static let report = Command(
    "report", "the week in a page",
    details: [
      "Compares an ISO week (Monday to Sunday in the zone of --tz) with the week before: totals by "
        + "vendor and kind, what changed, codes that are new or gone, bursts, spikes, plan limits."
    ],
    options: [.week],
    examples: [
      Example("errata report", "the last complete week"),
      Example("errata report --week 2026-W46 --format md", "a given week, to paste into a chat"),
    ]
  ) { invocation in
    if invocation.has(.since) || invocation.has(.until) {
      throw UsageError(
        "a report is about a whole week", hint: "Name it with --week, as in --week 2026-W46.")
    }
    let week = try invocation[.week].map { text in try ISOWeek(text) }
    return try invocation.answer { try $0.report(week: week) }
  }
}
