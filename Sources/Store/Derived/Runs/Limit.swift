internal import Batches
internal import Events
internal import Questions

extension Limit {
  static let rejected: Int64 = 429
  static let planLimit = Int64(Kind.planLimit.rawValue)

  /// A row of a batch; nil where it is no limit, or has no time.
  init?(_ row: EventRow, _ words: StoredWords) {
    let isRejection = Int64(row.status) == Limit.rejected
    let isPlanLimit = row.kind == .planLimit
    guard isRejection || isPlanLimit, let time = row.time else { return nil }
    self.init(
      time: time, vendor: words.id(of: row.vendor, in: .vendor),
      gateway: words.id(of: row.gateway, in: .gateway),
      consumer: words.id(of: row.consumer, in: .consumer), isRejection: isRejection,
      isPlanLimit: isPlanLimit)
    if isRejection {
      route = words.id(of: row.route, in: .route)
      retryAfter = row.retryAfter
    }
    if isPlanLimit {
      code = words.id(of: row.code, in: .code)
      details = words.id(of: row.details, in: .details)
    }
  }
}
