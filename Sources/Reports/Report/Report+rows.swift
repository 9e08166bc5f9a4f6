internal import Analysis
internal import Answers
internal import Events
internal import Times

// What the lists of a report hold, as data.

/// What a report is compared with.
struct ComparedTime: Described {
  var range: TimeRange
  var knownSince: Int64?

  static let fields: Fields<ComparedTime> = TimeRange.fields.of(\.range).and([
    Field(
      optionalTime: "known_since", "when the log begins, where that is after the time does",
      \.knownSince)
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
  var bursts: Int
  var continuous: Int
  var spikes: Int
  var gaps: Int
  var limits: Int
  var quotas: Int

  static let fields: Fields<LeftOut> = [
    Field("vendors", "of `totals.by_vendor`", \.vendors),
    Field("vendors_before", "of `before.by_vendor`", \.vendorsBefore),
    Field("new", "of `new`", \.new),
    Field("returned", "of `returned`", \.returned),
    Field("gone", "of `gone`", \.gone),
    Field("movers", "of `movers`", \.movers),
    Field("changes", "of `changes`", \.changes),
    Field("incidents", "of `incidents`", \.incidents),
    Field("bursts", "of `bursts`", \.bursts),
    Field("continuous", "of `continuous`", \.continuous),
    Field("spikes", "of `spikes`", \.spikes),
    Field("gaps", "of `gaps`", \.gaps),
    Field("limits", "of `limits`", \.limits),
    Field("quotas", "of `quotas`", \.quotas),
  ]
}

struct ReportTotals: Described {
  var errors: Int64
  var requests: Int64?
  var byVendor: [VendorCounts]
  var byKind: [KindErrors]

  static let fields: Fields<ReportTotals> = [
    Field("errors", "error responses", \.errors),
    Field("requests", "all responses; null where successes are not known", \.requests),
    Field(
      "by_vendor", "the vendors with most errors first, then the rest of them together",
      \.byVendor),
    Field("by_kind", "the most frequent kinds first", \.byKind),
  ]
}

struct VendorCounts: Described {
  var vendor: String?
  /// How many vendors it stands for, where it is the rest.
  var others: Int?
  var counts: KnownCounts

  static let fields: Fields<VendorCounts> = Fields<VendorCounts>([
    Field("vendor", "whose API answered", \.vendor)
  ])
  .and(KnownCounts.fields.of(\.counts))
  .and([
    Field("others", "how many vendors the row stands for; null but in that of the rest", \.others)
  ])
}

struct KindErrors: Described {
  var kind: Kind
  var errors: Int64

  static let fields: Fields<KindErrors> = [
    Field("kind", "what sort of error it is", \.kind),
    Field("errors", "how many there were", \.errors),
  ]
}

struct Day: Described {
  var start: Int64
  /// Exclusive.
  var end: Int64
  var errors: Int
  var requests: Int?

  static let fields: Fields<Day> = [
    Field(time: "start", "where the day begins, as far as it is in the range", \.start),
    Field(time: "end", "where it ends, exclusive", \.end),
    Field("errors", "error responses", \.errors),
    Field("requests", "all responses; null where successes are not known", \.requests),
  ]
}

/// How often something was, and how that changed.
extension Mover {
  static let counts: Fields<Mover> = [
    Field("errors", "how many there were", \.now),
    Field("before", "how many in the time before", \.before),
  ]
  static let direction: Fields<Mover> = [
    Field("change", "whether that is a change beyond chance and the usual ups and downs") {
      $0.change.direction
    },
    Field("ratio", "how many times before: rate / rate_before", \.change.ratio),
  ]
  static let rates: Fields<Mover> = [
    Field("per", "what errors are compared by: requests where they are known, else days") {
      $0.exposure.unit
    },
    Field("rate", "errors by request or day") { $0.exposure.rate(of: $0.now, now: true) },
    Field("rate_before", "the same in the time before") {
      $0.exposure.rate(of: $0.before, now: false)
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
    Field("vendor", "whose error it is", \.vendor),
    Field("status", "the HTTP status; null where there was no response", \.status),
    Field("code", "the vendor's code", \.code),
    Field("kind", "what sort of error it is", \.kind),
  ])
  .and(Mover.counts.of(\.mover)).and(Mover.direction.of(\.mover)).and(Mover.rates.of(\.mover))
}

/// The errors of a vendor, a kind, a code or a route.
struct NamedMover: Described {
  var name: Mover.Subject.Name
  var mover: Mover

  static let fields: Fields<NamedMover> = Fields<NamedMover>([
    Field("of", as: .word(["vendor", "kind", "code", "route"]), "what it is that changed") {
      .text($0.name.dimension)
    },
    Field("vendor", "the vendor; null of a kind", \.name.vendor),
    Field("name", "the kind, the code or status, or the route; null of a vendor", \.name.name),
    Field("status", "the HTTP status of a code", \.name.status),
  ])
  .and(Mover.counts.of(\.mover)).and(Mover.rates.of(\.mover)).and(Mover.direction.of(\.mover))
  .and([
    Field("low", "the least that `ratio` may be, 19 times of 20") {
      $0.mover.change.interval?.lowerBound
    },
    Field("high", "the most that it may be") { $0.mover.change.interval?.upperBound },
  ])
}

extension Incident: Described {
  static let fields: Fields<Incident> = [
    Field("vendor", "whose API answered", \.vendor),
    Field(time: "start", "when it began", \.start),
    Field(time: "end", "when it ended", \.end),
    Field("ongoing", "whether it had not ended when the log did", \.isOngoing),
    Field("server_errors", "responses with status 500 and above", \.serverErrors),
    Field("rejections", "responses with status 429", \.rejections),
    Field("expected", "how many server errors are usual; null without a spike") {
      $0.spikes.isEmpty ? nil : $0.expected
    },
    Field(
      "retry_after",
      "whether those who were rejected waited as Retry-After said; null without a burst",
      \.retryAfter),
    Field("codes", "its five most frequent codes") { $0.causes?.codes ?? [] },
    Field("routes", "its five most frequent routes", \.routes),
    Field("consumers", "its five most frequent consumers", \.consumers),
    Field("blame", "whose move it is, as far as its events were read, the most first") {
      ($0.causes?.blame ?? []).map { BlamedErrors(blame: $0.blame, errors: $0.count) }
    },
  ]
}

struct BlamedErrors: Described {
  var blame: Blame
  var errors: Int64

  static let fields: Fields<BlamedErrors> = [
    Field("whose", "who has to change something", \.blame),
    Field("errors", "how many errors are theirs", \.errors),
  ]
}

struct OwnedErrors: Described {
  var blame: Blame
  var errors: Int64
  var before: Int64

  static let fields: Fields<OwnedErrors> = [
    Field("whose", "who has to change something", \.blame),
    Field("errors", "how many errors are theirs", \.errors),
    Field("before", "how many in the time before", \.before),
  ]
}
