internal import Answers
internal import Rendering
internal import Reports
internal import Times

/// The report of a week.
struct ReportPage: PageSort {
  var takes: [String] { ["week", "since", "until", "top"] + Asked.filterNames }

  func page(_ asked: Asked) throws -> SitePage {
    let question = try asked.question(for: .people)
    let answer = try report(asked, question)
    var ways: [Link] = []
    if let extent = question.extent, let week = try week(asked, extent) {
      let newest = ISOWeek(of: extent.until - 1, zone: asked.zone)
      let oldest = ISOWeek(of: extent.since, zone: asked.zone)
      let next = ISOWeek(of: week.range(in: asked.zone).until, zone: asked.zone)
      func link(_ words: String, _ week: ISOWeek) -> Link {
        Link("\(words)\(week.text)", asked.here.with("week", week.text))
      }
      if oldest < week { ways.append(link("← ", week.previous)) }
      ways.append(Link(week.text, asked.here.with("week", week.text), isCurrent: true))
      if week < newest { ways.append(link("→ ", next)) }
      if week != newest { ways.append(Link("this week so far", asked.here.with("week", "this"))) }
    }
    return asked.page(
      answer, before: ways.isEmpty ? [] : [.links("Weeks", ways)])
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    try report(asked, asked.question(for: audience))
  }

  private func report(_ asked: Asked, _ question: Question) throws -> Answer {
    try question.report(choice(asked), catalog: { asked.site.catalog })
      .noting(nothingOf: question.absent)
  }

  private func choice(_ asked: Asked) throws -> ReportPeriod.Choice {
    let (since, until) = try asked.range()
    if let week = asked["week"] {
      guard since == nil, until == nil else {
        throw PageFault(400, "A week and a range cannot be asked for at once.")
      }
      switch week.lowercased() {
      case "this": return .thisWeek
      case "last": return .lastWeek
      default: return .week(try ISOWeek(week))
      }
    }
    guard let since else {
      if until == nil { return .usual }
      throw PageFault(400, "An end alone names no range.", "Say where the range begins.")
    }
    return .range(since: since, until: until)
  }

  /// The week that the report is of; nil of another range.
  private func week(_ asked: Asked, _ extent: TimeRange) throws -> ISOWeek? {
    let newest = ISOWeek(of: extent.until - 1, zone: asked.zone)
    switch try choice(asked) {
    case .usual: return extent.length < 7 * Milliseconds.day ? nil : newest.previous
    case .lastWeek: return newest.previous
    case .thisWeek: return newest
    case .week(let week): return week
    case .range: return nil
    }
  }
}
