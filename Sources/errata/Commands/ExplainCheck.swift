package import Answers
internal import Arguments
internal import Events
internal import Files
package import Ingest
package import Profiles
internal import Redaction

/// `explain --check`: how much of a log a profile reads.
func check(
  _ file: String, on path: String, _ invocation: Invocation, _ catalog: Catalog,
  _ options: RecordReader.Options
) throws -> ExitCode {
  guard let profile = catalog.profile(from: file) else {
    throw ProfileError(file: file, message: "this profile is not in use")
  }
  let check: ProfileCheck
  do {
    check = try ProfileCheck(of: profile, in: catalog, on: path, options: options)
  } catch let error as InputError {
    throw InputError("\(path == "-" ? "standard input" : path): \(error.message)", hint: error.hint)
  }
  guard check.records > 0 else {
    throw UsageError("there is no record to check", hint: "The log is empty, or has no whole line.")
  }
  try invocation.show(
    CheckAnswer(
      check: check, profile: profile, file: file, path: path, invocation: invocation
    ).answer)
  return check.misses.isEmpty ? .ok : .failure
}

/// What a check came to, for whoever writes the profile.
struct CheckAnswer {
  let check: ProfileCheck
  let profile: OwnProfile
  let file: String
  let path: String
  let invocation: Invocation

  var answer: Answer {
    var notes = [
      "\(profile.sort.rawValue) \(profile.name), from \(file)",
      "\(counted(check.lines, "line")), \(counted(check.records, "record")): "
        + "\(check.read) read by it, "
        + "\(check.byOthers) by others, \(check.unread) by none",
    ]
    if check.endsInPart { notes.append("the last line is not whole yet, and left out") }
    return Answer(
      title: check.misses.isEmpty
        ? "\(profile.name) reads every record"
        : "\(profile.name) does not read every record",
      notes: notes,
      sections: [Section("Fields of what it reads", .table(fields))]
        + (check.misses.isEmpty ? [] : [Section("Not read by it", .table(misses))])
        + (looks.isEmpty || path == "-" ? [] : [Section("To look at them", .table(commands))]),
      value: value, rows: "fields", header: FieldCount.fields.names)
  }

  private var counts: [FieldCount] {
    check.fields.map { FieldCount(count: $0, missing: missing($0)) }
  }

  private var fields: Table {
    let fields = FieldCount.fields
    return Table(
      of: counts,
      [
        fields.column("field"), fields.column("records"), fields.column("of"),
        TableColumn(Column("first without, line", .trailing)) { Cell($0.missing?.line) },
      ])
  }

  private var misses: Table {
    let fields = ProfileCheck.Miss.fields
    return Table(
      of: check.misses,
      [
        fields.column("reason", as: "why"), fields.column("records"),
        fields.column("line", as: "first, line"),
        TableColumn("it begins") { Cell(.text(clipped($0.first.excerpt))) },
      ])
  }

  /// The first record without a field that others have.
  private func missing(_ field: ProfileCheck.FieldCount) -> ProfileCheck.Spot? {
    field.records > 0 ? field.firstWithout : nil
  }

  /// The lines of which most is to be learnt.
  private var looks: [(why: String, spot: ProfileCheck.Spot)] {
    let wanted: [EventField] = [.time, .status, .code]
    return check.misses.map { ($0.reason, $0.first) }
      + check.fields.compactMap { field in
        guard wanted.contains(field.field), let spot = missing(field) else { return nil }
        return ("no \(field.field.rawValue)", spot)
      }
  }

  private var commands: Table {
    Table(
      columns: [Column("line", .trailing), "why", "command"],
      rows: looks.map { why, spot in
        [
          Cell(.integer(spot.line)), Cell(.text(why)), Cell(.text(command(at: spot.offset))),
        ]
      })
  }

  /// A command that explains a line as it was read here.
  private func command(at offset: Int64) -> String {
    let redactor = Redactor.ofThisProcess()
    var words = ["errata explain"]
    for profile in invocation.values(of: .profile) + [file] {
      words.append("--profile \(shellWord(path: redactor.redacted(profile)))")
    }
    for option in [Option.lineVendor, .lineZone] where invocation.has(option) {
      words += invocation.values(of: option).prefix(1).map { "\(option.flag) \(shellWord($0))" }
    }
    let log = shellWord(path: redactor.redacted(path))
    return (words + ["--at \(offset)", log]).joined(separator: " ")
  }
}

extension CheckAnswer: Described {
  static let fields: Fields<CheckAnswer> = [
    Field("profile", "the profile's name") { $0.profile.name },
    Field("sort", "what it is a profile of") { $0.profile.sort },
    Field("lines", "lines of the log") { $0.check.lines },
    Field("records", "read + by_others + unread") { $0.check.records },
    Field("read", "records that it reads itself") { $0.check.read },
    Field(
      "by_others", "records that another profile reads, or none in particular"
    ) { $0.check.byOthers },
    Field(
      "unread", "records that are no API response to any profile, or could not be read"
    ) { $0.check.unread },
    Field("fields", "how many of the records that it reads have each field") { $0.counts },
    Field("first_unread", "the first line that it does not read") { $0.check.misses.first?.first },
    Field("not_read", "what it does not read, by the reason") { $0.check.misses },
  ]
}

/// How many records have a field.
private struct FieldCount: Described {
  var count: ProfileCheck.FieldCount
  /// The first without it, where others have it.
  var missing: ProfileCheck.Spot?

  static let fields: Fields<FieldCount> = [
    Field("field", "an event's field") { $0.count.field },
    Field("records", "records that have it") { $0.count.records },
    Field(
      "of", "records that could: errors, where a success has none by its nature"
    ) { $0.count.possible },
    Field("first_without", "the first that has not, where others have") { $0.missing },
  ]
}

extension ProfileCheck.Spot: Described {
  package static let fields: Fields<ProfileCheck.Spot> = [
    Field("line", "its number, from 1") { $0.line },
    Field("offset", unit: "bytes", "where it begins, decompressed") { $0.offset },
    Field("excerpt", "how it begins, without its secrets") { $0.excerpt },
  ]
}

extension ProfileCheck.Miss: Described {
  package static let fields: Fields<ProfileCheck.Miss> = Fields<ProfileCheck.Miss>([
    Field("reason", "who else reads it, or why it is not read") { $0.reason },
    Field("records", "how many") { $0.records },
  ])
  .and(ProfileCheck.Spot.fields.of { $0.first })
}

extension ProfileFile.Sort: Keyword {}
extension EventField: Keyword {}
