internal import Answers
internal import Events
internal import Rendering
internal import Reports

/// Events, the newest first, picked by what the address says.
struct ListPage: PageSort {
  var takes: [String] { ["since", "until", "limit", "before", Self.way] + Asked.filterNames }

  /// The parameter that says by which pages one came: what each of them began behind, 0 for the newest.
  static let way = "via"
  /// So many pages of it are remembered.
  private static let longestWay = 100

  func page(_ asked: Asked) throws -> SitePage {
    let question = try asked.question(for: .people)
    let (answer, next) = try question.listPage(
      try limit(asked), behind: try number("before", asked))
    var ways: [Link] = []
    var way = asked.values(Self.way).filter { Int64($0) != nil }.suffix(Self.longestWay)
    func link(_ text: String, behind event: String?, _ way: some Sequence<String>) -> Link {
      let way = way.joined(separator: ",")
      return Link(
        text, asked.here.with("before", event).with(Self.way, way.isEmpty ? nil : way))
    }
    let before = asked["before"]
    if before != nil { ways.append(link("Newest", behind: nil, [])) }
    if let next { ways.append(link("Older", behind: String(next), way + [before ?? "0"])) }
    if let newer = way.popLast() {
      ways.insert(link("Newer", behind: newer == "0" ? nil : newer, way), at: min(1, ways.count))
    }
    var page = asked.page(
      answer.noting(nothingOf: question.absent), before: [.form(form(asked))])
    if !ways.isEmpty { page.parts.append(.links("More of the list", ways)) }
    return page
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    let question = try asked.question(for: audience)
    return try question.list(try limit(asked), behind: try number("before", asked))
      .noting(nothingOf: question.absent)
  }

  private func limit(_ asked: Asked) throws -> Int {
    let limit = try number("limit", asked) ?? 50
    guard limit <= 1000 else {
      throw PageFault(400, "A page has at most 1,000 events.")
    }
    return Int(limit)
  }

  private func number(_ name: String, _ asked: Asked) throws -> Int64? {
    guard let text = asked[name] else { return nil }
    guard let number = Int64(text), number > 0 else {
      throw PageFault(400, "“\(text)” is no number.", "“\(name)” takes a whole one.")
    }
    return number
  }

  private func form(_ asked: Asked) -> Form {
    func line(_ name: String, _ label: String, _ example: String) -> Form.Input {
      Form.Input(name, label, value: asked[name] ?? "", example: example)
    }
    func choice(_ name: String, _ label: String, _ values: [String]) -> Form.Input {
      var values = values
      // A value that is written by hand may be several.
      if let own = asked[name], !values.contains(own) { values.insert(own, at: 0) }
      return Form.Input(
        name, label, value: asked[name] ?? "",
        .choice([("", "any")] + values.map { ($0, $0) }))
    }
    var address = asked.here
    address.parameters.removeAll { name, _ in
      ["since", "until", "before", Self.way].contains(name) || Asked.filterNames.contains(name)
    }
    return Form(
      "Which events to list", to: address,
      asked.rangeForm().inputs + [
        line("status", "Status", "429,5xx"), line("code", "Code", "PLAN_*"),
        choice("kind", "Kind", Kind.allCases.map(\.name)), line("route", "Route", "/api/*"),
        line("consumer", "Consumer", "any"),
        choice(
          "answered-by", "Answered by", AnsweredBy.allCases.filter { $0 != .unknown }.map(\.name)),
        line("gateway", "Gateway", "any"), line("grep", "With the text", "quota exceeded"),
      ], button: "List")
  }
}
