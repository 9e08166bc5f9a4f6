internal import Analysis
internal import Events
internal import Profiles
internal import Store

/// What vendors document of errors, and what errors say, for the retry audit.
final class RetryKnowledge: CallKnowledge {
  /// What is documented of an error.
  struct Policy: Hashable {
    var retry: RetryAdvice
    var text: String
  }

  private struct Key: Hashable {
    var vendor: Int32
    var status: Int32
    var kind: Kind
    var code: Int32
    var message: Int64
    var details: Int64
  }

  private let store: StoreReader
  private let catalog: Catalog
  private let vocabulary: Vocabulary
  private var policies: [Key: Policy] = [:]
  /// Errors whose messages all differ have no end of them.
  private static let most = 1 << 16

  init(_ question: Question, _ catalog: Catalog) {
    store = question.store
    vocabulary = question.vocabulary
    self.catalog = catalog
  }

  func advice(for call: FailedCall) -> RetryAdvice { policy(for: call).retry }

  func policy(for call: FailedCall) -> Policy {
    let key = Key(
      vendor: call.vendor, status: call.status, kind: call.kind, code: call.code,
      message: call.message, details: call.details)
    if let known = policies[key] { return known }
    var event = Event(id: 0)
    event.vendor = vocabulary.vendors[Int(call.vendor)]
    event.status = call.status == 0 ? nil : Int(call.status)
    event.kind = call.kind
    event.code = vocabulary.codes[Int(call.code)]
    event.message = store.text(call.message, in: .message)
    event.details = store.text(call.details, in: .details)
    let advice = event.advice(from: catalog)
    if policies.count >= RetryKnowledge.most { policies.removeAll(keepingCapacity: true) }
    let policy = Policy(retry: advice.retry, text: advice.text)
    policies[key] = policy
    return policy
  }

  /// One text may stand in several rows of the store.
  func saySame(_ one: FailedCall, _ other: FailedCall) -> Bool {
    isSame(one.message, other.message, .message) && isSame(one.details, other.details, .details)
  }

  private func isSame(_ one: Int64, _ other: Int64, _ lexicon: Lexicon) -> Bool {
    one == other || store.text(one, in: lexicon) == store.text(other, in: lexicon)
  }
}

/// Turns errors of the store into calls that can be judged.
struct CallReading {
  private let vocabulary: Vocabulary
  private var methods: Names
  private var routes: [Int: RouteNature] = [:]
  /// Whether calls have bodies, by the number of their method.
  private var haveBodies: [Int: Bool] = [:]
  /// So much is remembered of each: strangers can make millions of them.
  private static let most = 1 << 14

  /// What a route's text tells of the calls on it.
  private struct RouteNature {
    /// Such a text is a path itself; nil for a name, or a template.
    var path: PathDigest?
    var namesItem: Bool
    var isLogin: Bool
  }

  private static let logins: Set<Substring> = [
    "login", "signin", "sign-in", "token", "tokens", "session", "sessions", "auth", "authenticate",
    "authorize", "password", "otp", "mfa",
  ]
  private static let bodiless: Set<String> = ["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]

  init(_ question: Question) {
    vocabulary = question.vocabulary
    methods = Names(question.store, .method)
  }

  mutating func call(_ stored: StoredCall) -> FailedCall {
    var call = FailedCall(time: stored.time)
    call.vendor = Int32(vocabulary.vendors.number(ofRow: stored.vendor))
    call.consumer = Int32(vocabulary.consumers.number(ofRow: stored.consumer))
    let route = vocabulary.routes.number(ofRow: stored.route)
    call.route = Int32(route)
    let method = methods.number(ofRow: stored.method)
    call.method = Int32(method)
    call.mayHaveBody = mayHaveBody(method)
    call.status = Int32(clamping: stored.status)
    call.kind = stored.kind
    call.code = Int32(vocabulary.codes.number(ofRow: stored.code))
    call.message = stored.message
    call.details = stored.details
    call.latency = stored.latency
    call.retryAfter = stored.retryAfter
    let nature = nature(ofRoute: route)
    call.isLogin = nature.isLogin
    call.namesItem = nature.namesItem
    switch stored.path {
    case .unknown, .route:
      call.path = nature.path?.hash
      call.namesItem = nature.path?.namesItem ?? false
    case .other(let path):
      call.path = path.hash
      call.namesItem = call.namesItem || path.namesItem
    }
    return call
  }

  private mutating func mayHaveBody(_ method: Int) -> Bool {
    if let known = haveBodies[method] { return known }
    if haveBodies.count >= CallReading.most { haveBodies = [:] }
    let mayHave = !CallReading.bodiless.contains((methods[method] ?? "").uppercased())
    haveBodies[method] = mayHave
    return mayHave
  }

  private mutating func nature(ofRoute number: Int) -> RouteNature {
    if let known = routes[number] { return known }
    let text = vocabulary.routes[number] ?? ""
    let isTemplate = text.contains { "{<*:".contains($0) }
    let nature = RouteNature(
      path: text.hasPrefix("/") && !isTemplate ? text.withBytes { PathDigest($0) } : nil,
      namesItem: isTemplate && text.contains { "{<:".contains($0) },
      isLogin: text.lowercased().split { "/-".contains($0) }.last
        .map { CallReading.logins.contains($0) } ?? false)
    if routes.count >= CallReading.most { routes.removeAll(keepingCapacity: true) }
    routes[number] = nature
    return nature
  }
}
