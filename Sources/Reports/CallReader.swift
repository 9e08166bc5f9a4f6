internal import Analysis
internal import Batches
internal import Files
internal import Questions

/// Turns errors of the store into calls that can be judged.
struct CallReader {
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
  }

  private static let bodiless: Set<String> = ["GET", "HEAD", "DELETE", "OPTIONS", "TRACE"]

  init(_ question: Question) {
    vocabulary = question.vocabulary
    methods = Names(question.archive, .method)
  }

  mutating func call(_ stored: StoredCall) -> FailedCall {
    var call = FailedCall(time: stored.time)
    call.number = stored.number
    call.vendor = Int32(vocabulary.vendors.number(ofStored: stored.vendor))
    call.consumer = Int32(vocabulary.consumers.number(ofStored: stored.consumer))
    let route = vocabulary.routes.number(ofStored: stored.route)
    call.route = Int32(route)
    let method = methods.number(ofStored: stored.method)
    call.method = Int32(method)
    call.mayHaveBody = mayHaveBody(method)
    call.status = Int32(clamping: stored.status)
    call.kind = stored.kind
    call.code = Int32(vocabulary.codes.number(ofStored: stored.code))
    call.message = stored.message
    call.details = stored.details
    call.latency = stored.latency
    call.retryAfter = stored.retryAfter
    let nature = nature(ofRoute: route)
    call.namesItem = nature.namesItem
    switch stored.path {
    case .unknown, .route:
      call.path = nature.path?.hash
      call.namesItem = nature.path?.namesItem ?? call.namesItem
    case .other(let path):
      call.path = path.hash
      call.namesItem = call.namesItem || path.namesItem
    }
    return call
  }

  private mutating func mayHaveBody(_ method: Int) -> Bool {
    if let known = haveBodies[method] { return known }
    if haveBodies.count >= CallReader.most { haveBodies = [:] }
    let mayHave = !CallReader.bodiless.contains((methods[method] ?? "").uppercased())
    haveBodies[method] = mayHave
    return mayHave
  }

  /// Whether a route is a path by itself: others may stand for many.
  mutating func isPath(route number: Int) -> Bool { nature(ofRoute: number).path != nil }

  private mutating func nature(ofRoute number: Int) -> RouteNature {
    if let known = routes[number] { return known }
    let text = vocabulary.routes[number] ?? ""
    let isTemplate = text.contains { "{<*:".contains($0) }
    let nature = RouteNature(
      path: text.hasPrefix("/") && !isTemplate ? text.withBytes { PathDigest($0) } : nil,
      namesItem: isTemplate && text.contains { "{<:".contains($0) })
    if routes.count >= CallReader.most { routes.removeAll(keepingCapacity: true) }
    routes[number] = nature
    return nature
  }
}
