internal import Answers
internal import Events
internal import Rendering
internal import Reports
internal import Times

/// What happened to requests: by an id, or by all ids in a text.
struct FindPage: PageSort {
  var takes: [String] { ["q", "since", "until", "vendor", "gateway"] }

  /// A longer text is not looked through: bytes.
  private static let longest = 16 << 10

  func page(_ asked: Asked) throws -> SitePage {
    guard let (ids, text) = try mentions(asked) else {
      return SitePage(
        "Find a request",
        notes: [
          "By an id of it, whole or in part, or by a text that has some: an e-mail, a chat, a stack trace."
        ], parts: [.form(form(asked))], in: asked.frame())
    }
    var (answer, reply, events) = try finder(asked).page(ids, in: text)
    // A single event's name is that of the page.
    let isOne = answer.title.hasPrefix("1 ")
    if isOne, let heading = answer.sections.first?.heading {
      answer.title = heading
      answer.sections[0].heading = nil
    }
    var parts: [SitePage.Part] = answer.sections.map { .section($0) }
    guard let reply else {
      parts.append(.form(form(asked)))
      return SitePage(
        "Nothing was found", notes: answer.notes, parts: parts, in: asked.frame())
    }
    // What a single event was part of comes before what its line says.
    parts.insert(contentsOf: incidents(of: events, asked), at: isOne ? 1 : parts.count)
    parts.append(.copy(markdown(reply), heading: "As a reply, in Markdown"))
    return SitePage(answer.title, notes: answer.notes, parts: parts, in: asked.frame())
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    guard let (ids, text) = try mentions(asked) else {
      throw PageFault(400, "What is to be found?", "Name an id, or a text that has some, as q.")
    }
    let style: Finder.Style = audience == .people ? .reply : .full
    return try finder(asked).answer(ids, in: text, as: style).answer
      .noting(nothingOf: try asked.vendors().absent + asked.gateway().absent)
  }

  /// One word is an id as somebody typed it; anything longer is a text.
  private func mentions(_ asked: Asked) throws -> (ids: [String], text: String?)? {
    guard let typed = asked["q"] else { return nil }
    guard typed.utf8.count <= Self.longest else {
      throw PageFault(
        400, "The text is too long for a page.", asked.site.surroundings.longText,
        link: Link("Find a request", asked.address("find")))
    }
    let words = typed.split(whereSeparator: \.isWhitespace)
    if words.isEmpty { return nil }
    return words.count == 1 ? ([String(words[0])], nil) : ([], typed)
  }

  private func finder(_ asked: Asked) throws -> Finder {
    let (since, until) = try asked.range()
    let scope = Finder.Scope(
      since: since, until: until, vendors: try asked.vendors().names,
      gateway: try asked.gateway().name)
    return try asked.opened().finder(asked.zone, scope)
  }

  /// The incidents that the first few events were part of, each once.
  private func incidents(of events: [Event], _ asked: Asked) -> [SitePage.Part] {
    do {
      let question = try Question(asked.archive, zone: asked.zone)
      var told: Set<String> = []
      return try events.prefix(10).compactMap { event in
        guard let time = event.time else { return nil }
        let range = KnownIncidents.range(of: time, in: question)
        let incidents = try asked.site.incidents.value(
          "\(range)", version: try asked.version, now: asked.now
        ) { try KnownIncidents(of: question.during(range)) }
        guard let incident = incidents.membership(of: event), told.insert(incident.id).inserted
        else { return nil }
        return .section(incident.section(in: asked.zone))
      }
    } catch {
      return [asked.notice("Incidents", error)]
    }
  }

  private func form(_ asked: Asked) -> Form {
    Form(
      "Find a request by an id or a text", to: asked.address("find"),
      [
        Form.Input(
          "q", "Request id, or a text with some", value: asked["q"] ?? "", .text(rows: 6),
          hint: "Ids are found in quotes, broken over lines, cut off, and without their prefix.")
      ], button: "Find")
  }

  private func markdown(_ reply: Answer) -> String {
    var output = Output()
    Format.md.renderer().render(reply.wording { text, _ in text }, into: &output)
    return output.text
  }
}
