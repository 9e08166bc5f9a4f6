internal import Answers
internal import Batches
internal import Events
internal import Times

/// What was found of ids.
struct FoundEvents {
  var events: [FoundEvent]
  var story: Story
  var around: [Around]
  var missing: [MissingID]

  /// Whether the lines themselves are shown.
  var showsLines = false

  /// All of it: the events, their story, what else their consumers saw.
  func sections(in zone: Zone) -> [Section] {
    var sections = events.map { event in
      var section = event.section(in: zone)
      if showsLines { section.blocks += event.proof }
      return section
    }
    if let story = story.section(in: zone) { sections.append(story) }
    // What the story tells is not said twice.
    sections += around.filter { $0.errors > story.lines.count }.map { $0.section(in: zone) }
    return sections
  }

  /// What one would send to whoever asked: of each event a few sentences.
  func reply(in zone: Zone) -> [Section] {
    events.map { event in
      var bullets: [String] = []
      if let meaning = event.advice.meaning { bullets.append("It means: \(meaning)") }
      bullets.append("What to do: \(event.advice.text)")
      if let seen = event.seen { bullets.append("This error was \(seen.words(in: zone)).") }
      if event.found.event.id == events.first?.found.event.id, let words = story.words {
        bullets.append(words)
      }
      if let incident = event.incident {
        bullets.append("Part of an incident: \(incident.words(in: zone))")
      }
      if let id = event.found.event.requestID { bullets.append("Request id: \(id)") }
      let blocks: [Block] = [.paragraph(event.sentence(in: zone)), .bullets(bullets)]
      return Section(heading: nil, blocks: blocks + (showsLines ? event.proof : []))
    }
  }
}

extension FoundEvent {
  fileprivate func section(in zone: Zone) -> Section {
    var facts = self.facts(in: zone)
    if let seen { facts.append(Fact("this error", Cell(.text(seen.words(in: zone))))) }
    if let incident { facts.append(Fact("incident", Cell(.text(incident.words(in: zone))))) }
    if let meaning = advice.meaning { facts.append(Fact("it means", Cell(.text(meaning)))) }
    facts.append(Fact("what to do", Cell(.text(advice.text))))
    return Section(heading, .facts(facts))
  }

  /// What its line says, and where that is.
  func facts(in zone: Zone) -> [Fact] {
    let event = found.event
    var facts = event.facts(zone: zone)
    let others = found.identifiers.filter { $0 != event.requestID }
    if !others.isEmpty {
      facts.append(Fact("other ids", Cell(.text(others.joined(separator: ", ")))))
    }
    switch found.line {
    case .read(let line) where line.path != event.source?.path:
      facts.append(Fact("its line", Cell(.text("stands in \(line.path) now"))))
    case .gone:
      facts.append(Fact("its line", Cell(.text("is gone from there: other ids are not known"))))
    case .tooFar:
      facts.append(
        Fact("its line", Cell(.text("is too far into the log to be read: other ids are not known")))
      )
    case .read, nil: break
    }
    return facts
  }

  /// Its line, and where that stands.
  fileprivate var proof: [Block] {
    guard case .read(let line) = found.line else {
      return [.paragraph("Its line cannot be shown.")]
    }
    let place =
      line.number.map { "\(line.path):\($0)" }
      ?? "\(line.path), byte \(found.event.source?.offset ?? 0)"
    return [.paragraph("Proven from \(place), secrets left out:"), .verbatim(line.text)]
  }

  /// Such as `mimicbot 503 TEMPORAL_UNAVAILABLE`.
  var heading: String {
    let event = found.event
    return [event.vendor, event.status.map(String.init), event.code ?? event.kind.name]
      .compactMap { $0 }.joined(separator: " ")
  }

  /// What happened, in a sentence.
  func sentence(in zone: Zone) -> String {
    let event = found.event
    let when = event.time.map { formatLocal($0, zone: zone, style: .seconds) + " (\(zone.name))" }
    let who =
      event.answeredBy == .gateway
      ? "the gateway\(event.vendor.map { " before \($0)" } ?? "")" : event.vendor ?? "the server"
    let request = [event.method, event.path ?? event.route].compactMap { $0 }.joined(separator: " ")
    let what = [event.status.map(String.init), event.code ?? event.kind.name]
      .compactMap { $0 }.joined(separator: " ")
    let answered = event.status == nil ? "did not answer" : "answered"
    return (when.map { "\($0): " } ?? "") + "\(who) \(answered)"
      + (request.isEmpty ? "" : " \(request)") + " with \(what)"
      + (event.message.map { ": \($0)" } ?? "")
  }
}
