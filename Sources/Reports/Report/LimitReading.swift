internal import Questions
internal import Times

/// The 429s and the plan limits of a question's range, read in one go: of millions of events, to read
/// them takes longest of all in a report.
struct LimitReading: Sendable {
  /// Nil of too many vendors.
  let rejections: RejectionLists?
  /// Of the routes that these have.
  let paths: RoutePaths
  /// Nil where there are too many.
  let planLimits: [PlanLimit]?

  init(_ question: Question) throws {
    let subjects = LimitSubjects(question.archive)
    let reader = PlanLimitReader(question, subjects)
    let range = question.range
    var tallies = LimitTallies(Part(number: 0, count: 1))
    rejections = try question.rejectionLists(alongside: { limit in
      guard range.contains(limit.time), let tally = reader.tally(of: limit) else { return }
      tallies.add(tally, at: limit.time)
    })
    planLimits =
      tallies.areTooMany
      ? nil : tallies.all.map { PlanLimit(tally: $0, subject: subjects[Int($0.subject)]) }
    paths = RoutePaths(of: rejections?.all ?? [], question)
    try question.archive.checkTexts()
  }
}
