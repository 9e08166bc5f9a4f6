internal import Answers
internal import Rendering
internal import Reports

/// A sort of pages.
protocol PageSort: Sendable {
  /// The parameters that an address may have, beside the time zone.
  var takes: [String] { get }
  func page(_ asked: Asked) throws -> SitePage
  /// What the command says that answers the same.
  func answer(_ asked: Asked, for audience: Question.Audience) throws -> Answer
}
