import Answers
import Checks
import Events
import Files
import Ingest
import Profiles
import Queries
import Rendering
import Reports
import SQLite
import Store
import Times

/// Everything that can be asked of a store, and done with it. Whatever is in it, there is an
/// answer, or an error in words.
struct StoreQuestions {
  let sample: StoreSample
  let store: Store
  /// What each answer is shown in.
  let formats: [Format]

  private let fields: [[ResponseField]] = [
    [], [.vendor], [.code, .status], [.kind], [.route], [.consumer, .vendor],
  ]
  private let rules = [
    "errors > 1 per 5m by vendor", "error_rate > 1% per 10m", "limit-hit", "requests < 1 per 10m",
    "new-code", "spike", "burst", "errors > 1 per 5m by consumer",
  ]

  /// What only reads.
  enum Part: CaseIterable {
    case counts, reports, checks, events, proofs
  }

  func ask(_ parts: [Part] = Part.allCases) {
    for part in parts {
      switch part {
      case .counts: askCounts()
      case .reports: askReports()
      case .checks: askChecks()
      case .events: askEvents()
      case .proofs: ask { try verify() }
      }
    }
  }

  private func askCounts() {
    for fields in fields { ask { try question().rates(by: fields) } }
    ask { try question(since: StoreSample.start - 1).rates(every: Every("7m"), by: [.vendor]) }
    ask { try question().bursts() }
    ask { try question().limits() }
    ask { try question().retries(catalog: sample.catalog) }
  }

  private func askReports() {
    ask { try question().spikes() }
    for choice in [ReportPeriod.Choice.usual, .thisWeek, .lastWeek] {
      ask { try question().report(choice, catalog: { sample.catalog }) }
    }
    ask {
      let range = ReportPeriod.Choice.range(since: StoreSample.start, until: nil)
      return try question(since: StoreSample.start, vendors: ["acme"])
        .evidence(range, redact: { $0 })
    }
  }

  private func askEvents() {
    for query in Query.all { ask { try question().query(query) } }
    for view in ["events", "minutes", "traffic", "batches"] {
      ask {
        try question().query(title: "", sql: "SELECT * FROM \(view) ORDER BY 1, 2", seconds: 9)
      }
    }
    ask { try question().query(title: "", sql: "SELECT SUM(responses) FROM traffic", seconds: 9) }
    ask { try finder.answer(["req_1003", "req_1013", "REQ_1040", "none"]).answer }
    ask { try Rejects(reasons: [], limit: 9) { _ in true }.answer(StoreReader(store)) }
  }

  private func askChecks() {
    for rule in rules {
      ask { try check(rule, at: .range).answer(resolved: true) }
      ask { try check(rule, at: clock).answer(resolved: true) }
    }
  }

  /// What writes as well.
  func work(_ choice: UInt8) {
    switch choice {
    case 1: ask { try repair() }
    case 2: ask { try importMore() }
    case 3: ask { try prune() }
    case 4: ask { try rereadAll() }
    case 5:
      ask {
        let found = try check(rules[0], at: clock)
        try CheckWriter(store, job: "job").write(found.memory, now: StoreSample.now)
        return nil
      }
      ask {
        _ = try Backup(of: store, to: sample.folder + "/copy.db", overwriting: true)
        return nil
      }
    case 6:
      ask { try repair() }
      ask { try importMore() }
      ask { try prune() }
    default: break
    }
  }

  // MARK: Asking

  /// Shows an answer; an error must say something.
  private func ask(_ answer: () throws -> Answer?) {
    do {
      guard let answer = try answer() else { return }
      for format in formats {
        var output = Output()
        format.renderer(for: Terminal()).render(answer, into: &output)
      }
    } catch {
      let words =
        switch error {
        case let error as StoreError: error.message
        case let error as QuestionError: error.message
        case let error as SQLiteError: error.message
        case let error as TimeError: error.message
        case let error as InputError: error.message
        default: "\(error)"
        }
      require(!words.isEmpty, "an error says something")
    }
  }

  private func question(since: Int64? = nil, vendors: [String] = []) throws -> Question {
    try Question(StoreReader(store), since: since, vendors: vendors, now: StoreSample.now)
  }

  private var clock: RuleCheck.Time { .clock(now: StoreSample.now, late: 2 * Milliseconds.day) }

  private func check(_ rule: String, at time: RuleCheck.Time) throws -> RuleCheck {
    try RuleCheck(question(), [PlacedRule(try Rule(rule))], at: time, job: "job")
  }

  private var finder: Finder {
    get throws {
      let catalog = sample.catalog
      let reader = try StoreReader(store)
      let lines = LineRecall(catalog, seed: reader.seed)
      return Finder(
        reader, catalog: { catalog }, zone: .utc, hash: hash,
        line: { try lines.search(for: $0, isIt: $1) })
    }
  }

  private var hash: (String, UInt64) -> UInt64 {
    { id, seed in id.withBytes { identifierHash($0, seed: seed) } }
  }

  // MARK: Working

  private func verify() throws -> Answer? {
    let found = try Verification(store, hash: hash)
    require(found.problems.allSatisfy { !$0.isEmpty }, "a problem has words")
    return nil
  }

  private func repair() throws -> Answer? {
    let batches = try Verification(store, hash: hash).batchesWithoutIdentifiers
    var repair = try Repair(store)
    guard !batches.isEmpty else { return nil }
    let ledger = try StoreLedger(store)
    defer { ledger.close() }
    var recovery = IdentifierRecovery(ledger: ledger, catalog: sample.catalog)
    try recovery.run(batches)
    try repair.refillIdentifiers(of: recovery.lost, in: store, hash: hash)
    return nil
  }

  /// The logs as they are, one that has grown, and one that is new.
  private func importMore() throws -> Answer? {
    let lines = (0..<90).map(StoreSample.line) + ["{\"cut"] + (91..<130).map(StoreSample.line)
    _ = sample.write(Array((lines.joined(separator: "\n") + "\n").utf8), to: "grown.log")
    _ = sample.write(Array((StoreSample.line(501) + "\n").utf8), to: "new.log")
    for name in ["a.log", "b.log", "grown.log", "new.log"] {
      try StoreSample.add(name, in: sample.folder, to: store, sample.catalog)
    }
    return nil
  }

  private func prune() throws -> Answer? {
    let before = StoreSample.start + 50 * Milliseconds.minute
    _ = try Pruning(preview: store, before: before, counts: true)
    _ = try Pruning(store, before: before, counts: true)
    return nil
  }

  private func rereadAll() throws -> Answer? {
    let ledger = try StoreLedger(store)
    defer { ledger.close() }
    try RejectRetry(ledger: ledger, catalog: sample.catalog, options: .init()).run { _ in true }
    let paths = ["a.log", "b.log"].map { sample.folder + "/" + $0 }
    _ = try Rereader(ledger: ledger, catalog: sample.catalog, options: .init()) { _ in true }
      .run(Input.list(paths, excluding: []).inputs)
    return nil
  }
}
