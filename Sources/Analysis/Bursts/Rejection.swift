/// One response with status 429, as much of it as detectors look at, and in as little memory as it
/// takes: a week may have a hundred thousand.
package struct Rejection: Sendable, Equatable {
  /// Milliseconds since the epoch, UTC.
  package var time: Int64
  /// The number of the consumer who was rejected, any numbering will do; -1 when not known.
  package var consumer: Int32
  /// The number of the route that was called, any numbering will do; -1 when not known.
  package var route: Int32
  /// How long the response asked to wait, in milliseconds, at most 24 days; 0 when it did not say.
  package var retryAfter: Int32
  /// Whether a plan or quota was used up, rather than a rate exceeded.
  package var planLimited: Bool

  package init(
    time: Int64, consumer: Int32 = -1, route: Int32 = -1, retryAfter: Int64? = nil,
    planLimited: Bool = false
  ) {
    self.time = time
    self.consumer = consumer
    self.route = route
    self.retryAfter = Int32(clamping: retryAfter ?? 0)
    self.planLimited = planLimited
  }
}

extension [Rejection] {
  /// The same rejections, oldest first; those of one instant keep their order.
  ///
  /// The indices of a ``Burst`` count in this order.
  package func inTimeOrder() -> [Rejection] {
    if zip(self, dropFirst()).allSatisfy({ $0.time <= $1.time }) { return self }
    return enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
      .map(\.element)
  }
}

extension [[Rejection]] {
  /// Adds each rejection to the list whose place is told for it. There must be such lists.
  ///
  /// - Returns: how many of these had none before.
  package mutating func add(_ rejections: [Rejection], to places: [Int32]) -> Int {
    withUnsafeMutableBufferPointer { lists in
      var begun = 0
      for (place, rejection) in zip(places, rejections) {
        let place = Int(place)
        if lists[place].isEmpty { begun += 1 }
        lists[place].append(rejection)
      }
      return begun
    }
  }
}
