internal import Answers
internal import Arguments
internal import Cluster
internal import Files
internal import Ingest
internal import Profiles
internal import Store
internal import Times

extension Option {
  static let repair = Option("repair", "make anew what can be made anew")
}

extension Command {
  static let verify = Command(
    "verify", "prove that nothing was lost or doubled",
    details: [
      "Checks the file, that the ledger's byte ranges of each log follow one another without gap or "
        + "overlap, that every batch has its events, ids and rejects, where and when they were, and "
        + "that the counts add up.",
      "--repair makes anew what is derived from something else: indexes, views, the counts of "
        + "errors (successes are in no event: their counts stay as they are), what is kept of 429s "
        + "and plan limits for quick answers, and the index of ids, from the logs where they are "
        + "still there, else from what the store has of them. "
        + "It never touches events, rejects or the ledger.",
      "With the URL of a cluster that the store was sent to, it proves that the cluster has the same: "
        + "its ledger is compared with the store's, batch by batch and row by row, and the servers "
        + "count what they have. With --store URL that is proven of what was imported there from this "
        + "machine.",
    ],
    operands: [Operand("URL", isRequired: false)], options: [.repair, .edge],
    examples: [
      Example("errata verify", "exit status 1 if anything is wrong"),
      Example("errata verify --repair", "put right what can be, and check again"),
      Example("errata verify clickhouse://ch/errata", "what was sent there"),
    ]
  ) { invocation in
    if let address = invocation.operands.first {
      if invocation.has(.repair) {
        throw UsageError("a cluster is not repaired", hint: "Leave --repair or the URL out.")
      }
      return try invocation.verify(ClusterAddress(address), against: invocation.storeOption)
    }
    if case .cluster(let address) = try invocation.namedStore {
      if invocation.has(.repair) { throw UsageError(ofFilesAlone: "verify", .repair) }
      let store = try invocation.storeBeside(address)
      guard store.exists else {
        throw StoreError(
          "nothing was imported into \(address.words) from this machine",
          hint: .words(
            "errata verify \(shellWord(address.words)) --store FILE compares a store that was pushed there"
          ))
      }
      return try invocation.verify(address, against: store)
    }
    if invocation.has(.edge) {
      throw UsageError(
        "--as says what a cluster knows the store as", hint: "Give it together with a URL.")
    }
    let store = try invocation.storeOption
    let hash = { (id: String, seed: UInt64) in id.withBytes { identifierHash($0, seed: seed) } }
    var result = try Verification(store, hash: hash)
    var done: [String]?
    if invocation.has(.repair) {
      done = try repair(store, try invocation.catalog, result, hash) {
        if !invocation.has(.quiet) { Complaint.waiting.say() }
      }
      result = try Verification(store, hash: hash)
    }
    try invocation.show(answer(result, done: done, of: store))
    return result.isSound ? .ok : .failure
  }
}

/// Puts right what can be, and says what was done.
private func repair(
  _ store: Store, _ catalog: Catalog, _ result: Verification,
  _ hash: @escaping (String, UInt64) -> UInt64, onWait: @escaping () -> Void
) throws -> [String] {
  var repair = try Repair(store, onWait: onWait)
  var done = repair.done
  // Of what was missing before, nothing was known but that.
  let result = result.isCutShort ? try Verification(store, hash: hash) : result
  if result.problems.contains(where: { $0.hasPrefix("SQLite says") }) {
    done.insert("the indexes were made anew", at: 0)
  }
  // Runs that were made anew have no ids yet.
  let batches =
    result.isSound ? [] : try Verification(store, hash: hash).batchesWithoutIdentifiers
  if !batches.isEmpty {
    do {
      done += try refill(batches, of: store, &repair, catalog, hash, onWait: onWait)
    } catch {
      done.append("ids were left as they are: \(Complaint(error).message)")
    }
  }
  return done
}

/// Puts right the index of ids of some batches.
private func refill(
  _ batches: [Int64], of store: Store, _ repair: inout Repair, _ catalog: Catalog,
  _ hash: (String, UInt64) -> UInt64, onWait: @escaping () -> Void
) throws -> [String] {
  var done: [String] = []
  let ledger = try StoreLedger(store, onWait: onWait)
  var recovery = IdentifierRecovery(ledger: ledger, catalog: catalog)
  try recovery.run(batches)
  ledger.close()
  let read = batches.count - recovery.lost.count
  if read > 0 {
    done.append("the ids of \(counted(read, "batch", "batches")) were read again from the logs")
  }
  for (path, error) in recovery.failures { done.append("\(path) \(error.message)") }
  if !recovery.lost.isEmpty {
    try repair.refillIdentifiers(of: recovery.lost, in: store, hash: hash)
    done.append(
      "the request ids of \(counted(recovery.lost.count, "batch", "batches")) are found again; other ids of theirs "
        + "that were missing are lost")
  }
  return done
}

private func answer(_ result: Verification, done: [String]?, of store: Store) -> Answer {
  let verdict =
    result.isSound
    ? "Every byte range of every log is accounted for once, and all counts add up."
    : done == nil
      ? "The store is not sound."
      : "The store is not sound: what is wrong is in nothing else that is there. Go back to a "
        + "backup, or import the logs into a fresh store."
  var sections = [
    Section(
      .facts([Fact("sources", Cell(result.sources)), Fact("lines", Cell(result.lines))]),
      .paragraph(verdict))
  ]
  if !result.isSound { sections.append(Section(.bullets(result.problems))) }
  if !result.gaps.isEmpty {
    sections.append(
      Section(
        "Gaps",
        .bullets(
          result.gaps.map {
            "\($0.path): what may have followed byte \($0.offset) was gone before it was read"
          })))
  }
  if let done {
    sections.append(
      Section(
        "Repair", done.isEmpty ? .paragraph("There was nothing to make anew.") : .bullets(done)))
  }
  return Answer(
    title: result.isSound ? "Sound" : counted(result.problems.count, "problem"),
    notes: ["\(store.path), SQLite \(result.library)"]
      + (result.isUnredacted ? ["secrets may be in it: there was an import with --no-redact"] : []),
    sections: sections,
    value: VerifyAnswer(
      ok: result.isSound, sources: result.sources, lines: result.lines, problems: result.problems,
      gaps: result.gaps.map { UnreadEnd(path: $0.path, offset: $0.offset, size: $0.size) },
      done: done
    ).value)
}

/// What `verify` answers.
struct VerifyAnswer: Described {
  var ok: Bool
  var sources: Int64
  var lines: Int64
  var problems: [String]
  var gaps: [UnreadEnd] = []
  /// What was repaired; nil where that was not asked for.
  var done: [String]?
  /// Nil where the store itself was asked.
  var cluster: InCluster?

  /// What a cluster has of a store.
  struct InCluster: Described {
    var name: String
    var batches: Int64
    var events: Int64
    var pruned: Int64
    var strayRows: Int64

    static let fields: Fields<InCluster> = [
      Field("name", "what it knows the store as") { $0.name },
      Field("batches", "batches that are there") { $0.batches },
      Field("events", "their events") { $0.events },
      Field("pruned", "batches that were pruned from the store since") { $0.pruned },
      Field("stray_rows", "rows of what broke off, which nobody counts") { $0.strayRows },
    ]
  }

  static let fields: Fields<VerifyAnswer> = [
    Field("ok", "whether all is as it should be") { $0.ok },
    Field("sources", "logs of which something was read") { $0.sources },
    Field("lines", "their lines") { $0.lines },
    Field("problems", "what is wrong, a sentence each") { $0.problems },
    Field("gaps", onlyWhere: "where logs were gone before they were read to their end") {
      $0.gaps.isEmpty ? nil : $0.gaps
    },
    Field("repaired", onlyWhere: "with --repair: what was made anew, a sentence each") { $0.done },
    Field("cluster", onlyWhere: "with a URL: what the cluster has") { $0.cluster },
  ]
}

/// A log that was gone before it was read to its end.
struct UnreadEnd: Described {
  var path: String
  var offset: Int64
  var size: Int64?

  static let fields: Fields<UnreadEnd> = [
    Field("path", "the log") { $0.path },
    Field("offset", unit: "bytes", "up to where it was read, decompressed") { $0.offset },
    Field("size", unit: "bytes", "how large it was, where that is known") { $0.size },
  ]
}
