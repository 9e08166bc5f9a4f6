package import Answers
internal import Arguments
internal import Batches
internal import Events
internal import Files
internal import Glibc
package import Ingest
internal import Profiles
internal import Reports
internal import Store
internal import Times

extension Option {
  static let check = Option(
    "check", value: "PROFILE", "how much of a log this profile of your own reads",
    completion: .files)
  fileprivate static let at = Option(
    "at", value: "BYTE", "the line that starts there, counted in the decompressed log")
}

extension Command {
  static let explain = Command(
    "explain", "how a line is understood",
    details: [
      "Shows every field of the event that a line becomes, its value, and which rule took it from "
        + "where. Of a file or standard input (-) the first line that is an error is explained, "
        + "else the first line. --at goes straight to its line of a gzip log where the store has "
        + "read that log.",
      "--check tells the writer of a gateway's or vendor's profile what it makes of a whole log: how "
        + "many records it reads itself, how many another profile reads and how many none, how many of "
        + "its own have each field, and where the first line stands that it does not read. What is "
        + "not an error has no code, kind, message, delay and details, and is not counted there. The "
        + "exit code is 0 where it reads every record, else 1.",
    ],
    operands: [Operand("LINE", usage: "LINE|FILE|-", completion: .files)],
    options: [.at, .check, .lineVendor, .lineZone, .profile, .noRedact],
    examples: [
      Example("errata explain gateway.log", "the first error of a log"),
      Example("errata explain '{\"status\":429,\"path\":\"/v1/chat\"}'", "a line"),
      Example("errata explain --check edge.json edge.log.gz", "what a new profile reads of a log"),
    ]
  ) { invocation in
    var options = RecordReader.Options()
    options.now = { Clock.now }
    options.redacts = !invocation.has(.noRedact)
    if let zone = invocation[.tz] { options.zone = try Zone(named: zone) }
    if let profile = invocation[.check] {
      if invocation.has(.at) {
        throw UsageError("--check reads a whole log", hint: "Leave --at or --check out.")
      }
      let catalog = try invocation.catalog(with: [profile])
      options.vendor = try invocation.lineVendor(catalog)
      return try check(profile, on: invocation.operands[0], invocation, catalog, options)
    }
    let catalog = try invocation.catalog
    options.vendor = try invocation.lineVendor(catalog)
    let explanations = try lines(
      of: invocation.operands[0], at: try invocation.integer(of: .at),
      try? invocation.namedStore.ownFile
    ).lazy.map {
      try Explanation(of: $0, catalog: catalog, options: options)
    }
    // The first error, else the first success, else the first line.
    var chosen: Explanation?
    for explanation in explanations.prefix(1000) {
      if chosen == nil || (chosen?.event == nil && explanation.event != nil)
        || explanation.outcome == "event"
      {
        chosen = explanation
      }
      if explanation.outcome == "event" { break }
    }
    guard let chosen else {
      throw UsageError("there is no line to explain", hint: "The input is empty.")
    }
    try invocation.show(answer(chosen, zone: try invocation.zone))
    return .ok
  }
}

/// - Parameter store: what may have read the log.
private func lines(of operand: String, at offset: Int?, _ store: Store?) throws -> [LogHead.Line] {
  if let offset = offset.map(Int64.init) {
    var reader: StoreReader?
    let line = try LogHead.line(of: operand, at: offset) { file in
      // Without a store it takes longer, and is the same.
      if reader == nil, let store, store.exists { reader = try? StoreReader(store) }
      return try reader?.restart(file: file, upTo: offset)
    }
    guard let line else {
      throw UsageError(
        "\(operand) has no byte \(offset)", hint: "It is counted in the decompressed log, from 0.")
    }
    return [line]
  }
  if operand != "-", operand.withPath({ access($0, F_OK) }) != 0 {
    if operand.contains("{") || operand.contains(" ") { return [LogHead.Line(operand)] }
    throw InputError(
      "\(operand): there is no such file", hint: "name a file, - for standard input, or a line")
  }
  return try LogHead.lines(of: operand, limit: 1000)
}

private func answer(_ explanation: Explanation, zone: Zone) -> Answer {
  let fields = Explanation.Rule.fields
  var sections = [
    Section(
      "Rules",
      .table(
        Table(
          of: explanation.rules,
          [
            fields.column("field"), TableColumn("value") { Cell(.text(clipped($0.value))) },
            fields.column("from"), fields.column("rule"),
          ], whenEmpty: "nothing was taken from this line")))
  ]
  if let event = explanation.event {
    sections.insert(Section("Event", .facts(event.facts(zone: zone))), at: 0)
  }
  let notes =
    ["gateway: \(explanation.gateway)"]
    + (explanation.shape.map { ["it looks like \($0.text)"] } ?? [])
    + (explanation.timeAhead.map {
      [
        "its time, \(formatTime($0)), is more than a day ahead of the clock here: it counts as none"
      ]
    } ?? [])
  return Answer(
    title: "This line is \(words(explanation.outcome))", notes: notes,
    sections: sections, value: explanation.value, rows: "rules", header: fields.names)
}

extension Explanation: Described {
  package static let fields: Fields<Explanation> = [
    Field("gateway", "whose profile read the line") { $0.gateway },
    Field("vendor", "whose API answered") { $0.vendor },
    Field(
      "outcome", "what it is: event, success, skipped, blank, or why it was rejected"
    ) { $0.outcome },
    Field("skipped_as", "what it looks like, where it is skipped") { $0.shape?.text },
    Field("event", "the event that it becomes; of a success, what would be one") { explanation in
      explanation.event.map { ExplainedEvent(event: $0, outcome: explanation.outcome) }
    },
    Field("identifiers", "every id by which it is found") { $0.identifiers },
    Field("rules", "which rule took what from where") { $0.rules },
  ]
}

extension Explanation.Rule: Described {
  package static let fields: Fields<Explanation.Rule> = [
    Field("field", "the event's field") { $0.field },
    Field("value", "its value") { $0.value },
    Field("from", "where in the line it stands, as the line writes it") { $0.from },
    Field("rule", "the profile, and what it says") { $0.rule },
  ]
}

/// An event, or what would be one: what is no error has the kind that traffic counts it under.
private struct ExplainedEvent: Described {
  var event: Event
  var outcome: String

  private static let success = "success"
  private static let kinds = Shape.word(Kind.allCases.map(\.name) + [success])

  static let fields: Fields<ExplainedEvent> = Event.fields.of { $0.event }.replacing(
    "kind",
    by: Field("kind", as: kinds, "what sort of error it is, or that it is none") {
      .text($0.outcome == success ? success : $0.event.kind.name)
    })
}

private func words(_ outcome: String) -> String {
  switch outcome {
  case "event": "an error"
  case "success": "a success: it is counted, not stored"
  case "skipped": "no API response: it is skipped"
  case "blank": "blank"
  default: "rejected: \(outcome)"
  }
}

func clipped(_ text: String) -> String {
  text.count > 60 ? String(text.prefix(59)) + "…" : text
}
