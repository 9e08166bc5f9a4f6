internal import Arguments
internal import Rendering
internal import Reports
internal import Store
internal import Times

extension Option {
  fileprivate static let limit = Option(
    "limit", value: "NUMBER", "so many of the newest; by default 50, with --follow none")
  fileprivate static let before = Option(
    "before", value: "EVENT", "only what stands behind the event of this number in the list")
  fileprivate static let tail = Option(
    "follow", "go on and print events as they are stored, until Ctrl-C")
}

extension Command {
  static let list = Command(
    "list", "events, the newest first",
    details: [
      "Lists the events of a range, by default of the seven days that end at the newest one; those of "
        + "one time by their numbers. Where there are more, the list says how to go on: --before with "
        + "the number of its last event leaves out nothing, however many are of one time. Events "
        + "without a time are not in the list.",
      "With --follow events are printed as an import stores them, in that order, undated ones as "
        + "well; of all times, but where --since or --until says otherwise. "
        + "--limit lists so many first. A table has a line for each; json and ndjson print an object "
        + "a line, csv a row.",
    ],
    options: [.limit, .before, .tail] + Option.filteredQuestion,
    examples: [
      Example("errata list --status 5xx --limit 20", "the newest server errors"),
      Example("errata list --code 'PLAN_*' --since 30d", "who ran into a plan"),
      Example("errata list --grep 'quota exceeded' --format json", "what speaks of a quota"),
      Example("errata list --follow --vendor zihin", "what one vendor fails at, as it comes"),
    ]
  ) { invocation in
    let limit = try invocation.integer(of: .limit, in: 1...100_000)
    let behind = try invocation.integer(of: .before, in: 1...Int.max).map(Int64.init)
    if invocation.has(.tail) {
      if behind != nil {
        throw UsageError("--follow goes forward", hint: "Leave --before out.")
      }
      return try invocation.follow(limit)
    }
    return try invocation.answer { try $0.list(limit ?? 50, behind: behind) }
  }
}
