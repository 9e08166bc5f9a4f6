internal import Analysis
internal import Answers
internal import Events
internal import Times

// What the lists of a report hold, as data.

/// What a report is compared with.
struct ComparedTime: Described {
  var range: TimeRange
  var knownSince: Int64?
  var comparedSince: Int64?

  static let fields: Fields<ComparedTime> = TimeRange.fields.of { $0.range }.and([
    Field(
      optionalTime: "known_since", "when the log begins, where that is after the time does"
    ) { $0.knownSince },
    Field(
      optionalTime: "compared_since",
      "from when on it is compared with the same part of the range, where that is not all of it"
    ) { $0.comparedSince },
  ])
}

/// How many are not in each list of a report.
struct LeftOut: Described {
  var vendors: Int
  var vendorsBefore: Int
  var new: Int
  var returned: Int
  var gone: Int
  var movers: Int
  var changes: Int
  var incidents: Int
  var habits: Int
  var bursts: Int
  var continuous: Int
  var spikes: Int
  var gaps: Int
  var limits: Int
  var quotas: Int
  var budgets: Int

  static let fields: Fields<LeftOut> = [
    Field("vendors", "of `totals.by_vendor`") { $0.vendors },
    Field("vendors_before", "of `before.by_vendor`") { $0.vendorsBefore },
    Field("new", "of `new`") { $0.new },
    Field("returned", "of `returned`") { $0.returned },
    Field("gone", "of `gone`") { $0.gone },
    Field("movers", "of `movers`") { $0.movers },
    Field("changes", "of `changes`") { $0.changes },
    Field("incidents", "of `incidents`") { $0.incidents },
    Field("habits", "of `habits`") { $0.habits },
    Field("bursts", "of `bursts`") { $0.bursts },
    Field("continuous", "of `continuous`") { $0.continuous },
    Field("spikes", "of `spikes`") { $0.spikes },
    Field("gaps", "of `gaps`") { $0.gaps },
    Field("limits", "of `limits`") { $0.limits },
    Field("quotas", "of `quotas`") { $0.quotas },
    Field("budgets", "of `budgets`") { $0.budgets },
  ]
}

struct ReportTotals: Described {
  var errors: Int64
  var requests: Int64?
  var byVendor: [VendorCounts]
  var byKind: [KindErrors]

  static let fields: Fields<ReportTotals> = [
    Field("errors", "error responses") { $0.errors },
    Field("requests", "all responses; null where successes are not known") { $0.requests },
    Field(
      "by_vendor", "the vendors with most errors first, then the rest of them together"
    ) { $0.byVendor },
    Field("by_kind", "the most frequent kinds first") { $0.byKind },
  ]
}

struct VendorCounts: Described {
  var vendor: String?
  /// How many vendors it stands for, where it is the rest.
  var others: Int?
  var counts: KnownCounts

  static let fields: Fields<VendorCounts> = Fields<VendorCounts>([
    Field("vendor", "whose API answered") { $0.vendor }
  ])
  .and(KnownCounts.fields.of { $0.counts })
  .and([
    Field("others", "how many vendors the row stands for; null but in that of the rest") {
      $0.others
    }
  ])
}

struct KindErrors: Described {
  var kind: Kind
  var errors: Int64

  static let fields: Fields<KindErrors> = [
    Field("kind", "what sort of error it is") { $0.kind },
    Field("errors", "how many there were") { $0.errors },
  ]
}

struct Day: Described {
  var start: Int64
  /// Exclusive.
  var end: Int64
  var errors: Int
  var requests: Int?

  static let fields: Fields<Day> = [
    Field(time: "start", "where the day begins, as far as it is in the range") { $0.start },
    Field(time: "end", "where it ends, exclusive") { $0.end },
    Field("errors", "error responses") { $0.errors },
    Field("requests", "all responses; null where successes are not known") { $0.requests },
  ]
}

/// How often something was, and how that changed.
extension Mover {
  static let counts: Fields<Mover> = [
    Field("errors", "how many there were") { $0.now },
    Field("before", "how many in the time before") { $0.before },
  ]
  static let direction: Fields<Mover> = [
    Field("change", "whether that is a change beyond chance and the usual ups and downs") {
      $0.change.direction
    },
    Field("ratio", "how many times before: rate / rate_before") { $0.change.ratio },
  ]
  static let rates: Fields<Mover> = [
    Field("per", "what errors are compared by: requests where they are known, else days") {
      $0.exposure.unit
    },
    Field("rate", "errors by request or day") { $0.exposure.rate(of: $0.compared.now, now: true) },
    Field("rate_before", "the same in the time before") {
      $0.exposure.rate(of: $0.compared.before, now: false)
    },
  ]
}

/// The errors of one vendor, status, code and kind.
struct MovedSort: Described {
  var vendor: String?
  var status: Int64?
  var code: String?
  var kind: Kind?
  var mover: Mover

  static let fields: Fields<MovedSort> = Fields<MovedSort>([
    Field("vendor", "whose error it is") { $0.vendor },
    Field("status", "the HTTP status; null where there was no response") { $0.status },
    Field("code", "the vendor's code") { $0.code },
    Field("kind", "what sort of error it is") { $0.kind },
  ])
  .and(Mover.counts.of { $0.mover }).and(Mover.direction.of { $0.mover }).and(
    Mover.rates.of { $0.mover })
}

/// The errors of a vendor, a kind, a code or a route.
struct NamedMover: Described {
  var name: Mover.Subject.Name
  var mover: Mover

  static let fields: Fields<NamedMover> = Fields<NamedMover>([
    Field("of", as: .word(["vendor", "kind", "code", "route"]), "what it is that changed") {
      .text($0.name.dimension)
    },
    Field("vendor", "the vendor; null of a kind") { $0.name.vendor },
    Field("name", "the kind, the code or status, or the route; null of a vendor") { $0.name.name },
    Field("status", "the HTTP status of a code") { $0.name.status },
  ])
  .and(Mover.counts.of { $0.mover }).and(Mover.rates.of { $0.mover }).and(
    Mover.direction.of { $0.mover }
  )
  .and([
    Field("low", "the least that `ratio` may be, 19 times of 20") {
      $0.mover.change.interval?.lowerBound
    },
    Field("high", "the most that it may be") { $0.mover.change.interval?.upperBound },
  ])
}

struct BlamedErrors: Described {
  var blame: Blame
  var errors: Int64

  static let fields: Fields<BlamedErrors> = [
    Field("whose", "who has to change something") { $0.blame },
    Field("errors", "how many errors are theirs") { $0.errors },
  ]
}

struct OwnedErrors: Described {
  var now: BlamedErrors
  var before: Int64

  static let fields =
    BlamedErrors.fields.of { (all: OwnedErrors) in all.now }
    .and([Field("before", "how many in the time before") { $0.before }])
}
