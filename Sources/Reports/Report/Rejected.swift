internal import Analysis
internal import Profiles
internal import Questions
internal import Threads
internal import Times

/// What is told from the 429s. Of more than a few errors, only the 429s are judged for their retries: a
/// report must not take long.
struct Rejected {
  let limiting: RateLimiting
  let retries: RetryFindings

  /// - Parameters:
  ///   - errors: how many the range has.
  ///   - read: what was read of the 429s already.
  init(
    _ question: Question, errors: Int64, _ read: ReadLimits?, catalog: () throws -> Catalog
  ) throws {
    let isWhole = errors <= 10_000
    var rejected = RejectedRetries(question)
    if let lists = try read?.rejections ?? question.rejectionLists() {
      let paths =
        isWhole ? nil : read?.paths ?? RoutePaths(of: lists.all, question)
      limiting = try Rejected.judge(lists, paths, question, &rejected)
    } else {
      var limiting = RateLimiting()
      try question.eachVendorsRejections { vendor, rejections in
        let seen = SeenLimiting(in: rejections, during: question.rejectionCoverage)
        limiting.add(question.rateLimiting(of: vendor, seen, in: rejections))
        if !isWhole {
          try rejected.add(rejections, of: vendor, RoutePaths(of: [rejections], question))
        }
      }
      self.limiting = limiting.inOrder()
    }
    retries = isWhole ? try question.judgedErrors(try catalog()) : rejected.findings()
    try question.archive.checkTexts()
  }

  /// What is found of one vendor.
  private enum Found: Sendable {
    case limiting(SeenLimiting)
    /// Nil where too many are rejected.
    case retries(RetryTally?)
  }

  /// Bursts and retries, those of several vendors at once, the largest first.
  ///
  /// - Parameter paths: nil where retries are not asked for.
  private static func judge(
    _ lists: RejectionLists, _ paths: RoutePaths?, _ question: Question,
    _ rejected: inout RejectedRetries
  ) throws -> RateLimiting {
    let byVendor = lists.byVendor.sorted {
      ($1.rejections.count, $0.vendor) < ($0.rejections.count, $1.vendor)
    }
    let (coverage, since) = (question.rejectionCoverage, question.range.since)
    let tasks = paths == nil ? 1 : 2
    let found = sideBySide(byVendor.count * tasks) { number -> Found in
      let (vendor, rejections) = byVendor[number / tasks]
      guard let paths, number % tasks == 0 else {
        return .limiting(SeenLimiting(in: rejections, during: coverage))
      }
      return .retries(
        try? RetryTally(
          of: rejections, by: Int32(vendor), since: since, paths, Part(number: 0, count: 1)))
    }
    var limiting = RateLimiting()
    for (number, found) in found.enumerated() {
      let (vendor, rejections) = byVendor[number / tasks]
      switch found {
      case .limiting(let seen):
        limiting.add(question.rateLimiting(of: vendor, seen, in: rejections))
      case .retries(let tally?): rejected.add(tally)
      case .retries(nil):
        if let paths { try rejected.add(rejections, of: vendor, paths) }
      }
    }
    return limiting.inOrder()
  }
}
