internal import Arguments
internal import Events

// Which errors are meant. The words are those of the rules of `check`.
extension Option {
  static let vendors = Option(
    "vendor", value: "NAME", "only responses of these vendors", arity: .list)
  static let gateways = Option(
    "gateway", value: "NAME", "only what these gateways logged", arity: .list)
  static let status = Option(
    "status", value: "STATUS", "only errors with these: 429, 5xx, none without a response",
    arity: .list)
  static let code = Option(
    "code", value: "CODE", "only errors with these codes: PLAN_*", arity: .list)
  static let kind = Option(
    "kind", value: "KIND", "only errors of these kinds: rate_limit, plan_limit, timeout …",
    arity: .list)
  static let route = Option(
    "route", value: "ROUTE", "only errors on these routes: '/v1/runs*'", arity: .list)
  static let consumer = Option(
    "consumer", value: "NAME", "only errors of these consumers", arity: .list)
  static let answeredBy = Option(
    "answered-by", value: "WHO", "only errors answered by vendor, gateway or unknown",
    arity: .list)
  static let grep = Option(
    "grep", value: "TEXT",
    "only errors with this in message, code, details, route, path, consumer or request id")

  /// All of them; in each value `*` stands for anything, and `!` before it for all others.
  static let filters = [
    vendors, status, code, kind, route, consumer, answeredBy, gateways, grep,
  ]

  /// Those whose values are what a field may be; vendors have aliases besides.
  static let fieldFilters: [(option: Option, field: ResponseField)] = [
    (status, .status), (code, .code), (kind, .kind), (route, .route), (consumer, .consumer),
    (answeredBy, .answeredBy),
  ]
}
