internal import Checks
internal import Events
internal import Store

/// Counts by subject and minute, as a measure's windows need them.
struct Samples {
  private let measure: Measure
  private let grouping: [ResponseField]
  private let sieve: Sieve
  /// By the numbers of the grouping's values, then by minute.
  private var groups: [[Int]: [Int64: Sample]] = [:]
  /// The subject of the response at hand: its memory is used again.
  private var key: [Int]
  /// Vendors by what is known of them, by number.
  private(set) var withErrors: Set<Int> = []
  private(set) var withSuccesses: Set<Int> = []

  init(_ rule: Rule, measure: Measure, sieve: Sieve) {
    self.measure = measure
    grouping = rule.grouping
    self.sieve = sieve
    key = rule.grouping.map { _ in 0 }
  }

  /// What is counted by the minute of one vendor.
  mutating func add(_ minute: StoredMinute, vendor: Int) {
    guard sieve.passes(vendor: vendor) else { return }
    if minute.errors > 0 { withErrors.insert(vendor) }
    if minute.successes > 0 { withSuccesses.insert(vendor) }
    let requests = minute.errors + minute.successes
    let counted =
      switch measure {
      case .errors, .errorRate: minute.errors
      case .rateLimited: minute.rateLimited
      case .planLimited: minute.planLimited
      case .serverErrors: minute.serverErrors
      case .requests: requests
      case .successes: minute.successes
      }
    if !grouping.isEmpty { key[0] = vendor }
    add(counted, requests, at: minute.time)
  }

  /// - Parameter time: of the minute it counts for, where that is not its own.
  mutating func add(_ response: ResponseCount, at time: Int64? = nil) {
    guard sieve.passes(vendor: response.vendor) else { return }
    if response.isError {
      withErrors.insert(response.vendor)
    } else {
      withSuccesses.insert(response.vendor)
    }
    let counts = isCounted(response)
    guard counts || measure.isRate else { return }
    for (place, field) in grouping.enumerated() {
      key[place] = response.number(of: field)
    }
    add(
      counts ? response.count : 0, response.count,
      at: (time ?? response.time).rounded(downTo: Milliseconds.minute))
  }

  private func isCounted(_ response: ResponseCount) -> Bool {
    switch measure {
    case .errors, .errorRate: response.isError && sieve.passes(response)
    case .rateLimited: response.kind == .rateLimit && sieve.passes(response)
    case .planLimited: response.kind == .planLimit && sieve.passes(response)
    case .serverErrors: response.isServerError && sieve.passes(response)
    case .requests: true
    case .successes: !response.isError
    }
  }

  private mutating func add(_ counted: Int64, _ requests: Int64, at minute: Int64) {
    groups[key, default: [:]][
      minute, default: Sample(minute: minute, counted: 0, requests: 0)
    ].add(counted, requests)
  }

  /// The samples of each subject, in order of time.
  func bySubject(_ vocabulary: Vocabulary) -> [[String?]: [Sample]] {
    var named: [[String?]: [Sample]] = [:]
    for (key, minutes) in groups {
      named[texts(of: key, vocabulary)] = minutes.values.sorted { $0.minute < $1.minute }
    }
    return named
  }

  /// The subjects that have anything.
  func subjects(_ vocabulary: Vocabulary) -> [[String?]] {
    groups.keys.map { texts(of: $0, vocabulary) }
  }

  private func texts(of key: [Int], _ vocabulary: Vocabulary) -> [String?] {
    zip(grouping, key).map { field, number in
      switch field {
      case .vendor: vocabulary.vendors[number]
      case .status: number == 0 ? nil : String(number)
      case .code: vocabulary.codes[number]
      case .kind: Kind(rawValue: UInt8(clamping: number))?.name
      case .route: vocabulary.routes[number]
      case .consumer: vocabulary.consumers[number]
      }
    }
  }
}

extension Sample {
  fileprivate mutating func add(_ more: Int64, _ moreRequests: Int64) {
    counted += more
    requests += moreRequests
  }
}
