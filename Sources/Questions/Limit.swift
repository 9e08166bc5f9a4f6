/// An event that says that a limit was reached: with status 429, whatever its kind, or of kind
/// plan_limit. Texts are told by their numbers; 0 stands for none.
package struct Limit: Equatable {
  /// Milliseconds since the epoch.
  package var time: Int64
  package var vendor: Int64
  package var gateway: Int64
  package var consumer: Int64
  /// Whether its status is 429.
  package var isRejection: Bool
  /// Known of rejections only, as `retryAfter` is.
  package var route: Int64
  /// Milliseconds; nil when the response named no delay.
  package var retryAfter: Int64?
  package var isPlanLimit: Bool
  /// Known of plan limits only, as `details` is.
  package var code: Int64
  package var details: Int64

  package init(
    time: Int64, vendor: Int64, gateway: Int64, consumer: Int64, isRejection: Bool,
    route: Int64 = 0, retryAfter: Int64? = nil, isPlanLimit: Bool, code: Int64 = 0,
    details: Int64 = 0
  ) {
    self.time = time
    self.vendor = vendor
    self.gateway = gateway
    self.consumer = consumer
    self.isRejection = isRejection
    self.route = route
    self.retryAfter = retryAfter
    self.isPlanLimit = isPlanLimit
    self.code = code
    self.details = details
  }
  /// How many are handed over together.
  package static let atOnce = 512
}
