internal import Arguments
internal import Batches
internal import Cluster
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

/// One run of `errata import`: what is to be read, and what has come of it.
struct ImportRun {
  let isFollowing: Bool
  /// Whether what is stored of the logs is read again first.
  let isRereading: Bool
  private let isQuiet: Bool
  private let invocation: Invocation
  /// Where the logs are read into.
  private let store: Store
  /// Where that is sent; nil where it stays.
  private let cluster: ClusterDialer?
  private var sent: EdgeSender.Outcome?
  private let catalog: Catalog
  private var options: Importer.Options
  /// What the operands name.
  private var listing: Input.Listing
  /// What is to be imported of that.
  private var inputs: [Input]
  private let progress: ImportProgress
  /// When it began, in seconds.
  private let start = Clock.seconds
  private var rereadSummary: Rereader.Summary?
  private var summary = Importer.Summary()

  init(_ invocation: Invocation) throws {
    self.invocation = invocation
    isQuiet = invocation.has(.quiet)
    isRereading = invocation.has(.reread)
    switch try invocation.namedStore {
    case .file(let store): (self.store, cluster) = (store, nil)
    case .cluster(let address):
      store = try invocation.storeBeside(address)
      cluster = try invocation.dialer(to: address)
    }
    catalog = try invocation.catalog
    options = try importOptions(invocation, catalog, for: store)
    isFollowing = options.isFollowing
    listing = Input.list(invocation.operands, excluding: ImportRun.ownFiles(of: store))
    inputs = listing.inputs
    progress = ImportProgress(
      total: isFollowing ? nil : ImportRun.size(of: listing.inputs),
      isShown: !isQuiet && isatty(STDERR_FILENO) == 1)
  }

  /// Refuses options and inputs that do not go together.
  func refuseWhatCannotBe() throws {
    if isFollowing, listing.inputs.contains(where: { $0.size == nil }) {
      throw UsageError(
        "a pipe cannot be followed", hint: "It is read to its end anyway: leave --follow out.")
    }
    if isRereading, cluster != nil { throw UsageError(ofFilesAlone: "import", .reread) }
    if cluster == nil, invocation.has(.edge) {
      throw UsageError(
        "--as says what a cluster knows this machine as",
        hint: "Give it together with --store URL.")
    }
    if isRereading, isFollowing {
      throw UsageError(
        "--reread reads logs to their end", hint: "Run it first, and --follow the logs then.")
    }
    if listing.inputs.contains(where: { $0.path == "-" }), isatty(STDIN_FILENO) == 1 {
      throw UsageError(
        "standard input is a terminal", hint: "Pipe a log into it: zcat log.gz | errata import -")
    }
  }

  /// Whether there is anything to do with the store.
  var hasWork: Bool { isFollowing || (isRereading && store.exists) || !inputs.isEmpty }

  // MARK: What it does

  /// Sends what is stored meanwhile to a cluster, where one is named.
  mutating func sending(_ work: (inout ImportRun) throws -> Void) throws {
    guard let cluster else { return try work(&self) }
    let sender = EdgeSender(store, to: cluster, as: invocation.edgeName)
    do {
      try work(&self)
    } catch {
      _ = sender.finish()
      throw error
    }
    sent = sender.finish()
  }

  /// Opens the store for writing, and says what is to be known of it.
  mutating func openLedger() throws -> StoreLedger {
    options.stop = Interruption.watch()
    let isQuiet = isQuiet
    let ledger = try StoreLedger(store) {
      if !isQuiet { Complaint.waiting.say() }
    }
    ledger.ownVendors = ownVendors(catalog, options)
    if options.reading.redacts {
      let redactor = Redactor(key: ledger.redactionKey)
      ledger.stored = { redactor.redacted($0) }
    } else {
      Complaint("warning: secrets are stored as they are, as --no-redact says").say()
      try ledger.noteUnredacted()
    }
    if let notice = ledger.notice, !isQuiet { Complaint(notice).say() }
    return ledger
  }

  /// Replaces what is stored of the logs by what is read of them now. What is left to import is
  /// what may be new in them, those that stand under another name by now included.
  mutating func reread(in ledger: StoreLedger) throws {
    let rereader = Rereader(ledger: ledger, catalog: catalog, options: options) { _ in
      Interruption.signal == nil
    }
    inputs = try rereader.run(listing.inputs)
    let gone = listing.failures.map(\.path).filter { FileKind(path: $0) == nil }
    let (found, strange) = try rereader.run(missing: gone)
    listing.failures.removeAll { gone.contains($0.path) && !strange.contains($0.path) }
    inputs += found
    rereadSummary = rereader.summary
    if isQuiet { return }
    for (old, new) in rereader.summary.moved { Complaint(Notice.moved(from: old, to: new)).say() }
  }

  /// Imports the logs to their ends.
  mutating func importLogs(into ledger: StoreLedger) throws {
    let importer = makeImporter(ledger)
    defer { progress.clear() }
    try importer.run(inputs)
    summary = importer.summary
  }

  /// Imports what is written to the logs until someone stops it.
  mutating func follow(into ledger: StoreLedger) throws {
    let importer = makeImporter(ledger)
    let (progress, isQuiet) = (progress, isQuiet)
    importer.onNotice = { notice in
      progress.clear()
      let complaint = Complaint(notice)
      if !isQuiet || complaint.code != .ok { complaint.say() }
    }
    defer { progress.clear() }
    // The store's files may have been made just now.
    try Follower(importer, invocation.operands, excluding: ImportRun.ownFiles(of: store)).run()
    summary = importer.summary
  }

  private func makeImporter(_ ledger: StoreLedger) -> Importer {
    let progress = progress
    return Importer(ledger: ledger, catalog: catalog, options: options) { summary in
      progress.show(summary)
      return Interruption.signal == nil
    }
  }

  // MARK: What it says

  /// Everything that could not be read. While logs are followed, the follower says it at once.
  private var failures: [(path: String, error: InputError)] {
    (isFollowing ? [] : listing.failures) + (rereadSummary?.failures ?? []) + summary.failures
  }

  /// Says what could not be read, and what else is worth a line.
  func tellFailures() {
    if isFollowing { return }
    for (path, error) in failures { Complaint(Notice.failure(path: path, error)).say() }
    if isQuiet { return }
    for (path, error) in listing.passedOver {
      Complaint(Notice.passedOver(path: path, error)).say()
    }
    for gap in summary.gaps { Complaint(Notice.gap(gap)).say() }
    if summary.sightings.otherHosts > 0 { Complaint(Notice.otherHosts).say() }
    if summary.lines == 0, failures.isEmpty {
      Complaint(
        listing.inputs.isEmpty ? "there is no file to read" : "there is nothing to read",
        hint: "An empty log may be imported again once it has grown."
      ).say()
    }
  }

  /// What the import came to.
  var outcome: ImportSummary { ImportSummary(summary, Clock.seconds - start, rereadSummary) }

  /// Says what it came to.
  func tell(_ outcome: ImportSummary) throws {
    if isQuiet { return }
    // What was imported is stored, whether this can be read or not.
    let shared = (try? sharedRequests()) ?? []
    for line in outcome.rereadLines + [outcome.line] + outcome.details + shared {
      try Destination.standardError.write(visible(line) + "\n")
    }
  }

  /// Shows it as an object or a table, where that is asked for.
  func show(_ outcome: ImportSummary) throws {
    if invocation.has(.format) || invocation.has(.output) { try invocation.show(outcome.answer) }
  }

  /// Says what was sent, and where the rest waits.
  func tellSent() throws {
    guard let sent, let cluster else { return }
    if let failure = sent.failure {
      let place = shellWord(store.path)
      let complaint = Complaint(failure)
      Complaint(
        complaint.message,
        hint: [
          complaint.hint,
          "what is not there yet is kept in \(place), and is sent with the next import, or by errata push "
            + "--store \(place) URL",
        ].compactMap { $0 }.joined(separator: "; ")
      ).say()
    } else if !isQuiet {
      try invocation.tell(sent.summary, cluster.address, Clock.seconds - start)
    }
  }

  /// A cluster that is away for a while is no failure: what was imported is kept for it.
  private var isSent: Bool {
    guard let failure = sent?.failure else { return true }
    return (failure as? ClusterError)?.isPassing ?? false
  }

  var exitCode: ExitCode {
    switch Interruption.signal {
    case SIGINT: .interrupted
    case SIGTERM: .terminated
    default: failures.isEmpty && isSent ? .ok : .failure
    }
  }

  /// Which gateways have logged the same requests in the last week of the store, where something
  /// new came in.
  private func sharedRequests() throws -> [String] {
    guard summary.tally.events > 0 else { return [] }
    let reader = try StoreReader(store)
    guard let extent = try reader.extent() else { return [] }
    let week = TimeRange(since: extent.until - 7 * Milliseconds.day, until: extent.until)
    return try reader.sharedRequests(during: week).flatMap { shared in
      [shared.sentence, "  ask about one: errata report --gateway \(shared.other)"]
    }
  }

  // MARK: Files

  /// What is no log, though it may stand in a folder that is read: the store, and what results go
  /// to.
  private static func ownFiles(of store: Store) -> [FileIdentity] {
    let own =
      store.files.map { FileIdentity(path: $0) } + [FileIdentity(descriptor: STDOUT_FILENO)]
    return own.compactMap { $0 }
  }

  /// The bytes of all inputs; nil where they cannot be known.
  private static func size(of inputs: [Input]) -> Int64? {
    inputs.reduce(0 as Int64?) { sum, input in
      sum.flatMap { sum in input.size.map { sum + $0 } }
    }
  }
}
