internal import Answers
internal import Analysis
internal import Files
internal import Times

// An incident in words.
extension Incident {
  /// Whose it is: `mimicbot`, `5 of 6 vendors`.
  var subject: String {
    if vendors.count == 1 { return name }
    return active.map { "\(vendors.count) of \(max($0, vendors.count)) vendors" }
      ?? "\(vendors.count) vendors"
  }

  /// What it is: `212 server errors in 240 requests (88.3 %, usually 0.42 %)`, of few requests or of none
  /// that are known `212 server errors, where 1.8 are usual`.
  var words: String {
    (vendors.count > 1 ? "at once, look at our side: " : "") + ownWords
  }

  private var ownWords: String {
    if what == .silence {
      return "nothing logged, where \(expectation(expected)) responses are usual"
    }
    if what == .outage, let requests {
      return "outage: \(grouped(Int64(failures))) of \(count(Int64(requests), "request")) failed, "
        + sortWords
    }
    let parts = Sort.allCases.compactMap { sort in sorts[sort].map { (sort, $0) } }
      .filter { $0.1 > 0 }
    let failed =
      parts.isEmpty
      ? count(Int64(failures), "error") : enumeration(parts.map { noun($0.0, $0.1) })
    let isUsualTold = bursts.isEmpty || serverErrors > 0
    guard let requests else {
      return failed + (isUsualTold ? usualWords : "") + burstWords
    }
    let asked = " in \(count(Int64(requests), "request"))"
    guard let share = percent(Int64(failures), of: Int64(requests)) else {
      return failed + asked + (isUsualTold ? usualWords : "") + burstWords
    }
    let usual = isUsualTold ? ", usually \(usualShare(of: requests))" : ""
    return failed + asked + " (\(share)\(usual))" + burstWords
  }

  private var usualWords: String { ", where \(expectation(expected)) are usual" }

  /// The share of so many requests that usually fails.
  private func usualShare(of requests: Int) -> String {
    let share = expected / Double(requests)
    return share < 0.000_05 ? "<0.01 %" : percent(share)
  }

  private func noun(_ sort: Sort, _ number: Int) -> String {
    let number = Int64(number)
    return switch sort {
    case .serverErrors: count(number, "server error")
    case .unanswered: "\(count(number, "request")) without a response"
    case .rejections: "\(count(number, "rejection")) (429)"
    case .refusals: "\(count(number, "refusal")) (401, 403)"
    case .others: count(number, "other error")
    }
  }

  /// What an outage failed with: `all without a response`, `40 with 5xx and 22 with 429`.
  private var sortWords: String {
    func words(_ sort: Sort) -> String {
      switch sort {
      case .serverErrors: "with 5xx"
      case .unanswered: "without a response"
      case .rejections: "with 429"
      case .refusals: "with 401 or 403"
      case .others: "otherwise"
      }
    }
    let parts = Sort.allCases.filter { sorts[$0] ?? 0 > 0 }
    if parts.count == 1 { return "all " + words(parts[0]) }
    return enumeration(parts.map { "\(grouped(Int64(sorts[$0] ?? 0))) \(words($0))" })
  }

  /// How its bursts came: `, up to 41 a minute, Retry-After ignored`.
  private var burstWords: String {
    guard let peak = bursts.map(\.burst.peakPerMinute).max() else { return "" }
    let waited =
      switch retryAfter {
      case .ignored: ", Retry-After ignored"
      case .partly: ", Retry-After honoured in part"
      case .honoured: ", Retry-After honoured"
      case .unknown, nil: ""
      }
    return ", up to \(grouped(Int64(peak))) a minute\(waited)"
  }

  /// How long it took, and whether it goes on.
  var length: String { formatDuration(end - start) + (isOngoing ? ", going on" : "") }

  /// What most of its failures have in common: `TEMPORAL_UNAVAILABLE on bot-chat from agency-portal`.
  var mostly: String? {
    let all = causes?.failures ?? failures
    /// The most frequent one, where it stands for half of them or more.
    func main(_ names: [NamedCount]) -> String? {
      names.first.flatMap { $0.count * 2 >= all ? $0.name : nil }
    }
    let parts = [
      main(causes?.codes ?? []), main(routes).map { "on \($0)" },
      main(consumers).map { "from \($0)" },
    ]
    .compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}

/// `a, b and c`.
func enumeration(_ words: [String]) -> String {
  guard let last = words.last, words.count > 1 else { return words.first ?? "" }
  return words.dropLast().joined(separator: ", ") + " and " + last
}
