internal import Profiles

/// What is told from the 429s, which are read once for it. Of many errors, only the 429s are judged
/// for retries, by whether they came before the Retry-After of the one before had passed: a report
/// must not take long.
struct Rejected {
  let limiting: RateLimiting
  let retries: RetryFindings

  /// - Parameters:
  ///   - errors: how many errors the range has, as far as its asker knows.
  ///   - most: of so many all are judged.
  ///   - catalog: asked for only if all errors are judged.
  init(
    _ question: Question, errors: Int64, most: Int64 = 10_000, catalog: () throws -> Catalog
  ) throws {
    var limiting = RateLimiting()
    var rejected = RejectedRetries(question)
    let isWhole = errors <= most
    try question.eachVendorsRejections { vendor, rejections in
      limiting.add(question.rateLimiting(of: vendor, in: rejections))
      if !isWhole { try rejected.add(rejections, of: vendor) }
    }
    self.limiting = limiting.inOrder()
    retries = isWhole ? try question.judgedErrors(try catalog()) : rejected.findings()
  }
}
