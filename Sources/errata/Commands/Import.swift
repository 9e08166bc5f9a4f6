internal import Answers
internal import Arguments
internal import Batches
internal import Files
internal import Glibc
internal import Ingest
internal import Profiles
internal import Questions
internal import Redaction
internal import Rendering
internal import Reports
internal import Store
internal import Times

extension Option {
  static let profile = Option(
    "profile", value: "FILE", "a gateway's or vendor's profile of your own, before all others",
    arity: .repeated, completion: .files)
  static let noRedact = Option(
    "no-redact", "keep keys, passwords, tokens, card numbers and e-mail addresses as they are")
  fileprivate static let reread = Option(
    "reread", "read what is stored of the logs again as well, and replace it")
  fileprivate static let follow = Option(
    "follow", "go on reading logs as they grow, through rotation, until stopped")
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
      "Where another log stands in a file's place, what had still been written to the one before is "
        + "read from the file beside it that it was rotated to. If there is none, that is said.",
      "With --follow, files need not be there yet, new ones in folders are found, and what is new is "
        + "stored every second. A compressed file is read once it is whole; standard input cannot "
        + "be followed. SIGINT and SIGTERM stop it with everything complete stored.",
      "With --reread, what is stored of a log is read again as well, with today's profiles, --vendor, "
        + "--gateway, --tz and --max-line, and replaced, a batch of lines at a time: its events, ids, "
        + "counts and rejects are then as if the log were imported now. An event keeps its number "
        + "unless one of the same batch is no event any more; then all of the batch have new ones. A "
        + "batch of which something was pruned stays as it is. A log that was rotated since is read from "
        + "the file beside it. Where the log has changed, nothing is replaced of what cannot be proven "
        + "to be the same.",
      "Keys, passwords, tokens, card numbers and e-mail addresses are stored as tags such as "
        + "[redacted:jwt:7f3a]; equal secrets have equal tags. Ids are kept as they are.",
    ],
    operands: [Operand("PATH", usage: "PATH…|-", isRepeated: true, completion: .files)],
    options: Option.reading + [.profile, .follow, .reread, .noRedact],
    examples: [
      Example("errata import /var/log/gateway", "all files of a folder"),
      Example("kubectl logs deploy/gateway | errata import -", "what a program prints"),
      Example("errata import --follow /var/log/gateway", "as a service"),
      Example("errata import --reread gateway.log", "again, once a profile has been written"),
    ]
  ) { invocation in try runImport(invocation) }
}

/// What is no log, though it may stand in a folder that is read: the store, and what results go to.
private func ownFiles(of store: Store) -> [FileIdentity] {
  let files = store.files.map { FileIdentity(path: $0) } + [FileIdentity(descriptor: STDOUT_FILENO)]
  return files.compactMap { $0 }
}

private func runImport(_ invocation: Invocation) throws -> ExitCode {
  FileLimit.raise()
  let store = try invocation.storeOption
  let catalog = try invocation.catalog
  var options = try importOptions(invocation, catalog, for: store)
  var listing = Input.list(invocation.operands, excluding: ownFiles(of: store))
  if options.isFollowing, listing.inputs.contains(where: { $0.size == nil }) {
    throw UsageError(
      "a pipe cannot be followed", hint: "It is read to its end anyway: leave --follow out.")
  }
  let isRereading = invocation.has(.reread)
  if isRereading, options.isFollowing {
    throw UsageError(
      "--reread reads logs to their end", hint: "Run it first, and --follow the logs then.")
  }
  if listing.inputs.contains(where: { $0.path == "-" }), isatty(STDIN_FILENO) == 1 {
    throw UsageError(
      "standard input is a terminal", hint: "Pipe a log into it: zcat log.gz | errata import -")
  }
  let quiet = invocation.has(.quiet)
  let start = Clock.seconds
  var summary = Importer.Summary()
  var reread: Reread.Summary?
  if options.isFollowing || (isRereading && store.exists) || !listing.inputs.isEmpty {
    options.stop = Interruption.watch()
    let ledger = try StoreLedger(store) {
      if !quiet { Complaint.waiting.say() }
    }
    defer { ledger.close() }
    ledger.ownVendors = ownVendors(catalog, options)
    if options.reading.redacts {
      let redactor = Redactor(key: ledger.redactionKey)
      ledger.stored = { redactor.redacted($0) }
    } else {
      Complaint("warning: secrets are stored as they are, as --no-redact says").say()
      try ledger.noteUnredacted()
    }
    if let notice = ledger.notice, !quiet { Complaint(notice).say() }
    let progress = ImportProgress(
      total: options.isFollowing ? nil : total(listing.inputs),
      isShown: !quiet && isatty(STDERR_FILENO) == 1)
    var inputs = listing.inputs
    if isRereading {
      let again = Reread(ledger: ledger, catalog: catalog, options: options) { _ in
        Interruption.signal == nil
      }
      inputs = try again.run(inputs)
      let gone = listing.failures.map(\.path).filter { FileKind(path: $0) == nil }
      let (found, strange) = try again.run(missing: gone)
      listing.failures.removeAll { gone.contains($0.path) && !strange.contains($0.path) }
      inputs += found
      reread = again.summary
      if !quiet {
        for (old, new) in again.summary.moved { Complaint(Notice.moved(from: old, to: new)).say() }
      }
    }
    let importer = Importer(ledger: ledger, catalog: catalog, options: options) { summary in
      progress.show(summary)
      return Interruption.signal == nil
    }
    do {
      defer { progress.clear() }
      if options.isFollowing {
        importer.onNotice = { notice in
          progress.clear()
          let complaint = Complaint(notice)
          if !quiet || complaint.code != .ok { complaint.say() }
        }
        // The store's files may have been made just now.
        try Follower(importer, invocation.operands, excluding: ownFiles(of: store)).run()
      } else {
        try importer.run(inputs)
      }
    }
    summary = importer.summary
  }
  let failures =
    (options.isFollowing ? [] : listing.failures) + (reread?.failures ?? []) + summary.failures
  if !options.isFollowing { tell(summary, failures, listing, quiet: quiet) }
  let seconds = Clock.seconds - start
  if !quiet {
    let told = ImportSummary(summary, seconds, reread)
    // What was imported is stored, whether this can be read or not.
    let shared = (try? sharedRequests(in: store, of: summary)) ?? []
    for line in told.rereadLines + [told.line] + told.details + shared {
      try Destination.standardError.write(visible(line) + "\n")
    }
  }
  if invocation.has(.format) || invocation.has(.output) {
    try invocation.show(ImportSummary(summary, seconds, reread).answer)
  }
  switch Interruption.signal {
  case SIGINT: return .interrupted
  case SIGTERM: return .terminated
  default: return failures.isEmpty ? .ok : .failure
  }
}

/// The bytes of all inputs; nil where they cannot be known.
private func total(_ inputs: [Input]) -> Int64? {
  inputs.reduce(0 as Int64?) { sum, input in sum.flatMap { sum in input.size.map { sum + $0 } } }
}

/// Says what could not be read.
private func tell(
  _ summary: Importer.Summary, _ failures: [(path: String, error: InputError)],
  _ listing: Input.Listing, quiet: Bool
) {
  for (path, error) in failures { Complaint(Notice.failure(path: path, error)).say() }
  if !quiet {
    for (path, error) in listing.passedOver {
      Complaint(Notice.passedOver(path: path, error)).say()
    }
    for gap in summary.gaps { Complaint(Notice.gap(gap)).say() }
    if summary.sightings.otherHosts > 0 { Complaint(Notice.otherHosts).say() }
  }
  if summary.lines == 0, failures.isEmpty, !quiet {
    Complaint(
      listing.inputs.isEmpty ? "there is no file to read" : "there is nothing to read",
      hint: "An empty log may be imported again once it has grown."
    ).say()
  }
}

/// Vendors that find room in a store however many it has.
func ownVendors(_ catalog: Catalog, _ options: Importer.Options) -> Set<[UInt8]> {
  Set(
    (catalog.vendors.map(\.name) + [options.reading.vendor?.lowercased()].compactMap(\.self))
      .map { Array($0.utf8) })
}

/// How lines are to be read, by `--vendor`, `--gateway`, `--tz` and `--max-line`.
func importOptions(
  _ invocation: Invocation, _ catalog: Catalog, for store: Store
) throws -> Importer.Options {
  var options = Importer.Options()
  options.reading.vendor = try invocation.lineVendor(catalog, in: store)
  options.isFollowing = invocation.has(.follow)
  options.reading.gateway = try invocation.lineGateway(catalog)
  options.reading.now = { Clock.now }
  options.reading.redacts = !invocation.has(.noRedact)
  if let zone = invocation[.tz] { options.reading.zone = try Zone(named: zone) }
  if let bytes = try invocation.bytes(of: .maxLine) {
    guard (1024...1 << 30).contains(bytes) else {
      throw UsageError(
        "--max-line must be from 1KiB to 1GiB", hint: "As in: --max-line 4MiB")
    }
    options.maxLine = bytes
  }
  return options
}

/// Which gateways have logged the same requests in the last week of a store, where something new came
/// in.
private func sharedRequests(in store: Store, of summary: Importer.Summary) throws -> [String] {
  guard summary.tally.events > 0 else { return [] }
  let reader = try StoreReader(store)
  guard let extent = try reader.extent() else { return [] }
  let week = TimeRange(since: extent.until - 7 * Milliseconds.day, until: extent.until)
  return try reader.sharedRequests(during: week).flatMap { shared in
    [shared.sentence, "  ask about one: errata report --gateway \(shared.other)"]
  }
}
