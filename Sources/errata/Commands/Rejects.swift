internal import Answers
internal import Arguments
internal import Batches
internal import Files
internal import Ingest
internal import Profiles
internal import Rendering
internal import Reports
internal import Store

extension Option {
  fileprivate static let reason = Option(
    "reason", value: "REASON", "only rejects for this reason",
    choices: RejectReason.allCases.map(\.rawValue), arity: .list)
  fileprivate static let limit = Option(
    "limit", value: "NUMBER", "show so many one by one", default: "100")
  static let retry = Option(
    "retry", "read them again, and move what can be read now to where it belongs")
}

extension Command {
  static let rejects = Command(
    "rejects", "what could not be read, and why",
    details: [
      "Lists the lines that were rejected: in which log, where, why, and how they begin. PATH "
        + "leaves out all other logs: it is a log's path, or the end of one, or a folder.",
      "Of a batch of lines the first 1000 rejects are kept; of the others it is known where they "
        + "are. --retry opens each log again, also when it was renamed or compressed in place, "
        + "proves that it is the same, and reads all its rejects as import would now, with the "
        + "--vendor, --gateway, --tz and --max-line given. Where the log is gone or has changed, "
        + "they stay rejects.",
    ],
    operands: [
      Operand("PATH", isRequired: false, isRepeated: true, completion: .files)
    ],
    options: [.reason, .limit, .retry] + Option.reading,
    examples: [
      Example("errata rejects --reason json_syntax gateway.log", "of one log, for one reason"),
      Example("errata rejects --retry --max-line 10MiB", "lines that were too long"),
    ]
  ) { invocation in
    let isWanted = { path in
      invocation.operands.isEmpty || invocation.operands.contains { matches(path, $0) }
    }
    if invocation.has(.retry) { return try retry(invocation, where: isWanted) }
    if let option = Option.reading.first(where: { invocation.has($0) }) {
      throw UsageError(
        "\(option.flag) says how rejects are read again", hint: "Give it together with --retry.")
    }
    let rejects = Rejects(
      reasons: invocation.values(of: .reason),
      limit: try invocation.integer(of: .limit, in: 1...1_000_000) ?? 100, where: isWanted)
    var answer = try rejects.answer(invocation.opened.archive)
    if !invocation.operands.isEmpty {
      answer.notes.insert(
        "of logs at \(invocation.operands.joined(separator: ", ")), or that end so", at: 0)
    }
    try invocation.show(answer)
    return .ok
  }
}

/// Whether a log's path is what was named, ends in it, or is in a folder of that name.
private func matches(_ path: String, _ operand: String) -> Bool {
  let folder = operand.hasSuffix("/") ? operand : operand + "/"
  return path == operand || path.hasSuffix("/" + operand) || path.hasPrefix(folder)
}

private func retry(_ invocation: Invocation, where isWanted: (String) -> Bool) throws -> ExitCode {
  for option in [Option.reason, .limit] where invocation.has(option) {
    throw UsageError(
      "--retry reads all rejects of a log", hint: "Leave \(option.flag) out, and name the log.")
  }
  guard case .file(let store) = try invocation.namedStore else {
    throw UsageError(ofFilesAlone: "rejects", .retry)
  }
  let catalog = try invocation.catalog
  let options = try importOptions(invocation, catalog, for: store)
  // A store is made by importing, never by this.
  _ = try StoreReader(store)
  let quiet = invocation.has(.quiet)
  let ledger = try StoreLedger(store) { if !quiet { Complaint.waiting.say() } }
  defer { ledger.close() }
  ledger.ownVendors = ownVendors(catalog, options)
  let retry = RejectRetry(ledger: ledger, catalog: catalog, options: options)
  try retry.run(where: isWanted)
  let summary = retry.summary
  for (path, error) in summary.failures {
    Complaint(Notice.failure(path: path, error)).say()
  }
  if !quiet { try Destination.standardError.write(line(summary) + "\n") }
  if invocation.has(.format) || invocation.has(.output) { try invocation.show(answer(summary)) }
  return summary.failures.isEmpty ? .ok : .failure
}

private func line(_ summary: RejectRetry.Summary) -> String {
  let tally = summary.tally
  var parts: [String] = []
  if tally.events > 0 { parts.append(counted(tally.events, "event")) }
  if tally.successes > 0 { parts.append(counted(tally.successes, "success", "successes")) }
  for (count, name) in [
    (tally.skipped, "skipped"), (tally.blank, "blank"), (tally.rejects, "rejected again"),
    (summary.unread, "not read again"),
  ] where count > 0 {
    parts.append("\(grouped(count)) \(name)")
  }
  return counted(tally.lines + summary.unread, "reject")
    + (parts.isEmpty ? "" : ": " + parts.joined(separator: ", "))
}

private func answer(_ summary: RejectRetry.Summary) -> Answer {
  let object = RetriedRejects(summary: summary).object
  return Answer(
    title: "Rejects read again",
    sections: [
      Section(.facts(object.members.map { Fact($0.name, Cell($0.value)) }))
    ], value: .object(object))
}

/// What `rejects --retry` answers.
struct RetriedRejects: Described {
  var summary: RejectRetry.Summary

  static let fields: Fields<RetriedRejects> = [
    Field("read", "lines that were read again") { $0.summary.tally.lines },
    Field("events", "those of them that are errors") { $0.summary.tally.events },
    Field("successes", "those that are successes") { $0.summary.tally.successes },
    Field("skipped", "those that are no API response") { $0.summary.tally.skipped },
    Field("blank", "those that are blank") { $0.summary.tally.blank },
    Field("rejects", "those that still cannot be read") { $0.summary.tally.rejects },
    Field("unread", "rejects whose log is gone or has changed") { $0.summary.unread },
  ]
}
