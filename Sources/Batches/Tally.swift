package import Events

/// What became of the lines of a batch, a source or a whole import.
package struct Tally: Sendable, Equatable {
  package var lines: Int64 = 0
  package var events: Int64 = 0
  package var successes: Int64 = 0
  package var skipped: Int64 = 0
  package var rejects: Int64 = 0
  /// Lines with nothing on them, and those beyond the first of a record that was cut into several.
  package var blank: Int64 = 0
  /// Events without a time.
  package var undated: Int64 = 0
  /// Lines that had to be repaired before they could be read: invalid UTF-8 and the like. Not
  /// stored.
  package var repaired: Int64 = 0

  package init() {}

  package var records: Int64 { events + successes + skipped + rejects + blank }

  /// All but rejects and blank lines.
  package var readable: Int64 { events + successes + skipped }

  package static func += (total: inout Tally, part: Tally) {
    total.lines += part.lines
    total.events += part.events
    total.successes += part.successes
    total.skipped += part.skipped
    total.rejects += part.rejects
    total.blank += part.blank
    total.undated += part.undated
    total.repaired += part.repaired
  }
}

/// A UTC minute of one vendor, as one gateway logged it.
package struct MinuteKey: Hashable {
  /// Minutes since the epoch.
  package var minute: Int64
  package var vendor: Word
  package var gateway: Word

  package init(minute: Int64, vendor: Word, gateway: Word) {
    self.minute = minute
    self.vendor = vendor
    self.gateway = gateway
  }

  /// One number to hash, not three: keys are looked up for every line.
  package func hash(into hasher: inout Hasher) {
    hasher.combine(UInt64(bitPattern: minute) << 24 ^ UInt64(gateway) << 56 ^ UInt64(vendor))
  }
}

/// What one vendor answered in one minute.
package struct MinuteCounts: AdditiveArithmetic {
  package var successes: Int64 = 0
  package var errors: Int64 = 0
  package var rateLimited: Int64 = 0
  package var planLimited: Int64 = 0
  package var serverErrors: Int64 = 0
  /// The other sorts of errors, each in one of these: no response at all, status 429, status 401 or
  /// 403, what the client itself gave up, and the rest.
  package var unanswered: Int64 = 0
  package var rejections: Int64 = 0
  package var refusals: Int64 = 0
  package var cancelled: Int64 = 0
  package var others: Int64 = 0

  package init() {}

  /// How so many responses of one sort are counted. What a minute counts is said here and nowhere
  /// else.
  ///
  /// - Parameter kind: nil for successes.
  @inline(__always)
  package init(status: Int64, kind: Kind?, count: Int64 = 1) {
    guard let kind else {
      successes = count
      return
    }
    errors = count
    rateLimited = kind == .rateLimit ? count : 0
    planLimited = kind == .planLimit ? count : 0
    if status >= 500 {
      serverErrors = count
    } else if status == 429 {
      rejections = count
    } else if kind == .cancelled {
      cancelled = count
    } else if status == 0 {
      unanswered = count
    } else if status == 401 || status == 403, ![.planLimit, .payment, .rateLimit].contains(kind) {
      // A plan that is used up is no matter of keys, whatever status says so.
      refusals = count
    } else {
      others = count
    }
  }

  package static let zero = MinuteCounts()

  package static func += (sum: inout MinuteCounts, other: MinuteCounts) {
    sum.successes += other.successes
    sum.errors += other.errors
    sum.rateLimited += other.rateLimited
    sum.planLimited += other.planLimited
    sum.serverErrors += other.serverErrors
    sum.unanswered += other.unanswered
    sum.rejections += other.rejections
    sum.refusals += other.refusals
    sum.cancelled += other.cancelled
    sum.others += other.others
  }

  package static func + (one: MinuteCounts, other: MinuteCounts) -> MinuteCounts {
    var sum = one
    sum += other
    return sum
  }

  package static func - (one: MinuteCounts, other: MinuteCounts) -> MinuteCounts {
    var rest = one
    rest.successes -= other.successes
    rest.errors -= other.errors
    rest.rateLimited -= other.rateLimited
    rest.planLimited -= other.planLimited
    rest.serverErrors -= other.serverErrors
    rest.unanswered -= other.unanswered
    rest.rejections -= other.rejections
    rest.refusals -= other.refusals
    rest.cancelled -= other.cancelled
    rest.others -= other.others
    return rest
  }
}

/// A quarter of an hour, and what was answered how.
package struct TrafficKey: Hashable {
  /// Quarters of an hour since the epoch; nil for responses without a time.
  package var quarter: Int64?
  package var vendor: Word
  package var gateway: Word
  package var status: Int32
  package var code: Word
  /// Nil for a success.
  package var kind: Kind?

  package init(
    quarter: Int64?, vendor: Word, gateway: Word, status: Int32, code: Word, kind: Kind?
  ) {
    self.quarter = quarter
    self.vendor = vendor
    self.gateway = gateway
    self.status = status
    self.code = code
    self.kind = kind
  }

  /// One number to hash, not six.
  package func hash(into hasher: inout Hasher) {
    let what = UInt64(code) << 22 ^ UInt64(UInt32(bitPattern: status)) << 6
    let when = UInt64(bitPattern: quarter ?? -1) << 40 ^ UInt64(vendor) << 34
    hasher.combine(when ^ what ^ UInt64(gateway) << 56 ^ UInt64(kind?.rawValue ?? 0))
  }
}
