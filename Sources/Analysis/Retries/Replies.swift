internal import Files
internal import Times

/// What one caller was answered, for the question whether its next call came too early.
///
/// Logs have the time of a call or that of its answer. So what a caller knew when it called is
/// known only within bounds: an answer was there for certain if it was by both readings, and may
/// have been if it was by either. A call came too early if every answer that may have been the
/// newest one it knew asked for a longer delay, and one was there for certain.
package struct Replies {
  /// An answer, or several that came within a quarter of a second where there are many.
  private struct Reply {
    var first: Int64
    var last: Int64
    var latency: Latency
    /// The last one's; nil when not known.
    var number: Int64?
    /// The earliest end of a delay; nil where one named no delay.
    var until: Int64?
    /// Nil where they differ.
    var status: Int32?

    /// Whether another answer came later by both readings of the times.
    func isOlder(than other: Reply) -> Bool {
      last <= other.first
        && seconds(from: last, to: other.first) * 1000 + other.latency.least >= latency.most
    }

    mutating func join(_ other: Reply) {
      last = other.last
      latency.join(other.latency)
      number = number.flatMap { number in other.number.map { max(number, $0) } }
      until = until.flatMap { until in other.until.map { min(until, $0) } }
      if status != other.status { status = nil }
    }
  }

  /// In order of time; those before `first` are forgotten.
  private var replies: [Reply] = []
  private var first = 0
  /// The longest latency of all that are kept.
  private var longest = 0.0

  /// Milliseconds.
  static let forgiven: Int64 = 1000
  /// So many are kept one by one, and so many in all: a quarter of a minute of them at least.
  private static let most = (single: 16, all: 80)
  private static let near = 250.0

  package init() {}

  /// How many are remembered.
  package var count: Int { replies.count - first }

  /// Forgets all of them, for another caller.
  package mutating func forget() {
    replies.removeAll(keepingCapacity: true)
    (first, longest) = (0, 0)
  }

  /// By how many milliseconds a call that failed came too early; nil where that is not certain. Its
  /// answer is remembered.
  ///
  /// - Parameters:
  ///   - time: milliseconds since the epoch, not before that of the call before.
  ///   - latency: milliseconds, as `retryAfter` is; nil where it is not known.
  ///   - number: see `FailedCall`.
  package mutating func add(
    time: Int64, status: Int32, latency: Int64?, retryAfter: Int64?, number: Int64? = nil
  ) -> Int64? {
    let latency = Latency(latency)
    let reply = Reply(
      first: time, last: time, latency: latency, number: number,
      until: retryAfter.flatMap { $0 > 0 ? time.addingClamped($0) : nil }, status: status)
    defer { remember(reply) }
    return earliness(of: reply)
  }

  private func earliness(of call: Reply) -> Int64? {
    var known: Reply?
    var least = Int64.max
    for place in (first..<replies.count).reversed() {
      let reply = replies[place]
      if let known {
        if seconds(from: reply.last, to: known.first) * 1000 >= longest { break }
        if reply.isOlder(than: known) { continue }
      }
      func order(of time: Int64) -> AnswerOrder {
        AnswerOrder(
          from: time, reply.latency, reply.number, to: call.first, call.latency, call.number)
      }
      guard order(of: reply.first) != .impossible else { continue }
      // The newest answer says what its caller was told, and it may have been this one.
      guard reply.status == call.status, let until = reply.until,
        seconds(from: call.first, to: until) * 1000 > Double(Replies.forgiven)
      else { return nil }
      let early = until.subtractingReportingOverflow(call.first)
      least = min(least, early.overflow ? .max : early.partialValue)
      if known == nil, order(of: reply.last) == .certain { known = reply }
    }
    return known == nil ? nil : least
  }

  private mutating func remember(_ reply: Reply) {
    longest = max(longest, reply.latency.most)
    if count >= Replies.most.single, let newest = replies.last,
      seconds(from: newest.first, to: reply.first) * 1000 < Replies.near
    {
      replies[replies.count - 1].join(reply)
      return
    }
    replies.append(reply)
    if count > Replies.most.all { first += 1 }
    // To move them costs more than to keep some for a while.
    if first == Replies.most.all / 2 {
      replies.removeFirst(first)
      first = 0
    }
  }
}
