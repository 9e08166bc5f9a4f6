internal import Analysis
internal import Files
internal import Profiles
internal import Questions
internal import Times

/// What the vendors' rejections show of retries: whether they came before the Retry-After of the
/// one before had passed. No event is read for it.
struct RejectedRetries {
  private let since: Int64
  private let most: Int
  private let vocabulary: Vocabulary
  private var sums: RetrySums
  /// Of the vendors that were last.
  private var pending = RetryTally()

  init(_ question: Question) {
    since = question.range.since
    most = question.top.groups
    vocabulary = question.vocabulary
    sums = RetrySums(most: most)
  }

  /// Adds what was counted of a vendor's rejections.
  mutating func add(_ tally: RetryTally) {
    pending.add(tally)
    if pending.isTooLarge { settle() }
  }

  /// Judges the rejections of one vendor, in time order.
  mutating func add(_ rejections: [Rejection], of vendor: Int, _ paths: RoutePaths) throws {
    let found = try inParts { parties -> (tally: RetryTally?, sums: RetrySums?) in
      let tally = try RetryTally(
        of: rejections, by: Int32(vendor), since: since, paths, parties)
      return parties.count == 1 ? (tally, nil) : (nil, tally.sums(most: most, naming: vocabulary))
    }
    for part in found {
      if let sums = part.sums { self.sums.add(sums) }
      if let tally = part.tally { add(tally) }
    }
  }

  /// Who is rejected by one vendor is done with after it.
  private mutating func settle() {
    sums.add(pending.sums(most: most, naming: vocabulary))
    pending = RetryTally()
  }

  /// What was found in all.
  mutating func findings() -> RetryFindings {
    settle()
    return sums.findings(isWhole: false)
  }
}

/// Which routes are paths by themselves, of those that rejections have: others may stand for many
/// paths, each with a limit of its own.
struct RoutePaths: Sendable {
  private var known = NumberSet()
  private var paths = NumberSet()

  init() {}

  init(of lists: [[Rejection]], _ question: Question) {
    var reader = CallReader(question)
    add(lists, &reader)
  }

  mutating func add(_ lists: [[Rejection]], _ reader: inout CallReader) {
    for list in lists {
      for rejection in list where !known.contains(Int(rejection.route)) {
        known.insert(Int(rejection.route))
        if reader.isPath(route: Int(rejection.route)) { paths.insert(Int(rejection.route)) }
      }
    }
  }

  mutating func add(_ other: RoutePaths) {
    known.formUnion(other.known)
    paths.formUnion(other.paths)
  }

  func contains(_ route: Int32) -> Bool { route >= 0 && paths.contains(Int(route)) }
}

extension RetryTally {
  /// What is wrong with a vendor's rejections, in time order, of some of those it rejected. Those of one
  /// caller are judged one after the other, so that no more is remembered than of one.
  ///
  /// - Parameter since: those before led up to the others, and are not counted.
  init(
    of rejections: [Rejection], by vendor: Int32, since: Int64, _ paths: RoutePaths, _ parties: Part
  ) throws {
    self.init()
    func callers(_ part: Part, most: Int) -> RejectedCallers? {
      let isMeant = { (consumer: Int32, route: Int32) in
        (parties.count == 1 || parties.holds(Part.hash([vendor, consumer])))
          && (part.count == 1 || part.holds(Part.hash([vendor, consumer, route])))
      }
      let isWhole = parties.count == 1 && part.count == 1
      return RejectedCallers(
        of: rejections, since: since, most: most, where: isWhole ? nil : isMeant)
    }
    if let callers = callers(Part(number: 0, count: 1), most: Part.most) {
      add(callers, rejections, since, vendor, paths)
      if isTooLarge { throw Part.TooLarge() }
      return
    }
    // At worst each is of a caller of its own.
    var count = 2
    while rejections.count / count > Part.most { count *= 2 }
    for number in 0..<count {
      guard let callers = callers(Part(number: number, count: count), most: .max) else { continue }
      add(callers, rejections, since, vendor, paths)
      if isTooLarge { throw Part.TooLarge() }
    }
  }

  private mutating func add(
    _ callers: RejectedCallers, _ rejections: [Rejection], _ since: Int64, _ vendor: Int32,
    _ paths: RoutePaths
  ) {
    let isJudged = { (caller: Int) in
      let (consumer, route) = callers[caller]
      return consumer >= 0 && paths.contains(route)
    }
    for caller in 0..<callers.count where callers.errors(of: caller) > 0 {
      add(
        callers.errors(of: caller), areJudged: isJudged(caller), by: vendor,
        of: callers[caller].consumer)
    }
    callers.eachEarly(of: rejections, since: since, where: isJudged) { caller, earliness in
      var own = FailedCall(time: 0)
      (own.vendor, own.status) = (vendor, 429)
      (own.consumer, own.route) = callers[caller]
      add(own, .early(by: earliness))
    }
  }
}
