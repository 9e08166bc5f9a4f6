package import Answers
internal import Batches
internal import Questions
internal import Times

extension Finder {
  /// How much is said.
  package enum Style {
    case full
    /// What one would send to whoever asked.
    case reply
    /// What matters first: what it means and what to do, then all that is known.
    case page
  }

  /// What is to be said of ids as somebody typed them, and of those in a text.
  package func answer(
    _ ids: [String], in text: String? = nil, as style: Style = .full
  ) throws -> (answer: Answer, isEmpty: Bool) {
    let search = try search(ids, in: text)
    let findings = try findings(of: search)
    return (answer(findings, of: search, as: style), findings.events.isEmpty)
  }

  /// The same for a page, with the reply that can be taken along from it; nil where nothing was found.
  package func page(
    _ ids: [String], in text: String? = nil
  ) throws -> (answer: Answer, reply: Answer?) {
    let search = try search(ids, in: text)
    let findings = try findings(of: search)
    return (
      answer(findings, of: search, as: .page),
      findings.events.isEmpty ? nil : answer(findings, of: search, as: .reply)
    )
  }

  private func answer(_ findings: FoundEvents, of search: Search, as style: Style) -> Answer {
    let found = findings.events
    let told = findings.without(search.cut.filter(\.isListed))
    let pieces =
      switch style {
      case .full: told.sections(in: zone)
      case .reply: told.reply(in: zone)
      case .page: told.page(in: zone)
      }
    var sections = pieces + search.cut.map { findings.section(of: $0, in: zone) }
    let words = words(for: findings.missing)
    if !words.isEmpty { sections.append(Section(heading: nil, blocks: words)) }
    if search.names.isEmpty {
      sections.append(
        Section(
          .paragraph(
            "Nothing in the text looks like an id of a request, and no word of it is one that the store "
              + "knows.")))
    }
    for (id, count) in search.outside {
      sections.append(Section(.paragraph(self.words(outside: count, of: id))))
    }
    let title = found.isEmpty ? "No event" : found.count == 1 ? "1 event" : "\(found.count) events"
    let answer = Answer(
      title: style == .reply && !found.isEmpty ? "" : title, sections: sections,
      value: FindAnswer(
        query: search.names.joined(separator: " "), findings: findings, search: search
      )
      .value,
      rows: "events", header: FoundEvent.fields.names)
    if findings.missing.isEmpty { return answer }
    let pruned = archive.pruned.events.of(scope.vendors).after(scope.since ?? .min)
    return answer.noting(pruned: .events, until: pruned, zone: zone)
  }

  private func findings(of search: Search) throws -> FoundEvents {
    let found = search.found.filter { scope.holds($0.event) }
    let texts = Texts(archive)
    let known = reading.counts
    var names = Set(found.prefix(Story.most).map { ErrorName($0.event) })
    let isSeen = known.map { names.remove($0.name) != nil } ?? false
    // What damaged counts cannot tell is left out: the event is there all the same.
    let counts = SeenErrors(archive: archive, memory: memory, texts: texts)
    var seen = (try? counts.seen(names)) ?? [:]
    if let known, isSeen { seen[known.name] = known.seen }
    var incidents = EventIncidents(archive, zone, memory)
    let events = try found.map {
      FoundEvent(
        found: $0, advice: .init(try $0.event.advice(from: catalog())),
        seen: seen[ErrorName($0.event)],
        // So it is with counts that cannot tell.
        incident: (try? incidents.incident(of: $0.event, known: known)) ?? nil,
        showsLine: showsLines)
    }
    let surroundings = try Surroundings(of: found, by: self, texts)
    return FoundEvents(
      events: events, story: surroundings.story, around: surroundings.around,
      missing: try knowledge(of: search.missing), showsLines: showsLines)
  }

  private func words(outside count: Int, of id: String) -> String {
    count == 1
      ? "1 event of \(id) is of another time, vendor or gateway than was asked for."
      : "\(count) events of \(id) are of another time, vendor or gateway than was asked for."
  }
}
