internal import Answers
internal import Batches
internal import Events
internal import Questions
internal import Rendering
internal import Reports
internal import Times

/// The answer to a question about a range and its vendors.
struct QuestionPage: PageSort {
  let own: [String]
  let ask: @Sendable (Question, Asked) throws -> Answer

  static let incidents = QuestionPage { question, _ in try question.incidents() }
  static let limits = QuestionPage { question, _ in try question.limits() }
  static let bursts = QuestionPage { question, _ in try question.bursts() }
  static let spikes = QuestionPage { question, _ in try question.spikes() }
  static let retries = QuestionPage { question, asked in
    try question.retries(catalog: asked.site.catalog)
  }
  static let rates = QuestionPage(["every", "by"]) { question, asked in
    try question.rates(
      every: try asked["every"].map { text in try Every(text) },
      by: try asked.values("by").map { name in
        guard let field = ResponseField(rawValue: name) else {
          throw PageFault(
            400, "Rates cannot be told by “\(name)”.",
            "They can by \(ResponseField.allCases.map(\.rawValue).joined(separator: ", ")).")
        }
        return field
      })
  }

  private init(
    _ own: [String] = [], _ ask: @escaping @Sendable (Question, Asked) throws -> Answer
  ) {
    self.own = own
    self.ask = ask
  }

  var takes: [String] { ["since", "until", "top"] + Asked.filterNames + own }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    let question = try asked.question(for: audience)
    return try ask(question, asked).noting(nothingOf: question.absent)
  }

  func page(_ asked: Asked) throws -> SitePage {
    asked.page(try answer(asked, for: .people), before: [.form(asked.rangeForm())])
  }
}

extension Asked {
  /// Which range and vendor a page is about.
  func rangeForm() -> Form {
    let names = ["since", "until", "vendor"]
    var address = here
    address.parameters.removeAll { names.contains($0.name) }
    return Form(
      "What to show", to: address,
      [
        Form.Input(
          "since", "From", value: self["since"] ?? "", .line(suggestions: Self.moments),
          example: "such as 7d"),
        Form.Input(
          "until", "To (exclusive)", value: self["until"] ?? "", .line(suggestions: Self.moments),
          example: "now"),
        Form.Input(
          "vendor", "Vendor", value: self["vendor"] ?? "", .line(suggestions: vendorNames()),
          example: "all"),
      ], button: "Show")
  }

  static let moments = ["today", "yesterday", "monday", "24h", "7d", "30d"]

  /// The vendors that the store knows: the first hundred. A form does without them.
  func vendorNames() -> [String] {
    Array(((try? archive.texts(in: .vendor)) ?? []).prefix(100))
  }
}
