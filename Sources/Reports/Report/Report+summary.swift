internal import Analysis
internal import Answers
internal import Events
internal import Files
internal import Times

// The report in a few numbers and sentences: are the vendors getting worse, what is new, what will
// run out, and is it us?
extension Report {
  var figures: [Figure] {
    let total = movers.total
    // A change of the rate is told where the rate is.
    let share = rate(groups.now)
    let isOfRate = share != nil && total.exposure.unit == .request && total.isClear
    let change = words(on: total)
    var figures = [
      Figure(
        "errors", grouped(total.now),
        note: knowsBefore
          ? (isOfRate ? "" : "\(change); ") + "\(grouped(total.before)) before\(sinceWhen)"
          : "nothing known before",
        tone: isOfRate ? .neutral : tone(of: total.change))
    ]
    if let share {
      figures.append(
        Figure(
          "of requests", share,
          note: "\(grouped(now.requests)) requests" + (isOfRate ? "; \(change)" : "")
            + (rate(groups.before).map { "; \($0) before" } ?? ""),
          tone: isOfRate ? tone(of: total.change) : .neutral))
    }
    figures.append(
      Figure(
        "incidents", "\(incidents.count)",
        note: incidents.isEmpty
          ? "nothing beyond the usual"
          : failures.isEmpty
            ? "nothing was logged in them" : count(failuresInside, "error") + " in them"))
    if let ours = owners.first(where: { $0.blame == .ours }), now.errors > 0 {
      let errors = count(ours.now, "error")
      figures.append(
        percent(ours.now, of: now.errors).map { Figure("ours to mend", $0, note: errors) }
          ?? Figure("ours to mend", grouped(ours.now), note: "of \(count(now.errors, "error"))")
      )
    }
    return figures
  }

  var summary: [String] {
    guard isKnown else {
      return ["No response is known from this \(period.week == nil ? "time" : "week")."]
    }
    return [headline] + failedLine + vendorLines + incidentLines + budgetLines + newsLines
      + limitLines
      + quotaLine + blameLine + retryLine + gapLine
  }

  /// Whether the log tells of what the range is compared with.
  var knowsBefore: Bool { before.errors > 0 || before.successes > 0 }

  private var headline: String {
    let earlier = period.isUsual(in: zone) ? "the week before" : "before"
    let total = movers.total
    let line = amount(total, isNow: true)
    guard knowsBefore else {
      return "\(line); nothing is known of \(earlier == "before" ? "the time before" : earlier)."
    }
    if let comparedDays { return headline(line, of: comparedDays, earlier) }
    let before = "\(amount(total, isNow: false)) \(earlier)"
    let change = words(on: total)
    let inside = failuresInside
    guard inside > 0, inside >= now.errors / 5 else {
      return "\(line), \(before): \(change)."
    }
    return "\(line), \(before): \(change); \(grouped(inside)) of them came in "
      + "\(count(Int64(failures.count), "incident"))."
  }

  /// From when on the time before is known, where that is not from its start.
  private var sinceWhen: String {
    question.firstKnown(in: period.before)
      .map { ", from \(formatLocal($0, zone: zone, style: .weekday)) on" } ?? ""
  }

  /// The same of a time before of which the log does not tell from its start.
  private func headline(_ line: String, of days: ComparedDays, _ earlier: String) -> String {
    let known = question.knownOnly(of: period.before) ?? "known in part"
    let subject = earlier == "before" ? "the time before" : earlier
    guard let first = days.before.first else {
      return "\(line); \(subject) is \(known), not long enough to be compared."
    }
    let part = formatLocal(counts.calendar.days[first].since, zone: zone, style: .weekday)
    let start = known.contains(text: part) ? "from then on" : "from \(part) on"
    func amount(_ errors: Int64, of requests: Double) -> String {
      guard movers.total.exposure.unit == .request else { return count(errors, "error") }
      let all = Int64(requests)
      return "\(count(errors, "error")) in \(count(all, "request"))"
        + (percent(errors, of: all).map { " (\($0))" } ?? "")
    }
    let total = movers.total
    return "\(line); \(subject) is \(known): "
      + "\(amount(total.compared.before, of: total.exposure.before)) \(start), "
      + "\(amount(total.compared.now, of: total.exposure.now)) in the same part of this "
      + "\(period.week == nil ? "time" : "week"): \(words(on: total))."
  }

  /// The errors of a time, with what they are compared by: `935 errors in 5,740 requests (16.3 %)`,
  /// `364 in 5,094 (7.15 %)`, `671 errors (96 a day)`.
  private func amount(_ total: Mover, isNow: Bool) -> String {
    let totals = isNow ? groups.now : groups.before
    let errors = isNow ? count(total.now, "error") : grouped(total.before)
    // Of what is compared, both are told by the request or neither is.
    let isByRequest =
      groups.now.requests != nil && (!knowsBefore || groups.before.requests != nil)
    if isByRequest, let requests = totals.requests {
      let rate = percent(totals.all.errors, of: requests).map { " (\($0))" } ?? ""
      return errors + " in " + (isNow ? count(requests, "request") : grouped(requests)) + rate
    }
    // Of few, counts alone say more.
    guard knowsBefore, max(total.now, total.before) >= 20, !total.exposure.isEven,
      total.exposure.unit == .day,
      let rate = rate(of: total, now: isNow)
    else { return errors }
    return "\(errors) (\(rate))"
  }

  /// What got worse, what better, and that the rest did neither.
  private var vendorLines: [String] {
    func line(_ heading: String, _ movers: Ranking<Mover>) -> [String] {
      if movers.count == 0 { return [] }
      let words = movers.groups.prefix(4).map { mover in
        let now = rate(of: mover, now: true) ?? count(mover.now, "error")
        let before = rate(of: mover, now: false, isShort: true).map { ", \($0) before" } ?? ""
        return
          "\(vendorName(name(of: mover.subject).vendor)) (\(self.words(on: mover)): \(now)\(before))"
      }
      let more = movers.count - words.count
      return ["\(heading): \(enumeration(words + (more > 0 ? ["\(more) more"] : [])))."]
    }
    let lines = line("Worse", groups.worseVendors) + line("Better", groups.betterVendors)
    return lines.isEmpty && movers.total.before > 0
      ? ["No vendor is clearly worse or better."] : lines
  }

  /// Incidents that are no silences, which have a line of their own.
  var failures: [Incident] { incidents.filter { $0.what != .silence } }

  /// The failures of the range that are in incidents.
  private var failuresInside: Int64 {
    incidents.reduce(0) { $0.addingClamped(Int64($1.failuresInRange)) }
  }

  /// The incidents with most harm, in order of time.
  private var incidentLines: [String] {
    let told = failures
    let largest = told.prefix(4).sorted { ($0.start, $0.name) < ($1.start, $1.name) }
    let lines = largest.map { incident in
      let who = incident.mostly.map { ", mostly \($0)" } ?? ""
      return "\(incident.subject): \(incident.words), \(clock(incident.start)) for "
        + "\(incident.length)\(who)."
    }
    let more = told.count - lines.count
    return lines + (more > 0 ? ["And \(count(Int64(more), "smaller incident"))."] : [])
      + habitLines
  }

  /// What comes again and again.
  private var habitLines: [String] {
    let lines = habits.prefix(2).map { habit in
      "\(vendorName(habit.vendor)), a habit: \(habit.words)."
    }
    let more = habits.count - lines.count
    return lines + (more > 0 ? ["And \(count(Int64(more), "smaller habit"))."] : [])
  }

  /// Failures that no status shows: whoever watches the 5xx alone does not see them.
  private var failedLine: [String] {
    guard now.failed2xx > 0 else { return [] }
    let most = groups.vendors.groups.max { $0.counts.failed2xx < $1.counts.failed2xx }
    let whose = most.flatMap { vendor in
      vendor.counts.failed2xx * 2 >= now.failed2xx
        ? ", most of \(vendorName(name(of: vendor.mover.subject).vendor))" : nil
    }
    let before = knowsBefore ? "; \(grouped(self.before.failed2xx)) before" : ""
    return ["Failed behind a 2xx: \(count(now.failed2xx, "error"))\(whose ?? "")\(before)."]
  }

  private var newsLines: [String] {
    func line(_ codes: Ranking<CodeCount>, _ word: String) -> [String] {
      if codes.count == 0 { return [] }
      let most = codes.groups.prefix(4).map { code in
        "\(vendorName(code.vendor)) \(code.code) (\(timesWord(code.count)))"
      }
      let more = codes.count - most.count
      return ["\(word): \(enumeration(most + (more > 0 ? ["\(more) more"] : [])))."]
    }
    return line(groups.codes.new, "New")
      + line(groups.codes.returned, "Back after four quiet weeks or more")
  }

  private var limitLines: [String] {
    let most = limits.rows.prefix(3).map { hits in
      let limit = hits.limit.map { " (limit \(grouped($0)))" } ?? ""
      let who = hits.consumer.map { " by \($0)" } ?? ""
      return "\(vendorName(hits.vendor)) \(hits.resource ?? hits.code ?? "something")\(limit) "
        + "\(timesWord(hits.hits))\(who)"
    }
    if most.isEmpty { return [] }
    let more = limits.count - most.count
    return ["Used up: \(enumeration(most + (more > 0 ? ["\(grouped(Int64(more))) more"] : [])))."]
  }

  private var blameLine: [String] {
    let all = now.errors
    let owners = owners.compactMap { blame, count, _ -> String? in
      // Of many, half a percent is not worth a word.
      guard count > 0, count * 200 >= all else { return nil }
      return "\(percent(count, of: all) ?? grouped(count)) \(blame.owner)"
    }
    if owners.isEmpty { return [] }
    let slow =
      givenUp.now > 0
      ? " \(grouped(givenUp.now)) of the vendor's \(givenUp.now == 1 ? "is a call" : "are calls") given "
        + "up by a client that had waited for \(formatDuration(Int64(GivenUp.wait))) or more: the vendor "
        + "was slow." : ""
    return ["Whose move it is: \(enumeration(owners)).\(slow)"]
  }

  /// What will run out before it begins anew.
  private var quotaLine: [String] {
    let running = quotas.outlooks.filter { $0.nextHit != nil }
    let most = running.prefix(3).map { outlook in
      [vendorName(outlook.vendor), outlook.name, outlook.consumer.map { "of \($0)" }]
        .compactMap { $0 }.joined(separator: " ") + " \(question.words(outlook))"
    }
    let more = running.count - most.count
    return most.isEmpty
      ? []
      : ["Will run out: \((most + (more > 0 ? ["\(more) more"] : [])).joined(separator: "; "))."]
  }

  private var retryLine: [String] {
    let totals = retries.totals
    guard totals.selfInflicted > 0 else { return [] }
    let noun = retries.isWhole ? "error" : "429"
    let share =
      percent(totals.selfInflicted, of: totals.judged)
      .map { " (\($0) of those judged)" } ?? " of \(grouped(totals.judged))"
    let worst = retries.rows.first.flatMap { row in
      row.counts.selfInflicted > 0
        ? ", most by \(row.consumer) at \(vendorName(row.vendor))" : nil
    }
    return [
      "Of our own making: at least \(count(totals.selfInflicted, noun))\(share) "
        + "came of calls against the vendors' advice\(worst ?? "")."
    ]
  }

  private var gapLine: [String] {
    guard let longest = gaps.max(by: { $0.end - $0.start < $1.end - $1.start }) else { return [] }
    return [
      "Nothing was logged of \(vendorName(longest.vendor)) from \(clock(longest.start)) for "
        + formatDuration(longest.end - longest.start)
        + (gaps.count > 1 ? ", and in \(count(Int64(gaps.count - 1), "other gap"))" : "")
        + ": what happened then is not in this report."
    ]
  }

  private func rate(_ totals: ReportGroups.Totals) -> String? {
    totals.requests.flatMap { percent(totals.all.errors, of: $0) }
  }
}
