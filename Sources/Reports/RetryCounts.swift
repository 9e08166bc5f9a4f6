internal import Analysis
internal import Answers
internal import Events
internal import Files

/// What retries did of the errors of one consumer at one vendor, or of all.
struct RetryCounts: Equatable {
  var errors: Int64 = 0
  /// Those that name their consumer and route.
  var judged: Int64 = 0
  var early: Int64 = 0
  var repeated: Int64 = 0
  /// Those that would be repeated or hasty ones if it were known that their calls were the same.
  var alike: Int64 = 0
  var hasty: Int64 = 0
  /// By how many milliseconds the early ones came too early.
  private var earliness: [Int64] = []

  /// Errors that would not have come, had the vendor's advice been followed.
  var selfInflicted: Int64 { early + repeated + hasty }

  var unjudged: Int64 { errors - judged }

  /// Of its errors; nil where there are none.
  var share: Double? { errors > 0 ? Double(selfInflicted) / Double(errors) : nil }

  /// Milliseconds; nil where none came too early.
  var medianEarliness: Int64? {
    earliness.isEmpty ? nil : earliness.sorted()[(earliness.count - 1) / 2]
  }

  mutating func add(_ errors: Int64, areJudged: Bool) {
    self.errors += errors
    if areJudged { judged += errors }
  }

  mutating func add(_ fault: RetryFault) {
    switch fault {
    case .early(let time):
      early += 1
      earliness.append(time)
    case .repeated: repeated += 1
    case .alike(let errors): alike += Int64(errors)
    case .hasty(let errors): hasty += Int64(errors)
    }
  }

  mutating func add(_ other: RetryCounts) {
    errors += other.errors
    judged += other.judged
    early += other.early
    repeated += other.repeated
    alike += other.alike
    hasty += other.hasty
    earliness += other.earliness
  }

  /// Takes out what is part of it.
  mutating func remove(_ other: RetryCounts) {
    errors -= other.errors
    judged -= other.judged
    early -= other.early
    repeated -= other.repeated
    alike -= other.alike
    hasty -= other.hasty
    var gone = other.earliness.sorted()[...]
    earliness = earliness.sorted().filter { time in
      if gone.first != time { return true }
      gone.removeFirst()
      return false
    }
  }
}

extension RetryCounts: Described {
  static let fields: Fields<RetryCounts> = [
    Field("errors", "errors that may have been judged") { $0.errors },
    Field("judged", "those of them that name their consumer and what was called") { $0.judged },
    Field("early", "those that came before Retry-After had passed") { $0.early },
    Field("median_early_ms", unit: "ms", "by how much, the median") { $0.medianEarliness },
    Field("repeated", "those of calls that were repeated as they were") { $0.repeated },
    Field(
      "alike", "those of calls that look repeated, but may have been others: not counted"
    ) { $0.alike },
    Field("hasty", "those of calls repeated without growing delays") { $0.hasty },
    Field("self_inflicted", "early + repeated + hasty") { $0.selfInflicted },
    Field("share", unit: "share", "self_inflicted / errors") { $0.share },
  ]
}

extension RetryFault {
  /// How many errors would not have come.
  var selfInflicted: Int64 {
    switch self {
    case .early, .repeated: 1
    case .alike: 0
    case .hasty(let errors): Int64(errors)
    }
  }
}

/// The counts of a consumer at a vendor.
struct RetryRow: Equatable {
  var vendor: String?
  var consumer: String
  var counts: RetryCounts
  /// Where most of the self-inflicted errors came from, and as what.
  var worst: Place?

  struct Place: Equatable {
    var route: String?
    /// Nil when there was no response.
    var status: Int32?
    var code: String?
    var count: Int64

    /// The code, else the status.
    var error: String? { code ?? status.map { String($0) } }
  }
}

extension RetryRow.Place: Described {
  static let fields: Fields<RetryRow.Place> = [
    Field("route", "the template of the path") { $0.route },
    Field("status", "the HTTP status; null where there was no response") {
      $0.status.map { Int64($0) }
    },
    Field("code", "the vendor's code") { $0.code },
    Field("count", "how many self-inflicted errors") { $0.count },
  ]
}

/// A consumer's row, or that of the rest.
struct RetryLine: Described {
  var row: RetryRow?
  var counts: RetryCounts
  /// How many consumers it stands for, where it is the rest.
  var others: Int?

  static let fields: Fields<RetryLine> = Fields<RetryLine>([
    Field("vendor", "whose API answered") { $0.row?.vendor },
    Field("consumer", "who made the requests") { $0.row?.consumer },
  ])
  .and(RetryCounts.fields.of { $0.counts })
  .and([
    Field("worst", "where most of the self-inflicted errors came from, and as what") {
      $0.row?.worst
    },
    Field(
      "others", "how many consumers the row stands for; null but in that of the rest"
    ) { $0.others },
  ])
}
