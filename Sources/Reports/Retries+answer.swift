internal import Answers
internal import Events
internal import Files
internal import Times

// How the retry audit is told.
extension Question {
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
        (totals.errors == 1
          ? "The one \(noun) does not name its consumer and \(found.whatIsCalled)"
          : "None of \(count(totals.errors, noun)) names its consumer and \(found.whatIsCalled)")
          + ": nothing is claimed."
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
    let columns = retryColumns(isWhole: isWhole)
    return Table(
      of: rows.map { RetryLine(row: $0, counts: $0.counts) }, columns.who + columns.worst,
      keys: Self.retryKeys)
  }

  private func retryTable(_ rows: [RetryRow], _ found: RetryFindings) -> Table {
    let columns = retryColumns(isWhole: found.isWhole)
    let fields = RetryLine.fields
    return Table(
      of: rows.map { RetryLine(row: $0, counts: $0.counts) }
        + (found.guiltyOthers > 0 ? [RetryLine(counts: found.rest, others: found.others)] : []),
      columns.who + [
        fields.column("early", as: "too early"),
        TableColumn(Column("by", .trailing)) { line in
          let median = line.counts.medianEarliness
          return Cell(Value(median), shown: median.map(formatDuration))
        },
        fields.column("repeated"), fields.column("hasty"), fields.column("alike"),
      ] + columns.worst, keys: Self.retryKeys)
  }

  private static let retryKeys = ["vendor", "consumer", "errors", "429s", "self-inflicted"]

  private func retryColumns(
    isWhole: Bool
  ) -> (who: [TableColumn<RetryLine>], worst: [TableColumn<RetryLine>]) {
    let fields = RetryLine.fields
    return (
      [
        TableColumn("vendor") { line in
          line.others.map { Cell(.null, shown: othersText($0)) }
            ?? Cell(line.row?.vendor, to: Reference.vendor)
        },
        fields.column("consumer"), fields.column("errors", as: isWhole ? "errors" : "429s"),
        fields.column("self_inflicted", as: "self-inflicted"),
        TableColumn(Column("share", .trailing)) { shareCell($0.counts) },
      ],
      [
        TableColumn("most on") { Cell($0.row?.worst?.route) },
        TableColumn("error") { Cell($0.row?.worst?.error) },
      ]
    )
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

/// What `retries` answers.
struct RetryAnswer: Described {
  var range: TimeRange
  var found: RetryFindings

  /// The consumers who are told apart, then the rest of them together.
  private var lines: [RetryLine] {
    found.rows.map { RetryLine(row: $0, counts: $0.counts) }
      + (found.others == 0 ? [] : [RetryLine(counts: found.rest, others: found.others)])
  }

  static let fields: Fields<RetryAnswer> = TimeRange.fields.of { $0.range }.and([
    Field(
      "judged_all", "whether all errors were judged, rather than 429s by their delays"
    ) { $0.found.isWhole },
    Field("left_out", "how many consumers have no row of their own") { $0.found.others },
    Field(
      "rows", "the consumers who brought most upon themselves, then the rest of them together"
    ) { $0.lines },
    Field("totals", "all of them") { $0.found.totals },
    Field(
      "unjudged", "errors that do not name their consumer or what was called"
    ) { $0.found.totals.unjudged },
    Field("policies_left_out", "how many are not in the next list") { $0.found.otherPolicies },
    Field(
      "policies", "what is documented of the errors that would not have come"
    ) { $0.found.policies },
  ])
}

extension RetryPolicy: Described {
  static let fields: Fields<RetryPolicy> = [
    Field("vendor", "whose error it is") { $0.vendor },
    Field("status", "the HTTP status; null where there was no response") {
      $0.status == 0 ? nil : Int64($0.status)
    },
    Field("code", "the vendor's code") { $0.code },
    Field("kind", "what sort of error it is") { $0.kind },
    Field("retry", "whether to send the request again, and when") { $0.policy.retry },
    Field("text", "the same in a sentence or two") { $0.policy.text },
    Field("docs", "where the vendor documents its errors") { $0.docs },
    Field("self_inflicted", "how many such errors would not have come") { $0.selfInflicted },
  ]
}
