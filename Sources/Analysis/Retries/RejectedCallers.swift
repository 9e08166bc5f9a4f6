internal import Times

/// Who one vendor rejected: each consumer on each route, by numbers from 0 on as they come.
package struct RejectedCallers: Sendable {
  private struct Caller {
    /// How many rejections it had, and how many of them count.
    var size: Int32 = 0
    var errors: Int32 = 0
    /// The latest end of a delay that it was told of.
    var until = Int64.min
    /// Whether it called while a delay may have been on: hardly any caller does.
    var mayBeEarly = false

    @inline(__always)
    mutating func add(_ rejection: Rejection, since: Int64) {
      size += 1
      if rejection.time >= since { errors += 1 }
      // So much before the end is forgiven.
      if until > rejection.time.addingClamped(Replies.forgiven - 1) { mayBeEarly = true }
      if rejection.retryAfter > 0 {
        until = max(until, rejection.time.addingClamped(Int64(rejection.retryAfter)))
      }
    }
  }

  private let numbers: CombinationNumbers
  private let callers: [Caller]
  /// Whose each rejection is; -1 of those that are left out.
  private let owners: [Int32]

  /// Nil where there are more callers than are to be held.
  ///
  /// - Parameters:
  ///   - rejections: in time order.
  ///   - since: those before led up to the others, and are not counted.
  ///   - most: how many callers are held at once.
  ///   - isMeant: which callers; nil for all.
  package init?(
    of rejections: [Rejection], since: Int64, most: Int,
    where isMeant: ((_ consumer: Int32, _ route: Int32) -> Bool)? = nil
  ) {
    var numbers = CombinationNumbers()
    var callers: [Caller] = []
    owners = Array(unsafeUninitializedCapacity: rejections.count) { owners, count in
      for rejection in rejections {
        if let isMeant, !isMeant(rejection.consumer, rejection.route) {
          owners[count] = -1
          count += 1
          continue
        }
        let number = numbers.number(of: rejection.consumer, rejection.route)
        if number == callers.count {
          if number >= most { return }
          callers.append(Caller())
        }
        owners[count] = Int32(number)
        count += 1
        callers.withUnsafeMutableBufferPointer { $0[number].add(rejection, since: since) }
      }
    }
    if owners.count < rejections.count { return nil }
    (self.numbers, self.callers) = (numbers, callers)
  }

  package var count: Int { callers.count }

  package subscript(caller: Int) -> (consumer: Int32, route: Int32) {
    (numbers[caller].first, numbers[caller].second)
  }

  /// How many of a caller's rejections count.
  package func errors(of caller: Int) -> Int64 { Int64(callers[caller].errors) }

  /// Hands over each call that came too early, caller by caller, by how many milliseconds it did: of the
  /// rejections that count.
  ///
  /// - Parameters:
  ///   - rejections: the same ones.
  ///   - isJudged: whether anything can be said of a caller.
  package func eachEarly(
    of rejections: [Rejection], since: Int64, where isJudged: (Int) -> Bool,
    _ body: (_ caller: Int, _ earliness: Int64) -> Void
  ) {
    var starts: [Int32] = []
    var suspects: [Int] = []
    var end: Int32 = 0
    starts.reserveCapacity(callers.count)
    for (number, caller) in callers.enumerated() {
      let isTaken = caller.mayBeEarly && isJudged(number)
      starts.append(isTaken ? end : -1)
      if isTaken {
        suspects.append(number)
        end += caller.size
      }
    }
    if suspects.isEmpty { return }
    var sorted = [Int32](repeating: 0, count: Int(end))
    for (place, owner) in owners.enumerated() where owner >= 0 && starts[Int(owner)] >= 0 {
      sorted[Int(starts[Int(owner)])] = Int32(place)
      starts[Int(owner)] += 1
    }
    var replies = Replies()
    for caller in suspects {
      replies.forget()
      let end = Int(starts[caller])
      for place in sorted[end - Int(callers[caller].size)..<end] {
        let rejection = rejections[Int(place)]
        let earliness = replies.add(
          time: rejection.time, status: 429, latency: nil, retryAfter: Int64(rejection.retryAfter))
        if rejection.time >= since, let earliness { body(caller, earliness) }
      }
    }
  }
}
