internal import Events
internal import Profiles

/// What plans limit, worked out once for each message, vendor and path.
struct PlanLimits {
  private var known: [Key: PlanLimit] = [:]

  private struct Key: Hashable {
    var message: Word
    var vendor: Word
    var path: String
  }

  private static let most = 4096

  /// Words mean something else from now on.
  mutating func forget() {
    known.removeAll()
  }

  mutating func limit(
    in message: Bytes, of row: EventRow, path: Bytes?, profile: VendorProfile
  ) -> PlanLimit {
    let path = path.map { String(repairing: $0) } ?? ""
    let key = Key(message: row.message, vendor: row.vendor, path: path)
    if let limit = known[key] { return limit }
    if known.count > PlanLimits.most { known.removeAll() }
    let limit = PlanLimit(message: String(repairing: message), path: path, profile: profile)
    known[key] = limit
    return limit
  }
}
