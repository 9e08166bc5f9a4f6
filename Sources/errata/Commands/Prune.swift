internal import Answers
internal import Arguments
internal import Files
internal import Reports
internal import Store
internal import Times

extension Option {
  fileprivate static let before = Option(
    "before", value: "WHEN", "what is older goes: 2026-08-01, 90d")
  fileprivate static let prunedVendor = Option(
    "vendor", value: "NAME", "only what is of this vendor", arity: .list)
  fileprivate static let dryRun = Option("dry-run", "only say what would go")
  fileprivate static let counts = Option(
    "counts", "remove the counts as well, by which rates are known")
}

extension Command {
  static let prune = Command(
    "prune", "remove what is old",
    details: [
      "Removes events before --before, with their ids and the texts that nothing else has. What has "
        + "no time, undated events and rejects, is as old as its import. Counts stay, so that "
        + "error rates and spikes remain known, unless --counts; those go by whole quarters of an "
        + "hour. What was imported is still known: importing a pruned log again adds nothing, and "
        + "verify proves the rest.",
      "With --vendor only what is of these vendors goes. Rejects are of no vendor, and stay.",
      "Where a quarter of the file or more is free after that, it is written anew without: that "
        + "takes as much room again while it lasts, and other writers wait. Less is left for the "
        + "next imports to fill.",
    ],
    options: [.before, .prunedVendor, .tz, .dryRun, .counts],
    examples: [
      Example("errata prune --before 90d --dry-run", "what would go"),
      Example("errata prune --before 2026-08-01", "events before August; counts stay"),
      Example("errata prune --before 30d --vendor zof", "one vendor's events"),
    ]
  ) { invocation in
    guard let text = invocation[.before] else {
      throw UsageError("prune needs --before", hint: "As in: errata prune --before 90d --dry-run")
    }
    let zone = try invocation.zone
    let before = try parseMoment(text, now: Clock.now, zone: zone)
    guard before <= Clock.now else {
      throw UsageError("--before is later than now", hint: "Nothing that old can be there yet.")
    }
    let store = try invocation.storeOption
    let vendors = try invocation.vendors(in: StoreReader(store))
    let isPreview = invocation.has(.dryRun)
    let counts = invocation.has(.counts)
    let pruning =
      isPreview
      ? try Pruning(preview: store, before: before, vendors: vendors.names, counts: counts)
      : try Pruning(store, before: before, vendors: vendors.names, counts: counts) {
        if !invocation.has(.quiet) { Complaint.waiting.say() }
      }
    try invocation.show(
      answer(pruning, isPreview: isPreview, zone: zone).noting(nothingOf: vendors.absent))
    if let failure = pruning.failure {
      Complaint(
        "the file could not be made smaller: \(failure.message)", hint: failure.hint?.words
      ).say()
      return .failure
    }
    return .ok
  }
}

private func answer(_ pruning: Pruning, isPreview: Bool, zone: Zone) -> Answer {
  var facts = [Fact("events", Cell(pruning.events)), Fact("rejects", Cell(pruning.rejects))]
  if let counts = pruning.counts {
    facts.append(Fact("counts of errors", Cell(counts.errors)))
    facts.append(Fact("counts of successes", Cell(counts.successes)))
  }
  if !isPreview { facts.append(Fact("texts", Cell(pruning.words))) }
  let vendors = pruning.vendors.isEmpty ? [] : ["of \(pruning.vendors.joined(separator: ", "))"]
  return Answer(
    title: pruning.isEmpty
      ? "Nothing to prune" : isPreview ? "This would be pruned" : "This was pruned",
    notes: ["before \(formatLocal(pruning.before, zone: zone, style: .minutes)) (\(zone.name))"]
      + vendors,
    sections: [Section(.facts(facts), .paragraph(words(pruning, isPreview: isPreview)))],
    value: PruneAnswer(pruning: pruning, isPreview: isPreview).value)
}

private func words(_ pruning: Pruning, isPreview: Bool) -> String {
  let before = formatSize(pruning.bytes.before)
  if isPreview { return "The store has \(before)." }
  if pruning.bytes.after < pruning.bytes.before {
    return "The store has \(formatSize(pruning.bytes.after)) now; it had \(before)."
  }
  if pruning.free > 0 {
    return
      "The store has \(before) as before, \(formatSize(pruning.free)) of them free for the next "
      + "imports."
  }
  return "The store has \(formatSize(pruning.bytes.after))."
}

/// What `prune` answers.
struct PruneAnswer: Described {
  var pruning: Pruning
  var isPreview: Bool

  static let fields: Fields<PruneAnswer> = [
    Field(time: "before", "what is older went") { $0.pruning.before },
    Field("dry_run", "whether nothing was removed: this would be") { $0.isPreview },
    Field("events", "events that went") { $0.pruning.events },
    Field("rejects", "rejects that went") { $0.pruning.rejects },
    Field("counts", "counted responses that went; null without --counts") { answer in
      answer.pruning.counts.map { PrunedCounts(errors: $0.errors, successes: $0.successes) }
    },
    Field("texts", "texts that nothing else had") { $0.pruning.words },
    Field("bytes_before", unit: "bytes", "the store's size before") { $0.pruning.bytes.before },
    Field("bytes_after", unit: "bytes", "its size now") { $0.pruning.bytes.after },
    Field(
      "bytes_free", unit: "bytes", "how much of it is free for the next imports"
    ) { $0.pruning.free },
    Field("vendors", onlyWhere: "with --vendor: of which vendors") {
      $0.pruning.vendors.isEmpty ? nil : $0.pruning.vendors
    },
  ]
}

private struct PrunedCounts: Described {
  var errors: Int64
  var successes: Int64

  static let fields: Fields<PrunedCounts> = [
    Field("errors", "error responses") { $0.errors },
    Field("successes", "successful responses") { $0.successes },
  ]
}
