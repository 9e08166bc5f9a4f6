internal import Batches
internal import Profiles
internal import Redaction

/// All that a reader remembers by the numbers it has given to texts.
///
/// Nothing in it is emptied by itself: once the numbers are to mean other texts, a new one takes
/// its place. So a cache that is added here cannot be left out then.
struct ReaderCaches: ~Copyable {
  /// The numbers themselves.
  var lexicons: Lexicons
  var bodies: BodyCache
  var errorRules = ErrorRuleCache()
  var planLimits = PlanLimitCache()
  var vendors = VendorMemory()
  /// The numbers of the gateways' names, the generic one first; 0 for one not met yet.
  var gateways: ContiguousArray<Word>
  /// By a route's number: whether it is a path as it was asked for, without ids or secrets.
  var isPlainPath: ContiguousArray<Bool> = []

  /// - Parameter redactor: nil when secrets are kept as they are.
  init(vendors: [VendorProfile], gateways: Int, redactor: Redactor?) {
    lexicons = Lexicons(redactor: redactor)
    bodies = BodyCache(vendors)
    self.gateways = ContiguousArray(repeating: 0, count: gateways + 1)
  }
}
