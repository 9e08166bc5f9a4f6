internal import Answers
internal import Arguments
internal import Channels
internal import Checks
internal import Events
internal import Glibc
internal import Profiles
internal import Rendering
internal import Reports
internal import Store
internal import Times

extension Option {
  fileprivate static let again = Option(
    "repeat", value: "LENGTH", "tell once more what still goes on after so long, such as 4h")
  fileprivate static let resolved = Option("resolved", "tell as well what is over")
  fileprivate static let stateless = Option(
    "stateless", "judge a range, by default the last seven days, and remember nothing")
  fileprivate static let job = Option(
    "job", value: "NAME", "remember under this name; jobs with the same rules need two")
  fileprivate static let late = Option(
    "late", value: "LENGTH", "how late data may come and still be judged", default: "2d")
  fileprivate static let at = Option(
    "at", value: "WHEN", "judge as if it were then; remembers with --job alone")
}

extension Command {
  static let checking = Command(
    "check", "a gate for cron and CI",
    details: [
      "Judges rules, prints a line for each that was crossed, and ends with exit status 3 if there "
        + "is one; else it prints nothing and ends with 0.",
      "A rule counts something over a window: errors, error_rate, rate_limited, plan_limited, "
        + "server_errors, requests or successes, then >, >=, < or <= and a number (20, 1.5k, 2%), "
        + "then per and a length (5m, 1h, 1d). Or it names what is found by itself: spike (count, "
        + "ratio), burst (count, peak), limit-hit (count), new-code, returned-code, incident "
        + "(count, ratio; what=outage, errors, rejections, credentials or silence), with bounds on "
        + "their size where they have one: burst count > 100. Without a rule, spike, burst, "
        + "limit-hit and new-code are watched.",
      "Or it is an objective: budget 99.5% per 30d vendor=zihin, the share of requests that must "
        + "succeed in that time. What may fail is the error budget. It is told when that is used 14.4 "
        + "times too fast over the last hour or 6 times over six (fast), when it is used too fast over "
        + "three days (slow), and when it is used up; with another time than 30 days these are in "
        + "proportion. Failures are 5xx, timeouts and no response; status, kind, code, route and "
        + "blame (vendor, ours, gateway, third_party, …) say otherwise.",
      "All take filters: vendor, status (429, 5xx, none), code, kind, route, consumer and "
        + "answered_by, each with = or != and values between commas, in which * stands for anything. What is counted is "
        + "judged for each vendor by itself; by=vendor,route and the like tell other things apart, "
        + "total nothing. An error_rate with fewer than min=20 requests in its window is not judged.",
      "Every window that ends with a minute is judged, from the last check on, or from the earliest "
        + "event that was imported since; the first time, those of the window before the newest "
        + "event. What crossed is told once. It is over when it has been at four fifths of the "
        + "limit or less (or what until < 10 says) for as long as its window, at least 15 minutes, "
        + "or not beyond the limit for four times that; --repeat tells it again while it goes on. A "
        + "burst, spike or incident is over after an hour, a limit or code after a day.",
      "A code is new where its vendor had been in the store for a day and never sent it, and returned "
        + "where it had not sent it for four weeks. Codes of a vendor's first day, when all would be "
        + "new, are not judged: that is said once on standard error.",
      "With --since or --until, or --stateless, the windows inside of that range are judged, "
        + "whatever was told before.",
      "Of a cluster this machine remembers, in its own file for each in errata of $XDG_STATE_HOME.",
      "Where the log has no successes, an error rate cannot be judged: that is said once on standard "
        + "error. A rule with < finds silence, too: its window should be longer than the time from "
        + "one import to the next.",
      "With --notify it is told to Slack, Teams, a webhook or by mail as well, once: errata help notify. "
        + "What cannot be told is an error, and told by the next check.",
    ],
    options: [.rule, .rules, .again, .resolved, .stateless, .job, .late, .at, .notify]
      + Option.question,
    examples: [
      Example("errata check", "spikes, bursts, limits and codes that are new since the last time"),
      Example(
        "errata check --rule 'rate_limited > 20 per 5m vendor=zihin'", "one vendor's rate limits"),
      Example("errata check --rules /etc/errata.rules --repeat 4h", "a cron job"),
      Example(
        "errata check --rule 'budget 99.5% per 30d vendor=zihin'", "is its error budget used up?"),
      Example(
        "errata check --rules /etc/errata.rules --notify slack:hook", "a cron job for a chat"),
      Example("errata check --since -1h --rule 'error_rate > 2% per 15m'", "after a deployment"),
    ]
  ) { try judge($0) }
}

private func judge(_ invocation: Invocation) throws -> ExitCode {
  let mode = try CheckMode(invocation)
  let channels = try invocation.channels(.notify)
  let rules = try invocation.rules ?? Rule.usual.map { PlacedRule($0) }
  let named = try invocation.namedStore
  // A cluster that cannot be asked is told before anything is made beside it.
  let opened = try named.isCluster ? invocation.opened : nil
  let memory = try mode.job.map { try writer(of: $0, beside: named, invocation) }
  let question = try invocation.question((opened ?? invocation.opened).archive)
  let check = try RuleCheck(
    question, rules, at: mode.time, job: mode.job,
    memory: try memory.flatMap { named.isCluster ? try StoreReader($0.store) : nil },
    again: try invocation.length(.again))
  let showsResolved = invocation.has(.resolved)
  let answer = check.answer(resolved: showsResolved).noting(nothingOf: question.absent).worded
  let isTable = try invocation.format == .table
  try invocation.show(isTable ? answer.terse(check.lines(resolved: showsResolved)) : answer)
  // Silence is for cron: who sits before a terminal would wonder.
  if isTable, check.lines(resolved: showsResolved).isEmpty, !invocation.has(.quiet),
    isatty(STDOUT_FILENO) == 1, isatty(STDERR_FILENO) == 1
  {
    try Destination.standardError.write(check.calm.map { visible($0) + "\n" }.joined())
  }
  // Lines alone do not say that some may be missing.
  if isTable, !invocation.has(.quiet) {
    for note in answer.cautions { Complaint(note.text).say() }
  }
  for line in check.unknown { Complaint(line).say() }
  if !invocation.has(.quiet) { try sayUnknownValues(of: check, invocation) }
  // Printed first, remembered then: what goes wrong in between is printed twice rather than never.
  let isTold = try invocation.tell(check, answer, to: channels, remembering: memory)
  return invocation.interruptedCode ?? (check.isNews ? .thresholdCrossed : isTold ? .ok : .failure)
}

extension Invocation {
  /// Remembers what was found, and tells it to channels; says whether that went well.
  fileprivate func tell(
    _ check: RuleCheck, _ answer: Answer, to channels: [Channel], remembering memory: CheckWriter?
  ) throws -> Bool {
    let lines = check.lines(resolved: has(.resolved))
    var answer = answer
    answer.title = check.headline
    let announcement = Announcement(
      answer, of: command.name, summary: lines.summary, store: try namedStore.words,
      job: self[.job])
    guard let memory else {
      return channels.isEmpty || lines.isEmpty || tell(announcement, to: channels)
    }
    let deliveries = lines.isEmpty ? [] : channels.map { Delivery(announcement, to: $0) }
    try memory.write(check.memory, telling: deliveries, now: Clock.now)
    if channels.isEmpty { return true }
    // What cannot be told by then is told by the next check.
    let sender = self.sender(patience: 30_000)
    let routes = routes(to: channels, sender)
    let isTold = try Outbox(writer: memory, store: memory.store, sender: sender).empty(to: routes)
    return isTold && routes.count == channels.count
  }
}

/// A rule about something misspelt would never be crossed. What it names may be there one day, so
/// that it is judged all the same.
private func sayUnknownValues(of check: RuleCheck, _ invocation: Invocation) throws {
  let values = check.values { try invocation.catalog }
  for value in try check.unknownValues(values) {
    let near =
      try values.meaning(of: value)
      ?? nearest(to: value.name, among: values.likenesses(of: value))
    if near == nil, values.mayBePruned(value) { continue }
    Complaint(
      "the store has no \(value.field.rawValue) “\(value.name)”, which a rule names",
      hint: near.map { "Did you mean “\($0)”?" } ?? "The rule is judged all the same."
    ).say()
  }
}

/// Which time is judged, and whether that is remembered.
private struct CheckMode {
  let time: RuleCheck.Time
  let job: String?

  init(_ invocation: Invocation) throws {
    let ofRange = [Option.since, .until, .stateless].first { invocation.has($0) }
    let ofClock = [Option.job, .again, .resolved, .late, .at].first { invocation.has($0) }
    if let ofRange {
      if let ofClock {
        throw UsageError(
          "\(ofRange.flag) judges a range, and \(ofClock.flag) is for what is remembered",
          hint: "Leave one of them out.")
      }
      (time, job) = (.range, nil)
      return
    }
    let now = try invocation[.at].map { text in
      try parseMoment(text, now: Clock.now, zone: try invocation.zone)
    }
    let late = try invocation.length(.late) ?? 2 * Milliseconds.day
    time = .clock(now: now ?? Clock.now, late: late)
    job = invocation[.job] ?? (now == nil ? "" : nil)
  }
}

extension Invocation {
  /// The option's length in milliseconds.
  fileprivate func length(_ option: Option) throws -> Int64? {
    try self[option].map { text in try Every(text).length }
  }
}

extension Answer {
  /// A line for each thing and nothing else.
  fileprivate func terse(_ lines: [String]) -> Answer {
    var answer = self
    answer.title = ""
    answer.notes = []
    let text = lines.map(visible).joined(separator: "\n")
    answer.sections = lines.isEmpty ? [] : [Section(.verbatim(text))]
    return answer
  }
}

private func writer(
  of job: String, beside named: NamedStore, _ invocation: Invocation
) throws -> CheckWriter {
  let store: Store
  switch named {
  case .file(let own): store = own
  case .cluster(let address): store = try invocation.storeBeside(address)
  }
  do {
    return try CheckWriter(store, job: job, isMade: named.isCluster) {
      if !invocation.has(.quiet) { Complaint.waiting.say() }
    }
  } catch var error as StoreError {
    if store.exists {
      let before = error.hint.map { $0.words + "; or" } ?? "or"
      error.hint = "\(before) judge without remembering, with --stateless"
    }
    throw error
  }
}
