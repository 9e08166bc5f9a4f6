internal import Arguments
internal import Reports

extension Command {
  static let bursts = Command(
    "bursts", "429s that come densely",
    details: [
      "A burst is a stretch of at least eight 429s of one vendor far denser than usual for it at "
        + "that time; it ends after some quiet: about nine minutes where one an hour is usual, "
        + "about 90 seconds where 60 are."
    ],
    examples: [Example("errata bursts --since monday", "this week's bursts")]
  ) { invocation in
    try invocation.answer { try $0.bursts() }
  }
}
