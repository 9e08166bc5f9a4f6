internal import Batches
internal import Events

/// An event that says that a limit was reached: with status 429, whatever its kind, or of kind
/// plan_limit. Texts are told by their rows in the store; 0 stands for none.
package struct Limit: Equatable {
  /// Milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64
  package var gateway: Int64
  package var consumer: Int64
  /// Whether its status is 429.
  package var isRejection: Bool
  /// Known of rejections only, as `retryAfter` is.
  package var route: Int64 = 0
  /// Milliseconds; nil when the response named no delay.
  package var retryAfter: Int64?
  package var isPlanLimit: Bool
  /// Known of plan limits only, as `details` is.
  package var code: Int64 = 0
  package var details: Int64 = 0
}

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
