internal import Answers
internal import Arguments
internal import Events
internal import Glibc
internal import Ingest
internal import Profiles
internal import Rendering
internal import Store

extension Option {
  static let gateway = Option(
    "gateway", value: "NAME", "the gateway that wrote the lines, where it is not recognised")
  static let maxLine = Option(
    "max-line", value: "BYTES", "reject longer lines", default: "1MiB")
}

extension Command {
  static let importing = Command(
    "import", "read logs: only what is new of them",
    details: [
      "Reads files, folders and standard input (-), plain or compressed by gzip, zstd, bzip2, xz or "
        + "lz4. Importing a log again adds nothing, also when it was renamed or compressed in "
        + "between, and what has been appended to it is read from where it stopped.",
      "Successes are counted, not stored. A line that cannot be read is kept as a reject; a line "
        + "that is no API response is skipped and counted. --vendor names the vendor of every "
        + "line; --tz is the zone of times that name none.",
    ],
    operands: [Operand("PATH", usage: "PATH…|-", isRepeated: true, completion: .files)],
    options: [.gateway, .maxLine],
    examples: [
      Example("errata import /var/log/gateway", "all files of a folder"),
      Example("kubectl logs deploy/gateway | errata import -", "what a program prints"),
    ]
  ) { invocation in try runImport(invocation) }
}

private func runImport(_ invocation: Invocation) throws -> ExitCode {
  let store = try invocation.storeOption
  let catalog = try Catalog()
  let options = try importOptions(invocation, catalog)
  let listing = Input.list(
    invocation.operands, excluding: store.files.compactMap { FileIdentity(path: $0) })
  if listing.inputs.contains(where: { $0.path == "-" }), isatty(STDIN_FILENO) == 1 {
    throw UsageError(
      "standard input is a terminal", hint: "Pipe a log into it: zcat log.gz | errata import -")
  }
  let quiet = invocation.has(.quiet)
  let start = Clock.seconds
  var summary = Importer.Summary()
  if !listing.inputs.isEmpty {
    let ledger = try StoreLedger(store) {
      if !quiet { Complaint.waiting.say() }
    }
    defer { ledger.close() }
    if let notice = ledger.notice, !quiet { Complaint(notice).say() }
    Interruption.watch()
    let progress = ImportProgress(
      total: listing.inputs.reduce(0 as Int64?) { sum, input in
        sum.flatMap { sum in input.size.map { sum + $0 } }
      }, isShown: !quiet && isatty(STDERR_FILENO) == 1)
    let importer = try Importer(ledger: ledger, catalog: catalog, options: options) { summary in
      progress.show(summary)
      return !Interruption.isWanted
    }
    do {
      defer { progress.clear() }
      try importer.run(listing.inputs)
    }
    summary = importer.summary
  }
  let failures = listing.failures + summary.failures
  for (path, error) in failures {
    let name = path == "-" ? "standard input" : path
    Complaint("\(name): \(error.message)", hint: error.hint).say()
  }
  if summary.lines == 0, failures.isEmpty, !quiet {
    Complaint(
      listing.inputs.isEmpty ? "there is no file to read" : "there is nothing to read",
      hint: "An empty log may be imported again once it has grown."
    ).say()
  }
  let seconds = Clock.seconds - start
  if !quiet { try Destination.standardError.write(ImportSummary(summary, seconds).line + "\n") }
  if invocation.has(.format) {
    try invocation.show(ImportSummary(summary, seconds).answer)
  }
  if Interruption.isWanted { return .interrupted }
  return failures.isEmpty ? .ok : .failure
}

/// How lines are to be read, by `--vendor`, `--gateway`, `--tz` and `--max-line`.
func importOptions(_ invocation: Invocation, _ catalog: Catalog) throws -> Importer.Options {
  var options = Importer.Options()
  let vendors = invocation.values(of: .vendor)
  if vendors.count > 1 {
    throw UsageError(
      "an import has one vendor at most", hint: "Leave --vendor out where lines differ.")
  }
  options.reading.vendor = vendors.first
  if let name = invocation[.gateway] {
    guard catalog.gateways.contains(where: { $0.name == name }) else {
      let known = catalog.gateways.map(\.name).sorted().joined(separator: ", ")
      throw UsageError("there is no gateway “\(name)”", hint: "Known are \(known).")
    }
    options.reading.gateway = name
  }
  if let zone = invocation[.tz] { options.reading.zone = try Zone(named: zone) }
  if let bytes = try invocation.bytes(of: .maxLine) {
    guard (1024...1 << 30).contains(bytes) else {
      throw UsageError("--max-line must be from 1KiB to 1GiB")
    }
    options.maxLine = bytes
  }
  return options
}
