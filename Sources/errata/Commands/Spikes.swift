internal import Arguments
internal import Reports

extension Command {
  static let spikes = Command(
    "spikes", "5xx above their own baseline",
    details: [
      "A spike is a stretch with at least five server errors and twice what is usual for the "
        + "vendor at that hour of that sort of day, beyond what chance and drift explain. One "
        + "longer than a day is a level change. What ended less than three days ago is provisional."
    ],
    examples: [Example("errata spikes --since -30d --vendor mimicbot", "a month of one vendor")]
  ) { invocation in
    try invocation.answer { try $0.spikes() }
  }
}
