package import Answers
internal import Events
internal import Files
internal import Questions
internal import Times

/// How things stand by now, to be looked at again and again: the last hour by vendor, what goes wrong,
/// the newest errors, and what is left of quotas. The most important comes first.
package struct LiveView {
  private var question: Question
  private var batch: Int64
  private var background: Background?

  /// Incidents and quotas: they take long to find, and change slowly.
  private struct Background {
    /// The newest batch that they know of.
    var batch: Int64
    /// When they are to be found anew, at the earliest.
    var due: ContinuousClock.Instant
    var incidents: Section
    var quotas: Section
  }

  /// So much time is spent on what takes long, at most: a twentieth, and never more often than that.
  private static let (share, pause) = (20, Duration.seconds(10))

  /// - Parameter question: whose vendors and gateway are meant; its range is not heeded.
  package init(of question: Question) throws {
    self.question = question
    batch = try question.archive.newestBatch()
  }

  /// What there is to see.
  ///
  /// - Parameters:
  ///   - events: so many of the newest.
  ///   - now: milliseconds since the epoch.
  package mutating func answer(events: Int, now: Int64) throws -> Answer {
    let newest = try question.archive.newestBatch()
    if newest != batch {
      // What is known of texts by their numbers may be so no longer.
      question = try question.anew()
      batch = newest
    }
    let hour = lastHour(now)
    let rates = try MinuteRates(question.during(hour))
    let background = try known()
    var answer = Answer(
      title: "How things stand", notes: notes(rates, now),
      sections: [
        Section(.table(vendorTable(rates))), background.incidents,
        Section(.table(try eventTable(events))), background.quotas,
      ], value: .null)
    if question.extent == nil {
      answer.notes = [Note("nothing is stored yet", next: .importFirst)]
    }
    return answer
  }

  /// The hour that ends with the minute of now, or of the newest event, where nothing has come since
  /// then for an hour, or clocks disagree.
  private func lastHour(_ now: Int64) -> TimeRange {
    let newest = question.extent?.until ?? now
    let isFresh = newest <= now && now.addingClamped(-newest) < Milliseconds.hour
    let end = (isFresh ? now : newest).addingClamped(Milliseconds.minute - 1)
      .rounded(downTo: Milliseconds.minute)
    return TimeRange(since: end.addingClamped(-Milliseconds.hour), until: end)
  }

  private mutating func known() throws -> Background {
    let start = ContinuousClock.now
    if let background, background.batch == batch || start < background.due { return background }
    let incidents = try incidentTable()
    let quotas = try Section(.table(quotaTable()))
    let end = ContinuousClock.now
    let found = Background(
      batch: batch, due: end + max((end - start) * Self.share, Self.pause), incidents: incidents,
      quotas: quotas)
    background = found
    return found
  }

  private func notes(_ rates: MinuteRates, _ now: Int64) -> [String] {
    guard let extent = question.extent else { return [] }
    let all = rates.all
    let errors = count(all.errors, "error")
    let requests = all.successes > 0 ? " of \(count(all.requests, "request"))" : ""
    let share = requests.isEmpty ? nil : percent(all.errors, of: all.requests)
    let age = now.addingClamped(-extent.until)
    let isLive = rates.range.until > now
    return [
      (isLive ? "the last hour: " : "the hour to \(question.shown(rates.range.until)): ")
        + errors + requests + (share.map { " (\($0))" } ?? ""),
      age < 0
        ? "the newest is of \(question.shown(extent.until)), later than now"
        : "the newest came \(formatDuration(age - age % 1000)) ago",
      question.zone.name,
    ]
  }

  private func vendorTable(_ rates: MinuteRates) -> Table {
    Table(
      of: rates.vendors,
      [
        TableColumn("vendor") { Cell($0.name ?? "unknown vendor") },
        TableColumn(Column("5 min", .trailing)) { Cell($0.latest) },
        TableColumn(Column("errors", .trailing)) { Cell($0.counts.errors) },
        TableColumn(Column("failed", .trailing)) { vendor in
          let counts = vendor.counts
          return Cell(counts.successes > 0 ? percent(counts.errors, of: counts.requests) : nil)
        },
        TableColumn("errors by 3 min") { Cell(trend: $0.trend) },
        TableColumn(Column("requests", .trailing)) { vendor in
          Cell(vendor.counts.successes > 0 ? vendor.counts.requests : nil)
        },
        TableColumn(Column("429", .trailing)) { Cell($0.counts.rateLimited) },
        TableColumn(Column("plan", .trailing)) { Cell($0.counts.planLimited) },
        TableColumn(Column("5xx", .trailing)) { Cell($0.counts.serverErrors) },
      ], whenEmpty: "no responses in this hour")
  }

  private func incidentTable() throws -> Section {
    let all = question.range.isEmpty ? [] : try question.troubles().incidents
    let open = all.filter(\.isOngoing)
    let over = all.count - open.count
    return Section(
      .table(
        Table(
          of: open,
          [
            TableColumn("open incident") { Cell($0.id, to: Reference.incident) },
            TableColumn("since") { question.time($0.start) },
            TableColumn("what") { Cell(.text("\($0.subject): \($0.words)"), tone: .bad) },
          ],
          whenEmpty: "no open incident"
            + (over > 0 ? "; \(count(Int64(over), "one")) in seven days" : ""))))
  }

  private func eventTable(_ most: Int) throws -> Table {
    let events = question.range.isEmpty ? [] : try question.newestEvents(most).events
    return Table(
      of: events,
      [
        TableColumn("newest errors") { event in
          Cell(
            Value(time: event.time),
            shown: event.time.map { formatLocal($0, zone: question.zone, style: .seconds) })
        },
        TableColumn("vendor") { Cell($0.vendor) },
        TableColumn(Column("status", .trailing)) { Cell($0.status.map(String.init)) },
        TableColumn("error") { Cell($0.code ?? $0.kind.name) },
        TableColumn("on") { Cell($0.route ?? $0.path) },
        TableColumn("message") { Cell($0.message) },
      ], whenEmpty: "no errors")
  }

  private func quotaTable() throws -> Table {
    let quotas = question.range.isEmpty ? QuotaList() : try question.quotaList()
    return Table(
      of: quotas.outlooks,
      [
        TableColumn("quota") {
          Cell([$0.vendor, $0.name].compactMap(\.self).joined(separator: " "))
        },
        TableColumn("consumer") { Cell($0.consumer) },
        TableColumn(Column("left", .trailing)) { Cell($0.remaining) },
        TableColumn(Column("of", .trailing)) { Cell($0.limit) },
        TableColumn("outlook") { Cell(.text(question.words($0))) },
      ], whenEmpty: "no response says what is left of a quota")
  }
}

extension Question {
  /// The same question of the same store, which is opened anew, over the seven days that end at what is
  /// its newest event by then.
  fileprivate func anew() throws -> Question {
    var question = try Question(archive.opener(), zone: zone, vendors: vendors, gateway: gateway)
    question.audience = audience
    question.top = top
    return question
  }
}
