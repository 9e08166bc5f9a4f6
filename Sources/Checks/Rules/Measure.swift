package import Events
/// What is counted of responses and compared with a threshold.
package enum Measure: String, Sendable, CaseIterable {
  case errors
  case errorRate = "error_rate"
  case rateLimited = "rate_limited"
  case planLimited = "plan_limited"
  case serverErrors = "server_errors"
  case requests
  case successes

  /// Whether it is a share of the requests, and no count.
  package var isRate: Bool { self == .errorRate }

  /// Whether it counts what succeeded, of which only the vendor is known.
  package var countsSuccesses: Bool { self == .requests || self == .successes }

  /// What its responses can be picked by.
  var conditions: [ResponseField] {
    switch self {
    case .requests, .successes: [.vendor]
    // What there is to divide by is known by vendor.
    case .errorRate: [.vendor, .status, .code, .kind]
    default: ResponseField.allCases
    }
  }

  /// What it can be told apart by.
  var groupings: [ResponseField] { isRate || countsSuccesses ? [.vendor] : ResponseField.allCases }
}

/// Something that happens at a time, and is worth a word by itself.
package enum Sighting: String, Sendable, CaseIterable {
  /// 5xx above their own baseline.
  case spike
  /// 429s that come densely.
  case burst
  /// A code that its vendor never sent before.
  case newCode = "new-code"
  /// A code that its vendor had not sent in four weeks.
  case returnedCode = "returned-code"
  /// A plan or quota used up.
  case limitHit = "limit-hit"
  /// A stretch of trouble, whatever it is made of.
  case incident

  package var conditions: [ResponseField] {
    switch self {
    case .spike: [.vendor]
    case .burst: [.vendor, .route, .consumer]
    case .newCode, .returnedCode: [.vendor, .status, .code, .kind]
    case .limitHit: [.vendor, .code, .consumer]
    case .incident: [.vendor, .route, .consumer]
    }
  }

  /// What of it can be bounded.
  package var quantities: [Quantity] {
    switch self {
    case .spike, .incident: [.count, .ratio]
    case .burst: [.count, .peak]
    case .newCode, .returnedCode: []
    case .limitHit: [.count]
    }
  }

  /// What tells one from another, by name.
  package var subject: [String] {
    switch self {
    case .spike, .burst, .incident: ["vendor"]
    case .newCode, .returnedCode: ["vendor", "code"]
    case .limitHit: ["vendor", "consumer", "resource", "code"]
    }
  }
}

/// What an incident is.
package enum IncidentSort: String, Sendable, CaseIterable {
  case outage, errors, rejections, credentials, silence
}

/// How large a sighting is.
package enum Quantity: String, Sendable, CaseIterable {
  case count
  /// How many times the usual number.
  case ratio
  /// The most in a minute.
  case peak
}
