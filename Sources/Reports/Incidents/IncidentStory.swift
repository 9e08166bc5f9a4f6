internal import Analysis
package import Answers
internal import Events
internal import Files
internal import Times

/// All that can be said of one incident: what was expected and why, what was counted, and what its
/// failures have in common.
struct IncidentStory: Described {
  var incident: Incident
  var minutes: IncidentMinutes
  var traits: IncidentTraits

  static let fields: Fields<IncidentStory> = Incident.fields.of { $0.incident }.and([
    Field(
      "earlier", "as long a time at the same time of earlier days, the latest first"
    ) { $0.minutes.earlier },
    Field(
      "minutes",
      "every minute from half an hour before to half an hour after; every hour of what is longer "
        + "than three days"
    ) { $0.minutes.steps },
    Field(
      "common", "what its failures have in common, what is most unlike other errors first"
    ) { $0.traits.all },
    Field("gateways", "who logged its vendors' responses in its time") { $0.minutes.gateways },
    Field(
      "other_vendors", "five other vendors in its time, those with most such failures first"
    ) { $0.minutes.otherVendors },
  ])
}

extension Question {
  /// One incident by its id, or by the beginning of it that is no other's.
  ///
  /// - Parameter elsewhere: whether to look for it in every week of the log, where it is not in the
  ///   range: that week's report has told its id.
  /// - Returns: nil where there is none.
  package func incident(_ id: String, elsewhere: Bool) throws -> Answer? {
    guard let (question, incident) = try found(id.lowercased(), elsewhere: elsewhere) else {
      return nil
    }
    var limit = ReadingLimit(failures: 20_000, errors: 40_000, left: 40_000)
    let story = IncidentStory(
      incident: try question.explained([incident], &limit).first ?? incident,
      minutes: try question.minutes(of: incident),
      traits: try IncidentTraits(of: incident, question))
    let answer = Answer(
      title: "Incident \(incident.id): \(incident.subject)",
      notes: [
        "\(question.shown(incident.start)) to \(question.shown(incident.end)) (\(zone.name)), "
          + incident.length
      ],
      sections: question.sections(of: story), value: story.value)
    return try question.honest(answer, from: .events)
  }

  private func found(_ id: String, elsewhere: Bool) throws -> (Question, Incident)? {
    func look(in range: TimeRange) throws -> (Question, Incident)? {
      let question = during(range)
      let bursts = try question.rateLimiting().bursts
      let gaps = try question.loggingGaps()
      let all = try question.foundTroubles(bursts: bursts).incidents + gaps.map { Incident($0) }
      let named = all.filter { $0.id.hasPrefix(id) }
      if let exact = named.first(where: { $0.id == id }) { return (question, exact) }
      guard named.count > 1 else { return named.first.map { (question, $0) } }
      throw QuestionError(
        "“\(id)” begins the ids of several incidents: "
          + named.prefix(5).map(\.id).joined(separator: ", "))
    }
    if let found = try look(in: range) { return found }
    guard elsewhere, let extent else { return nil }
    var week = ISOWeek(of: extent.until - 1, zone: zone)
    // Ten years.
    for _ in 0..<522 {
      let period = try reportPeriod(.week(week))
      if let found = try look(in: period.range) { return found }
      if period.range.since <= extent.since { return nil }
      week = week.previous
    }
    return nil
  }

  private func sections(of story: IncidentStory) -> [Section] {
    let incident = story.incident
    var sections = [
      Section(.facts(facts(of: incident))),
      Section("What was expected, and why", .bullets(reasons(for: incident, story.minutes))),
    ]
    if !story.minutes.earlier.isEmpty {
      sections.append(
        Section(
          "The same time before",
          .table(stepTable(story.minutes.earlier, of: incident, isInside: false))))
    }
    if !story.traits.all.isEmpty {
      let telling = story.traits.all.filter(\.isTelling)
      var section = Section(
        "What its failures have in common",
        .bullets(
          telling.isEmpty
            ? ["Nothing that most of them have and other errors have not."]
            : telling.map(\.words)))
      section.blocks.append(.table(traitTable(story.traits.all)))
      sections.append(section)
    }
    if story.minutes.gateways.count > 1 {
      sections.append(Section("By gateway", .table(shareTable(story.minutes.gateways))))
    }
    if !story.minutes.otherVendors.isEmpty {
      sections.append(
        Section("Other vendors in its time", .table(shareTable(story.minutes.otherVendors))))
    }
    sections.append(
      Section(
        "Evidence",
        .table(stepTable(story.minutes.steps.coarser(than: 90), of: incident, isInside: true))))
    return sections
  }

  private func facts(of incident: Incident) -> [Fact] {
    var facts = [
      Fact("what", Cell(.text(incident.words))),
      Fact(
        incident.vendors.count == 1 ? "vendor" : "vendors",
        Cell(incident.name).naming(incident.vendor.map(Reference.vendor))),
    ]
    if let route = incident.route { facts.append(Fact("route", Cell(route))) }
    if let consumer = incident.consumer { facts.append(Fact("consumer", Cell(consumer))) }
    facts += [
      Fact("start", time(incident.start)), Fact("end", time(incident.end)),
      Fact("lasted", Cell(.text(incident.length))),
    ]
    if let mostly = incident.mostly { facts.append(Fact("mostly", Cell(mostly))) }
    if let owner = incident.causes?.blame.first?.blame.owner {
      facts.append(Fact("whose", Cell(owner)))
    }
    return facts
  }

  /// Why what was expected was.
  private func reasons(for incident: Incident, _ minutes: IncidentMinutes) -> [String] {
    let usual = expectation(incident.expected)
    if incident.what == .silence {
      return [
        "\(usual) responses are usual in this time, by the same hours of the week before: none came."
      ]
    }
    let length = formatDuration(incident.end - incident.start)
    var lines = [
      "\(count(Int64(incident.failures), "failure")) in \(length), where \(usual) are usual: by "
        + (incident.requests == nil
          ? "the errors" : "the share of requests that fails")
        + " at such hours of the four weeks before, workdays and weekends apart, without what was "
        + "trouble itself."
    ]
    if incident.requests == nil {
      lines.append("Successes are not in the log, so counts are judged and no shares.")
    }
    let known = minutes.earlier
    if !known.isEmpty {
      let failures = known.reduce(0) { $0.addingReportingOverflow($1.failures).partialValue }
      let requests = known.reduce(0) { $0.addingReportingOverflow($1.requests).partialValue }
      lines.append(
        "At the same hours before (\(count(Int64(known.count), "time"))), \(grouped(Int64(failures))) "
          + (incident.requests == nil
            ? "failed." : "of \(count(Int64(requests), "request")) failed."))
    }
    return lines
  }

  /// - Parameter isInside: whether it is told which steps are in the incident.
  private func stepTable(_ steps: [IncidentStep], of incident: Incident, isInside: Bool) -> Table {
    let fields = IncidentStep.fields
    var columns = [fields.column("start", time: shown)]
    if isInside {
      columns.append(
        TableColumn("") { step in
          step.end > incident.start && step.start < incident.end ? "in it" : nil
        })
    }
    columns += [fields.column("requests"), fields.column("failures")]
    columns.append(
      TableColumn(Column("share", .trailing)) { step in
        step.knowsRequests
          ? Cell(percent(Int64(step.failures), of: Int64(step.requests))) : Cell(.null)
      })
    let sorts: [(Sort, String, String)] = [
      (.serverErrors, "server_errors", "5xx"), (.unanswered, "unanswered", "no response"),
      (.rejections, "rejections", "429"), (.refusals, "refusals", "401, 403"),
      (.others, "others", "other errors"),
    ]
    for (sort, name, heading) in sorts where steps.contains(where: { $0.sorts[sort] ?? 0 > 0 }) {
      columns.append(fields.column(name, as: heading))
    }
    return Table(
      of: steps, columns, keys: ["start", "requests", "failures", "share"],
      whenEmpty: "nothing is left of its minutes")
  }

  private func traitTable(_ traits: [IncidentTrait]) -> Table {
    let fields = IncidentTrait.fields
    return Table(
      of: traits,
      [
        fields.column("field", as: ""), fields.column("value"),
        fields.column("failures", as: "in it"),
        TableColumn(Column("share", .trailing)) {
          Cell(percent(Int64($0.failures), of: Int64($0.ofFailures)))
        },
        fields.column("others", as: "errors before"),
        TableColumn(Column("share", .trailing)) {
          Cell(percent(Int64($0.others), of: Int64($0.ofOthers)))
        },
      ])
  }

  private func shareTable(_ shares: [IncidentShare]) -> Table {
    let fields = IncidentShare.fields
    return Table(
      of: shares,
      [
        fields.column("name", as: ""), fields.column("requests"), fields.column("failures"),
        TableColumn(Column("share", .trailing)) { share in
          share.knowsRequests
            ? Cell(percent(Int64(share.failures), of: Int64(share.requests))) : Cell(.null)
        },
      ])
  }
}
