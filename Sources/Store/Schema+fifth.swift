extension Schema {
  /// Format 5: errors are counted by route, checks remember what they told, and what headers said of
  /// quotas is kept.
  static let fifth = [routes, checks, quotas].joined(separator: "\n")
}
