internal import Questions

extension Grain {
  /// The table of counts by vendor, gateway, status, code and kind.
  var table: String {
    switch self {
    case .quarter: "quarter"
    case .hour: "hour"
    case .day: "day"
    }
  }
}
