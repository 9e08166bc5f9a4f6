internal import Batches
internal import Files
internal import Profiles

/// What messages say that a plan limits, read once for each message and vendor.
struct PlanLimitCache {
  private var known: [Key: PlanLimit] = [:]

  private struct Key: Hashable {
    var message: Word
    var vendor: Word
    /// What the vendor's profile says the route is about.
    var resource: String?
  }

  private static let most = 4096
  /// What a message says beyond so many bytes is not stored either.
  private static let longest = 4096

  mutating func limit(
    in message: Bytes, of row: EventRow, path: Bytes?, profile: BodyProfile, generic: BodyProfile
  ) -> PlanLimit {
    let resource = path.flatMap { path in
      profile.routeResources.first { path.ends(with: $0.route) }?.resource
    }
    let key = Key(message: row.message, vendor: row.vendor, resource: resource)
    if let limit = known[key] { return limit }
    if known.count > PlanLimitCache.most { known.removeAll() }
    let limit = PlanLimit(
      message: String(repairing: message.part(0..<PlanLimitCache.longest)), routeResource: resource,
      profile: profile, generic: generic)
    known[key] = limit
    return limit
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  fileprivate func ends(with text: String) -> Bool {
    count >= text.utf8.count && suffix(text.utf8.count).elementsEqual(text.utf8)
  }
}
