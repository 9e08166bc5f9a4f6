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
    // At worst each is of a caller of its own.
    var count = 1
    while rejections.count / count > Part.most { count *= 2 }
    for number in 0..<count {
      let part = Part(number: number, count: count)
      let callers = Callers(of: rejections, by: vendor, since: since, parties, part)
      add(callers, rejections, vendor, paths)
      if isTooLarge { throw Part.TooLarge() }
    }
  }

  /// Who called what, and the rejections of each.
  private struct Callers {
    let since: Int64
    let numbers: CombinationNumbers
    /// By caller: how many rejections it had, and how many of them count.
    let sizes: [Int32]
    let errors: [Int32]
    /// Whose each rejection is; -1 of those that are left out.
    private let callers: [Int32]

    init(
      of rejections: [Rejection], by vendor: Int32, since: Int64, _ parties: Part, _ part: Part
    ) {
      self.since = since
      var numbers = CombinationNumbers()
      var (sizes, errors): ([Int32], [Int32]) = ([], [])
      callers = rejections.map { rejection -> Int32 in
        let (consumer, route) = (rejection.consumer, rejection.route)
        if parties.count > 1, !parties.holds(Part.hash([vendor, consumer])) { return -1 }
        if part.count > 1, !part.holds(Part.hash([vendor, consumer, route])) { return -1 }
        let caller = numbers.number(of: consumer, route)
        if caller == sizes.count {
          sizes.append(0)
          errors.append(0)
        }
        sizes[caller] += 1
        if rejection.time >= since { errors[caller] += 1 }
        return Int32(caller)
      }
      (self.numbers, self.sizes, self.errors) = (numbers, sizes, errors)
    }

    /// The places of the rejections of those who have several and are meant, caller by caller.
    func sorted(where isMeant: (Int) -> Bool) -> [(caller: Int, places: ArraySlice<Int32>)] {
      var starts: [Int32] = []
      var several: [Int] = []
      var end: Int32 = 0
      starts.reserveCapacity(sizes.count)
      for (caller, size) in sizes.enumerated() {
        let isTaken = size > 1 && isMeant(caller)
        starts.append(isTaken ? end : -1)
        if isTaken {
          several.append(caller)
          end += size
        }
      }
      var sorted = [Int32](repeating: 0, count: Int(end))
      for (place, caller) in callers.enumerated() where caller >= 0 && starts[Int(caller)] >= 0 {
        sorted[Int(starts[Int(caller)])] = Int32(place)
        starts[Int(caller)] += 1
      }
      return several.map { ($0, sorted[Int(starts[$0] - sizes[$0])..<Int(starts[$0])]) }
    }
  }

  private mutating func add(
    _ callers: Callers, _ rejections: [Rejection], _ vendor: Int32, _ paths: RoutePaths
  ) {
    let isJudged = { (caller: Int) in
      let (consumer, route, _, _) = callers.numbers[caller]
      return consumer >= 0 && paths.contains(route)
    }
    for (caller, errors) in callers.errors.enumerated() where errors > 0 {
      let consumer = callers.numbers[caller].first
      add(Int64(errors), areJudged: isJudged(caller), by: vendor, of: consumer)
    }
    var replies = Replies()
    for (caller, places) in callers.sorted(where: isJudged) {
      replies.forget()
      var own = FailedCall(time: 0)
      (own.vendor, own.status) = (vendor, 429)
      (own.consumer, own.route, _, _) = callers.numbers[caller]
      for place in places {
        let rejection = rejections[Int(place)]
        let earliness = replies.add(
          time: rejection.time, status: 429, latency: nil, retryAfter: Int64(rejection.retryAfter))
        if rejection.time >= callers.since, let earliness { add(own, .early(by: earliness)) }
      }
    }
  }
}
