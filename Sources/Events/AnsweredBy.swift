/// Who made the error response; unknown without positive evidence.
package enum AnsweredBy: UInt8, CaseIterable, Sendable {
  case unknown = 0
  case vendor
  case gateway

  /// The word for it in SQL and JSON.
  package var name: String {
    switch self {
    case .unknown: "unknown"
    case .vendor: "vendor"
    case .gateway: "gateway"
    }
  }
}
