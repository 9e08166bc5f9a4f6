internal import Arguments
internal import Reports

extension Command {
  static let spikes = Command(
    "spikes", "5xx above their own baseline",
    details: [
      "A spike is a stretch with at least five server errors and 1.75 times what is usual for the "
        + "vendor at that hour of that sort of day, and around that time, beyond what chance and the "
        + "rate's own wandering explain. One longer than a day is a level change; if it stays up for "
        + "more than a week, its first day is told. What ended less than three days ago is "
        + "provisional. The 20 largest are told with what they were of.",
      "A stretch in which nothing at all of a vendor was logged, where more than 20 responses are "
        + "usual and half of some hour's are missing, is a gap: no quiet, but a log that was lost or "
        + "a vendor that was not asked.",
    ],
    options: [.topFindings, .all] + Option.filteredQuestion,
    examples: [Example("errata spikes --since 30d --vendor mimicbot", "a month of one vendor")]
  ) { invocation in
    try invocation.answer { try $0.spikes() }
  }
}
