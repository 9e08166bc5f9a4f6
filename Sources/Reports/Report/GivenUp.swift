internal import Events
internal import Questions
internal import Times

/// Calls that a client gave up after it had waited for long: not nobody's, for the vendor was slow.
struct GivenUp {
  /// Who waits for as long as this, in milliseconds, waits for the vendor.
  static let wait = 10_000.0
  /// Of more calls that were given up it is not looked up how long each had waited.
  private static let most: Int64 = 20_000

  private(set) var now: Int64 = 0
  private(set) var before: Int64 = 0

  /// - Parameter cancelled: all that clients gave up.
  init(_ question: Question, _ period: ReportPeriod, _ cancelled: ReportGroup?) throws {
    guard let cancelled, cancelled.now + cancelled.before <= GivenUp.most else { return }
    func slow(_ range: TimeRange, _ count: Int64) throws -> Int64 {
      guard count > 0 else { return 0 }
      var slow: Int64 = 0
      try question.archive.events(during: range, vendor: nil, kinds: [.cancelled]) { event in
        if question.asksAbout(event.vendor), let latency = event.latency, latency >= GivenUp.wait {
          slow += 1
        }
      }
      return slow
    }
    now = try slow(period.range, cancelled.now)
    before = try slow(period.before, cancelled.before)
  }
}
