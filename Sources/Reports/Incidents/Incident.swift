internal import Analysis
internal import Events
internal import Files
internal import Questions

/// A stretch of trouble with one vendor, or with several at once.
struct Incident {
  var what: Trouble
  /// In the order of their names; nil of responses whose vendor is not known.
  var vendors: [String?]
  /// The vendors' numbers.
  var numbers: [Int]
  /// How many vendors had responses then; nil where it is of one.
  var active: Int?
  /// Milliseconds since the epoch; the end is exclusive.
  var start: Int64
  var end: Int64
  /// Whether it had not ended when the log did.
  var isOngoing = false
  var failures = 0
  /// How many of its failures are in the range asked about.
  var failuresInRange = 0
  /// All responses in that time; nil where successes of its vendors are not in the log.
  var requests: Int?
  /// How many failures are usual in it; of a silence, how many responses.
  var expected: Double
  /// Which errors it is made of, and how many of each sort.
  var sorts: [Sort: Int] = [:]
  /// The bursts in it.
  var bursts: [VendorBurst] = []
  /// Nil where its events were not read.
  var causes: IncidentCauses?

  /// The one vendor it is of.
  var vendor: String? { vendors.count == 1 ? vendors[0] : nil }
  /// How much of its requests failed; nil where that is not known.
  var share: Double? {
    requests.flatMap { $0 > 0 && what != .silence ? Double(failures) / Double($0) : nil }
  }
  /// How many failures it has beyond the usual: its harm. Of a silence none is known.
  var harm: Double { what == .silence ? 0 : Double(failures) - expected }
  /// Status 500 and above.
  var serverErrors: Int { sorts[.serverErrors] ?? 0 }
  /// Status 429.
  var rejections: Int { sorts[.rejections] ?? 0 }
  /// What the largest of its bursts says of waiting.
  var retryAfter: RetryAfterVerdict? { largestBurst?.burst.retryAfter }
  private var largestBurst: VendorBurst? { bursts.max { $0.burst.count < $1.burst.count } }
  /// Those of its events; where they were not read, those of its largest burst.
  var routes: [NamedCount] { causes?.routes ?? largestBurst?.routes ?? [] }
  var consumers: [NamedCount] { causes?.consumers ?? largestBurst?.consumers ?? [] }
  var route: String? { causes?.route }
  var consumer: String? { causes?.consumer }

  /// Whether an error of its vendors and time is one of its failures.
  func isMade(of error: ResponseCount) -> Bool {
    guard numbers.contains(error.vendor), start <= error.time, error.time < end else {
      return false
    }
    return error.sort.map { sorts[$0] != nil } ?? false
  }
}

extension Incident {
  init(_ gap: LoggingGap) {
    self.init(
      what: .silence, vendors: [gap.vendor], numbers: [gap.number], start: gap.start, end: gap.end,
      requests: 0, expected: gap.expected)
  }

  /// Its vendors in one text.
  var name: String { vendors.map { $0 ?? "unknown vendor" }.joined(separator: ", ") }

  /// By what it is found again: a hash of what it is, of which vendors, and when it began. Which route
  /// and consumer it is of follows from these; they are not in it, as of very many errors only some
  /// are read for them.
  var id: String {
    var hash = FNV1a()
    func add(_ text: String) {
      text.withBytes { hash.add($0) }
      // No text has such a byte.
      hash.add(255)
    }
    add(what.rawValue)
    for vendor in vendors { add(vendor ?? "") }
    add(String(start))
    let digits = String((hash.value ^ hash.value >> 32) & 0xff_ffff_ffff, radix: 16)
    return String(repeating: "0", count: max(0, 10 - digits.count)) + digits
  }
}

extension ResponseCount {
  /// What the detector calls an error; nil of what is no failure.
  var sort: Sort? { kind.flatMap { Sort(MinuteSort(status: status, kind: $0)) } }
}

extension Sort {
  init?(_ sort: MinuteSort) {
    switch sort {
    case .serverErrors: self = .serverErrors
    case .unanswered: self = .unanswered
    case .rejections: self = .rejections
    case .refusals: self = .refusals
    case .others: self = .others
    case .requests, .cancelled: return nil
    }
  }

  /// The store's word for it.
  var stored: MinuteSort {
    switch self {
    case .serverErrors: .serverErrors
    case .unanswered: .unanswered
    case .rejections: .rejections
    case .refusals: .refusals
    case .others: .others
    }
  }
}

extension [Incident] {
  /// The largest harm first. Of silences no harm is known: those in which most is usual first, behind
  /// all else.
  func byHarm() -> [Incident] {
    sorted { one, other in
      if one.what == .silence || other.what == .silence {
        if one.what != other.what { return other.what == .silence }
        if one.expected != other.expected { return one.expected > other.expected }
      }
      if one.harm != other.harm { return one.harm > other.harm }
      return (one.start, one.name) < (other.start, other.name)
    }
  }
}
