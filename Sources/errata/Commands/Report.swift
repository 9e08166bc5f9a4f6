internal import Arguments
internal import Checks
internal import Redaction
internal import Reports
internal import Store
internal import Times

extension Option {
  fileprivate static let week = Option(
    "week", value: "WEEK",
    "an ISO week such as 2026-W46, or this or last; by default the last complete one, or all days of a "
      + "log that is younger", rivals: ["since", "until"])
  fileprivate static let compare = Option(
    "compare", value: "WHAT",
    "what to compare with: a week, a moment where it begins, or 4w for four weeks earlier")
  fileprivate static let evidence = Option(
    "evidence", "what the one --vendor failed to answer, ready to be sent to it")
  fileprivate static let objectives = Option(
    "rules", value: "FILE", "a file of rules, as check has it: its error budgets are told",
    arity: .repeated, completion: .files)
}

extension Command {
  static let report = Command(
    "report", "the week in a page",
    details: [
      "Compares an ISO week (Monday to Sunday in the zone of --tz), or any range of --since and "
        + "--until, with the time before: totals by vendor and kind, what changed, codes that are "
        + "new or gone, incidents, plan limits, and whose move it is. A week that the log does not "
        + "reach the end of is compared with the same part of the week before, and a range with "
        + "what is as many whole weeks earlier as it takes.",
      "Of a log that is younger than a week it is of all its days, with nothing to compare them with.",
      "Up and down are said only of what chance and the usual ups and downs of days do not explain: "
        + "by a fifth at least, and 20 errors or more. Where successes are in the log both times, "
        + "errors are compared by request, else by day.",
      "With --rules it tells how the error budgets stand at the end of that time: the lines of the "
        + "file that begin with budget, such as budget 99.5% per 30d vendor=zihin. The others are for "
        + "check alone.",
      "With --send it goes to Slack, Teams, a webhook or by mail: errata help notify.",
      "With --evidence it lists what one vendor failed to answer: counts by status and code, times "
        + "in UTC and request ids, and nothing of who was asking. What a gateway is known to have "
        + "answered itself is left out.",
    ],
    options: [.week, .compare, .objectives, .evidence, .top, .all, .send] + Option.filteredQuestion,
    examples: [
      Example("errata report", "the last complete week"),
      Example("errata report --week 2026-W46 --format md", "a given week, to paste into a chat"),
      Example("errata report --week this", "this week so far, against the same part of the last"),
      Example("errata report --since 2026-09-01 --compare 52w", "since September, and a year ago"),
      Example("errata report --rules /etc/errata.rules", "with the error budgets of that file"),
      Example("errata report --vendor mimicbot --evidence", "what to send to its support"),
      Example(
        "errata report --send slack:hook --send mail:team@example.org", "on Mondays, by cron"),
    ]
  ) { invocation in
    let chosen = try invocation.periodChoice
    let comparison = try invocation.comparison
    let store = try invocation.archive
    let selection = try invocation.selection(in: store)
    var question = try Question(
      store, zone: try invocation.zone, vendors: selection.vendors, gateway: selection.gateway,
      filter: selection.events)
    question.absent = selection.absent
    if invocation.values(of: .send).isEmpty { question.audience = try invocation.audience }
    question.top = try invocation.top
    let choice = chosen.reaching(Clock.now, in: question)
    if invocation.has(.evidence) {
      return try invocation.showEvidence(question, choice)
    } else {
      if invocation.has(.objectives), !selection.events.isOfSuccesses {
        throw UsageError(
          "error budgets are about all requests, and not only \(selection.events.words)",
          hint: "Leave --rules out, or what picks errors; rules have filters of their own.")
      }
      let answer = try question.report(
        choice, comparedWith: comparison, rules: try invocation.objectives,
        catalog: { try invocation.catalog })
      return try invocation.present(answer.noting(nothingOf: question.absent))
    }
  }
}

extension Invocation {
  fileprivate func showEvidence(_ question: Question, _ choice: ReportPeriod.Choice) throws
    -> ExitCode
  {
    guard values(of: .vendor).count == 1, question.vendors.count == 1 else {
      throw UsageError(
        "evidence is about one vendor",
        hint: "Name it with --vendor; “errata rates --by vendor” lists them.")
    }
    if has(.compare) {
      throw UsageError("evidence is compared with nothing", hint: "Leave out --compare.")
    }
    if has(.objectives) {
      throw UsageError("evidence has no error budgets", hint: "Leave out --rules.")
    }
    // What was imported with --no-redact must not leave the house either.
    let redactor = Redactor.ofThisProcess()
    let answer = try question.evidence(choice, redact: { redactor.redacted($0) })
    return try present(answer.noting(nothingOf: question.absent))
  }

  /// The error budgets among the rules that are given.
  fileprivate var objectives: [PlacedRule] {
    get throws {
      guard let rules = try rules else { return [] }
      let objectives = rules.filter { $0.rule.budget != nil }
      if objectives.isEmpty {
        throw UsageError(
          "there is no error budget among the rules",
          hint: "Write one a line, such as budget 99.5% per 30d vendor=zihin.")
      }
      return objectives
    }
  }

  /// Which week or range a report is about.
  fileprivate var periodChoice: ReportPeriod.Choice {
    get throws {
      let since = try moment(.since, zone)
      let until = try moment(.until, zone)
      if let week = self[.week] {
        guard since == nil, until == nil else {
          throw UsageError(
            "--week names a week, --since and --until name a range",
            hint: "Give one or the other.")
        }
        switch week.lowercased() {
        case "this": return .thisWeek
        case "last": return .lastWeek
        default: return .week(try isoWeek(week))
        }
      }
      guard let since else {
        if until == nil { return .usual }
        throw UsageError(
          "--until alone names no range", hint: "Say where the range begins, with --since.")
      }
      if let until, since >= until {
        throw UsageError(
          "--since is not before --until",
          hint: "--until is exclusive: name the first moment after")
      }
      if until == nil, since > Clock.now {
        throw UsageError("--since is later than now", hint: "Nothing can have happened since then.")
      }
      return .range(since: since, until: until)
    }
  }

  fileprivate var comparison: ReportPeriod.Comparison {
    get throws {
      guard let text = self[.compare] else { return .earlier }
      if let length = try? Every(text), length.length >= Milliseconds.day {
        return .days(Int(length.length / Milliseconds.day))
      }
      return .since(try parseMoment(text, now: Clock.now, zone: zone))
    }
  }
}

/// An ISO week by its name; words for other ones are told.
private func isoWeek(_ text: String) throws -> ISOWeek {
  if text.contains(where: \.isNumber) { return try ISOWeek(text) }
  throw UsageError("“\(text)” is no week", hint: "Write it as in 2026-W46, or say this or last.")
}
