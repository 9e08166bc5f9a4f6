internal import Answers
internal import Ingest
internal import Redaction
internal import Rendering
internal import Times

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
      "\(counted(examination.lines, "line")), \(counted(examination.records, "record")): "
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

extension LogExamination.Group {
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
