internal import Answers
internal import Rendering
internal import Reports

/// One incident, with its evidence.
struct IncidentPage: PageSort {
  let id: String

  var takes: [String] { ["since", "until"] + Asked.filterNames }

  func page(_ asked: Asked) throws -> SitePage {
    asked.page(
      try answer(asked, for: .people),
      before: [.links("Ways on", [Link("All incidents", all(asked))])])
  }

  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer {
    let question = try asked.question(for: audience)
    let isAnywhere = asked["since"] == nil && asked["until"] == nil
    guard let answer = try question.incident(id, elsewhere: isAnywhere) else {
      throw PageFault(
        404, "There is no incident “\(id)”.", link: Link("All incidents", all(asked)))
    }
    return answer.noting(nothingOf: question.absent)
  }

  private func all(_ asked: Asked) -> Address {
    var address = asked.here
    address.names = ["incidents"]
    return address
  }
}
