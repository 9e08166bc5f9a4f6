internal import Arguments
internal import Reports

extension Command {
  static let bursts = Command(
    "bursts", "429s that come densely",
    details: [
      "A burst is a stretch of at least eight 429s of one vendor far denser than usual for it at "
        + "that time; it ends after some quiet: about six minutes where one an hour is usual, "
        + "about 90 seconds where 60 are. What goes on for six hours or more with a 429 in half of "
        + "the minutes, and is no burst, is continuous rate limiting: a limit that is too low, or "
        + "clients that do not heed it."
    ],
    options: [.topFindings, .all] + Option.filteredQuestion,
    examples: [Example("errata bursts --since monday", "this week's bursts")]
  ) { invocation in
    try invocation.answer { try $0.bursts() }
  }
}
