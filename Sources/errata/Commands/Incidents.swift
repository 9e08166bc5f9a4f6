internal import Arguments
internal import Reports

extension Command {
  static let incidents = Command(
    "incidents", "stretches of trouble, and what comes by habit",
    details: [
      "An incident is an outage (nearly all requests fail, whatever with), errors (clearly more than "
        + "usual), rejections (429), credentials (401, 403) or silence (nothing was logged), those "
        + "with most harm first. Where successes are in the log, the share that fails is judged, "
        + "else counts; the four weeks before tell what is usual. Several vendors that fail in the "
        + "same minutes are one incident.",
      "What comes every hour, day or week at its time is told once, as a habit, and is no incident.",
    ],
    options: [.topFindings, .all] + Option.filteredQuestion,
    examples: [Example("errata incidents --since 30d", "those of a month")]
  ) { invocation in
    try invocation.answer { try $0.incidents() }
  }

  static let incident = Command(
    "incident", "one incident, with its evidence",
    details: [
      "Tells what was expected and why, what was counted minute by minute, and what the failures "
        + "have in common that other errors have not. “errata incidents” and the report have the ids; "
        + "the beginning of one will do. Without --since and --until it is looked for in the last seven "
        + "days, then week by week in all of the log. An id is the same as long as what is asked about "
        + "is: the vendors, the gateway, the zone, and the log up to then."
    ],
    operands: [Operand("ID", usage: "ID")],
    options: Option.filteredQuestion,
    examples: [Example("errata incident 3f09c1d2ab", "what is known of it")]
  ) { invocation in
    let question = try invocation.question(invocation.archive)
    let id = invocation.operands[0]
    if id.isEmpty {
      throw UsageError("an id must not be empty", hint: "“errata incidents” lists them.")
    }
    let isAnywhere = !invocation.has(.since) && !invocation.has(.until)
    guard let answer = try question.incident(id, elsewhere: isAnywhere) else {
      Complaint(
        "there is no incident “\(id)”" + (isAnywhere ? "" : " in this range"),
        hint: isAnywhere
          ? "“errata incidents” lists them."
          : "It may be at another time: without --since and --until it is looked for in all of the log."
      ).say()
      return .notFound
    }
    try invocation.show(answer.noting(nothingOf: question.absent))
    return .ok
  }
}
