/// What is counted of one vendor's responses in each UTC minute, without holes; all arrays equally
/// long.
package struct VendorMinutes: Sendable {
  /// All responses, successes too; nil where the log has no successes of this vendor.
  package var requests: [Int32]?
  /// Status 500 and above.
  package var serverErrors: [Int32]
  /// No response at all; not what the client itself gave up.
  package var unanswered: [Int32]
  /// Status 429.
  package var rejections: [Int32]
  /// Status 401 or 403.
  package var refusals: [Int32]
  /// All other errors, but those the client gave up.
  package var others: [Int32]
  /// Of its rejections.
  package var bursts: [Burst]

  package init(
    requests: [Int32]? = nil, serverErrors: [Int32] = [], unanswered: [Int32] = [],
    rejections: [Int32] = [], refusals: [Int32] = [], others: [Int32] = [], bursts: [Burst] = []
  ) {
    self.requests = requests
    self.serverErrors = serverErrors
    self.unanswered = unanswered
    self.rejections = rejections
    self.refusals = refusals
    self.others = others
    self.bursts = bursts
  }
}

/// A sort of error, as vendors' minutes count them.
package enum Sort: String, CaseIterable, Sendable {
  case serverErrors, unanswered, rejections, refusals, others
}

extension VendorMinutes {
  /// Of how many minutes something is known.
  var count: Int {
    Sort.allCases.reduce(requests?.count ?? 0) { max($0, self[$1].count) }
  }

  subscript(sort: Sort) -> [Int32] {
    switch sort {
    case .serverErrors: serverErrors
    case .unanswered: unanswered
    case .rejections: rejections
    case .refusals: refusals
    case .others: others
    }
  }

  /// The errors of some sorts together, in so many minutes, none of them negative.
  func sum(of sorts: Set<Sort>, count: Int) -> [Int32] {
    var sum = [Int32](repeating: 0, count: count)
    for sort in Sort.allCases where sorts.contains(sort) {
      let counts = self[sort]
      for minute in counts.indices where counts[minute] > 0 {
        let (more, overflow) = sum[minute].addingReportingOverflow(counts[minute])
        sum[minute] = overflow ? .max : more
      }
    }
    return sum
  }
}
