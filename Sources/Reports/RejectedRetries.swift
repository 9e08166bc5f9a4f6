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
  private var reader: CallReader
  private var sums: RetrySums
  /// Of the vendors that were last.
  private var pending = RetryTally()

  /// Who calls what, by number, how often it was rejected, and what it was told.
  private struct Caller {
    var consumer: Int32
    /// -1 where it may stand for many paths, each with a limit of its own.
    var route: Int32
    var errors: Int64 = 0
    var replies = Replies()

    var isJudged: Bool { consumer >= 0 && route >= 0 }

    func call(_ vendor: Int32) -> FailedCall {
      var call = FailedCall(time: 0)
      (call.vendor, call.consumer, call.route, call.status) = (vendor, consumer, route, 429)
      return call
    }
  }

  init(_ question: Question) {
    since = question.range.since
    most = question.top.groups
    vocabulary = question.vocabulary
    reader = CallReader(question)
    sums = RetrySums(most: most)
  }

  /// Judges the rejections of one vendor, in time order.
  mutating func add(_ rejections: [Rejection], of vendor: Int) throws {
    let found = try inParts { parties -> (tally: RetryTally?, sums: RetrySums?) in
      var tally = RetryTally()
      for part in try inParts({ try judged(rejections, of: Int32(vendor), $0, parties) }) {
        tally.add(part)
        if tally.isTooLarge { throw Part.TooLarge() }
      }
      return parties.count == 1 ? (tally, nil) : (nil, tally.sums(most: most, naming: vocabulary))
    }
    for part in found {
      if let sums = part.sums { self.sums.add(sums) }
      if let tally = part.tally { pending.add(tally) }
    }
    if pending.isTooLarge { settle() }
  }

  /// Who is rejected by one vendor is done with after it.
  private mutating func settle() {
    sums.add(pending.sums(most: most, naming: vocabulary))
    pending = RetryTally()
  }

  private mutating func judged(
    _ rejections: [Rejection], of vendor: Int32, _ part: Part, _ parties: Part
  ) throws -> RetryTally {
    var numbers = CombinationNumbers()
    // There are few callers, and many calls.
    var callers: [Caller] = []
    var told = 0
    var early: [(caller: Int, by: Int64)] = []
    for rejection in rejections {
      if parties.count > 1, !parties.holds(Part.hash([vendor, rejection.consumer])) { continue }
      if part.count > 1,
        !part.holds(Part.hash([vendor, rejection.consumer, rejection.route]))
      {
        continue
      }
      let caller = numbers.number(of: rejection.consumer, rejection.route)
      if caller == callers.count {
        let isPath = reader.isPath(route: Int(rejection.route))
        callers.append(
          Caller(consumer: rejection.consumer, route: isPath ? rejection.route : -1))
        if callers.count > Part.most / 4 { throw Part.TooLarge() }
      }
      let counts = rejection.time >= since
      if counts { callers[caller].errors += 1 }
      guard callers[caller].isJudged else { continue }
      told -= callers[caller].replies.count
      let earliness = callers[caller].replies.add(
        time: rejection.time, status: 429, latency: nil, retryAfter: Int64(rejection.retryAfter))
      told += callers[caller].replies.count
      if told > Part.most / 2 { throw Part.TooLarge() }
      if counts, let earliness { early.append((caller, earliness)) }
    }
    var tally = RetryTally()
    for caller in callers where caller.errors > 0 {
      tally.add(caller.call(vendor), errors: caller.errors)
    }
    for (caller, earliness) in early {
      tally.add(callers[caller].call(vendor), .early(by: earliness))
    }
    return tally
  }

  /// What was found in all.
  mutating func findings() -> RetryFindings {
    settle()
    return sums.findings(isWhole: false)
  }
}
