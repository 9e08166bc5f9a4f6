/// What responses are picked and told apart by.
package enum ResponseField: String, Sendable, CaseIterable {
  case vendor, status, code, kind, route, consumer, gateway
  case answeredBy = "answered_by"
}

extension ResponseField {
  /// Whether successes are told apart by it: of these little else is kept.
  package var isOfSuccesses: Bool { self == .vendor || self == .gateway }
}
