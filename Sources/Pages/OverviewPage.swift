internal import Answers
internal import Events
internal import Rendering
internal import Reports
internal import Times

/// How things stand: error rates, incidents, limits.
struct OverviewPage: PageSort {
  var takes: [String] { ["since", "until", "vendor", "gateway", "top", "live"] }

  /// So many seconds until a page that is asked to stay fresh is loaded again.
  private static let pace = 30

  func page(_ asked: Asked) throws -> SitePage {
    let isLive = asked["live"] != nil
    let question = try asked.question(for: .people)
    var parts: [SitePage.Part] = []
    if question.extent == nil {
      parts.append(
        .notice("Nothing is stored yet.", detail: "Once a log is imported, it is told of here."))
    }
    let names = question.range.isEmpty ? [] : ["Error rates", "Incidents", "Limits"]
    let found = try kept(question, asked)
    var notes = [Note(question.note)]
    for (name, answer) in zip(names, found) {
      switch answer {
      case .success(let answer):
        notes += answer.cautions.filter { caution in !notes.contains { $0.text == caution.text } }
        parts += answer.sections.map { .section($0) }
      case .failure(let error): parts.append(asked.notice(name, error))
      }
    }
    let live = asked.here.with("live", isLive ? nil : "\(Self.pace)")
    parts.append(
      .links(
        "This overview",
        [Link(isLive ? "Stop reloading" : "Reload every \(Self.pace) s", live)]))
    return SitePage(
      "Overview", notes: notes, parts: parts, in: asked.frame(refresh: isLive ? Self.pace : nil))
  }

  private func kept(_ question: Question, _ asked: Asked) throws -> [Result<Answer, any Error>] {
    if question.range.isEmpty { return [] }
    let name = asked.parameters.filter { $0.name != "live" }
      .map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    return asked.site.overviews.value(
      "\(question.range) \(name)", version: try asked.version, now: asked.now,
      where: { $0.allSatisfy { (try? $0.get()) != nil } }
    ) {
      question.overview().parts.map(\.answer)
    }
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    let question = try asked.question(for: audience)
    return try question.rates(by: [.vendor]).noting(nothingOf: question.absent)
  }
}
