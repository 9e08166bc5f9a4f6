internal import Answers
internal import Events
internal import Files
internal import JSON
internal import Times

// What was found as a page tells it: first what whoever asked wants to know, then all that is known.
extension FoundEvents {
  func page(in zone: Zone) -> [Section] {
    var sections: [Section] = []
    var told: Set<String> = []
    for event in events {
      // An incident is told of once.
      let incident = event.incident.flatMap { told.insert($0.incident.id).inserted ? $0 : nil }
      sections += event.page(in: zone, incident)
    }
    if let story = story.section(in: zone) { sections.append(story) }
    // What the story tells is not said twice.
    return sections + around.filter { $0.errors > story.lines.count }.map { $0.section(in: zone) }
  }
}

extension FoundEvent {
  fileprivate func page(in zone: Zone, _ incident: EventIncident?) -> [Section] {
    let event = found.event
    var known: [Fact] = []
    if let meaning = advice.meaning { known.append(Fact("it means", Cell(.text(meaning)))) }
    known.append(Fact("what to do", Cell(.text(advice.text))))
    var lead = Section(heading, .paragraph(sentence(in: zone)), .figures(figures(in: zone)))
    lead.blocks.append(.facts(known))
    let issues = self.issues
    if !issues.isEmpty {
      lead.blocks += [.paragraph("What is wrong with the request:"), .bullets(issues)]
    }
    let facts = self.facts(in: zone).map { fact in
      var fact = fact
      if fact.name == "vendor", let vendor = event.vendor {
        fact.cell = fact.cell.naming(.vendor(vendor))
      }
      if fact.name == "request id", let id = event.requestID {
        fact.cell = fact.cell.naming(.request(id))
      }
      if fact.name == "code", let code = event.code {
        fact.cell = fact.cell.naming(.errors(vendor: event.vendor, code: code))
      }
      if fact.name == "consumer", let consumer = event.consumer {
        fact.cell = fact.cell.naming(.errors(vendor: nil, consumer: consumer))
      }
      return fact
    }
    // What it was part of comes before what its line says.
    return [lead] + (incident.map { [$0.section(in: zone)] } ?? [])
      + [Section("What the log says", .facts(facts))]
  }

  private func figures(in zone: Zone) -> [Figure] {
    let event = found.event
    let who =
      switch event.answeredBy {
      case .vendor: Figure("who said no", event.vendor ?? "the vendor", note: "the vendor itself")
      case .gateway:
        Figure(
          "who said no", "the gateway", note: event.vendor.map { "\($0) did not say it" })
      case .unknown:
        Figure("who said no", event.vendor ?? "not known", note: "or what is before it")
      }
    var figures = [
      Figure(
        "answer", event.status.map(String.init) ?? "none", note: event.code ?? event.kind.name,
        tone: .bad), who,
      Figure(
        "retry", advice.retry.shortly,
        note: event.retryAfter.map { "as the response says: after \(formatDuration($0))" }),
    ]
    if let seen {
      figures.append(
        Figure(
          "seen", "\(grouped(seen.errors))×",
          note: seen.errors == 1
            ? "this time only"
            : "from \(formatLocal(seen.first, zone: zone, style: .date)) to "
              + formatLocal(seen.last, zone: zone, style: .date)))
    }
    return figures
  }

  /// The fields of the request that were wrong, and how.
  private var issues: [String] {
    guard let details = found.event.details else { return [] }
    return details.withBytes { text in
      let issues = try? JSONParser.read(text) { details in
        details["issues"]?.elements.compactMap { issue -> String? in
          let parts = [issue["path"]?.string, issue["message"]?.string].compactMap {
            $0.map { String(decoding: $0, as: UTF8.self) }?.nonEmpty
          }
          return parts.isEmpty ? nil : parts.joined(separator: ": ")
        }
      }
      return issues ?? nil ?? []
    }
  }
}

extension EventIncident {
  fileprivate func section(in zone: Zone) -> Section {
    let start = formatLocal(incident.start, zone: zone)
    var facts = [
      Fact("incident", Cell(incident.id, to: Reference.incident)),
      Fact("what", Cell(.text("\(incident.subject): \(incident.words)"))),
      Fact("when", Cell(.text("\(start) (\(zone.name)), for \(incident.length)"))),
      Fact("others hit", Cell(.text(count(Int64(max(0, incident.failures - 1)), "other failure")))),
    ]
    if let consumers { facts.append(Fact("consumers", Cell(.text(grouped(Int64(consumers)))))) }
    facts.append(
      Fact("report", Cell(ISOWeek(of: incident.start, zone: zone).text, to: Reference.week)))
    return Section("The incident it was part of", .facts(facts))
  }
}

extension RetryAdvice {
  /// In a word or two.
  fileprivate var shortly: String {
    switch self {
    case .never: "no"
    case .refresh: "once, refreshed"
    case .afterDelay, .onceAfterDelay: "later"
    case .backoff: "yes, slower"
    case .backoffIfIdempotent: "if harmless"
    case .upgrade: "not now"
    case .pay: "not now"
    }
  }
}
