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
  fileprivate func isMended(by guess: ProfileGuess) -> Bool {
    let fields = guess.values.compactMap(\.field)
    if trouble == .undated { return fields.contains("time") }
    return fields.contains("path") || fields.contains("request_line") || fields.contains("method")
  }

  /// What it lacks, in words.
  fileprivate var missing: String {
    if trouble == .undated, shape.hasPrefix(LogExamination.aheadOfClock) {
      return "its clock is wrong, or the one here: it is \(formatTime(Clock.now))"
    }
    let guess = guess
    if let guess, isMended(by: guess) {
      let field = trouble == .undated ? "time" : "status"
      let name = guess.values.first { $0.field == field }?.name ?? field
      if case .json = guess.content {
        return "“\(name)” looks like a \(field): --draft writes a profile"
      }
      return "it looks like a response: --draft writes a layout"
    }
    if let status = guess?.values.first(where: { $0.field == "status" }), trouble != .undated {
      return "“\(status.name)” looks like a status, and nothing like a request"
    }
    switch trouble {
    case .undated: return "nothing in it reads as a time"
    case .skipped:
      return shape.hasPrefix("a request")
        ? "nothing in it looks like a status" : "nothing in it looks like a response"
    case .rejected:
      switch shape.prefix(while: { $0 != ":" }) {
      case "json_syntax": return "it is cut off, or no JSON"
      case "too_deep": return "it is nested too deep"
      case "nul":
        return "it holds NUL bytes, as a file does that was cut short while it was written to"
      case "line_too_long": return "import it with a larger --max-line"
      default: return "no layout fits it, and nothing in it looks like a response"
      }
    }
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

extension LogExamination {
  /// That errors have no body, where it is not a few.
  fileprivate var tellsOfMute: String? {
    guard mute > 0, mute * 10 >= errors else { return nil }
    return
      "\(grouped(mute)) of \(counted(errors, "error")) \(mute == 1 ? "has" : "have") neither a code nor a "
      + "message: no body of a response stands there; errata help logging says how to log it"
  }
}

/// What `doctor` answers.
struct DoctorAnswer {
  let examination: LogExamination
  let path: String

  var answer: Answer {
    let groups = examination.groups
    let counts =
      "\(grouped(examination.lines)) \(examination.lines == 1 ? "line" : "lines"), "
      + "\(grouped(examination.records)) \(examination.records == 1 ? "record" : "records"): "
      + "\(grouped(examination.read)) read, \(grouped(examination.skipped)) skipped, "
      + "\(grouped(examination.rejected)) rejected; \(grouped(examination.undated)) without a time"
    var notes = [counts]
    if examination.others > 0 {
      notes.append("\(counted(examination.others, "record")) of further shapes")
    }
    if let mute = examination.tellsOfMute { notes.append(mute) }
    if examination.endsInPart { notes.append("the last line is not whole yet, and left out") }
    let fields = ExaminedGroup.fields
    return Answer(
      title: groups.isEmpty ? "Every record is read" : "Not every record is counted",
      notes: notes,
      sections: groups.isEmpty
        ? []
        : [
          Section(
            .table(
              Table(
                of: rows,
                [
                  fields.column("what"), fields.column("records"),
                  TableColumn("looks like") { Cell(.text(clipped($0.shape))) },
                  fields.column("missing", as: "what is missing"),
                ]))),
          Section("To look at the first of each", .table(commands)),
        ],
      value: value, rows: "groups", header: fields.names)
  }

  private var rows: [ExaminedGroup] { examination.groups.map(ExaminedGroup.init) }

  private var commands: Table {
    let log = shellWord(path: Redactor.ofThisProcess().redacted(path))
    return Table(
      columns: [Column("line", .trailing), "command"],
      rows: examination.groups.map { group in
        [
          Cell(.integer(group.first.line)),
          Cell(.text(path == "-" ? "" : "errata explain --at \(group.first.offset) \(log)")),
        ]
      })
  }
}

extension DoctorAnswer: Described {
  static let fields: Fields<DoctorAnswer> = [
    Field("lines", "lines of the log") { $0.examination.lines },
    Field("records", "read + skipped + rejected") { $0.examination.records },
    Field("read", "responses that are counted") { $0.examination.read },
    Field("skipped", "what is no API response") { $0.examination.skipped },
    Field("rejected", "what could not be read") { $0.examination.rejected },
    Field("undated", "errors without a time") { $0.examination.undated },
    Field("mute", "errors with neither a code nor a message, as no body is logged") {
      $0.examination.mute
    },
    Field("others", "records of shapes that are not listed") { $0.examination.others },
    Field("groups", "what is not counted as it could be, the most first") { $0.rows },
  ]
}

/// Records that look alike, and what they lack.
struct ExaminedGroup: Described {
  var what: String
  var records: Int64
  var shape: String
  var missing: String
  var first: ProfileCheck.Spot

  init(_ group: LogExamination.Group) {
    what = group.trouble.rawValue
    records = group.records
    shape = Redactor.ofThisProcess().redacted(group.shape)
    missing = group.missing
    first = group.first
  }

  static let fields: Fields<ExaminedGroup> = Fields<ExaminedGroup>([
    Field("what", "skipped, rejected or undated") { $0.what },
    Field("records", "how many there are") { $0.records },
    Field("shape", "what they look like") { $0.shape },
    Field("missing", "what they lack, in words for people") { $0.missing },
  ])
  .and(ProfileCheck.Spot.fields.of { $0.first })
}
