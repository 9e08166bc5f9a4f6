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
  package var count: Int {
    Sort.allCases.reduce(requests?.count ?? 0) { max($0, self[$1].count) }
  }

  package subscript(sort: Sort) -> [Int32] {
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
    let parts = Sort.allCases.filter { sorts.contains($0) && !self[$0].isEmpty }.map { self[$0] }
    // Most vendors have one sort of a group.
    if parts.count == 1, parts[0].count == count, parts[0].allSatisfy({ $0 >= 0 }) {
      return parts[0]
    }
    var sum = [Int32](repeating: 0, count: count)
    sum.withUnsafeMutableBufferPointer { sum in
      for counts in parts {
        counts.withUnsafeBufferPointer { counts in
          for minute in counts.indices {
            let (more, overflow) = sum[minute].addingReportingOverflow(max(0, counts[minute]))
            sum[minute] = overflow ? .max : more
          }
        }
      }
    }
    return sum
  }
}
