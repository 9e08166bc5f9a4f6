internal import Answers
internal import Arguments
internal import Files
internal import Formats
internal import Ingest
internal import Profiles
internal import Redaction
internal import Rendering
internal import Times

extension Option {
  fileprivate static let draft = Option(
    "draft", "print a profile that would read the largest group that looks like responses")
}

extension Command {
  static let doctor = Command(
    "doctor", "what of a log is not counted, and what it lacks",
    details: [
      "Reads a log as import does, stores nothing, and groups by what they look like: records that "
        + "are skipped, lines that are rejected, errors without a time. Of each group it says what "
        + "is missing, and where the first one stands. The exit code is 0 where there is nothing to "
        + "say, else 1.",
      "--draft prints a profile for the largest group in which something looks like a status, with "
        + "what else its values look like, and on standard error how much of the log it reads. Look "
        + "it through before you use it: it guesses.",
    ],
    operands: [Operand("LOG", usage: "LOG|-", completion: .files)],
    options: [.draft, .lineVendor, .lineGateway, .lineZone, .profile],
    without: [.store],
    examples: [
      Example("errata doctor edge.log.gz", "what import would skip or reject, and why"),
      Example("errata doctor --draft edge.log > edge.json", "a profile to start from"),
    ]
  ) { invocation in
    let path = invocation.operands[0]
    var options = RecordReader.Options()
    options.now = { Clock.now }
    if let zone = invocation[.tz] { options.zone = try Zone(named: zone) }
    let catalog = try invocation.catalog
    options.vendor = try invocation.lineVendor(catalog)
    options.gateway = try invocation.lineGateway(catalog)
    let examination = try examine(path, catalog, options)
    guard examination.records > 0 else {
      throw UsageError(
        "there is no record to look at", hint: "The log is empty, or has no whole line.")
    }
    if invocation.has(.draft) {
      return try invocation.printDraft(for: examination, of: path, options)
    }
    try invocation.show(DoctorAnswer(examination: examination, path: path).answer)
    return examination.groups.isEmpty ? .ok : .failure
  }
}

private func examine(_ path: String, _ catalog: Catalog, _ options: RecordReader.Options) throws
  -> LogExamination
{
  do {
    return try LogExamination(of: path, catalog: catalog, options: options)
  } catch let error as InputError {
    throw InputError("\(path == "-" ? "standard input" : path): \(error.message)", hint: error.hint)
  }
}

extension Invocation {
  /// Prints a profile for the largest group that can have one, and says what it reads.
  fileprivate func printDraft(
    for examination: LogExamination, of path: String, _ options: RecordReader.Options
  ) throws -> ExitCode {
    let guesses = examination.groups.flatMap { group in
      group.guesses.filter(group.isMended).map { (group, $0) }
    }
    guard !guesses.isEmpty else {
      throw UsageError(
        examination.groups.isEmpty
          ? "everything in it is read" : "nothing in what is not read looks like a response",
        hint: examination.groups.isEmpty
          ? "There is nothing to write a profile for." : "errata doctor LOG says what there is.")
    }
    for (group, guess) in guesses.prefix(Self.mostGuesses) {
      let name = "draft"
      let draft: ProfileDraft
      do {
        draft = try ProfileDraft(name: name, of: [guess.format], known: nil)
      } catch {
        continue
      }
      if path != "-" {
        let file = ProfileFile(name: "\(name).json", text: Array(draft.text.utf8), sort: .gateway)
        let after = try examine(path, try Catalog(try profileFiles + [file]), options)
        // What reads no more than is read without it is no draft.
        guard after.read > examination.read || after.undated < examination.undated else { continue }
        if !has(.quiet) { try tell(group, examination, after) }
      }
      try print(profile: Array(draft.text.utf8))
      return .ok
    }
    throw UsageError(
      "no profile that was guessed reads more of it than is read without one",
      hint:
        "errata explain --at OFFSET LOG shows a line; a profile for it has to be written by hand: "
        + "errata help gateway-profile.")
  }

  /// No more profiles are tried: each reads the log once.
  private static let mostGuesses = 6

  /// Says what a draft is for, and how much it reads.
  private func tell(
    _ group: LogExamination.Group, _ before: LogExamination, _ after: LogExamination
  ) throws {
    let lines = [
      "for \(counted(group.records, "record")) that \(group.records == 1 ? "is" : "are") "
        + "\(group.trouble.rawValue): \(Redactor.ofThisProcess().redacted(group.shape))",
      "with it \(grouped(after.read)) of \(counted(after.records, "record")) are read, "
        + "\(grouped(after.undated)) without a time; without it \(grouped(before.read)) and "
        + "\(grouped(before.undated))",
    ]
    for line in lines { try Destination.standardError.write(visible(line) + "\n") }
  }
}

extension LogExamination.Group {
  /// Whether a profile can give it what it lacks.
  func isMended(by guess: ProfileGuess) -> Bool {
    let fields = guess.values.compactMap(\.field)
    if trouble == .undated { return fields.contains("time") }
    return fields.contains("path") || fields.contains("request_line") || fields.contains("method")
  }
}

extension ProfileGuess {
  /// The same as the format of a log.
  fileprivate var format: LogFormat {
    let dialect = Dialect(name: "draft", title: "A draft: look it through")
    func piece(_ value: Value) -> LogFormat.Piece {
      .variable(
        LogFormat.Variable(
          written: value.name,
          meaning: Dialect.Meaning(
            name: Dialect.layoutName(of: value.name), field: value.field, unit: value.unit,
            hasBlanks: value.hasBlanks)))
    }
    switch content {
    case .json(let values):
      return LogFormat(
        name: "", dialect: dialect,
        content: .json(
          values.map { LogFormat.Member(path: $0.name, pieces: [piece($0)]) }))
    case .text(let parts):
      return LogFormat(
        name: "", dialect: dialect,
        content: .text(
          parts.map { part in
            switch part {
            case .literal(let text): .literal(text)
            case .value(let value): piece(value)
            }
          }))
    }
  }
}
