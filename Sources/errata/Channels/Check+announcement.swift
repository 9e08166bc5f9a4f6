internal import Channels
internal import Reports
internal import Store

extension RuleCheck {
  /// What stands above what is told.
  var headline: String {
    let count = lines(resolved: false).count
    return count == 0
      ? "What was crossed is over"
      : count == 1 ? "A threshold was crossed" : "\(count) thresholds were crossed"
  }
}

extension [String] {
  /// The first of the lines, and how many more there are.
  var summary: String {
    count > 1 ? "\(self[0]), and \(count - 1) more" : first ?? ""
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
