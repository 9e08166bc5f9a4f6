internal import Channels
internal import Reports
internal import Store

extension RuleCheck {
  /// What stands above what is told.
  var headline: String {
    switch lines(resolved: false).count {
    case 0: "What was crossed is over"
    case 1: "A threshold was crossed"
    default: "Thresholds were crossed"
    }
  }
}

extension [String] {
  /// The first of the lines, and how many more there are.
  var summary: String {
    guard let first, count > 1 else { return first ?? "" }
    // A line may stand for many that are left out.
    return "\(first), and \(contains { $0.hasPrefix("and ") } ? "many" : "\(count - 1)") more"
  }
}

extension Delivery {
  init(_ announcement: Announcement, to channel: Channel) {
    let key = Announcement.key()
    self.init(
      to: channel.identity, key: key, body: announcement.body(for: channel, key: key),
      made: announcement.made)
  }
}
