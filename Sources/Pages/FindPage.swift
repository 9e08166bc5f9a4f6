internal import Answers
internal import Rendering
internal import Reports
internal import Times

/// What happened to requests: by an id, or by all ids in a text.
struct FindPage: PageSort {
  var takes: [String] { ["q", "since", "until", "vendor", "gateway", "around"] }

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
    var finder = try finder(asked)
    finder.memory = asked.memory
    var (answer, reply) = try finder.page(ids, in: text)
    // A single event's name is that of the page.
    if answer.title.hasPrefix("1 "), let heading = answer.sections.first?.heading {
      answer.title = heading
      answer.sections[0].heading = nil
    }
    var parts: [SitePage.Part] = answer.sections.map { .section($0) }
    guard let reply else {
      parts.append(.form(form(asked)))
      return SitePage(
        "Nothing was found", notes: answer.notes, parts: parts, in: asked.frame())
    }
    parts.append(.copy(markdown(reply), heading: "As a reply, in Markdown"))
    return SitePage(answer.title, notes: answer.notes, parts: parts, in: asked.frame())
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    guard let (ids, text) = try mentions(asked) else {
      throw PageFault(400, "What is to be found?", "Name an id, or a text that has some, as q.")
    }
    let style: Finder.Style = audience == .people ? .reply : .full
    return try finder(asked).answer(ids, in: text, as: style).answer
      .noting(nothingOf: try asked.selection(takesPatterns: false).absent)
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
    let selection = try asked.selection(takesPatterns: false)
    let scope = Finder.Scope(
      since: since, until: until, vendors: selection.vendors, gateway: selection.gateway)
    var finder = try asked.opened().finder(asked.zone, scope)
    if let text = asked["around"] {
      guard let length = Finder.length(around: text, now: asked.now) else {
        throw PageFault(
          400, "“\(text)” is no length of time up to seven days.", "It is one such as 30m or 2h.")
      }
      finder.around = length
    }
    return finder
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
