internal import Answers
internal import Events
internal import Files
internal import Times

// How the retry audit is told.
extension Question {
  /// The findings as the contract names them. `judged_all` is whether all errors were judged, rather
  /// than 429s by their delays.
  func retryValues(_ found: RetryFindings) -> Value {
    let rest: [Value] =
      found.others == 0
      ? []
      : [
        .object(
          Object(
            [("vendor", .null), ("consumer", .null)] + found.rest.values
              + [("worst", .null), ("others", Value(found.others))]))
      ]
    return [
      "since": Value(time: range.since), "until": Value(time: range.until),
      "judged_all": .bool(found.isWhole), "left_out": Value(found.others),
      "rows": .array(found.rows.map(\.value) + rest),
      "totals": .object(Object(found.totals.values)),
      "unjudged": .integer(found.totals.unjudged),
      "policies_left_out": Value(found.otherPolicies),
      "policies": .array(
        found.policies.map {
          [
            "vendor": Value($0.vendor),
            "status": $0.status == 0 ? .null : .integer(Int64($0.status)),
            "code": Value($0.code), "kind": .text($0.kind.name),
            "retry": .text($0.policy.retry.rawValue),
            "text": .text($0.policy.text), "docs": Value($0.docs),
            "self_inflicted": .integer($0.selfInflicted),
          ]
        }),
    ]
  }

  /// What was found, in sentences and by vendor and consumer; those who did nothing wrong are left
  /// out. With a bound on the rows, there is less in them, too.
  func retrySection(_ found: RetryFindings, most: Int? = nil) -> Section {
    let guilty = found.rows.filter { $0.counts.selfInflicted + $0.counts.alike > 0 }
    var blocks = retrySentences(found).map { Block.paragraph($0) }
    if found.totals.judged > 0, !found.isWhole {
      blocks.append(
        .paragraph(
          "Only 429s were judged, by their Retry-After.", next: .judgeAllErrors(days(of: range))))
    }
    let table = Block.table(
      most.map { shortRetryTable(Array(guilty.prefix($0)), isWhole: found.isWhole) }
        ?? retryTable(guilty, found))
    return Section(heading: nil, blocks: blocks + (guilty.isEmpty ? [] : [table]))
  }

  /// The week, or whatever the range is, in a sentence or two.
  func retrySentences(_ found: RetryFindings) -> [String] {
    let totals = found.totals
    let noun = found.isWhole ? "error" : "429"
    guard totals.errors > 0 else { return ["There is no \(noun) to judge."] }
    if totals.judged == 0 {
      return [
        "No \(noun) of \(count(totals.errors, noun)) names its consumer and \(found.whatIsCalled): nothing "
          + "is claimed."
      ]
    }
    var sentences: [String] = []
    if totals.selfInflicted == 0 {
      sentences.append(
        "None of \(count(totals.judged, noun)) is known to come of a retry against the vendors' "
          + "advice.")
    } else {
      let share =
        percent(totals.selfInflicted, of: totals.judged)
        .map { " (\($0) of those judged)" } ?? " of \(grouped(totals.judged))"
      sentences.append(
        "At least \(count(totals.selfInflicted, noun))\(share) would not have come, had the vendors' "
          + "advice been followed: \(retryClasses(totals, noun)).")
    }
    if totals.unjudged > 0 {
      sentences.append(
        "Not judged: \(count(totals.unjudged, noun)), as consumer or \(found.whatIsCalled) is not "
          + "known.")
    }
    if totals.alike > 0 {
      sentences.append(
        "Not counted: \(count(totals.alike, "error")) of calls that look repeated, but may have been "
          + "others: the log shows neither bodies nor queries, nor for whom they were made.")
    }
    return sentences
  }

  private func retryClasses(_ totals: RetryCounts, _ noun: String) -> String {
    var parts: [String] = []
    if totals.early > 0 {
      let typically = totals.medianEarliness.map { ", typically by \(formatDuration($0))" } ?? ""
      parts.append("\(count(totals.early, noun)) came before Retry-After had passed\(typically)")
    }
    if totals.repeated > 0 {
      parts.append("\(count(totals.repeated, noun)) came of calls repeated as they were")
    }
    if totals.hasty > 0 {
      parts.append("\(count(totals.hasty, noun)) came of calls repeated without growing delays")
    }
    return parts.joined(separator: "; ")
  }

  private func shortRetryTable(_ rows: [RetryRow], isWhole: Bool) -> Table {
    Table(
      columns: [
        "vendor", "consumer", Column(isWhole ? "errors" : "429s", .trailing),
        Column("self-inflicted", .trailing), Column("share", .trailing), "most on", "error",
      ],
      rows: rows.map { row in
        [
          Cell(row.vendor), Cell(.text(row.consumer)), Cell(.integer(row.counts.errors)),
          Cell(.integer(row.counts.selfInflicted)),
          shareCell(row.counts),
          Cell(row.worst?.route), Cell(row.worst?.error),
        ]
      })
  }

  private func retryTable(_ rows: [RetryRow], _ found: RetryFindings) -> Table {
    func cells(_ counts: RetryCounts, _ vendor: Cell, _ row: RetryRow?) -> [Cell] {
      [
        vendor, Cell(row?.consumer), Cell(.integer(counts.errors)),
        Cell(.integer(counts.selfInflicted)),
        shareCell(counts), Cell(.integer(counts.early)),
        Cell(Value(counts.medianEarliness), shown: counts.medianEarliness.map(formatDuration)),
        Cell(.integer(counts.repeated)), Cell(.integer(counts.hasty)),
        Cell(.integer(counts.alike)), Cell(row?.worst?.route), Cell(row?.worst?.error),
      ]
    }
    let others = Cell(.null, shown: othersText(found.others))
    return Table(
      columns: [
        "vendor", "consumer", Column(found.isWhole ? "errors" : "429s", .trailing),
        Column("self-inflicted", .trailing), Column("share", .trailing),
        Column("too early", .trailing), Column("by", .trailing),
        Column("repeated", .trailing), Column("hasty", .trailing), Column("alike", .trailing),
        "most on", "error",
      ],
      rows: rows.map { cells($0.counts, Cell($0.vendor), $0) }
        + (found.guiltyOthers > 0 ? [cells(found.rest, others, nil)] : []))
  }

  private func shareCell(_ counts: RetryCounts) -> Cell {
    let shown = percent(counts.selfInflicted, of: counts.errors)
    return Cell(shown == nil ? .null : Value(counts.share), shown: shown)
  }

  /// What the vendors document of the errors that would not have come. One code may stand for
  /// several errors, which then have their kinds beside it.
  func retryPolicySection(_ found: RetryFindings) -> Section {
    let policies = found.policies
    var kinds: [String: Set<Kind>] = [:]
    for policy in policies { kinds[policy.subject, default: []].insert(policy.kind) }
    var texts: [(subject: String, texts: [String], docs: String?)] = []
    for policy in policies {
      let isOne = (kinds[policy.subject] ?? []).count < 2
      let subject = isOne ? policy.subject : "\(policy.subject) (\(policy.kind.name))"
      let place = texts.firstIndex { $0.subject == subject } ?? texts.count
      if place == texts.count { texts.append((subject, [], policy.docs)) }
      if !texts[place].texts.contains(policy.policy.text) {
        texts[place].texts.append(policy.policy.text)
      }
    }
    let lines = texts.map { subject, texts, docs in
      "\(subject): \(texts.joined(separator: " Or, as its message tells: "))"
        + (docs.map { " (\($0))" } ?? "")
    }
    let most = 20
    var blocks = [Block.bullets(Array(lines.prefix(most)))]
    let more = max(0, lines.count - most) + found.otherPolicies
    if more > 0 { blocks.append(.paragraph("and \(grouped(Int64(more))) more")) }
    return Section(heading: "What the vendors advise", blocks: blocks)
  }
}

extension RetryPolicy {
  /// `zof on 404 not_found`.
  fileprivate var subject: String {
    let error = [status == 0 ? nil : String(status), code].compactMap { $0 }.joined(separator: " ")
    return "\(vendor ?? "unknown vendor") on \(error.nonEmpty ?? "no response")"
  }
}

extension RetryFindings {
  /// What must be known of a call for it to be judged.
  fileprivate var whatIsCalled: String { isWhole ? "route" : "path" }
}
