/// How much of what one gateway logged another one logged too, by the ids of the errors.
package struct SharedRequests: Sendable, Equatable {
  package var gateway: String
  package var other: String
  /// Of the ids that the gateway logged, estimated: 0 to 1.
  package var share: Double

  package init(gateway: String, other: String, share: Double) {
    self.gateway = gateway
    self.other = other
    self.share = share
  }
}
