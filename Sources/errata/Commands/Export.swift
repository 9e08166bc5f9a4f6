internal import Answers
internal import Arguments
internal import Files
internal import Glibc
internal import Rendering
internal import Reports
internal import Store

extension Option {
  fileprivate static let rowFormat = Option(
    "format", value: "FORMAT", "how rows are written",
    choices: RowStream.Format.allCases.map(\.rawValue), default: RowStream.Format.ndjson.rawValue)
  fileprivate static let flat = Option(
    "flat", "write details as a text, so that every column has one type, as Parquet wants it")
  fileprivate static let schema = Option(
    "schema", "print the columns with their types instead, as JSON")
}

extension Command {
  static let export = Command(
    "export", "all rows of a view, for other programs",
    details: [
      "Writes a line for each row of the view \(Store.views), in a total order, with the view's own "
        + "columns: all that there is, or what --since, --until, --vendor and --gateway leave. "
        + "Secrets were replaced before anything was stored.",
      "With -o the file takes its place when it is whole.",
    ],
    operands: [
      Operand("VIEW", isRequired: false, choices: ExportedView.all.map(\.name))
    ],
    options: [.rowFormat, .flat, .schema] + Option.question,
    without: Option.ofAnswers,
    examples: [
      Example("errata export --since 7d -o week.ndjson", "a week's events"),
      Example("errata export traffic --format csv", "counts by the quarter of an hour"),
      Example("errata export --flat -o events.ndjson", "what becomes Parquet without a thought"),
      Example("errata export --schema", "the columns of events"),
    ]
  ) { invocation in
    let name = invocation.operands.first ?? "events"
    guard let view = ExportedView.all.first(where: { $0.name == name }) else { return .failure }
    if invocation.has(.schema) {
      var output = Output()
      JSONRenderer().render(Answer(title: "", value: ExportSchema(view).value), into: &output)
      try invocation.destination.write(output)
      return .ok
    }
    let (since, until) = try invocation.range(in: try invocation.zone)
    let reader = try invocation.archive
    let selection = try invocation.selection(in: reader)
    if name == "batches", invocation.has(.vendor) || invocation.has(.gateway) {
      throw UsageError(
        "batches are of no vendor and no gateway", hint: "Leave --vendor and --gateway out.")
    }
    let export = Export(
      view, of: reader, since: since, until: until, vendors: selection.vendors,
      gateway: selection.gateway)
    let stream = RowStream(
      RowStream.Format(rawValue: invocation.formatOfOutput?.rawValue ?? "")
        ?? RowStream.Format(rawValue: invocation[.rowFormat] ?? "") ?? .ndjson,
      names: view.columns.map(\.name), isFlat: invocation.has(.flat))
    let count = try invocation.destination.streaming { write in
      var count = 0
      var output = Output()
      stream.begin(&output)
      try export.rows { row in
        stream.write(row, into: &output)
        count += 1
        if output.bytes.count >= 1 << 20 {
          try write(output)
          output = Output()
        }
      }
      try write(output)
      return count
    }
    if !invocation.has(.quiet) {
      Complaint("\(counted(count, "row")) of \(name)").say()
      for name in selection.absent { Complaint("the store has nothing of \(name)").say() }
    }
    return .ok
  }
}
