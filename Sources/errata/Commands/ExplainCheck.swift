internal import Answers
internal import Arguments
internal import Events
internal import Files
internal import Ingest
internal import Profiles
internal import Redaction

/// `explain --check`: how much of a log a profile reads.
func check(
  _ file: String, _ invocation: Invocation, _ catalog: Catalog, _ options: RecordReader.Options
) throws -> ExitCode {
  guard let profile = catalog.profile(from: file) else {
    throw ProfileError(file: file, message: "this profile is not in use")
  }
  let path = invocation.operands[0]
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
private struct CheckAnswer {
  let check: ProfileCheck
  let profile: OwnProfile
  let file: String
  let path: String
  let invocation: Invocation

  var answer: Answer {
    var notes = [
      "\(profile.sort.rawValue) \(profile.name), from \(file)",
      "\(check.lines) lines, \(check.records) records: \(check.read) read by it, "
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
      value: value, rows: "fields")
  }

  private var fields: Table {
    Table(
      columns: [
        "field", Column("records", .trailing), Column("of", .trailing),
        Column("first without, line", .trailing),
      ],
      rows: check.fields.map { field in
        [
          Cell(.text(field.field.rawValue)), Cell(.integer(field.records)),
          Cell(.integer(field.possible)), Cell(missing(field)?.line),
        ]
      })
  }

  private var misses: Table {
    Table(
      columns: [
        "why", Column("records", .trailing), Column("first, line", .trailing), "it begins",
      ],
      rows: check.misses.map { miss in
        [
          Cell(.text(miss.reason)), Cell(.integer(miss.records)), Cell(.integer(miss.first.line)),
          Cell(.text(clipped(miss.first.excerpt))),
        ]
      })
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

  private var value: Value {
    [
      "profile": .text(profile.name), "sort": .text(profile.sort.rawValue),
      "lines": .integer(check.lines), "records": .integer(check.records),
      "read": .integer(check.read), "by_others": .integer(check.byOthers),
      "unread": .integer(check.unread),
      "fields": .array(
        check.fields.map { field in
          [
            "field": .text(field.field.rawValue), "records": .integer(field.records),
            "of": .integer(field.possible),
            "first_without": missing(field).map { .object(object($0)) } ?? .null,
          ]
        }),
      "first_unread": check.misses.first.map { .object(object($0.first)) } ?? .null,
      "not_read": .array(
        check.misses.map { miss in
          var object: Object = ["reason": .text(miss.reason), "records": .integer(miss.records)]
          for member in self.object(miss.first).members { object[member.name] = member.value }
          return .object(object)
        }),
    ]
  }

  private func object(_ spot: ProfileCheck.Spot) -> Object {
    [
      "line": .integer(spot.line), "offset": .integer(spot.offset), "excerpt": .text(spot.excerpt),
    ]
  }
}
